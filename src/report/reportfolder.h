// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "config/expected.h"
#include "report/processreport.h"

#include <QtCore/QFileInfo>

namespace qproxysql {

/// The folder `reports` in the drain directory. Each process has a socket `<id>.sock` there, and a file
/// `<id>.json` with its identity, written before the socket exists, so that a process that does not answer
/// can be named. If the group may write to the folder around it (the machine's), the group may use this
/// folder (mode 2770), else only the user (0700).
///
/// Value type; any thread. Local file I/O.
class ReportFolder
{
public:
    /// \a around: the drain directory's folder.
    explicit ReportFolder(const QString &around)
        : m_around(around)
        , m_path(around + QStringLiteral("/reports"))
    {
    }

    QString path() const { return m_path; }
    QString socketFile(const QString &id) const { return m_path + u'/' + socketName(id); }
    QString ownerFile(const QString &id) const
    {
        return m_path + u'/' + id + QStringLiteral(".json");
    }
    static QString socketName(const QString &id) { return id + QStringLiteral(".sock"); }
    bool isShared() const; ///< the group may use it

    bool aroundExists() const { return QFileInfo(m_around).isDir(); }
    /// Creates what is missing. Errors name the folder and the problem.
    Expected<void> prepare() const;

    Expected<void> writeOwner(const ProcessIdentity &owner) const; ///< after prepare()
    /// Only the id if the file is missing or damaged.
    ProcessIdentity owner(const QString &id) const;
    void remove(const QString &id) const;

    /// Ids of the existing sockets; empty if there is no folder yet.
    Expected<QStringList> processes() const;

    /// True when the owner is a process of this machine that has ended; its files may be removed if its
    /// socket refuses connections.
    static bool hasEnded(const ProcessIdentity &owner);

private:
    QString m_around;
    QString m_path;
};

} // namespace qproxysql
