// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "config/connectionconfig.h"
#include "health/supervisor.h"
#include "session/arrival.h"
#include "session/peersession.h"

#include <QtSql/QSqlError>

#include <vector>

namespace qproxysql {

class OpenRace;

/// A connection's request to a SessionOpener.
struct SessionRequest
{
    PeerId avoid = NoPeer; ///< tried only when no other peer is left, since a statement was lost there
    PeerId prefer = NoPeer;                 ///< tried first
    std::vector<PeerId> excluded{};         ///< not tried; with any, the others are not asked again
    std::shared_ptr<PeerSession> offered{}; ///< an open session that is tried before anything else
    bool isFresh = false;       ///< take no parked session: it may have been lost at the same time
    bool isOfferOnly = false;   ///< try only the offered session
    bool isImprovement = false; ///< the connection has a session: spend at most 2 s on a better one
    QString cause{};   ///< why an open connection needs another session; empty: it is being opened
    int causeCode = 0; ///< error number of \c cause
    ArrivalNeeds arrival{};
};

/// Opens a session on a selectable peer according to the pool's BALANCE (docs/architecture.md, "The way of
/// an open"). Attempts run on worker threads and can be abandoned. When the first has not answered
/// within 250 ms, the next one starts in parallel, and the first good session wins. A peer that fails is
/// marked for the process, and the next one is tried. When none is left, one shared sweep probes all
/// peers again. For a connection that is open, sweeps are repeated until an outage has lasted for
/// OPEN_DEADLINE.
///
/// open() blocks its caller, at most until the deadline. Sessions that come later are closed on their
/// workers. Used by one thread at a time.
class SessionOpener
{
public:
    SessionOpener(std::shared_ptr<PeerPool> pool, PoolWatch watch, const ConnectionConfig &config,
                  const Clock &clock = Clock::steady());

    struct Opened
    {
        std::shared_ptr<PeerSession> session; ///< not adopted yet; nullptr on failure
        QSqlError error;
        bool areSettingsRefused = false; ///< a working peer refused this connection's settings
    };

    Opened open(SessionRequest request = {}) const;

private:
    Opened run(SessionRequest request, std::shared_ptr<PeerSession> *spare) const;
    bool isUnwanted(const PeerSession &session) const;
    QSqlError noPeerError(const SessionRequest &request, const OpenRace &race,
                          const QString &reason, const std::vector<PeerId> &waitedFor = {}) const;
    QString outageReason() const;

    const std::shared_ptr<PeerPool> m_pool;
    const PoolWatch m_watch;
    const ConnectionConfig m_config;
    const Clock &m_clock;
};

} // namespace qproxysql
