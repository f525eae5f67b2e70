// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "commits/committable.h"
#include "config/expected.h"
#include "session/peersession.h"

#include <QtSql/QSqlError>

namespace qproxysql {

/// Whether the transactions of a session can be committed with tokens, and where their fate can be found out.
struct CommitSupport
{
    /// Servers with the same domain share their commits: "wsrep:" and the cluster's UUID, "group:" and the group's
    /// name, else "server:" and a name of the server's own. Empty: unknown, as it is behind a proxy to servers of no
    /// cluster, where a later request may reach another server.
    QString domain;

    /// Only one server has the commits of this domain.
    bool isOneServer() const { return domain.startsWith(QLatin1String("server:")); }

    /// Asks the server: up to eight round trips, without writing, also on a server that is read-only. It uses
    /// statements that are prepared, and SHOW, so what an earlier statement left (FOUND_ROWS(), warnings) is gone
    /// afterwards. The answer is remembered by server, account and table, for all connections of the process:
    /// for a minute, and without limit for sessions that were open at that time; an error for three seconds.
    ///
    /// An error names what is missing and what to do: the table, a right, a filter of the binary log, the
    /// membership in a group. The error of a session that was lost meanwhile is the inner driver's own, and is
    /// not remembered. The caller holds the claim. Any thread.
    static Expected<CommitSupport, QSqlError> of(PeerSession &session, const CommitTable &table,
                                                 const Clock &clock = Clock::steady());
};

} // namespace qproxysql
