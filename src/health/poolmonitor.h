// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "health/judge.h"
#include "health/poolhealth.h"
#include "health/probe.h"
#include "health/probebudget.h"
#include "health/recheckschedule.h"
#include "inner/workers.h"

#include <condition_variable>
#include <functional>
#include <mutex>
#include <vector>

namespace qproxysql {

/// Where a PoolMonitor gets time, chance, threads and servers from; injected so that tests need
/// none of them.
struct MonitorEnvironment
{
    const Clock &clock;
    RandomSource &random;
    ProbeBudget &budget;
    std::function<ProbeOutcome(const FullConnectRequest &)> probe; ///< called on a worker; blocks
    /// Starts a job on a worker thread; must not run it before it returns.
    std::function<std::shared_ptr<Workers::Ticket>(std::function<void()>)> start;
    std::function<void(const std::shared_ptr<Workers::Ticket> &)> markStalled;
    /// advance() is wanted earlier than it last said. Called from any thread, no lock held.
    std::function<void()> wake;
};

/// When this process last heard from a peer or failed to. Default constructed: never.
struct PeerContact
{
    Clock::time_point connected; ///< a login and the readiness check succeeded
    Clock::time_point answered;  ///< a session had an answer
    Clock::time_point failed; ///< a connect failed, or a statement in a way that lowers the health
    bool isProbing = false;   ///< a probe is under way
};

/// The PoolHealth of one pool: keeps what was seen of each peer, lets judge() draw the conclusions,
/// records them in the PeerPool and sends probes. At most one probe a peer is under way.
///
/// Thread-safe. Lock order: the Supervisor's mutex, m_mutex, then that of the PeerPool, the
/// ProbeBudget or Workers. Nothing is announced, logged or waited for under it, the sweep's condition
/// apart; MonitorEnvironment::wake is called without it. Make it with std::make_shared.
class PoolMonitor : public PoolHealth, public std::enable_shared_from_this<PoolMonitor>
{
public:
    static constexpr Clock::time_point Never = Clock::time_point::max();

    /// \a pool is kept alive, without counting as its use.
    PoolMonitor(const std::shared_ptr<PeerPool> &pool, MonitorEnvironment environment);
    ~PoolMonitor() override;

    PeerPool &pool() const override { return *m_pool; }
    /// An open or a probe reached the peer and it is ready: Up, whatever a probe said before.
    void connectSucceeded(PeerId peer, const ServerFacts &facts);
    AfterConnectFailure connectFailed(PeerId peer, const ConnectFailure &failure) override;
    ErrorClass statementFailed(PeerId peer, int code, const QString &text,
                               ServerFlavour flavour) override;
    void answered(PeerId peer, Clock::time_point when) override;
    PeerSilence silence(PeerId peer) const override;
    PeerContact contact(PeerId peer) const;
    void checkNow(PeerId peer) override;
    bool sweep(const SweepRequest &request) override;
    bool awaitWritable(Clock::time_point deadline, std::chrono::milliseconds patience) override;

    /// Somebody has brought it back into service: one that is not Up is rechecked within a second or so,
    /// as if it had failed just now, unless each attempt may make it worse. Any thread.
    void resumed(PeerId peer);

    /// With what probes log in from now on; nullptr forgets it, and no probe starts before the next.
    void setLogins(std::shared_ptr<const Logins> logins);
    std::shared_ptr<const Logins> logins() const;

    /// Starts the probes that are due and gives up on those that hang. Returns when to call it
    /// again at the latest: Never when nothing is to come.
    Clock::time_point advance();

    /// Nobody will call advance() again before the next wake.
    void advancingEnded();

    /// Probes a second that the pool's CHECK_INTERVAL needs when every peer is down.
    double demand() const;

private:
    struct Probe;
    struct Record;
    struct Sweep;
    class Aftermath;

    Record &recordOf(PeerId peer);
    enum class Seen { ByCaller, ByProbe };
    Judgement settle(PeerId peer, const Observation &observed, const PeerError &error, Seen by,
                     Aftermath *after);
    Judgement settleFailure(PeerId peer, const ConnectFailure &failure, Clock::time_point began,
                            Seen by, Aftermath *after);
    static bool isOldNews(const Observation &seen, const Judgement &judgement, const Record &record);
    void noteFailedProbe(const Probe &probe, const ConnectFailure &failure);
    void warn(PeerId peer, Health health, const PeerError &error, Aftermath *after);
    void reschedule(PeerId peer, const Judgement &judgement);
    Clock::time_point nextVisit(const Record &record, Clock::time_point now) const;
    void noteFacts(PeerId peer, const ServerFacts &facts, Aftermath *after);
    void refreshWishes();
    bool isResolverSuspected() const;

    bool canStart(const Record &record, Clock::time_point now) const;
    void start(PeerId peer);
    void run(const std::shared_ptr<Probe> &probe, const FullConnectRequest &request);
    void finish(const std::shared_ptr<Probe> &probe, const ProbeOutcome &outcome);
    Clock::time_point tendProbes(Aftermath *after);
    Clock::time_point startDue();
    void beginSweep(Aftermath *after);
    void takeIntoSweep(Probe &probe);
    void leaveSweep(const Probe &probe, bool isUp);
    void continueSweep();
    bool isWaitedFor(const SweepRequest &request, Clock::time_point now) const;
    bool isAnyWritable() const;
    void askForWritable(Clock::time_point now);

    const std::shared_ptr<PeerPool> m_pool;
    const MonitorEnvironment m_environment;

    mutable std::mutex m_mutex;
    std::condition_variable m_sweepChanged;
    std::shared_ptr<const Logins> m_logins;
    std::vector<Record> m_records;                ///< by PeerId
    std::vector<std::shared_ptr<Probe>> m_probes; ///< under way
    std::shared_ptr<Sweep> m_sweep;
    /// When the first sweep began after the last good connect.
    Clock::time_point m_outageSince = Never;
    /// When somebody first waited for a peer that takes writes, none having been seen since.
    Clock::time_point m_readOnlySince = Never;
    Clock::time_point m_askedForWritable; ///< the last round of probes
    bool m_hasTakenWrites = false;        ///< a peer has been seen to, since the process began
    quint64 m_goodConnects = 0;
    Clock::time_point m_advanceBy = Never; ///< what advance() last returned
    bool m_isWaitingForSlot = false;
    bool m_hasSaidResolver = false;
};

} // namespace qproxysql
