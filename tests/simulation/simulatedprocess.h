// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "health/poolmonitor.h"
#include "moves/movebackoff.h"
#include "moves/peerdeparture.h"
#include "moves/poolstatementwatch.h"
#include "moves/rebalanceplan.h"
#include "simulatedconnection.h"
#include "workplaces.h"

#include <deque>
#include <map>

namespace qproxysql::simulation {

class Cluster;

/// One process with its connections: the deciding classes of the product on the simulated clock.
class SimulatedProcess
{
public:
    SimulatedProcess(Cluster &cluster, const PoolDefinition &definition);
    Q_DISABLE_COPY_MOVE(SimulatedProcess)

    void start(); ///< opens its connections

    Cluster &cluster() { return m_cluster; }
    PeerPool &pool() { return *m_pool; }
    PoolMonitor &monitor() { return *m_monitor; }
    Workplaces &workplaces() { return m_workplaces; }
    std::vector<std::unique_ptr<SimulatedConnection>> &connections() { return m_connections; }

    void connectSucceeded(PeerId peer);
    /// As PoolMonitor::sweep() for a caller that does not block.
    void sweep(const SweepRequest &request, std::function<void(bool)> result);
    void wakeRounds(); ///< ConnectionRounds::move()

private:
    struct Wanted
    {
        SimulatedConnection *connection = nullptr;
        PeerId to = NoPeer;
        MoveReason reason = MoveReason::Drain;
        quint64 instead = 0; ///< the session that is to be replaced
    };

    void startProbe(const ProbeJob &job);
    void advance();
    void advanceAt(Time when);
    void pollSweeps();
    void watchStatements();
    bool cut(const SessionSnapshot &session);

    void round();
    bool depart();
    bool rebalance();
    void replace(const Wanted &wanted);
    void serveReplacements();
    void serve(const Wanted &wanted);

    void readFleet();
    void readFleetOn(PeerId peer);

    Cluster &m_cluster;
    const Logins m_logins;
    const std::shared_ptr<PeerPool> m_pool;
    ProbeBudget m_budget;
    const std::shared_ptr<PoolMonitor> m_monitor;
    PoolStatementWatch m_watch;
    RebalancePlan m_plan;
    MoveBackoff m_backoff;
    Workplaces m_workplaces;
    std::vector<std::unique_ptr<SimulatedConnection>> m_connections;

    Time m_advanceAt = Time::max();
    bool m_isAdvancing = false;
    struct Sweeper
    {
        PoolMonitor::SweepCaller caller;
        std::function<void(bool)> result;
    };
    std::vector<Sweeper> m_sweepers;
    Time m_pollAt = Time::max();

    bool m_isRoundDue = false;
    Time m_lastRound;
    std::deque<Wanted> m_wanted;
    std::map<SimulatedConnection *, PeerId> m_underWay; ///< replacements, and their wanted peers
    int m_replacing = 0;

    PeerId m_fleetPeer = NoPeer;
    quint64 m_fleetEpoch = 0;
};

} // namespace qproxysql::simulation
