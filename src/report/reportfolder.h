// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "report/processreport.h"

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
    explicit ReportFolder(const QString &around);

    QString path() const { return m_path; }
    QString socketFile(const QString &id) const { return m_path + u'/' + socketName(id); }
    QString ownerFile(const QString &id) const;
    static QString socketName(const QString &id) { return id + QStringLiteral(".sock"); }
    bool isShared() const; ///< the group may use it

    bool aroundExists() const;
    /// Creates what is missing. False: \a error names the folder and the problem.
    bool prepare(QString *error) const;

    bool writeOwner(const ProcessIdentity &owner, QString *error) const;
    /// Only the id if the file is missing or damaged.
    ProcessIdentity owner(const QString &id) const;
    void remove(const QString &id) const;

    /// Ids of the existing sockets; empty without \a error if there is no folder yet.
    QStringList processes(QString *error) const;

    /// True when the owner is a process of this machine that has ended; its files may be removed if its
    /// socket refuses connections.
    static bool hasEnded(const ProcessIdentity &owner);

private:
    QString m_around;
    QString m_path;
};

} // namespace qproxysql
