// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "moves/rebalanceplan.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace qproxysql {

using namespace std::chrono_literals;

namespace {

constexpr auto SettlesAtLeast = 1'000ms;
constexpr quint32 SettlesJitterMs = 3'000;
constexpr auto ArriveWithin = 12s; ///< the connections of one goal
/// Moves that were due while nobody called advance() are not made up for beyond this time.
constexpr auto CatchesUp = 250ms;
/// Idle connections do not move, so a goal that needs them is given up.
constexpr auto GoalHolds = 10min;

int totalOf(const std::vector<RebalancePlan::Peer> &peers)
{
    return std::transform_reduce(peers.begin(), peers.end(), 0, std::plus(),
                                 [](const auto &peer) { return peer.connections + peer.incoming; });
}

// Two standard deviations of a random spread, or half of a small share: rare by chance.
bool isFarBelow(double share, int connections, Balance balance)
{
    const double slack = balance == Balance::LeastConn ? share / 10
                                                       : std::min(2 * std::sqrt(share), share / 2);
    return share - connections >= std::max(2.0, slack);
}

} // namespace

RebalancePlan::RebalancePlan(RandomSource &random)
    : m_random(random)
{
}

bool RebalancePlan::isUnderWay() const
{
    return std::ranges::any_of(m_standings, [](const auto &item) {
        return item.second.isReturned || item.second.goal > 0;
    });
}

std::vector<RebalancePlan::Move> RebalancePlan::advance(std::vector<Peer> peers, Balance balance,
                                                        Clock::time_point now)
{
    noteUsable(peers, now);
    setGoals(peers, balance, now);

    std::vector<Move> moves;
    skipMissedSlots(now);
    while (const std::optional<Move> move = nextMove(peers, balance, now)) {
        moves.push_back(*move);
        Standing &standing = m_standings[move->to];
        beginSlot(&standing, standing.slotBegins + standing.slot);
    }
    return moves;
}

void RebalancePlan::beginSlot(Standing *standing, Clock::time_point at)
{
    const double moment = m_random.bounded(1000) / 1000.0;
    standing->slotBegins = at;
    standing->nextMove = at
                         + std::chrono::duration_cast<Clock::time_point::duration>(standing->slot
                                                                                   * moment);
}

void RebalancePlan::skipMissedSlots(Clock::time_point now)
{
    for (auto &[peer, standing] : m_standings) {
        const auto missed = std::max<Clock::time_point::duration>(now - CatchesUp
                                                                          - standing.nextMove,
                                                                  0s);
        standing.slotBegins += missed;
        standing.nextMove += missed;
    }
}

// On the first call no peer counts as returned: the connections were opened on the peers that were usable.
void RebalancePlan::noteUsable(const std::vector<Peer> &peers, Clock::time_point now)
{
    std::erase_if(m_standings, [&peers](const auto &item) {
        return std::ranges::none_of(peers, [&](const Peer &peer) { return peer.id == item.first; });
    });
    for (const Peer &peer : peers) {
        Standing &standing = m_standings[peer.id];
        if (standing.isUsable == peer.isUsable)
            continue;
        standing = {};
        standing.isUsable = peer.isUsable;
        if (!peer.isUsable || !m_hasRun)
            continue;
        standing.isReturned = true;
        standing.settlesAt = now + SettlesAtLeast
                             + std::chrono::milliseconds(m_random.bounded(SettlesJitterMs + 1));
    }
    m_hasRun = true;
}

void RebalancePlan::setGoals(const std::vector<Peer> &peers, Balance balance, Clock::time_point now)
{
    const int total = totalOf(peers);
    int weights = 0;
    for (const Peer &peer : peers) // one that takes no new connections at present keeps those it has
        weights += peer.isUsable || peer.connections > 0 ? peer.weight : 0;
    bool isFirst = true;
    int stay = 0; // BALANCE=first: connections on peers that take no new ones
    for (const Peer &peer : peers) {
        Standing &standing = m_standings[peer.id];
        if (!peer.isUsable || standing.settlesAt > now) {
            stay += peer.connections;
            continue;
        }
        const double share = double(total) * peer.weight / weights;
        const bool isReturned = std::exchange(standing.isReturned, false);
        int goal = 0;
        if (balance == Balance::First)
            goal = std::exchange(isFirst, false) ? total - stay : 0;
        else if (isReturned)
            goal = shareOf(share);
        else if (isFarBelow(share, peer.connections, balance))
            goal = int(share);
        const bool hadNoGoal = standing.goal == 0;
        if (balance != Balance::First) // another peer may have come back since
            standing.goal = std::min(standing.goal, int(std::ceil(share)));
        if (standing.goal != 0
            && (balance == Balance::First || peer.connections >= standing.goal
                || now >= standing.goalEnds))
            standing.goal = 0;
        if (goal <= peer.connections || standing.goal != 0)
            continue;
        standing.goal = goal;
        standing.goalEnds = now + GoalHolds;
        if (hadNoGoal) {
            standing.slot = Clock::time_point::duration(ArriveWithin) / (goal - peer.connections);
            beginSlot(&standing, now);
        }
    }
}

int RebalancePlan::shareOf(double share)
{
    const double whole = std::floor(share);
    return int(whole) + (m_random.bounded(1'000'000) < (share - whole) * 1'000'000 ? 1 : 0);
}

int RebalancePlan::missing(const Peer &peer) const
{
    const auto standing = m_standings.find(peer.id);
    return standing == m_standings.end() || !peer.isUsable
                   ? 0
                   : standing->second.goal - peer.connections - peer.incoming;
}

std::optional<RebalancePlan::Move> RebalancePlan::nextMove(std::vector<Peer> &peers,
                                                           Balance balance,
                                                           Clock::time_point now) const
{
    std::vector<Peer *> targets;
    for (Peer &peer : peers) {
        const auto standing = m_standings.find(peer.id);
        if (standing != m_standings.end() && standing->second.nextMove <= now && missing(peer) > 0)
            targets.push_back(&peer);
    }
    std::ranges::stable_sort(targets, std::greater(),
                             [this](const Peer *peer) { return missing(*peer); });
    for (Peer *const to : targets) {
        Peer *const from = donorFor(*to, peers, balance);
        if (!from)
            continue;
        --from->connections;
        --from->eligible;
        ++to->incoming;
        return Move{from->id, to->id};
    }
    return std::nullopt;
}

// With BALANCE=first an earlier peer is not usable for new sessions, but may still serve those it has.
RebalancePlan::Peer *RebalancePlan::donorFor(const Peer &to, std::vector<Peer> &peers,
                                             Balance balance)
{
    const auto loadOf = [](const Peer &peer) {
        return double(peer.connections + peer.incoming) / peer.weight;
    };
    Peer *from = nullptr;
    for (Peer &peer : peers) {
        const bool isNoDonor = balance == Balance::First ? &peer < &to : loadOf(peer) <= loadOf(to);
        if (&peer == &to || peer.eligible == 0 || isNoDonor)
            continue;
        if (!from || loadOf(peer) > loadOf(*from))
            from = &peer;
    }
    return from;
}

} // namespace qproxysql
