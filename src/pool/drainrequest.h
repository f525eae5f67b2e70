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

/// What a drain request is known by: the peer, as canonicalPeerName() writes it, and the pool.
using DrainKey = std::pair<QString, QString>;

/// A state that is requested of one peer, by an operator or by the application itself. A drain
/// directory holds it as an entry (format: docs/drain.md). Value type.
struct DrainRequest
{
    QString peer{};           ///< as it was asked for: host:port, a socket, or an identity
    QStringList identities{}; ///< other names of the same server, as far as the requester knew
    QString pool{};           ///< empty: in every pool
    Service service = Service::InService;
    quint64 generation = 0; ///< 1 .. MaxGeneration in a directory; the highest that means a peer holds
    QString reason{};
    QString requestedBy{}; ///< a person, or the application
    QDateTime at{};        ///< UTC; by the writer's clock, for people only
    QJsonObject rest{};    ///< what a later format has besides; kept
    /// On the peer when the request was made, as far as the requester saw: for the progress that
    /// people are shown.
    std::optional<int> sessions{};
    /// Also where it leaves a pool without a healthy peer. Not written.
    bool isForced = false;

    /// JSON numbers are exact up to here.
    static constexpr quint64 MaxGeneration = (quint64(1) << 53) - 2;
    static constexpr qsizetype MostIdentities = 32;
    static constexpr qsizetype LongestName = 300;  ///< characters; of peer, pool and each identity
    static constexpr qsizetype LongestText = 1000; ///< of reason and requestedBy

    /// All names of the server, as foldedPeerName() writes them; the peer also as host:port where no port was given.
    QStringList names() const;
    /// True when one of \a names (in lower case, too) is the peer, or the peer is one of them.
    bool isOf(const QString &peerName, const QStringList &otherNames) const;
    DrainKey key() const;
    /// Two writers never give the same generation; a file written by hand may. Draining is the safe side.
    bool outranks(const DrainRequest &other) const;

    friend bool operator==(const DrainRequest &, const DrainRequest &) = default;
};

/// \a peer, as foldedPeerName() writes it, with its port; an identity as it is.
QString canonicalPeerName(const QString &peer);

/// For what every machine reads: there a socket is another server on each. Takes such names out of
/// \a identities, and puts the last other name that is not of this machine alone in the place of a \a peer
/// that is one. False when there is none.
bool dropSocketNames(QString *peer, QStringList *identities);

/// Of each peer and pool the one of both that outranks the other.
QList<DrainRequest> newestRequests(const QList<DrainRequest> &some,
                                   const QList<DrainRequest> &others);
quint64 newestGeneration(const QList<DrainRequest> &requests); ///< 0 without a request

} // namespace qproxysql
