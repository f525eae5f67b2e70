// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "fakeclock.h"
#include "madeupcluster.h"

#include "cluster/peersearch.h"
#include "models/applicationsmodel.h"
#include "models/copycommand.h"
#include "models/detailsmodel.h"
#include "models/displaystate.h"
#include "models/draincard.h"
#include "models/drainforecast.h"
#include "models/eventsmodel.h"
#include "models/peerexport.h"
#include "models/peerreport.h"
#include "models/peersmodel.h"
#include "models/poolsummary.h"
#include "models/wordfilter.h"
#include "verdict/drainverdict.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtCore/QProcess>
#include <QtTest/QAbstractItemModelTester>
#include <QtTest/QtTest>

using namespace qproxysql;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

/// Parses RFC 4180.
inline QList<QStringList> readCsv(const QString &text)
{
    QList<QStringList> rows{{}};
    QString cell;
    bool isQuoted = false;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text.at(i);
        if (isQuoted && c == u'"' && i + 1 < text.size() && text.at(i + 1) == u'"') {
            cell += text.at(++i);
        } else if (c == u'"') {
            isQuoted = !isQuoted;
        } else if (!isQuoted && (c == u',' || c == u'\n')) {
            rows.last().append(std::exchange(cell, {}));
            if (c == u'\n')
                rows.append(QStringList());
        } else if (isQuoted || c != u'\r') {
            cell += c;
        }
    }
    rows.removeLast();
    return rows;
}
