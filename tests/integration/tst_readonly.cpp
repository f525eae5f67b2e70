// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "scopeddatabase.h"

#include "sandbox/servergroup.h"

#include <QtTest/QtTest>

using namespace qproxysql::sandbox;
using namespace Qt::StringLiterals;

/// Servers that refuse writes in other ways than by read_only: by innodb_read_only (1036, 1005) and by a
/// global transaction_read_only (1792). And statements whose own fault the same numbers are.
class tst_ReadOnly : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(m_servers.start(
                         u"CREATE TABLE test.numbers (id INT AUTO_INCREMENT PRIMARY KEY, a INT);"
                         "CREATE TABLE test.loose (a INT) ENGINE=Aria"_s),
                 qPrintable(m_servers.errorString()));
        QVERIFY2(m_servers.executeEverywhere(
                         u"CREATE PROCEDURE test.write_both() BEGIN "
                         "INSERT INTO loose VALUES (1); INSERT INTO numbers (a) VALUES (1); END"_s),
                 qPrintable(m_servers.errorString()));
    }

    void init()
    {
        if (m_isFlagged)
            restart(0, {}); // a test that failed has left it so
        QVERIFY(m_servers.executeEverywhere(u"DELETE FROM test.numbers"_s));
    }
    void cleanup() { QVERIFY(m_servers.executeEverywhere(u"SET GLOBAL tx_read_only = 0"_s)); }

    void readOnlyTables()
    {
        restart(0, {u"--innodb-read-only=1"_s});
        ScopedDatabase db(m_servers.hostList(), pool());
        QVERIFY2(db.openOn(m_servers[0].address()), qPrintable(db.error().text()));
        for (int i = 0; i < 100; ++i)
            run(db, u"INSERT INTO numbers (a) VALUES (%1)"_s.arg(i));
        QCOMPARE(db.currentPeer(), m_servers[1].address());
        QCOMPARE(db.health(m_servers[0].address()), u"NotReady"_s);
        QCOMPARE(db.value(u"SELECT COUNT(*) FROM numbers"_s).toInt(), 100);
        restart(0, {});
        QTRY_COMPARE_WITH_TIMEOUT(db.health(m_servers[0].address()), u"Up"_s, 30'000);
    }

    // It may have written before one of its statements was refused.
    void procedureIsNotRunAgain_data()
    {
        QTest::addColumn<QString>("sql");
        QTest::newRow("CALL") << u"CALL refused()"_s;
        QTest::newRow("EXECUTE IMMEDIATE") << u"EXECUTE IMMEDIATE 'CALL refused()'"_s;
        QTest::newRow("SET STATEMENT") << u"SET STATEMENT lock_wait_timeout=9 FOR CALL refused()"_s;
        QTest::newRow("compound") << u"BEGIN NOT ATOMIC CALL refused(); END"_s;
        QTest::newRow("not ready") << u"CALL not_ready()"_s;
    }

    void procedureIsNotRunAgain()
    {
        QFETCH(QString, sql);
        const QString procedure = u"CREATE OR REPLACE PROCEDURE test.%1() BEGIN "
                                  "INSERT INTO numbers (a) VALUES (1); "
                                  "SIGNAL SQLSTATE 'HY000' SET MYSQL_ERRNO = %2, "
                                  "MESSAGE_TEXT = '%3'; END"_s;
        for (const QString &made :
             {procedure.arg(u"refused"_s, u"1290"_s, u"running with the --read-only option"_s),
              procedure.arg(u"not_ready"_s, u"1047"_s, u"WSREP has not yet prepared node"_s)})
            QVERIFY2(m_servers.executeEverywhere(made), qPrintable(m_servers.errorString()));
        ScopedDatabase db(m_servers.hostList(), pool());
        QVERIFY2(db.open(), qPrintable(db.error().text()));
        QVERIFY(!QSqlQuery(db.get()).exec(sql));
        int rows = 0;
        for (int i = 0; i < m_servers.count(); ++i)
            rows += m_servers[i]
                            .executeAsRoot(u"SELECT COUNT(*) FROM test.numbers"_s)
                            .rows.value(0)
                            .value(0)
                            .toInt();
        QCOMPARE(rows, 1);
    }

    void definitionsToo_data()
    {
        QTest::addColumn<QString>("sql");
        QTest::newRow("create") << u"CREATE TABLE made (a INT) ENGINE=InnoDB"_s;
        QTest::newRow("prepared") << QString();
    }

    void definitionsToo()
    {
        QFETCH(QString, sql);
        restart(0, {u"--innodb-read-only=1"_s});
        ScopedDatabase db(m_servers.hostList(), pool());
        QVERIFY2(db.open(), qPrintable(db.error().text()));
        QSqlQuery query(db.get());
        if (sql.isEmpty()) {
            QVERIFY(query.prepare(u"INSERT INTO numbers (a) VALUES (?)"_s));
            query.addBindValue(7);
            QVERIFY2(query.exec(), qPrintable(query.lastError().text()));
        } else {
            QVERIFY2(query.exec(sql), qPrintable(query.lastError().text()));
        }
        QCOMPARE(db.currentPeer(), m_servers[1].address());
        restart(0, {});
    }

    // The procedure has written to a table of another engine before: it may not run twice.
    void procedureIsNotRunTwice()
    {
        restart(0, {u"--innodb-read-only=1"_s});
        ScopedDatabase db(m_servers.hostList(), pool());
        QVERIFY2(db.open(), qPrintable(db.error().text()));
        QSqlQuery query(db.get());
        QVERIFY(!query.exec(u"CALL write_both()"_s));
        QCOMPARE(query.lastError().nativeErrorCode(), u"1036"_s);
        QVERIFY(m_servers[1].executeAsRoot(u"CALL test.write_both()"_s).ok);
        QCOMPARE(db.currentPeer(), m_servers[0].address());
        restart(0, {});
    }

    void readOnlyTransactions()
    {
        setTransactions(0, true);
        ScopedDatabase db(m_servers.hostList(), pool());
        QVERIFY2(db.openOn(m_servers[0].address()), qPrintable(db.error().text()));
        for (int i = 0; i < 100; ++i)
            run(db, u"INSERT INTO numbers (a) VALUES (%1)"_s.arg(i));
        QCOMPARE(db.currentPeer(), m_servers[1].address());
        QCOMPARE(db.health(m_servers[0].address()), u"NotReady"_s);
        setTransactions(0, false);
        QTRY_COMPARE_WITH_TIMEOUT(db.health(m_servers[0].address()), u"Up"_s, 30'000);
    }

    // Known from the facts: where one takes writes, new connections go to that one.
    void writablePeerIsPreferred()
    {
        setTransactions(0, true);
        const QString ours = pool();
        ScopedDatabase first(m_servers.hostList(), ours);
        QVERIFY(first.open());
        run(first, u"INSERT INTO numbers (a) VALUES (1)"_s);
        for (int i = 0; i < 5; ++i) {
            ScopedDatabase db(m_servers.hostList(), ours);
            QVERIFY2(db.open(), qPrintable(db.error().text()));
            QCOMPARE(db.currentPeer(), m_servers[1].address());
        }
        setTransactions(0, false);
    }

    // A session keeps what it began with; a new one does not.
    void sessionOlderThanTheServersReturnIsLeft_data()
    {
        QTest::addColumn<int>("peers");
        QTest::newRow("one peer") << 1;
        QTest::newRow("two peers") << 2;
    }

    void sessionOlderThanTheServersReturnIsLeft()
    {
        QFETCH(int, peers);
        for (int i = 0; i < 2; ++i)
            setTransactions(i, true);
        ScopedDatabase db(peers == 1 ? m_servers[0].address() : m_servers.hostList(), pool());
        QVERIFY2(db.open(), qPrintable(db.error().text()));
        QSqlQuery query(db.get());
        QVERIFY(!query.exec(u"INSERT INTO numbers (a) VALUES (1)"_s));
        QCOMPARE(query.lastError().nativeErrorCode(), u"1792"_s);
        QVERIFY(query.exec(u"SELECT 1"_s));
        for (int i = 0; i < 2; ++i)
            setTransactions(i, false);
        QTRY_VERIFY2_WITH_TIMEOUT(query.exec(u"INSERT INTO numbers (a) VALUES (1)"_s),
                                  qPrintable(query.lastError().text()), 30'000);
    }

    void applicationsOwnFault_data()
    {
        QTest::addColumn<QStringList>("statements");
        QTest::addColumn<QString>("code");
        const QString insert = u"INSERT INTO numbers (a) VALUES (1)"_s;
        QTest::newRow("transaction")
                << QStringList{u"START TRANSACTION READ ONLY"_s, insert} << u"1792"_s;
        QTest::newRow("next transaction")
                << QStringList{u"SET TRANSACTION READ ONLY"_s, insert} << u"1792"_s;
        QTest::newRow("session") << QStringList{u"SET SESSION TRANSACTION READ ONLY"_s, insert}
                                 << u"1792"_s;
    }

    void applicationsOwnFault()
    {
        QFETCH(QStringList, statements);
        QFETCH(QString, code);
        ScopedDatabase db(m_servers.hostList(), pool());
        QVERIFY2(db.open(), qPrintable(db.error().text()));
        QSqlQuery query(db.get());
        for (qsizetype i = 0; i + 1 < statements.size(); ++i)
            QVERIFY2(query.exec(statements.at(i)), qPrintable(query.lastError().text()));
        QVERIFY(!query.exec(statements.last()));
        QCOMPARE(query.lastError().nativeErrorCode(), code);
        QCOMPARE(db.currentPeer(), m_servers[0].address());
        QCOMPARE(db.health(m_servers[0].address()), u"Up"_s);
    }

private:
    static QString pool()
    {
        static int number = 0;
        return u"POOL=readonly%1;BALANCE=first;CHECK_INTERVAL=1;MAX_IDLE=0"_s.arg(++number);
    }

    void restart(int server, const QStringList &flags)
    {
        QVERIFY2(m_servers[server].terminate(), qPrintable(m_servers[server].errorString()));
        m_isFlagged = !flags.isEmpty();
        QVERIFY2(m_servers[server].start(flags), qPrintable(m_servers[server].errorString()));
    }

    void setTransactions(int server, bool areReadOnly)
    {
        QVERIFY(m_servers[server]
                        .executeAsRoot(u"SET GLOBAL tx_read_only = %1"_s.arg(areReadOnly))
                        .ok);
    }

    static void run(const ScopedDatabase &db, const QString &sql)
    {
        QSqlQuery query(db.get());
        if (!query.exec(sql))
            QFAIL(qPrintable(sql + u": "_s + query.lastError().text()));
    }

    ServerGroup m_servers{2};
    bool m_isFlagged = false;
};

QTEST_GUILESS_MAIN(tst_ReadOnly)
#include "tst_readonly.moc"
