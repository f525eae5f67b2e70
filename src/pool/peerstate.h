// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "pool/clock.h"
#include "pool/drainrequest.h"

namespace qproxysql {

/// Index of a peer in its pool; stable for the pool's life, never reused for another address.
using PeerId = int;
constexpr PeerId NoPeer = -1;

/// A failure seen on a peer, as the client library told it.
struct PeerError
{
    enum class Source {
        Connect,  ///< a connect or a probe failed: speaks against the peer
        Statement ///< a statement failed or an idle session was closed: may be that session's alone
    };

    int code = 0; ///< MySQL/MariaDB error number, 0: none
    QString text; ///< as reported by server or client library; no secrets
    QDateTime at;
    Source source = Source::Connect;

    bool isEmpty() const { return code == 0 && text.isEmpty(); }
    /// "2013 Lost connection", or the text alone when no error number belongs to it.
    QString message() const { return code == 0 ? text : QString::number(code) + u' ' + text; }
};

/// A peer as it was at one moment: a copy, safe to keep and to pass between threads.
struct PeerSnapshot
{
    PeerId id = NoPeer;
    PeerAddress address;
    QStringList identities; ///< names the server gave itself: server_uuid, wsrep_node_name, hostname:port
    int weight = 1;
    Health health = Health::Unknown;
    Service service = Service::InService;
    DrainRequest request; ///< of the last change of service; the rest is empty
    QString serverWish; ///< what the server itself asks for ("desynced", "read_only=ON"); empty: nothing.
                        ///< Such a peer is chosen only while no other is left
    int sessions = 0;              ///< open sessions of this process on it
    int idle = 0;                  ///< of these: kept for the next user
    PeerError lastError;           ///< from whatever source
    PeerError lastConnectError;    ///< the last one whose source is a connect or a probe
    QDateTime since;               ///< when health last changed
    Clock::time_point nextCheck{}; ///< default constructed: no recheck is due
    bool isRetired = false;        ///< no longer in the pool's definition
};

} // namespace qproxysql
