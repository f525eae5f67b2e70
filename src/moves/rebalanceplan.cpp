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
constexpr double RatePerSecond = 0.05; ///< of the connections
/// Moves that were due while nobody called advance() are not made up for beyond this time.
constexpr auto CatchesUp = 250ms;
/// Idle connections do not move, so a goal that needs them is given up.
constexpr auto GoalHolds = 10min;

int totalOf(const std::vector<RebalancePlan::Peer> &peers)
{
    return std::transform_reduce(peers.begin(), peers.end(), 0, std::plus(),
                                 [](const auto &peer) { return peer.connections; });
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
    const auto interval = std::chrono::duration<double>(
            1 / std::max(1.0, RatePerSecond * totalOf(peers)));
    m_nextMove = std::max(m_nextMove, now - CatchesUp);
    while (m_nextMove <= now) {
        const std::optional<Move> move = nextMove(peers, balance);
        if (!move)
            break;
        moves.push_back(*move);
        const double jitter = 0.5 + m_random.bounded(1001) / 1000.0;
        m_nextMove += std::chrono::duration_cast<Clock::time_point::duration>(interval * jitter);
    }
    return moves;
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
    for (const Peer &peer : peers)
        weights += peer.isUsable ? peer.weight : 0;
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
        if (standing.goal != 0
            && (balance == Balance::First || peer.connections >= standing.goal
                || now >= standing.goalEnds))
            standing.goal = 0;
        if (goal <= peer.connections || standing.goal != 0)
            continue;
        standing.goal = goal;
        standing.goalEnds = now + GoalHolds;
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
                                                           Balance balance) const
{
    const auto loadOf = [](const Peer &peer) {
        return double(peer.connections + peer.incoming) / peer.weight;
    };
    const auto to = std::ranges::max_element(peers, {},
                                             [this](const Peer &peer) { return missing(peer); });
    if (to == peers.end() || missing(*to) <= 0)
        return std::nullopt;
    auto from = peers.end();
    for (auto peer = peers.begin(); peer != peers.end(); ++peer) {
        // With BALANCE=first an earlier peer is not usable for new sessions, but may still serve those
        // it has.
        const bool isNoDonor = balance == Balance::First ? peer < to : loadOf(*peer) <= loadOf(*to);
        if (peer == to || peer->eligible == 0 || isNoDonor)
            continue;
        if (from == peers.end() || loadOf(*peer) > loadOf(*from))
            from = peer;
    }
    if (from == peers.end())
        return std::nullopt;
    --from->connections;
    --from->eligible;
    ++to->incoming;
    return Move{from->id, to->id};
}

} // namespace qproxysql
