// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "inner/localport.h"

#include <QtCore/QtGlobal>

#ifdef Q_OS_UNIX
#include <netinet/in.h>
#include <sys/socket.h>
#endif

namespace qproxysql {

quint16 localPortOf(int descriptor)
{
#ifdef Q_OS_UNIX
    sockaddr_storage address{};
    socklen_t size = sizeof address;
    if (descriptor < 0
        || getsockname(descriptor, reinterpret_cast<sockaddr *>(&address), &size) != 0)
        return 0;
    if (address.ss_family == AF_INET)
        return ntohs(reinterpret_cast<const sockaddr_in *>(&address)->sin_port);
    if (address.ss_family == AF_INET6)
        return ntohs(reinterpret_cast<const sockaddr_in6 *>(&address)->sin6_port);
#else
    Q_UNUSED(descriptor)
#endif
    return 0;
}

} // namespace qproxysql
