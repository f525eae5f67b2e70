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

    struct Drain
    {
        quint64 generation = 0;
        bool isSafe = false; ///< to stop: it is then stopped for a while
    };
    /// All current drains, by address. Call before advanceTo().
    void setDrains(const QHash<PeerAddress, Drain> &drains);
    /// \a seconds since the beginning; never decreasing.
    void advanceTo(double seconds);
    double seconds() const { return m_seconds; }

    QList<KnownProcess> processes(const QString &pool, quint64 newestGeneration,
                                  Clock::time_point now) const;
    QHash<PeerAddress, PeerProbe> probes(Clock::time_point now) const;

private:
    enum class Condition { Good, Shaky, Dead, Unseen };

    struct Server
    {
        PeerAddress address;
        QList<int> sessions; ///< by application
        Condition condition = Condition::Good;
        bool isSlow = false;
        double nextCheck = 0;
        std::optional<Drain> drain;
        double drainedAt = 0;
        std::optional<double> safeAt;
    };

    void step();
    void setConditions();
    void move();
    void open(qsizetype application);
    bool isUsable(const Server &server) const;
    bool isHeld(const Server &server) const;
    PeerReport reportOf(const Server &server, qsizetype index, qsizetype application) const;
    PeerProbe probeOf(const Server &server, qsizetype index) const;

    double m_seconds = 0;
    QList<Server> m_servers;
};

} // namespace qproxysql
