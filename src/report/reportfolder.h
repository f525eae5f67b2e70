// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "report/processreport.h"

namespace qproxysql {

/// The folder `reports` beside the drain directory's file, where each process has its socket,
/// `<id>.sock`, and before it a file `<id>.json` that says whose it is, so that one that does not answer
/// can be named. Where the group may write to the folder around it (the machine's), the group may use
/// what is in here (mode 2770), else only the user (0700).
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
    /// Makes what is missing. False: \a error names the folder and what is wrong.
    bool prepare(QString *error) const;

    bool writeOwner(const ProcessIdentity &owner, QString *error) const;
    /// As far as it is known: id alone where the file is missing.
    ProcessIdentity owner(const QString &id) const;
    void remove(const QString &id) const;

    /// Ids of the sockets that are there; empty without \a error where there is no folder yet.
    QStringList processes(QString *error) const;

    /// True when the owner is a process of this machine that has ended; somebody who was refused on
    /// the socket may remove it then.
    static bool hasEnded(const ProcessIdentity &owner);

private:
    QString m_around;
    QString m_path;
};

} // namespace qproxysql
