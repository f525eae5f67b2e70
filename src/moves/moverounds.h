// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "health/supervisor.h"
#include "moves/connectionsights.h"
#include "moves/peerdeparture.h"
#include "moves/rebalancing.h"
#include "moves/replacements.h"

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
    Clock::time_point advance();

    std::mutex m_mutex;
    std::set<const PeerPool *> m_watched;

    Replacements m_replacements;
    // Used by the supervisor thread only.
    ConnectionSights m_sights;
    PeerDeparture m_departure;
    Rebalancing m_rebalancing;

    Chore m_rounds;
};

} // namespace qproxysql
