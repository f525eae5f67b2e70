// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "session/pathstate.h"

#include <QtCore/QByteArray>

#include <optional>

namespace qproxysql {

/// Which socket a file descriptor number meant when a session opened. The client library may close
/// that number and the system may give it to somebody else at any time, so whoever wants to shut the
/// socket down duplicates the number and compares first: by the socket's inode, which it keeps when it
/// is dead, or by its addresses where sockets have no inode.
/// Immutable after construction: any thread. Where the platform has no such sockets, or the number
/// is not known, isKnown() is false and nothing here does anything.
class SocketIdentity
{
public:
    SocketIdentity() = default;
    explicit SocketIdentity(int descriptor);

    bool isKnown() const { return m_descriptor >= 0; }

    /// True when the other side has closed (poll for POLLRDHUP; readable is not closed: TLS tickets
    /// and farewell packets are readable too). By who owns the session, or under its claim.
    bool isClosed() const noexcept;

    /// True when isClosed(), or the client library has closed the number. Only under the session's
    /// claim.
    bool isDead() const noexcept;

    /// Sends \a farewell without blocking (may be empty), then shuts the socket down, if the number
    /// still means the same socket. No duplicate is kept: one would hold a dead session's row locks.
    /// False when it cannot be told whether the socket is still open, e.g. no descriptor is left; a
    /// socket that is dead, or that the client library has closed, is shut down.
    bool shutDown(const QByteArray &farewell) const noexcept;

    /// Nothing where the system cannot tell (it is Linux's TCP_INFO), or the socket is not open.
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
