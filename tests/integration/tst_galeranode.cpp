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

    void transactionOnARefusingNodeIsLostAndSaysSo_data()
    {
        QTest::addColumn<QString>("next");
        QTest::newRow("statement") << u"INSERT INTO lost VALUES (2)"_s;
        QTest::newRow("COMMIT") << u"COMMIT"_s;
    }

    void transactionOnARefusingNodeGoesOnElsewhere_data()
    {
        QTest::addColumn<QString>("next");
        QTest::newRow("read") << u"SELECT 1 FROM replayed"_s;
        QTest::newRow("write") << u"INSERT INTO replayed VALUES (2)"_s;
        QTest::newRow("COMMIT") << u"COMMIT"_s;
    }

    void transactionOnARefusingNodeGoesOnElsewhere()
    {
        QFETCH(QString, next);
        QVERIFY(m_cluster[1]
                        .executeAsRoot(
                                u"CREATE OR REPLACE TABLE test.replayed (a INT PRIMARY KEY)"_s)
                        .ok);
        const QString first = m_cluster[0].address();
        ScopedDatabase db(m_cluster.hostList(), u"POOL=replayed;BALANCE=first;CHECK_INTERVAL=1"_s);
        QVERIFY2(db.open(), qPrintable(db.error().text()));
        QTRY_COMPARE_WITH_TIMEOUT(db.health(first), u"Up"_s, 10'000);
        QTRY_COMPARE_WITH_TIMEOUT(reopened(db), first, 10'000);
        QVERIFY(db.get().transaction());
        QSqlQuery query(db.get());
        QVERIFY2(query.exec(u"INSERT INTO replayed VALUES (1)"_s),
                 qPrintable(query.lastError().text()));
        QVERIFY2(m_cluster.isolate(0), qPrintable(m_cluster.errorString()));
        QVERIFY2(query.exec(next), qPrintable(query.lastError().text()));
        QVERIFY(db.currentPeer() != first);
        QVERIFY2(db.get().commit(), qPrintable(db.error().text()));
        QVERIFY(query.exec(u"SELECT COUNT(*) FROM replayed"_s) && query.next());
        QCOMPARE(query.value(0).toInt(), next.startsWith(u"INSERT"_s) ? 2 : 1);
        QVERIFY2(m_cluster.rejoin(0), qPrintable(m_cluster.errorString()));
    }

    void transactionOnARefusingNodeIsLostAndSaysSo()
    {
        QFETCH(QString, next);
        QVERIFY2(m_cluster[1].executeAsRoot(
                         u"CREATE TABLE IF NOT EXISTS test.lost (a INT PRIMARY KEY)"_s),
                 "create");
        const QString first = m_cluster[0].address();
        ScopedDatabase db(m_cluster.hostList(),
                          u"POOL=lost;BALANCE=first;CHECK_INTERVAL=1;RETRY_TRANSACTIONS=0"_s);
        QVERIFY2(db.open(), qPrintable(db.error().text()));
        QTRY_COMPARE_WITH_TIMEOUT(db.health(first), u"Up"_s, 10'000);
        QTRY_COMPARE_WITH_TIMEOUT(reopened(db), first, 10'000);
        QVERIFY(db.get().transaction());
        QSqlQuery query(db.get());
        QVERIFY2(query.exec(u"INSERT INTO lost VALUES (1)"_s), qPrintable(query.lastError().text()));
        QVERIFY2(m_cluster.isolate(0), qPrintable(m_cluster.errorString()));
        QVERIFY(!query.exec(next));
        const QSqlError error = query.lastError();
        QCOMPARE(error.driverText(), u"QPROXYSQL: Transaction lost"_s);
        QCOMPARE(error.nativeErrorCode(), u"1047"_s);
        if (next != u"COMMIT") {
            QVERIFY(!query.exec(u"SELECT 1"_s)); // nothing of it continues elsewhere
            QVERIFY2(db.get().rollback(), qPrintable(db.error().text()));
        }
        QVERIFY2(query.exec(u"SELECT COUNT(*) FROM lost"_s), qPrintable(query.lastError().text()));
        QVERIFY(db.currentPeer() != first);
        QVERIFY(query.next());
        QCOMPARE(query.value(0).toInt(), 0);
        QVERIFY2(m_cluster.rejoin(0), qPrintable(m_cluster.errorString()));
    }

private:
    static QString reopened(ScopedDatabase &db)
    {
        db.get().close();
        return db.open() ? db.currentPeer() : db.error().text();
    }

    GaleraCluster m_cluster{3};
};

QTEST_GUILESS_MAIN(tst_GaleraNode)
#include "tst_galeranode.moc"
