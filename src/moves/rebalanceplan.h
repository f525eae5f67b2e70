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

/// Decides which connections of one pool shall move so that they are spread over its peers again,
/// after a peer has come back or was added.
///
/// * random: a peer that becomes usable gets its share by weight once, the fraction drawn, so that
///   in a fleet of processes with one connection each the right number of them moves. leastconn does
///   the same, and levels when a peer has fallen far below its share. In between nothing moves, and
///   what moves never overshoots: there is no swinging.
/// * first: everything goes from those after the first usable peer to it.
///
/// A peer must have been usable for 1 to 4 s (drawn) first; at most one connection, or 5 % of them, a
/// second, at jittered intervals. Pure apart from \a random; one thread at a time.
class RebalancePlan
{
public:
    struct Peer
    {
        PeerId id = NoPeer; ///< the order of a list of them is the pool's
        int weight = 1;
        bool isUsable = false; ///< may get connections
        int connections = 0;   ///< with their session there
        int incoming = 0;      ///< being moved there, and not counted above
        int eligible = 0;      ///< of its connections: could move now
    };
    struct Move
    {
        PeerId from = NoPeer;
        PeerId to = NoPeer;
        friend bool operator==(const Move &, const Move &) = default;
    };

    explicit RebalancePlan(RandomSource &random);

    /// \a peers: all of the pool but those that are drained, whose connections leave anyway.
    std::vector<Move> advance(std::vector<Peer> peers, Balance balance, Clock::time_point now);

    /// Something is to be moved, or may be soon: call advance() again.
    bool isUnderWay() const;

private:
    struct Standing
    {
        bool isUsable = false;
        bool isReturned = false; ///< and has not been given a goal yet
        Clock::time_point settlesAt;
        int goal = 0; ///< connections it shall have; 0: any number will do
        Clock::time_point goalEnds;
    };

    void noteUsable(const std::vector<Peer> &peers, Clock::time_point now);
    void setGoals(const std::vector<Peer> &peers, Balance balance, Clock::time_point now);
    int shareOf(double share);
    int missing(const Peer &peer) const;
    std::optional<Move> nextMove(std::vector<Peer> &peers, Balance balance) const;

    RandomSource &m_random;
    std::map<PeerId, Standing> m_standings;
    Clock::time_point m_nextMove;
    bool m_hasLooked = false;
};

} // namespace qproxysql
