// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "moves/connectionsnapshots.h"
#include "moves/rebalanceplan.h"
#include "moves/replacements.h"

#include <map>

namespace qproxysql {

/// The round that spreads connections in use over the peers of their pool, as RebalancePlan decides. A
/// session on the other peer is opened in the background and offered; the connection takes it at its
/// next safe point. Nothing is cut, and idle connections do not move. Never blocks; supervisor thread
/// only.
class Rebalancing
{
public:
    Rebalancing(Replacements &replacements, RandomSource &random);

    /// Does what is due. Returns when to call it again; Clock::time_point::max(): not before something
    /// changes.
    Clock::time_point advance(const std::vector<ConnectionSnapshot> &snapshots,
                              Clock::time_point now);

private:
    struct Group;
    void move(const Group &group, const RebalancePlan::Move &wanted, Clock::time_point now,
              std::vector<bool> *taken);

    Replacements &m_replacements;
    RandomSource &m_random;
    std::map<const PeerPool *, RebalancePlan> m_plans;
};

} // namespace qproxysql
