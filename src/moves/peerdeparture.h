// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "moves/connectionsights.h"
#include "moves/replacements.h"

namespace qproxysql {

/// What is to be done next with one connection whose peer is being drained, or that has an offer.
enum class DepartureStep {
    Stay,
    Replace,  ///< have a replacement opened
    Withdraw, ///< its offer is of no use any more
    Cut       ///< it is idle and its replacement is there: end the old session
};

/// The rules of leaving a draining peer (docs/architecture.md, "The way of a move"): the replacement
/// first; only idle sessions are cut; nothing that holds something is.
DepartureStep departureStep(const Sight &sight, bool isPeerDraining, bool isOfferGood,
                            Clock::time_point now);

/// The round that empties draining peers. Never blocks; the supervisor thread's.
class PeerDeparture
{
public:
    explicit PeerDeparture(Replacements &replacements);

    /// Does what is due. Returns when there may be more to do; Clock::time_point::max(): not before
    /// something changes.
    Clock::time_point advance(const std::vector<Sight> &sights, Clock::time_point now);

private:
    void replace(const Sight &sight, PeerPool &pool);
    void cut(const Sight &sight, PeerPool &pool);

    Replacements &m_replacements;
};

} // namespace qproxysql
