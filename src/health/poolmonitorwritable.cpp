// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "health/poolmonitor_p.h"

using namespace std::chrono_literals;

namespace qproxysql {
namespace {

/// Short in comparison with a switch of primaries, which takes from 0.1 to 10 s.
constexpr auto ProbeForWritableEvery = 500ms;

} // namespace

bool PoolMonitor::isAnyWritable() const
{
    for (PeerId peer = 0; peer < PeerId(m_records.size()); ++peer) {
        if (m_records[size_t(peer)].takesWrites() && m_pool->isSelectable(peer))
            return true;
    }
    return false;
}

void PoolMonitor::probeForWritable(Clock::time_point now)
{
    if (now < m_probedForWritable + ProbeForWritableEvery)
        return;
    m_probedForWritable = now;
    for (const PeerSnapshot &shown : m_pool->peers()) {
        if (mayComeBack(shown))
            start(shown.id);
    }
}

// Callers that come when the state has already lasted for their patience do not wait.
bool PoolMonitor::awaitWritable(Clock::time_point deadline, std::chrono::milliseconds patience)
{
    for (;;) {
        PendingNotifications notifications(*this); // outlives the lock
        std::unique_lock lock(m_mutex);
        const Clock::time_point now = m_environment.clock.now();
        if (!m_hasTakenWrites || now >= deadline)
            return false;
        if (isAnyWritable())
            return true;
        if (m_readOnlySince == Never)
            m_readOnlySince = now;
        if (now - patience >= m_readOnlySince)
            return false;
        probeForWritable(now);
        tendProbes(&notifications);
        if (notifications.isEmpty())
            m_sweepChanged.wait_for(lock, std::min<Clock::time_point::duration>(ProbeStallsAfter,
                                                                                deadline - now));
    }
}

} // namespace qproxysql
