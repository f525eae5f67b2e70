// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "simulatedserver.h"

namespace qproxysql::simulation {

namespace {

constexpr int Refused = 2002;
constexpr int LostInLogin = 2013;
constexpr int Full = 1040;
constexpr Span FirstSynRetransmission = 1s; ///< of a SYN

Span timeOf(double perSecond)
{
    return std::chrono::duration_cast<Span>(std::chrono::duration<double>(1 / perSecond));
}

} // namespace

void SimulatedServer::setState(State state)
{
    if (state == State::Down) {
        ++m_epoch;
        m_sessions = m_held = 0;
        m_acceptedUntil = {};
        for (const Client &client : std::exchange(m_queue, {}))
            m_timeline.after(m_costs.refusalTime, [this, client] { fail(client, LostInLogin); });
    }
    m_state = state;
}

void SimulatedServer::connect(Purpose purpose, Span timeout, Done done)
{
    arrive({purpose, m_timeline.now() + timeout, std::move(done)});
}

void SimulatedServer::arrive(Client client)
{
    const Time now = m_timeline.now();
    if (m_state == State::Down) {
        ++m_record.of(m_peer, now).refused;
        m_timeline.after(m_costs.refusalTime, [this, client] { fail(client, Refused); });
        return;
    }
    const Span untilAccepted = std::max(m_acceptedUntil, now) - now;
    const bool isDropped = m_state == State::Serving
                           && seconds(untilAccepted) * m_costs.acceptsPerSecond >= m_costs.backlog;
    if (isDropped || m_state == State::Unreachable) { // the client's kernel sends its SYN again
        const Time again = now + FirstSynRetransmission * (1 << client.dropped++);
        if (again >= client.deadline)
            m_timeline.at(client.deadline, [this, client] { timeOut(client); });
        else
            m_timeline.at(again, [this, client] { arrive(client); });
        return;
    }
    if (m_state == State::Frozen) {
        m_timeline.at(client.deadline, [this, client] { timeOut(client); });
        return;
    }
    ++m_record.of(m_peer, now).connects[size_t(client.purpose)];
    m_acceptedUntil = now + untilAccepted + timeOf(m_costs.acceptsPerSecond);
    m_queue.push_back(std::move(client));
    if (m_queue.size() == 1)
        serveNext();
}

// A client that has given up costs nothing more: the server finds its connection closed.
void SimulatedServer::serveNext()
{
    while (!m_queue.empty() && m_queue.front().deadline <= m_timeline.now()) {
        timeOut(m_queue.front());
        m_queue.pop_front();
    }
    if (m_queue.empty())
        return;
    m_timeline.after(timeOf(m_costs.loginsPerSecond), [this, epoch = m_epoch] {
        if (epoch != m_epoch || m_queue.empty())
            return;
        const Client client = std::move(m_queue.front());
        m_queue.pop_front();
        m_timeline.after(m_costs.loginTime, [this, client, epoch] { serve(client, epoch); });
        serveNext();
    });
}

void SimulatedServer::serve(const Client &client, quint64 epoch)
{
    if (epoch != m_epoch) {
        fail(client, LostInLogin);
        return;
    }
    if (m_state != State::Serving || m_timeline.now() > client.deadline) {
        m_timeline.at(client.deadline, [this, client] { timeOut(client); });
        return;
    }
    if (m_costs.maxConnections > 0 && m_sessions >= m_costs.maxConnections) {
        ++m_record.of(m_peer, m_timeline.now()).full;
        fail(client, Full);
        return;
    }
    ++m_sessions;
    client.done(epoch);
}

void SimulatedServer::fail(const Client &client, int code, bool timedOut) const
{
    ConnectFailure failure;
    failure.code = code;
    failure.text = QStringLiteral("simulated");
    failure.timedOut = timedOut;
    failure.isHostAlive = !timedOut && code == Refused;
    client.done(Unexpected(failure));
}

void SimulatedServer::timeOut(const Client &client)
{
    ++m_record.of(m_peer, m_timeline.now()).late;
    fail(client, Refused, true);
}

void SimulatedServer::close(quint64 epoch)
{
    m_sessions -= epoch == m_epoch;
}

void SimulatedServer::hold(quint64 epoch, int change)
{
    if (epoch == m_epoch)
        m_held += change;
}

} // namespace qproxysql::simulation
