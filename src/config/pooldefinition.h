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

/// Where drain requests are read from (option CONTROL).
enum class Control {
    Off,
    Local, ///< the drain directory of the machine or the user
    Fleet  ///< the drain directory and the drain tables in the cluster
};

/// The options of a pool. All connections that name the pool must agree on every field.
struct PoolPolicy
{
    std::chrono::milliseconds checkInterval{30'000};
    /// Per peer. The client library rounds it to whole seconds.
    std::chrono::milliseconds connectTimeout{3'000};
    Balance balance = Balance::Random;
    QString checkSql; ///< replaces the readiness query; empty: the built-in one
    QString peerDriver = QStringLiteral("QMYSQL");
    Control control = Control::Local;
    QString controlSchema = QStringLiteral("qproxysql"); ///< of the drain tables
    int maxIdle = 2; ///< idle sessions kept per peer and login; 0 keeps none
    /// How long an idle session is kept; always below the server's wait_timeout.
    std::chrono::milliseconds idleTimeout{60'000};
    /// A session is not kept for reuse when its login is older than this; 0 for no limit.
    std::chrono::milliseconds maxLifetime{60'000};
    int statementCache = 16; ///< prepared statements kept per session; 0 keeps none

    friend bool operator==(const PoolPolicy &, const PoolPolicy &) = default;
};

struct PeerDefinition
{
    PeerAddress address;
    int weight = 1; ///< 1..1000; from the pool file

    friend bool operator==(const PeerDefinition &, const PeerDefinition &) = default;
};

/// A named pool of equivalent peers with its policy. Value type.
struct PoolDefinition
{
    QString name; ///< POOL, or derived from the sorted peers
    QList<PeerDefinition> peers;
    PoolPolicy policy;
    bool fromFile = false; ///< edits of its pool file replace peers and policy while it is in use
    QString filePath;      ///< the absolute path of that file; empty otherwise
    /// Names of the policy options that connect options or the environment override.
    QStringList overrides;

    /// The order of peers matters only with BALANCE=first.
    bool isSamePool(const PoolDefinition &other) const;

    /// True if only the pool file has changed since \a older, so that the pool is to be redefined
    /// and not refused as a different one.
    bool isEditOf(const PoolDefinition &older) const;

    /// This pool with peers and policy of \a fileVersion, except for overrides.
    PoolDefinition editedTo(const PoolDefinition &fileVersion) const;

    /// One sentence without full stop that names the first difference between the pool in use
    /// (this) and \a other, which was requested under the same name; empty if isSamePool().
    QString differenceFrom(const PoolDefinition &other) const;

    /// The name of a pool without POOL: its sorted peers, "db1:3306,db2:3307". A long list ends
    /// with the number of omitted peers and a hash of all, the same in every process:
    /// "db1:3306,db2:3306,+998~1f0e9a2b4c6d". It differs from any POOL, which contains no ':'.
    static QString derivedName(const QList<PeerDefinition> &peers);
};

} // namespace qproxysql
