// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "config/expected.h"
#include "drain/drainrefusal.h"

#include <QtCore/QByteArray>

#include <chrono>
#include <memory>

namespace qproxysql {

/// A folder whose files are read and replaced by several processes, perhaps of several users and containers.
/// Value type; its functions block on disk I/O.
///
/// A folder that does not exist is created for this user only (mode 0700). Files get the folder's group, its
/// read permissions and, for the group, its write permission: in a folder of mode 2770 and group `ops`,
/// every member of `ops` may read and replace the files of the others. Files that root writes belong to the
/// folder's owner.
class SharedFolder
{
public:
    explicit SharedFolder(const QString &path)
        : m_path(path)
    {
    }

    QString path() const { return m_path; }
    QString filePath(const QString &name) const { return m_path + u'/' + name; }

    /// Creates the folder if it does not exist.
    std::optional<DrainRefusal> prepare() const;

    /// Held by at most one process and thread at a time, until the last copy goes or the process ends. Uses
    /// flock(), which needs no process ids: those of different containers are not comparable.
    using Lock = std::shared_ptr<void>;
    /// Waits at most \a timeout for the lock file \a name.
    Expected<Lock, DrainRefusal> lock(const QString &name, std::chrono::milliseconds timeout) const;

    /// Replaces the file by \a content atomically, also if the machine loses power. Needs a lock.
    std::optional<DrainRefusal> replace(const QString &name, const QByteArray &content) const;

    enum class Sync {
        Now,  ///< returns when the disk has it
        Later ///< a power cut may take the last lines
    };
    /// Appends whole \a lines in one write(), so that several processes may append at once; makes the
    /// file if it does not exist. A line that another writer left unfinished is ended first. A file
    /// of more than \a mostBytes then becomes \a name + oldSuffix(), which replaces an older one.
    std::optional<DrainRefusal> append(const QString &name, const QByteArray &lines,
                                       qint64 mostBytes, Sync sync = Sync::Now) const;
    static QString oldSuffix() { return QStringLiteral(".1"); }

    /// Changes when the file is replaced or written; equal for files that do not exist.
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
    /// Reads a complete file and never waits for a writer; nothing: it does not exist. A file larger than
    /// \a mostBytes, or something other than a file, is refused as Damaged.
    Expected<std::optional<QByteArray>, DrainRefusal> read(const QString &name, qint64 mostBytes,
                                                           Links links = Links::Followed) const;

private:
    QString m_path;
};

} // namespace qproxysql
