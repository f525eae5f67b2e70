// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "health/fullconnect.h"
#include "pool/peerpool.h"

namespace qproxysql {

/// The one session over which a pool's process reads the fleet's drain requests. It is none of the pool's
/// sessions: nobody waits for it, it is never an application's, and the peer's number of sessions
/// does not count it. One thread at a time; blocks for the server.
class FleetSession
{
public:
    struct Failure
    {
        QString text;
        bool isLoginRefused = false; ///< to be tried again later than others
    };
    /// Opens one on a peer that may be used, and, when there is none, on one that is drained: there
    /// it may be written that it is not any more. nullptr, and \a failure, when none can be opened.
    /// Adds those that were tried in vain to \a tried.
    static std::unique_ptr<FleetSession> open(PeerPool &pool, const Logins &logins,
                                              std::vector<PeerId> *tried, Failure *failure);

    PeerId peer() const { return m_peer; }
    quint64 connectionId() const { return m_connectionId; } ///< 0: unknown

    QSqlDriver *take(); ///< makes the calling thread the owner
    void giveAway();    ///< nobody's until the next take()

private:
    FleetSession(std::unique_ptr<InnerConnection> connection, PeerId peer);

    const std::unique_ptr<InnerConnection> m_connection;
    const PeerId m_peer;
    const quint64 m_connectionId;
};

} // namespace qproxysql
