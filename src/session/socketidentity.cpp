// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "session/socketidentity.h"

#include <QtCore/QtGlobal>

#ifdef Q_OS_UNIX
#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>
#endif

namespace qproxysql {

#ifdef Q_OS_UNIX

namespace {

// macOS has no POLLRDHUP; there POLLHUP tells of a full close only.
#ifdef POLLRDHUP
constexpr short ClosedEvents = POLLRDHUP;
#else
constexpr short ClosedEvents = POLLHUP;
#endif

#ifdef MSG_NOSIGNAL
constexpr int SendFlags = MSG_DONTWAIT | MSG_NOSIGNAL;
#else
constexpr int SendFlags = MSG_DONTWAIT;
#endif

QByteArray addressesOf(int descriptor)
{
    sockaddr_storage local{};
    sockaddr_storage remote{};
    socklen_t localSize = sizeof(local);
    socklen_t remoteSize = sizeof(remote);
    if (getsockname(descriptor, reinterpret_cast<sockaddr *>(&local), &localSize) != 0
        || getpeername(descriptor, reinterpret_cast<sockaddr *>(&remote), &remoteSize) != 0)
        return {};
    if (local.ss_family == AF_UNIX) {
        // All clients of a Unix socket share its address; the inode is the connection's own.
        struct stat status
        {
        };
        if (fstat(descriptor, &status) != 0)
            return {};
        return QByteArray("unix:") + QByteArray::number(quint64(status.st_dev)) + ':'
               + QByteArray::number(quint64(status.st_ino));
    }
    return QByteArray(reinterpret_cast<const char *>(&local), qsizetype(localSize))
           + QByteArray(reinterpret_cast<const char *>(&remote), qsizetype(remoteSize));
}

} // namespace

SocketIdentity::SocketIdentity(int descriptor)
{
    if (descriptor < 0)
        return;
    m_identity = addressesOf(descriptor);
    if (!m_identity.isEmpty())
        m_descriptor = descriptor;
}

bool SocketIdentity::isClosed() const noexcept
{
    if (m_descriptor < 0)
        return false;
    pollfd query{m_descriptor, ClosedEvents, 0};
    return poll(&query, 1, 0) > 0
           && (query.revents & (ClosedEvents | POLLHUP | POLLERR | POLLNVAL)) != 0;
}

bool SocketIdentity::shutDown(const QByteArray &farewell) const noexcept
{
    if (m_descriptor < 0)
        return false;
    const int duplicate = fcntl(m_descriptor, F_DUPFD_CLOEXEC, 0);
    if (duplicate < 0)
        return false;
    bool done = false;
    if (addressesOf(duplicate) == m_identity) {
        if (!farewell.isEmpty()) {
            [[maybe_unused]] const auto sent = send(duplicate, farewell.constData(),
                                                    size_t(farewell.size()), SendFlags);
        }
        done = ::shutdown(duplicate, SHUT_RDWR) == 0;
    }
    ::close(duplicate);
    return done;
}

#else

SocketIdentity::SocketIdentity(int) {}

bool SocketIdentity::isClosed() const noexcept
{
    return false;
}

bool SocketIdentity::shutDown(const QByteArray &) const noexcept
{
    return false;
}

#endif

} // namespace qproxysql
