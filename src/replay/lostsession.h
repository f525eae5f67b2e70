// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "session/peersession.h"

#include <QtCore/QDeadlineTimer>

#include <chrono>

namespace qproxysql {

/// A session that was lost with a transaction, as its server knows it. A server that has not noticed the loss
/// keeps the locks of the transaction.
struct LostSession
{
    QStringList identities; ///< of the server
    ulong threadId = 0;
    quint16 localPort =
            0; ///< 0: no TCP connection; then the server's thread cannot be recognised for certain
    std::chrono::steady_clock::time_point openedAt;

    static LostSession of(const PeerSession &session);

    /// If \a fresh is a session of the same server, which has not started since, and that server still has the lost one,
    /// ends it there and waits for its end, until \a deadline at most. It is recognised by thread id, account
    /// and source address; another client that has got the same thread id lives. Never through a proxy, whose thread
    /// ids are its own. The caller holds the claim of \a fresh. One round trip if there is nothing to do.
    void endOn(PeerSession &fresh, QDeadlineTimer deadline) const;
};

} // namespace qproxysql
