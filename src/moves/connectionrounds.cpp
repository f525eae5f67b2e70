// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "moves/connectionrounds.h"

#include "moves/connectionroster.h"

namespace qproxysql {

using namespace std::chrono_literals;

ConnectionRounds &ConnectionRounds::instance()
{
    static auto *const instance = new ConnectionRounds;
    return *instance;
}

ConnectionRounds::ConnectionRounds()
    : m_replacements(
            Clock::steady(), [](auto job) { return Workers::instance().start(std::move(job)); },
            [](const auto &ticket) { Workers::instance().markStalled(ticket); })
    , m_departure(m_replacements)
    , m_rebalancing(m_replacements, RandomSource::system())
    , m_statements([this] { return watchStatements(); })
    , m_moves([this] { return move(); }, RoundsApart)
{
}

// The functors have no context object, so they run in the thread that reports the change.
void ConnectionRounds::watch(const std::shared_ptr<PeerPool> &pool)
{
    bool isNew = false;
    {
        const std::lock_guard lock(m_mutex);
        isNew = m_watched.insert(pool.get()).second;
    }
    if (!isNew) {
        if (pool->hasDraining())
            m_moves.wake(); // the connection may be on a draining peer
        return;
    }
    QObject::connect(pool.get(), &PeerPool::peerServiceChanged, [this] { m_moves.wake(); });
    QObject::connect(pool.get(), &PeerPool::peerStateChanged, [this] { m_moves.wake(); });
    m_moves.wake();
}

Clock::time_point ConnectionRounds::watchStatements()
{
    const Clock::time_point now = Clock::steady().now();
    struct Group
    {
        PoolHealth *health = nullptr;
        std::vector<SessionSnapshot> sessions;
    };
    std::map<const PeerPool *, Group> groups;
    for (const auto &record : ConnectionRoster::instance().records()) {
        const ConnectionRecord::View view = record->view();
        Group &group = groups[record->pool().get()];
        group.health = &*record->watch();
        if (view.line)
            group.sessions.push_back(view);
        if (view.offer.line)
            group.sessions.push_back(view.offer);
    }
    std::erase_if(m_pools, [&groups](const auto &pool) { return !groups.contains(pool.first); });
    Clock::time_point due = Clock::time_point::max();
    for (const auto &[pool, group] : groups)
        due = std::min(due, m_pools[pool].poll(now, *group.health, group.sessions));
    return due;
}

Clock::time_point ConnectionRounds::move()
{
    const Clock::time_point now = Clock::steady().now();
    const auto snapshots = m_snapshots.take(ConnectionRoster::instance().records(), now);
    return std::min(m_departure.advance(snapshots, now), m_rebalancing.advance(snapshots, now));
}

} // namespace qproxysql
