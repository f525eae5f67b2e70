// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QString>

namespace qproxysql::sandbox {

/// An advisory lock on a file that the system gives back when its holder ends, however it ends.
/// Between processes and between objects of one process. Not thread-safe.
class FileLock
{
public:
    FileLock() = default;
    ~FileLock();
    FileLock(FileLock &&other) noexcept;
    FileLock &operator=(FileLock &&other) noexcept;

    /// Waits for the lock; false when the file cannot be opened.
    bool lock(const QString &path);
    /// False when somebody else holds it.
    bool tryLock(const QString &path);
    void unlock();
    bool isLocked() const { return m_descriptor >= 0; }

private:
    bool acquire(const QString &path, int operation);

    int m_descriptor = -1;
};

} // namespace qproxysql::sandbox
