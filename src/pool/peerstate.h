// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "pool/clock.h"
#include "pool/drainrequest.h"

#include <QtCore/QMap>

namespace qproxysql {

/// Index of a peer in its pool. It is stable and never reused for another address.
using PeerId = int;
constexpr PeerId NoPeer = -1;

/// A failure of a peer as reported by the client library.
struct PeerError
{
    enum class Source {
        Connect,  ///< a connect or a probe failed, which concerns the peer
        Statement ///< a statement failed or an idle session was closed: may concern one session
    };

    int code = 0; ///< MySQL/MariaDB error number, 0 if there is none
    QString text; ///< as reported by server or client library; no secrets
    QDateTime at;
    Source source = Source::Connect;

    bool isEmpty() const { return code == 0 && text.isEmpty(); }
    /// "2013 Lost connection", or the text alone if there is no error number.
    QString message() const { return code == 0 ? text : QString::number(code) + u' ' + text; }

    friend bool operator==(const PeerError &, const PeerError &) = default;
};

/// What became of transactions whose session was lost, since the process began.
struct TransactionFates
{
    int replayed = 0;          ///< continued on another session
    QMap<QString, int> lost{}; ///< why they were not -> how many

    TransactionFates &operator+=(const TransactionFates &others);
    int lostInAll() const;

    friend bool operator==(const TransactionFates &, const TransactionFates &) = default;
};

/// A copy of a peer's state, safe to keep and to pass between threads.
struct PeerSnapshot
{
    PeerId id = NoPeer;
    PeerAddress address;
    /// Names that the server reports: server_uuid, wsrep_node_name, hostname:port.
    QStringList identities;
    int weight = 1;
    Health health = Health::Unknown;
    Service service = Service::InService;
    DrainRequest request; ///< the last change of service
    /// Why the server should be avoided ("desynced", "read_only=ON"), or empty. Such a peer is
    /// chosen only if there is no other.
    QString serverRequest;
    int sessions = 0;              ///< open sessions of this process
    int idle = 0;                  ///< parked sessions among these
    PeerError lastError;           ///< from any source
    PeerError lastConnectError;    ///< from a connect or a probe
    QDateTime since;               ///< when health last changed
    Clock::time_point nextCheck{}; ///< default constructed if no recheck is scheduled
    bool isRetired = false;        ///< no longer in the pool's definition
    TransactionFates transactions{};
};

} // namespace qproxysql
