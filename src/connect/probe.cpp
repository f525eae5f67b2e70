// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "connect/probe.h"

#include <QtCore/QtGlobal>

#include <cerrno>

#ifdef Q_OS_UNIX
#include <fcntl.h>
#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>
#endif

namespace qproxysql {

namespace {

#ifdef Q_OS_UNIX

constexpr int AnswersWithinMs = 1000; // the host has just answered quickly

/// The system's error number of a connect; 0 if it succeeds.
int connectError(const addrinfo &address)
{
    const int descriptor = ::socket(address.ai_family, address.ai_socktype, address.ai_protocol);
    if (descriptor < 0)
        return errno;
    ::fcntl(descriptor, F_SETFD, FD_CLOEXEC);
    ::fcntl(descriptor, F_SETFL, O_NONBLOCK);
    int error = ::connect(descriptor, address.ai_addr, address.ai_addrlen) == 0 ? 0 : errno;
    if (error == EINPROGRESS) {
        pollfd wait{descriptor, POLLOUT, 0};
        socklen_t size = sizeof error;
        if (::poll(&wait, 1, AnswersWithinMs) <= 0
            || ::getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &error, &size) != 0)
            error = ETIMEDOUT;
    }
    ::close(descriptor);
    return error;
}

// The client library reports the same error for a host that refuses and for one without a route.
bool isRefused(const PeerAddress &peer)
{
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    addrinfo *addresses = nullptr;
    if (::getaddrinfo(peer.host.toUtf8().constData(), QByteArray::number(peer.port).constData(),
                      &hints, &addresses)
        != 0)
        return false;
    bool isRefused = false;
    for (const addrinfo *one = addresses; one && !isRefused; one = one->ai_next) {
        const int error = connectError(*one);
        isRefused = error == 0 || error == ECONNREFUSED || error == ECONNRESET;
    }
    ::freeaddrinfo(addresses);
    return isRefused;
}

#else

bool isRefused(const PeerAddress &)
{
    return false;
}

#endif

bool isHostAlive(const PeerAddress &peer, const ConnectFailure &failure)
{
    if (failure.timedOut || failure.errorClass != ErrorClass::Down || isServersOwn(failure.code))
        return false;
    if (failure.code != 2002 && failure.code != 2003)
        return true; // the host accepted the connection
    return peer.isSocket() || isRefused(peer);
}

} // namespace

ProbeOutcome probe(const FullConnectRequest &request)
{
    FullConnectResult result = fullConnect(request);
    if (!result.isOk()) {
        result.failure.isHostAlive = isHostAlive(request.peer, result.failure);
        return Unexpected(result.failure);
    }
    result.connection.reset();
    return result.facts;
}

} // namespace qproxysql
