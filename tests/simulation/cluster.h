// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "simulatedserver.h"

#include <memory>

namespace qproxysql::simulation {

class SimulatedProcess;

/// The size of a simulation.
struct Size
{
    int processes = 1'000;
    int connections = 10; ///< of each process
    int peers = 3;
    quint32 seed = 1;
    Span think = 1s;           ///< from one statement of a connection to the next
    bool followsFleet = false; ///< CONTROL=fleet

    int sessions() const { return processes * connections; }
    double share() const { return double(sessions()) / peers; }
};

/// Servers and processes, and the faults that befall them.
class Cluster
{
public:
    Cluster(const Size &size, const Costs &costs);
    ~Cluster();
    Q_DISABLE_COPY_MOVE(Cluster)

    const Size size;
    const Costs costs;
    Timeline timeline;
    Chance chance;
    Record record;

    SimulatedServer &server(PeerId peer) { return *m_servers[size_t(peer)]; }
    /// Starts the processes within \a spread, evenly.
    void startProcesses(Span spread);

    void kill(PeerId peer);
    void start(PeerId peer);
    void freeze(PeerId peer);
    void thaw(PeerId peer);
    void disconnect(); ///< no peer can be reached any more
    void reconnect();
    void drain(PeerId peer);
    void resume(PeerId peer);

    /// Runs until \a end and notes each second how many sessions each peer has.
    void run(Time end);

    int working() const; ///< connections whose session is on a peer that answers
    Time allWorkSince() const { return m_allWorkSince; } ///< the last time when this became so
    int heldBy(PeerId peer) const { return m_servers[size_t(peer)]->held(); }

private:
    void stopAnswering(PeerId peer, SimulatedServer::State state);
    void answerAgain(PeerId peer, bool isByRetransmission);

    std::vector<std::unique_ptr<SimulatedServer>> m_servers;
    std::vector<std::unique_ptr<SimulatedProcess>> m_processes;
    Time m_allWorkSince;
    bool m_doAllWork = false;
};

} // namespace qproxysql::simulation
