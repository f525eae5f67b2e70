// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QProcess>
#include <QtCore/QTemporaryDir>

/// What a child of the test is: an application with idle connections that follows the fleet. Says
/// "failed" and why when the first cannot be opened, and tries again for half a minute. Says
/// "ready" with the peers that they are on, then at each "peers" which peers a SELECT was answered
/// by, until "end".
int runFleetApplication(const QString &hosts, const QString &options);

/// Such a child, with a folder of its own that no other process knows unless it is given one.
class FleetApplication
{
public:
    explicit FleetApplication(const QString &hosts, const QString &options = {},
                              const QString &folder = {});
    ~FleetApplication();
    Q_DISABLE_COPY_MOVE(FleetApplication)

    QString folder() const;
    QString line();                    ///< the next that it says; empty after a minute
    QString tell(const char *command); ///< and what it answers
    QString log();                     ///< all that it has logged
    int logged(const QString &text) { return int(log().count(text)); }
    qint64 pid() const { return m_process.processId(); }

private:
    QTemporaryDir m_own;
    const QString m_folder;
    QProcess m_process;
    QString m_log;
    bool m_isReady = false;
};
