// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "config/pooldefinition.h"
#include "pool/clock.h"
#include "pool/peerstate.h"
#include "pool/randomsource.h"

#include <map>
#include <optional>
#include <vector>

namespace qproxysql {

/// Decides which connections of one pool move to spread them over its peers again, after a peer has come
/// back or was added.
///
/// * random: a peer that becomes usable gets its share by weight once, rounded at random, so that in a
///   fleet of processes with one connection each the right number of them moves. leastconn also levels
///   when a peer has fallen far below its share. Moves never overshoot the share, so there is no
///   oscillation.
/// * first: all connections move to the first usable peer from those after it.
///
/// A peer must first have been usable for a random time of 1 to 4 s. Its connections come at random moments
/// of 12 s, however few they are: all processes of a fleet may see the peer return in the same second. Pure
/// apart from \a random; one thread at a time.
class RebalancePlan
{
public:
    struct Peer
    {
        PeerId id = NoPeer; ///< lists have the pool's order
        int weight = 1;
        bool isUsable = false; ///< may get connections
        int connections = 0;   ///< connections whose session is there
        int incoming = 0;      ///< connections that are moving there; not counted above
        int eligible = 0;      ///< how many of its connections could move now
    };
    struct Move
    {
        PeerId from = NoPeer;
        PeerId to = NoPeer;
        friend bool operator==(const Move &, const Move &) = default;
    };

    explicit RebalancePlan(RandomSource &random);

    /// \a peers: all of the pool except drained ones, whose connections leave anyway.
    std::vector<Move> advance(std::vector<Peer> peers, Balance balance, Clock::time_point now);

    /// Connections have to move, or may have to soon: call advance() again.
    bool isUnderWay() const;

private:
    struct Standing
    {
        bool isUsable = false;
        bool isReturned = false; ///< it has become usable and has no goal yet
        Clock::time_point settlesAt;
        int goal = 0; ///< number of connections to reach; 0: none
        Clock::time_point goalEnds;
        // One move is due in each slot.
        Clock::time_point slotBegins;
        Clock::time_point::duration slot{};
        Clock::time_point nextMove;
    };

    void noteUsable(const std::vector<Peer> &peers, Clock::time_point now);
    void setGoals(const std::vector<Peer> &peers, Balance balance, Clock::time_point now);
    int shareOf(double share);
    int missing(const Peer &peer) const;
    void beginSlot(Standing *standing, Clock::time_point at);
    void skipMissedSlots(Clock::time_point now);
    std::optional<Move> nextMove(std::vector<Peer> &peers, Balance balance,
                                 Clock::time_point now) const;
    static Peer *donorFor(const Peer &to, std::vector<Peer> &peers, Balance balance);

    RandomSource &m_random;
    std::map<PeerId, Standing> m_standings;
    bool m_hasRun = false;
};

} // namespace qproxysql
