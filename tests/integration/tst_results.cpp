// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "scopeddatabase.h"

#include "sandbox/relay.h"
#include "sandbox/servergroup.h"

#include <QtSql/QSqlQueryModel>
#include <QtSql/QSqlRecord>
#include <QtTest/QtTest>

using namespace qproxysql::sandbox;
using namespace Qt::StringLiterals;

/// Results that are open while their connection moves. A relay stands before the first server, so that
/// a session can be lost at any moment; the second server is reached directly.
class tst_Results : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(m_servers.start(), qPrintable(m_servers.errorString()));
        QVERIFY2(m_servers.executeEverywhere(
                         u"CREATE TABLE test.t (id INT PRIMARY KEY AUTO_INCREMENT, a INT)"_s),
                 qPrintable(m_servers.errorString()));
        m_relay = std::make_unique<Relay>(m_servers[0].port());
        QVERIFY2(m_relay->isListening(), qPrintable(m_relay->errorString()));
    }

    /// Each test has a connection through the relay and a pool of its own.
    void init()
    {
        m_db = std::make_unique<ScopedDatabase>(m_relay->address() + u',' + m_servers[1].address(),
                                                u"BALANCE=first;POOL=results%1"_s.arg(++m_pools));
        QTRY_VERIFY2(isOpenOnFirst(), qPrintable(m_db->error().text()));
    }

    void cleanup() { m_db.reset(); }

    void rowsStayReadable_data()
    {
        QTest::addColumn<bool>("isPrepared");
        QTest::addColumn<bool>("isForwardOnly");
        QTest::addColumn<bool>("isInFlight");
        for (const bool isPrepared : {false, true}) {
            for (const bool isForwardOnly : {false, true}) {
                for (const bool isInFlight : {false, true})
                    QTest::addRow("%s%s, %s", isPrepared ? "prepared" : "text",
                                  isForwardOnly ? ", forward only" : "",
                                  isInFlight ? "lost in flight" : "found closed")
                            << isPrepared << isForwardOnly << isInFlight;
            }
        }
    }

    void rowsStayReadable()
    {
        QFETCH(bool, isPrepared);
        QFETCH(bool, isForwardOnly);
        QFETCH(bool, isInFlight);
        QSqlQuery query(m_db->get());
        query.setForwardOnly(isForwardOnly);
        const QString sql = u"SELECT seq, REPEAT('x', 3000) AS text FROM seq_1_to_600"_s;
        QVERIFY2(isPrepared ? query.prepare(sql) && query.exec() : query.exec(sql),
                 qPrintable(query.lastError().text()));
        for (int row = 1; row <= 10; ++row)
            QVERIFY(query.next());
        move(isInFlight);

        QCOMPARE(query.value(0).toInt(), 10);
        for (int row = 11; row <= 600; ++row) {
            QVERIFY2(query.next(), qPrintable(query.lastError().text()));
            QCOMPARE(query.value(0).toInt(), row);
            QCOMPARE(query.value(1).toString().size(), 3000);
        }
        QVERIFY(!query.next());
        QVERIFY2(!query.lastError().isValid(), qPrintable(query.lastError().text()));
        QCOMPARE(query.size(), 600);
        QCOMPARE(query.record().fieldName(1), u"text"_s);
        if (isForwardOnly)
            return;
        QVERIFY(query.seek(4) && query.value(0).toInt() == 5);
        QVERIFY(query.last() && query.value(0).toInt() == 600);
        QVERIFY(query.previous() && query.value(0).toInt() == 599);
        QVERIFY(query.first() && query.value(0).toInt() == 1);
        QVERIFY(query.seek(9, true) && query.value(0).toInt() == 10);
    }

    void whatAWriteToldStaysTold_data()
    {
        QTest::addColumn<bool>("isPrepared");
        QTest::addColumn<bool>("isInFlight");
        QTest::newRow("text, found closed") << false << false;
        QTest::newRow("text, lost in flight") << false << true;
        QTest::newRow("prepared, found closed") << true << false;
        QTest::newRow("prepared, lost in flight") << true << true;
    }

    void whatAWriteToldStaysTold()
    {
        QFETCH(bool, isPrepared);
        QFETCH(bool, isInFlight);
        QSqlQuery query(m_db->get());
        const QString sql = u"INSERT INTO t(a) VALUES (1), (2)"_s;
        QVERIFY2(isPrepared ? query.prepare(sql) && query.exec() : query.exec(sql),
                 qPrintable(query.lastError().text()));
        const int id = query.lastInsertId().toInt();
        QVERIFY(id > 0);
        QSqlQuery wrong(m_db->get());
        QVERIFY(!wrong.exec(u"SELECT nothing FROM t"_s));
        move(isInFlight);
        QSqlQuery later(m_db->get());
        QVERIFY2(later.exec(u"INSERT INTO t(id, a) VALUES (%1, 3)"_s.arg(id + 1000)),
                 qPrintable(later.lastError().text()));
        QCOMPARE(query.lastInsertId().toInt(), id);
        QCOMPARE(query.numRowsAffected(), 2);
        QVERIFY(!query.lastError().isValid());
        QCOMPARE(wrong.lastError().nativeErrorCode(), u"1054"_s);
        m_servers.executeEverywhere(u"DELETE FROM test.t"_s);
    }

    void resultsNotFetchedYetAreLostByName()
    {
        QSqlQuery query(m_db->get());
        QVERIFY(query.exec(u"SELECT 1; SELECT 2; SELECT 3"_s));
        QVERIFY(query.next());
        m_relay->pause(); // or a recheck may take the peer back before the next statement
        const auto resume = qScopeGuard([this] { m_relay->resume(); });
        m_relay->cutConnections();
        QSqlQuery other(m_db->get());
        QVERIFY(!other.exec(u"SELECT 4"_s));
        QVERIFY2(other.lastError().databaseText().contains(u"pending_results"_s),
                 qPrintable(other.lastError().databaseText()));
        QVERIFY2(other.exec(u"SELECT 4"_s), qPrintable(other.lastError().text()));
        QCOMPARE(m_db->currentPeer(), m_servers[1].address());
        QCOMPARE(query.value(0).toInt(), 1);
        if (query.nextResult()) // had arrived before the session was lost
            QVERIFY(query.next() && query.value(0).toInt() == 2);
        QVERIFY(other.next() && other.value(0).toInt() == 4);
    }

    void nextResultAfterAMoveIsNoneOfTheNewSession()
    {
        QSqlQuery query(m_db->get());
        QVERIFY(query.exec(u"SELECT 1; SELECT 2"_s));
        QVERIFY(query.nextResult() && query.next());
        QVERIFY(!query.nextResult());
        QVERIFY(query.exec(u"SELECT seq FROM seq_1_to_3"_s) && query.next());
        move(false);
        QSqlQuery other(m_db->get());
        QVERIFY(other.exec(u"SELECT 4; SELECT 5"_s));
        QVERIFY(!query.nextResult());
        QVERIFY(other.nextResult() && other.next());
        QCOMPARE(other.value(0).toInt(), 5);
    }

    void finishedQueryRunsAgainElsewhere_data()
    {
        QTest::addColumn<bool>("isForwardOnly");
        QTest::newRow("seekable") << false;
        QTest::newRow("forward only") << true;
    }

    void finishedQueryRunsAgainElsewhere()
    {
        QFETCH(bool, isForwardOnly);
        QSqlQuery query(m_db->get());
        query.setForwardOnly(isForwardOnly);
        QVERIFY(query.prepare(u"SELECT seq FROM seq_1_to_600 WHERE seq > ?"_s));
        query.addBindValue(100);
        QVERIFY(query.exec() && query.next());
        move(false);
        query.finish();
        QVERIFY(!query.isActive() && !query.next());
        QVERIFY2(query.exec(), qPrintable(query.lastError().text()));
        QVERIFY(query.next());
        QCOMPARE(query.value(0).toInt(), 101);
    }

    void modelKeepsItsRows()
    {
        QSqlQueryModel model;
        model.setQuery(u"SELECT seq FROM seq_1_to_600"_s, m_db->get());
        QVERIFY(model.data(model.index(3, 0)).isValid());
        move(false);
        while (model.canFetchMore())
            model.fetchMore();
        QCOMPARE(model.rowCount(), 600);
        for (const int row : {599, 0, 255, 256, 30})
            QCOMPARE(model.data(model.index(row, 0)).toInt(), row + 1);
    }

private:
    bool isOpenOnFirst()
    {
        m_db->get().close();
        return m_db->open() && m_db->currentPeer() == m_relay->address();
    }

    /// The connection loses its session and goes on at the other peer.
    void move(bool isInFlight)
    {
        if (isInFlight)
            m_relay->cutOnce("SELECT 41 + 1", Relay::CutMoment::AfterAnswer);
        else
            m_relay->cutConnections();
        QCOMPARE(m_db->value(u"SELECT 41 + 1"_s).toInt(), 42);
        QCOMPARE(m_db->currentPeer(), m_servers[1].address());
    }

    ServerGroup m_servers{2};
    std::unique_ptr<Relay> m_relay;
    std::unique_ptr<ScopedDatabase> m_db;
    int m_pools = 0;
};

QTEST_GUILESS_MAIN(tst_Results)
#include "tst_results.moc"
