// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "scopeddatabase.h"

#include "commits/committable.h"
#include "sandbox/galeracluster.h"

#include <QtCore/QRandomGenerator>
#include <QtTest/QtTest>

#include <atomic>
#include <mutex>
#include <set>
#include <thread>

using namespace qproxysql::sandbox;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

/// Counts signals of drivers of any thread.
class Counter : public QObject
{
    Q_OBJECT

public:
    std::atomic<int> count{0};

public Q_SLOTS:
    void note() { ++count; }
};

/// Transfers between accounts over three nodes, while sessions are killed and a node is: nothing fails but
/// COMMITs whose answer was lost, and none with EXACTLY_ONCE, which every other thread has.
class tst_ReplayGalera : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(m_cluster.start(), qPrintable(m_cluster.errorString()));
        const Answer made = m_cluster[0].executeAsRoot(
                u"CREATE TABLE test.accounts (id INT PRIMARY KEY, v INT);"
                "CREATE TABLE test.journal (id INT AUTO_INCREMENT PRIMARY KEY, thread INT, "
                "number INT);"
                "CREATE TABLE test.keysof (id INT AUTO_INCREMENT PRIMARY KEY, v INT);"
                "CREATE DATABASE qproxysql;"_s
                + qproxysql::CommitTable(u"qproxysql"_s).statements().join(u';')
                + u";GRANT SELECT, INSERT, DELETE ON qproxysql.* TO app"_s);
        QVERIFY2(made.ok, qPrintable(made.errorString));
        QVERIFY(m_cluster[0]
                        .executeAsRoot(u"INSERT INTO test.accounts SELECT seq, 1000 "
                                       "FROM test.seq_0_to_%1"_s.arg(Accounts - 1))
                        .ok);
        for (int i = 1; i < 3; ++i)
            QTRY_COMPARE(m_cluster[i].executeAsRoot(u"SELECT COUNT(*) FROM test.accounts"_s).value(),
                         QString::number(Accounts));
    }

    // Each node numbers the keys of one INSERT in its own way.
    void severalKeys_data()
    {
        QTest::addColumn<int>("node");
        QTest::addColumn<int>("others");
        QTest::addColumn<bool>("isPrepared");
        QTest::newRow("first") << 0 << 1 << false;
        QTest::newRow("second") << 1 << 2 << true;
        QTest::newRow("third") << 2 << 0 << false;
    }

    void severalKeys()
    {
        QFETCH(int, node);
        QFETCH(int, others);
        QFETCH(bool, isPrepared);
        ScopedDatabase db(m_cluster[node].address() + u',' + m_cluster[others].address(),
                          u"POOL=keys%1;BALANCE=first"_s.arg(node));
        QVERIFY2(db.openOn(m_cluster[node].address()), qPrintable(db.error().text()));
        const int session = db.serverThreadId();
        const QString keys = insertThree(db, isPrepared);
        QVERIFY(!keys.isEmpty());
        QVERIFY(m_cluster[node].executeAsRoot(u"KILL %1"_s.arg(session)).ok);
        QSqlQuery query(db.get());
        QVERIFY2(query.exec(u"SELECT 1"_s), qPrintable(query.lastError().text()));
        QVERIFY2(db.get().commit(), qPrintable(db.error().text()));
        QCOMPARE(db.currentPeer(), m_cluster[others].address());
        QCOMPARE(keysOn(others), keys);
    }

    // The node with the transaction dies. Sessions of before know the steps again when a login has heard of them.
    void severalKeysAndADeadNode()
    {
        completeLists();
        const QString hosts = m_cluster[0].address() + u',' + m_cluster[1].address();
        const QString options = u"POOL=old;BALANCE=first;MAX_IDLE=0"_s;
        ScopedDatabase first(hosts, options);
        ScopedDatabase second(hosts, options);
        ScopedDatabase dying(m_cluster[2].address() + u',' + m_cluster[1].address(),
                             u"POOL=dead;BALANCE=first"_s);
        QVERIFY2(first.openOn(m_cluster[0].address()) && second.openOn(m_cluster[0].address())
                         && dying.openOn(m_cluster[2].address()),
                 qPrintable(dying.error().text()));
        const int firstSession = first.serverThreadId();
        const int secondSession = second.serverThreadId();
        const QString keys = insertThree(dying, false);
        m_cluster[2].kill();
        QVERIFY(m_cluster.waitUntilExcluded(2));
        QVERIFY2(dying.get().commit(), qPrintable(dying.error().text()));
        QCOMPARE(keysOn(1), keys);

        QVERIFY(!insertThree(first, false).isEmpty());
        QVERIFY(m_cluster[0].executeAsRoot(u"KILL %1"_s.arg(firstSession)).ok);
        QSqlQuery query(first.get());
        QVERIFY(!query.exec(u"SELECT 1"_s));
        QVERIFY2(query.lastError().text().contains(u"generated keys"_s),
                 qPrintable(query.lastError().text()));

        ScopedDatabase fresh(hosts, options);
        QVERIFY2(fresh.openOn(m_cluster[0].address()), qPrintable(fresh.error().text()));
        QVERIFY(!insertThree(second, false).isEmpty() && second.get().rollback());
        const QString keysOfTwo = insertThree(second, false, 2);
        QVERIFY(m_cluster[0].executeAsRoot(u"KILL %1"_s.arg(secondSession)).ok);
        QSqlQuery next(second.get());
        QVERIFY2(next.exec(u"SELECT 1"_s), qPrintable(next.lastError().text()));
        QVERIFY2(second.get().commit(), qPrintable(second.error().text()));
        QCOMPARE(keysOn(1), keysOfTwo);
        QVERIFY2(m_cluster[2].start(), qPrintable(m_cluster[2].errorString()));
        QTRY_COMPARE_WITH_TIMEOUT(m_cluster.clusterSize(0), 3, 30'000);
    }

    void transfersOverKillsAndADeadNode()
    {
        keepSteps();
        std::vector<std::thread> threads;
        for (int i = 0; i < Threads; ++i)
            threads.emplace_back([this, i] { work(i); });
        const QDeadlineTimer deadline{std::chrono::seconds(Seconds)};
        const QDeadlineTimer halfTime{std::chrono::seconds(Seconds) / 2};
        int kills = 0;
        bool isNodeKilled = false;
        while (!deadline.hasExpired()) {
            kills += killOne(isNodeKilled ? 2 : 3);
            if (!isNodeKilled && halfTime.hasExpired()) {
                isNodeKilled = true;
                m_cluster[2].kill();
            }
            QTest::qWait(300);
        }
        m_stop = true;
        for (std::thread &thread : threads)
            thread.join();
        qInfo("%d transactions, %d sessions killed, %d replays, %d COMMITs of unknown fate and %d "
              "with EXACTLY_ONCE, where %d were found not to be executed; longest call %d ms",
              m_done.load(), kills, m_replays.count.load(), m_unknown.load(),
              m_unknownWithToken.load(), undone(), m_longest.load());
        QVERIFY2(m_failures == 0, qPrintable(u"%1: %2"_s.arg(m_failures).arg(m_firstFailure)));
        QVERIFY(kills > Seconds);
        QVERIFY2(m_replays.count > 0, "nothing was replayed, so this proves nothing");
        QVERIFY(m_longest < 20'000);
        QCOMPARE(m_unknownWithToken, 0);
        compareWithJournal();
    }

private:
#ifdef QPROXYSQL_LONG_TEST
    static constexpr int Seconds = 60;
#else
    static constexpr int Seconds = 8;
#endif
    static constexpr int Threads = 6;
    /// Of each thread, in turn: a COMMIT of unknown fate may still take effect while the next transaction
    /// runs, and would change what it has read.
    static constexpr int Pairs = 50;
    static constexpr int Accounts = 2 * Threads * Pairs;

    /// In a transaction. The keys that the node has generated; empty: it failed.
    QString insertThree(ScopedDatabase &db, bool isPrepared, int nodes = 3)
    {
        QSqlQuery query(db.get());
        bool isOk = m_cluster[0].executeAsRoot(u"TRUNCATE test.keysof"_s).ok;
        // Before a node has done the same it would undo the transaction for it.
        for (int i = 1; i < 3; ++i)
            isOk = isOk && (!m_cluster[i].isRunning() || keysOn(i).isEmpty());
        isOk = isOk && db.get().transaction();
        if (isPrepared) {
            isOk = isOk && query.prepare(u"INSERT INTO keysof (v) VALUES (?), (?), (?)"_s);
            for (int i = 1; i <= 3; ++i)
                query.addBindValue(i);
            isOk = isOk && query.exec();
        } else {
            isOk = isOk && query.exec(u"INSERT INTO keysof (v) VALUES (1), (2), (3)"_s);
        }
        const int first = query.lastInsertId().toInt();
        return isOk ? u"%1,%2,%3"_s.arg(first).arg(first + nodes).arg(first + 2 * nodes)
                    : QString();
    }
    /// A node that joined at the same time as another one may not list it. Then nobody can tell later
    /// whether it has left.
    void completeLists()
    {
        const auto areComplete = [this] {
            for (int i = 0; i < 3; ++i) {
                const QString nodes =
                        m_cluster[i]
                                .executeAsRoot(u"SELECT VARIABLE_VALUE FROM "
                                               "information_schema.GLOBAL_STATUS "
                                               "WHERE VARIABLE_NAME = 'wsrep_incoming_addresses'"_s)
                                .value();
                if (nodes.count(u',') != 2)
                    return false;
            }
            return true;
        };
        if (areComplete())
            return;
        QVERIFY2(m_cluster[2].restart(), qPrintable(m_cluster[2].errorString()));
        QTRY_VERIFY_WITH_TIMEOUT(areComplete(), 30'000);
    }

    QString keysOn(int node)
    {
        return m_cluster[node]
                .executeAsRoot(u"SET STATEMENT wsrep_sync_wait = 1 FOR "
                               "SELECT GROUP_CONCAT(id ORDER BY v) FROM test.keysof"_s)
                .value();
    }

    /// Else the nodes change the steps of generated keys when one of them is gone, and two transactions may have
    /// been told the same key: the one that loses cannot be replayed.
    void keepSteps()
    {
        for (int i = 0; i < 3; ++i)
            QVERIFY(m_cluster[i]
                            .executeAsRoot(u"SET GLOBAL wsrep_auto_increment_control = OFF; "
                                           "SET GLOBAL auto_increment_increment = 3, "
                                           "auto_increment_offset = %1"_s.arg(i + 1))
                            .ok);
    }

    void compareWithJournal()
    {
        QTRY_COMPARE(m_cluster[0].executeAsRoot(u"SELECT SUM(v) FROM test.accounts"_s).value(),
                     QString::number(Accounts * 1000));
        const Answer all = m_cluster[0].executeAsRoot(u"SELECT thread, number FROM test.journal"_s);
        QVERIFY(all.ok);
        std::multiset<std::pair<int, int>> found;
        for (const QStringList &row : all.rows)
            found.emplace(row.at(0).toInt(), row.at(1).toInt());
        for (const auto &[transaction, isCertain] : m_told) {
            const auto times = found.count(transaction);
            QVERIFY2(times == 1 || (times == 0 && !isCertain),
                     qPrintable(u"%1.%2 is there %3 times"_s.arg(transaction.first)
                                        .arg(transaction.second)
                                        .arg(times)));
            found.erase(transaction);
        }
        QVERIFY2(found.empty(), "a transaction that nobody was told of");
    }

    int killOne(int nodes)
    {
        Server &node = m_cluster[int(QRandomGenerator::global()->bounded(nodes))];
        const Answer sessions = node.executeAsRoot(
                u"SELECT ID FROM information_schema.PROCESSLIST WHERE USER = 'app'"_s);
        if (!sessions.ok || sessions.rows.isEmpty())
            return 0;
        const auto one = QRandomGenerator::global()->bounded(sessions.rows.size());
        return node.executeAsRoot(u"KILL %1"_s.arg(sessions.rows.at(one).first())).ok;
    }

    static bool hasToken(int thread)
    {
        return thread % 2 == 0;
    }

    /// COMMITs that were lost and not executed: each has left a void token.
    int undone()
    {
        return m_cluster[0]
                .executeAsRoot(u"SELECT COUNT(*) - 1 FROM qproxysql.qproxysql_commit "
                               "WHERE kind = 'void'"_s)
                .value()
                .toInt();
    }

    void work(int thread)
    {
        ScopedDatabase db(m_cluster.hostList(),
                          u"POOL=transfers;CHECK_INTERVAL=2;EXACTLY_ONCE="_s
                                  + (hasToken(thread) ? u"transactions"_s : u"off"_s));
        if (!db.open())
            return fail(u"open"_s, db.error());
        QObject::connect(db.get().driver(), SIGNAL(transactionReplayed(QString, QString, QString)),
                         &m_replays, SLOT(note()), Qt::DirectConnection);
        for (int number = 0; !m_stop; ++number)
            transfer(db, thread, number);
    }

    bool timed(const std::function<bool()> &call)
    {
        QElapsedTimer timer;
        timer.start();
        const bool isOk = call();
        int longest = m_longest;
        while (int(timer.elapsed()) > longest
               && !m_longest.compare_exchange_weak(longest, int(timer.elapsed()))) {
        }
        return isOk;
    }

    bool succeeds(const QString &what, const std::function<bool()> &call,
                  const std::function<QSqlError()> &error)
    {
        const bool isOk = timed(call);
        if (!isOk)
            fail(what, error());
        return isOk;
    }

    void transfer(ScopedDatabase &db, int thread, int number)
    {
        QSqlQuery query(db.get());
        const int from = 2 * (thread * Pairs + number % Pairs);
        const auto run = [&](const QString &sql) {
            return succeeds(
                    sql, [&] { return query.exec(sql); }, [&] { return query.lastError(); });
        };
        const auto begun = succeeds(
                u"begin"_s, [&] { return db.get().transaction(); }, [&] { return db.error(); });
        const bool isOk =
                begun && run(u"SELECT v FROM accounts WHERE id = %1 FOR UPDATE"_s.arg(from))
                && run(u"UPDATE accounts SET v = v - 1 WHERE id = %1"_s.arg(from))
                && run(u"UPDATE accounts SET v = v + 1 WHERE id = %1"_s.arg(from + 1))
                && run(u"INSERT INTO journal (thread, number) VALUES (%1, %2)"_s.arg(thread).arg(
                        number));
        if (!isOk) {
            db.get().rollback();
            return;
        }
        const bool isCommitted = timed([&] { return db.get().commit(); });
        const QSqlError error = db.error();
        const bool isUnknown = !isCommitted && error.text().contains(u"Outcome unknown"_s);
        if (!isCommitted && !isUnknown)
            fail(u"COMMIT of thread %1"_s.arg(thread), error);
        const std::scoped_lock lock(m_mutex);
        if (isCommitted || isUnknown)
            m_told.push_back({{thread, number}, isCommitted});
        m_done += isCommitted;
        (hasToken(thread) ? m_unknownWithToken : m_unknown) += isUnknown;
    }

    void fail(const QString &what, const QSqlError &error)
    {
        const std::scoped_lock lock(m_mutex);
        if (m_failures++ == 0)
            m_firstFailure = what + u": "_s + error.nativeErrorCode() + u' ' + error.text();
    }

    GaleraCluster m_cluster{3};
    Counter m_replays;
    std::atomic<bool> m_stop{false};
    std::atomic<int> m_done{0};
    std::atomic<int> m_unknown{0};
    std::atomic<int> m_unknownWithToken{0};
    std::atomic<int> m_longest{0};
    std::mutex m_mutex;
    int m_failures = 0;
    QString m_firstFailure;
    std::vector<std::pair<std::pair<int, int>, bool>> m_told;
};

QTEST_GUILESS_MAIN(tst_ReplayGalera)
#include "tst_replaygalera.moc"
