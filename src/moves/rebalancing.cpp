// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "moves/rebalancing.h"

#include "pool/selection.h"

#include <algorithm>

namespace qproxysql {

using namespace std::chrono_literals;

namespace {

constexpr auto BalancedEvery = 250ms;
constexpr auto BalanceLookEvery = 2s; ///< while no eligible connection is in use
constexpr auto InUseFor = 10s;        ///< a connection counts as in use so long after a call
constexpr auto BalanceOfferWaits = 10s;

bool mayMove(const Sight &sight, Clock::time_point now)
{
    return sight.view.session != 0 && sight.view.offered == NoPeer && !sight.isCut
           && (sight.view.isMovable() || sight.view.isMovableSoon())
           && sight.lastActivity != Clock::time_point() && now - sight.lastActivity < InUseFor;
}

bool isStaleOffer(const Sight &sight, Clock::time_point now)
{
    return sight.view.offered != NoPeer && sight.view.offeredFor == MoveReason::Rebalance
           && !sight.isCut
           && (sight.isOfferGone || now - sight.view.offeredAt >= BalanceOfferWaits);
}

} // namespace

/// The connections of one pool.
struct Rebalancing::Group
{
    std::vector<const Sight *> sights;
    std::map<quint64, PeerId> underWay;
    std::vector<RebalancePlan::Peer> peers;

    void count(const PeerPool &pool, Clock::time_point now)
    {
        for (const PeerSnapshot &shown : pool.peers()) {
            if (shown.service == Service::Draining)
                continue;
            RebalancePlan::Peer peer;
            peer.id = shown.id;
            peer.weight = shown.weight;
            peer.isUsable = preferenceOf(shown, Attempts::None, now) == Preference::Good;
            peers.push_back(peer);
        }
        for (const Sight *sight : sights)
            count(*sight, now);
    }

    void count(const Sight &sight, Clock::time_point now)
    {
        const auto moving = underWay.find(sight.view.connection);
        const bool isMoving = moving != underWay.end();
        const PeerId to = isMoving ? moving->second : sight.view.offered;
        for (RebalancePlan::Peer &peer : peers) {
            if (peer.id == to)
                ++peer.incoming;
            else if (to == NoPeer && peer.id == sight.view.peer)
                ++peer.connections;
            if (peer.id == sight.view.peer && !isMoving && mayMove(sight, now))
                ++peer.eligible;
        }
    }
};

Rebalancing::Rebalancing(Replacements &replacements, RandomSource &random)
    : m_replacements(replacements)
    , m_random(random)
{
}

Clock::time_point Rebalancing::advance(const std::vector<Sight> &sights, Clock::time_point now)
{
    Clock::time_point next = Clock::time_point::max();
    std::map<PeerPool *, Group> groups;
    for (const Sight &sight : sights) {
        if (isStaleOffer(sight, now))
            m_replacements.withdraw(*sight.record);
        else if (sight.view.offered != NoPeer && !sight.isCut)
            next = std::min(next, sight.view.offeredAt + BalanceOfferWaits);
        groups[sight.record->pool().get()].sights.push_back(&sight);
    }
    std::erase_if(m_plans, [&groups](const auto &item) {
        return !groups.contains(const_cast<PeerPool *>(item.first));
    });
    const std::map<quint64, PeerId> underWay = m_replacements.underWay();
    for (auto &[pool, group] : groups) {
        group.underWay = underWay;
        group.count(*pool, now);
        RebalancePlan &plan = m_plans.try_emplace(pool, m_random).first->second;
        std::vector<bool> taken(group.sights.size());
        for (const RebalancePlan::Move &wanted :
             plan.advance(group.peers, pool->policy().balance, now))
            move(group, wanted, now, &taken);
        const bool isAnyInUse = std::ranges::any_of(group.peers, [](const auto &peer) {
            return peer.eligible > 0;
        });
        if (plan.isUnderWay())
            next = std::min(next, now + (isAnyInUse ? BalancedEvery : BalanceLookEvery));
    }
    return next;
}

void Rebalancing::move(const Group &group, const RebalancePlan::Move &wanted, Clock::time_point now,
                       std::vector<bool> *taken)
{
    const auto size = quint32(group.sights.size());
    const quint32 first = m_random.bounded(size);
    for (quint32 i = 0; i < size; ++i) {
        const quint32 at = (first + i) % size;
        const Sight &sight = *group.sights[at];
        QString why;
        if ((*taken)[at] || sight.view.peer != wanted.from || !mayMove(sight, now)
            || group.underWay.contains(sight.view.connection))
            continue;
        (*taken)[at] = true;
        if (!m_replacements.isWaiting(*sight.record, &why))
            m_replacements.add({sight.record, sight.view.session, wanted.from, wanted.to,
                                MoveReason::Rebalance});
        return;
    }
}

} // namespace qproxysql
