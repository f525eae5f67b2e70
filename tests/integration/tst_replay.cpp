// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "replaytest.h"

#include <thread>

/// Transactions that are replayed after their session was lost.
class tst_Replay : public ReplayTest
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { start(); }
    void init() { renew(); }

    void nothingIsNoticed_data()
    {
        QTest::addColumn<QString>("begin");
        QTest::addColumn<bool>("isPrepared");
        QTest::newRow("transaction()") << QString() << false;
        QTest::newRow("BEGIN") << u"BEGIN"_s << false;
        QTest::newRow("autocommit=0") << u"SET autocommit=0"_s << false;
        QTest::newRow("one-shot characteristics")
                << u"SET TRANSACTION ISOLATION LEVEL READ COMMITTED"_s << false;
        QTest::newRow("prepared") << QString() << true;
    }

    void nothingIsNoticed()
    {
        QFETCH(QString, begin);
        QFETCH(bool, isPrepared);
        ScopedDatabase db(hosts(), options());
        QVERIFY2(db.openOn(m_relay->address()), qPrintable(db.error().text()));
        QSqlQuery query(db.get());
        QVERIFY(begin.isEmpty() ? db.get().transaction() : query.exec(begin));
        if (begin.startsWith(u"SET TRANSACTION"_s))
            QVERIFY(query.exec(u"START TRANSACTION"_s));
        const auto run = [&](const QString &sql, const QVariantList &values) {
            if (isPrepared) {
                if (!query.prepare(sql))
                    return false;
                for (const QVariant &value : values)
                    query.addBindValue(value);
                return query.exec();
            }
            QString text = sql;
            for (const QVariant &value : values)
                text.replace(text.indexOf(u'?'), 1, value.toString());
            return query.exec(text);
        };
        QVERIFY2(run(u"SELECT v, 1.5e0, TIMESTAMP'2026-01-02 03:04:05.6', TIME'10:00:00', v + 0.5, "
                     "'text', NULL, REPEAT('x', 3000) FROM t WHERE id = ? FOR UPDATE"_s,
                     {1}),
                 qPrintable(query.lastError().text()));
        QVERIFY(run(u"UPDATE t SET v = v + ? WHERE id = 1"_s, {1}));
        QCOMPARE(query.numRowsAffected(), 1);
        QVERIFY(run(u"INSERT INTO t (v) VALUES (?)"_s, {30}));
        const int id = query.lastInsertId().toInt();
        QVERIFY(id > 0);
        QVERIFY(isPrepared || query.exec(u"SELECT ROW_COUNT(), LAST_INSERT_ID()"_s));
        QVERIFY(run(u"SAVEPOINT a"_s, {}));
        QVERIFY(run(u"UPDATE t SET v = 0"_s, {}));
        QVERIFY(run(u"ROLLBACK TO a"_s, {}));
        QVERIFY2(!run(u"INSERT INTO t VALUES (1, ?)"_s, {1}), "a duplicate");
        m_relay->cutConnections();
        QVERIFY2(run(u"UPDATE t SET v = v + ? WHERE id = 2"_s, {1}),
                 qPrintable(query.lastError().text()));
        QCOMPARE(query.numRowsAffected(), 1);
        QCOMPARE(db.currentPeer(), m_servers[0].address());
        QVERIFY(run(u"INSERT INTO t (v) VALUES (?)"_s, {40}));
        const int nextId = query.lastInsertId().toInt();
        QVERIFY(nextId > id);
        QCOMPARE(rows(), u"1:10,2:20"_s);
        QVERIFY2(db.get().commit(), qPrintable(db.error().text()));
        QCOMPARE(rows(), u"1:11,2:21,%1:30,%2:40"_s.arg(id).arg(nextId));
    }

    // The new session would number them 1 apart.
    void severalKeys_data()
    {
        QTest::addColumn<QString>("sql");
        QTest::addColumn<bool>("isReplayed");
        const auto row = [](const char *name, const QString &sql, bool isReplayed) {
            QTest::newRow(name) << sql << isReplayed;
        };
        row("text", u"INSERT INTO t (v) VALUES (30), (40), (50)"_s, true);
        row("prepared", u"INSERT INTO t (v) VALUES (?), (?), (?)"_s, true);
        row("keys of its own", u"INSERT INTO t VALUES (NULL, 30), (NULL, 40), (NULL, 50)"_s, false);
        row("SELECT", u"INSERT INTO t (v) SELECT seq FROM seq_1_to_3"_s, false);
        row("IGNORE", u"INSERT IGNORE INTO t (v) VALUES (30), (40), (50)"_s, false);
    }

    void severalKeys()
    {
        QFETCH(QString, sql);
        QFETCH(bool, isReplayed);
        byOthers(u"SET GLOBAL auto_increment_increment = 5, GLOBAL auto_increment_offset = 2"_s);
        ScopedDatabase db(hosts(), options(u";MAX_IDLE=0"_s));
        const bool isOpen = db.openOn(m_relay->address());
        byOthers(u"SET GLOBAL auto_increment_increment = 1, GLOBAL auto_increment_offset = 1"_s);
        QVERIFY2(isOpen, qPrintable(db.error().text()));
        QSqlQuery query(db.get());
        QVERIFY(db.get().transaction());
        QVERIFY(query.prepare(sql));
        for (int i = 0; i < sql.count(u'?'); ++i)
            query.addBindValue(30 + 10 * i);
        QVERIFY2(sql.contains(u'?') ? query.exec() : query.exec(sql),
                 qPrintable(query.lastError().text()));
        const int first = query.lastInsertId().toInt();
        m_relay->cutConnections();
        QCOMPARE(query.exec(u"UPDATE t SET v = 11 WHERE id = 1"_s), isReplayed);
        if (!isReplayed) {
            QVERIFY2(query.lastError().text().contains(u"generated keys"_s),
                     qPrintable(query.lastError().text()));
            QVERIFY(db.get().rollback());
            return;
        }
        // The steps are not those of the session.
        QVERIFY(query.exec(u"INSERT INTO t (v) VALUES (-1), (-2)"_s));
        const int next = query.lastInsertId().toInt();
        QVERIFY(db.get().commit());
        QCOMPARE(asRoot(u"SELECT GROUP_CONCAT(id ORDER BY v) FROM test.t WHERE v >= 30"_s),
                 u"%1,%2,%3"_s.arg(first).arg(first + 5).arg(first + 10));
        QCOMPARE(asRoot(u"SELECT GROUP_CONCAT(id ORDER BY v DESC) FROM test.t WHERE v < 0"_s),
                 u"%1,%2"_s.arg(next).arg(next + 1));
    }

    void commitThatWasNotSent()
    {
        ScopedDatabase db(hosts(), options());
        QVERIFY2(db.openOn(m_relay->address()), qPrintable(db.error().text()));
        QSqlQuery query(db.get());
        QVERIFY(db.get().transaction());
        QVERIFY(query.exec(u"UPDATE t SET v = 11 WHERE id = 1"_s));
        m_relay->cutConnections();
        QVERIFY2(db.get().commit(), qPrintable(db.error().text()));
        QCOMPARE(rows(), u"1:11,2:20"_s);
    }

    // The statement that was lost is done once.
    void lostInFlight_data()
    {
        QTest::addColumn<int>("moment");
        QTest::newRow("before") << int(Relay::CutMoment::BeforeRequest);
        QTest::newRow("after") << int(Relay::CutMoment::AfterAnswer);
    }

    void lostInFlight()
    {
        QFETCH(int, moment);
        ScopedDatabase db(hosts(), options());
        QVERIFY2(db.openOn(m_relay->address()), qPrintable(db.error().text()));
        QSqlQuery query(db.get());
        QVERIFY(db.get().transaction());
        QVERIFY(query.exec(u"UPDATE t SET v = v + 1 WHERE id = 1"_s));
        m_relay->cutOnce("UPDATE t SET v = v + 5", Relay::CutMoment(moment));
        QVERIFY2(query.exec(u"UPDATE t SET v = v + 5 WHERE id = 2"_s),
                 qPrintable(query.lastError().text()));
        QVERIFY2(db.get().commit(), qPrintable(db.error().text()));
        QCOMPARE(rows(), u"1:11,2:25"_s);
    }

    // Else the application would read what another session has left.
    void lockTimesAreAsBefore()
    {
        ScopedDatabase db(hosts(), options());
        QVERIFY2(db.openOn(m_relay->address()), qPrintable(db.error().text()));
        const QString times =
                u"SELECT CONCAT(@@innodb_lock_wait_timeout, ' ', @@lock_wait_timeout)"_s;
        const QVariant before = db.value(times);
        QVERIFY(db.get().transaction());
        QVERIFY(QSqlQuery(db.get()).exec(u"UPDATE t SET v = 3 WHERE id = 1"_s));
        m_relay->cutConnections();
        QCOMPARE(db.value(times), before);
        QCOMPARE(db.currentPeer(), m_servers[0].address());
        QVERIFY(db.get().commit());
    }

    // Somebody else holds the lock: no longer than OPEN_DEADLINE.
    // The server undoes the transaction that has written less.
    void conflictInside()
    {
        ScopedDatabase db(hosts(), options());
        QVERIFY2(db.openOn(m_relay->address()), qPrintable(db.error().text()));
        QSqlQuery mine(db.get());
        QVERIFY(db.get().transaction());
        QVERIFY(mine.exec(u"UPDATE t SET v = v + 1 WHERE id = 1"_s));
        std::thread other([&] {
            ScopedDatabase others(m_servers[0].address(), options(u";RETRY_TRANSACTIONS=0"_s));
            QVERIFY(others.open());
            QSqlQuery query(others.get());
            QVERIFY(others.get().transaction());
            QVERIFY(query.exec(u"INSERT INTO t (v) VALUES (1), (2), (3), (4), (5)"_s));
            QVERIFY(query.exec(u"UPDATE t SET v = v + 100 WHERE id = 2"_s));
            QVERIFY(query.exec(u"UPDATE t SET v = v + 100 WHERE id = 1"_s)); // waits
            QVERIFY(others.get().commit());
        });
        QTRY_COMPARE(m_servers[0]
                             .executeAsRoot(u"SELECT COUNT(*) FROM information_schema.PROCESSLIST "
                                            "WHERE STATE = 'Updating' "
                                            "AND INFO LIKE '%+ 100 WHERE id = 1'"_s)
                             .value(),
                     u"1"_s);
        const bool done = mine.exec(u"UPDATE t SET v = v + 1 WHERE id = 2"_s);
        other.join();
        QVERIFY2(done, qPrintable(mine.lastError().text()));
        QVERIFY2(db.get().commit(), qPrintable(db.error().text()));
        QVERIFY2(rows().startsWith(u"1:111,2:121,"_s), qPrintable(rows()));
    }
};

QTEST_MAIN(tst_Replay)
#include "tst_replay.moc"
