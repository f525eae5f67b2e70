// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "sandbox/sandboxdirectory.h"
#include "sandbox/server.h"

#include <functional>
#include <memory>
#include <vector>

namespace qproxysql::sandbox {

/// A replication group of MySQL servers on 127.0.0.1 (Group Replication over XCom):
///
///     GroupReplication group(GroupReplication::Mode::MultiPrimary);
///     QVERIFY2(group.start(), qPrintable(group.errorString()));
///     group[0].kill();
///     QVERIFY(group[0].start());                          // answers, and is no member
///     QVERIFY2(group.join(0), qPrintable(group.errorString()));
///
/// A member that is started again does not join by itself (start_on_boot=OFF). A member that is frozen
/// is expelled after 5 s, unless the others have no majority, and joins again by itself when thawed.
/// Accounts as ServerGroup has them; `app` may also read replication_group_members. Needs
/// $QPROXYSQL_MYSQL_ROOT. Any thread, one at a time.
class GroupReplication
{
public:
    enum class Mode { SinglePrimary, MultiPrimary };
    explicit GroupReplication(Mode mode, int count = 3, const QStringList &flags = {});
    ~GroupReplication();
    Q_DISABLE_COPY_MOVE(GroupReplication)

    /// Starts all and makes them a group. False: errorString(). About 15 s.
    bool start();
    QString errorString() const { return m_errorString; }

    int count() const { return int(m_members.size()); }
    Server &operator[](int index) { return *m_members.at(size_t(index)).server; }
    QString hostList() const;

    /// Lets a server that runs join the others; waits until it is ONLINE.
    bool join(int index);
    /// STOP GROUP_REPLICATION: it runs on, read-only, and is no member.
    bool leave(int index);
    /// MEMBER_STATE as the member itself sees it; empty when it does not answer.
    QString state(int index);
    bool waitForState(int index, const QString &state);
    /// How many members of the group this one can reach, itself included.
    int reachable(int index);
    /// The member that takes writes; -1: none is known. Mode::SinglePrimary.
    int primary();
    bool setPrimary(int index);
    /// The same request as root on a member that takes writes; the group carries it to the others.
    Answer executeAsRoot(const QString &sql);

private:
    struct Member
    {
        PortReservation group;
        std::unique_ptr<Server> server;
    };
    QStringList memberFlags(const Member &member) const;
    bool execute(int index, const QString &sql);
    bool waitUntil(const std::function<bool()> &condition, const QString &what);
    bool fail(const QString &text);

    SandboxDirectory m_directory;
    const Mode m_mode;
    const QStringList m_flags; ///< for every member's command line
    const QString m_groupName;
    std::vector<Member> m_members;
    QString m_errorString;
};

} // namespace qproxysql::sandbox
