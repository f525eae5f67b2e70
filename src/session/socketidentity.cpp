// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "session/socketidentity.h"

#include <QtCore/QtGlobal>

#ifdef Q_OS_UNIX
#include <cerrno>
#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>
#endif
#ifdef Q_OS_LINUX
#include <linux/sockios.h>
#include <linux/tcp.h> // the C library's header has no tcpi_bytes_acked
#include <netinet/in.h>
#include <sys/ioctl.h>
#endif

namespace qproxysql {

#ifdef Q_OS_UNIX

namespace {

// macOS has no POLLRDHUP; its POLLHUP reports only a full close.
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

using NameOf = int (*)(int, sockaddr *, socklen_t *);

QByteArray addressOf(int descriptor, NameOf nameOf)
{
    sockaddr_storage address{};
    socklen_t size = sizeof(address);
    if (nameOf(descriptor, reinterpret_cast<sockaddr *>(&address), &size) != 0)
        return {};
    return QByteArray(reinterpret_cast<const char *>(&address), qsizetype(size));
}

/// A second descriptor of the same socket, which nobody else closes or reuses.
class Duplicate
{
public:
    explicit Duplicate(int descriptor)
        : m_descriptor(descriptor < 0 ? -1 : fcntl(descriptor, F_DUPFD_CLOEXEC, 0))
        , m_isClosed(m_descriptor < 0 && errno == EBADF)
    {
    }
    ~Duplicate()
    {
        if (m_descriptor >= 0)
            ::close(m_descriptor);
    }
    Q_DISABLE_COPY_MOVE(Duplicate)

    int descriptor() const { return m_descriptor; }
    bool isClosed() const { return m_isClosed; } ///< the original descriptor is closed

private:
    const int m_descriptor;
    const bool m_isClosed;
};

} // namespace

SocketIdentity::SocketIdentity(int descriptor)
{
    struct stat status
    {
    };
    if (descriptor < 0 || fstat(descriptor, &status) != 0 || !S_ISSOCK(status.st_mode))
        return;
    m_device = quint64(status.st_dev);
    m_inode = quint64(status.st_ino);
    if (m_inode == 0) {
        m_local = addressOf(descriptor, &getsockname);
        m_remote = addressOf(descriptor, &getpeername);
        if (m_local.isEmpty() || m_remote.isEmpty())
            return;
    }
    m_descriptor = descriptor;
}

bool SocketIdentity::isSame(int descriptor) const noexcept
{
    struct stat status
    {
    };
    if (fstat(descriptor, &status) != 0 || quint64(status.st_dev) != m_device
        || quint64(status.st_ino) != m_inode)
        return false;
    if (m_inode != 0)
        return true;
    // A dead socket still has its own address, but no peer address.
    const QByteArray remote = addressOf(descriptor, &getpeername);
    return addressOf(descriptor, &getsockname) == m_local
           && (remote.isEmpty() || remote == m_remote);
}

bool SocketIdentity::isClosed() const noexcept
{
    if (m_descriptor < 0)
        return false;
    pollfd query{m_descriptor, ClosedEvents, 0};
    return (poll(&query, 1, 0) > 0
            && (query.revents & (ClosedEvents | POLLHUP | POLLERR | POLLNVAL)) != 0)
           || !isSame(m_descriptor);
}

// shutdown() fails on a dead socket (ENOTCONN after a RST), which is as good as shut down.
bool SocketIdentity::shutDown(const QByteArray &farewell) const noexcept
{
    if (m_descriptor < 0)
        return false;
    const Duplicate duplicate(m_descriptor);
    if (duplicate.descriptor() < 0)
        return duplicate.isClosed();
    if (!isSame(duplicate.descriptor()))
        return true;
    if (!farewell.isEmpty()) {
        [[maybe_unused]] const auto sent = ::send(duplicate.descriptor(), farewell.constData(),
                                                  size_t(farewell.size()), SendFlags);
    }
    [[maybe_unused]] const int done = ::shutdown(duplicate.descriptor(), SHUT_RDWR);
    return true;
}

#ifdef Q_OS_LINUX

std::optional<PathState> SocketIdentity::path() const noexcept
{
    const Duplicate duplicate(m_descriptor);
    const int descriptor = duplicate.descriptor();
    if (descriptor < 0 || !isSame(descriptor))
        return std::nullopt;
    tcp_info info{};
    socklen_t size = sizeof info;
    int queued = 0;
    if (getsockopt(descriptor, IPPROTO_TCP, TCP_INFO, &info, &size) != 0
        || ioctl(descriptor, SIOCOUTQ, &queued) != 0)
        return std::nullopt;
    // While the other side's window is closed, the kernel repeats window probes instead of data.
    return PathState{queued, info.tcpi_retransmits + info.tcpi_probes, info.tcpi_bytes_acked};
}

#else

std::optional<PathState> SocketIdentity::path() const noexcept
{
    return std::nullopt;
}

#endif

#else

SocketIdentity::SocketIdentity(int) {}

bool SocketIdentity::isClosed() const noexcept
{
    return false;
}

bool SocketIdentity::isSame(int) const noexcept
{
    return false;
}

bool SocketIdentity::shutDown(const QByteArray &) const noexcept
{
    return false;
}

std::optional<PathState> SocketIdentity::path() const noexcept
{
    return std::nullopt;
}

#endif

} // namespace qproxysql
