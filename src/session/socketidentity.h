// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QByteArray>

#include <optional>

namespace qproxysql {

/// What the kernel knows of the network path of one TCP connection. A peer that is slow, is frozen or has a
/// full receive window still acknowledges data; acknowledgements stop only when the path or the host is
/// gone.
struct PathState
{
    qint64 unacknowledged = 0; ///< bytes that were written and not acknowledged
    int attempts = 0; ///< consecutive retransmissions of the oldest of them, or of a window probe
    quint64 acknowledged = 0; ///< bytes acknowledged since the connect

    bool isUnanswered() const { return unacknowledged > 0 && attempts > 0; }
};

/// The socket behind a file descriptor at the time when a session opened. The client library may close the
/// descriptor, and the system may reuse its number, at any time. So every function compares what the
/// number refers to: by the socket's inode, which a dead socket keeps, or by its addresses where
/// sockets have no inode.
/// Immutable after construction: any thread. Where the platform has no such sockets, or the descriptor
/// is not known, isKnown() is false and the functions do nothing.
class SocketIdentity
{
public:
    SocketIdentity() = default;
    explicit SocketIdentity(int descriptor);

    bool isKnown() const { return m_descriptor >= 0; }

    /// True when the other side or the client library has closed the socket. It polls for POLLRDHUP, since
    /// a readable socket need not be closed (TLS tickets, error packets). Two system calls, 0.2 µs each.
    /// For the session's owner, or under its claim.
    bool isClosed() const noexcept;

    /// Sends \a farewell (may be empty) without blocking, then shuts the socket down if the descriptor
    /// still refers to it. No duplicate is kept: it would keep the connection open, and with it the
    /// session's row locks. False when it is unknown whether the socket is open, e.g. because no
    /// descriptor is left. True also when the socket is dead or the client library has closed it.
    bool shutDown(const QByteArray &farewell) const noexcept;

    /// Nothing where the system has no TCP_INFO (it is Linux's), or when the socket is not open.
    std::optional<PathState> path() const noexcept;

private:
    bool isSame(int descriptor) const noexcept;

    int m_descriptor = -1;
    quint64 m_device = 0;
    quint64 m_inode = 0; ///< 0: sockets have none here
    QByteArray m_local;  ///< without an inode
    QByteArray m_remote;
};

} // namespace qproxysql
