// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "drain/drainrefusal.h"
#include "pool/clock.h"
#include "pool/drainrequest.h"
#include "rolling/rollingplan.h"

namespace qproxysql {

/// The current peer of a rolling restart and the peers of its pools at one moment.
struct RollingObservation
{
    /// By a probe of this moment. Silent: it failed, but the server may still run.
    enum class Reach { Unknown, Answers, Silent, Gone };

    bool isKnown = true; ///< the peer is still configured, and the drain directory could be read
    std::optional<DrainRequest> entry; ///< the drain request in effect
    bool isSafeToStop = false;
    QString drain; ///< how far the drain has come, for people
    Reach reach = Reach::Unknown;
    std::optional<double> startedAt; ///< see RollingPeer; nothing: not known, e.g. of a proxy
    std::optional<double> uptime;    ///< of this moment
    bool isHealthy = false;
    QString problem;      ///< why it is not
    QStringList unproven; ///< peers of its pools, itself too, that are not proven up, and why
    QStringList draining; ///< other peers of its pools, and who drains them
    QStringList away;     ///< applications that do not use it
    bool isCommandRunning = false;

    bool isDraining() const { return entry && entry->service == Service::Draining; }
};

/// The steps of a rolling restart: decides from observations what is to be done next. Never goes
/// on after a step has failed. Pure but for the clock; one thread.
class RollingRestart
{
public:
    enum class Action {
        None,
        Drain,      ///< request a drain of the current peer; then drained()
        AskToStop,  ///< tell the operator that the server may be stopped
        RunCommand, ///< start the command; then commandEnded()
        Resume,     ///< then resumed()
        Finish,     ///< plan().state is Finished
        Fail        ///< plan().failure says why
    };
    enum class Failure { None, Refused, TimedOut, Changed, Command, Directory };

    /// A server must be healthy for so long before it is resumed.
    static constexpr std::chrono::seconds SettleTime{2};
    /// For peers that are not proven up before the first is drained.
    static constexpr std::chrono::seconds ProofTime{10};

    /// A plan from a file goes on where it was interrupted; \a away: seconds since then.
    RollingRestart(RollingPlan plan, const Clock &clock, double away = 0);

    const RollingPlan &plan() const { return m_plan; }
    Failure failure() const { return m_failure; }
    const std::optional<DrainRefusal> &refusal() const { return m_refusal; } ///< of a request

    /// The plan must be saved before the action is carried out.
    Action advance(const RollingObservation &seen);
    Action drained(const std::optional<DrainRefusal> &refusal, const DrainRequest &entry);
    Action resumed(const std::optional<DrainRefusal> &refusal, const DrainRequest &entry);
    void commandBegun(const CommandProcess &process);
    Action commandEnded(int exitCode);
    void stopFor(const DrainRefusal &refusal); ///< the plan could not be saved

private:
    using Step = RollingPeer::Step;

    Action check(const RollingObservation &seen);
    Action drain(const RollingObservation &seen);
    Action stop(const RollingObservation &seen);
    Action comeBack(const RollingObservation &seen);
    Action settle(const RollingObservation &seen);
    Action resume(const RollingObservation &seen);
    Action stopNow();
    Action requestResume();
    Action awaitAnswer();
    bool hasGone(const RollingObservation &seen) const;
    std::optional<bool> hasRestarted(const RollingObservation &seen) const;
    void spend();
    void add(double seconds);
    void enter(Step step);
    bool isOver(double seconds) const;
    Action fail(Failure failure, const QString &why);
    RollingPeer &peer() { return *m_plan.current(); }

    RollingPlan m_plan;
    const Clock &m_clock;
    Clock::time_point m_began; ///< of the step
    Clock::time_point m_last;  ///< until here the step's seconds are counted
    std::optional<Clock::time_point> m_healthySince;
    bool m_isAwaiting = false; ///< the result of a request
    int m_silences = 0;        ///< probes in a row that failed without a proof
    bool m_isTakenUp = false;  ///< it was not seen in this run that it is safe to stop
    Failure m_failure = Failure::None;
    std::optional<DrainRefusal> m_refusal;
};

} // namespace qproxysql
