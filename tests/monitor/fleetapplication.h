// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QProcess>
#include <QtCore/QTemporaryDir>

/// A child process of the test: an application with idle connections that follows the fleet. Prints
/// "failed" and the reason when the first connection cannot be opened, and retries for half a
/// minute. Prints "ready" with the peers of its connections, then at each "peers" which peers
/// answered a SELECT, until "end".
int runFleetApplication(const QString &hosts, const QString &options);

/// Such a child, with its own folder, which no other process uses unless it is given one.
class FleetApplication
{
public:
    explicit FleetApplication(const QString &hosts, const QString &options = {},
                              const QString &folder = {});
    ~FleetApplication();
    Q_DISABLE_COPY_MOVE(FleetApplication)

    QString folder() const;
    QString line();                   ///< the next line of output; empty after a minute
    QString ask(const char *command); ///< sends a command and returns the answer
    QString log();                    ///< its whole log
    int logged(const QString &text) { return int(log().count(text)); }
    qint64 pid() const { return m_process.processId(); }

private:
    QTemporaryDir m_own;
    const QString m_folder;
    QProcess m_process;
    QString m_log;
    bool m_isReady = false;
};
