// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "health/poolmonitor_p.h"

#include "config/coretexts.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace qproxysql {
namespace {

/// Added to the connect time-out, which applies to each resolved address and not to the lookup.
constexpr auto HangGrace = 2s;

/// Workers runs four jobs at once; background probes take at most this many of them.
constexpr int BackgroundSlots = 2;

} // namespace

void PoolMonitor::setLogins(std::shared_ptr<const Logins> logins)
{
    const std::lock_guard lock(m_mutex);
    m_logins = std::move(logins);
}

std::shared_ptr<const Logins> PoolMonitor::logins() const
{
    const std::lock_guard lock(m_mutex);
    return m_logins;
}

double PoolMonitor::demand() const
{
    const std::chrono::duration<double> interval = m_pool->policy().checkInterval;
    const std::lock_guard lock(m_mutex);
    return interval.count() > 0 ? 1.25 * double(m_records.size()) / interval.count() : 0;
}

void PoolMonitor::checkNow(PeerId peer)
{
    if (peer < 0)
        return;
    PendingNotifications notifications(*this);
    const std::lock_guard lock(m_mutex);
    start(peer);
    notifications.wakes = true;
}

KeySteps PoolMonitor::keySteps(PeerId peer, std::chrono::milliseconds maxAge)
{
    PendingNotifications notifications(*this);
    const std::lock_guard lock(m_mutex);
    const Record &record = recordOf(peer);
    if (!record.probe && m_environment.clock.now() - record.lastConnect > maxAge) {
        start(peer);
        notifications.wakes = true;
    }
    return record.facts ? record.facts->keySteps : KeySteps();
}

void PoolMonitor::resumed(PeerId peer)
{
    PendingNotifications notifications(*this);
    const std::lock_guard lock(m_mutex);
    Record &record = recordOf(peer);
    const Clock::time_point now = m_environment.clock.now();
    const PeerSnapshot shown = m_pool->peer(peer);
    const bool isAwaited = shown.health == Health::Down || shown.health == Health::NotReady
                           || shown.health == Health::Misconfigured;
    if (!isAwaited || record.due == Never || record.recheck == Recheck::Long)
        return;
    record.failures = 0;
    record.due = std::min(record.due, now + schedule().delay(Recheck::Soon, 1));
    notifications.changes.push_back(
            m_pool->recordHealth(peer, shown.health, shown.lastError, record.due));
    notifications.wakes = record.due < m_advanceBy;
}

bool PoolMonitor::canStart(const Record &record, Clock::time_point now) const
{
    if (!m_logins)
        return false;
    if (!record.probe)
        return true;
    // Start another probe if one hangs for ever.
    return record.probe->isGivenUp
           && now >= record.probe->startedAt + 2 * m_pool->policy().checkInterval;
}

bool PoolMonitor::hasFreeSlot(int slots) const
{
    return m_probes.size() < ProbesAtMost
           && std::ranges::count(m_probes, false, &Probe::isStalled) < slots;
}

void PoolMonitor::start(PeerId peer)
{
    Record &record = recordOf(peer);
    if (!canStart(record, m_environment.clock.now()))
        return;
    const PeerSnapshot shown = m_pool->peer(peer);
    const PoolPolicy policy = m_pool->policy();
    const FullConnectRequest request{.peer = shown.address,
                                     .login = m_logins->of(shown.address),
                                     .driver = policy.peerDriver,
                                     .connectTimeout = policy.connectTimeout,
                                     .checkSql = policy.checkSql,
                                     .initSql = {},
                                     .identities = shown.identities};
    auto probe = std::make_shared<Probe>();
    probe->peer = peer;
    record.probe = probe;
    record.due = Never;
    record.isProbeWantedAgain = false;
    m_probes.push_back(probe);
    const auto self = shared_from_this();
    probe->ticket = m_environment.start(
            {.request = request,
             .begin = [self, probe] { self->begin(probe); },
             .connect = [self, request] { return self->m_environment.probe(request); },
             .finish = [self,
                        probe](const ProbeOutcome &outcome) { self->finish(probe, outcome); }});
}

void PoolMonitor::begin(const std::shared_ptr<Probe> &probe)
{
    PendingNotifications notifications(*this);
    const std::lock_guard lock(m_mutex);
    probe->hasStarted = true;
    probe->startedAt = m_environment.clock.now();
    notifications.wakes = probe->startedAt + ProbeStallsAfter < m_advanceBy;
}

void PoolMonitor::finish(const std::shared_ptr<Probe> &probe, const ProbeOutcome &outcome)
{
    PendingNotifications notifications(*this);
    const std::lock_guard lock(m_mutex);
    const PeerId peer = probe->peer;
    Record &record = recordOf(peer);
    std::erase(m_probes, probe);
    if (record.probe == probe)
        record.probe = nullptr;
    notifications.wakes = m_isWaitingForSlot;

    if (outcome) {
        noteFacts(peer, *outcome, &notifications);
        settle(peer, {}, {}, Seen::ByProbe, &notifications);
    } else {
        const ConnectFailure failure = outcome.error();
        noteFailedProbe(*probe, failure);
        // Ignore the failure if a connect succeeded after the probe began.
        if (!probe->isGivenUp && record.lastConnect <= probe->startedAt)
            settleFailure(peer, failure, probe->startedAt, Seen::ByProbe, &notifications);
    }
    if (record.isProbeWantedAgain)
        start(peer);

    leaveSweep(*probe, outcome);
}

Clock::time_point PoolMonitor::tendProbes(PendingNotifications *notifications)
{
    const Clock::time_point now = m_environment.clock.now();
    const auto patience = m_pool->policy().connectTimeout + HangGrace;
    Clock::time_point next = Never;
    for (const auto &probe : std::vector(m_probes)) {
        if (!probe->hasStarted)
            continue;
        if (!probe->isStalled && now >= probe->startedAt + ProbeStallsAfter) {
            probe->isStalled = true;
            m_environment.markStalled(probe->ticket);
        }
        if (!probe->isGivenUp && now >= probe->startedAt + patience) {
            probe->isGivenUp = true;
            ConnectFailure failure;
            failure.timedOut = true;
            failure.text = CoreTexts::tr("no answer within %1 ms, and the probe still hangs")
                                   .arg(std::chrono::milliseconds(patience).count());
            if (recordOf(probe->peer).lastConnect <= probe->startedAt)
                settleFailure(probe->peer, failure, probe->startedAt, Seen::ByProbe, notifications);
            if (probe->isOfSweep)
                --m_sweep->underWay;
        }
        if (!probe->isStalled)
            next = std::min(next, probe->startedAt + ProbeStallsAfter);
        else if (!probe->isGivenUp)
            next = std::min(next, probe->startedAt + patience);
    }
    if (m_sweep && !m_sweep->isOver)
        continueSweep();
    return next;
}

Clock::time_point PoolMonitor::advance()
{
    PendingNotifications notifications(*this);
    const std::lock_guard lock(m_mutex);
    const Clock::time_point tended = tendProbes(&notifications);
    m_advanceBy = m_logins ? std::min(tended, startDue()) : tended;
    notifications.wakes = false; // the caller gets the new time as result
    return m_advanceBy;
}

void PoolMonitor::advancingEnded()
{
    const std::lock_guard lock(m_mutex);
    m_advanceBy = Never;
}

Clock::time_point PoolMonitor::startDue()
{
    const Clock::time_point now = m_environment.clock.now();
    Clock::time_point next = Never;
    std::vector<PeerId> due;
    for (PeerId peer = 0; peer < PeerId(m_records.size()); ++peer) {
        Record &record = m_records[size_t(peer)];
        const PeerSnapshot shown = m_pool->peer(peer);
        // Without sessions no stale reads are possible, and the next open checks the peer.
        const bool isUnused = shown.health == Health::Up && shown.sessions == 0
                              && !record.hasServerRequest;
        if (record.due <= now && shown.isRetired)
            record.due = Never;
        else if (record.due <= now && record.recheck == Recheck::Never && isUnused)
            record.due = nextRoutineProbe(record, now);
        if (record.due > now)
            next = std::min(next, record.due);
        else
            due.push_back(peer);
    }
    const auto isEarly = [this](PeerId peer) {
        const Record &record = m_records[size_t(peer)];
        return RecheckSchedule::isEarly(record.recheck, record.failures);
    };
    std::ranges::sort(due, {}, [&](PeerId peer) {
        return std::pair(isEarly(peer), m_records[size_t(peer)].due);
    });

    m_isWaitingForSlot = false;
    for (const PeerId peer : due) {
        Record &record = m_records[size_t(peer)];
        if (!canStart(record, now)) {
            record.due = now + schedule().delay(Recheck::Steady, 1);
            next = std::min(next, record.due);
        } else if (!hasFreeSlot(BackgroundSlots)) {
            m_isWaitingForSlot = true;
            break;
        } else if (m_environment.budget.take()) {
            start(peer);
        } else if (isEarly(peer)) {
            record.failures = 4;
            record.due = now + schedule().delay(Recheck::BackOff, record.failures);
            const PeerSnapshot shown = m_pool->peer(peer);
            (void) m_pool->recordHealth(peer, shown.health, {}, record.due);
            next = std::min(next, record.due);
        } else {
            next = std::min(next, m_environment.budget.nextAt());
            break;
        }
    }
    return next;
}

} // namespace qproxysql
