// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "replaytest.h"

#include <algorithm>
#include <atomic>
#include <set>
#include <thread>

/// Transactions that cannot be replayed: the application gets an error that says why, and nothing is written.
class tst_ReplayLimits : public ReplayTest
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        start(u"CREATE TABLE test.aria (id INT) ENGINE=Aria;"
              "CREATE TABLE test.u (id INT PRIMARY KEY) ENGINE=InnoDB;"
              "CREATE TABLE test.triggered (id INT) ENGINE=InnoDB;"
              "CREATE TRIGGER test.tr BEFORE INSERT ON test.triggered "
              "FOR EACH ROW INSERT INTO test.aria VALUES (NEW.id);"
              "CREATE PROCEDURE test.nothing() DO 1;"
              "CREATE VIEW test.seen AS SELECT * FROM test.t;"
              "CREATE USER plain IDENTIFIED BY 'secret';"
              "GRANT SELECT, INSERT, UPDATE, DELETE ON test.* TO plain"_s);
    }
    void init() { renew(); }

    void lostForGood_data()
    {
        QTest::addColumn<QStringList>("before"); // BEGIN
        QTest::addColumn<QStringList>("inside");
        QTest::addColumn<QString>("others"); // do meanwhile
        QTest::addColumn<QString>("why");
        const QStringList none;
        const QString nothing;
        const auto row = [&](const char *name, const QStringList &inside, const QString &others,
                             const QString &why, const QStringList &before = {}) {
            QTest::newRow(name) << before << inside << others << why;
        };
        const QString changed = u"its data has changed"_s;
        row("a row that was read", {u"SELECT v FROM t WHERE id = 1"_s},
            u"UPDATE test.t SET v = 5 WHERE id = 1"_s, changed);
        row("rows that were counted", {u"UPDATE t SET v = 0 WHERE v < 25"_s},
            u"UPDATE test.t SET v = 30 WHERE id = 2"_s, changed);
        row("a time", {u"SELECT NOW(6)"_s}, nothing, changed);
        row("an upsert whose row was renamed",
            {u"INSERT INTO t VALUES (2, 7) ON DUPLICATE KEY UPDATE v = 8"_s},
            u"UPDATE test.t SET id = 9 WHERE id = 2"_s, changed);
        row("a key taken by somebody else", {u"INSERT INTO t (v) VALUES (1)"_s},
            u"INSERT INTO test.t VALUES (3, 1)"_s, u"Duplicate entry"_s);
        row("view", {u"UPDATE seen SET v = 3 WHERE id = 1"_s}, nothing, u"is a view"_s);
        row("executable comment", {u"UPDATE t SET v = 3 /*!, id = id */ WHERE id = 1"_s}, nothing,
            u"executable comment"_s);
        row("a failed statement between SET TRANSACTION and BEGIN",
            {u"COMMIT"_s, u"SET TRANSACTION ISOLATION LEVEL READ COMMITTED"_s,
             u"INSERT INTO t VALUES (1, 1)"_s, u"BEGIN"_s, u"UPDATE t SET v = 3 WHERE id = 2"_s},
            u"UPDATE test.t SET id = 9 WHERE id = 1"_s, u"Transaction lost"_s);
        row("Aria", {u"INSERT INTO aria VALUES (1)"_s}, nothing, u"not transactional"_s);
        row("trigger", {u"INSERT INTO triggered VALUES (1)"_s}, nothing, u"has a trigger"_s);
        row("a setting", {u"SET time_zone = '+01:00'"_s}, nothing, u"setting"_s);
        row("a beginning among others",
            {u"COMMIT"_s, u"DO 1; START TRANSACTION"_s, u"UPDATE t SET v = 3 WHERE id = 1"_s},
            nothing, u"Transaction lost"_s);
        row("several statements", {u"DO 1; UPDATE t SET v = 3 WHERE id = 1"_s}, nothing,
            u"several statements"_s);
        row("a file", {u"SELECT 1 INTO OUTFILE '/nonexistent/file'"_s}, nothing, u"in this form"_s);
        row("procedure", {u"CALL nothing()"_s}, nothing, u"stored_procedure"_s);
        row("LAST_INSERT_ID() in a write",
            {u"INSERT INTO t (v) VALUES (1)"_s, u"UPDATE t SET v = LAST_INSERT_ID() WHERE id = 1"_s},
            nothing, u"an earlier statement"_s);
        row("temporary table", {u"UPDATE t SET v = 3 WHERE id = 1"_s}, nothing,
            u"temporary_tables"_s, {u"CREATE TEMPORARY TABLE temp (id INT)"_s});
        row("user variable", {u"SET @a = 1"_s}, nothing, u"user_variables"_s);
        row("stored function", {u"SELECT nosuch(1)"_s, u"UPDATE t SET v = f(1)"_s}, nothing,
            u"stored_function"_s);
    }

    void lostForGood()
    {
        QFETCH(QStringList, before);
        QFETCH(QStringList, inside);
        QFETCH(QString, others);
        QFETCH(QString, why);
        ScopedDatabase db(hosts(), options());
        QVERIFY2(db.openOn(m_relay->address()), qPrintable(db.error().text()));
        QSqlQuery query(db.get());
        for (const QString &sql : before)
            QVERIFY2(query.exec(sql), qPrintable(query.lastError().text()));
        QVERIFY(db.get().transaction());
        for (const QString &sql : inside)
            query.exec(sql);
        m_relay->cutConnections();
        if (!others.isEmpty())
            byOthers(others);
        const QString rowsBefore = rows();
        QVERIFY2(!query.exec(u"UPDATE t SET v = 77"_s), "it was replayed");
        const QString text = query.lastError().text();
        QVERIFY2(text.contains(u"Transaction lost"_s) && text.contains(why), qPrintable(text));
        QVERIFY2(!query.exec(u"SELECT 1"_s), "until rollback()");
        QVERIFY(db.get().rollback());
        QVERIFY(query.exec(u"SELECT 1"_s));
        QCOMPARE(rows(), rowsBefore);
    }

    // Whichever of them they write to.
    void severalTables_data()
    {
        QTest::addColumn<QString>("sql");
        QTest::addColumn<QString>("rowsAfter"); // empty: lost
        QTest::newRow("DELETE") << u"DELETE a, x FROM t AS a JOIN u AS x USING (id)"_s << u"2:21"_s;
        QTest::newRow("DELETE USING")
                << u"DELETE FROM t.* USING t, u WHERE t.id = u.id"_s << u"2:21"_s;
        QTest::newRow("UPDATE") << u"UPDATE t JOIN u USING (id) SET v = 11, u.id = 5"_s
                                << u"1:11,2:21"_s;
        QTest::newRow("not transactional")
                << u"DELETE t FROM t LEFT JOIN aria ON aria.id = t.id WHERE t.id = 1"_s
                << QString();
    }

    void severalTables()
    {
        QFETCH(QString, sql);
        QFETCH(QString, rowsAfter);
        byOthers(u"REPLACE INTO test.u VALUES (1)"_s);
        ScopedDatabase db(hosts(), options());
        QVERIFY2(db.openOn(m_relay->address()), qPrintable(db.error().text()));
        QSqlQuery query(db.get());
        QVERIFY(db.get().transaction());
        QVERIFY2(query.exec(sql), qPrintable(query.lastError().text()));
        m_relay->cutConnections();
        QCOMPARE(query.exec(u"UPDATE t SET v = 21 WHERE id = 2"_s), !rowsAfter.isEmpty());
        const QString text = query.lastError().text();
        QCOMPARE(text.contains(u"aria is a view, or not transactional"_s), rowsAfter.isEmpty());
        QCOMPARE(db.get().commit(), !rowsAfter.isEmpty());
        QCOMPARE(rows(), rowsAfter.isEmpty() ? u"1:10,2:20"_s : rowsAfter);
    }

    // transaction() fails there, as with QMYSQL: it sends BEGIN WORK, which begins a block.
    void oracleMode_data()
    {
        QTest::addColumn<QString>("sql");
        QTest::addColumn<QString>("why");
        QTest::newRow("statement") << u"UPDATE t SET v = v + 1 WHERE id = 1"_s << QString();
        QTest::newRow("block") << u"BEGIN UPDATE t SET v = 11 WHERE id = 1; END;"_s
                               << u"with it: unknown"_s;
        QTest::newRow("SQL%ROWCOUNT") << u"UPDATE t SET v = SQL%ROWCOUNT + 10 WHERE id = 1"_s
                                      << u"an earlier statement"_s;
    }

    void oracleMode()
    {
        QFETCH(QString, sql);
        QFETCH(QString, why);
        ScopedDatabase db(hosts(), options());
        QVERIFY2(db.openOn(m_relay->address()), qPrintable(db.error().text()));
        QSqlQuery query(db.get());
        QVERIFY(query.exec(u"SET sql_mode = 'ORACLE'"_s));
        QVERIFY(query.exec(u"START TRANSACTION"_s));
        QVERIFY(query.exec(u"INSERT INTO t (v) VALUES (1)"_s));
        QVERIFY2(query.exec(sql), qPrintable(query.lastError().text()));
        m_relay->cutConnections();
        QCOMPARE(query.exec(u"UPDATE t SET v = 21 WHERE id = 2"_s), why.isEmpty());
        QVERIFY2(query.lastError().text().contains(why), qPrintable(query.lastError().text()));
        QCOMPARE(db.get().commit(), why.isEmpty());
        QCOMPARE(rows(), why.isEmpty() ? u"1:11,2:21,3:1"_s : u"1:10,2:20"_s);
    }

    void stateOfThePreviousStatement()
    {
        ScopedDatabase db(hosts(), options());
        QVERIFY2(db.openOn(m_relay->address()), qPrintable(db.error().text()));
        QSqlQuery query(db.get());
        QVERIFY(db.get().transaction());
        QVERIFY(query.exec(u"INSERT INTO t (v) VALUES (1)"_s));
        m_relay->cutConnections();
        QVERIFY(!query.exec(u"SELECT LAST_INSERT_ID()"_s));
        QVERIFY(query.lastError().text().contains(u"Transaction lost"_s));
    }

    // The session of the replay has another LAST_INSERT_ID(), which would be written without a word.
    void keyOfBefore()
    {
        ScopedDatabase db(hosts(), options());
        QVERIFY2(db.openOn(m_relay->address()), qPrintable(db.error().text()));
        QSqlQuery query(db.get());
        QVERIFY(query.exec(u"INSERT INTO t (v) VALUES (1)"_s));
        QVERIFY(db.get().transaction());
        QVERIFY(query.exec(u"UPDATE t SET v = 3 WHERE id = 1"_s));
        m_relay->cutConnections();
        QVERIFY2(query.exec(u"UPDATE t SET v = 4 WHERE id = 2"_s),
                 qPrintable(query.lastError().text()));
        const QString write = u"UPDATE t SET v = LAST_INSERT_ID() WHERE id = 1"_s;
        QVERIFY2(!query.exec(write), "0 was written");
        QVERIFY2(query.lastError().text().contains(u"LAST_INSERT_ID()"_s),
                 qPrintable(query.lastError().text()));
        QVERIFY(query.exec(u"INSERT INTO t (v) VALUES (9)"_s));
        const QString id = query.lastInsertId().toString();
        QVERIFY2(query.exec(write), qPrintable(query.lastError().text()));
        QVERIFY2(db.get().commit(), qPrintable(db.error().text()));
        QVERIFY2(rows().startsWith(u"1:%1,2:4"_s.arg(id)), qPrintable(rows()));
    }

    void accountThatSeesNoTriggers()
    {
        ScopedDatabase db(hosts(), options());
        db.get().setUserName(u"plain"_s);
        QVERIFY2(db.openOn(m_relay->address()), qPrintable(db.error().text()));
        QSqlQuery query(db.get());
        QVERIFY(db.get().transaction());
        QVERIFY(query.exec(u"UPDATE t SET v = 3 WHERE id = 1"_s));
        m_relay->cutConnections();
        QVERIFY(!query.exec(u"SELECT 1"_s));
        QVERIFY2(query.lastError().text().contains(u"privilege TRIGGER"_s),
                 qPrintable(query.lastError().text()));
    }

    void ignoredState()
    {
        ScopedDatabase db(hosts(), options(u";IGNORE_STATE=user_variables"_s));
        QVERIFY2(db.openOn(m_relay->address()), qPrintable(db.error().text()));
        QSqlQuery query(db.get());
        QVERIFY(query.exec(u"SET @a = 5"_s));
        QVERIFY(db.get().transaction());
        QVERIFY(query.exec(u"UPDATE t SET v = 3 WHERE id = 1"_s));
        m_relay->cutConnections();
        QVERIFY(!query.exec(u"SELECT 1"_s));
        QVERIFY(query.lastError().text().contains(u"Transaction lost"_s));
    }

    void noPeerIsLeft()
    {
        ServerGroup servers(1);
        QVERIFY2(servers.start(u"CREATE TABLE test.t (id INT PRIMARY KEY) ENGINE=InnoDB"_s),
                 qPrintable(servers.errorString()));
        ScopedDatabase db(servers.hostList(), options(u";OPEN_DEADLINE=1"_s));
        QVERIFY2(db.open(), qPrintable(db.error().text()));
        QSqlQuery query(db.get());
        QVERIFY(db.get().transaction());
        QVERIFY(query.exec(u"INSERT INTO t VALUES (1)"_s));
        servers[0].kill();
        QVERIFY(!query.exec(u"INSERT INTO t VALUES (2)"_s));
        const QString text = query.lastError().text();
        QVERIFY2(text.contains(u"Transaction lost"_s) && text.contains(u"No peer of pool"_s),
                 qPrintable(text));
    }

    void waitsForLocksWithinTheDeadline()
    {
        ScopedDatabase db(hosts(), options(u";OPEN_DEADLINE=2"_s));
        QVERIFY2(db.openOn(m_relay->address()), qPrintable(db.error().text()));
        ScopedDatabase other(m_servers[0].address(), options());
        QVERIFY(other.open());
        QSqlQuery query(db.get());
        QVERIFY(db.get().transaction());
        QVERIFY(query.exec(u"UPDATE t SET v = 3 WHERE id = 1"_s));
        m_relay->cutConnections();
        QSqlQuery others(other.get());
        QVERIFY(other.get().transaction());
        QVERIFY2(others.exec(u"UPDATE t SET v = 4 WHERE id = 1"_s),
                 qPrintable(others.lastError().text()));
        QElapsedTimer timer;
        timer.start();
        QVERIFY(!query.exec(u"SELECT 1"_s));
        QVERIFY2(timer.elapsed() < 10'000, "the server's own limit is 50 s");
        QVERIFY2(query.lastError().text().contains(u"Lock wait timeout"_s),
                 qPrintable(query.lastError().text()));
    }

    void switchedOff_data()
    {
        QTest::addColumn<QString>("option");
        QTest::newRow("RETRY_TRANSACTIONS") << u";RETRY_TRANSACTIONS=0"_s;
        QTest::newRow("REPLAY_LIMIT") << u";REPLAY_LIMIT=0"_s;
    }

    void switchedOff()
    {
        QFETCH(QString, option);
        ScopedDatabase db(hosts(), options(option));
        QVERIFY2(db.openOn(m_relay->address()), qPrintable(db.error().text()));
        QSqlQuery query(db.get());
        QVERIFY(db.get().transaction());
        QVERIFY(query.exec(u"UPDATE t SET v = 11 WHERE id = 1"_s));
        m_relay->cutConnections();
        QVERIFY(!query.exec(u"SELECT 1"_s));
        QVERIFY(query.lastError().text().contains(u"Transaction lost"_s));
    }

    void limitOfTheRecord()
    {
        ScopedDatabase db(hosts(), options(u";REPLAY_LIMIT=1"_s));
        QVERIFY2(db.openOn(m_relay->address()), qPrintable(db.error().text()));
        QSqlQuery query(db.get());
        QVERIFY(db.get().transaction());
        QVERIFY(query.exec(u"SELECT '%1'"_s.arg(QString(600, u'x'))));
        m_relay->cutConnections();
        QVERIFY(!query.exec(u"SELECT 1"_s));
        QVERIFY2(query.lastError().text().contains(u"REPLAY_LIMIT"_s),
                 qPrintable(query.lastError().text()));
    }

    void statementThatCrashesServers()
    {
        ServerGroup servers(4);
        QVERIFY2(servers.start(u"CREATE TABLE test.t (id INT PRIMARY KEY) ENGINE=InnoDB"_s),
                 qPrintable(servers.errorString()));
        ScopedDatabase db(servers.hostList(), options());
        QVERIFY2(db.open(), qPrintable(db.error().text()));
        QSqlQuery query(db.get());
        QVERIFY(db.get().transaction());
        QVERIFY(query.exec(u"INSERT INTO t VALUES (1)"_s));
        std::atomic<int> crashes{0};
        std::atomic<bool> isOver{false};
        std::thread killer([&] {
            std::set<int> dead;
            while (!isOver) {
                for (int i = 0; i < servers.count(); ++i) {
                    if (dead.contains(i))
                        continue;
                    const auto all = servers[i].processList(u"app"_s);
                    if (std::ranges::any_of(all, [](const ProcessListEntry &entry) {
                            return entry.statement.contains(u"SLEEP(60)"_s);
                        })) {
                        servers[i].kill();
                        dead.insert(i);
                        ++crashes;
                    }
                }
                QThread::msleep(5);
            }
        });
        const bool isOk = query.exec(u"INSERT INTO t SELECT 2 FROM (SELECT SLEEP(60)) AS nap"_s);
        isOver = true;
        killer.join();
        QVERIFY(!isOk);
        QVERIFY2(query.lastError().text().contains(u"Transaction lost"_s),
                 qPrintable(query.lastError().text()));
        QCOMPARE(crashes.load(), 2); // as many as a read outside of a transaction
        QVERIFY(db.get().rollback());
        QVERIFY(query.exec(u"SELECT 1"_s));
    }
};

QTEST_MAIN(tst_ReplayLimits)
#include "tst_replaylimits.moc"
