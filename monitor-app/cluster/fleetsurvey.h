// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "cluster/clusterview.h"

#include <QtCore/QHash>

#include <map>

namespace qproxysql {

/// What probes have read of the fleet's drain tables: the newest that any server said, which holds
/// also when that server is away. Pools are kept apart, since each may be another cluster. Pure,
/// one thread.
class FleetSurvey
{
public:
    using Probes = QHash<PeerAddress, PeerProbe>;

    /// Adds what \a probes have read of the peers of \a pools.
    void note(const QList<PoolView> &pools, const Probes &probes);

    bool hasRead() const { return m_hasRead; } ///< any table, ever
    QList<DrainRequest> entries() const;       ///< of all pools
    QList<DrainRequest> entriesOf(const QStringList &pools) const;

    /// What the tables of \a pool hold, as far as probes that began at \a since or later have read
    /// them: a row that somebody has deleted everywhere is not among it.
    static QList<DrainRequest> current(const PoolView &pool, const Probes &probes,
                                       Clock::time_point since = {});
    /// Servers of \a pool whose table has older rows than another's has by the same probes, and
    /// which do not get them from a cluster of their own. Each is told once for the same rows.
    QList<PeerAddress> outdated(const PoolView &pool, const Probes &probes,
                                Clock::time_point since = {});

    /// What kept the tables from being read, and rows that were not understood, a sentence each.
    QStringList troubles(const QString &table, const QList<PoolView> &pools,
                         const Probes &probes) const;

private:
    bool m_hasRead = false;
    std::map<QString, QList<DrainRequest>> m_entries; ///< by pool
    QHash<PeerAddress, quint64> m_told;               ///< the newest generation
};

} // namespace qproxysql
