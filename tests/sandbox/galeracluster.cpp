// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "sandbox/galeracluster.h"

#include <QtCore/QFile>
#include <QtCore/QStandardPaths>
#include <QtCore/QUuid>

#include <algorithm>
#include <thread>
#include <unistd.h>

namespace qproxysql::sandbox {

using namespace std::chrono_literals;

static constexpr auto ChangeTimeout = 30s;

static QString findProvider()
{
    const QString name = QStringLiteral("libgalera_smm.so");
    QStringList folders{QStringLiteral("/usr/lib/galera"), QStringLiteral("/usr/lib64/galera-4"),
                        QStringLiteral("/usr/lib64/galera"), QStringLiteral("/usr/lib/galera-4")};
    for (const QString &folder : folders) {
        if (QFile::exists(folder + QLatin1Char('/') + name))
            return folder + QLatin1Char('/') + name;
    }
    return QString();
}

GaleraCluster::GaleraCluster(int count, const QStringList &flags, const QString &folder,
                             Timers timers)
    : m_directory(folder)
    , m_flags(flags)
    , m_timers(timers)
    , m_clusterId(QUuid::createUuid().toString(QUuid::WithoutBraces))
{
    for (int i = 0; i < count; ++i) {
        Server::Setup setup;
        setup.name = QStringLiteral("node%1").arg(i + 1);
        setup.folder = m_directory.filePath(QString::number(i));
        setup.user = QStringLiteral("mysql");
        setup.serverId = i + 1;
        setup.waitForGalera = true;
        m_nodes.push_back({PortReservation::take(), PortReservation::take(),
                           PortReservation::take(), std::make_unique<Server>(setup)});
    }
}

GaleraCluster::~GaleraCluster()
{
    // At once: a node that is left alone would first look for the others.
    for (const Node &node : m_nodes)
        node.server->kill();
}

bool GaleraCluster::start()
{
    m_errorString.clear();
    if (!findPrerequisites())
        return false;
    const bool anyRuns = std::any_of(m_nodes.begin(), m_nodes.end(),
                                     [](const Node &node) { return node.server->isRunning(); });
    return (anyRuns || foundCluster()) && joinOthers()
           && waitUntil(
                   [this] {
                       for (int i = 0; i < count(); ++i) {
                           if (clusterSize(i) != count())
                               return false;
                       }
                       return true;
                   },
                   QStringLiteral("the nodes do not all see each other"));
}

QString GaleraCluster::hostList() const
{
    QStringList addresses;
    for (const Node &node : m_nodes)
        addresses += node.server->address();
    return addresses.join(QLatin1Char(','));
}

bool GaleraCluster::isolate(int index)
{
    Server &node = (*this)[index];
    const Answer answer = node.executeAsRoot(
            QStringLiteral("SET GLOBAL wsrep_provider_options='gmcast.isolate=1'"));
    if (!answer)
        return fail(QStringLiteral("%1: %2").arg(node.name(), answer.errorString));
    return waitUntil(
            [this, index, &node] {
                for (int i = 0; i < count(); ++i) {
                    if (i != index && (*this)[i].isRunning() && !(*this)[i].isFrozen()
                        && clusterSize(i) >= count())
                        return false;
                }
                return node.executeAsRoot(QStringLiteral("SELECT * FROM mysql.user")).errorCode
                       == 1047;
            },
            QStringLiteral("%1 is not cut off").arg(node.name()));
}

bool GaleraCluster::rejoin(int index)
{
    Server &node = (*this)[index];
    const Answer answer = node.executeAsRoot(
            QStringLiteral("SET GLOBAL wsrep_provider_options='gmcast.isolate=0'"));
    if (!answer)
        return fail(QStringLiteral("%1: %2").arg(node.name(), answer.errorString));
    return waitUntil(
            [this, index, &node] {
                return node.executeAsRoot(QStringLiteral("SELECT * FROM mysql.user")).ok
                       && clusterSize(index) > 1;
            },
            QStringLiteral("%1 is not back").arg(node.name()));
}

bool GaleraCluster::waitUntilExcluded(int index)
{
    return waitUntil(
            [this, index] {
                for (int i = 0; i < count(); ++i) {
                    if (i != index && (*this)[i].isRunning()
                        && (clusterSize(i) >= count()
                            || !(*this)[i].executeAsRoot(
                                    QStringLiteral("SELECT * FROM mysql.user"))))
                        return false;
                }
                return true;
            },
            QStringLiteral("the others do not work without %1").arg((*this)[index].name()));
}

int GaleraCluster::clusterSize(int index)
{
    return int((*this)[index].statusValue(QStringLiteral("wsrep_cluster_size")));
}

bool GaleraCluster::findPrerequisites()
{
    if (!m_directory.isValid())
        return fail(QStringLiteral("No folder for the servers' data can be made or locked"));
    const QString provider = findProvider();
    if (provider.isEmpty())
        return fail(QStringLiteral("libgalera_smm.so was not found: a Galera cluster needs the "
                                   "Galera library (Debian: apt install galera-4)."));
    for (const char *program : {"rsync", "lsof"}) {
        if (QStandardPaths::findExecutable(QLatin1String(program)).isEmpty())
            return fail(QStringLiteral("%1 was not found: Galera copies data with it (Debian: "
                                       "apt install %1).")
                                .arg(QLatin1String(program)));
    }
    for (size_t i = 0; i < m_nodes.size(); ++i) {
        Node &node = m_nodes[i];
        if (!node.group.isValid() || !node.incremental.isValid() || !node.transfer.isValid())
            return fail(QStringLiteral("there is no free port"));
        node.server->setFlags(nodeFlags(node, int(i), provider) + m_flags);
    }
    return true;
}

QStringList GaleraCluster::nodeFlags(const Node &node, int index, const QString &provider) const
{
    QStringList group;
    for (const Node &member : m_nodes)
        group += QStringLiteral("127.0.0.1:%1").arg(member.group.port());
    const QString timers = m_timers == Timers::Short ? QStringLiteral(
                                   "evs.suspect_timeout=PT1S;evs.inactive_timeout=PT3S;"
                                   "evs.install_timeout=PT1S;gmcast.peer_timeout=PT0.5S;")
                           : m_timers == Timers::Patient
                                   ? QStringLiteral(
                                           "evs.suspect_timeout=PT2S;evs.inactive_timeout=PT6S;"
                                           "evs.install_timeout=PT4S;gmcast.peer_timeout=PT3S;")
                                   : QStringLiteral(
                                           "evs.suspect_timeout=PT30S;evs.inactive_timeout=PT60S;"
                                           "evs.install_timeout=PT30S;gmcast.peer_timeout=PT10S;");
    const QString options =
            QStringLiteral("gmcast.listen_addr=tcp://127.0.0.1:%1;ist.recv_addr=127.0.0.1:%2;"
                           "ist.recv_bind=127.0.0.1:%2;gcache.size=8M;"
                           "evs.join_retrans_period=PT0.1S;evs.inactive_check_period=PT0.1S;"
                           "evs.keepalive_period=PT0.1S;gmcast.time_wait=PT0.5S;"
                           "pc.announce_timeout=PT0.3S;%3")
                    .arg(node.group.port())
                    .arg(node.incremental.port())
                    .arg(timers);
    return {QStringLiteral("--binlog-format=ROW"),
            QStringLiteral("--default-storage-engine=InnoDB"),
            QStringLiteral("--innodb-autoinc-lock-mode=2"),
            QStringLiteral("--wsrep-on=ON"),
            QStringLiteral("--wsrep-provider=") + provider,
            QStringLiteral("--wsrep-cluster-name=qproxysql-sandbox-") + m_clusterId.left(8),
            QStringLiteral("--wsrep-node-name=node%1").arg(index + 1),
            QStringLiteral("--wsrep-node-address=127.0.0.1"),
            QStringLiteral("--wsrep-node-incoming-address=127.0.0.1:{port}"),
            QStringLiteral("--wsrep-cluster-address=gcomm://") + group.join(QLatin1Char(',')),
            QStringLiteral("--wsrep-sst-method=rsync"),
            QStringLiteral("--wsrep-sst-receive-address=127.0.0.1:%1").arg(node.transfer.port()),
            QStringLiteral("--wsrep-provider-options=") + options};
}

bool GaleraCluster::foundCluster()
{
    Server &founder = *m_nodes.front().server;
    // Whoever went last or was killed says that it is not safe; here nobody minds.
    QFile state(founder.dataFolder() + QStringLiteral("/grastate.dat"));
    if (state.exists() && state.open(QIODevice::ReadWrite)) {
        QByteArray text = state.readAll();
        text.replace("safe_to_bootstrap: 0", "safe_to_bootstrap: 1");
        state.seek(0);
        state.write(text);
    }
    state.close();
    return founder.start({QStringLiteral("--wsrep-new-cluster")}) || fail(founder.errorString());
}

bool GaleraCluster::joinOthers()
{
    std::vector<Server *> joining;
    for (const Node &node : m_nodes) {
        if (!node.server->isRunning())
            joining.push_back(node.server.get());
    }
    std::vector<std::thread> starters;
    for (Server *server : joining)
        starters.emplace_back([server] { server->start(); });
    for (std::thread &starter : starters)
        starter.join();
    for (Server *server : joining) {
        if (!server->isRunning())
            return fail(server->errorString());
    }
    return true;
}

bool GaleraCluster::waitUntil(const std::function<bool()> &condition, const QString &what)
{
    const auto deadline = std::chrono::steady_clock::now() + ChangeTimeout;
    while (!condition()) {
        if (std::chrono::steady_clock::now() > deadline)
            return fail(what);
        std::this_thread::sleep_for(20ms);
    }
    return true;
}

bool GaleraCluster::fail(const QString &text)
{
    m_errorString = text;
    return false;
}

} // namespace qproxysql::sandbox
