// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "connect/fullconnect.h"
#include "pool/peerpool.h"

namespace qproxysql {

/// The session over which a process reads the fleet's drain requests for a pool. It does not belong to the
/// pool: no application waits for it or uses it, and the peer's number of sessions does not include it. One
/// thread at a time; blocks on the server.
class FleetSession
{
public:
    struct Failure
    {
        QString text;
        bool isLoginRefused = false; ///< try again later than after other failures
    };
    /// Opens one on a selectable peer or, if there is none, on a drained peer, whose table may say that it was
    /// resumed. Adds the peers that failed to \a tried.
    static Expected<std::unique_ptr<FleetSession>, Failure> open(PeerPool &pool,
                                                                 const Logins &logins,
                                                                 std::vector<PeerId> *tried);

    PeerId peer() const { return m_peer; }
    quint64 connectionId() const { return m_connectionId; } ///< 0: unknown

    QSqlDriver *take();                           ///< makes the calling thread the owner
    void giveAway() { m_connection->giveAway(); } ///< no thread owns it until the next take()

private:
    FleetSession(std::unique_ptr<InnerConnection> connection, PeerId peer);

    const std::unique_ptr<InnerConnection> m_connection;
    const PeerId m_peer;
    const quint64 m_connectionId;
};

} // namespace qproxysql
