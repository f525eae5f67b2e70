// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "../integration/scopeddatabase.h"

#include "sandbox/relay.h"
#include "sandbox/servergroup.h"

#include <QtTest/QtTest>

#include <thread>

using namespace qproxysql::sandbox;
using namespace Qt::StringLiterals;

/// What the next user of a session finds (tst_keptsessions: which session that is).
class tst_Reuse : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(m_servers.start(
                         u"CREATE TABLE test.t (a INT);"
                         "CREATE TABLE test.words (s VARCHAR(9) CHARACTER SET utf8mb4);"
                         "CREATE ROLE dba; GRANT dba TO app@'%';"
                         "CREATE PROCEDURE test.become() SET ROLE dba;"
                         "CREATE SCHEMA other; GRANT ALL ON other.* TO app@'%'; GRANT ALL ON gone.* TO app@'%'"_s),
                 qPrintable(m_servers.errorString()));
        m_relay = std::make_unique<Relay>(m_servers[0].port());
        QVERIFY2(m_relay->isListening(), qPrintable(m_relay->errorString()));
    }

    void init()
    {
        const Answer answer = m_servers[0].executeAsRoot(u"SELECT 1"_s);
        QVERIFY2(answer, qPrintable(answer.errorString));
    }

    void cleanup()
    {
        m_relay->thaw();
        m_relay->setDelay(std::chrono::milliseconds(0));
        m_servers[0].executeAsRoot(u"SET GLOBAL wait_timeout=28800"_s);
        killSessions();
    }

    void sameSession()
    {
        ScopedDatabase db(m_servers[0].address(), options());
        QVERIFY2(db.open(), qPrintable(db.error().text()));
        QVERIFY(db.reopensSameSession());
        QTRY_COMPARE(m_servers[0].connectionCount(), 1);
    }

    void nothingIsLeft_data()
    {
        QTest::addColumn<QString>("leaves");
        QTest::addColumn<QString>("asks");
        QTest::addColumn<bool>("isReused");
        const auto row = [](const char *name, const char *leaves, const char *asks,
                            bool isReused = true) {
            QTest::newRow(name) << QString::fromUtf8(leaves) << QString::fromUtf8(asks) << isReused;
        };
        row("user variable", "SET @a = 1", "SELECT @a");
        row("user variable in a select", "SELECT @a := 1", "SELECT @a");
        row("temporary table", "CREATE TEMPORARY TABLE test.t SELECT 7 AS a",
            "SELECT COUNT(*) FROM test.t");
        row("transaction", "BEGIN; INSERT INTO t VALUES (1)",
            "SELECT CONCAT(COUNT(*), @@in_transaction) FROM t");
        row("autocommit off", "SET autocommit=0; INSERT INTO t VALUES (1)",
            "SELECT CONCAT(COUNT(*), @@autocommit, @@in_transaction) FROM t");
        row("sql_mode", "SET sql_mode='ANSI_QUOTES'", "SELECT @@sql_mode");
        row("time zone", "SET time_zone='+05:00'", "SELECT @@time_zone");
        row("isolation", "SET SESSION TRANSACTION ISOLATION LEVEL SERIALIZABLE",
            "SELECT @@tx_isolation");
        row("next transaction only", "SET TRANSACTION READ ONLY",
            "INSERT INTO t VALUES (1); DELETE FROM t; SELECT @@tx_read_only");
        row("charset", "SET NAMES latin1",
            "SELECT CONCAT(@@character_set_client, @@character_set_results,"
            " @@collation_connection, HEX('ü'))");
        row("schema", "USE other", "SELECT DATABASE()");
        row("schema dropped", "CREATE SCHEMA IF NOT EXISTS gone; USE gone; DROP SCHEMA gone",
            "SELECT DATABASE()");
        row("named lock", "DO GET_LOCK('l', 0)", "SELECT IS_USED_LOCK('l')");
        row("table lock", "LOCK TABLES t WRITE", "SELECT COUNT(*) FROM other.v");
        row("last_insert_id", "DO LAST_INSERT_ID(5)", "SELECT LAST_INSERT_ID()");
        row("insert_id", "SET insert_id=77", "SELECT @@insert_id");
        row("timestamp", "SET timestamp=1", "SELECT YEAR(NOW()) > 2000");
        row("role", "SET ROLE dba", "SELECT CURRENT_ROLE()", false);
        row("role in a procedure", "CALL become()", "SELECT CURRENT_ROLE()", false);
        row("role from a text", "EXECUTE IMMEDIATE 'SET ROLE dba'", "SELECT CURRENT_ROLE()", false);
        row("XA", "XA START 'x'; INSERT INTO t VALUES (1)", "SELECT COUNT(*) FROM t", false);
    }

    void nothingIsLeft()
    {
        QFETCH(QString, leaves);
        QFETCH(QString, asks);
        QFETCH(bool, isReused);
        QVERIFY(m_servers[0].executeAsRoot(u"CREATE OR REPLACE TABLE other.v (a INT)"_s));
        ScopedDatabase plain(u"127.0.0.1"_s, {}, u"QMYSQL"_s);
        QSqlDatabase reference = plain.get();
        reference.setPort(m_servers[0].port());
        QVERIFY(plain.open());
        const QVariant expected = lastValue(plain, asks);

        ScopedDatabase db(m_servers[0].address(), options());
        QVERIFY2(db.open(), qPrintable(db.error().text()));
        const auto use = [&] {
            for (const QString &statement : leaves.split(u"; "_s)) {
                QSqlQuery query(db.get());
                QVERIFY2(query.exec(statement), qPrintable(query.lastError().text()));
            }
        };
        if (isReused) {
            QVERIFY(db.reopensSameSession(use));
        } else {
            use();
            const int id = db.serverThreadId();
            db.get().close();
            QVERIFY2(db.open(), qPrintable(db.error().text()));
            QVERIFY(db.serverThreadId() != id);
        }
        QCOMPARE(lastValue(db, asks), expected);
        QCOMPARE(m_servers[0].executeAsRoot(u"SELECT COUNT(*) FROM test.t"_s).value(), u"0"_s);
    }

    // A session on which only reads ran is not reset.
    void nobodyReadsWhatAnotherOnesReadLeft_data()
    {
        QTest::addColumn<QString>("leaves");
        QTest::addColumn<QString>("asks");
        QTest::addColumn<int>("expected");
        QTest::newRow("found rows")
                << u"SELECT 1 UNION SELECT 2 UNION SELECT 3"_s << u"SELECT FOUND_ROWS()"_s
                << 1; // of the request that sets up a session
        QTest::newRow("warnings") << u"SELECT CAST('x' AS SIGNED)"_s << u"SELECT @@warning_count"_s
                                  << 0;
    }

    void nobodyReadsWhatAnotherOnesReadLeft()
    {
        QFETCH(QString, leaves);
        QFETCH(QString, asks);
        QFETCH(int, expected);
        ScopedDatabase db(m_servers[0].address(), options());
        QVERIFY2(db.open(), qPrintable(db.error().text()));
        db.value(leaves);
        QVERIFY(db.value(asks).toInt() != expected);
        db.get().close();
        QVERIFY2(db.open(), qPrintable(db.error().text()));
        db.value(leaves);
        db.get().close();
        QVERIFY2(db.open(), qPrintable(db.error().text()));
        QCOMPARE(db.value(asks).toInt(), expected);
    }

    void clientsCharsetIsRestored()
    {
        ScopedDatabase db(m_servers[0].address(), options());
        QVERIFY(db.open());
        QVERIFY(db.reopensSameSession([&] { db.value(u"SET NAMES latin1"_s); }));
        // QMYSQL quotes by the client's character set, and reads by what the server says.
        const QString text = u"ü€'\\"_s;
        QSqlQuery query(db.get());
        QVERIFY(query.prepare(u"INSERT INTO words VALUES (?)"_s));
        query.addBindValue(text);
        QVERIFY2(query.exec(), qPrintable(query.lastError().text()));
        QCOMPARE(db.value(u"SELECT HEX(s) FROM words"_s).toString(),
                 QString::fromLatin1(text.toUtf8().toHex().toUpper()));
        QCOMPARE(db.value(u"SELECT s FROM words"_s).toString(), text);
        QCOMPARE(db.value(u"SELECT 'ü€'"_s).toString(), u"ü€"_s);
    }

    void initSqlHoldsAgain()
    {
        ScopedDatabase db(m_servers[0].address(), options(u"INIT_SQL=\"SET @i = 3; USE other\""_s));
        QVERIFY2(db.open(), qPrintable(db.error().text()));
        QVERIFY(db.reopensSameSession([&] {
            db.value(u"SET @i = 4"_s);
            db.value(u"USE test"_s);
        }));
        QCOMPARE(db.value(u"SELECT @i"_s).toInt(), 3);
        QCOMPARE(db.value(u"SELECT DATABASE()"_s).toString(), u"other"_s);
    }

    void preparedStatementsDie()
    {
        ScopedDatabase db(m_servers[0].address(), options());
        QVERIFY(db.open());
        QSqlQuery query(db.get());
        QVERIFY(db.reopensSameSession([&] {
            QVERIFY(query.prepare(u"SELECT ? + 1"_s));
            query.addBindValue(1);
            QVERIFY(query.exec());
            query.finish();
        }));
        QTRY_COMPARE(m_servers[0].statusValue(u"Prepared_stmt_count"_s), 0);
        QVERIFY2(query.exec() && query.next(), qPrintable(query.lastError().text()));
        QCOMPARE(query.value(0).toInt(), 2);
    }

    void rowsStayReadable_data()
    {
        QTest::addColumn<bool>("isPrepared");
        QTest::newRow("text") << false;
        QTest::newRow("prepared") << true; // the client library reads its rows through the connection
    }

    void rowsStayReadable()
    {
        QFETCH(const bool, isPrepared);
        ScopedDatabase db(m_servers[0].address(), options());
        QVERIFY(db.open());
        const int id = db.serverThreadId();
        QSqlQuery query(db.get());
        const QString sql = u"SELECT seq FROM seq_1_to_100"_s;
        QVERIFY(isPrepared ? query.prepare(sql) && query.exec() : query.exec(sql));
        QVERIFY(query.next());
        db.get().close();
        QVERIFY(db.open());
        QCOMPARE(db.serverThreadId() == id, !isPrepared);
        QVERIFY(query.last());
        QCOMPARE(query.value(0).toInt(), 100);
    }

    void serverThatHasChangedIsAskedAnew()
    {
        ScopedDatabase db(m_servers[0].address(), options(u"INIT_SQL=SET @i = 3"_s));
        QVERIFY(db.open());
        const int id = db.serverThreadId();
        QVERIFY(m_servers[0].executeAsRoot(u"SET GLOBAL sql_mode='ANSI_QUOTES'"_s));
        db.value(u"DO 1"_s); // with nothing but reads it would not be reset
        db.get().close();
        QVERIFY(db.open());
        QVERIFY(db.serverThreadId() != id);
        QVERIFY(m_servers[0].executeAsRoot(u"SET GLOBAL sql_mode=DEFAULT"_s));
    }

    void sixteenThreads()
    {
        const QString pool = options();
        std::atomic<int> failures{0};
        std::vector<std::thread> threads;
        for (int i = 0; i < 16; ++i) {
            threads.emplace_back([&] {
                for (int round = 0; round < 25; ++round) {
                    ScopedDatabase db(m_servers.hostList(), pool);
                    if (!db.open() || db.value(u"SELECT @mine"_s).isValid() == false
                        || !db.value(u"SELECT @mine"_s).isNull()) {
                        ++failures;
                        continue;
                    }
                    db.value(u"SET @mine = 1"_s);
                    db.value(u"USE other"_s);
                }
            });
        }
        for (std::thread &thread : threads)
            thread.join();
        QCOMPARE(failures.load(), 0);
        QTRY_VERIFY(m_servers[0].connectionCount() <= 2);
        QTRY_VERIFY(m_servers[1].connectionCount() <= 2);
    }

    void costsAtMostThreeRoundTrips_data()
    {
        QTest::addColumn<QString>("option");
        QTest::addColumn<QString>("statement");
        QTest::addColumn<int>("roundTrips");
        QTest::newRow("nothing") << QString() << QString() << 0;
        QTest::newRow("plain read") << QString() << u"SELECT 1"_s << 0;
        QTest::newRow("plain read, INIT_SQL") << u"INIT_SQL=SET @a = 1"_s << u"SELECT 1"_s << 0;
        QTest::newRow("write") << QString() << u"INSERT INTO t VALUES (1)"_s << 2;
        QTest::newRow("failure") << QString() << u"SELECT nothing"_s << 2;
        QTest::newRow("transaction") << QString() << u"BEGIN; SELECT 1; COMMIT"_s << 2;
        QTest::newRow("schema") << QString() << u"USE other"_s << 2;
        QTest::newRow("INIT_SQL") << u"INIT_SQL=\"SET @a = 1; SET @b = 2\""_s << u"DO 1"_s << 3;
        QTest::newRow("schema and INIT_SQL")
                << u"CHECK_SQL=SELECT 1;INIT_SQL=SET @a = 1"_s << u"USE other"_s << 3;
    }

    void costsAtMostThreeRoundTrips()
    {
        QFETCH(QString, option);
        QFETCH(QString, statement);
        QFETCH(int, roundTrips);
        ScopedDatabase db(m_relay->address(), options(option));
        QVERIFY2(db.open(), qPrintable(db.error().text()));
        QVERIFY(db.reopensSameSession([&] {
            if (!statement.isEmpty())
                lastValue(db, statement);
            m_relay->resetCounts();
        }));
        const RequestCounts counts = m_relay->counts();
        QCOMPARE(counts.connections, 0);
        QCOMPARE(counts.of(Command::ChangeUser), roundTrips > 0 ? 1 : 0);
        // The two more are how reopensSameSession() knows.
        QVERIFY2(counts.roundTrips == roundTrips + 2, qPrintable(m_relay->statements().join(u'\n')));
    }

private:
    /// A pool of its own for each test.
    static QString options(const QString &more = QString())
    {
        static int number = 0;
        const QString pool = u"POOL=reuse%1"_s.arg(++number);
        return more.isEmpty() ? pool : pool + u';' + more;
    }

    /// Of the last of several statements.
    static QVariant lastValue(const ScopedDatabase &db, const QString &sql)
    {
        QVariant value;
        for (const QString &statement : sql.split(u"; "_s))
            value = db.value(statement);
        return value;
    }

    /// Ends everybody's idle sessions on the first server and waits until the clients can know.
    void killSessions()
    {
        QVERIFY2(m_servers[0].killSessions(), qPrintable(m_servers[0].errorString()));
    }

    ServerGroup m_servers{2};
    std::unique_ptr<Relay> m_relay;
};

QTEST_GUILESS_MAIN(tst_Reuse)
#include "tst_reuse.moc"
