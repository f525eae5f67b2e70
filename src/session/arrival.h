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

/// What a session must become before a connection goes on with it.
struct ArrivalNeeds
{
    /// On a Galera node or a member of a replication group: wait until it has applied what the others
    /// have committed (docs/options.md).
    CausalReads causalReads = CausalReads::Off;
    QStringList settings; ///< statements, sent in this order: what the connection carries along
    /// Of the client library, for escaping; empty: as the session has it.
    QByteArray clientCharacterSet;
    QString schema; ///< what the first of \c settings uses; null: none of them does

    bool areMetBy(const PeerSession &session) const; ///< nothing has to be sent
};

/// Why a session could not be made what it must become.
struct ArrivalFailure
{
    QSqlError error;
    /// The server has refused it, as every other peer would: to try them is of no use.
    bool isRefused = false;
};

/// Makes a session that is logged in and set up what \a needs says, in at most two round trips. A peer
/// that refuses them in one text, as ProxySQL does with USE, is asked for one after the other, and the
/// next time at once.
/// Blocks, for as long as a node lags behind, and on a server that hangs until somebody cuts the
/// session's line: run it on a worker, by the session's only owner. A failure: the session cannot be
/// used for this connection.
std::optional<ArrivalFailure> arrive(PeerSession &session, const ArrivalNeeds &needs);

} // namespace qproxysql
