// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "config/pooldefinition.h"
#include "sql/sessionpins.h"

#include <QtCore/QHash>

namespace qproxysql {

/// What the inner driver's open() is given beside host and port. Holds a password: never log it.
struct InnerLogin
{
    QString user;
    QString password;
    QString database;
    QString options; ///< connect options for the inner driver, ours stripped

    friend bool operator==(const InnerLogin &, const InnerLogin &) = default;
};

/// Which login applies to which peer. With a host list or a pool file one login serves all peers;
/// named connections bring one each.
struct Logins
{
    InnerLogin common;
    QHash<PeerAddress, InnerLogin> own;

    const InnerLogin &of(const PeerAddress &peer) const
    {
        const auto it = own.constFind(peer);
        return it == own.cend() ? common : *it;
    }

    friend bool operator==(const Logins &, const Logins &) = default;
};

/// Whether a read on a Galera node or a member of a MySQL replication group waits until the node has
/// applied all that the cluster had committed when the read began.
enum class CausalReads {
    Moves, ///< once on every session that a connection gets, before the application's first statement
    Always, ///< so, and every SELECT of the application
    Off
};

/// Everything one connection needs to know, after all sources have been read. Value type.
struct ConnectionConfig
{
    PoolDefinition pool;
    Logins logins;
    std::chrono::milliseconds openDeadline{10'000};
    QString initSql; ///< run on every new session; may be several statements
    int retryReads = 1;
    int retryConflicts = 20; ///< times that a single statement is tried again after 1213; 0: never
    SessionPins ignoreState; ///< shall not keep a session
    CausalReads causalReads = CausalReads::Moves;
};

} // namespace qproxysql
