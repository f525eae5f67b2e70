// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "pool/drainrequest.h"

#include <QtCore/QList>

#include <vector>

namespace qproxysql {

/// A snapshot of the drain requests. Immutable, any thread.
class DrainRequests
{
public:
    /// \a version increases with each change of the requests.
    explicit DrainRequests(QList<DrainRequest> requests, quint64 version = 1);

    quint64 version() const { return m_version; }
    const QList<DrainRequest> &all() const { return m_requests; }

    struct PeerNames
    {
        PeerAddress address;
        QStringList identities;
    };
    /// For each of a pool's \a peers the newest request that applies to it, or nullptr. A request
    /// applies to peers whose address is one of its names. Only if the pool has no such peer it
    /// applies to peers with one of its names as identity: several proxies may report the identity
    /// of the same server, and draining one of them must not drain the others.
    std::vector<const DrainRequest *> of(const QString &pool, const QList<PeerNames> &peers) const;

private:
    const QList<DrainRequest> m_requests;
    std::vector<QStringList> m_names; ///< DrainRequest::names() of each
    const quint64 m_version;
};

} // namespace qproxysql
