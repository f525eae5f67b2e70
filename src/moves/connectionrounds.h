// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "health/supervisor.h"
#include "moves/connectionsnapshots.h"
#include "moves/peerdeparture.h"
#include "moves/poolstatementwatch.h"
#include "moves/rebalancing.h"
#include "moves/replacements.h"

#include <mutex>
#include <set>

namespace qproxysql {

/// The supervisor's rounds over all connections of the process, in its thread. Process-wide, never
/// destroyed.
///
/// * Statements: no statement waits for ever, and no idle session on a dead peer is used. Once a second
///   while there is a connection, ten times a second while a decision is pending.
/// * Moves because of a drain or of BALANCE: at most four a second, none while there is nothing to do. A
///   drain, a resume or a change of a peer's health wakes them.
class ConnectionRounds
{
public:
    static constexpr auto RoundsApart = std::chrono::milliseconds(250); ///< of moves, at least

    static ConnectionRounds &instance();

    /// Called at every open of a connection, any thread.
    void watch(const std::shared_ptr<PeerPool> &pool);

private:
    ConnectionRounds();
    Clock::time_point watchStatements();
    Clock::time_point move();

    std::mutex m_mutex;
    std::set<const PeerPool *> m_watched;

    Replacements m_replacements;
    // Used by the supervisor thread only.
    std::map<const PeerPool *, PoolStatementWatch> m_pools; ///< pools live as long as the process
    ConnectionSnapshots m_snapshots;
    PeerDeparture m_departure;
    Rebalancing m_rebalancing;

    Chore m_statements;
    Chore m_moves;
};

} // namespace qproxysql
