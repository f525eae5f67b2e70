// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "config/connectionconfig.h"
#include "health/errorclassification.h"
#include "inner/innerconnection.h"

#include <QtCore/QStringList>

#include <chrono>
#include <memory>
#include <optional>

namespace qproxysql {

/// A MySQL server's place in the replication group that it was meant for.
enum class GroupStanding {
    Unknown, ///< it was meant for none, or the account may not ask
    Online,
    Joining,
    Apart,   ///< it has left, was expelled or has never joined
    Minority ///< it sees less than half of the group: what is written there waits
};

/// What a server tells of itself when a session opens, in one round trip.
struct ServerFacts
{
    QString version;
    ServerFlavour flavour = ServerFlavour::Unknown;
    QStringList identities; ///< server_uuid, wsrep_node_name, "hostname:port" (":socket" without
                            ///< network), as far as it has them
    QString clusterId;      ///< wsrep_cluster_state_uuid; empty outside Galera
    bool isReady = true;
    QString notReadyReason; ///< e.g. "wsrep_ready=OFF"; empty when ready
    bool isReadOnly = false;
    QString readOnlyBy; ///< e.g. "innodb_read_only=ON"; empty when it takes writes
    ReadOnlyParts readOnlyParts;
    GroupStanding standing = GroupStanding::Unknown;
    bool isDesynced = false; ///< wsrep_desync, wsrep_local_state 2, maintenance: a drain request
    int waitTimeoutSeconds = 0;
    qint64 maxAllowedPacket = 0; ///< bytes; 0: not known
    QString sqlMode; ///< the global one, which a fresh session has, unless INIT_SQL changes it
    /// Other global variables that a login copies into its session, as one text.
    QString sessionDefaults;
    /// What has switched session tracking on; a reset of the session switches it off. Empty: it is off.
    QString trackingSql;

    friend bool operator==(const ServerFacts &, const ServerFacts &) = default;
};

/// Why a peer could not be opened.
struct ConnectFailure
{
    int code = 0;          ///< native error number; 0: none, see text
    QString text;          ///< database text of server or client library; no secrets
    QSqlError error;       ///< as the inner driver reported it, for the application
    bool timedOut = false; ///< the connect time-out elapsed
    ErrorClass errorClass = ErrorClass::None;
    GroupStanding standing = GroupStanding::Unknown; ///< that made it NotReady
};

struct FullConnectRequest
{
    PeerAddress peer;
    InnerLogin login;
    QString driver;
    std::chrono::milliseconds connectTimeout{3'000};
    QString checkSql;
    QString initSql;
    QStringList identities; ///< what the server calls itself, where known
};

struct FullConnectResult
{
    std::unique_ptr<InnerConnection> connection; ///< nullptr on failure; given away (adopt it)
    ServerFacts facts;
    ConnectFailure failure;
    bool isOk() const { return connection != nullptr; }
};

/// Opens one peer for real: login, then readiness, identity and INIT_SQL together in one further
/// round trip. Blocks; run it on a worker thread. A server that answers but is not ready is a
/// failure of class NotReady. A server that has no connection slot left is asked again for up to half a
/// second while idle sessions of this process make room there (ConnectionSlots). A peer that ends the
/// connection over several statements in one text (MaxScale without a primary) is logged in to once
/// more and asked one by one.
FullConnectResult fullConnect(const FullConnectRequest &request);

/// The second half of fullConnect(), for a session that is logged in: facts, \a checkSql and
/// \a initSql in one round trip. Blocks; run it on a worker thread. The failure, if any; \a facts are
/// set as far as the server told them.
std::optional<ConnectFailure> setUpSession(const InnerConnection &connection,
                                           const QString &checkSql, const QString &initSql,
                                           ServerFacts *facts);

} // namespace qproxysql
