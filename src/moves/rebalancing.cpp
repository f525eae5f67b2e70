// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "moves/rebalancing.h"

#include "pool/selection.h"

#include <algorithm>

namespace qproxysql {

using namespace std::chrono_literals;

namespace {

constexpr auto BalancedEvery = 250ms;
constexpr auto BalancePollEvery = 2s; ///< while no eligible connection is in use
constexpr auto InUseFor = 10s;        ///< a connection counts as in use so long after a call
constexpr auto BalanceOfferWaits = 10s;

bool mayMove(const ConnectionSnapshot &snapshot, Clock::time_point now)
{
    return snapshot.session != 0 && snapshot.offer.peer == NoPeer && !snapshot.isCut
           && snapshot.isMovableSoon() && snapshot.lastActivity != Clock::time_point()
           && now - snapshot.lastActivity < InUseFor;
}

bool isStaleOffer(const ConnectionSnapshot &snapshot, Clock::time_point now)
{
    return snapshot.offer.peer != NoPeer && snapshot.offeredFor == MoveReason::Rebalance
           && !snapshot.isCut
           && (snapshot.isOfferGone || now - snapshot.offeredAt >= BalanceOfferWaits);
}

} // namespace

/// The connections of one pool.
struct Rebalancing::Group
{
    std::vector<const ConnectionSnapshot *> snapshots;
    std::map<quint64, PeerId> underWay;
    std::vector<RebalancePlan::Peer> peers;

    void count(const PeerPool &pool, Clock::time_point now)
    {
        for (const PeerSnapshot &shown : pool.peers()) {
            const bool isUsable = preferenceOf(shown, 0, now) == Preference::Good;
            if (shown.service != Service::Draining)
                peers.push_back({shown.id, shown.weight, isUsable});
        }
        for (const ConnectionSnapshot *snapshot : snapshots)
            count(*snapshot, now);
    }

    void count(const ConnectionSnapshot &snapshot, Clock::time_point now)
    {
        const auto moving = underWay.find(snapshot.connection);
        const bool isMoving = moving != underWay.end();
        const PeerId to = isMoving ? moving->second : snapshot.offer.peer;
        for (RebalancePlan::Peer &peer : peers) {
            const bool isThere = peer.id == snapshot.peer;
            peer.incoming += peer.id == to;
            peer.connections += isThere && to == NoPeer;
            peer.eligible += isThere && !isMoving && mayMove(snapshot, now);
        }
    }
};

Rebalancing::Rebalancing(Replacements &replacements, RandomSource &random)
    : m_replacements(replacements)
    , m_random(random)
{
}

Clock::time_point Rebalancing::advance(const std::vector<ConnectionSnapshot> &snapshots,
                                       Clock::time_point now)
{
    Clock::time_point next = Clock::time_point::max();
    std::map<const PeerPool *, Group> groups;
    for (const ConnectionSnapshot &snapshot : snapshots) {
        if (isStaleOffer(snapshot, now))
            m_replacements.withdraw(*snapshot.record);
        else if (snapshot.offer.peer != NoPeer && !snapshot.isCut)
            next = std::min(next, snapshot.offeredAt + BalanceOfferWaits);
        groups[snapshot.record->pool().get()].snapshots.push_back(&snapshot);
    }
    std::erase_if(m_plans, [&groups](const auto &item) { return !groups.contains(item.first); });
    const std::map<quint64, PeerId> underWay = m_replacements.underWay();
    for (auto &[pool, group] : groups) {
        group.underWay = underWay;
        group.count(*pool, now);
        RebalancePlan &plan = m_plans.try_emplace(pool, m_random).first->second;
        std::vector<bool> taken(group.snapshots.size());
        for (const RebalancePlan::Move &wanted :
             plan.advance(group.peers, pool->policy().balance, now))
            move(group, wanted, now, &taken);
        const bool isAnyInUse = std::ranges::any_of(group.peers, [](const auto &peer) {
            return peer.eligible > 0;
        });
        if (plan.isUnderWay())
            next = std::min(next, now + (isAnyInUse ? BalancedEvery : BalancePollEvery));
    }
    return next;
}

void Rebalancing::move(const Group &group, const RebalancePlan::Move &wanted, Clock::time_point now,
                       std::vector<bool> *taken)
{
    const auto size = quint32(group.snapshots.size());
    const quint32 first = m_random.bounded(size);
    for (quint32 i = 0; i < size; ++i) {
        const quint32 at = (first + i) % size;
        const ConnectionSnapshot &snapshot = *group.snapshots[at];
        if ((*taken)[at] || snapshot.peer != wanted.from || !mayMove(snapshot, now)
            || group.underWay.contains(snapshot.connection))
            continue;
        (*taken)[at] = true;
        if (m_replacements.mayOpen(*snapshot.record))
            m_replacements.add({snapshot.record, snapshot.session, wanted.from, wanted.to,
                                MoveReason::Rebalance});
        return;
    }
}

} // namespace qproxysql
