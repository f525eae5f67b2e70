// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "cluster/clusterhistory.h"
#include "cluster/clustersource.h"
#include "cluster/connecttimes.h"
#include "cluster/drainverdicts.h"
#include "models/demoservers.h"

namespace qproxysql {

/// A simulated cluster for trying the window: servers that fail, become slow and are drained by a
/// script, and four applications. Assembly, verdicts, guards and events are the real ones. The
/// pool's name, the versions and view().problems say that it is simulated. No connection, no file.
/// One thread with an event loop.
class DemoCluster : public ClusterSource
{
    Q_OBJECT

public:
    explicit DemoCluster(QObject *parent = nullptr, const Clock &clock = Clock::steady());

    static QString poolName(); ///< "Demo (simulated)"

    void refresh(Depth depth = Depth::Probes) override;
    void attendTo(const QStringList &) override {} // all are, always
    const ClusterView &view() const override { return m_view; }
    void request(const DrainRequest &request) override;
    bool isReadOnly() const override { return false; }

private:
    void poll();
    void follow(double seconds);
    DrainFile::Outcome write(const DrainRequest &request);

    const Clock &m_clock;
    const Clock::time_point m_begin;
    DemoServers m_servers;
    QList<DrainRequest> m_entries;
    bool m_isPolling = false;
    ConnectTimes m_connectTimes;
    ClusterHistory m_history;
    DrainVerdicts m_verdicts;
    ClusterView m_view;
};

} // namespace qproxysql
