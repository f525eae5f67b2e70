// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "scopeddatabase.h"

#include "sandbox/galeracluster.h"
#include "sandbox/proxystandin.h"
#include "sandbox/relay.h"

#include <QtTest/QtTest>

#include <thread>

using namespace qproxysql::sandbox;
using namespace Qt::StringLiterals;

/// Galera nodes apply what others have committed a moment later. A connection that moves from one to
/// another must not miss what it has written itself.
class tst_CausalReads : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(m_cluster.start(), qPrintable(m_cluster.errorString()));
        for (int i = 0; i < 3; ++i)
            m_cluster[i].setAnswerTimeout(std::chrono::seconds(60));
        onFirst(u"CREATE TABLE test.bulk (id INT PRIMARY KEY, n INT)"_s);
        onFirst(u"INSERT INTO test.bulk SELECT seq, 0 FROM test.seq_1_to_60000"_s);
        onFirst(u"CREATE TABLE test.own (token INT PRIMARY KEY)"_s);
        onFirst(u"CREATE TABLE test.slow (id INT PRIMARY KEY)"_s);
        onFirst(u"INSERT INTO test.slow SELECT seq FROM test.seq_1_to_40"_s);
        m_relay = std::make_unique<Relay>(m_cluster[1].port());
        QVERIFY2(m_relay->isListening(), qPrintable(m_relay->errorString()));
        for (int i = 1; i < 3; ++i)
            QVERIFY(m_cluster[i]
                            .executeAsRoot(u"SET STATEMENT wsrep_sync_wait = 1 FOR SELECT 1"_s)
                            .ok);
    }

    void ownWriteIsSeenAfterALoss_data()
    {
        QTest::addColumn<QString>("options");
        QTest::addColumn<bool>("isCausal");
        QTest::newRow("moves") << QString() << true;
        QTest::newRow("always") << u";CAUSAL_READS=always"_s << true;
        // Else the rows above prove nothing.
        QTest::newRow("off") << u";CAUSAL_READS=off"_s << false;
    }

    /// The row is committed behind a large transaction: the other nodes are busy applying that one.
    void ownWriteIsSeenAfterALoss()
    {
        QFETCH(QString, options);
        QFETCH(bool, isCausal);
        int reads = 0;
        int misses = 0;
        while (reads < (isCausal ? Reads : 12)) {
            std::vector<std::unique_ptr<ScopedDatabase>> connections;
            QStringList sessions;
            for (int i = 0; i < 4; ++i) {
                connections.push_back(
                        std::make_unique<ScopedDatabase>(m_cluster.hostList(),
                                                         u"BALANCE=first;CHECK_INTERVAL=1"_s
                                                                 + options));
                ScopedDatabase &db = *connections.back();
                QTRY_VERIFY2(isOpenOn(db, 0), qPrintable(db.error().text()));
                sessions << sessionOf(db);
            }
            onFirst(u"UPDATE test.bulk SET n = n + 1"_s);
            const int first = m_token + 1;
            for (const auto &db : connections) {
                QSqlQuery query(db->get());
                QVERIFY2(query.exec(u"INSERT INTO own VALUES (%1)"_s.arg(++m_token)),
                         qPrintable(query.lastError().text()));
            }
            killOnFirst(sessions);
            for (size_t i = 0; i < connections.size(); ++i) {
                QSqlQuery query(connections[i]->get());
                QVERIFY2(query.exec(u"SELECT token FROM own WHERE token = %1"_s.arg(first + int(i))),
                         qPrintable(query.lastError().text()));
                misses += query.next() ? 0 : 1;
                ++reads;
            }
        }
        qInfo("%d of %d reads missed the row that their connection had written", misses, reads);
        QVERIFY(isCausal == (misses == 0));
    }

    /// An ALTER stands in the way on all nodes at once.
    void moveDuringAnAlterIsToldNoError()
    {
        ScopedDatabase db(m_cluster.hostList(), u"BALANCE=first;POOL=alter;CHECK_INTERVAL=1"_s);
        for (int i = 0; i < AlterRounds; ++i) {
            QTRY_VERIFY2(isOpenOn(db, 0), qPrintable(db.error().text()));
            QSqlQuery query(db.get());
            QVERIFY2(query.exec(u"INSERT INTO own VALUES (%1)"_s.arg(++m_token)),
                     qPrintable(query.lastError().text()));
            const QString session = sessionOf(db);
            std::thread alter([this, i] { alterSlowly(i); });
            const auto joinAlter = qScopeGuard([&alter] { alter.join(); });
            QTRY_VERIFY(isAltering());
            killOnFirst({session});
            QVERIFY(isAltering());
            QElapsedTimer timer;
            timer.start();
            QVERIFY2(query.exec(u"SELECT token FROM own WHERE token = %1"_s.arg(m_token)),
                     qPrintable(query.lastError().text()));
            QVERIFY(query.next());
            qInfo("a read after a move took %lld ms while an ALTER ran", timer.elapsed());
            QVERIFY(timer.elapsed() < 10'000);
        }
    }

    void noPeerInTimeIsAnErrorThatSaysSo()
    {
        const QString late = m_cluster[1].address();
        ScopedDatabase db(late, u"POOL=deadline;OPEN_DEADLINE=1.5"_s);
        {
            const LateNode node(*this, 1);
            QVERIFY(!db.open());
        }
        const QString text = db.error().text();
        QVERIFY2(text.contains(u"OPEN_DEADLINE=1.5 s, for which CAUSAL_READS=off does not wait"_s),
                 qPrintable(text));
        QVERIFY2(text.contains(late + u": answers, but has not caught up"_s), qPrintable(text));
        QVERIFY2(db.open(), qPrintable(db.error().text()));
    }

    void lateNodeIsPassedOverAndNotMarked()
    {
        ScopedDatabase db(m_cluster[1].address() + u',' + m_cluster[2].address(),
                          u"BALANCE=first;POOL=late"_s);
        const LateNode node(*this, 1);
        QElapsedTimer timer;
        timer.start();
        QVERIFY2(db.open(), qPrintable(db.error().text()));
        qInfo("open() beside a late node took %lld ms", timer.elapsed());
        QCOMPARE(db.currentPeer(), m_cluster[2].address());
        QCOMPARE(db.health(m_cluster[1].address()), u"Up"_s);
    }

    void costsOneRequest_data()
    {
        QTest::addColumn<QString>("causalReads");
        QTest::addColumn<int>("requests");
        QTest::newRow("moves") << u"moves"_s << 1;
        QTest::newRow("always") << u"always"_s << 1;
        QTest::newRow("off") << u"off"_s << 0;
    }

    void costsOneRequest()
    {
        QFETCH(QString, causalReads);
        QFETCH(int, requests);
        ScopedDatabase db(m_relay->address(), u"POOL=cost;MAX_IDLE=0;CAUSAL_READS="_s + causalReads);
        m_relay->resetCounts();
        QVERIFY2(db.open(), qPrintable(db.error().text()));
        QCOMPARE(m_relay->statements().filter(u"wsrep_sync_wait"_s).size(), requests);
        QVERIFY(db.value(u"SELECT 1"_s).isValid());
        QCOMPARE(m_relay->statements().filter(u"wsrep_sync_wait"_s).size(), requests);
    }

    // The next statement may go to another backend; and ProxySQL ties a session that sends it to one
    // hostgroup, where a read/write split then refuses every SELECT (9006).
    void nothingIsAskedThroughAProxy_data()
    {
        QTest::addColumn<QString>("causalReads");
        QTest::newRow("moves") << u"moves"_s;
        QTest::newRow("always") << u"always"_s;
    }

    void nothingIsAskedThroughAProxy()
    {
        QFETCH(QString, causalReads);
        for (const auto kind : {ProxyStandIn::Kind::ProxySql, ProxyStandIn::Kind::MaxScale}) {
            ProxyStandIn proxy(m_cluster[1].port(), kind);
            ScopedDatabase db(proxy.address(),
                              u"POOL=proxied;MAX_IDLE=0;CAUSAL_READS="_s + causalReads);
            QVERIFY2(db.open(), qPrintable(db.error().text()));
            QVERIFY(db.value(u"SELECT 1"_s).isValid());
            const QStringList sent = proxy.relay().statements();
            QVERIFY2(sent.filter(u"wsrep_sync_wait"_s).isEmpty(), qPrintable(sent.join(u'\n')));
        }
    }

    /// A session that was reset for the next open() does not wait for other nodes any more.
    void resetSessionsAreNotReadFrom_data()
    {
        QTest::addColumn<QString>("first");
        QTest::addColumn<QString>("second");
        QTest::addColumn<bool>("isClean"); // nothing but reads ran on it: it is not reset
        QTest::addColumn<bool>("isReused");
        QTest::newRow("off, off") << u"off"_s << u"off"_s << false << true;
        QTest::newRow("off, moves") << u"off"_s << u"moves"_s << false << false;
        QTest::newRow("moves, off") << u"moves"_s << u"off"_s << false << false;
        QTest::newRow("always, always") << u"always"_s << u"always"_s << false << false;
        QTest::newRow("off, moves, clean") << u"off"_s << u"moves"_s << true << true;
        QTest::newRow("moves, moves, clean") << u"moves"_s << u"moves"_s << true << true;
        QTest::newRow("always, moves, clean") << u"always"_s << u"moves"_s << true << false;
    }

    void resetSessionsAreNotReadFrom()
    {
        QFETCH(QString, first);
        QFETCH(QString, second);
        QFETCH(bool, isClean);
        QFETCH(bool, isReused);
        static int number = 0;
        const QString options = u"POOL=reset%1;CAUSAL_READS="_s.arg(++number);
        ScopedDatabase one(m_cluster[0].address(), options + first);
        QVERIFY2(one.open(), qPrintable(one.error().text()));
        const QString session = sessionOf(one);
        QCOMPARE(one.value(u"SELECT @@SESSION.wsrep_sync_wait"_s).toInt(),
                 first == u"always"_s ? 1 : 0);
        if (!isClean)
            one.value(u"DO 1"_s);
        one.get().close();
        ScopedDatabase two(m_cluster[0].address(), options + second);
        QVERIFY2(two.open(), qPrintable(two.error().text()));
        QCOMPARE(sessionOf(two) == session, isReused);
        QCOMPARE(two.value(u"SELECT @@SESSION.wsrep_sync_wait"_s).toInt(),
                 second == u"always"_s ? 1 : 0);
    }

    // On a node that needs more than 250 ms to catch up, another one is rightly opened.
    void cleanSessionWaitsWhenItIsTakenAgain()
    {
        ScopedDatabase db(m_cluster[1].address(), u"POOL=clean"_s);
        int reused = 0;
        for (int i = 0; i < 20 && reused < 3; ++i) {
            QVERIFY2(db.open(), qPrintable(db.error().text()));
            const QString session = sessionOf(db);
            db.get().close();
            onFirst(u"UPDATE test.bulk SET n = n + 1"_s);
            onFirst(u"INSERT INTO test.own VALUES (%1)"_s.arg(++m_token));
            QVERIFY2(db.open(), qPrintable(db.error().text()));
            QVERIFY(db.value(u"SELECT token FROM own WHERE token = %1"_s.arg(m_token)).isValid());
            reused += sessionOf(db) == session ? 1 : 0;
            db.get().close();
        }
        QCOMPARE(reused, 3);
    }

    void alwaysSeesWhatOthersWrite()
    {
        ScopedDatabase db(m_cluster[1].address(), u"POOL=others;CAUSAL_READS=always"_s);
        QVERIFY2(db.open(), qPrintable(db.error().text()));
        for (int i = 0; i < 3; ++i) {
            onFirst(u"UPDATE test.bulk SET n = n + 1"_s);
            onFirst(u"INSERT INTO test.own VALUES (%1)"_s.arg(++m_token));
            QCOMPARE(db.value(u"SELECT token FROM own WHERE token = %1"_s.arg(m_token)).toInt(),
                     m_token);
        }
    }

private:
#ifdef QPROXYSQL_LONG_TEST
    static constexpr int Reads = 200;
    static constexpr int AlterRounds = 20;
#else
    static constexpr int Reads = 12;
    static constexpr int AlterRounds = 1;
#endif

    /// Does not apply what others commit while it lives, and something waits to be applied.
    class LateNode
    {
    public:
        LateNode(tst_CausalReads &test, int node)
            : m_locker(u"127.0.0.1"_s, {}, u"QMYSQL"_s)
        {
            m_locker.get().setPort(test.m_cluster[node].port());
            QVERIFY2(m_locker.open(), qPrintable(m_locker.error().text()));
            QSqlQuery query(m_locker.get());
            QVERIFY2(query.exec(u"LOCK TABLES own WRITE"_s), qPrintable(query.lastError().text()));
            test.onFirst(u"INSERT INTO test.own VALUES (%1)"_s.arg(++test.m_token));
        }

    private:
        ScopedDatabase m_locker;
    };

    bool isOpenOn(ScopedDatabase &db, int node)
    {
        return (db.get().isOpen() || db.open())
               && (db.currentPeer() == m_cluster[node].address() || (db.get().close(), false));
    }

    void onFirst(const QString &sql)
    {
        const Answer answer = m_cluster[0].executeAsRoot(sql);
        QVERIFY2(answer.ok, qPrintable(sql + u": "_s + answer.errorString));
    }

    static QString sessionOf(const ScopedDatabase &db)
    {
        return db.value(u"SELECT CONNECTION_ID()"_s).toString();
    }

    /// Returns once they are gone.
    void killOnFirst(const QStringList &sessions)
    {
        onFirst(u"KILL "_s + sessions.join(u"; KILL "_s));
        const QString left =
                u"SELECT COUNT(*) FROM information_schema.processlist WHERE id IN (%1)"_s.arg(
                        sessions.join(u','));
        QTRY_COMPARE(m_cluster[0].executeAsRoot(left).value(), u"0"_s);
    }

    /// Costs every node a while of its processor for each row.
    void alterSlowly(int number)
    {
        ScopedDatabase db(u"127.0.0.1"_s, {}, u"QMYSQL"_s);
        db.get().setPort(m_cluster[0].port());
        QSqlQuery query(db.open() ? db.get() : QSqlDatabase());
        if (!query.exec(u"ALTER TABLE slow ADD COLUMN c%1 INT DEFAULT "
                        "(LENGTH(SHA2(REPEAT(id, 1500000), 512))), ALGORITHM=COPY"_s.arg(number)))
            qWarning("%s", qPrintable(query.lastError().text()));
    }

    bool isAltering()
    {
        return m_cluster[0]
                       .executeAsRoot(u"SELECT COUNT(*) FROM information_schema.processlist "
                                      "WHERE info LIKE 'ALTER TABLE slow%' AND state LIKE 'copy%'"_s)
                       .value()
               == u"1"_s;
    }

    std::unique_ptr<Relay> m_relay;
    GaleraCluster m_cluster{3};
    int m_token = 0;
};

QTEST_GUILESS_MAIN(tst_CausalReads)
#include "tst_causalreads.moc"
