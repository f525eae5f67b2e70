// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "config/peeraddress.h"

#include <QtCore/QList>
#include <QtCore/QStringList>

#include <chrono>

namespace qproxysql {

/// How a pool picks among its selectable peers (option BALANCE).
enum class Balance {
    Random,    ///< weighted random
    LeastConn, ///< two random choices, the one with fewer sessions per weight wins
    First      ///< pool order: active/passive
};

/// Where the operator's wishes are read from (option CONTROL).
enum class Control {
    Off,
    Local, ///< this machine's or user's drain directory
    Fleet  ///< and the tables in the cluster
};

/// What all connections of a pool share beside its peers. Two connections that name the same pool
/// must agree on every field.
struct PoolPolicy
{
    std::chrono::milliseconds checkInterval{30'000};
    std::chrono::milliseconds connectTimeout{
            3'000}; ///< per peer; whole seconds at the client library
    Balance balance = Balance::Random;
    QString checkSql; ///< replaces the readiness query; empty: the built-in one
    QString peerDriver = QStringLiteral("QMYSQL");
    Control control = Control::Local;
    QString controlSchema = QStringLiteral("qproxysql"); ///< of the drain tables
    int maxIdle = 2; ///< idle sessions kept per peer and login; 0 keeps none
    std::chrono::milliseconds idleTimeout{
            60'000}; ///< how long; always below the server's wait_timeout
    /// Since its login, of a session that is handed on; 0: no limit.
    std::chrono::milliseconds maxLifetime{60'000};

    friend bool operator==(const PoolPolicy &, const PoolPolicy &) = default;
};

struct PeerDefinition
{
    PeerAddress address;
    int weight = 1; ///< 1..1000; from the pool file

    friend bool operator==(const PeerDefinition &, const PeerDefinition &) = default;
};

/// Equivalent peers with their policies under a name. Value type.
struct PoolDefinition
{
    QString name; ///< POOL, or derived from the sorted peers
    QList<PeerDefinition> peers;
    PoolPolicy policy;
    bool fromFile = false; ///< edits of its pool file replace peers and policy while it is in use
    QString filePath;      ///< the absolute path of that file; empty otherwise
    /// Names of the policy options that connect options or environment set: for them the pool file
    /// has no say.
    QStringList overrides;

    /// Pool order does not make another pool, except under BALANCE=first.
    bool isSamePool(const PoolDefinition &other) const;

    /// True when this is \a older with nothing but its pool file edited in between: not another
    /// pool, but the reason to redefine that one.
    bool isEditOf(const PoolDefinition &older) const;

    /// This pool after its file has become \a fileVersion (as PoolFileWatcher tells it): peers and
    /// policy of the file, except for overrides.
    PoolDefinition editedTo(const PoolDefinition &fileVersion) const;

    /// One sentence without full stop that names the first difference between the pool in use
    /// (this) and \a other, which was asked for under the same name; empty when isSamePool().
    QString differenceFrom(const PoolDefinition &other) const;

    /// The name of a pool that was given none: its sorted peers, "db1:3306,db2:3307". A long list is
    /// cut and closed with the number left out and a hash of the whole, the same in every process:
    /// "db1:3306,db2:3306,+998~1f0e9a2b4c6d". Cannot be mistaken for a POOL, which has no ':'.
    static QString derivedName(const QList<PeerDefinition> &peers);
};

} // namespace qproxysql
