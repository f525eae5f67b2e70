// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "health/poolmonitor_p.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace qproxysql {
namespace {

/// All jobs that Workers runs at once, because callers wait for a sweep.
constexpr int SweepSlots = 4;

} // namespace

void PoolMonitor::beginSweep(PendingNotifications *notifications)
{
    const Clock::time_point now = m_environment.clock.now();
    const auto interval = m_pool->policy().checkInterval;
    if (m_outageSince == Never) {
        m_outageSince = now;
        notifications->warnings.append(
                u"pool %1: no peer is left to choose; asking all of them"_s.arg(m_pool->name()));
    }
    m_sweep = std::make_shared<Sweep>();
    m_sweep->beganAt = now;
    m_sweep->nextAt = now
                      + schedule().sweepPause(std::chrono::duration_cast<RecheckSchedule::Delay>(
                              now - m_outageSince));
    std::vector<PeerId> slow;
    for (const PeerSnapshot &shown : m_pool->peers()) {
        if (shown.service == Service::Draining)
            continue;
        Record &record = recordOf(shown.id);
        // Each attempt on a server that has blocked this host may make it worse.
        if (shown.health == Health::Blocked && now - record.lastFailed < interval)
            continue;
        if (record.probe && !record.probe->isGivenUp)
            takeIntoSweep(*record.probe);
        else if (canStart(record, now))
            (record.hasTimedOut ? slow : m_sweep->pending).push_back(shown.id);
    }
    // Peers are taken from the back: first those that are likely to answer, then those that timed
    // out.
    const auto shuffle = [this](std::vector<PeerId> &peers) {
        for (size_t i = peers.size(); i > 1; --i)
            std::swap(peers[i - 1], peers[m_environment.random.bounded(quint32(i))]);
    };
    shuffle(m_sweep->pending);
    shuffle(slow);
    m_sweep->pending.insert(m_sweep->pending.begin(), slow.begin(), slow.end());
    continueSweep();
}

void PoolMonitor::takeIntoSweep(Probe &probe)
{
    if (!std::exchange(probe.isOfSweep, true))
        ++m_sweep->underWay;
}

void PoolMonitor::continueSweep()
{
    while (!m_sweep->pending.empty() && hasFreeSlot(SweepSlots)) {
        const PeerId peer = m_sweep->pending.back();
        m_sweep->pending.pop_back();
        Record &record = recordOf(peer);
        if (!record.probe || record.probe->isGivenUp) {
            if (!canStart(record, m_environment.clock.now()))
                continue;
            start(peer);
        }
        takeIntoSweep(*record.probe); // it may have been started by someone else
    }
    if (m_sweep->pending.empty() && m_sweep->underWay == 0 && !m_sweep->isOver) {
        m_sweep->isOver = true;
        m_sweepChanged.notify_all();
    }
}

// The failure of a probe that began before the sweep may be outdated, so the peer is probed again.
void PoolMonitor::leaveSweep(const Probe &probe, const ProbeOutcome &outcome)
{
    if (!probe.isOfSweep || probe.isGivenUp)
        return;
    --m_sweep->underWay;
    if (!outcome && probe.startedAt < m_sweep->beganAt)
        m_sweep->pending.push_back(probe.peer);
    continueSweep();
}

// Callers that come when the outage has already lasted for their patience do not wait.
bool PoolMonitor::isWaitedFor(const SweepRequest &request, Clock::time_point now) const
{
    if (request.patience <= 0ms || now - request.patience >= m_outageSince)
        return false;
    return std::ranges::any_of(m_pool->peers(), &mayComeBack);
}

PoolMonitor::SweepCaller PoolMonitor::enterSweep(const SweepRequest &request)
{
    const std::lock_guard lock(m_mutex);
    return {request, m_goodConnects, m_sweep};
}

std::optional<bool> PoolMonitor::resultOfSweep(SweepCaller &caller, Clock::time_point *next,
                                               PendingNotifications *notifications)
{
    const SweepRequest &request = caller.request;
    for (;;) {
        // Probes that wait for a thread have no time-out yet, so check again soon.
        *next = std::min({request.deadline, tendProbes(notifications),
                          m_environment.clock.now() + ProbeStallsAfter});
        const Clock::time_point now = m_environment.clock.now();
        const bool isUntried = m_sweep == caller.earlier && m_pool->choose(request.tried) != NoPeer;
        if (m_goodConnects != caller.goodConnects || isUntried)
            return true;
        const bool isOver = !m_sweep || m_sweep->isOver;
        if (isOver && m_sweep != caller.earlier) {
            if (m_pool->hasSelectable())
                return true;
            if (!isWaitedFor(request, now))
                return false;
            caller.earlier = m_sweep;
        }
        if (now >= request.deadline)
            return false;
        if (isOver && m_sweep && now < m_sweep->nextAt) {
            *next = std::min(*next, m_sweep->nextAt);
            return {};
        }
        if (!isOver)
            return {};
        beginSweep(notifications);
    }
}

std::optional<bool> PoolMonitor::pollSweep(SweepCaller &caller, Clock::time_point *next)
{
    PendingNotifications notifications(*this);
    const std::lock_guard lock(m_mutex);
    return resultOfSweep(caller, next, &notifications);
}

bool PoolMonitor::sweep(const SweepRequest &request)
{
    SweepCaller caller = enterSweep(request);
    for (;;) {
        PendingNotifications notifications(*this); // outlives the lock
        std::unique_lock lock(m_mutex);
        Clock::time_point next;
        if (const std::optional<bool> result = resultOfSweep(caller, &next, &notifications))
            return *result;
        const auto pause = next - m_environment.clock.now();
        if (notifications.isEmpty())
            m_sweepChanged.wait_for(lock, std::max<Clock::time_point::duration>(pause, 1ms));
    }
}

} // namespace qproxysql
