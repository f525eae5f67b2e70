// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "moves/connectionsnapshots.h"
#include "moves/peerdeparture.h"
#include "moves/rebalancing.h"
#include "moves/replacements.h"

#include <atomic>
#include <mutex>
#include <set>

namespace qproxysql {

/// Runs the rounds that move connections because of a drain or of BALANCE, in the supervisor thread: at
/// most four a second, none while there is nothing to do. A drain, a resume or a change of a peer's
/// health wakes it. Process-wide, never destroyed.
class MoveRounds
{
public:
    static MoveRounds &instance();

    /// Called at every open of a connection, any thread.
    void watch(const std::shared_ptr<PeerPool> &pool);

private:
    MoveRounds();
    void somethingChanged();
    Clock::time_point advance();

    std::mutex m_mutex;
    std::set<const PeerPool *> m_watched;
    std::atomic<bool> m_hasChanged{false};

    Replacements m_replacements;
    // Used by the supervisor thread only.
    ConnectionSnapshots m_snapshots;
    PeerDeparture m_departure;
    Rebalancing m_rebalancing;
    Clock::time_point m_lastRound;
    Clock::time_point m_due = Clock::time_point::max();
};

} // namespace qproxysql
