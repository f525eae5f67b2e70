// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "config/connectionconfig.h"

#include <QtCore/QByteArray>
#include <QtCore/QStringList>
#include <QtSql/QSqlError>

#include <optional>

namespace qproxysql {

class PeerSession;

/// What a session must be given before a connection continues on it.
struct ArrivalNeeds
{
    /// On a Galera node or a member of a replication group: wait until it has applied everything that
    /// the others have committed (docs/options.md).
    CausalReads causalReads = CausalReads::Off;
    QStringList settings; ///< statements that restore the connection's settings, sent in this order
    /// The client library's, for escaping; empty: as the session has it.
    QByteArray clientCharacterSet;
    QString schema; ///< selected by the first of \c settings; null: none of them selects one

    bool areMetBy(const PeerSession &session) const; ///< nothing has to be sent
};

/// Why a session could not be prepared.
struct ArrivalFailure
{
    QSqlError error;
    /// The server refused it as every other peer would, so trying them is of no use.
    bool isRefused = false;
};

/// Prepares a session that is logged in and set up as \a needs says, in at most two round trips. When a peer
/// refuses several statements in one text, as ProxySQL refuses USE, they are sent one by one, and
/// from then on always.
/// Blocks while the node lags behind; on a hanging server it blocks until somebody cuts the session's
/// line. Run it on a worker, as the session's only owner. After a failure this connection cannot use
/// the session.
std::optional<ArrivalFailure> arrive(PeerSession &session, const ArrivalNeeds &needs);

} // namespace qproxysql
