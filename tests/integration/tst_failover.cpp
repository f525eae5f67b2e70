// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "scopeddatabase.h"

#include "sandbox/servergroup.h"

#include <QtTest/QtTest>

#include <atomic>
#include <mutex>
#include <thread>

using namespace qproxysql::sandbox;
using namespace Qt::StringLiterals;

namespace {

/// Threads that read through one pool until told to stop; every other one keeps its connection,
/// the rest open one for each piece of work.
class Readers
{
public:
    explicit Readers(QString hosts, int count = 6)
        : m_hosts(std::move(hosts))
    {
        for (int i = 0; i < count; ++i)
            m_threads.emplace_back([this, keeps = i % 2 == 0] { keeps ? keep() : reopen(); });
    }
    ~Readers() { stop(); }
    Q_DISABLE_COPY_MOVE(Readers)

    void stop()
    {
        m_isStopped = true;
        for (std::thread &thread : m_threads)
            thread.join();
        m_threads.clear();
    }

    int reads() const { return m_reads; }
    int readsOn(const QString &peer) const
    {
        const std::scoped_lock lock(m_mutex);
        return m_readsByPeer.value(peer);
    }
    int failures() const { return m_failures; }
    qint64 longestMs() const { return m_longestMs; }
    QString firstFailure() const
    {
        const std::scoped_lock lock(m_mutex);
        return m_firstFailure;
    }

private:
    void keep()
    {
        ScopedDatabase db(m_hosts, u"POOL=failover;CHECK_INTERVAL=1"_s);
        if (!timed([&] { return db.open(); }))
            return fail(db.error());
        while (!m_isStopped)
            read(db);
    }

    void reopen()
    {
        while (!m_isStopped) {
            ScopedDatabase db(m_hosts, u"POOL=failover;CHECK_INTERVAL=1"_s);
            if (!timed([&] { return db.open(); }))
                fail(db.error());
            else
                read(db);
        }
    }

    void read(const ScopedDatabase &db)
    {
        timed([&] {
            QSqlQuery query(db.get());
            const bool isPrepared = m_reads % 2 == 0;
            bool done = false;
            if (isPrepared) {
                done = query.prepare(u"SELECT id FROM numbers WHERE id = ?"_s);
                query.addBindValue(7);
                done = done && query.exec();
            } else {
                done = query.exec(u"SELECT id FROM numbers WHERE id = 7"_s);
            }
            if (!done || !query.next() || query.value(0).toInt() != 7)
                fail(query.lastError());
            ++m_reads;
            const std::scoped_lock lock(m_mutex);
            ++m_readsByPeer[db.currentPeer()];
            return true;
        });
    }

    template<typename Work>
    bool timed(Work work)
    {
        QElapsedTimer timer;
        timer.start();
        const bool result = work();
        qint64 longest = m_longestMs;
        while (timer.elapsed() > longest
               && !m_longestMs.compare_exchange_weak(longest, timer.elapsed())) {
        }
        return result;
    }

    void fail(const QSqlError &error)
    {
        ++m_failures;
        const std::scoped_lock lock(m_mutex);
        if (m_firstFailure.isEmpty())
            m_firstFailure = error.nativeErrorCode() + u' ' + error.text();
    }

    const QString m_hosts;
    std::vector<std::thread> m_threads;
    std::atomic<bool> m_isStopped{false};
    std::atomic<int> m_reads{0};
    std::atomic<int> m_failures{0};
    std::atomic<qint64> m_longestMs{0};
    mutable std::mutex m_mutex;
    QString m_firstFailure;
    QHash<QString, int> m_readsByPeer;
};

} // namespace

/// The main promise: a peer dies and comes back under a working application.
class tst_Failover : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(m_servers.start(), qPrintable(m_servers.errorString()));
        QVERIFY2(m_servers.executeEverywhere(u"CREATE TABLE test.numbers (id INT PRIMARY KEY)"_s)
                         && m_servers.executeEverywhere(u"INSERT INTO test.numbers VALUES (7)"_s),
                 qPrintable(m_servers.errorString()));
    }

    void readersNoticeNothing_data()
    {
        QTest::addColumn<bool>("isKill");
        QTest::newRow("kill -9") << true;
        QTest::newRow("orderly shutdown") << false;
    }

    void readersNoticeNothing()
    {
        QFETCH(bool, isKill);
        Readers readers(m_servers.hostList());
        for (int victim = 0; victim < 3; ++victim) {
            int mark = readers.reads();
            QTRY_VERIFY(readers.reads() > mark + 200);
            if (isKill)
                m_servers[victim].kill();
            else
                QVERIFY2(m_servers[victim].terminate(), qPrintable(m_servers[victim].errorString()));
            mark = readers.reads();
            QTRY_VERIFY(readers.reads() > mark + 200);
            QVERIFY2(m_servers[victim].start(), qPrintable(m_servers[victim].errorString()));
            // Taken back without anybody asking: new connections land there again.
            const QString back = m_servers[victim].address();
            mark = readers.readsOn(back);
            QTRY_VERIFY_WITH_TIMEOUT(readers.readsOn(back) > mark, 15'000);
        }
        readers.stop();
        QVERIFY2(readers.failures() == 0, qPrintable(readers.firstFailure()));
        QVERIFY2(readers.longestMs() < 3000, qPrintable(QString::number(readers.longestMs())));
    }

    void killedIdleSessionIsNotNoticed_data()
    {
        QTest::addColumn<QString>("statement");
        QTest::newRow("text read") << u"SELECT 1"_s;
        QTest::newRow("write") << u"REPLACE INTO numbers VALUES (9)"_s;
    }

    void killedIdleSessionIsNotNoticed()
    {
        QFETCH(QString, statement);
        ScopedDatabase db(m_servers.hostList());
        QVERIFY2(db.open(), qPrintable(db.error().text()));
        for (int i = 0; i < 20; ++i) {
            killOwnSession(db);
            QSqlQuery query(db.get());
            QVERIFY2(query.exec(statement), qPrintable(query.lastError().text()));
        }
    }

    void preparedQuerySurvivesWithItsBindings()
    {
        ScopedDatabase db(m_servers.hostList());
        QVERIFY2(db.open(), qPrintable(db.error().text()));
        QSqlQuery query(db.get());
        QVERIFY(query.prepare(u"SELECT id FROM numbers WHERE id = ?"_s));
        query.addBindValue(7);
        for (int i = 0; i < 10; ++i) {
            QVERIFY2(query.exec(), qPrintable(query.lastError().text()));
            QVERIFY(query.next());
            QCOMPARE(query.value(0).toInt(), 7);
            killOwnSession(db);
        }
    }

    void rowsStayReadableAfterAMove()
    {
        ScopedDatabase db(m_servers.hostList());
        QVERIFY2(db.open(), qPrintable(db.error().text()));
        QSqlQuery rows(db.get());
        QVERIFY(rows.exec(u"SELECT 1 UNION SELECT 2 UNION SELECT 3"_s));
        QVERIFY(rows.next());
        killOwnSession(db);
        QCOMPARE(db.value(u"SELECT 41 + 1"_s).toInt(), 42);
        QVERIFY(rows.next());
        QCOMPARE(rows.value(0).toInt(), 2);
        QVERIFY(rows.last());
        QCOMPARE(rows.value(0).toInt(), 3);
        QVERIFY(rows.first());
        QCOMPARE(rows.value(0).toInt(), 1);
    }

    void writeRefusedByAReadOnlyPeerRunsElsewhere()
    {
        ScopedDatabase db(m_servers.hostList(), u"POOL=readonly;BALANCE=first"_s);
        QVERIFY2(db.openOn(m_servers[0].address()), qPrintable(db.error().text()));
        QVERIFY(m_servers[0].executeAsRoot(u"SET GLOBAL read_only = ON"_s).ok);
        QSqlQuery query(db.get());
        const bool written = query.exec(u"REPLACE INTO numbers VALUES (21)"_s);
        QVERIFY(m_servers[0].executeAsRoot(u"SET GLOBAL read_only = OFF"_s).ok);
        QVERIFY2(written, qPrintable(query.lastError().text()));
        QCOMPARE(db.currentPeer(), m_servers[1].address());
    }

    void readOnlyErrorSurfacesWhereNobodyElseIsLeft()
    {
        ScopedDatabase db(m_servers[0].address(), u"POOL=read_only;OPEN_DEADLINE=2"_s);
        QVERIFY2(db.open(), qPrintable(db.error().text()));
        QVERIFY(m_servers[0].executeAsRoot(u"SET GLOBAL read_only = ON"_s).ok);
        QSqlQuery query(db.get());
        const bool written = query.exec(u"REPLACE INTO numbers VALUES (22)"_s);
        const QSqlError error = query.lastError();
        const bool read = query.exec(u"SELECT 1"_s);
        QVERIFY(m_servers[0].executeAsRoot(u"SET GLOBAL read_only = OFF"_s).ok);
        QVERIFY(!written);
        QCOMPARE(error.nativeErrorCode(), u"1290"_s);
        QVERIFY2(read, "the session goes on");
    }

    void transactionBeginsOnALivingPeer()
    {
        ScopedDatabase db(m_servers.hostList());
        QVERIFY2(db.open(), qPrintable(db.error().text()));
        killOwnSession(db);
        QVERIFY2(db.get().transaction(), qPrintable(db.error().text()));
        QVERIFY(db.value(u"SELECT id FROM numbers WHERE id = 7"_s).isValid());
        QVERIFY2(db.get().commit(), qPrintable(db.error().text()));
    }

    void lostTransactionFailsUntilRollback()
    {
        ScopedDatabase db(m_servers.hostList(), u"POOL=lost;RETRY_TRANSACTIONS=0"_s);
        QVERIFY2(db.open(), qPrintable(db.error().text()));
        QSignalSpy lost(db.get().driver(), SIGNAL(transactionLost()));
        QVERIFY(lost.isValid());
        QVERIFY(db.get().transaction());
        QSqlQuery query(db.get());
        QVERIFY(query.exec(u"REPLACE INTO numbers VALUES (11)"_s));
        killOwnSession(db);
        QVERIFY(!query.exec(u"REPLACE INTO numbers VALUES (12)"_s));
        QVERIFY2(query.lastError().databaseText().contains(u"transaction"_s),
                 qPrintable(query.lastError().text()));
        QCOMPARE(lost.count(), 1);
        QVERIFY2(!query.exec(u"SELECT 1"_s), "nothing of it continues on another peer");
        QVERIFY2(!db.get().transaction(), "BEGIN does not leave the state");
        QVERIFY(db.get().rollback());
        QVERIFY2(query.exec(u"SELECT 1"_s), qPrintable(query.lastError().text()));
        for (int i = 0; i < 3; ++i) {
            const Answer answer = m_servers[i].executeAsRoot(
                    u"SELECT COUNT(*) FROM test.numbers WHERE id IN (11, 12)"_s);
            QVERIFY(answer.ok);
            QCOMPARE(answer.value(), u"0"_s);
        }
    }

    void commitOfALostTransactionSaysSo()
    {
        ScopedDatabase db(m_servers.hostList(), u"POOL=lost;RETRY_TRANSACTIONS=0"_s);
        QVERIFY2(db.open(), qPrintable(db.error().text()));
        QVERIFY(db.get().transaction());
        QSqlQuery query(db.get());
        QVERIFY(query.exec(u"REPLACE INTO numbers VALUES (13)"_s));
        killOwnSession(db);
        QVERIFY(!db.get().commit());
        QVERIFY2(db.error().databaseText().contains(u"Nothing was committed"_s),
                 qPrintable(db.error().databaseText()));
        QVERIFY2(query.exec(u"SELECT 1"_s), "a failed commit leaves the state");
    }

    void lostStateIsNamedOnce_data()
    {
        QTest::addColumn<QString>("setUp");
        QTest::addColumn<QString>("statement");
        QTest::addColumn<QString>("name");
        QTest::newRow("user variable") << u"SET @a = 1"_s << u"SELECT @a"_s << u"user_variables"_s;
        QTest::newRow("temporary table")
                << u"CREATE TEMPORARY TABLE t1 (a INT)"_s << u"SELECT 1"_s << u"temporary_tables"_s;
        QTest::newRow("named lock")
                << u"SELECT GET_LOCK('x', 1)"_s << u"SELECT 1"_s << u"named_locks"_s;
        QTest::newRow("last insert id") << u"REPLACE INTO numbers VALUES (15)"_s
                                        << u"SELECT LAST_INSERT_ID()"_s << u"last_statement"_s;
        QTest::newRow("session variable") << u"SET SESSION max_join_size = 5000000"_s
                                          << u"SELECT 1"_s << u"session_variables"_s;
    }

    void lostStateIsNamedOnce()
    {
        QFETCH(QString, setUp);
        QFETCH(QString, statement);
        QFETCH(QString, name);
        ScopedDatabase db(m_servers.hostList());
        QVERIFY2(db.open(), qPrintable(db.error().text()));
        QSqlQuery query(db.get());
        QVERIFY2(query.exec(setUp), qPrintable(query.lastError().text()));
        killOwnSession(db);
        QVERIFY(!query.exec(statement));
        QVERIFY2(query.lastError().databaseText().contains(name),
                 qPrintable(query.lastError().databaseText()));
        QVERIFY2(query.exec(u"SELECT 1"_s), qPrintable(query.lastError().text()));
    }

private:
    /// Ends the connection's session from the server's side and waits until it is gone there.
    void killOwnSession(const ScopedDatabase &db)
    {
        const QString peer = db.currentPeer();
        for (int i = 0; i < 3; ++i) {
            if (m_servers[i].address() != peer)
                continue;
            QVERIFY2(m_servers[i].killSessions(), qPrintable(m_servers[i].errorString()));
        }
    }

    // What was written must survive kill -9.
    ServerGroup m_servers{3, {u"--innodb-flush-log-at-trx-commit=1"_s}};
};

QTEST_GUILESS_MAIN(tst_Failover)
#include "tst_failover.moc"
