// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QByteArray>

namespace qproxysql {

/// Which socket a file descriptor number meant when a session opened. The client library may close
/// that number and the system may give it to somebody else at any time, so whoever wants to shut the
/// socket down duplicates the number and compares addresses first (Unix socket: its inode).
/// Immutable after construction: any thread. Where the platform has no such sockets, or the number
/// is not known, isKnown() is false and nothing here does anything.
class SocketIdentity
{
public:
    SocketIdentity() = default;
    explicit SocketIdentity(int descriptor);

    bool isKnown() const { return m_descriptor >= 0; }

    /// True when the other side has closed (poll for POLLRDHUP; readable is not closed: TLS tickets
    /// and farewell packets are readable too). Owner's thread only.
    bool isClosed() const noexcept;

    /// Sends \a farewell without blocking (may be empty), then shuts the socket down, if the number
    /// still means the same socket. No duplicate is kept: one would hold a dead session's row locks.
    bool shutDown(const QByteArray &farewell) const noexcept;

private:
    int m_descriptor = -1;
    QByteArray m_identity;
};

} // namespace qproxysql
