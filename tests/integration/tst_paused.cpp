// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "scopeddatabase.h"

#include "sandbox/fulltests.h"
#include "sandbox/listeners.h"
#include "sandbox/proxystandin.h"
#include "sandbox/servergroup.h"

#include <QtTest/QtTest>

#include <functional>
#include <latch>
#include <mutex>
#include <thread>

using namespace qproxysql::sandbox;
using namespace Qt::StringLiterals;

namespace {

#ifdef QPROXYSQL_LONG_TEST
const auto Nap = u"20"_s;
#else
const auto Nap = u"7"_s; ///< s; a peer that is given up loses its statements sooner
#endif

/// What an application does on a connection of its own, from before a pause on.
struct Use
{
    const char *name;
    QStringList before;
    QStringList during;  ///< the first one is in flight when the pause begins, unless it is idle
    bool isIdle = false; ///< until the others have ended
};

std::vector<Use> uses()
{
    const auto slow = u"INSERT INTO log SELECT '%1' FROM (SELECT SLEEP(%2)) AS nap"_s;
    const auto quick = u"INSERT INTO log VALUES ('%1')"_s;
    const QString own = u"CREATE TEMPORARY TABLE own (a INT)"_s;
    return {{"write", {}, {slow.arg(u"write", Nap)}},
            {"read", {}, {u"SELECT SLEEP(%1)"_s.arg(Nap)}},
            {"transaction",
             {u"BEGIN"_s, quick.arg(u"transaction")},
             {slow.arg(u"transaction", Nap), quick.arg(u"transaction"), u"COMMIT"_s}},
            {"temporary table",
             {own},
             {slow.arg(u"temporary table", Nap), u"INSERT INTO own VALUES (1)"_s}},
            {"idle transaction",
             {u"BEGIN"_s, quick.arg(u"idle transaction")},
             {quick.arg(u"idle transaction"), u"COMMIT"_s},
             true},
            {"idle temporary table", {own}, {u"INSERT INTO own VALUES (1)"_s}, true}};
}

struct Outcome
{
    QStringList errors;
    QString peer; ///< afterwards
};

/// Each use in a thread; \a fault happens when those that are not idle are in flight.
std::vector<Outcome> runAll(const std::vector<Use> &uses, const QString &hosts,
                            const QString &options, const std::function<void()> &fault)
{
    std::vector<Outcome> outcomes(uses.size());
    std::latch ready(std::ptrdiff_t(uses.size()));
    std::latch busyEnded(std::ranges::count_if(uses, [](const Use &use) { return !use.isIdle; }));
    std::vector<std::jthread> threads;
    for (size_t i = 0; i < uses.size(); ++i) {
        threads.emplace_back([&, i] {
            ScopedDatabase db(hosts, options);
            const auto run = [&](const QStringList &statements) {
                for (const QString &sql : statements) {
                    QSqlQuery query(db.get());
                    if (!query.exec(sql))
                        outcomes[i].errors += query.lastError().text();
                }
            };
            if (!db.open())
                outcomes[i].errors += db.error().text();
            run(uses[i].before);
            ready.count_down();
            if (uses[i].isIdle)
                busyEnded.wait();
            run(uses[i].during);
            outcomes[i].peer = db.currentPeer();
            if (!uses[i].isIdle)
                busyEnded.count_down();
        });
    }
    ready.wait();
    fault();
    threads.clear();
    return outcomes;
}

/// Threads that read and write until told to stop: some open a connection for each piece of work, some have
/// one, and one writes slowly.
class Users
{
public:
    Users(const QString &hosts, const QString &options)
    {
        for (int number = 0; number < 6; ++number)
            m_threads.emplace_back([=, this] { live(number, hosts, options); });
    }
    ~Users() { stop(); }
    Q_DISABLE_COPY_MOVE(Users)

    void stop()
    {
        m_isOver = true;
        m_threads.clear();
    }
    int done() const { return m_done; }
    int slowOnes() const { return m_slowOnes; }
    int written() const { return m_written; }
    QStringList errors() const
    {
        const std::scoped_lock lock(m_mutex);
        return m_errors;
    }

private:
    void live(int number, const QString &hosts, const QString &options)
    {
        ScopedDatabase db(hosts, options);
        while (!m_isOver) {
            check(db.get().isOpen() || db.open(), db.get());
            number == 0 ? write(db, u"INSERT INTO log SELECT SLEEP(2)"_s) : work(db);
            m_slowOnes += number == 0;
            ++m_done;
            if (number % 2 == 1)
                db.get().close();
        }
    }
    void work(const ScopedDatabase &db)
    {
        QSqlDatabase database = db.get();
        QSqlQuery query(database);
        check(query.exec(u"SELECT COUNT(*) FROM seq_1_to_100"_s), query);
        write(db, u"INSERT INTO log VALUES ('single')"_s);
        check(database.transaction(), database);
        write(db, u"INSERT INTO log VALUES ('in a transaction')"_s);
        check(query.exec(u"SELECT COUNT(*) FROM seq_1_to_10"_s), query);
        check(database.commit(), database);
    }
    void write(const ScopedDatabase &db, const QString &sql)
    {
        QSqlQuery query(db.get());
        const bool isOk = query.exec(sql);
        m_written += isOk;
        check(isOk, query);
    }
    template<typename Source>
    void check(bool isOk, const Source &source)
    {
        if (isOk)
            return;
        const std::scoped_lock lock(m_mutex);
        m_errors += source.lastError().text();
    }

    std::atomic<bool> m_isOver{false};
    std::atomic<int> m_done{0};
    std::atomic<int> m_slowOnes{0};
    std::atomic<int> m_written{0};
    mutable std::mutex m_mutex;
    QStringList m_errors;
    std::vector<std::jthread> m_threads;
};

} // namespace

/// A peer that takes nobody new and serves those whom it has: a proxy that was told to pause, a server that
/// shuts down.
class tst_Paused : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(m_servers.start(), qPrintable(m_servers.errorString()));
        QVERIFY(m_servers.executeEverywhere(u"CREATE TABLE test.log (what VARCHAR(20))"_s));
    }
    void init()
    {
        QVERIFY2(m_servers.start(), qPrintable(m_servers.errorString()));
        QVERIFY(m_servers.executeEverywhere(u"TRUNCATE test.log"_s));
    }

    void whatIsUnderWayGoesOn_data()
    {
        QTest::addColumn<bool>("hangsUp");
        if (RunsAllData)
            QTest::newRow("listener closed") << false;
        QTest::newRow("accepts and hangs up") << true;
    }

    void whatIsUnderWayGoesOn()
    {
        QFETCH(bool, hangsUp);
        ProxyStandIn a(m_servers[0].port());
        ProxyStandIn b(m_servers[1].port());
        const QString hosts = a.address() + u',' + b.address();
        const QString options = u"POOL=under_way%1;BALANCE=first"_s.arg(hangsUp);
        ScopedDatabase watcher(hosts, options);
        QVERIFY2(watcher.open(), qPrintable(watcher.error().text()));
        std::unique_ptr<HangUpListener> instead;
        const std::vector<Use> all = uses();
        const std::vector<Outcome> outcomes = runAll(all, hosts, options, [&] {
            QTRY_COMPARE(inFlight(0), 4);
            a.relay().pause();
            if (hangsUp) {
                instead = std::make_unique<HangUpListener>(a.port());
                QVERIFY2(instead->isListening(), qPrintable(instead->errorString()));
            }
            QTRY_COMPARE(watcher.health(a.address()), u"Down"_s);
            QCOMPARE(inFlight(0), 4);
        });
        for (size_t i = 0; i < all.size(); ++i) {
            QVERIFY2(outcomes[i].errors.isEmpty(), qPrintable(QLatin1String(all[i].name) + u": "_s
                                                              + outcomes[i].errors.join(u'\n')));
            QCOMPARE(outcomes[i].peer, a.address());
        }
        QCOMPARE(rows(0), 1 + 3 + 1 + 2);
        QCOMPARE(rows(1), 0);
    }

    void pauseAndResumeInTurn()
    {
        ProxyStandIn a(m_servers[0].port());
        ProxyStandIn b(m_servers[1].port());
        const QString hosts = a.address() + u',' + b.address();
        ScopedDatabase watcher(hosts, u"POOL=in_turn"_s);
        QVERIFY2(watcher.open(), qPrintable(watcher.error().text()));
        Users users(hosts, u"POOL=in_turn"_s);
        for (int round = 0; round < (RunsAllData ? 3 : 1); ++round) {
            for (ProxyStandIn *proxy : {&a, &b}) {
                const int done = users.done();
                const int slowOnes = users.slowOnes();
                proxy->relay().pause();
                QTRY_VERIFY_WITH_TIMEOUT(users.done() > done + 100 && users.slowOnes() > slowOnes,
                                         20'000);
                proxy->relay().resume();
            }
        }
        users.stop();
        const QStringList errors = users.errors();
        QVERIFY2(errors.isEmpty(),
                 qPrintable(QString::number(errors.size()) + u": "_s + errors.value(0)));
        QCOMPARE(rows(0) + rows(1), users.written());
        qInfo("%d pieces of work, %d slow writes", users.done(), users.slowOnes());
    }

    // Time-outs do what refusals do not.
    void peerThatIsSilentAfterAll()
    {
        ProxyStandIn a(m_servers[0].port());
        ProxyStandIn b(m_servers[1].port());
        const QString hosts = a.address() + u',' + b.address();
        const QString options = u"POOL=silent;BALANCE=first;CONNECT_TIMEOUT=1;CHECK_INTERVAL=1"_s;
        ScopedDatabase watcher(hosts, options);
        QVERIFY2(watcher.open(), qPrintable(watcher.error().text()));
        std::unique_ptr<SilentListener> instead;
        QElapsedTimer timer;
        const std::vector<Outcome> outcomes =
                runAll({{"write", {}, {u"INSERT INTO log SELECT SLEEP(60)"_s}}}, hosts, options,
                       [&] {
                           QTRY_COMPARE(inFlight(0), 1);
                           a.relay().pause();
                           QTRY_COMPARE(watcher.health(a.address()), u"Down"_s);
                           instead = std::make_unique<SilentListener>(a.port());
                           QVERIFY2(instead->isListening(), qPrintable(instead->errorString()));
                           timer.start();
                       });
        qInfo("ended after %lld ms", timer.elapsed());
        QVERIFY(timer.elapsed() < 10'000);
        const QString error = outcomes[0].errors.value(0);
        QVERIFY2(error.contains(u"Outcome unknown"_s) && error.contains(u"had stopped answering"_s),
                 qPrintable(error));
    }

    void serverThatEnds_data()
    {
        QTest::addColumn<bool>("isOrderly");
        QTest::newRow("SIGTERM") << true;
        QTest::newRow("kill -9") << false;
    }

    // It ends its sessions itself, and nobody else does it before.
    void serverThatEnds()
    {
        QFETCH(bool, isOrderly);
        const std::vector<Use> all{{"write", {}, {u"INSERT INTO log SELECT SLEEP(60)"_s}},
                                   {"read", {}, {u"SELECT COUNT(*) FROM log WHERE SLEEP(5) = 0"_s}},
                                   {"transaction",
                                    {u"BEGIN"_s},
                                    {u"INSERT INTO log SELECT SLEEP(60)"_s}}};
        QVERIFY(m_servers.executeEverywhere(u"INSERT INTO test.log VALUES ('row')"_s));
        QElapsedTimer timer;
        const std::vector<Outcome> outcomes =
                runAll(all, m_servers.hostList(),
                       u"POOL=ends%1;BALANCE=first;RETRY_TRANSACTIONS=0"_s.arg(isOrderly), [&] {
                           QTRY_COMPARE(inFlight(0), 3);
                           timer.start();
                           if (isOrderly)
                               QVERIFY2(m_servers[0].terminate(),
                                        qPrintable(m_servers[0].errorString()));
                           else
                               m_servers[0].kill();
                       });
        qInfo("%lld ms", timer.elapsed());
        for (size_t i = 0; i < all.size(); ++i) {
            const QString errors = outcomes[i].errors.join(u'\n');
            qInfo("%s: %s", all[i].name, qPrintable(errors));
            QVERIFY2(!errors.contains(u"sessions were ended"_s), qPrintable(errors));
        }
        QVERIFY(outcomes[0].errors.value(0).contains(u"Outcome unknown"_s));
        QVERIFY2(outcomes[1].errors.isEmpty(), "a read runs again elsewhere");
        QVERIFY(outcomes[2].errors.value(0).contains(u"Transaction lost"_s));
        QVERIFY(timer.elapsed() < 9000);
    }

private:
    int inFlight(int server)
    {
        const QList<ProcessListEntry> all = m_servers[server].processList(u"app"_s);
        return int(std::ranges::count_if(all, [](const ProcessListEntry &entry) {
            return entry.statement.contains(u"SLEEP("_s);
        }));
    }
    int rows(int server)
    {
        return m_servers[server].executeAsRoot(u"SELECT COUNT(*) FROM test.log"_s).value().toInt();
    }

    ServerGroup m_servers{2};
};

QTEST_GUILESS_MAIN(tst_Paused)
#include "tst_paused.moc"
