// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "inner/keepalive.h"

#include "inner/localport.h"
#include "inner/logging.h"

#include <QtCore/QtGlobal>

#ifdef Q_OS_UNIX
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#endif

namespace qproxysql {

#if defined(TCP_KEEPIDLE) || defined(TCP_KEEPALIVE)

namespace {

// macOS names it differently.
#ifdef TCP_KEEPIDLE
constexpr int IdleOption = TCP_KEEPIDLE;
#else
constexpr int IdleOption = TCP_KEEPALIVE;
#endif
constexpr int IdleSeconds = 15;
constexpr int SecondsBetweenProbes = 5;
constexpr int Probes = 3;

bool set(int descriptor, int level, int option, int value)
{
    return setsockopt(descriptor, level, option, &value, sizeof value) == 0;
}

} // namespace

void keepAlive(int descriptor)
{
    if (localPortOf(descriptor) == 0) // no TCP connection
        return;
    const bool isSet = set(descriptor, IPPROTO_TCP, IdleOption, IdleSeconds)
                       && set(descriptor, IPPROTO_TCP, TCP_KEEPINTVL, SecondsBetweenProbes)
                       && set(descriptor, IPPROTO_TCP, TCP_KEEPCNT, Probes)
                       && set(descriptor, SOL_SOCKET, SO_KEEPALIVE, 1);
    if (!isSet)
        qCDebug(lcInner) << "keepalive cannot be set on a connection";
}

#else

void keepAlive(int)
{
    static const bool hasSaidSo = [] {
        qCDebug(lcInner)
                << "keepalive cannot be set on this system: idle connections that a firewall"
                   " has forgotten are noticed only when they are used";
        return true;
    }();
    Q_UNUSED(hasSaidSo)
}

#endif

} // namespace qproxysql
