// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "cluster.h"

#include "simulatedprocess.h"

#include <algorithm>

namespace qproxysql::simulation {

namespace {

constexpr Span FirstStatementRetransmission = 200ms; ///< of a statement; it doubles

PoolDefinition definitionOf(const Size &size)
{
    PoolDefinition definition;
    definition.name = QStringLiteral("simulated");
    for (int i = 0; i < size.peers; ++i)
        definition.peers.append({{QStringLiteral("db%1").arg(i + 1), 3306}, 1});
    if (size.followsFleet)
        definition.policy.control = Control::Fleet;
    return definition;
}

} // namespace

Cluster::Cluster(const Size &ofSize, const Costs &ofServers)
    : size(ofSize)
    , costs(ofServers)
    , chance(ofSize.seed)
    , record(ofSize.peers, timeline.now())
{
    for (PeerId peer = 0; peer < size.peers; ++peer)
        m_servers.push_back(std::make_unique<SimulatedServer>(peer, costs, timeline, record));
    const PoolDefinition definition = definitionOf(size);
    for (int i = 0; i < size.processes; ++i)
        m_processes.push_back(std::make_unique<SimulatedProcess>(*this, definition));
}

Cluster::~Cluster() = default;

void Cluster::startProcesses(Span spread)
{
    for (const auto &process : m_processes)
        timeline.after(chance.within(spread), [one = process.get()] { one->start(); });
}

void Cluster::kill(PeerId peer)
{
    stopAnswering(peer, SimulatedServer::State::Down);
}

void Cluster::start(PeerId peer)
{
    server(peer).setState(SimulatedServer::State::Serving);
}

void Cluster::freeze(PeerId peer)
{
    stopAnswering(peer, SimulatedServer::State::Frozen);
}

void Cluster::thaw(PeerId peer)
{
    answerAgain(peer, false);
}

void Cluster::disconnect()
{
    for (PeerId peer = 0; peer < size.peers; ++peer)
        stopAnswering(peer, SimulatedServer::State::Unreachable);
}

void Cluster::reconnect()
{
    for (PeerId peer = 0; peer < size.peers; ++peer)
        answerAgain(peer, true);
}

// Who has a session there finds out at the next statement, or by the statement in flight.
void Cluster::stopAnswering(PeerId peer, SimulatedServer::State state)
{
    server(peer).setState(state);
    for (const auto &process : m_processes) {
        for (const auto &connection : process->connections()) {
            if (connection->peer() != peer)
                continue;
            if (connection->waitsSince() == Time::max())
                connection->needStatement();
            else if (state == SimulatedServer::State::Down)
                connection->answered(peer);
        }
    }
}

// A statement that was sent into nowhere arrives when the kernel sends it again.
void Cluster::answerAgain(PeerId peer, bool isByRetransmission)
{
    server(peer).setState(SimulatedServer::State::Serving);
    const Time now = timeline.now();
    for (const auto &process : m_processes) {
        for (const auto &connection : process->connections()) {
            const Time sent = connection->waitsSince();
            if (connection->peer() != peer || sent == Time::max())
                continue;
            Time arrives = now;
            if (isByRetransmission) {
                arrives = sent;
                for (Span pause = FirstStatementRetransmission; arrives < now; pause *= 2)
                    arrives += pause;
            }
            timeline.at(arrives, [peer, one = connection.get()] { one->answered(peer); });
        }
    }
}

void Cluster::drain(PeerId peer)
{
    for (const auto &process : m_processes)
        process->pool().setService(peer, Service::Draining);
}

void Cluster::resume(PeerId peer)
{
    for (const auto &process : m_processes)
        process->pool().setService(peer, Service::InService);
}

int Cluster::working() const
{
    int all = 0;
    for (const auto &server : m_servers)
        all += server->isAnswering() ? server->held() : 0;
    return all;
}

void Cluster::run(Time end)
{
    constexpr Span Step = 100ms;
    for (Time next = timeline.now(); next < end;) {
        next = std::min(next + Step, end);
        timeline.run(next);
        const bool doAllWork = working() == size.sessions();
        if (doAllWork && !m_doAllWork)
            m_allWorkSince = next;
        m_doAllWork = doAllWork;
        if ((next - record.begin()) % Span(1s) != Span())
            continue;
        for (PeerId peer = 0; peer < size.peers; ++peer)
            record.of(peer, next - Step).held = heldBy(peer);
    }
}

} // namespace qproxysql::simulation
