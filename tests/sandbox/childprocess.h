// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QString>
#include <QtCore/QStringList>

#include <chrono>

#include <sys/types.h>

namespace qproxysql::sandbox {

/// A program that dies with this process, however this process ends (on Linux; elsewhere it is only
/// ended by the destructor), and that inherits none of its file descriptors.
///
/// Not a QProcess: needs no event loop, may be used from any thread (one at a time), and the child does
/// not die with the thread that started it. The destructor kills it.
class ChildProcess
{
public:
    ChildProcess() = default;
    ~ChildProcess();
    Q_DISABLE_COPY_MOVE(ChildProcess)

    struct Start
    {
        QString program; ///< absolute path
        QStringList arguments;
        QString outputFile;      ///< standard output and error are appended there; empty: /dev/null
        QString user;            ///< runs as this user (when we are root); empty: as we are
        QStringList environment; ///< NAME=VALUE, beside our own environment
    };

    bool start(const Start &start);
    QString errorString() const { return m_errorString; }

    /// The running child's process id, 0 when there is none.
    qint64 pid() const { return m_pid; }
    bool isRunning();
    /// The exit code, or minus the signal number that ended it. Valid once it has ended.
    int exitStatus() const { return m_exitStatus; }

    bool waitForEnd(std::chrono::milliseconds timeout);
    /// SIGKILL for the child and what it has started; waits until it is gone.
    void kill();
    /// SIGTERM; does not wait.
    void terminate();
    /// SIGSTOP; waits until it has stopped.
    bool freeze();
    /// SIGCONT.
    bool thaw();
    bool isFrozen() const { return m_frozen; }

private:
    void ended(int waitStatus);

    pid_t m_pid = 0;
    int m_exitStatus = 0;
    bool m_frozen = false;
    QString m_errorString;
};

} // namespace qproxysql::sandbox
