// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "scopeddatabase.h"

#include "sandbox/galeracluster.h"
#include "sandbox/relay.h"

#include <QtTest/QtTest>

#include <atomic>
#include <functional>
#include <mutex>
#include <thread>

using namespace qproxysql::sandbox;
using namespace Qt::StringLiterals;

/// Several nodes write one row: certification rolls all but one of them back with 1213.
class tst_Conflicts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(m_cluster.start(), qPrintable(m_cluster.errorString()));
        const Answer made = m_cluster[0].executeAsRoot(
                u"CREATE TABLE test.hot (id INT PRIMARY KEY, n INT); INSERT INTO test.hot VALUES "
                u"(1, 0);"
                "CREATE TABLE test.notes (id INT AUTO_INCREMENT PRIMARY KEY)"_s);
        QVERIFY2(made.ok, qPrintable(made.errorString));
        for (int i = 1; i < 3; ++i)
            QTRY_VERIFY(!m_cluster[i].executeAsRoot(u"SELECT n FROM test.hot"_s).value().isEmpty());
    }

    void hotRowIsCountedExactly_data()
    {
        QTest::addColumn<bool>("isPrepared");
        QTest::newRow("text") << false;
        QTest::newRow("prepared") << true;
    }

    void hotRowIsCountedExactly()
    {
        QFETCH(bool, isPrepared);
        QVERIFY(m_cluster[0].executeAsRoot(u"UPDATE test.hot SET n = 0"_s).ok);
        const Writers writers(m_cluster.hostList(), {}, isPrepared);
        QVERIFY2(writers.failures == 0, qPrintable(u"%1 of %2: %3"_s.arg(writers.failures.load())
                                                           .arg(writers.written.load())
                                                           .arg(writers.firstFailure)));
        QVERIFY(writers.written > 100);
        QTRY_COMPARE(m_cluster[1].executeAsRoot(u"SELECT n FROM test.hot"_s).value().toInt(),
                     writers.written.load());
        qInfo("%d increments by 8 threads over three nodes", writers.written.load());
    }

    void withoutRetriesConflictsSurface()
    {
        const Writers writers(m_cluster.hostList(), u"RETRY_CONFLICTS=0;POOL=noretries"_s, false);
        QVERIFY2(writers.failures > 0, "else the test above proves nothing");
        QVERIFY2(writers.firstFailure.startsWith(u"1213"_s), qPrintable(writers.firstFailure));
    }

    void conflictInATransaction_data()
    {
        QTest::addColumn<QString>("options");
        QTest::addColumn<bool>("isReplayed");
        QTest::newRow("replayed") << QString() << true;
        QTest::newRow("passed on") << u";RETRY_TRANSACTIONS=0"_s << false;
    }

    void conflictInATransaction()
    {
        QFETCH(QString, options);
        QFETCH(bool, isReplayed);
        const QString count = u"SELECT n FROM test.hot"_s;
        const int before = m_cluster[0].executeAsRoot(count).value().toInt();
        ScopedDatabase one(m_cluster[0].address(), u"POOL=node0"_s);
        ScopedDatabase two(m_cluster[1].address(), u"POOL=node1"_s + options);
        QVERIFY2(one.open(), qPrintable(one.error().text()));
        QVERIFY2(two.open(), qPrintable(two.error().text()));
        QVERIFY(one.get().transaction() && two.get().transaction());
        QSqlQuery first(one.get());
        QSqlQuery second(two.get());
        QVERIFY(first.exec(u"UPDATE hot SET n = n + 1 WHERE id = 1"_s));
        QVERIFY(second.exec(u"UPDATE hot SET n = n + 1 WHERE id = 1"_s));
        QVERIFY2(one.get().commit(), qPrintable(one.error().text()));
        QCOMPARE(two.get().commit(), isReplayed);
        if (!isReplayed)
            QCOMPARE(two.error().nativeErrorCode(), u"1213"_s);
        QTRY_COMPARE(m_cluster[0].executeAsRoot(count).value().toInt(),
                     before + (isReplayed ? 2 : 1));
    }

    // The replay's own statements can be told of a conflict, too, which has undone what was replayed.
    void conflictAtTheEndOfAReplay()
    {
        const QString count = u"SELECT n FROM test.hot"_s;
        const int before = m_cluster[0].executeAsRoot(count).value().toInt();
        int others = 0;
        const auto conflict = [&] {
            const bool isDone = m_cluster[1].executeAsRoot(u"UPDATE test.hot SET n = n + 1"_s).ok;
            ++others;
            // Where it has been applied, it has undone what was under way.
            while (isDone && m_cluster[0].executeAsRoot(count).value().toInt() != before + others)
                std::this_thread::yield();
            return isDone;
        };
        auto owned = std::make_unique<AtTimeLimits>(conflict);
        const AtTimeLimits &limits = *owned;
        Relay relay(m_cluster[0].port(), 0, std::move(owned));
        ScopedDatabase db(relay.address(), u"POOL=relay"_s);
        QVERIFY2(db.open(), qPrintable(db.error().text()));
        QSqlQuery query(db.get());
        QVERIFY(db.get().transaction());
        QVERIFY(query.exec(u"UPDATE hot SET n = n + 1 WHERE id = 1"_s));
        QVERIFY(conflict());
        QVERIFY2(query.exec(u"INSERT INTO notes VALUES ()"_s), qPrintable(query.lastError().text()));
        QVERIFY2(db.get().commit(), qPrintable(db.error().text()));
        QVERIFY(limits.count >= 4); // set and restored, twice
        QCOMPARE(others, 2);
        QTRY_COMPARE(m_cluster[1].executeAsRoot(u"SELECT COUNT(*) FROM test.notes"_s).value(),
                     u"1"_s);
        QCOMPARE(m_cluster[1].executeAsRoot(count).value().toInt(), before + others + 1);
    }

private:
    /// Does something before the server restores its time limits at the end of the first replay.
    struct AtTimeLimits : Interceptor
    {
        explicit AtTimeLimits(std::function<bool()> what)
            : act(std::move(what))
        {
        }
        QByteArray greeting(const QByteArray &packet, const void *) override { return packet; }
        Verdict judge(const RequestCounter::Request &request, const void *) override
        {
            if (request.text.startsWith("SET innodb_lock_wait_timeout") && ++count == 2)
                act();
            return {};
        }
        const std::function<bool()> act;
        std::atomic<int> count{0};
    };

#ifdef QPROXYSQL_LONG_TEST
    static constexpr int Duration = 30'000; // ms
#else
    static constexpr int Duration = 3000;
#endif

    struct Writers
    {
        Writers(const QString &hosts, const QString &options, bool isPrepared)
        {
            QElapsedTimer timer;
            timer.start();
            std::vector<std::thread> threads;
            for (int i = 0; i < 8; ++i)
                threads.emplace_back([&] { write(hosts, options, isPrepared, timer); });
            for (std::thread &thread : threads)
                thread.join();
        }

        void write(const QString &hosts, const QString &options, bool isPrepared,
                   const QElapsedTimer &timer)
        {
            ScopedDatabase db(hosts, options);
            if (!db.open())
                return fail(db.error());
            QSqlQuery query(db.get());
            const QString sql = u"UPDATE hot SET n = n + 1 WHERE id = 1"_s;
            if (isPrepared)
                query.prepare(sql);
            while (timer.elapsed() < Duration) {
                if (isPrepared ? query.exec() : query.exec(sql))
                    ++written;
                else
                    fail(query.lastError());
            }
        }

        void fail(const QSqlError &error)
        {
            const std::scoped_lock lock(mutex);
            if (failures++ == 0)
                firstFailure = error.nativeErrorCode() + u' ' + error.text();
        }

        std::atomic<int> written{0};
        std::atomic<int> failures{0};
        std::mutex mutex;
        QString firstFailure;
    };

    GaleraCluster m_cluster{3};
};

QTEST_GUILESS_MAIN(tst_Conflicts)
#include "tst_conflicts.moc"
