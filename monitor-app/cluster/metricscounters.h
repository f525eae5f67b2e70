// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "cluster/metricspage.h"
#include "pool/clock.h"
#include "verdict/knownprocesses.h"

#include <QtCore/QHash>

namespace qproxysql {

/// The sums of the counters that processes report, by pool, peer and application. A process that
/// ends leaves its counters in the sums, so they never decrease. One thread.
class MetricsCounters
{
public:
    /// A process that stops answering may answer again with the same counters within this time.
    static constexpr std::chrono::hours RemembersFor{1};

    /// \a pool: counts only that one; empty: all.
    MetricsCounters(const Clock &clock, const QString &pool)
        : m_clock(clock)
        , m_pool(pool)
    {
    }

    void note(const QList<KnownProcess> &processes);
    /// After the first note(): raises sums that are less than in \a page, which an earlier run has
    /// made, to the values there. What processes counted between both runs is lost then, but
    /// nothing is counted twice.
    void continueFrom(const QByteArray &page);
    void addTo(MetricsPage *page) const;

private:
    struct Process
    {
        QString application;               ///< when it was seen first
        QMap<QByteArray, double> counters; ///< by series
        Clock::time_point seen;
    };
    void note(const PoolReport &pool, Process *process) const;
    void forgetEnded();

    const Clock &m_clock;
    const QString m_pool;
    QHash<QString, Process> m_processes; ///< by id
    QMap<QByteArray, double> m_ended;    ///< sums of processes that are forgotten
};

} // namespace qproxysql
