// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "ctlrun.h"
#include "fleetapplication.h"

#include "sandbox/galeracluster.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtTest/QtTest>

#include <algorithm>

using namespace qproxysql::sandbox;
using namespace Qt::StringLiterals;

/// CONTROL=fleet on a Galera cluster: one write suffices, and none is taken without a quorum.
class tst_FleetQuorum : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_folder.isValid());
        QVERIFY(QDir().mkpath(m_folder.filePath(u"operator"_s)));
        qputenv("QPROXYSQL_DIR", QFile::encodeName(m_folder.filePath(u"operator"_s)));
        QVERIFY2(m_cluster.start(), qPrintable(m_cluster.errorString()));
        for (int i = 0; i < 3; ++i)
            m_addresses.append(m_cluster[i].address());
        m_addresses.sort(); // as the tool goes
        QVERIFY(writePools(poolFile(), m_addresses));
        QVERIFY(writePools(otherPoolFile(), m_addresses.mid(1)));
        CtlRun init(forFleet({u"init"_s}));
        COMPARE_EXIT(init, 0);
        QVERIFY(m_cluster[0].executeAsRoot(
                u"GRANT SELECT ON qproxysql.qproxysql_drain TO 'app'@'%'"_s));
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

    // Each begins on another node: of two writes the one that is certified first is first.
    void twoOnTwoNodesDoNotDrainTheSurvivors()
    {
        for (int round = 0; round < 3; ++round) {
            CtlRun one(drain(1));
            CtlRun two({u"drain"_s, m_addresses.at(2), u"--no-wait"_s, u"--control-schema"_s,
                        u"qproxysql"_s, u"--pool-file"_s, otherPoolFile(), u"--user"_s, u"root"_s});
            const QSet<int> codes{one.code(), two.code()};
            QVERIFY2(codes == QSet<int>({0, 4}), (one.all() + two.all()).constData());
            for (const int node : {1, 2}) {
                CtlRun back(forFleet({u"resume"_s, m_addresses.at(node)}));
                COMPARE_EXIT(back, 0);
            }
        }
    }

    void withoutQuorum()
    {
        FleetApplication application(m_cluster.hostList());
        QVERIFY(application.line().startsWith("ready "_L1));
        QTRY_VERIFY_WITH_TIMEOUT(!application.tell("peers").contains(m_addresses.at(0)), 10'000);
        for (const int node : {1, 2})
            QVERIFY2(m_cluster.isolate(node), qPrintable(m_cluster.errorString()));
        QTRY_COMPARE_WITH_TIMEOUT(m_cluster[0].executeAsRoot(u"SELECT * FROM mysql.user"_s).errorCode,
                                  1047, 20'000);
        for (const QStringList &arguments : {drain(1), forFleet({u"resume"_s, m_addresses.at(0)})}) {
            CtlRun refused(arguments);
            COMPARE_EXIT(refused, 3);
            QVERIFY2(refused.error().contains("no quorum"_L1), refused.all().constData());
            QVERIFY2(refused.error().contains("what was known stays obeyed"_L1),
                     refused.all().constData());
        }
        // One that starts now cannot read anything, and knows the drained peer from the disk.
        FleetApplication late(m_cluster.hostList(), u";OPEN_DEADLINE=2"_s, application.folder());
        const QString failure = late.line();
        QVERIFY2(failure.contains(m_addresses.at(0) + u": draining since"_s), qPrintable(failure));
        // Those who had the last quorum must find each other first.
        for (const int node : {2, 1})
            QVERIFY2(m_cluster.rejoin(node), qPrintable(m_cluster.errorString()));
        QTRY_VERIFY_WITH_TIMEOUT(isWithout(application.tell("peers"), m_addresses.at(0)), 20'000);
    }

private:
    QString poolFile() const { return m_folder.filePath(u"pools.ini"_s); }
    bool isWithout(const QString &peers, const QString &drained) const
    {
        const QStringList used = peers.split(u' ');
        return !used.contains(drained) && std::ranges::all_of(used, [this](const QString &peer) {
            return m_addresses.contains(peer);
        });
    }
    QString otherPoolFile() const { return m_folder.filePath(u"others.ini"_s); }
    static bool writePools(const QString &path, const QStringList &peers)
    {
        QFile file(path);
        return file.open(QIODevice::WriteOnly)
               && file.write("[orders]\npeers = " + peers.join(u',').toUtf8() + '\n') > 0;
    }
    QStringList forFleet(const QStringList &arguments) const
    {
        return arguments + QStringList{u"--control-schema"_s, u"qproxysql"_s,
                                       u"--pool-file"_s,      poolFile(),
                                       u"--user"_s,           u"root"_s};
    }
    QStringList drain(int node) const
    {
        return forFleet({u"drain"_s, m_addresses.at(node), u"--no-wait"_s});
    }

    QTemporaryDir m_folder;
    GaleraCluster m_cluster{3};
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
