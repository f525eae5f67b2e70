// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "../integration/scopeddatabase.h"

#include "sandbox/relay.h"
#include "sandbox/servergroup.h"

#include <QtCore/QElapsedTimer>
#include <QtTest/QtTest>

#include <thread>
#include <vector>

using namespace qproxysql::sandbox;
using namespace Qt::StringLiterals;

/// Sessions that this process keeps for later do not take the server's last connection slots.
class tst_ConnectionSlots : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(m_servers.start(), qPrintable(m_servers.errorString()));
        for (int i = 0; i < 6; ++i) {
            root(u"CREATE SCHEMA t%1"_s.arg(i));
            root(u"GRANT ALL ON t%1.* TO app"_s.arg(i));
        }
        root(u"CREATE USER two WITH MAX_USER_CONNECTIONS 2"_s);
        root(u"GRANT ALL ON *.* TO two"_s);
        root(u"REVOKE SUPER, CONNECTION ADMIN ON *.* FROM two"_s);
        m_relay = std::make_unique<Relay>(m_servers[0].port());
        QVERIFY2(m_relay->isListening(), qPrintable(m_relay->errorString()));
    }

    void cleanup()
    {
        root(u"SET GLOBAL max_connections = 151, max_user_connections = 100"_s);
        QVERIFY(m_servers[0].killSessions(u"two"_s));
        QVERIFY(m_servers[0].killSessions());
    }

    void sixSchemasInTurn_data()
    {
        QTest::addColumn<QString>("user");
        QTest::addColumn<QString>("limit");
        QTest::addColumn<int>("held");
        QTest::addColumn<bool>("hasTwoPools");
        QTest::addColumn<QString>("statement");
        for (const bool hasTwoPools : {false, true}) {
            for (const char *statement : {"SELECT 1", "SET @a = 1"}) {
                const auto row = [&](const char *name, const char *user, const char *limit,
                                     int held) {
                    QTest::addRow("%s%s, %s", name, hasTwoPools ? ", two pools" : "", statement)
                            << QString::fromLatin1(user) << QString::fromLatin1(limit) << held
                            << hasTwoPools << QString::fromLatin1(statement);
                };
                row("1226", "two", "DO 1", 0);
                row("1203", "app", "SET GLOBAL max_user_connections = 2", 0);
                row("1040", "app", "SET GLOBAL max_connections = 10", 8);
            }
        }
    }

    void sixSchemasInTurn()
    {
        QFETCH(QString, user);
        QFETCH(QString, limit);
        QFETCH(int, held);
        QFETCH(bool, hasTwoPools);
        QFETCH(QString, statement);
        root(limit);
        std::vector<std::unique_ptr<ScopedDatabase>> others;
        for (int i = 0; i < held; ++i) {
            others.push_back(connection(user, u"test"_s, u"POOL=others;MAX_IDLE=0"_s));
            QVERIFY(others.back()->open());
        }
        const QString pool = u"POOL=%1"_s.arg(nextNumber());
        for (int i = 0; i < 18; ++i) {
            const auto db = connection(user, u"t%1"_s.arg(i % 6),
                                       hasTwoPools ? pool + QString::number(i % 2) : pool);
            QVERIFY2(db->open(), qPrintable(QString::number(i) + db->error().text()));
            QSqlQuery query(db->get());
            QVERIFY2(query.exec(statement), qPrintable(query.lastError().text()));
            QCOMPARE(db->health(m_servers[0].address()), u"Up"_s);
        }
    }

    // Each of several threads has to make room, or finds room made by another.
    void severalThreads()
    {
        const QString pool = u"POOL=threads"_s;
        std::atomic<int> failures{0};
        std::vector<std::thread> threads;
        for (int thread = 0; thread < 2; ++thread) {
            threads.emplace_back([&, thread] {
                for (int i = 0; i < 30; ++i) {
                    const auto db = connection(u"two"_s, u"t%1"_s.arg((i + 3 * thread) % 6), pool);
                    if (!db->open() || !db->value(u"SELECT 1"_s).isValid())
                        ++failures;
                }
            });
        }
        for (std::thread &thread : threads)
            thread.join();
        QCOMPARE(failures.load(), 0);
    }

    // By what it calls itself: a relay stands before it under another name.
    void sameServerByAnotherName()
    {
        const QString pool = u"POOL=name%1;BALANCE=first"_s;
        const auto at = [&](const QString &address, int schema, const QString &options) {
            auto db = std::make_unique<ScopedDatabase>(address, options);
            QSqlDatabase handle = db->get();
            handle.setUserName(u"two"_s);
            handle.setPassword({});
            handle.setDatabaseName(u"t%1"_s.arg(schema));
            return db;
        };
        const QString passing = pool.arg(1) + u";MAX_IDLE=0"_s;
        QVERIFY(at(m_relay->address(), 5, passing)->open()); // now its name is known
        for (int i = 0; i < 4; ++i)
            QVERIFY(at(m_servers[0].address(), i, pool.arg(2))->open());
        const auto db = at(m_relay->address(), 4, passing);
        QVERIFY2(db->open(), qPrintable(db->error().text()));
    }

    void probesFindRoomToo()
    {
        const QString pool = u"POOL=probed;CHECK_INTERVAL=1"_s;
        for (int i = 0; i < 2; ++i)
            QVERIFY(connection(u"two"_s, u"t%1"_s.arg(i), pool)->open());
        const auto db = connection(u"two"_s, u"t0"_s, pool);
        QVERIFY(db->open());
        QVERIFY(connection(u"two"_s, u"t2"_s, pool)->open());
        QVERIFY(connection(u"two"_s, u"t1"_s, u"POOL=another"_s)->open()); // the other slot, idle now
        QVERIFY(m_servers[0].restart());
        db->value(u"SELECT 1"_s); // lost: probed
        QTRY_COMPARE(db->health(m_servers[0].address()), u"Up"_s);
    }

    void replacementFindsRoom()
    {
        const QString pool = u"POOL=replaced"_s;
        const auto db = connection(u"two"_s, u"t0"_s, pool);
        QVERIFY(db->open());
        QVERIFY(connection(u"two"_s, u"t1"_s, u"POOL=beside"_s)->open());
        const int id = db->serverThreadId();
        QVERIFY(m_servers[0].executeAsRoot(u"KILL %1"_s.arg(id)));
        QTRY_COMPARE(m_servers[0].connectionCount(u"two"_s), 1);
        QVERIFY(connection(u"two"_s, u"t2"_s, u"POOL=beside"_s)->open());
        QSqlError error;
        QVERIFY2(db->value(u"SELECT 1"_s, &error).isValid(), qPrintable(error.text()));
    }

    void whatOthersHoldIsReported_data()
    {
        QTest::addColumn<bool>("keepsOne");
        QTest::newRow("nothing of ours") << false;
        QTest::newRow("one of ours") << true;
    }

    void whatOthersHoldIsReported()
    {
        QFETCH(bool, keepsOne);
        const auto first = connection(u"two"_s, u"t0"_s, u"POOL=full1"_s);
        const auto second = connection(u"two"_s, u"t1"_s, u"POOL=full1"_s);
        QVERIFY(first->open());
        if (keepsOne) { // of another account: to close it helps nobody
            QVERIFY(connection(u"app"_s, u"test"_s, u"POOL=full2"_s)->open());
        }
        QVERIFY(second->open());
        const auto db = connection(u"two"_s, u"t2"_s, u"POOL=full3;OPEN_DEADLINE=60"_s);
        QElapsedTimer timer;
        timer.start();
        QVERIFY(!db->open());
        qInfo("after %lld ms", timer.elapsed());
        QVERIFY2(timer.elapsed() < 30'000,
                 qPrintable(QString::number(timer.elapsed()))); // nor tried on
        QVERIFY2(db->error().text().contains(u"1226"_s), qPrintable(db->error().text()));
        QCOMPARE(first->value(u"SELECT 1"_s).toInt(), 1);
        QCOMPARE(second->value(u"SELECT 1"_s).toInt(), 1);
    }

    void hourlyLimitIsNotAskedAgain()
    {
        root(u"CREATE OR REPLACE USER hourly WITH MAX_CONNECTIONS_PER_HOUR 2"_s);
        root(u"GRANT ALL ON *.* TO hourly"_s);
        for (int i = 0; i < 2; ++i)
            QVERIFY(connection(u"hourly"_s, u"t%1"_s.arg(i), u"POOL=hour"_s)->open());
        QTRY_COMPARE(m_servers[0].connectionCount(u"hourly"_s), 2);
        const auto db = connection(u"hourly"_s, u"t2"_s, u"POOL=hour"_s);
        QVERIFY(!db->open());
        QCOMPARE(m_servers[0].connectionCount(u"hourly"_s), 2); // kept: they are not in the way
        root(u"DROP USER hourly"_s);
    }

private:
    static int nextNumber()
    {
        static int number = 0;
        return ++number;
    }

    void root(const QString &sql)
    {
        const Answer answer = m_servers[0].executeAsRoot(sql);
        QVERIFY2(answer, qPrintable(answer.errorString));
    }

    std::unique_ptr<ScopedDatabase> connection(const QString &user, const QString &schema,
                                               const QString &options)
    {
        auto db = std::make_unique<ScopedDatabase>(m_servers[0].address(), options);
        QSqlDatabase handle = db->get();
        handle.setDatabaseName(schema);
        if (user != u"app"_s) {
            handle.setUserName(user);
            handle.setPassword({});
        }
        return db;
    }

    ServerGroup m_servers{1, {u"--max-user-connections=100"_s}};
    std::unique_ptr<Relay> m_relay;
};

QTEST_GUILESS_MAIN(tst_ConnectionSlots)
#include "tst_connectionslots.moc"
