// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

// What the files of PoolMonitor share: poolmonitor.cpp draws conclusions from what is seen,
// poolmonitorprobes.cpp sends probes, poolmonitorsilence.cpp counts those that nobody answered,
// poolmonitorsweep.cpp asks all peers for callers that wait for any, poolmonitorwritable.cpp for those
// that wait for one that takes writes.

#include "health/logging.h"
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

/// A probe that takes longer no longer keeps others from running beside it.
constexpr auto ProbeStallsAfter = std::chrono::milliseconds(100);

/// Of the 64 threads that Workers has at most; the rest is for opens.
constexpr int ProbesAtMost = 48;

struct PoolMonitor::Probe
{
    PeerId peer = NoPeer;
    bool isOfSweep = false;
    bool hasStarted = false;
    bool isStalled = false;
    bool isJudged = false; ///< has been given up on: its failure says nothing new
    Clock::time_point startedAt;
    std::shared_ptr<Workers::Ticket> ticket;
};

struct PoolMonitor::Record
{
    int failures = 0; ///< in a row
    Recheck recheck = Recheck::Never;
    Clock::time_point due = PoolMonitor::Never;
    Clock::time_point pausedUntil; ///< of an overloaded peer: selectable again by then
    std::shared_ptr<Probe> probe;
    bool isProbeWantedAgain = false; ///< something was lost while a probe was under way
    Clock::time_point lastConnect;
    Clock::time_point lastAnswer;
    Clock::time_point lastRefusal; ///< when a probe was refused by the server itself
    Clock::time_point lastRefused; ///< or by its host
    Clock::time_point lastFailed;
    Clock::time_point lastProblem;  ///< lastFailed, and statements that lowered its health
    Clock::time_point timedOutFrom; ///< when the attempt began whose time-out made it Down
    int silentProbes = 0;           ///< see PeerSilence::failedProbes
    Clock::time_point silentFrom;   ///< when the first of these began
    Clock::time_point silentLast;   ///< and the last
    ErrorClass lastFailure = ErrorClass::None; ///< None: the last connect went well
    int lastFailureCode = 0;
    GroupStanding standing = GroupStanding::Unknown; ///< as the last connect told it
    bool hasTimedOut = false;
    bool hasRefusedWrite = false;
    bool hasLostBackend = false;
    std::optional<ServerFacts> facts; ///< of the last good connect
    bool asksToBeLeftAlone = false;   ///< has a PeerSnapshot::serverWish

    bool takesWrites() const { return facts && !facts->isReadOnly() && !hasRefusedWrite; }
    /// Is probed although it is Up, since it would not say by itself what speaks against it.
    bool isVisited() const { return asksToBeLeftAlone || standing == GroupStanding::Online; }
    Clock::time_point lastSeen() const { return std::max(lastConnect, lastAnswer); }
    Clock::time_point lastHeard() const { return std::max(lastSeen(), lastRefusal); }

    /// True when \a judgement is what is believed already and its next check is still to come: what a
    /// crowd of callers reports of one peer counts once.
    bool isAwaited(const Judgement &judgement, Clock::time_point now) const
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
};

/// What is to be told once the monitor's mutex is free.
class PoolMonitor::Aftermath
{
public:
    explicit Aftermath(PoolMonitor &monitor)
        : m_monitor(monitor)
    {
    }
    ~Aftermath()
    {
        for (const PeerPool::HealthChange &change : changes)
            m_monitor.m_pool->announce(change);
        m_monitor.m_pool->announce(services);
        for (const QString &warning : std::as_const(warnings))
            qCWarning(lcHealth, "%s", qUtf8Printable(warning));
        if (wakes && m_monitor.m_environment.wake)
            m_monitor.m_environment.wake();
    }
    Q_DISABLE_COPY_MOVE(Aftermath)

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
