// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "sandbox/loopbacksocket.h"

#include <arpa/inet.h>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

namespace qproxysql::sandbox {

static sockaddr_in loopback(quint16 port)
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

static void makeResponsive(int descriptor)
{
    ::fcntl(descriptor, F_SETFL, ::fcntl(descriptor, F_GETFL) | O_NONBLOCK);
    ::fcntl(descriptor, F_SETFD, FD_CLOEXEC);
    const int on = 1;
    ::setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

LoopbackSocket::~LoopbackSocket()
{
    close();
}

bool LoopbackSocket::bind(quint16 port, bool alone)
{
    close();
    if (port == 0) {
        m_reservation = PortReservation::take();
        port = m_reservation.port();
        if (port == 0) {
            m_errorString = QStringLiteral("there is no free port");
            return false;
        }
    }
    m_descriptor = ::socket(AF_INET, SOCK_STREAM, 0);
    if (m_descriptor < 0)
        return failWithErrno("socket");
    makeResponsive(m_descriptor);
    const int shared = !alone;
    ::setsockopt(m_descriptor, SOL_SOCKET, SO_REUSEADDR, &shared, sizeof shared);
    const sockaddr_in address = loopback(port);
    m_port = port;
    if (::bind(m_descriptor, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0)
        return failWithErrno("bind");
    return true;
}

bool LoopbackSocket::listen(int backlog)
{
    return ::listen(m_descriptor, backlog) == 0 || failWithErrno("listen");
}

int LoopbackSocket::accept()
{
    const int descriptor = ::accept(m_descriptor, nullptr, nullptr);
    if (descriptor >= 0)
        makeResponsive(descriptor);
    return descriptor;
}

void LoopbackSocket::close()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
    m_descriptor = -1;
}

int LoopbackSocket::startConnecting(quint16 port)
{
    const int descriptor = ::socket(AF_INET, SOCK_STREAM, 0);
    if (descriptor < 0)
        return -1;
    makeResponsive(descriptor);
    const sockaddr_in address = loopback(port);
    if (::connect(descriptor, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0
        && errno != EINPROGRESS) {
        ::close(descriptor);
        return -1;
    }
    return descriptor;
}

bool LoopbackSocket::failWithErrno(const char *what)
{
    m_errorString = QStringLiteral("%1 127.0.0.1:%2: %3")
                            .arg(QLatin1String(what))
                            .arg(m_port)
                            .arg(QString::fromLocal8Bit(std::strerror(errno)));
    close();
    return false;
}

} // namespace qproxysql::sandbox
