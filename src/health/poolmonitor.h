// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "connect/probe.h"
#include "health/judge.h"
#include "health/poolhealth.h"
#include "health/probebudget.h"
#include "health/recheckschedule.h"
#include "inner/workers.h"

#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <vector>

namespace qproxysql {

/// One probe as a job for a worker.
struct ProbeJob
{
    FullConnectRequest request;
    std::function<void()> begin;                      ///< right before the connect
    std::function<ProbeOutcome()> connect;            ///< blocks
    std::function<void(const ProbeOutcome &)> finish; ///< with the result of connect()

    void operator()() const
    {
        begin();
        finish(connect());
    }
};

/// The dependencies of PoolMonitor, injected for tests and for the simulation.
struct MonitorEnvironment
{
    const Clock &clock;
    RandomSource &random;
    ProbeBudget &budget;
    std::function<ProbeOutcome(const FullConnectRequest &)> probe; ///< called on a worker; blocks
    /// Starts a job on a worker thread. Must return before the job runs.
    std::function<std::shared_ptr<Workers::Ticket>(ProbeJob)> start;
    std::function<void(const std::shared_ptr<Workers::Ticket> &)> markStalled;
    /// Requests an earlier call of advance(). Called from any thread without a lock.
    std::function<void()> wake;
};

/// The last contacts of this process with a peer. Default constructed for never.
struct PeerContact
{
    Clock::time_point connected; ///< a login and the readiness check succeeded
    Clock::time_point answered;  ///< a session had an answer
    Clock::time_point failed;    ///< a connect failed, or a statement lowered the health
    bool isProbing = false;      ///< a probe is under way
};

/// The PoolHealth of one pool: collects observations of each peer, passes them to judge(), records
/// the results in the PeerPool and sends probes. At most one probe per peer is under way.
///
/// Thread-safe. Lock order: the Supervisor's mutex, m_mutex, then the mutex of the PeerPool, the
/// ProbeBudget or Workers. m_mutex is not held while announcing, logging, waiting (except for the
/// sweep's condition) or calling MonitorEnvironment::wake. Create it with std::make_shared.
class PoolMonitor : public PoolHealth, public std::enable_shared_from_this<PoolMonitor>
{
public:
    static constexpr Clock::time_point Never = Clock::time_point::max();

    /// Keeps \a pool alive without using it in the sense of PoolRegistry.
    PoolMonitor(const std::shared_ptr<PeerPool> &pool, MonitorEnvironment environment);
    ~PoolMonitor() override;

    PeerPool &pool() const override { return *m_pool; }
    /// Reports a successful open or probe. The peer becomes Up.
    void connectSucceeded(PeerId peer, const ServerFacts &facts);
    AfterConnectFailure connectFailed(PeerId peer, const ConnectFailure &failure) override;
    ErrorClass statementFailed(PeerId peer, int code, const QString &text,
                               ServerFlavour flavour) override;
    void answered(PeerId peer, Clock::time_point when) override;
    PeerSilence silence(PeerId peer) const override;
    PeerContact contact(PeerId peer) const;
    void checkNow(PeerId peer) override;
    KeySteps keySteps(PeerId peer, std::chrono::milliseconds maxAge) override;
    bool sweep(const SweepRequest &request) override;

    /// One caller of sweep().
    struct SweepCaller;
    SweepCaller enterSweep(const SweepRequest &request);
    /// The result of sweep(), for callers that do not block. Nothing: ask again when a probe has ended, and
    /// at \a next at the latest.
    std::optional<bool> pollSweep(SweepCaller &caller, Clock::time_point *next);

    bool awaitWritable(Clock::time_point deadline, std::chrono::milliseconds patience) override;

    /// Reports that the peer is in service again. If it is not Up it is rechecked within about a
    /// second, as after a first failure, unless each attempt may make it worse. Any thread.
    void resumed(PeerId peer);

    /// Sets the logins of probes. Without logins (nullptr) no probe starts.
    void setLogins(std::shared_ptr<const Logins> logins);
    std::shared_ptr<const Logins> logins() const;

    /// Starts due probes and gives up on those that hang. Returns the latest time of the next call,
    /// or Never.
    Clock::time_point advance();

    /// The supervisor has stopped calling advance(), so that the next due probe needs a wake.
    void advancingEnded();

    /// Probes per second that the pool's CHECK_INTERVAL needs when every peer is down.
    double demand() const;

private:
    struct Probe;
    struct Record;
    struct Sweep;
    class PendingNotifications;

    Record &recordOf(PeerId peer);
    enum class Seen { ByCaller, ByProbe };
    Judgement settle(PeerId peer, const Observation &observed, const PeerError &error, Seen by,
                     PendingNotifications *notifications);
    Judgement settleFailure(PeerId peer, const ConnectFailure &failure, Clock::time_point began,
                            Seen by, PendingNotifications *notifications);
    static bool keepsRecheck(const Observation &seen, const Judgement &judgement,
                             const Record &record);
    void noteFailedProbe(const Probe &probe, const ConnectFailure &failure);
    void warn(PeerId peer, Health health, const PeerError &error,
              PendingNotifications *notifications);
    void reschedule(PeerId peer, const Judgement &judgement);
    RecheckSchedule schedule() const;
    Clock::time_point nextRoutineProbe(const Record &record, Clock::time_point now) const;
    void noteFacts(PeerId peer, const ServerFacts &facts, PendingNotifications *notifications);
    void updateServerRequests();
    bool isResolverSuspected() const;

    bool canStart(const Record &record, Clock::time_point now) const;
    bool hasFreeSlot(int slots) const;
    void start(PeerId peer);
    void begin(const std::shared_ptr<Probe> &probe);
    void finish(const std::shared_ptr<Probe> &probe, const ProbeOutcome &outcome);
    Clock::time_point tendProbes(PendingNotifications *notifications);
    Clock::time_point startDue();
    std::optional<bool> resultOfSweep(SweepCaller &caller, Clock::time_point *next,
                                      PendingNotifications *notifications);
    void beginSweep(PendingNotifications *notifications);
    void takeIntoSweep(Probe &probe);
    void leaveSweep(const Probe &probe, const ProbeOutcome &outcome);
    void continueSweep();
    bool isWaitedFor(const SweepRequest &request, Clock::time_point now) const;
    bool isAnyWritable() const;
    void probeForWritable(Clock::time_point now);

    const std::shared_ptr<PeerPool> m_pool;
    const MonitorEnvironment m_environment;

    mutable std::mutex m_mutex;
    std::condition_variable m_sweepChanged;
    std::shared_ptr<const Logins> m_logins;
    std::vector<Record> m_records;                ///< by PeerId
    std::vector<std::shared_ptr<Probe>> m_probes; ///< under way
    std::shared_ptr<Sweep> m_sweep;
    /// When the first sweep after the last successful connect began.
    Clock::time_point m_outageSince = Never;
    /// When a caller first waited for a peer that takes writes, without one found since.
    Clock::time_point m_readOnlySince = Never;
    Clock::time_point m_probedForWritable; ///< the last round of probes
    bool m_hasTakenWrites = false;         ///< a peer took writes since the process started
    quint64 m_goodConnects = 0;
    Clock::time_point m_advanceBy = Never; ///< the last result of advance()
    bool m_isWaitingForSlot = false;
    bool m_hasWarnedOfResolver = false;
};

struct PoolMonitor::SweepCaller
{
    SweepRequest request;
    quint64 goodConnects = 0;             ///< when it came
    std::shared_ptr<const Sweep> earlier; ///< its result may be outdated
};

} // namespace qproxysql
