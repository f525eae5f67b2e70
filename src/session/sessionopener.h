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

/// What a connection asks of a SessionOpener.
struct OpenWish
{
    PeerId avoid = NoPeer; ///< not to be tried unless it is the only one: where a statement was lost
    PeerId prefer = NoPeer;                 ///< to be tried first
    std::shared_ptr<PeerSession> offered{}; ///< an open session to be tried before anything else
    bool isFresh = false; ///< none that was kept: it may have been lost, too, and not know it yet
    bool isOfferOnly = false; ///< nothing but the offered session
    bool isImprovement =
            false; ///< the connection has a session: 2 s at most are given to a better one
    QString cause{}; ///< why a connection that is open needs another session; empty: it is being opened
    int causeCode = 0; ///< the error number that belongs to it
    ArrivalNeeds arrival{};
};

/// Opens a session on a selectable peer after the pool's BALANCE (docs/architecture.md, "The way of an
/// open"): attempts run on worker threads and can be abandoned; when the first has not answered in
/// 250 ms the next is started beside it and the first good one wins; a peer that fails is marked for
/// the process and the next one is tried; when none is left one shared sweep looks again. For a
/// connection that is open, sweeps go on until an outage has lasted for OPEN_DEADLINE.
///
/// open() blocks its caller, no longer than the deadline. An attempt that is still under way then
/// closes its session on its own worker; one that has finished beside the winner is closed by the
/// caller. Used by one thread at a time.
class SessionOpener
{
public:
    SessionOpener(std::shared_ptr<PeerPool> pool, PoolWatch watch, const ConnectionConfig &config);

    struct Opened
    {
        std::shared_ptr<PeerSession> session; ///< not adopted yet; nullptr on failure
        QSqlError error;
        bool areSettingsRefused = false; ///< by a peer that serves others
    };

    Opened open(OpenWish wish = {}) const;

private:
    Opened run(OpenWish wish, std::shared_ptr<PeerSession> *spare) const;
    bool isUnwanted(const PeerSession &session) const;
    QSqlError noPeerError(const OpenWish &wish, const OpenRace &race, const QString &reason,
                          const std::vector<PeerId> &waitedFor = {}) const;
    QString outageReason() const;

    const std::shared_ptr<PeerPool> m_pool;
    const PoolWatch m_watch;
    const ConnectionConfig m_config;
};

} // namespace qproxysql
