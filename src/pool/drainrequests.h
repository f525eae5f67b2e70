// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "pool/drainrequest.h"

#include <QtCore/QList>

#include <vector>

namespace qproxysql {

/// The drain requests as they were at one moment. Immutable, any thread.
class DrainRequests
{
public:
    /// \a version: grows with every state of the requests.
    explicit DrainRequests(QList<DrainRequest> requests, quint64 version = 1);

    quint64 version() const { return m_version; }
    const QList<DrainRequest> &all() const { return m_requests; }

    struct PeerNames
    {
        PeerAddress address;
        QStringList identities;
    };
    /// For each of a pool's \a peers the newest request that means it, nullptr: none. A request means the
    /// peers that have one of its names as address; only where there is none in the pool it means those
    /// that call themselves so: front ends of one cluster may all tell the same identity, and draining
    /// one of them must not empty the others.
    std::vector<const DrainRequest *> of(const QString &pool, const QList<PeerNames> &peers) const;

private:
    const QList<DrainRequest> m_requests;
    std::vector<QStringList> m_names; ///< DrainRequest::names() of each
    const quint64 m_version;
};

} // namespace qproxysql
