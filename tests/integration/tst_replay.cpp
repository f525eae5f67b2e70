// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "scopeddatabase.h"

#include "sandbox/relay.h"
#include "sandbox/servergroup.h"

#include <QtTest/QtTest>

#include <algorithm>
#include <atomic>
#include <memory>
#include <set>
#include <thread>

using namespace qproxysql::sandbox;
using namespace Qt::StringLiterals;

/// Transactions that are replayed after their session was lost. The peers are two ways to one server: through
/// a relay that cuts at a chosen moment, and directly.
class tst_Replay : public QObject
{
    Q_OBJECT

    static QString options(const QString &more = {})
    {
        static int number = 0;
        return u"BALANCE=first;POOL=replay%1"_s.arg(++number) + more;
    }
    QString hosts() { return m_relay->address() + u',' + m_servers[0].address(); }
    QString rows()
    {
        return m_servers[0]
                .executeAsRoot(u"SELECT GROUP_CONCAT(id, ':', v ORDER BY id) FROM test.t"_s)
                .value();
    }
    void byOthers(const QString &sql) { QVERIFY(m_servers.executeEverywhere(sql)); }

    ServerGroup m_servers{1};
    std::unique_ptr<Relay> m_relay;

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(m_servers.start(u"CREATE TABLE test.t (id INT AUTO_INCREMENT PRIMARY KEY, v INT) "
                                 "ENGINE=InnoDB;"
                                 "CREATE TABLE test.aria (id INT) ENGINE=Aria;"
                                 "CREATE TABLE test.triggered (id INT) ENGINE=InnoDB;"
                                 "CREATE TRIGGER test.tr BEFORE INSERT ON test.triggered "
                                 "FOR EACH ROW INSERT INTO test.aria VALUES (NEW.id);"
                                 "CREATE PROCEDURE test.nothing() DO 1"_s),
                 qPrintable(m_servers.errorString()));
        m_relay = std::make_unique<Relay>(m_servers[0].port());
        QVERIFY2(m_relay->isListening(), qPrintable(m_relay->errorString()));
    }
    void init()
    {
        byOthers(u"DELETE FROM test.t"_s);
        byOthers(u"DELETE FROM test.aria"_s);
        byOthers(u"DELETE FROM test.triggered"_s);
        byOthers(u"ALTER TABLE test.t AUTO_INCREMENT = 1"_s);
        byOthers(u"INSERT INTO test.t VALUES (1, 10), (2, 20)"_s);
    }

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
        row("several generated keys", {u"INSERT INTO t (v) VALUES (1), (2)"_s}, nothing,
            u"several rows"_s);
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
