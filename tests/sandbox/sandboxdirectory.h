// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "sandbox/filelock.h"

#include <QtCore/QString>

#include <memory>

namespace qproxysql::sandbox {

/// A folder for servers' data that is removed at the end: by the destructor, or, when the process was
/// killed, by the next sandbox that this user starts. Not thread-safe.
class SandboxDirectory
{
public:
    /// A folder of its own in $QPROXYSQL_SANDBOX_DATA, else in memory (/dev/shm with 1 GiB free), else among the
    /// temporary files; or `path`, which is made when
    /// it does not exist and is then kept at the end.
    explicit SandboxDirectory(const QString &path = QString());
    ~SandboxDirectory();
    Q_DISABLE_COPY_MOVE(SandboxDirectory)

    bool isValid() const { return m_lock.isLocked(); }
    QString path() const { return m_path; }
    QString filePath(const QString &name) const { return m_path + QLatin1Char('/') + name; }

private:
    static void removeForsaken();

    QString m_path;
    FileLock m_lock;
    bool m_removeAtEnd = false;
};

} // namespace qproxysql::sandbox
