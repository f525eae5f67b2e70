// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "sandbox/sandboxdirectory.h"
#include "sandbox/server.h"

#include <functional>
#include <memory>
#include <vector>

namespace qproxysql::sandbox {

/// A Galera cluster of MariaDB servers on 127.0.0.1, every node a full writer:
///
///     GaleraCluster cluster(3);
///     QVERIFY2(cluster.start(), qPrintable(cluster.errorString()));
///     QVERIFY2(cluster.isolate(1), qPrintable(cluster.errorString()));   // answers 1047 now
///     QVERIFY2(cluster.rejoin(1), qPrintable(cluster.errorString()));
///
/// Accounts as ServerGroup has them; the nodes are named node1, node2, ... When root runs this, the
/// nodes run as the user mysql. A node that was stopped or killed comes back with cluster[i].start().
/// Any thread, one at a time.
class GaleraCluster
{
public:
    enum class Timers {
        Short,   ///< a dead node is out of the cluster after 1 to 3 s
        Patient, ///< after 2 to 6 s: the others find their quorum although the machine is busy
        Orderly ///< after 30 to 60 s: nodes only leave by themselves, so one that is late is not dead
    };
    explicit GaleraCluster(int count = 3, const QStringList &flags = {},
                           const QString &folder = QString(), Timers timers = Timers::Short);
    ~GaleraCluster();
    Q_DISABLE_COPY_MOVE(GaleraCluster)

    /// Starts the nodes that do not run and waits until all are ready (wsrep_ready) and see each other. When none
    /// runs, the first founds the cluster anew. False: errorString().
    bool start();
    QString errorString() const { return m_errorString; }

    int count() const { return int(m_nodes.size()); }
    Server &operator[](int index) { return *m_nodes.at(size_t(index)).server; }
    QString hostList() const;

    /// Cuts a node off from the others, not from its clients (gmcast.isolate=1). Returns once it refuses queries
    /// with 1047 and the others work without it.
    bool isolate(int index);
    /// Lets it back and waits until it is ready.
    bool rejoin(int index);
    /// After a node was killed: waits until the others work without it. One that comes back before is a
    /// second change of the cluster within the first, and both together can cost it its quorum.
    bool waitUntilExcluded(int index);
    /// The number of nodes that this one sees (wsrep_cluster_size); -1 when it does not answer.
    int clusterSize(int index);

private:
    struct Node
    {
        PortReservation group;
        PortReservation incremental;
        PortReservation transfer;
        std::unique_ptr<Server> server;
    };

    bool findPrerequisites();
    bool foundCluster();
    bool joinOthers();
    QStringList nodeFlags(const Node &node, int index, const QString &provider) const;
    bool waitUntil(const std::function<bool()> &condition, const QString &what);
    bool fail(const QString &text);

    SandboxDirectory m_directory;
    const QStringList m_flags;
    const Timers m_timers;
    const QString m_clusterId;
    std::vector<Node> m_nodes;
    QString m_errorString;
};

} // namespace qproxysql::sandbox
