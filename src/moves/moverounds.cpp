// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "moves/moverounds.h"

#include "moves/connectionroster.h"

namespace qproxysql {

using namespace std::chrono_literals;

namespace {

constexpr auto RoundsApart = 250ms;

} // namespace

MoveRounds &MoveRounds::instance()
{
    static auto *const instance = new MoveRounds;
    return *instance;
}

MoveRounds::MoveRounds()
    : m_replacements(
            Clock::steady(), [](auto job) { return Workers::instance().start(std::move(job)); },
            [](const auto &ticket) { Workers::instance().markStalled(ticket); })
    , m_departure(m_replacements)
    , m_rebalancing(m_replacements, RandomSource::system())
    , m_rounds([this] { return advance(); }, RoundsApart)
{
}

// The functors have no context object, so they run in the thread that reports the change.
void MoveRounds::watch(const std::shared_ptr<PeerPool> &pool)
{
    bool isNew = false;
    {
        const std::lock_guard lock(m_mutex);
        isNew = m_watched.insert(pool.get()).second;
    }
    if (!isNew) {
        if (pool->hasDraining())
            m_rounds.wake(); // the connection may be on a draining peer
        return;
    }
    QObject::connect(pool.get(), &PeerPool::peerServiceChanged, [this] { m_rounds.wake(); });
    QObject::connect(pool.get(), &PeerPool::peerStateChanged, [this] { m_rounds.wake(); });
    m_rounds.wake();
}

Clock::time_point MoveRounds::advance()
{
    const Clock::time_point now = Clock::steady().now();
    const std::vector<Sight> sights = m_sights.look(ConnectionRoster::instance().records(), now);
    return std::min(m_departure.advance(sights, now), m_rebalancing.advance(sights, now));
}

} // namespace qproxysql
