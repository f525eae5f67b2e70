// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "scopeddatabase.h"

#include "sandbox/relay.h"
#include "sandbox/servergroup.h"

#include <QtTest/QtTest>

#include <latch>
#include <thread>

using namespace qproxysql::sandbox;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// What an application does on a connection of its own: something before the fault, and one call after
/// it; and what that call may say.
struct Use
{
    const char *name;
    std::function<bool(QSqlDatabase &, QSqlQuery &)> before;
    std::function<QSqlError(QSqlDatabase &, QSqlQuery &)> call;
    const char *says = ""; ///< part of the error; empty: none
};

struct Outcome
{
    QSqlError error;
    qint64 ms = 0;
    bool isUsable = false; ///< afterwards, after a rollback
};

bool nothing(QSqlDatabase &, QSqlQuery &)
{
    return true;
}

auto running(const QString &sql)
{
    return [sql](QSqlDatabase &, QSqlQuery &query) {
        return query.exec(sql) ? QSqlError() : query.lastError();
    };
}

auto preparing(const QString &sql)
{
    return [sql](QSqlDatabase &, QSqlQuery &query) { return query.prepare(sql); };
}

QSqlError executing(QSqlDatabase &, QSqlQuery &query)
{
    return query.exec() ? QSqlError() : query.lastError();
}

bool beginning(QSqlDatabase &db, QSqlQuery &query)
{
    return db.transaction() && query.exec(u"INSERT INTO ledger VALUES ('transaction')"_s);
}

std::vector<Use> uses()
{
    const QString insert = u"INSERT INTO ledger VALUES ('write')"_s;
    return {
            {"read", nothing, running(u"SELECT 42"_s)},
            {"write", nothing, running(insert), "Outcome unknown"},
            {"prepared read", preparing(u"SELECT 42"_s), executing},
            // After an idle second the statement is reset first: it is lost before anything is executed.
            {"prepared write", preparing(insert), executing},
            {"preparing", nothing,
             [](QSqlDatabase &, QSqlQuery &query) {
                 return query.prepare(u"SELECT 43"_s) ? QSqlError() : query.lastError();
             }},
            {"list of tables", nothing,
             [](QSqlDatabase &db, QSqlQuery &) {
                 return db.tables().contains(u"ledger"_s) ? QSqlError() : db.lastError();
             }},
            {"begin", nothing,
             [](QSqlDatabase &db, QSqlQuery &) {
                 return db.transaction() ? QSqlError() : db.lastError();
             }},
            {"read in a transaction", beginning, running(u"SELECT 42"_s)},
            {"write in a transaction", beginning, running(insert)},
            {"commit", beginning,
             [](QSqlDatabase &db, QSqlQuery &) {
                 return db.commit() ? QSqlError() : db.lastError();
             },
             "Outcome unknown"},
            {"read beside a temporary table",
             [](QSqlDatabase &, QSqlQuery &query) {
                 return query.exec(u"CREATE TEMPORARY TABLE own (a INT)"_s);
             },
             running(u"SELECT 42"_s), "Session state lost"},
    };
}

/// Each use in a thread; all are idle when \a fault happens.
std::vector<Outcome> runAll(const std::vector<Use> &uses, const QString &hosts,
                            const QString &options, const std::function<void()> &fault)
{
    std::vector<Outcome> outcomes(uses.size());
    std::latch ready(std::ptrdiff_t(uses.size()));
    std::latch go(1);
    std::vector<std::jthread> threads;
    for (size_t i = 0; i < uses.size(); ++i) {
        threads.emplace_back([&, i] {
            ScopedDatabase scoped(hosts, options);
            QSqlDatabase db = scoped.get();
            bool isOpen = scoped.open();
            QSqlQuery query(db);
            isOpen = isOpen && uses[i].before(db, query);
            ready.count_down();
            go.wait();
            QElapsedTimer timer;
            timer.start();
            outcomes[i].error = isOpen ? uses[i].call(db, query) : db.lastError();
            outcomes[i].ms = timer.elapsed();
            db.rollback();
            outcomes[i].isUsable = scoped.value(u"SELECT 1"_s).isValid();
        });
    }
    ready.wait();
    std::this_thread::sleep_for(1100ms); // what is forgotten has been idle
    fault();
    go.count_down();
    threads.clear();
    return outcomes;
}

} // namespace

/// Connections whose packets reach nobody any more although the peer lives, with default options.
class tst_Forgotten : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(m_servers.start(), qPrintable(m_servers.errorString()));
        QVERIFY2(m_servers.executeEverywhere(u"CREATE TABLE test.ledger (what VARCHAR(20))"_s),
                 qPrintable(m_servers.errorString()));
        for (int i = 0; i < m_servers.count(); ++i)
            m_relays.push_back(std::make_unique<Relay>(m_servers[i].port()));
    }

    void everyUse_data()
    {
        QTest::addColumn<int>("peers");
        QTest::addColumn<bool>("isReset"); ///< by the next packet; else nothing ever comes back
        QTest::addColumn<int>("atMostMs");
        QTest::newRow("forgotten_one_peer") << 1 << false << 10'000;
        QTest::newRow("forgotten_two_peers") << 2 << false << 10'000;
        QTest::newRow("reset_two_peers") << 2 << true << 2000;
    }

    void everyUse()
    {
        QFETCH(int, peers);
        QFETCH(bool, isReset);
        QFETCH(int, atMostMs);
        const std::vector<Use> all = uses();
        const QString options = u"POOL=%1"_s.arg(QLatin1String(QTest::currentDataTag()))
                                + (isReset ? u";BALANCE=first"_s : QString());
        bool isDone = false;
        const std::vector<Outcome> outcomes = runAll(all, hosts(peers), options, [&] {
            isDone = isReset ? m_relays[0]->loseConnections() : forgetAll();
        });
        QVERIFY2(isDone, "the fault could not be produced");
        for (size_t i = 0; i < all.size(); ++i) {
            const QString text = outcomes[i].error.text();
            qInfo("%s: %lld ms %s", all[i].name, outcomes[i].ms, qPrintable(text));
            const QLatin1String says(all[i].says);
            QVERIFY2(says.isEmpty() == !outcomes[i].error.isValid() && text.contains(says),
                     qPrintable(QLatin1String(all[i].name) + u": "_s + text));
            QVERIFY2(outcomes[i].ms < atMostMs, all[i].name);
            QVERIFY2(outcomes[i].isUsable, all[i].name);
        }
    }

    void keptSession_data()
    {
        QTest::addColumn<QString>("sql");
        QTest::addColumn<int>("idleMs");
        QTest::addColumn<int>("atMostMs");
        const QString read = u"SELECT 1"_s;
        // It is not asked again: the next statement meets it.
        QTest::newRow("used_a_moment_ago") << read << 0 << 10'000;
        QTest::newRow("idle_for_a_while") << read << 1200 << 2000;
        QTest::newRow("is_being_reset") << u"SET @own = 1"_s << 0 << 2000;
    }

    void keptSession()
    {
        QFETCH(QString, sql);
        QFETCH(int, idleMs);
        QFETCH(int, atMostMs);
        ScopedDatabase db(hosts(1), u"POOL=%1"_s.arg(QLatin1String(QTest::currentDataTag())));
        QVERIFY2(db.open(), qPrintable(db.error().text()));
        QVERIFY(QSqlQuery(db.get()).exec(sql));
        QVERIFY(forgetAll());
        db.get().close();
        QElapsedTimer idle;
        idle.start();
        QTRY_VERIFY(idle.elapsed() >= idleMs);
        QElapsedTimer timer;
        timer.start();
        QSqlError error;
        QVERIFY2(db.open(), qPrintable(db.error().text()));
        QVERIFY2(db.value(u"SELECT 1"_s, &error).isValid(), qPrintable(error.text()));
        qInfo("%lld ms", timer.elapsed());
        QVERIFY(timer.elapsed() < atMostMs);
    }

    void drain()
    {
        const QString peer = m_relays[0]->address();
        std::vector<std::unique_ptr<ScopedDatabase>> databases;
        for (int i = 0; i < 4; ++i) {
            databases.push_back(
                    std::make_unique<ScopedDatabase>(hosts(2), u"POOL=drained;BALANCE=first"_s));
            QVERIFY2(databases.back()->open(), qPrintable(databases.back()->error().text()));
            QCOMPARE(databases.back()->currentPeer(), peer);
        }
        QVERIFY(forgetAll());
        ScopedDatabase &first = *databases[0];
        QVERIFY(drainPeer(first, peer));
        QTRY_COMPARE_WITH_TIMEOUT(first.peer(peer).value(u"sessions"_s).toInt(), 0, 5000);
        for (const auto &database : databases) {
            QElapsedTimer timer;
            timer.start();
            QVERIFY(QSqlQuery(database->get()).exec(u"INSERT INTO ledger VALUES ('drain')"_s));
            QVERIFY(timer.elapsed() < 2000);
            QCOMPARE(database->currentPeer(), m_relays[1]->address());
        }
    }

    // A session that was opened for a move waits for its connection's next safe point.
    void replacement()
    {
        const QString peer = m_relays[0]->address();
        ScopedDatabase db(hosts(2), u"POOL=replaced;BALANCE=first"_s);
        QVERIFY2(db.open(), qPrintable(db.error().text()));
        QVERIFY(db.get().transaction());
        QVERIFY(drainPeer(db, peer));
        const auto isOffered = [&] {
            return db.value(u"SELECT 1"_s).isValid()
                   && db.peer(m_relays[1]->address()).value(u"sessions"_s).toInt() == 1;
        };
        QTRY_VERIFY_WITH_TIMEOUT(isOffered(), 5000);
        QVERIFY(m_relays[1]->forgetConnections());
        QElapsedTimer timer;
        timer.start();
        QTRY_VERIFY(timer.elapsed() >= 1200);
        QVERIFY(db.get().commit());
        timer.start();
        QSqlQuery query(db.get());
        QVERIFY2(query.exec(u"INSERT INTO ledger VALUES ('moved')"_s),
                 qPrintable(query.lastError().text()));
        QVERIFY(timer.elapsed() < 2000);
        QCOMPARE(db.currentPeer(), m_relays[1]->address());
    }

    // What the peer has acknowledged is watched by the kernel's keepalive, 15 + 3 * 5 s.
    void nothingIsUnderWay()
    {
        ScopedDatabase idle(hosts(1), u"POOL=idle"_s);
        QVERIFY2(idle.open(), qPrintable(idle.error().text()));
        const Use sleeping{"waits for its answer", nothing, running(u"DO SLEEP(90)"_s)};
        const Use live{"slow on a live path", nothing, running(u"DO SLEEP(50)"_s)};
        std::vector<Outcome> forgotten;
        std::vector<Outcome> slow;
        std::jthread first(
                [&] { forgotten = runAll({sleeping}, hosts(1), u"POOL=waits"_s, [] {}); });
        std::jthread second(
                [&] { slow = runAll({live}, m_servers.hostList(), u"POOL=slow"_s, [] {}); });
        const QString sleepers = u"SELECT COUNT(*) FROM information_schema.processlist WHERE info "
                                 "LIKE 'DO SLEEP(90)%'"_s;
        QTRY_COMPARE(m_servers[0].executeAsRoot(sleepers).value(), u"1"_s);
        QVERIFY(forgetAll());
        QElapsedTimer timer;
        timer.start();
        QTRY_COMPARE_WITH_TIMEOUT(idle.peer(m_relays[0]->address()).value(u"sessions"_s).toInt(), 0,
                                  40'000);
        qInfo("an idle session was found dead after %lld ms", timer.elapsed());
        QSqlQuery query(idle.get());
        QVERIFY2(query.exec(u"INSERT INTO ledger VALUES ('idle')"_s),
                 qPrintable(query.lastError().text()));
        first.join();
        qInfo("a statement that waited for its answer: %lld ms %s", forgotten[0].ms,
              qPrintable(forgotten[0].error.text()));
        QVERIFY(forgotten[0].ms < 45'000);
        second.join();
        QVERIFY2(!slow[0].error.isValid(), qPrintable(slow[0].error.text()));
        QVERIFY(slow[0].ms >= 50'000);
    }

private:
    static bool drainPeer(const ScopedDatabase &db, const QString &peer)
    {
        bool isDone = false;
        return QMetaObject::invokeMethod(db.get().driver(), "drainPeer", Q_RETURN_ARG(bool, isDone),
                                         Q_ARG(QString, peer))
               && isDone;
    }
    QString hosts(int peers) const
    {
        QStringList list;
        for (int i = 0; i < peers; ++i)
            list.append(m_relays[size_t(i)]->address());
        return list.join(u',');
    }
    bool forgetAll()
    {
        return std::ranges::all_of(m_relays, [](auto &relay) { return relay->forgetConnections(); });
    }

    ServerGroup m_servers{2};
    std::vector<std::unique_ptr<Relay>> m_relays;
};

QTEST_GUILESS_MAIN(tst_Forgotten)
#include "tst_forgotten.moc"
