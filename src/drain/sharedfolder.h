// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "drain/drainrefusal.h"

#include <QtCore/QByteArray>

#include <chrono>
#include <optional>

namespace qproxysql {

/// A folder whose files several processes, perhaps of several users and containers, read and replace.
/// Value type; its functions block for as long as the disk does.
///
/// A folder that does not exist is made for this user alone (mode 0700). Files get the folder's group, and
/// of its permissions those to read and, for group members, to write: in a folder of mode 2770 that
/// belongs to the group `ops` everybody in `ops` may read and replace what another of them has written.
/// What root writes belongs to the folder's owner.
class SharedFolder
{
public:
    explicit SharedFolder(const QString &path)
        : m_path(path)
    {
    }

    QString path() const { return m_path; }
    QString filePath(const QString &name) const { return m_path + u'/' + name; }

    /// Makes the folder where it does not exist.
    std::optional<DrainRefusal> prepare() const;

    /// At most one process and thread holds it at a time; given back by the destructor, or when the
    /// process ends. By flock(), which knows nothing of process ids: those of containers mean nothing to
    /// each other.
    class Lock
    {
    public:
        Lock() = default;
        ~Lock();
        Q_DISABLE_COPY_MOVE(Lock)

    private:
        friend class SharedFolder;
        struct Held;
        Held *m_held = nullptr;
    };
    /// Waits at most \a timeout for the lock file \a name.
    std::optional<DrainRefusal> lock(const QString &name, std::chrono::milliseconds timeout,
                                     Lock *lock) const;

    /// Puts \a content in the place of the file, whole or not at all, also when the machine loses power.
    /// Under a lock.
    std::optional<DrainRefusal> replace(const QString &name, const QByteArray &content) const;

    struct Content
    {
        bool exists = false;
        QByteArray bytes;
        std::optional<DrainRefusal> refusal; ///< it exists and cannot be read
    };

    /// Differs when the file is another one, or was written; equal for files that do not exist.
    struct Stamp
    {
        quint64 device = 0;
        quint64 file = 0;
        qint64 size = -1;
        qint64 changed = 0; ///< nanoseconds

        friend bool operator==(const Stamp &, const Stamp &) = default;
    };
    Stamp stamp(const QString &name) const;

    enum class Links { Followed, Refused };
    /// Never waits for a writer: what it reads is whole. Larger than \a mostBytes is refused as Damaged, and
    /// so is what is no file.
    Content read(const QString &name, qint64 mostBytes, Links links = Links::Followed) const;

private:
    QString m_path;
};

} // namespace qproxysql
