// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "config/pooldefinition.h"
#include "sql/sessionpins.h"

#include <QtCore/QHash>

namespace qproxysql {

/// The arguments of the inner driver's open() beside host and port. Holds a password: never log it.
struct InnerLogin
{
    QString user;
    QString password;
    QString database;
    QString options; ///< connect options of the inner driver, without ours

    friend bool operator==(const InnerLogin &, const InnerLogin &) = default;
};

/// The login of each peer. Peers of a host list or pool file share one, named connections have
/// their own.
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

/// Whether a read on a Galera node or a member of a MySQL replication group waits until the node
/// has applied all that the cluster had committed when the read began.
enum class CausalReads {
    Moves,  ///< once on each session of a connection, before the application's first statement
    Always, ///< as Moves, and before every SELECT of the application
    Off
};

/// Which COMMITs are sent with a token, so that their fate can be found out when their answer is lost.
enum class ExactlyOnce {
    Off,
    Transactions, ///< of transactions of the application that have written
    Always        ///< also of single INSERT, UPDATE and DELETE outside of a transaction
};

/// The complete configuration of one connection. Value type.
struct ConnectionConfig
{
    PoolDefinition pool;
    Logins logins;
    std::chrono::milliseconds openDeadline{10'000};
    QString initSql; ///< executed on every new session; may be several statements
    int retryReads = 1;
    int retryTransactions = 1; ///< 0: a transaction that loses its session is lost
    int replayLimit = 1024;    ///< KiB of statements and values of a transaction
    int retryConflicts = 20;   ///< how often a single statement is retried after error 1213
    SessionPins ignoreState;   ///< pins that do not keep a connection on its session
    CausalReads causalReads = CausalReads::Moves;
    ExactlyOnce exactlyOnce = ExactlyOnce::Off;
};

} // namespace qproxysql
