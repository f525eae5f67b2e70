// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "cluster/intermediary.h"
#include "config/pooldefinition.h"
#include "drain/draintable.h"
#include "health/connectfailure.h"
#include "verdict/drainevidence.h"

namespace qproxysql {

struct FullConnectRequest;

/// What our own connection to a peer found out.
struct PeerProbe
{
    PeerAddress peer;
    Clock::time_point when;                ///< it began
    Clock::time_point ended;               ///< login and readiness were known, or it failed
    std::optional<ConnectFailure> failure; ///< why the peer cannot be used by us
    ServerFacts facts;                     ///< as far as the server told them
    /// False: all places of its pool were taken by peers that hang, or the round was cut; says
    /// nothing of the peer.
    bool wasAsked = true;
    bool isLoggedIn = false;
    std::optional<double> connectMs; ///< login and readiness
    quint64 connectionId = 0;        ///< our own on the server
    Intermediary between;            ///< us and the server that answered
    ServerList serverList;
    std::optional<double> clockAhead;         ///< s by which the server's clock is ahead of ours
    std::optional<int> sessionLimit;          ///< max_connections; nothing: not told, or a proxy's
    bool usesTls = false;                     ///< our connection does
    std::optional<DrainTable::Reading> fleet; ///< its drain table, where it was asked for

    bool isUp() const { return !failure; }
    /// The server answers, but does not take our account: says nothing against the peer.
    bool isLoginRefused() const;
    QString message() const; ///< of the failure: "1045 Access denied ..."
};

/// What a probe does about the fleet's drain table.
struct FleetLook
{
    QString schema; ///< empty: nothing
    QList<DrainRequest>
            newer; ///< what others have: written where the table's is older; empty: only read
};

/// Connects as an application would, asks for identity and readiness, for the process list where the
/// account may see all of it, writes what \a look has newer, and closes. Blocks; run it on a worker thread.
PeerProbe probePeer(const FullConnectRequest &request, const FleetLook &look = {});

} // namespace qproxysql
