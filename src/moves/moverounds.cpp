// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "moves/moverounds.h"

#include "health/supervisor.h"
#include "moves/connectionroster.h"

namespace qproxysql {

using namespace std::chrono_literals;

namespace {

constexpr auto RoundsApart = 250ms;

} // namespace

MoveRounds &MoveRounds::instance()
{
    static auto *const instance = [] {
        auto *const rounds = new MoveRounds;
        Supervisor::instance().addChore([rounds] { return rounds->advance(); });
        return rounds;
    }();
    return *instance;
}

MoveRounds::MoveRounds()
    : m_replacements(
            Clock::steady(), [](auto job) { return Workers::instance().start(std::move(job)); },
            [](const auto &ticket) { Workers::instance().markStalled(ticket); })
    , m_departure(m_replacements)
    , m_rebalancing(m_replacements, RandomSource::system())
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
            somethingChanged(); // the connection may be on a draining peer
        return;
    }
    QObject::connect(pool.get(), &PeerPool::peerServiceChanged, [this] { somethingChanged(); });
    QObject::connect(pool.get(), &PeerPool::peerStateChanged, [this] { somethingChanged(); });
    somethingChanged();
}

void MoveRounds::somethingChanged()
{
    m_hasChanged = true;
    Supervisor::instance().wake();
}

Clock::time_point MoveRounds::advance()
{
    const Clock::time_point now = Clock::steady().now();
    if (m_hasChanged && m_due > m_lastRound + RoundsApart)
        m_due = m_lastRound + RoundsApart;
    if (now < m_due)
        return m_due;
    m_hasChanged = false;
    m_lastRound = now;
    const std::vector<ConnectionSnapshot> snapshots =
            m_snapshots.take(ConnectionRoster::instance().records(), now);
    m_due = std::min(m_departure.advance(snapshots, now), m_rebalancing.advance(snapshots, now));
    if (m_due != Clock::time_point::max())
        m_due = std::max(m_due, now + RoundsApart);
    return m_due;
}

} // namespace qproxysql
