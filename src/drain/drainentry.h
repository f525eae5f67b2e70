// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "pool/peerwishes.h"

#include <QtCore/QJsonObject>

#include <optional>
#include <utility>

namespace qproxysql {

/// What an entry is known by: the peer, as canonicalPeerName() writes it, and the pool.
using DrainKey = std::pair<QString, QString>;

/// What an operator wants of one peer: an entry of the drain directory (format: docs/drain.md).
struct DrainEntry
{
    QString peer;           ///< as it was asked for: host:port, a socket, or an identity
    QStringList identities; ///< other names of the same server, as far as the requester knew
    QString pool;           ///< empty: in every pool
    Service service = Service::InService;
    quint64 generation = 0; ///< 1 .. MaxGeneration; the highest that means a peer holds
    QString reason;
    QString requestedBy;
    QDateTime at;     ///< UTC; by the writer's clock, for people only
    QJsonObject rest; ///< what a later format has besides; kept
    /// On the peer when it was asked for, as far as the requester saw: for the progress that people
    /// are shown.
    std::optional<int> sessions{};

    /// JSON numbers are exact up to here.
    static constexpr quint64 MaxGeneration = (quint64(1) << 53) - 2;
    static constexpr qsizetype MostIdentities = 32;
    static constexpr qsizetype LongestName = 300;  ///< characters; of peer, pool and each identity
    static constexpr qsizetype LongestText = 1000; ///< of reason and requestedBy

    /// All names of the server, as foldedPeerName() writes them; the peer also as host:port where no port was given.
    QStringList names() const;
    /// True when one of \a names (in lower case, too) is the peer, or the peer is one of them.
    bool isOf(const QString &peerName, const QStringList &otherNames) const;
    PeerWish wish() const;
    DrainKey key() const;

    /// Nothing, and \a error names the field, when it does not say all that it must.
    static std::optional<DrainEntry> fromJson(const QJsonObject &object, QString *error);
    QJsonObject toJson() const;

    friend bool operator==(const DrainEntry &, const DrainEntry &) = default;
};

/// \a peer, as foldedPeerName() writes it, with its port; an identity as it is.
QString canonicalPeerName(const QString &peer);

/// For what every machine reads: there a socket is another server on each. Takes such names out of
/// \a identities, and puts the last other name that is not of this machine alone in the place of a \a peer
/// that is one. False when there is none.
bool dropSocketNames(QString *peer, QStringList *identities);

/// Of each peer and pool the newer one of both; of two with the same generation the one that drains.
QList<DrainEntry> newestEntries(const QList<DrainEntry> &some, const QList<DrainEntry> &others);
quint64 newestGeneration(const QList<DrainEntry> &entries); ///< 0 without an entry

} // namespace qproxysql
