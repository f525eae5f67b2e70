// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

// What the relay's thread does. All but run() is called under m_mutex.

#include "sandbox/relay_p.h"

#include "sandbox/packetloss.h"

#include <algorithm>
#include <cerrno>
#ifdef Q_OS_LINUX
#include <netinet/in.h>
#include <netinet/tcp.h>
#endif
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

namespace qproxysql::sandbox {

using namespace std::chrono_literals;

static constexpr qsizetype PieceSize = 256 * 1024;
static constexpr qsizetype MostQueued = 4 * PieceSize;
static constexpr qsizetype MostStatements = 10'000;

/// Says that the stream ends and waits until the other end's kernel knows: who looks at its socket
/// afterwards sees it, however busy the machine is. Elsewhere than on Linux it is not waited for.
static void endStream(int descriptor)
{
#ifdef Q_OS_LINUX
    ::shutdown(descriptor, SHUT_WR);
    for (int round = 0; round < 50; ++round) {
        tcp_info info{};
        socklen_t size = sizeof info;
        if (::getsockopt(descriptor, IPPROTO_TCP, TCP_INFO, &info, &size) != 0
            || info.tcpi_state != TCP_FIN_WAIT1)
            return;
        std::this_thread::sleep_for(1ms);
    }
#else
    Q_UNUSED(descriptor)
#endif
}

/// Without a timeout until something happens.
static void waitFor(std::vector<pollfd> &waits, std::optional<std::chrono::nanoseconds> timeout)
{
#ifdef Q_OS_LINUX
    timespec time{};
    if (timeout) {
        const auto seconds = std::chrono::floor<std::chrono::seconds>(*timeout);
        time = {time_t(seconds.count()), long((*timeout - seconds).count())};
    }
    ::ppoll(waits.data(), nfds_t(waits.size()), timeout ? &time : nullptr, nullptr);
#else
    using std::chrono::milliseconds;
    const int left = timeout ? int(std::chrono::ceil<milliseconds>(*timeout).count()) : -1;
    ::poll(waits.data(), nfds_t(waits.size()), left);
#endif
}

static bool hasText(const RequestCounter::Request &request)
{
    return request.command == Command::Query || request.command == Command::StmtPrepare;
}

void Relay::run()
{
    std::vector<pollfd> waits;
    std::unique_lock lock(m_mutex);
    while (!m_stopping) {
        TimePoint now = std::chrono::steady_clock::now();
        if (const std::optional<Cut> cut = std::exchange(m_cutAll, std::nullopt)) {
            for (const std::unique_ptr<Connection> &connection : m_connections)
                end(*connection, *cut);
        }
        if (std::exchange(m_loseAll, false)) {
            for (const std::unique_ptr<Connection> &connection : m_connections)
                m_hasLostAll = lose(*connection) && m_hasLostAll;
        }
        waits.assign({{m_wake.descriptor(), POLLIN, 0},
                      {m_frozen ? -1 : m_socket.descriptor(), POLLIN, 0}});
        std::optional<std::chrono::nanoseconds> timeout;
        for (const std::unique_ptr<Connection> &connection : m_connections) {
            for (const Flow *flow : {&connection->up, &connection->down}) {
                if (!connection->isOpen() || isHeld(*flow))
                    continue;
                if (!flow->ended && flow->queued < MostQueued)
                    waits.push_back({flow->from, POLLIN, 0});
                if (flow->queue.empty())
                    continue;
                const std::chrono::nanoseconds left = flow->queue.front().due - now;
                if (left <= 0ns)
                    waits.push_back({flow->to, POLLOUT, 0});
                else
                    timeout = timeout ? std::min(*timeout, left) : left;
            }
        }
        ++m_round;
        m_served.notify_all();
        lock.unlock();
        waitFor(waits, timeout);
        m_wake.drain();
        lock.lock();
        now = std::chrono::steady_clock::now();
        if (!m_frozen && m_socket.isOpen())
            accept();
        for (const std::unique_ptr<Connection> &connection : m_connections) {
            if (connection->isOpen())
                serve(*connection, now);
        }
    }
}

void Relay::accept()
{
    for (int client = m_socket.accept(); client >= 0; client = m_socket.accept()) {
        auto connection = std::make_unique<Connection>();
        connection->client = client;
        connection->server = LoopbackSocket::startConnecting(m_serverPort);
        connection->up = Flow{client, connection->server, true, {}, 0, false, false, false};
        connection->down = Flow{connection->server, client, false, {}, 0, false, false, false};
        if (connection->server < 0)
            end(*connection, Cut::Close);
        m_connections.push_back(std::move(connection));
    }
}

void Relay::serve(Connection &connection, TimePoint now)
{
    for (Flow *flow : {&connection.up, &connection.down}) {
        if (isHeld(*flow))
            continue;
        const bool whole = readInto(connection, *flow, now) && writeFrom(*flow, now);
        if (!whole || !connection.isOpen()) {
            end(connection, Cut::Close);
            return;
        }
    }
    if (connection.endsAfterAnswer && connection.down.queue.empty())
        end(connection, Cut::Close);
    if (connection.up.passedOn && connection.down.passedOn)
        end(connection, Cut::Close);
}

bool Relay::readInto(Connection &connection, Flow &flow, TimePoint now)
{
    while (!flow.ended && flow.queued < MostQueued) {
        QByteArray bytes(PieceSize, Qt::Uninitialized);
        const ssize_t count = ::recv(flow.from, bytes.data(), size_t(bytes.size()), 0);
        if (count < 0)
            return errno == EAGAIN || errno == EINTR;
        if (count == 0) {
            flow.ended = true;
            break;
        }
        bytes.truncate(count);
        const bool passOn = flow.toServer ? fromClient(connection, &bytes)
                                          : fromServer(connection, &bytes);
        if (!passOn)
            return connection.isOpen();
        flow.queue.push_back({bytes, now + m_delay});
        flow.queued += bytes.size();
    }
    return true;
}

bool Relay::writeFrom(Flow &flow, TimePoint now)
{
    while (!flow.queue.empty() && flow.queue.front().due <= now) {
        QByteArray &bytes = flow.queue.front().bytes;
        const ssize_t count = ::send(flow.to, bytes.constData(), size_t(bytes.size()), MSG_NOSIGNAL);
        if (count < 0)
            return errno == EAGAIN || errno == EINTR;
        flow.queued -= count;
        bytes.remove(0, count);
        if (bytes.isEmpty())
            flow.queue.pop_front();
    }
    if (flow.ended && flow.queue.empty() && !flow.passedOn) {
        flow.passedOn = true;
        ::shutdown(flow.to, SHUT_WR);
    }
    return true;
}

bool Relay::isTriggeredBy(const RequestCounter::Request &request)
{
    if (m_armed->countdown > 0)
        return --m_armed->countdown == 0;
    return hasText(request) && request.text.contains(m_armed->text);
}

/// False when the piece must not be passed on.
bool Relay::fromClient(Connection &connection, QByteArray *bytes)
{
    if (m_interceptor && !std::exchange(connection.hasLoggedIn, true))
        m_interceptor->login(bytes);
    bool isAnswered = false;
    for (const RequestCounter::Request &request : connection.counter.sentByClient(*bytes)) {
        connection.lastRequest = request;
        isAnswered |= isIntercepted(connection, request);
        if (hasText(request)) {
            m_statements += QString::fromUtf8(request.text);
            if (m_statements.size() > MostStatements)
                m_statements.removeFirst();
        }
        if (!m_armed || !isTriggeredBy(request))
            continue;
        connection.triggered = std::move(m_armed);
        if (connection.triggered->moment == CutMoment::BeforeRequest) {
            end(connection, connection.triggered->cut);
            return false;
        }
    }
    return !isAnswered;
}

bool Relay::isIntercepted(Connection &connection, const RequestCounter::Request &request)
{
    if (!m_interceptor)
        return false;
    const Interceptor::Verdict verdict = m_interceptor->judge(request, &connection);
    connection.endsAfterAnswer |= verdict.hangsUp;
    if (verdict.answer.isEmpty())
        return verdict.hangsUp;
    connection.counter.sentByServer(verdict.answer);
    connection.down.queue.push_back({verdict.answer, std::chrono::steady_clock::now() + m_delay});
    connection.down.queued += verdict.answer.size();
    return true;
}

bool Relay::fromServer(Connection &connection, QByteArray *bytes)
{
    if (m_interceptor && !std::exchange(connection.isGreeted, true))
        *bytes = m_interceptor->greeting(*bytes, &connection);
    if (m_interceptor && connection.lastRequest)
        m_interceptor->alter(*connection.lastRequest, &connection, bytes);
    connection.counter.sentByServer(*bytes);
    if (!connection.triggered)
        return true;
    end(connection, connection.triggered->cut);
    return false;
}

// In the thread that polls: a socket that is being polled is not closed before poll() returns.
bool Relay::lose(Connection &connection)
{
    bool isDone = true;
    if (connection.isOpen() && !connection.up.isForgotten)
        isDone = closeUnnoticed(std::exchange(connection.client, -1));
    end(connection, Cut::Reset);
    return isDone;
}

bool Relay::isHeld(const Flow &flow) const
{
    return flow.isForgotten || m_frozen || (m_answersHeld && !flow.toServer);
}

void Relay::end(Connection &connection, Cut cut)
{
    for (int *descriptor : {&connection.client, &connection.server}) {
        if (*descriptor < 0)
            continue;
        if (cut == Cut::Reset) {
            const linger abort{1, 0};
            ::setsockopt(*descriptor, SOL_SOCKET, SO_LINGER, &abort, sizeof abort);
        } else {
            endStream(*descriptor);
        }
        ::close(std::exchange(*descriptor, -1));
    }
    connection.up.queue.clear();
    connection.down.queue.clear();
}

} // namespace qproxysql::sandbox
