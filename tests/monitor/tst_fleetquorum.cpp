// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "cluster/fleetledger.h"
#include "cluster/fleetwrite.h"
#include "ctlrun.h"
#include "fleetapplication.h"
#include "operatorsplace.h"
#include "verdict/lasthealthypeer.h"

#include "sandbox/galeracluster.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtTest/QtTest>

#include <algorithm>
#include <barrier>
#include <thread>
#include <utility>
#include <vector>

using namespace qproxysql;
using namespace qproxysql::sandbox;
using namespace Qt::StringLiterals;

/// CONTROL=fleet on a Galera cluster: one write suffices, and writes without a quorum are refused.
class tst_FleetQuorum : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(m_cluster.start(), qPrintable(m_cluster.errorString()));
        for (int i = 0; i < 3; ++i)
            m_addresses.append(m_cluster[i].address());
        m_addresses.sort(); // the order of qproxysql-ctl
        QVERIFY(m_place.prepare(u"orders"_s, m_addresses.join(u',')));
        CtlRun init(m_place.forFleet({u"init"_s}));
        COMPARE_EXIT(init, 0);
        QVERIFY(m_cluster[0].executeAsRoot(
                u"GRANT SELECT ON qproxysql.qproxysql_drain TO 'app'@'%'"_s));
    }

    // Without log_bin no node shows the filter; that its rows do not leave the node is seen all the same.
    void initRefusesAFilteredSchema()
    {
        CtlRun init({u"init"_s, u"--control-schema"_s, u"kept"_s, u"--pool-file"_s,
                     m_place.poolFile(), u"--user"_s, u"root"_s});
        COMPARE_EXIT(init, 4);
        QVERIFY2(init.error().contains("keeps the rows of `kept`.qproxysql_commit"_L1),
                 init.all().constData());
    }

    void oneWriteSuffices()
    {
        CtlRun drained(drain(0));
        COMPARE_EXIT(drained, 0);
        QCOMPARE(drained.error(), QString());
        for (int i = 0; i < 3; ++i) {
            QTRY_COMPARE(m_cluster[i]
                                 .executeAsRoot(u"SELECT state FROM qproxysql.qproxysql_drain"_s)
                                 .value(),
                         u"draining"_s);
            QCOMPARE(m_cluster[i]
                             .executeAsRoot(u"SELECT COUNT(*) FROM qproxysql.qproxysql_drain_log"_s)
                             .value(),
                     u"1"_s);
        }
    }

    // Both have decided, each on its own node, before either has written: the first certified one
    // wins, and the other decides again.
    void twoOnTwoNodesDoNotDrainTheSurvivors()
    {
        std::barrier bothHaveDecided(2);
        DrainFile::Outcome outcomes[2];
        std::vector<std::thread> operators;
        for (int i = 0; i < 2; ++i) {
            operators.emplace_back([&, i] {
                bool hasDecided = false;
                FleetWrite write = writeThrough(i + 1);
                write.guard = [&](const DrainChange &change) {
                    if (!std::exchange(hasDecided, true))
                        bothHaveDecided.arrive_and_wait();
                    return lastHealthyPeerRefusal(change, standings());
                };
                outcomes[i] = write.run();
            });
        }
        for (std::thread &one : operators)
            one.join();
        const int loser = outcomes[0].refusal ? 0 : 1;
        QVERIFY2(outcomes[loser].refusal, "one is refused");
        QCOMPARE(outcomes[loser].refusal->kind, DrainRefusal::LastHealthyPeer);
        QVERIFY2(!outcomes[1 - loser].refusal, "only one");
        CtlRun back(m_place.forFleet({u"resume"_s, m_addresses.at(2 - loser)}));
        COMPARE_EXIT(back, 0);
        QVERIFY2(back.out().contains("is in service again"_L1), back.all().constData());
    }

    void withoutQuorum()
    {
        FleetApplication application(m_cluster.hostList());
        QVERIFY(application.line().startsWith("ready "_L1));
        QTRY_VERIFY_WITH_TIMEOUT(!application.ask("peers").contains(m_addresses.at(0)), 10'000);
        for (const int node : {1, 2})
            QVERIFY2(m_cluster.isolate(node), qPrintable(m_cluster.errorString()));
        QTRY_COMPARE_WITH_TIMEOUT(m_cluster[0].executeAsRoot(u"SELECT * FROM mysql.user"_s).errorCode,
                                  1047, 20'000);
        for (const QStringList &arguments :
             {drain(1), m_place.forFleet({u"resume"_s, m_addresses.at(0)})}) {
            CtlRun refused(arguments);
            COMPARE_EXIT(refused, 3);
            QVERIFY2(refused.error().contains("no quorum"_L1), refused.all().constData());
            QVERIFY2(refused.error().contains("what was known stays obeyed"_L1),
                     refused.all().constData());
        }
        CtlRun wait(m_place.forFleet({u"wait"_s, m_addresses.at(0)}));
        COMPARE_EXIT(wait, 3);
        // A new process cannot read anything, and knows the drained peer from the disk.
        FleetApplication late(m_cluster.hostList(), u";OPEN_DEADLINE=2"_s, application.folder());
        const QString failure = late.line();
        QVERIFY2(failure.contains(m_addresses.at(0) + u": draining since"_s), qPrintable(failure));
        // The members of the last quorum must find each other first.
        for (const int node : {2, 1})
            QVERIFY2(m_cluster.rejoin(node), qPrintable(m_cluster.errorString()));
        QTRY_VERIFY_WITH_TIMEOUT(isWithout(application.ask("peers"), m_addresses.at(0)), 20'000);
    }

private:
    bool isWithout(const QString &peers, const QString &drained) const
    {
        const QStringList used = peers.split(u' ');
        return !used.contains(drained) && std::ranges::all_of(used, [this](const QString &peer) {
            return m_addresses.contains(peer);
        });
    }
    FleetWrite writeThrough(int node) const
    {
        FullConnectRequest server;
        server.peer = *PeerAddress::parse(m_addresses.at(node));
        server.login.user = u"root"_s;
        server.driver = u"QMYSQL"_s;
        server.initSql = FleetLedger::sessionSql();
        FleetWrite write;
        write.schema = u"qproxysql"_s;
        write.servers = {server};
        write.request = {.peer = m_addresses.at(node), .service = Service::Draining};
        return write;
    }
    QList<PeerStanding> standings() const
    {
        QList<PeerStanding> all;
        for (const QString &address : m_addresses)
            all.append({u"orders"_s, *PeerAddress::parse(address), {}, PeerJudgement::Proof::Up});
        return all;
    }
    QStringList drain(int node) const
    {
        return m_place.forFleet({u"drain"_s, m_addresses.at(node), u"--no-wait"_s});
    }

    const OperatorsPlace m_place;
    GaleraCluster m_cluster{3, {u"--binlog-ignore-db=kept"_s}};
    QStringList m_addresses;
};

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    if (application.arguments().value(1) == u"--application"_s)
        return runFleetApplication(application.arguments().value(2),
                                   application.arguments().value(3));
    tst_FleetQuorum test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_fleetquorum.moc"
