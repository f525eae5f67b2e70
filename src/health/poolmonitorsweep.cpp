// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "health/poolmonitor_p.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace qproxysql {
namespace {

constexpr auto SweepCountsFor = 1s;

/// As many as Workers runs at once: callers wait for these.
constexpr int SweepSlots = 4;

} // namespace

void PoolMonitor::beginSweep()
{
    const Clock::time_point now = m_environment.clock.now();
    const auto interval = m_pool->policy().checkInterval;
    m_sweep = std::make_shared<Sweep>();
    std::vector<PeerId> slow;
    for (const PeerSnapshot &shown : m_pool->peers()) {
        if (shown.service == Service::Draining)
            continue;
        Record &record = recordOf(shown.id);
        // Asking a server again and again that has blocked this host makes it worse.
        if (shown.health == Health::Blocked && now - record.lastFailed < interval)
            continue;
        if (record.probe && !record.probe->isJudged && !record.probe->isOfSweep) {
            record.probe->isOfSweep = true;
            ++m_sweep->underWay;
        } else if (canStart(record, now)) {
            (record.hasTimedOut ? slow : m_sweep->pending).push_back(shown.id);
        }
    }
    // From the back: those that are likely to answer, in any order, before those that hung.
    const auto shuffle = [this](std::vector<PeerId> &peers) {
        for (size_t i = peers.size(); i > 1; --i)
            std::swap(peers[i - 1], peers[m_environment.random.bounded(quint32(i))]);
    };
    shuffle(m_sweep->pending);
    shuffle(slow);
    m_sweep->pending.insert(m_sweep->pending.begin(), slow.begin(), slow.end());
    continueSweep();
}

void PoolMonitor::continueSweep()
{
    while (!m_sweep->pending.empty() && m_probes.size() < ProbesAtMost
           && std::ranges::count_if(m_probes, [](const auto &probe) { return !probe->isStalled; })
                      < SweepSlots) {
        const PeerId peer = m_sweep->pending.back();
        m_sweep->pending.pop_back();
        Record &record = recordOf(peer);
        if (!canStart(record, m_environment.clock.now()))
            continue; // Somebody else has just asked it.
        start(peer);
        record.probe->isOfSweep = true;
        ++m_sweep->underWay;
    }
    if (m_sweep->pending.empty() && m_sweep->underWay == 0 && !m_sweep->isOver) {
        m_sweep->isOver = true;
        m_sweep->endedAt = m_environment.clock.now();
        m_sweepChanged.notify_all();
    }
}

bool PoolMonitor::sweep(Clock::time_point deadline)
{
    const Clock &clock = m_environment.clock;
    std::shared_ptr<const Sweep> mine;
    for (;;) {
        Aftermath after(*this); // outlives the lock
        std::unique_lock lock(m_mutex);
        if (!mine)
            mine = joinSweep(&after);
        // Probes that wait for a thread tell no time: look again soon.
        const Clock::time_point next = std::min(
                {deadline, tendProbes(&after), clock.now() + ProbeStallsAfter});
        if (mine->foundUp)
            return true;
        if (mine->isOver)
            return m_pool->hasSelectable();
        const Clock::time_point now = clock.now();
        if (now >= deadline)
            return false;
        if (after.isEmpty())
            m_sweepChanged.wait_for(lock, std::max<Clock::time_point::duration>(next - now, 1ms));
    }
}

std::shared_ptr<const PoolMonitor::Sweep> PoolMonitor::joinSweep(Aftermath *after)
{
    const bool counts = m_sweep
                        && (!m_sweep->isOver
                            || m_environment.clock.now() - m_sweep->endedAt < SweepCountsFor);
    if (!counts) {
        if (!std::exchange(m_hasSaidNoPeerIsLeft, true))
            after->warnings.append(u"pool %1: no peer is left to choose; asking all of them"_s.arg(
                    m_pool->name()));
        beginSweep();
    }
    return m_sweep;
}

} // namespace qproxysql
