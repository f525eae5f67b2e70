// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "cluster/clusterview.h"

namespace qproxysql {

/// Finds the peer that a person means, in all pools of a view.
class PeerSearch
{
public:
    /// \a text: host:port as configured, host alone where the port is 3306, or what the server calls itself.
    PeerSearch(const ClusterView &view, const QString &text);

    bool isFound() const { return !m_peers.isEmpty() && m_error.isEmpty(); }
    /// Names the text and all peers that are known.
    QString error() const { return m_error; }

    /// What a drain request is written for: the peer's address in the pool where it was found first.
    PeerAddress address() const { return m_peers.constFirst().address; }
    const PeerView &peer() const { return m_peers.constFirst(); }
    /// In every pool, also under other addresses of the same server.
    const QList<PeerView> &everywhere() const { return m_peers; }
    QStringList pools() const { return m_pools; } ///< that have it
    bool isDraining() const;                      ///< in any of them
    /// All names by which applications may know it, but for address().
    QStringList identities() const;
    QStringList names() const; ///< address() and identities()

private:
    void findBy(const ClusterView &view, const std::function<bool(const PeerView &)> &isMeant);

    QList<PeerView> m_peers;
    QStringList m_pools;
    QString m_error;
};

} // namespace qproxysql
