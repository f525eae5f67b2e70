// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "scopeddatabase.h"

#include "sandbox/galeracluster.h"

#include <QtTest/QtTest>

using namespace qproxysql::sandbox;
using namespace Qt::StringLiterals;

/// A Galera node without quorum answers SELECT 1, and yet nobody must be sent there.
class tst_GaleraNode : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY2(m_cluster.start(), qPrintable(m_cluster.errorString())); }

    void isolatedNodeGetsNoConnectionUntilItIsBack()
    {
        const QString options = u"CHECK_INTERVAL=1"_s;
        const QString victim = m_cluster[2].address();
        ScopedDatabase keeper(m_cluster.hostList(), options);
        QVERIFY2(keeper.open(), qPrintable(keeper.error().text()));
        for (int i = 0; i < 30 && keeper.health(victim) != u"Up"_s; ++i) {
            ScopedDatabase db(m_cluster.hostList(), options);
            QVERIFY2(db.open(), qPrintable(db.error().text()));
        }
        QCOMPARE(keeper.health(victim), u"Up"_s);

        QVERIFY2(m_cluster.isolate(2), qPrintable(m_cluster.errorString()));
        // The first open that meets the node finds it not ready and takes another one.
        for (int i = 0; i < 60; ++i) {
            ScopedDatabase db(m_cluster.hostList(), options);
            QVERIFY2(db.open(), qPrintable(db.error().text()));
            QVERIFY2(db.currentPeer() != victim, qPrintable(u"open %1"_s.arg(i)));
        }
        QCOMPARE(keeper.health(victim), u"NotReady"_s);
        const QString why = keeper.peer(victim).value(u"lastError"_s).toString();
        QVERIFY2(why.contains(u"wsrep"_s), qPrintable(why));

        QVERIFY2(m_cluster.rejoin(2), qPrintable(m_cluster.errorString()));
        QTRY_COMPARE_WITH_TIMEOUT(keeper.health(victim), u"Up"_s, 10'000);
        bool used = false;
        for (int i = 0; i < 60 && !used; ++i) {
            ScopedDatabase db(m_cluster.hostList(), options);
            QVERIFY2(db.open(), qPrintable(db.error().text()));
            used = db.currentPeer() == victim;
        }
        QVERIFY(used);
    }

    void statementRefusedForLackOfQuorumRunsElsewhere()
    {
        QVERIFY2(m_cluster[0].executeAsRoot(u"CREATE TABLE test.g (a INT PRIMARY KEY)"_s).ok,
                 "create");
        const QString options = u"POOL=refused;BALANCE=first;CHECK_INTERVAL=1"_s;
        ScopedDatabase db(m_cluster.hostList(), options);
        QVERIFY2(db.open(), qPrintable(db.error().text()));
        QCOMPARE(db.currentPeer(), m_cluster[0].address());
        QVERIFY2(m_cluster.isolate(0), qPrintable(m_cluster.errorString()));
        QSqlQuery query(db.get());
        QVERIFY2(query.exec(u"INSERT INTO g VALUES (1)"_s), qPrintable(query.lastError().text()));
        QVERIFY(db.currentPeer() != m_cluster[0].address());
        QVERIFY2(m_cluster.rejoin(0), qPrintable(m_cluster.errorString()));
    }

private:
    GaleraCluster m_cluster{3};
};

QTEST_GUILESS_MAIN(tst_GaleraNode)
#include "tst_galeranode.moc"
