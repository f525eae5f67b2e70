// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "session/openplan.h"
#include "simulatedserver.h"
#include "workplaces.h"

#include <memory>

namespace qproxysql::simulation {

class SimulatedProcess;

/// One open: does what OpenPlan decides, with connects that take simulated time.
class SimulatedOpen : public std::enable_shared_from_this<SimulatedOpen>
{
public:
    /// A session: \a peer and the epoch of its server; NoPeer if the open has failed.
    using Opened = std::function<void(PeerId peer, quint64 epoch)>;

    SimulatedOpen(SimulatedProcess &process, Purpose purpose, const OpenPlan::Request &request,
                  Opened opened);
    void step();

private:
    void start(PeerId peer);
    void connect(PeerId peer, const std::shared_ptr<Workplaces::Job> &job);
    void finished(PeerId peer, const SimulatedServer::Login &login);
    void awaitTurn();
    void markStalled();
    void sweep();
    void end(PeerId peer, quint64 epoch);

    SimulatedProcess &m_process;
    const Purpose m_purpose;
    OpenPlan m_plan;
    Opened m_opened;
    std::vector<std::weak_ptr<Workplaces::Job>> m_jobs;
    int m_underWay = 0;
    int m_turn = 0; ///< the number of the wait
    bool m_isOver = false;
};

} // namespace qproxysql::simulation
