// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

// Shared by the files of PoolMonitor: poolmonitor.cpp evaluates observations, poolmonitorprobes.cpp
// sends probes, poolmonitorsilence.cpp counts unanswered ones, poolmonitorsweep.cpp serves callers
// that wait for any peer, and poolmonitorwritable.cpp those that wait for one that takes writes.

#include "connect/logging.h"
#include "health/poolmonitor.h"

#include <algorithm>

namespace qproxysql {

inline PeerError peerError(int code, const QString &text,
                           PeerError::Source source = PeerError::Source::Connect)
{
    return {code, text, QDateTime::currentDateTimeUtc(), source};
}

inline ErrorClass classOf(const ConnectFailure &failure)
{
    if (failure.errorClass != ErrorClass::None)
        return failure.errorClass;
    if (failure.code != 0)
        return classifyError(Stage::Connect, failure.code, failure.text);
    return failure.timedOut ? ErrorClass::Down : ErrorClass::Local;
}

/// After this time another probe may run beside this one.
constexpr auto ProbeStallsAfter = std::chrono::milliseconds(100);

/// Leaves some of the 64 threads of Workers to opens.
constexpr int ProbesAtMost = 48;

struct PoolMonitor::Probe
{
    PeerId peer = NoPeer;
    bool isOfSweep = false;
    bool hasStarted = false;
    bool isStalled = false;
    bool isGivenUp = false; ///< took too long and was counted as failed; its failure is ignored
    Clock::time_point startedAt;
    std::shared_ptr<Workers::Ticket> ticket;
};

struct PoolMonitor::Record
{
    int failures = 0;  ///< in a row
    int overloads = 0; ///< in a row: pauses because no slot was left
    Recheck recheck = Recheck::Never;
    Clock::time_point due = PoolMonitor::Never;
    Clock::time_point pausedUntil; ///< when an overloaded peer becomes selectable again
    std::shared_ptr<Probe> probe;
    bool isProbeWantedAgain = false; ///< a session was lost while a probe was under way
    Clock::time_point lastConnect;
    Clock::time_point lastAnswer;
    Clock::time_point lastRefusal; ///< when the server refused a probe
    Clock::time_point lastRefused; ///< when its host refused a probe
    Clock::time_point lastFailed;
    Clock::time_point lastProblem;  ///< lastFailed, or when a statement lowered the health
    Clock::time_point timedOutFrom; ///< start of the attempt whose time-out made the peer Down
    int silentProbes = 0;           ///< see PeerSilence::failedProbes
    Clock::time_point silentFrom;   ///< start of the first of these
    Clock::time_point silentLast;   ///< start of the last of these
    ErrorClass lastFailure = ErrorClass::None; ///< None if the last connect succeeded
    int lastFailureCode = 0;
    GroupStanding standing = GroupStanding::Unknown; ///< at the last connect
    bool hasTimedOut = false;
    bool hasRefusedWrite = false;
    bool hasLostBackend = false;
    std::optional<ServerFacts> facts; ///< of the last successful connect
    bool hasServerRequest = false;    ///< see PeerSnapshot::serverRequest

    bool takesWrites() const { return facts && !facts->isReadOnly() && !hasRefusedWrite; }
    /// True if it is probed although it is Up, because sessions do not notice changes.
    bool needsRoutineProbes() const
    {
        return hasServerRequest || standing == GroupStanding::Online;
    }
    Clock::time_point lastSeen() const { return std::max(lastConnect, lastAnswer); }
    Clock::time_point lastHeard() const { return std::max(lastSeen(), lastRefusal); }

    /// True if the recheck of \a judgement is already scheduled, so that the same failure reported
    /// by many callers counts once.
    bool isScheduled(const Judgement &judgement, Clock::time_point now) const
    {
        return judgement.recheck == recheck && (recheck == Recheck::Pause ? pausedUntil : due) > now
               && recheck != Recheck::Never;
    }
};

struct PoolMonitor::Sweep
{
    std::vector<PeerId> pending; ///< taken from the back
    int underWay = 0;
    bool isOver = false;
    Clock::time_point beganAt;
    Clock::time_point nextAt; ///< the next sweep begins then at the earliest, however many wait
};

/// Notifications that the destructor sends. Construct it before the monitor's mutex is locked, so
/// that they are sent after the mutex is released.
class PoolMonitor::PendingNotifications
{
public:
    explicit PendingNotifications(PoolMonitor &monitor)
        : m_monitor(monitor)
    {
    }
    ~PendingNotifications()
    {
        for (const PeerPool::HealthChange &change : changes)
            m_monitor.m_pool->announce(change);
        m_monitor.m_pool->announce(services);
        for (const QString &warning : std::as_const(warnings))
            qCWarning(lcHealth, "%s", qUtf8Printable(warning));
        if (wakes && m_monitor.m_environment.wake)
            m_monitor.m_environment.wake();
    }
    Q_DISABLE_COPY_MOVE(PendingNotifications)

    bool isEmpty() const
    {
        return changes.empty() && services.empty() && warnings.isEmpty() && !wakes;
    }

    std::vector<PeerPool::HealthChange> changes;
    PeerPool::ServiceChanges services;
    QStringList warnings;
    bool wakes = false;

private:
    PoolMonitor &m_monitor;
};

} // namespace qproxysql
