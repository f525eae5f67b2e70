// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "cluster/loginsource.h"

#include <QtCore/QStringList>

namespace qproxysql {

/// The command line of qproxysql-monitor. Value type.
struct MonitorCommandLine
{
    struct Reading
    {
        enum State { Good, Wrong, HelpWanted, VersionWanted };
        State state = Good;
        QString text; ///< an error with the allowed values, the help, or the version
    };
    /// \a arguments: including the program's name.
    Reading read(const QStringList &arguments);

    QString pool;          ///< show only this one; empty: all
    QStringList poolFiles; ///< to open, in addition to those of the last session
    LoginSource login;
    bool isLoginGiven = false;
    bool isReadOnly = false;
    bool trustsReports = false;
    QString controlSchema; ///< empty: none
    bool isDemo = false;
    QString banner;
    QString settingsFile;    ///< instead of the user's own
    QString picture;         ///< file to save a picture to; empty: none
    double pictureDelay = 5; ///< s
};

} // namespace qproxysql
