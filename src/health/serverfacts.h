// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "health/errorclassification.h"

#include <QtCore/QStringList>

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
    QString notReadyReason; ///< e.g. "wsrep_ready=OFF"; empty when ready
    QString readOnlyBy;     ///< e.g. "innodb_read_only=ON"; empty when it takes writes
    ReadOnlyParts readOnlyParts;
    GroupStanding standing = GroupStanding::Unknown;
    /// A proxy logs in to the server by itself: what a session is given goes statement by statement,
    /// so that the proxy sees it.
    bool isThroughProxy = false;
    bool isOfGroup = false; ///< it was meant for one, though the account may not ask for its standing
    bool isDesynced = false; ///< wsrep_desync, wsrep_local_state 2, maintenance: a drain request
    int waitTimeoutSeconds = 0;
    qint64 maxAllowedPacket = 0; ///< bytes; 0: not known
    QString sqlMode; ///< the global one, which a fresh session has, unless INIT_SQL changes it
    /// Other global variables that a login copies into its session, as one text.
    QString sessionDefaults;
    /// What has switched session tracking on; a reset of the session switches it off. Empty: it is off.
    QString trackingSql;

    bool isReady() const { return notReadyReason.isEmpty(); }
    bool isReadOnly() const { return !readOnlyBy.isEmpty(); }

    friend bool operator==(const ServerFacts &, const ServerFacts &) = default;
};

} // namespace qproxysql
