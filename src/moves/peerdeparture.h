// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "moves/connectionsnapshots.h"
#include "moves/replacements.h"

namespace qproxysql {

/// The next step for one connection whose peer is draining, or that has an offer.
enum class DepartureStep {
    Stay,
    Replace,  ///< open a replacement
    Withdraw, ///< take back an offer that is of no use any more
    Cut       ///< end the old session: it is idle and its replacement is ready
};

/// Whether an offered session on that peer may be kept. A peer that takes no new session at present may
/// still serve an open one.
bool isGoodPlace(const PeerSnapshot &peer);

/// The rules for leaving a draining peer (docs/architecture.md, "The way of a move"): the replacement
/// comes first, and only idle sessions that hold no state are cut.
DepartureStep departureStep(const ConnectionSnapshot &snapshot, bool isPeerDraining,
                            bool isOfferGood, Clock::time_point now);

/// The round that empties draining peers. Never blocks; supervisor thread only.
class PeerDeparture
{
public:
    explicit PeerDeparture(Replacements &replacements);

    /// Does what is due. Returns when to call it again; Clock::time_point::max(): not before something
    /// changes.
    Clock::time_point advance(const std::vector<ConnectionSnapshot> &snapshots,
                              Clock::time_point now);

private:
    void replace(const ConnectionSnapshot &snapshot, PeerPool &pool);
    void cut(const ConnectionSnapshot &snapshot, PeerPool &pool);

    Replacements &m_replacements;
};

} // namespace qproxysql
