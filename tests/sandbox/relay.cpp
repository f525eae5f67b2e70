// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "sandbox/relay_p.h"

#include "sandbox/packetloss.h"

#include <algorithm>

namespace qproxysql::sandbox {

Relay::Relay(quint16 serverPort, quint16 port, std::unique_ptr<Interceptor> interceptor)
    : m_serverPort(serverPort)
    , m_interceptor(std::move(interceptor))
{
    if (m_socket.bind(port) && m_socket.listen(128))
        m_thread = std::thread([this] { run(); });
}

Relay::~Relay()
{
    if (m_thread.joinable()) {
        {
            const std::lock_guard guard(m_mutex);
            m_stopping = true;
        }
        m_wake.wake();
        m_thread.join();
    }
    for (const std::unique_ptr<Connection> &connection : m_connections)
        end(*connection, Cut::Close);
}

RequestCounts Relay::counts() const
{
    const std::lock_guard guard(m_mutex);
    RequestCounts sum;
    for (const std::unique_ptr<Connection> &connection : m_connections)
        sum += connection->counter.counts();
    return sum;
}

QList<RequestCounts> Relay::countsPerConnection() const
{
    const std::lock_guard guard(m_mutex);
    QList<RequestCounts> list;
    for (const std::unique_ptr<Connection> &connection : m_connections)
        list += connection->counter.counts();
    return list;
}

QStringList Relay::statements() const
{
    const std::lock_guard guard(m_mutex);
    return m_statements;
}

void Relay::resetCounts()
{
    const std::lock_guard guard(m_mutex);
    std::erase_if(m_connections, [](const auto &connection) { return !connection->isOpen(); });
    for (const std::unique_ptr<Connection> &connection : m_connections)
        connection->counter.reset();
    m_statements.clear();
}

int Relay::openConnections() const
{
    const std::lock_guard guard(m_mutex);
    return int(std::count_if(m_connections.begin(), m_connections.end(),
                             [](const auto &connection) { return connection->isOpen(); }));
}

void Relay::setDelay(std::chrono::microseconds oneWay)
{
    change([&] { m_delay = oneWay; });
}

void Relay::freeze()
{
    change([&] { m_frozen = true; });
}

void Relay::thaw()
{
    change([&] { m_frozen = m_answersHeld = false; });
}

void Relay::pause()
{
    change([&] { m_socket.close(); });
}

void Relay::resume()
{
    change([&] {
        if (m_socket.bind(m_socket.port()))
            m_socket.listen(128);
    });
}

void Relay::holdAnswers()
{
    change([&] { m_answersHeld = true; });
}

void Relay::cutConnections(Cut cut)
{
    change([&] { m_cutAll = cut; });
}

bool Relay::forgetConnections()
{
    bool isDone = true;
    change([&] {
        for (const std::unique_ptr<Connection> &connection : m_connections) {
            if (!connection->isOpen())
                continue;
            connection->up.isForgotten = connection->down.isForgotten = true;
            isDone = dropIncoming(connection->client) && isDone;
        }
    });
    return isDone;
}

bool Relay::loseConnections()
{
    change([&] {
        m_loseAll = true;
        m_hasLostAll = true;
    });
    const std::lock_guard guard(m_mutex);
    return m_hasLostAll;
}

void Relay::cutOnce(const QByteArray &text, CutMoment moment, Cut cut)
{
    change([&] { m_armed = std::make_unique<ArmedCut>(ArmedCut{text, moment, cut}); });
}

void Relay::cutAt(int number, CutMoment moment, Cut cut)
{
    change([&] { m_armed = std::make_unique<ArmedCut>(ArmedCut{{}, moment, cut, number}); });
}

bool Relay::isArmed() const
{
    const std::lock_guard lock(m_mutex);
    return m_armed != nullptr;
}

void Relay::change(const std::function<void()> &changeState)
{
    std::unique_lock lock(m_mutex);
    if (!m_thread.joinable())
        return;
    changeState();
    // The thread may be in poll() with what was true before: wait until it is there with what is now.
    const quint64 next = m_round + 1;
    m_wake.wake();
    m_served.wait(lock, [&] { return m_round >= next; });
}

} // namespace qproxysql::sandbox
