// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "moves/connectionsnapshots.h"
#include "moves/peerdeparture.h"
#include "moves/poolstatementwatch.h"
#include "moves/rebalancing.h"
#include "moves/replacements.h"

#include <atomic>
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
    static ConnectionRounds &instance();

    /// Called at every open of a connection, any thread.
    void watch(const std::shared_ptr<PeerPool> &pool);

private:
    ConnectionRounds();
    void somethingChanged();
    Clock::time_point watchStatements(Clock::time_point now);
    Clock::time_point move(Clock::time_point now);

    std::mutex m_mutex;
    std::set<const PeerPool *> m_watched;
    std::atomic<bool> m_hasChanged{false};

    Replacements m_replacements;
    // Used by the supervisor thread only.
    struct Round
    {
        Clock::time_point last;
        Clock::time_point due;
    };
    Round m_statements;
    std::map<const PeerPool *, PoolStatementWatch> m_pools; ///< pools live as long as the process
    Round m_moves{{}, Clock::time_point::max()};
    ConnectionSnapshots m_snapshots;
    PeerDeparture m_departure;
    Rebalancing m_rebalancing;
};

} // namespace qproxysql
