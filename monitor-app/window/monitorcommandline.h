// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "cluster/loginsource.h"

#include <QtCore/QStringList>

namespace qproxysql {

/// The command line of qproxysql-monitor. Value type.
class MonitorCommandLine
{
public:
    struct Reading
    {
        enum State { Good, Wrong, HelpWanted, VersionWanted };
        State state = Good;
        QString text; ///< an error with the allowed values, the help, or the version
    };
    /// \a arguments: including the program's name.
    Reading read(const QStringList &arguments);

    QString pool() const { return m_pool; } ///< show only this one; empty: all
    /// To open, in addition to those of the last session.
    QStringList poolFiles() const { return m_poolFiles; }
    LoginSource login() const { return m_login; }
    bool isLoginGiven() const { return m_isLoginGiven; }
    bool isReadOnly() const { return m_isReadOnly; }
    bool trustsReports() const { return m_trustsReports; }
    QString controlSchema() const { return m_controlSchema; } ///< empty: none
    bool isDemo() const { return m_isDemo; }
    QString banner() const { return m_banner; }
    QString settingsFile() const { return m_settingsFile; } ///< instead of the user's own
    QString picture() const { return m_picture; } ///< file to save a picture to; empty: none
    double pictureDelay() const { return m_pictureDelay; } ///< s

private:
    QString m_pool;
    QStringList m_poolFiles;
    LoginSource m_login;
    bool m_isLoginGiven = false;
    bool m_isReadOnly = false;
    bool m_trustsReports = false;
    QString m_controlSchema;
    bool m_isDemo = false;
    QString m_banner;
    QString m_settingsFile;
    QString m_picture;
    double m_pictureDelay = 5;
};

} // namespace qproxysql
