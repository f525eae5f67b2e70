// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "moves/connectionrounds.h"

#include "health/supervisor.h"
#include "moves/connectionroster.h"

namespace qproxysql {

using namespace std::chrono_literals;

namespace {

constexpr auto RoundsApart = 250ms;

} // namespace

ConnectionRounds &ConnectionRounds::instance()
{
    static auto *const instance = [] {
        auto *const rounds = new ConnectionRounds;
        Supervisor::instance().addChore([rounds] {
            const Clock::time_point now = Clock::steady().now();
            return std::min(rounds->watchStatements(now), rounds->move(now));
        });
        return rounds;
    }();
    return *instance;
}

ConnectionRounds::ConnectionRounds()
    : m_replacements(
            Clock::steady(), [](auto job) { return Workers::instance().start(std::move(job)); },
            [](const auto &ticket) { Workers::instance().markStalled(ticket); })
    , m_departure(m_replacements)
    , m_rebalancing(m_replacements, RandomSource::system())
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
            somethingChanged(); // the connection may be on a draining peer
        return;
    }
    QObject::connect(pool.get(), &PeerPool::peerServiceChanged, [this] { somethingChanged(); });
    QObject::connect(pool.get(), &PeerPool::peerStateChanged, [this] { somethingChanged(); });
    somethingChanged();
}

void ConnectionRounds::somethingChanged()
{
    m_hasChanged = true;
    Supervisor::instance().wake();
}

// The supervisor wakes up for other reasons, too, e.g. every open(), so due times are checked.
Clock::time_point ConnectionRounds::watchStatements(Clock::time_point now)
{
    if (m_statements.due == Clock::time_point::max())
        m_statements.due = m_statements.last + PoolStatementWatch::Interval;
    if (now < m_statements.due)
        return m_statements.due;
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
    m_statements = {now, Clock::time_point::max()};
    for (const auto &[pool, group] : groups)
        m_statements.due = std::min(m_statements.due,
                                    m_pools[pool].poll(now, *group.health, group.sessions));
    return m_statements.due;
}

Clock::time_point ConnectionRounds::move(Clock::time_point now)
{
    if (m_hasChanged && m_moves.due > m_moves.last + RoundsApart)
        m_moves.due = m_moves.last + RoundsApart;
    if (now < m_moves.due)
        return m_moves.due;
    m_hasChanged = false;
    const auto snapshots = m_snapshots.take(ConnectionRoster::instance().records(), now);
    m_moves = {now, std::min(m_departure.advance(snapshots, now),
                             m_rebalancing.advance(snapshots, now))};
    if (m_moves.due != Clock::time_point::max())
        m_moves.due = std::max(m_moves.due, now + RoundsApart);
    return m_moves.due;
}

} // namespace qproxysql
