// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "connect/errorclassification.h"

#include <QtCore/QStringList>

namespace qproxysql {

/// The state of a MySQL server in its replication group.
enum class GroupStanding {
    Unknown, ///< it is not configured for a group, or the account may not read its state
    Online,
    Joining,
    Apart,   ///< it has left, was expelled or has never joined
    Minority ///< it sees less than half of the group, so that writes wait
};

/// How a server numbers the generated keys of one INSERT: auto_increment_increment and auto_increment_offset.
struct KeySteps
{
    quint64 increment = 0; ///< 0: not known
    quint64 offset = 0;
    /// A Galera node changes them for all of its sessions whenever a node comes or goes, unless
    /// wsrep_auto_increment_control=OFF. Then the cluster, the number of its view for which they hold
    /// (wsrep_cluster_conf_id), and how the others know the node (its entry of wsrep_incoming_addresses;
    /// empty: not known). The cluster is empty when they stay as they are.
    QString cluster{};
    quint64 view = 0;
    QString node{};

    friend bool operator==(const KeySteps &, const KeySteps &) = default;
};

/// The facts that a server reports when a session opens, read in one round trip.
struct ServerFacts
{
    QString version;
    ServerFlavour flavour = ServerFlavour::Unknown;
    QStringList identities; ///< server_uuid, wsrep_node_name, "hostname:port" (":socket" without
                            ///< network) if it has them
    QString clusterId;      ///< wsrep_cluster_state_uuid; empty outside Galera
    KeySteps keySteps;      ///< of new sessions
    QString notReadyReason; ///< e.g. "wsrep_ready=OFF"; empty when ready
    QString readOnlyBy;     ///< e.g. "innodb_read_only=ON"; empty when it takes writes
    ReadOnlyParts readOnlyParts;
    GroupStanding standing = GroupStanding::Unknown;
    /// A proxy logs in to the server by itself. Session state is set statement by statement, so
    /// that the proxy notices each.
    bool isThroughProxy = false;
    bool isOfGroup = false;  ///< it is configured for a group, even if its standing cannot be read
    bool isDesynced = false; ///< wsrep_desync, wsrep_local_state 2 or maintenance: avoid the server
    int waitTimeoutSeconds = 0;
    qint64 maxAllowedPacket = 0; ///< bytes; 0 if unknown
    QString sqlMode; ///< the global value, which new sessions have unless INIT_SQL changes it
    /// Other global variables that a login copies into its session, as one text.
    QString sessionDefaults;
    /// The statement that switched on session tracking, which a reset of the session switches off
    /// again. Empty if it is off.
    QString trackingSql;

    bool isReady() const { return notReadyReason.isEmpty(); }
    bool isReadOnly() const { return !readOnlyBy.isEmpty(); }

    friend bool operator==(const ServerFacts &, const ServerFacts &) = default;
};

} // namespace qproxysql
