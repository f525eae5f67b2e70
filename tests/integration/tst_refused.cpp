// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "scopeddatabase.h"

#include "sandbox/galeracluster.h"
#include "sandbox/servergroup.h"

#include <QtTest/QtTest>

#include <mutex>
#include <thread>
#include <vector>

using namespace qproxysql::sandbox;
using namespace Qt::StringLiterals;

namespace {

/// Threads that read and write a row each, one statement after the other, outside of transactions.
class Workers
{
public:
    Workers(int count, const QString &hosts, const QString &options)
    {
        for (int i = 0; i < count; ++i)
            m_threads.emplace_back([this, i, hosts, options] { work(i, hosts, options); });
    }
    ~Workers() { stop(); }
    Q_DISABLE_COPY_MOVE(Workers)

    void stop()
    {
        m_isOver = true;
        for (std::thread &thread : m_threads)
            thread.join();
        m_threads.clear();
    }
    int done() const { return m_done; }
    qint64 longest() const { return m_longest; }
    QStringList failures() const
    {
        const std::scoped_lock lock(m_mutex);
        return m_failures;
    }

private:
    void work(int number, const QString &hosts, const QString &options)
    {
        ScopedDatabase db(hosts, options);
        if (!db.open())
            return fail(db.error());
        QSqlQuery text(db.get());
        QSqlQuery prepared(db.get());
        prepared.prepare(u"SELECT n FROM numbers WHERE id = ?"_s);
        for (int round = 0; !m_isOver; ++round) {
            QElapsedTimer timer;
            timer.start();
            prepared.bindValue(0, number);
            const bool isPrepared = round % 3 == 2;
            const QString sql = round % 3 == 0
                                        ? u"SELECT COUNT(*) FROM numbers"_s
                                        : u"REPLACE INTO numbers VALUES (%1, %2)"_s.arg(number).arg(
                                                round);
            if (!(isPrepared ? prepared.exec() : text.exec(sql)))
                fail(isPrepared ? prepared.lastError() : text.lastError());
            const std::scoped_lock lock(m_mutex);
            m_longest = std::max(m_longest, timer.elapsed());
            ++m_done;
        }
    }
    void fail(const QSqlError &error)
    {
        if (error.text().contains(u"may or may not have been executed"_s))
            return; // it was in flight: nobody refused it
        const std::scoped_lock lock(m_mutex);
        m_failures << error.nativeErrorCode() + u' ' + error.text();
    }

    std::atomic<bool> m_isOver{false};
    std::atomic<int> m_done{0};
    mutable std::mutex m_mutex;
    QStringList m_failures;
    qint64 m_longest = 0;
    std::vector<std::thread> m_threads;
};

const auto RejectAll = u"SET GLOBAL wsrep_reject_queries = ALL"_s;
const auto RejectAndKill = u"SET GLOBAL wsrep_reject_queries = ALL_KILL"_s;
const auto RejectNone = u"SET GLOBAL wsrep_reject_queries = NONE"_s;
const auto Isolate = u"SET GLOBAL wsrep_provider_options='gmcast.isolate=1'"_s;
const auto Rejoin = u"SET GLOBAL wsrep_provider_options='gmcast.isolate=0'"_s;

} // namespace

/// Statements that peers refuse before they execute them: nothing is lost by waiting, or by asking the
/// next one.
class tst_Refused : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(m_cluster.start(), qPrintable(m_cluster.errorString()));
        QVERIFY2(m_cluster[0]
                         .executeAsRoot(u"CREATE TABLE test.numbers (id INT PRIMARY KEY, n INT)"_s)
                         .ok,
                 "create");
        QTRY_VERIFY(isAllReady());
    }

    void clusterThatIsNotReadyForAMomentIsNotNoticed_data()
    {
        QTest::addColumn<QString>("refuse");
        QTest::addColumn<QString>("serve");
        QTest::newRow("rejects queries") << RejectAll << RejectNone;
        QTest::newRow("rejects queries and kills") << RejectAndKill << RejectNone;
        QTest::newRow("no quorum") << Isolate << Rejoin;
    }

    void clusterThatIsNotReadyForAMomentIsNotNoticed()
    {
        QFETCH(QString, refuse);
        QFETCH(QString, serve);
        Workers workers(6, m_cluster.hostList(),
                        u"POOL="_s
                                + QString::fromLatin1(QTest::currentDataTag()).replace(u' ', u'_'));
        QTRY_VERIFY(workers.done() > 300);
        onAll(refuse);
        QElapsedTimer timer;
        timer.start();
        QTest::qWait(2500); // an outage has a length
        onAll(serve);
        QTRY_VERIFY_WITH_TIMEOUT(isAllReady(), 20'000);
        const qint64 outage = timer.elapsed();
        const int before = workers.done();
        QTRY_VERIFY_WITH_TIMEOUT(workers.done() > before + 300, 20'000);
        workers.stop();
        const QStringList failures = workers.failures();
        qInfo("outage of %lld ms, longest statement %lld ms, %d statements", outage,
              workers.longest(), workers.done());
        QVERIFY2(failures.isEmpty(),
                 qPrintable(u"%1 failed: %2"_s.arg(failures.size()).arg(failures.value(0))));
    }

    void nodeThatIsAloneIsWaitedFor()
    {
        ScopedDatabase db(m_cluster[0].address(), u"POOL=lonely"_s);
        QVERIFY2(db.open(), qPrintable(db.error().text()));
        for (const QString &sql :
             {u"SELECT COUNT(*) FROM numbers"_s, u"REPLACE INTO numbers VALUES (60, 1)"_s}) {
            QVERIFY(m_cluster[0].executeAsRoot(RejectAll).ok);
            std::thread serves([this] {
                std::this_thread::sleep_for(std::chrono::milliseconds(700));
                m_cluster[0].executeAsRoot(RejectNone);
            });
            QElapsedTimer timer;
            timer.start();
            QSqlQuery query(db.get());
            const bool isOk = query.exec(sql);
            serves.join();
            QVERIFY2(isOk, qPrintable(query.lastError().text()));
            QVERIFY2(timer.elapsed() >= 600, qPrintable(QString::number(timer.elapsed())));
        }
    }

    void clusterThatStaysRefusingIsNamed()
    {
        ScopedDatabase db(m_cluster.hostList(), u"POOL=stays;OPEN_DEADLINE=2"_s);
        QVERIFY2(db.open(), qPrintable(db.error().text()));
        onAll(RejectAll);
        QElapsedTimer timer;
        timer.start();
        QSqlQuery query(db.get());
        const bool isOk = query.exec(u"SELECT COUNT(*) FROM numbers"_s);
        const qint64 elapsed = timer.elapsed();
        const QSqlError error = query.lastError();
        onAll(RejectNone);
        QTRY_VERIFY_WITH_TIMEOUT(isAllReady(), 20'000);
        QVERIFY(!isOk);
        qInfo("%lld ms: %s", elapsed, qPrintable(error.text()));
        QVERIFY2(elapsed > 1500 && elapsed < 5000, qPrintable(QString::number(elapsed)));
        QVERIFY2(error.databaseText().contains(u"wsrep_reject_queries"_s), qPrintable(error.text()));
        QCOMPARE(error.nativeErrorCode(), u"1047"_s);
        QTRY_VERIFY_WITH_TIMEOUT(query.exec(u"SELECT COUNT(*) FROM numbers"_s), 10'000);
    }

    // Two of three nodes refuse, one after the other.
    void statementThatTwoNodesRefuseRunsOnTheThird()
    {
        const QString hosts = m_cluster.hostList();
        for (int i = 0; i < 5; ++i) {
            ScopedDatabase db(hosts, u"BALANCE=first;POOL=two%1"_s.arg(i));
            QVERIFY2(db.openOn(m_cluster[0].address()), qPrintable(db.error().text()));
            QVERIFY(m_cluster[0].executeAsRoot(RejectAll).ok);
            QVERIFY(m_cluster[1].executeAsRoot(RejectAll).ok);
            QSqlQuery query(db.get());
            const bool isOk = query.exec(u"REPLACE INTO numbers VALUES (50, 1)"_s);
            onAll(RejectNone);
            QVERIFY2(isOk, qPrintable(query.lastError().text()));
            QCOMPARE(db.currentPeer(), m_cluster[2].address());
        }
    }

    // The writer of a group of replicas is the last one that is asked.
    void writeThatTwoReadOnlyPeersRefuseRunsOnTheThird()
    {
        ServerGroup servers(3);
        QVERIFY2(servers.start(), qPrintable(servers.errorString()));
        QVERIFY(servers.executeEverywhere(
                u"CREATE TABLE test.numbers (id INT PRIMARY KEY, n INT)"_s));
        ScopedDatabase db(servers.hostList(), u"BALANCE=first;POOL=replicas"_s);
        QVERIFY2(db.open(), qPrintable(db.error().text()));
        for (int i = 0; i < 2; ++i)
            QVERIFY(servers[i].executeAsRoot(u"SET GLOBAL read_only = 1"_s).ok);
        QSqlQuery query(db.get());
        QVERIFY2(query.exec(u"REPLACE INTO numbers VALUES (1, 1)"_s),
                 qPrintable(query.lastError().text()));
        QCOMPARE(db.currentPeer(), servers[2].address());
    }

private:
    void onAll(const QString &sql)
    {
        for (int i = 0; i < m_cluster.count(); ++i)
            QVERIFY2(m_cluster[i].executeAsRoot(sql).ok, qPrintable(sql));
    }
    bool isAllReady()
    {
        for (int i = 0; i < m_cluster.count(); ++i) {
            if (!m_cluster[i].executeAsRoot(u"SELECT * FROM test.numbers"_s).ok
                || m_cluster.clusterSize(i) != m_cluster.count())
                return false;
        }
        return true;
    }

    GaleraCluster m_cluster{3};
};

QTEST_GUILESS_MAIN(tst_Refused)
#include "tst_refused.moc"
