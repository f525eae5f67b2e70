// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "health/poolmonitor_p.h"

namespace qproxysql {

void PoolMonitor::noteFailedProbe(const Probe &probe, const ConnectFailure &failure)
{
    const ErrorClass errorClass = classOf(failure);
    Record &record = recordOf(probe.peer);
    if (failure.isHostAlive) {
        record.lastRefused = m_environment.clock.now();
        record.silentProbes = 0;
        return;
    }
    const bool isSilence = errorClass == ErrorClass::Down && !isServersOwn(failure.code)
                           && (failure.code != 0 || failure.timedOut);
    if (!isSilence) {
        // A failure with a local cause says nothing about the peer.
        if (errorClass != ErrorClass::Local && errorClass != ErrorClass::NameResolution
            && errorClass != ErrorClass::None)
            record.lastRefusal = m_environment.clock.now();
        return;
    }
    const Clock::time_point heard = record.lastHeard();
    if (heard > record.silentFrom)
        record.silentProbes = 0;
    if (heard > probe.startedAt)
        return;
    if (record.silentProbes++ == 0)
        record.silentFrom = probe.startedAt;
    record.silentLast = probe.startedAt;
}

PeerSilence PoolMonitor::silence(PeerId peer) const
{
    PeerSilence silence;
    const std::lock_guard lock(m_mutex);
    if (peer < 0 || size_t(peer) >= m_records.size())
        return silence;
    const Record &record = m_records[size_t(peer)];
    silence.lastHeard = record.lastHeard();
    silence.lastRefused = record.lastRefused;
    if (record.silentProbes > 0 && silence.lastHeard <= record.silentFrom) {
        silence.failedProbes = record.silentProbes;
        silence.since = record.silentFrom;
        silence.lastBegan = record.silentLast;
    }
    if (m_pool->peer(peer).health == Health::NotReady)
        silence.standing = record.standing;
    silence.isProbing = record.probe && !record.probe->isGivenUp;
    silence.hasHungUp = record.lastFailure == ErrorClass::Down && !record.hasTimedOut
                        && !isServersOwn(record.lastFailureCode)
                        && silence.lastHeard <= record.lastFailed
                        && m_pool->peer(peer).health == Health::Down;
    return silence;
}

PeerContact PoolMonitor::contact(PeerId peer) const
{
    const std::lock_guard lock(m_mutex);
    if (peer < 0 || size_t(peer) >= m_records.size())
        return {};
    const Record &record = m_records[size_t(peer)];
    return {record.lastConnect, record.lastAnswer, record.lastProblem,
            record.probe && !record.probe->isGivenUp};
}

} // namespace qproxysql
