// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "cluster/clusterview.h"

#include <QtCore/QHash>

namespace qproxysql {

/// Combines all sources into a view: which pools exist, their peers, and the state of each peer.
/// Pure; the caller collects the evidence.
class ClusterAssembly
{
public:
    /// \a pools: from the pool file. \a wanted: only that pool; empty: all. \a now: for the age of
    /// evidence.
    ClusterAssembly(const QList<PoolDefinition> &pools, const QString &wanted,
                    Clock::time_point now = Clock::steady().now());

    void addReports(const QList<KnownProcess> &processes);
    void addProbes(const QHash<PeerAddress, PeerProbe> &probes);
    void addEntries(const QList<DrainRequest> &entries);

    QList<PoolView> pools() const { return m_pools; }

private:
    bool isWanted(const QString &pool) const;
    PoolView &poolNamed(const QString &name);
    static PeerView &peerOf(PoolView &pool, const PeerAddress &address);
    void add(const PeerReport &report, const KnownProcess &process, PeerView *peer) const;
    void add(const PeerProbe &probe, PeerView *peer) const;
    double age(Clock::time_point when) const;
    void judgePeers();
    void dropSharedIdentities();
    void findOtherAddresses();
    void addUnknownPeers(const QList<DrainRequest> &entries);

    const QString m_wanted;
    const Clock::time_point m_now;
    QList<PoolView> m_pools;
};

} // namespace qproxysql
