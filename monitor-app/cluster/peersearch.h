// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "cluster/clusterview.h"

namespace qproxysql {

/// Finds the peer that an operator named, in all pools of a view.
class PeerSearch
{
public:
    /// \a text: host:port as configured, host alone for port 3306, or one of the server's
    /// identities.
    PeerSearch(const ClusterView &view, const QString &text);

    bool isFound() const { return !m_peers.isEmpty() && m_error.isEmpty(); }
    /// Names the text and all known peers.
    QString error() const { return m_error; }

    /// The address for a drain request: that in the first pool with the peer.
    PeerAddress address() const { return m_peers.constFirst().address; }
    const PeerView &peer() const { return m_peers.constFirst(); }
    /// In every pool, also under other addresses of the same server.
    const QList<PeerView> &everywhere() const { return m_peers; }
    QStringList pools() const { return m_pools; } ///< that contain it
    bool isDraining() const;                      ///< in any of them
    /// All names that applications may know it by, without address().
    QStringList identities() const;
    QStringList names() const; ///< address() and identities()

private:
    void findBy(const ClusterView &view, const std::function<bool(const PeerView &)> &isMeant);

    QList<PeerView> m_peers;
    QStringList m_pools;
    QString m_error;
};

} // namespace qproxysql
