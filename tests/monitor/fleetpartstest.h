// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "cluster/fleetledger.h"
#include "cluster/fleetsurvey.h"
#include "cluster/obeyedrequest.h"
#include "drain/drainknowledge.h"
#include "drain/fleetmemory.h"
#include "drain/requestcomposition.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QRegularExpression>
#include <QtCore/QTemporaryDir>
#include <QtSql/QSqlError>
#include <QtSql/QSqlField>
#include <QtSql/QSqlRecord>
#include <QtTest/QtTest>

#include <atomic>
#include <thread>

using namespace qproxysql;
using namespace Qt::StringLiterals;

inline DrainRequest entryOf(const QString &peer, quint64 generation,
                            Service service = Service::Draining)
{
    DrainRequest entry;
    entry.peer = peer;
    entry.generation = generation;
    entry.service = service;
    entry.at = QDateTime::fromMSecsSinceEpoch(1'000'000, Qt::UTC);
    return entry;
}

inline QSqlRecord rowOf(const QVariantMap &values)
{
    QVariantMap all{{u"peer"_s, u"DB1"_s},
                    {u"pool"_s, u"Orders"_s},
                    {u"state"_s, u"draining"_s},
                    {u"generation"_s, 7ULL},
                    {u"reason"_s, u"kernel\tupdate"_s},
                    {u"requested_by"_s, u"alice@admin1"_s},
                    {u"requested_at"_s, QDateTime(QDate(2026, 1, 2), QTime(3, 4, 5, 6))},
                    {u"colour"_s, u"red"_s}};
    all.insert(values);
    QSqlRecord row;
    for (auto it = all.cbegin(); it != all.cend(); ++it) {
        QSqlField field(it.key(), it.value().metaType());
        field.setValue(it.value());
        row.append(field);
    }
    return row;
}

inline std::shared_ptr<const DrainRequests> requestsOf(const QList<DrainRequest> &entries,
                                                       quint64 version)
{
    return std::make_shared<const DrainRequests>(entries, version);
}
