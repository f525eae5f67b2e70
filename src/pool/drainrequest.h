// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "config/peeraddress.h"
#include "pool/health.h"

#include <QtCore/QDateTime>
#include <QtCore/QJsonObject>
#include <QtCore/QStringList>

#include <optional>
#include <utility>

namespace qproxysql {

/// Identifies a drain request: the peer, as canonicalPeerName() writes it, and the pool.
using DrainKey = std::pair<QString, QString>;

/// The state of a peer that an operator or the application requested. A drain directory stores it
/// as an entry (format: docs/drain.md). Value type.
struct DrainRequest
{
    QString peer{};           ///< as requested: host:port, a socket, or an identity
    QStringList identities{}; ///< other names of the same server that the requester knew
    QString pool{};           ///< empty for all pools
    Service service = Service::InService;
    quint64 generation = 0; ///< 1 .. MaxGeneration in a directory; the highest for a peer applies
    QString reason{};
    QString requestedBy{}; ///< a person, or the application
    QDateTime at{};        ///< UTC, by the writer's clock; informational
    QString via{};         ///< the program that wrote it, "qproxysql-ctl rolling"; empty: not known
    QJsonObject rest{};    ///< unknown members from later formats, kept
    /// The sessions on the peer that the requester saw. Shows the progress of the drain.
    std::optional<int> sessions{};
    /// Drain even if a pool has no healthy peer left.
    bool isForced = false;

    /// The largest number that JSON represents exactly.
    static constexpr quint64 MaxGeneration = (quint64(1) << 53) - 2;
    static constexpr qsizetype MostIdentities = 32;
    static constexpr qsizetype LongestName = 300;  ///< characters of peer, pool and each identity
    static constexpr qsizetype LongestText = 1000; ///< characters of reason, requestedBy and via

    /// All folded names of the server. A peer without port also appears as host:port.
    QStringList names() const;
    /// True if \a peerName is one of names(), or the peer is one of \a otherNames.
    bool isOf(const QString &peerName, const QStringList &otherNames) const;
    DrainKey key() const;
    /// Compares generations. Draining wins between equal ones (written by hand) because it is
    /// safer.
    bool outranks(const DrainRequest &other) const;

    friend bool operator==(const DrainRequest &, const DrainRequest &) = default;
};

/// The folded name of \a peer with its port, or the folded identity.
QString canonicalPeerName(const QString &peer);

/// Removes socket names from \a identities, for requests that all machines read: the same path is
/// another server on each machine. If \a peer is a socket, the last identity that is valid on all
/// machines replaces it. False if there is no such identity.
bool dropSocketNames(QString *peer, QStringList *identities);

/// Returns for each peer and pool the request that outranks the others.
QList<DrainRequest> newestRequests(const QList<DrainRequest> &some,
                                   const QList<DrainRequest> &others);
quint64 newestGeneration(const QList<DrainRequest> &requests); ///< 0 without a request

} // namespace qproxysql
