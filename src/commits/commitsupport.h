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

    /// Asks the server, or remembers for a minute (by server, account and table) what it answered. An error
    /// names what is missing: the table, a grant, replication of the table. The caller holds the claim. One
    /// round trip, or none. Any thread.
    static Expected<CommitSupport, QSqlError> of(PeerSession &session, const CommitTable &table);
};

} // namespace qproxysql
