// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "cluster/clusterview.h"

#include <QtCore/QHash>

#include <map>

namespace qproxysql {

/// The newest drain requests that probes have read from the fleet's tables. They stay known while
/// their server is away. Pools are kept apart, since each may be another cluster. Pure, one thread.
class FleetSurvey
{
public:
    using Probes = QHash<PeerAddress, PeerProbe>;

    /// Adds what \a probes have read from the peers of \a pools.
    void note(const QList<PoolView> &pools, const Probes &probes);

    bool hasRead() const { return m_hasRead; } ///< any table, ever
    QList<DrainRequest> entries(const std::optional<QStringList> &pools = {}) const; ///< {}: of all

    /// The rows of \a pool's tables, from probes that began at \a since or later. Rows that were
    /// deleted everywhere are not included.
    static QList<DrainRequest> current(const PoolView &pool, const Probes &probes,
                                       Clock::time_point since = {});
    /// Servers of \a pool that have older rows than others according to the same probes, and that
    /// do not get them by replication. Each is returned once for the same rows.
    QList<PeerAddress> outdated(const PoolView &pool, const Probes &probes,
                                Clock::time_point since = {});

    /// Why tables could not be read, and rows that were not understood, a sentence each.
    QStringList problems(const QString &table, const QList<PoolView> &pools,
                         const Probes &probes) const;

private:
    bool m_hasRead = false;
    std::map<QString, QList<DrainRequest>> m_entries; ///< by pool
    QHash<PeerAddress, quint64> m_returned;           ///< newest generation returned by outdated()
};

} // namespace qproxysql
