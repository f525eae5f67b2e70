// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "fakeclock.h"
#include "fakedesktop.h"
#include "scriptedsource.h"

#include "config/poolfile.h"
#include "window/addpooldialog.h"
#include "window/eventrecorder.h"
#include "window/logindialog.h"
#include "window/loginkeeper.h"
#include "window/loginprompts.h"
#include "window/messagebar.h"
#include "window/monitorcommandline.h"
#include "window/monitorsettings.h"
#include "window/monitorsources.h"
#include "window/ownpools.h"
#include "window/settingsdialog.h"
#include "window/watchedsource.h"

#include <QtCore/QLockFile>
#include <QtCore/QProcess>
#include <QtCore/QRegularExpression>
#include <QtCore/QTemporaryDir>
#include <QtTest/QtTest>
#include <QtWidgets/QApplication>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QDialogButtonBox>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QSpinBox>
#include <QtWidgets/QToolButton>

#include <unistd.h>

#include <future>

using namespace qproxysql;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// Fixture for the dialogs: messages, accounts, pools, command line, installed files.
class DialogTest : public QObject
{
protected:
    static QPushButton *button(QWidget &dialog, const QString &text)
    {
        const QList<QPushButton *> all = dialog.findChildren<QPushButton *>();
        for (QPushButton *one : all) {
            if (one->text().remove(u'&') == text)
                return one;
        }
        return nullptr;
    }
    static ClusterView refusedView()
    {
        ClusterView view = ScriptedSource::usualView();
        view.hasLogin = true;
        for (PeerView &peer : view.pools[0].peers) {
            PeerProbe probe;
            probe.peer = peer.address;
            probe.failure = ConnectFailure();
            probe.failure->code = 1045;
            probe.failure->text = u"Access denied for user 'operator'"_s;
            probe.failure->errorClass = ErrorClass::Login;
            peer.probe = probe;
        }
        return view;
    }
};
