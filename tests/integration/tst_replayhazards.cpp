// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "replaytest.h"

#include <functional>

/// Cases in which a replay could write something twice, partly or differently. The peers are
/// ways to one server, as in tst_replay.
class tst_ReplayHazards : public ReplayTest
{
    Q_OBJECT

public:
    tst_ReplayHazards()
        : ReplayTest(Relays::Two)
    {
    }

private Q_SLOTS:
    void initTestCase()
    {
        start(u"CREATE TABLE test.b (id INT PRIMARY KEY, data BLOB) "
              "ENGINE=InnoDB;"
              "CREATE TABLE test.fuse (n INT) ENGINE=Aria;"
              "CREATE SEQUENCE test.s;"
              "CREATE TABLE test.l (id INT, p INT DEFAULT (LASTVAL(test.s))) "
              "ENGINE=InnoDB;"
              "CREATE FUNCTION test.blow() RETURNS INT MODIFIES SQL DATA BEGIN "
              "IF (SELECT COUNT(*) FROM test.fuse) > 0 THEN "
              "DELETE FROM test.fuse; "
              "SIGNAL SQLSTATE '40001' SET MYSQL_ERRNO = 1213; END IF; "
              "RETURN 1; END;"
              "CREATE VIEW test.blows AS SELECT test.blow() AS n"_s);
    }
    void init()
    {
        renew();
        byOthers(u"DELETE FROM test.b"_s);
    }

    // It would be run, and committed, before BEGIN.
    void failureBeforeBegin_data()
    {
        QTest::addColumn<QString>("first");
        QTest::newRow("savepoint") << u"ROLLBACK TO nosuch"_s;
        QTest::newRow("characteristics") << u"SET TRANSACTION ISOLATION LEVEL READ COMMITTED"_s;
        QTest::newRow("begin") << u"START TRANSACTION READ ONLY, READ WRITE"_s;
    }

    void failureBeforeBegin()
    {
        QFETCH(QString, first);
        ScopedDatabase db(hosts(), options());
        QVERIFY2(db.openOn(m_relay->address()), qPrintable(db.error().text()));
        QSqlQuery query(db.get());
        query.exec(first);
        QVERIFY2(!query.exec(u"INSERT INTO t VALUES (1, 99)"_s), "a duplicate");
        QVERIFY(db.get().transaction());
        QVERIFY(query.exec(u"UPDATE t SET v = 21 WHERE id = 2"_s));
        m_relay->cutConnections();
        byOthers(u"DELETE FROM test.t WHERE id = 1"_s);
        query.exec(u"UPDATE t SET v = v + 1 WHERE id = 2"_s);
        db.get().rollback();
        QCOMPARE(rows(), u"2:20"_s);
    }

    // The server begins the next transaction by itself.
    void chainedByServer()
    {
        byOthers(u"SET GLOBAL completion_type = 1"_s);
        ScopedDatabase db(hosts(), options());
        const bool isOpen = db.openOn(m_relay->address());
        QSqlQuery query(db.get());
        const bool isDone = db.get().transaction()
                            && query.exec(u"UPDATE t SET v = v + 1 WHERE id = 1"_s)
                            && db.get().commit()
                            && query.exec(u"UPDATE t SET v = v + 1 WHERE id = 2"_s);
        m_relay->cutConnections();
        query.exec(u"UPDATE t SET v = v + 1 WHERE id = 2"_s);
        db.get().commit();
        byOthers(u"SET GLOBAL completion_type = 0"_s);
        QVERIFY(isOpen && isDone);
        QVERIFY2(rows().startsWith(u"1:11,"_s), qPrintable(rows()));
    }

    void valuesThatAreNotOwned()
    {
        ScopedDatabase db(hosts(), options());
        QVERIFY2(db.openOn(m_relay->address()), qPrintable(db.error().text()));
        QSqlQuery query(db.get());
        QVERIFY(db.get().transaction());
        QVERIFY(query.prepare(u"INSERT INTO b VALUES (?, ?)"_s));
        char bytes[] = "first";
        char16_t text[] = u"first";
        query.addBindValue(1);
        query.addBindValue(QByteArray::fromRawData(bytes, 5));
        QVERIFY(query.exec());
        query.addBindValue(2);
        query.addBindValue(QString::fromRawData(reinterpret_cast<QChar *>(text), 5));
        QVERIFY(query.exec());
        char16_t sql[] = u"INSERT INTO b VALUES (3, 'first')";
        QVERIFY(query.exec(QString::fromRawData(reinterpret_cast<QChar *>(sql), 33)));
        std::copy_n("other", 5, bytes);
        std::copy_n(u"other", 5, text);
        std::copy_n(u"other", 5, sql + 26);
        m_relay->cutConnections();
        QVERIFY2(db.get().commit(), qPrintable(db.error().text()));
        QCOMPARE(asRoot(u"SELECT GROUP_CONCAT(data ORDER BY id) FROM test.b"_s),
                 u"first,first,first"_s);
    }

    // 1213 that has not undone the transaction.
    void conflictThatUndoesNothing()
    {
        ScopedDatabase db(hosts(), options());
        QVERIFY2(db.openOn(m_relay->address()), qPrintable(db.error().text()));
        QSqlQuery query(db.get());
        QVERIFY(db.get().transaction());
        QVERIFY(query.exec(u"UPDATE t SET v = v + 1 WHERE id = 1"_s));
        byOthers(u"INSERT INTO test.fuse VALUES (1)"_s);
        QVERIFY2(query.exec(u"SELECT n FROM blows"_s), qPrintable(query.lastError().text()));
        QVERIFY(db.get().commit());
        QCOMPARE(rows(), u"1:11,2:20"_s);
    }

    void commitThatIsLostAfterReplay()
    {
        ScopedDatabase db(hosts(), options());
        QVERIFY2(db.openOn(m_relay->address()), qPrintable(db.error().text()));
        QSqlQuery query(db.get());
        QVERIFY(db.get().transaction());
        QVERIFY(query.exec(u"UPDATE t SET v = v + 1 WHERE id = 1"_s));
        m_relay->cutConnections();
        m_second->cutOnce("COMMIT", Relay::CutMoment::AfterAnswer);
        QVERIFY(!db.get().commit());
        QVERIFY2(db.error().text().contains(u"may"_s), qPrintable(db.error().text()));
        QCOMPARE(rows(), u"1:11,2:20"_s);
    }

    void lostWhileReplayed()
    {
        ScopedDatabase db(hosts(), options());
        QVERIFY2(db.openOn(m_relay->address()), qPrintable(db.error().text()));
        QSqlQuery query(db.get());
        QVERIFY(db.get().transaction());
        QVERIFY(query.exec(u"UPDATE t SET v = v + 1 WHERE id = 1"_s));
        QVERIFY(query.exec(u"UPDATE t SET v = v + 2 WHERE id = 2"_s));
        m_relay->cutConnections();
        m_second->cutOnce("v + 2", Relay::CutMoment::AfterAnswer);
        QVERIFY2(query.exec(u"UPDATE t SET v = v + 3 WHERE id = 1"_s),
                 qPrintable(query.lastError().text()));
        QVERIFY(db.get().commit());
        QCOMPARE(rows(), u"1:14,2:22"_s);
    }

    void sequenceThatIsWritten()
    {
        ScopedDatabase db(hosts(), options());
        QVERIFY2(db.openOn(m_relay->address()), qPrintable(db.error().text()));
        QSqlQuery query(db.get());
        QVERIFY(db.get().transaction());
        QVERIFY2(query.exec(u"INSERT INTO s VALUES (500, 1, 1000000, 1, 1, 0, 0, 0)"_s),
                 qPrintable(query.lastError().text()));
        m_relay->cutConnections();
        QVERIFY(!query.exec(u"SELECT 1"_s));
        QVERIFY2(query.lastError().text().contains(u"not transactional"_s),
                 qPrintable(query.lastError().text()));
    }

    void tablesAreAskedForOnce()
    {
        ScopedDatabase db(hosts(), options());
        QVERIFY2(db.openOn(m_relay->address()), qPrintable(db.error().text()));
        QSqlQuery query(db.get());
        QVERIFY(query.exec(u"ALTER TABLE t COMMENT ''"_s)); // forgets what other tests have asked
        for (int asked : {1, 0}) {
            m_second->resetCounts();
            QVERIFY2(db.openOn(m_relay->address()), qPrintable(db.error().text()));
            QVERIFY(db.get().transaction());
            QVERIFY(query.exec(u"UPDATE t SET v = v + 1 WHERE id = 1"_s));
            m_relay->cutConnections();
            QVERIFY2(db.get().commit(), qPrintable(db.error().text()));
            QCOMPARE(db.currentPeer(), m_second->address());
            QCOMPARE(m_second->statements().filter(u"information_schema.ENGINES"_s).size(), asked);
        }
        QCOMPARE(rows(), u"1:12,2:20"_s);
    }

    void characteristicsWithoutAutocommit()
    {
        ScopedDatabase db(hosts(), options());
        QVERIFY2(db.openOn(m_relay->address()), qPrintable(db.error().text()));
        QSqlQuery query(db.get());
        QVERIFY(query.exec(u"SET autocommit=0"_s));
        QVERIFY(query.exec(u"SET TRANSACTION ISOLATION LEVEL READ COMMITTED"_s));
        QVERIFY(query.exec(u"UPDATE t SET v = v + 1 WHERE id = 1"_s));
        QVERIFY(query.exec(u"SELECT v FROM t WHERE id = 2"_s));
        m_relay->cutConnections();
        QVERIFY2(query.exec(u"SELECT v FROM t WHERE id = 1"_s),
                 qPrintable(query.lastError().text()));
        byOthers(u"UPDATE test.t SET v = 21 WHERE id = 2"_s);
        QVERIFY(query.exec(u"SELECT v FROM t WHERE id = 2"_s) && query.next());
        QCOMPARE(query.value(0).toInt(), 21);
        QVERIFY(db.get().commit());
        QCOMPARE(rows(), u"1:11,2:21"_s);
    }

    void closedByHandler()
    {
        ScopedDatabase db(hosts(), options());
        QVERIFY2(db.openOn(m_relay->address()), qPrintable(db.error().text()));
        QSqlQuery query(db.get());
        QVERIFY(db.get().transaction());
        QVERIFY(query.exec(u"UPDATE t SET v = v + 1 WHERE id = 1"_s));
        int replays = 0;
        m_closes = [&] {
            ++replays;
            db.get().close();
        };
        QVERIFY(connect(db.get().driver(), SIGNAL(transactionReplayed(QString, QString, QString)),
                        this, SLOT(onReplayed())));
        m_relay->cutConnections();
        query.exec(u"UPDATE t SET v = v + 1 WHERE id = 1"_s);
        QCOMPARE(replays, 1);
        m_closes = {};
        QTRY_COMPARE(rows(), u"1:10,2:20"_s);
    }

    // Results and handles from before.
    void olderQueries()
    {
        ScopedDatabase db(hosts(), options());
        QVERIFY2(db.openOn(m_relay->address()), qPrintable(db.error().text()));
        QSqlQuery add(db.get());
        QVERIFY(add.prepare(u"INSERT INTO t (v) VALUES (:v)"_s));
        QSqlQuery reader(db.get());
        reader.setForwardOnly(true);
        QSqlQuery prepared(db.get());
        prepared.setForwardOnly(true);
        QVERIFY(db.get().transaction());
        QVERIFY(reader.exec(u"SELECT id FROM t WHERE id < 5 ORDER BY id"_s) && reader.next());
        QVERIFY(prepared.prepare(u"SELECT id FROM t WHERE id < ? ORDER BY id"_s));
        prepared.addBindValue(5);
        QVERIFY(prepared.exec() && prepared.next());
        add.bindValue(u":v"_s, 30);
        QVERIFY(add.exec());
        const int id = add.lastInsertId().toInt();
        QSqlQuery returning(db.get());
        QVERIFY(returning.exec(u"INSERT INTO t (v) VALUES (35) RETURNING v"_s));
        const QVariant returned = returning.lastInsertId();
        m_relay->cutConnections();
        byOthers(u"INSERT INTO test.t VALUES (100, 0)"_s);
        QSqlQuery other(db.get());
        QVERIFY2(other.exec(u"UPDATE t SET v = 11 WHERE id = 1"_s),
                 qPrintable(other.lastError().text()));
        QCOMPARE(add.lastInsertId().toInt(), id);
        QCOMPARE(returning.lastInsertId(), returned);
        QVERIFY(reader.next());
        QCOMPARE(reader.value(0).toInt(), 2);
        QVERIFY(prepared.next());
        QCOMPARE(prepared.value(0).toInt(), 2);
        add.bindValue(u":v"_s, 40);
        QVERIFY2(add.exec(), qPrintable(add.lastError().text()));
        QVERIFY(db.get().commit());
        QCOMPARE(asRoot(u"SELECT v FROM test.t WHERE id = %1"_s.arg(id)), u"30"_s);
        QCOMPARE(asRoot(u"SELECT COUNT(*) FROM test.t"_s), u"6"_s);
    }

    // A key that the INSERT did not take is not that of the next one.
    void keyThatIsNotTaken()
    {
        ScopedDatabase db(hosts(), options());
        QVERIFY2(db.openOn(m_relay->address()), qPrintable(db.error().text()));
        QSqlQuery query(db.get());
        QVERIFY(db.get().transaction());
        QVERIFY(query.exec(u"INSERT INTO t VALUES (50, 1)"_s));
        QVERIFY(query.exec(u"INSERT INTO b VALUES (LAST_INSERT_ID(70), 'x')"_s));
        m_relay->cutConnections();
        QVERIFY2(query.exec(u"INSERT INTO t (v) VALUES (2)"_s),
                 qPrintable(query.lastError().text()));
        QCOMPARE(query.lastInsertId().toInt(), 51);
        QVERIFY(db.get().commit());
        QCOMPARE(asRoot(u"SELECT id FROM test.b"_s), u"70"_s);
    }

    void reopened()
    {
        ScopedDatabase db(hosts(), options());
        QVERIFY2(db.openOn(m_relay->address()), qPrintable(db.error().text()));
        QVERIFY(db.get().transaction());
        QVERIFY(QSqlQuery(db.get()).exec(u"UPDATE t SET v = v + 1 WHERE id = 1"_s));
        db.get().close();
        QVERIFY2(db.openOn(m_relay->address()), qPrintable(db.error().text()));
        QSqlQuery query(db.get());
        QVERIFY(db.get().transaction());
        QVERIFY(query.exec(u"UPDATE t SET v = v + 1 WHERE id = 2"_s));
        m_relay->cutConnections();
        QVERIFY2(query.exec(u"UPDATE t SET v = v + 1 WHERE id = 2"_s),
                 qPrintable(query.lastError().text()));
        QVERIFY(db.get().commit());
        QCOMPARE(rows(), u"1:10,2:22"_s);
    }

    // The record knows what a handler does.
    void statementsInHandler()
    {
        ScopedDatabase db(hosts(), options());
        QVERIFY2(db.openOn(m_relay->address()), qPrintable(db.error().text()));
        QSqlQuery query(db.get());
        QVERIFY(db.get().transaction());
        QVERIFY(query.exec(u"UPDATE t SET v = v + 1 WHERE id = 1"_s));
        m_closes = [&] {
            m_closes = {};
            QVERIFY(QSqlQuery(db.get()).exec(u"UPDATE t SET v = v + 10 WHERE id = 1"_s));
        };
        QVERIFY(connect(db.get().driver(), SIGNAL(transactionReplayed(QString, QString, QString)),
                        this, SLOT(onReplayed())));
        m_relay->cutConnections();
        QVERIFY(query.exec(u"UPDATE t SET v = v + 1 WHERE id = 2"_s));
        QVERIFY(query.exec(u"UPDATE t SET v = v + 1 WHERE id = 2"_s));
        m_second->cutConnections();
        QVERIFY2(query.exec(u"UPDATE t SET v = v + 1 WHERE id = 2"_s),
                 qPrintable(query.lastError().text()));
        QVERIFY(db.get().commit());
        QCOMPARE(rows(), u"1:21,2:23"_s);
    }

    // A query that is killed is an answer of its own.
    void killedQuery()
    {
        ScopedDatabase db(hosts(), options());
        QVERIFY2(db.openOn(m_relay->address()), qPrintable(db.error().text()));
        QSqlQuery query(db.get());
        QVERIFY(db.get().transaction());
        QVERIFY(query.exec(u"UPDATE t SET v = v + 1 WHERE id = 1"_s));
        QVERIFY(query.exec(u"SET STATEMENT max_statement_time = 0.05 FOR SELECT 1"_s));
        QVERIFY(!query.exec(u"SET STATEMENT max_statement_time = 0.05 FOR "
                            "UPDATE t SET v = v + 1 WHERE id = 2 AND SLEEP(1) = 0"_s));
        m_relay->cutConnections();
        query.exec(u"UPDATE t SET v = v + 1 WHERE id = 2"_s);
        QVERIFY(query.lastError().text().contains(u"Transaction lost"_s));
        db.get().rollback();
        QCOMPARE(rows(), u"1:10,2:20"_s);
    }

    // What the session had before the transaction.
    void defaultOfSession()
    {
        ScopedDatabase db(hosts(), options());
        QVERIFY2(db.openOn(m_relay->address()), qPrintable(db.error().text()));
        QSqlQuery query(db.get());
        QVERIFY(query.exec(u"SELECT NEXTVAL(s)"_s));
        QVERIFY(db.get().transaction());
        QVERIFY(query.exec(u"INSERT INTO l (id) VALUES (1)"_s));
        m_relay->cutConnections();
        QVERIFY(!query.exec(u"UPDATE t SET v = 11 WHERE id = 1"_s));
        QVERIFY2(query.lastError().text().contains(u"an earlier statement"_s),
                 qPrintable(query.lastError().text()));
        QVERIFY(db.get().rollback());
    }

public Q_SLOTS:
    void onReplayed()
    {
        if (m_closes)
            m_closes();
    }

private:
    std::function<void()> m_closes;
};

QTEST_MAIN(tst_ReplayHazards)
#include "tst_replayhazards.moc"
