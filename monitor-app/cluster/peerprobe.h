// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "cluster/intermediary.h"
#include "config/pooldefinition.h"
#include "connect/connectfailure.h"
#include "drain/draintable.h"
#include "pool/peerstate.h"
#include "verdict/drainevidence.h"

namespace qproxysql {

struct FullConnectRequest;

/// The result of our own connection to a peer.
struct PeerProbe
{
    PeerAddress peer;
    Clock::time_point when;                ///< start
    Clock::time_point ended;               ///< login and readiness were known, or it failed
    std::optional<ConnectFailure> failure; ///< why we cannot use the peer
    ServerFacts facts;                     ///< as far as the server reported them
    /// False when the probe was not made, because hanging peers took all places of its pool or the
    /// round was cut. Says nothing about the peer.
    bool wasAsked = true;
    bool isLoggedIn = false;
    std::optional<double> connectMs; ///< login and readiness
    quint64 connectionId = 0;        ///< our own on the server
    Intermediary between;            ///< us and the server that answered
    ServerList serverList;
    std::optional<double> clockAhead; ///< s by which the server's clock is ahead of ours
    /// When the server was started, s since 1970 by its own clock; nothing: not reported, or
    /// something is between us and it.
    std::optional<double> startedAt;
    std::optional<double> uptime;    ///< s, as the server says it
    Clock::time_point uptimeAt;      ///< when it was asked
    std::optional<int> sessionLimit; ///< max_connections; nothing: not reported, or a proxy's
    bool usesTls = false;            ///< our connection does
    std::optional<DrainTable::Reading> fleet; ///< its drain table, if requested

    bool isUp() const { return !failure; }
    /// The server answers but refuses our account. Says nothing against the peer.
    bool isLoginRefused() const { return failure && failure->errorClass == ErrorClass::Login; }
    /// The text of the failure, as in "1045 Access denied ...".
    QString message() const
    {
        return failure ? PeerError{failure->code, failure->text, {}}.message() : QString();
    }
};

/// What a probe does with the fleet's drain table.
struct FleetAccess
{
    QString schema;            ///< empty: nothing
    QList<DrainRequest> newer; ///< newer rows of other servers, to be written; empty: only read
};

/// Connects as an application would, reads identity and readiness, reads the process list if the
/// account may see all of it, writes the newer rows of \a fleet, and closes. Blocks; use a worker
/// thread.
PeerProbe probePeer(const FullConnectRequest &request, const FleetAccess &fleet = {});

} // namespace qproxysql
