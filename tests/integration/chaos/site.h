// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "sandbox/galeracluster.h"
#include "sandbox/groupreplication.h"
#include "sandbox/rootclient.h"
#include "sandbox/servergroup.h"

#include <QtCore/QHash>

namespace chaos {

using qproxysql::sandbox::RootClient;
using qproxysql::sandbox::Server;

/// The servers that chaos befalls. One thread.
class Site
{
public:
    virtual ~Site() = default;

    /// With the tables of Worker.
    virtual bool start() = 0;
    virtual int count() const = 0;
    virtual Server &server(int index) = 0;
    virtual QString hosts() const = 0;
    virtual bool canIsolate() const { return false; }
    virtual bool isolate(int) { return false; }
    virtual bool rejoin(int) { return false; }
    /// A server was killed: returns when it may start again.
    virtual bool settle(int) { return true; }
    /// A server was started again.
    virtual bool readmit(int) { return true; }
    /// All of the application's at once: one by one, a thread could lose the session that it has just taken
    /// instead.
    virtual bool killSessions(RootClient *client)
    {
        return client->execute(QStringLiteral("KILL USER app")).ok;
    }
    /// Whether the servers have a pool of threads that can be filled.
    virtual bool hasThreadPool() const { return true; }
    /// Whether all servers do their work again.
    virtual bool isWhole() = 0;
    /// Some only read: for a pool that writes they are not ready.
    virtual bool hasReaders() const { return false; }
    /// Rows of each token, and the counter's value, on all of them together. False: a server did not answer.
    virtual bool readBack(QHash<quint64, int> *tokens, qint64 *counter) = 0;
    QString errorString() const { return m_errorString; }

    /// How many threads a server's pool has.
    static constexpr int PoolThreads = 16;

protected:
    static QStringList serverFlags();
    static QString tablesSql();
    bool addRows(Server &server, QHash<quint64, int> *tokens, qint64 *counter);
    /// Of servers that have all rows. \a wait lets a server apply first what the others have.
    bool readBackSame(const QString &wait, QHash<quint64, int> *tokens, qint64 *counter);

    QString m_errorString;
};

/// Three servers that know nothing of each other: what was written is on one of them.
class PlainSite final : public Site
{
public:
    PlainSite();
    bool start() override;
    int count() const override { return m_servers.count(); }
    Server &server(int index) override { return m_servers[index]; }
    QString hosts() const override { return m_servers.hostList(); }
    bool isWhole() override;
    bool readBack(QHash<quint64, int> *tokens, qint64 *counter) override;

private:
    qproxysql::sandbox::ServerGroup m_servers;
};

/// A cluster of three: what was written is on each of them, and they must agree.
class GaleraSite final : public Site
{
public:
    using Timers = qproxysql::sandbox::GaleraCluster::Timers;
    explicit GaleraSite(Timers timers = Timers::Patient);
    bool start() override;
    int count() const override { return m_cluster.count(); }
    Server &server(int index) override { return m_cluster[index]; }
    QString hosts() const override { return m_cluster.hostList(); }
    bool canIsolate() const override { return true; }
    bool isolate(int index) override { return m_cluster.isolate(index); }
    bool rejoin(int index) override { return m_cluster.rejoin(index); }
    bool settle(int index) override { return m_cluster.waitUntilExcluded(index); }
    bool isWhole() override;
    bool readBack(QHash<quint64, int> *tokens, qint64 *counter) override;

private:
    qproxysql::sandbox::GaleraCluster m_cluster;
};

/// A replication group of three MySQL servers: as GaleraSite.
class GroupSite final : public Site
{
public:
    using Mode = qproxysql::sandbox::GroupReplication::Mode;
    explicit GroupSite(Mode mode);
    bool start() override;
    int count() const override { return m_group.count(); }
    Server &server(int index) override { return m_group[index]; }
    QString hosts() const override { return m_group.hostList(); }
    bool canIsolate() const override { return true; }
    bool isolate(int index) override { return m_group.leave(index); }
    bool rejoin(int index) override { return m_group.join(index); }
    bool readmit(int index) override { return m_group.join(index); }
    bool killSessions(RootClient *client) override;
    bool hasThreadPool() const override { return false; }
    bool isWhole() override;
    bool hasReaders() const override { return m_mode == Mode::SinglePrimary; }
    bool readBack(QHash<quint64, int> *tokens, qint64 *counter) override;

private:
    const Mode m_mode;
    qproxysql::sandbox::GroupReplication m_group;
};

} // namespace chaos
