// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "control/drainevidence.h"
#include "health/fullconnect.h"

namespace qproxysql {

/// What our own connection to a peer found out.
struct PeerProbe
{
    PeerAddress peer;
    Clock::time_point when;                ///< it began
    std::optional<ConnectFailure> failure; ///< why the peer cannot be used by us
    ServerFacts facts;                     ///< as far as the server told them
    bool isLoggedIn = false;
    std::optional<double> connectMs; ///< login and readiness
    quint64 connectionId = 0;        ///< our own on the server
    QString proxy;                   ///< "ProxySQL", "MaxScale": the peer is no server itself
    ServerList serverList;
    std::optional<double> clockAhead; ///< s by which the server's clock is ahead of ours
    std::optional<int> sessionLimit;  ///< max_connections; nothing: not told, or a proxy's
    bool usesTls = false;             ///< our connection does

    bool isUp() const { return !failure; }
    /// The server answers, but does not take our account: says nothing against the peer.
    bool isLoginRefused() const;
    QString message() const; ///< of the failure: "1045 Access denied ..."
};

/// Connects as an application would, asks for identity and readiness, for the process list where the
/// account may see all of it, and closes. Blocks; run it on a worker thread.
PeerProbe probePeer(const FullConnectRequest &request);

} // namespace qproxysql
