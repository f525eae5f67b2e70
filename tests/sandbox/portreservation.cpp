// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "sandbox/portreservation.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QRandomGenerator>

#include <algorithm>
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace qproxysql::sandbox {

static constexpr int LowestPort = 10240;

static int firstEphemeralPort()
{
    QFile file(QStringLiteral("/proc/sys/net/ipv4/ip_local_port_range"));
    if (!file.open(QIODevice::ReadOnly))
        return 32768;
    const int first = file.readAll().simplified().split(' ').constFirst().toInt();
    return std::clamp(first, LowestPort + 1000, 49152);
}

static bool canBind(quint16 port)
{
    const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (descriptor < 0)
        return false;
    // As servers do: remains of closed connections (TIME_WAIT) do not make a port taken.
    const int on = 1;
    ::setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const bool bound = ::bind(descriptor, reinterpret_cast<const sockaddr *>(&address),
                              sizeof address)
                               == 0
                       && ::listen(descriptor, 1) == 0;
    ::close(descriptor);
    return bound;
}

PortReservation PortReservation::take()
{
    const QString folder = QDir::tempPath() + QStringLiteral("/qproxysql-ports-%1").arg(::getuid());
    QDir().mkpath(folder);
    PortReservation reservation;
    const int end = firstEphemeralPort();
    for (int attempt = 0; attempt < 1000; ++attempt) {
        const int port = QRandomGenerator::system()->bounded(LowestPort, end);
        if (!reservation.m_lock.tryLock(folder + QLatin1Char('/') + QString::number(port)))
            continue;
        if (canBind(quint16(port))) {
            reservation.m_port = quint16(port);
            return reservation;
        }
    }
    reservation.m_lock.unlock();
    return reservation;
}

} // namespace qproxysql::sandbox
