// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "cluster/clusterview.h"

#include <QtCore/QHash>

namespace qproxysql {

/// The simulated servers and applications: their reports as a function of the elapsed time and the
/// drains. Deterministic; no clock of its own.
class DemoServers
{
public:
    static constexpr double Cycle = 150; ///< s, then the script repeats

    DemoServers();

    static PoolDefinition pool(const QString &name);

    /// Applies the drains of \a entries and stops servers that were safe to stop in \a last, the
    /// view before. Call before advanceTo().
    void setDrains(const QList<DrainRequest> &entries, const ClusterView &last);
    /// \a seconds since the beginning; never decreasing.
    void advanceTo(double seconds);

    QList<KnownProcess> processes(const QString &pool, quint64 newestGeneration,
                                  Clock::time_point now) const;
    QHash<PeerAddress, PeerProbe> probes(Clock::time_point now) const;

private:
    struct Server
    {
        PeerAddress address;
        QList<int> sessions;          ///< by application
        QList<PeerCounters> counters; ///< the same
        quint64 drain = 0;            ///< its generation; 0: none
        double drainedAt = 0;
        std::optional<double> safeAt;
    };

    void move();
    void open(qsizetype application);
    void work(qsizetype server);
    bool isHeld(const Server &server) const;
    bool obeys(const Server &server) const;
    PeerReport reportOf(qsizetype index, qsizetype application) const;
    PeerProbe probeOf(qsizetype index) const;

    double m_seconds = 0;
    QList<Server> m_servers;
};

} // namespace qproxysql
