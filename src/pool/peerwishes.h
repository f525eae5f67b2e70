// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "pool/peerstate.h"

#include <QtCore/QList>

#include <vector>

namespace qproxysql {

/// What an operator wants of one server, under every name that is known for it.
struct PeerWish
{
    QString pool;      ///< in this pool; empty: in every pool
    QStringList names; ///< address and identities, as foldedPeerName() writes them
    Service service = Service::InService;
    DrainNote note; ///< its generation is never 0
};

/// The operator's wishes as they were at one moment. Immutable, any thread.
class PeerWishes
{
public:
    /// \a version: grows with every state of the wishes.
    PeerWishes(QList<PeerWish> wishes, quint64 version);

    quint64 version() const { return m_version; }
    bool isEmpty() const { return m_wishes.isEmpty(); }
    const QList<PeerWish> &all() const { return m_wishes; }

    struct PeerNames
    {
        PeerAddress address;
        QStringList identities;
    };
    /// For each of a pool's \a peers the newest wish that means it, nullptr: none. A wish means the
    /// peers that have one of its names as address; only where there is none in the pool it means those
    /// that call themselves so: front ends of one cluster may all tell the same identity, and draining
    /// one of them must not empty the others.
    std::vector<const PeerWish *> of(const QString &pool, const QList<PeerNames> &peers) const;

private:
    const QList<PeerWish> m_wishes;
    const quint64 m_version;
};

} // namespace qproxysql
