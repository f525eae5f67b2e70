// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "sessionpoolscene.h"

#include <QtTest/QtTest>

#include <thread>

using namespace qproxysql;
using namespace qproxysql::test;

/// Who gets an idle session, and for how long it is kept.
class tst_SessionPool : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { registerInertDriver(u"QMYSQL"_s); }
    void cleanup() { QCOMPARE(InertDriver::alive.load(), 0); }

    void handsOutWhatWasParked()
    {
        Scene scene;
        auto session = scene.session(scene.key());
        const PeerSession *const parked = session.get();
        QVERIFY(scene.sessions.park(session, ResetNeed::Reset));
        QVERIFY(!session);
        QCOMPARE(scene.resets, 0); // not in the giver's thread
        scene.runJobs();
        QCOMPARE(scene.resets, 1);
        QVERIFY(!parked->driver()->thread());
        QCOMPARE(scene.pool->peer(0).sessions, 1);
        QCOMPARE(scene.pool->peer(0).idle, 1);

        session = scene.sessions.take(scene.key());
        QCOMPARE(session.get(), parked);
        QCOMPARE(scene.pool->peer(0).sessions, 1);
        QCOMPARE(scene.pool->peer(0).idle, 0);
        QVERIFY(!scene.sessions.take(scene.key()));
    }

    void asItIsWhenThereIsNothingToReset()
    {
        Scene scene;
        auto session = scene.session(scene.key());
        const PeerSession *const parked = session.get();
        QVERIFY(scene.sessions.park(session, ResetNeed::None));
        QVERIFY(scene.jobs.empty());
        QCOMPARE(scene.pool->peer(0).idle, 1);
        QCOMPARE(scene.sessions.take(scene.key()).get(), parked);
        QCOMPARE(scene.resets, 0);
        QCOMPARE(scene.pool->peer(0).idle, 0);
    }

    void newestFirst()
    {
        Scene scene;
        auto first = scene.session(scene.key());
        auto second = scene.session(scene.key());
        const std::array expected{second->generation(), first->generation()};
        QVERIFY(scene.sessions.park(first, ResetNeed::Reset));
        QVERIFY(scene.sessions.park(second, ResetNeed::Reset));
        scene.runJobs();
        QCOMPARE(scene.sessions.take(scene.key())->generation(), expected[0]);
        QCOMPARE(scene.sessions.take(scene.key())->generation(), expected[1]);
    }

    void keepsMaxIdleOfEachKey()
    {
        Scene scene(2);
        QVERIFY(scene.parkAndReset(scene.key(0)));
        QVERIFY(scene.park(scene.key(0))); // being reset counts
        QVERIFY(!scene.park(scene.key(0)));
        QVERIFY(scene.parkAndReset(scene.key(1)));
        SessionKey other = scene.key(0);
        other.login.user = u"other"_s;
        QVERIFY(scene.parkAndReset(other));
        QCOMPARE(scene.sessions.idleSessions(scene.key(0)), 2);
        QVERIFY(scene.sessions.take(scene.key(0)));
        QVERIFY(scene.parkAndReset(scene.key(0)));
    }

    void keepsNothingWithoutMaxIdle()
    {
        Scene scene(0);
        QVERIFY(!scene.park(scene.key()));
        QCOMPARE(scene.jobs.size(), size_t(0));
    }

    void onlyTheSameOpenGetsIt_data()
    {
        QTest::addColumn<int>("what");
        const std::array names{"user",     "password",    "database", "options",
                               "INIT_SQL", "PEER_DRIVER", "peer",     "pool"};
        for (int i = 0; i < int(names.size()); ++i)
            QTest::newRow(names[size_t(i)]) << i;
    }

    void onlyTheSameOpenGetsIt()
    {
        QFETCH(int, what);
        Scene scene;
        const Scene otherScene;
        QVERIFY(scene.parkAndReset(scene.key()));
        SessionKey key = scene.key();
        const std::array<QString *, 6> texts{&key.login.user,     &key.login.password,
                                             &key.login.database, &key.login.options,
                                             &key.initSql,        &key.driver};
        if (what < 6)
            *texts[size_t(what)] += u'x';
        else if (what == 6)
            key.peer = 1;
        else
            key.pool = otherScene.pool.get();
        QVERIFY(!scene.sessions.take(key));
        QVERIFY(scene.sessions.take(scene.key()));
    }

    void expires_data()
    {
        QTest::addColumn<int>("waitTimeout");
        QTest::addColumn<int>("seconds"); ///< 0: not kept at all
        QTest::newRow("IDLE_TIMEOUT") << 28800 << 60;
        QTest::newRow("unknown wait_timeout") << 0 << 60;
        QTest::newRow("just above") << 66 << 60;
        QTest::newRow("short wait_timeout") << 30 << 27;
        QTest::newRow("very short") << 2 << 1;
        QTest::newRow("shortest") << 1 << 0;
    }

    void expires()
    {
        QFETCH(int, waitTimeout);
        QFETCH(int, seconds);
        Scene scene;
        QCOMPARE(scene.parkAndReset(scene.key(), waitTimeout), seconds > 0);
        if (seconds == 0)
            return;
        QCOMPARE(scene.sessions.sweep() - scene.clock.now(), std::chrono::seconds(seconds));
        scene.clock.advance(std::chrono::seconds(seconds) - 1ms);
        scene.sessions.sweep();
        QCOMPARE(scene.sessions.idleSessions(scene.key()), 1);
        scene.clock.advance(1ms);
        QVERIFY(scene.sessions.sweep() == Clock::time_point::max());
        QCOMPARE(scene.sessions.idleSessions(scene.key()), 0);
        QCOMPARE(InertDriver::alive.load(), 1); // closed by a worker, not by who sweeps
        scene.runJobs();
        QCOMPARE(InertDriver::alive.load(), 0);
    }

    void expiredOneIsNotHandedOut()
    {
        Scene scene;
        QVERIFY(scene.parkAndReset(scene.key()));
        scene.clock.advance(61s);
        QVERIFY(!scene.sessions.take(scene.key()));
        QCOMPARE(scene.pool->peer(0).idle, 0);
    }

    void sweepIsAskedForWhenNeeded()
    {
        Scene scene;
        QVERIFY(scene.parkAndReset(scene.key()));
        QCOMPARE(scene.wakes, 1);
        QVERIFY(scene.park(scene.key(1), 2)); // expires before its reset may be called hanging
        QCOMPARE(scene.sessions.sweep() - scene.clock.now(), 1s);
        scene.runJobs();
        QVERIFY(scene.sessions.take(scene.key(1)));
        scene.wakes = 1;
        scene.sessions.sweep();
        scene.clock.advance(1s);
        QVERIFY(scene.parkAndReset(scene.key()));
        QCOMPARE(scene.wakes, 2); // its reset may hang
        scene.clock.advance(3s);
        QVERIFY(scene.sessions.take(scene.key()));
        QVERIFY(scene.parkAndReset(scene.key(), 4));
        QCOMPARE(scene.wakes, 3);
    }

    void oldOnesAreNotHandedOn()
    {
        Scene scene(2, 10s);
        auto session = scene.session(scene.key());
        QVERIFY(scene.sessions.park(session, ResetNeed::None));
        const auto left = scene.sessions.sweep() - scene.clock.now();
        QVERIFY(left >= 9s && left <= 10s);
        scene.clock.advance(9s - 1ms);
        session = scene.sessions.take(scene.key());
        QVERIFY(session);
        QVERIFY(scene.sessions.park(session, ResetNeed::None)); // its age began with its login
        scene.clock.advance(1s + 1ms);
        QVERIFY(!scene.sessions.take(scene.key()));
        session = scene.session(scene.key());
        scene.clock.advance(10s); // in use
        QVERIFY(!scene.sessions.park(session, ResetNeed::None));
        QVERIFY(session);
        QVERIFY(!session->isRetired());
    }

    void thoseOpenedTogetherDoNotEndTogether()
    {
        Scene scene(100, 10s);
        for (int i = 0; i < 100; ++i)
            QVERIFY(scene.park(scene.key(), 28800, ResetNeed::None));
        scene.clock.advance(9s - 1ms);
        scene.sessions.sweep();
        QCOMPARE(scene.sessions.idleSessions(scene.key()), 100);
        scene.clock.advance(500ms);
        scene.sessions.sweep();
        const int left = scene.sessions.idleSessions(scene.key());
        QVERIFY2(left > 20 && left < 80, qPrintable(QString::number(left)));
        scene.clock.advance(501ms);
        scene.sessions.sweep();
        QCOMPARE(scene.sessions.idleSessions(scene.key()), 0);
    }

    void grownOldDuringItsReset()
    {
        Scene scene(2, 10s);
        QVERIFY(scene.park(scene.key()));
        scene.duringReset = [&scene] { scene.clock.advance(10s); };
        scene.runJobs();
        QVERIFY(!scene.sessions.take(scene.key()));
    }

    void closedOnesAreDropped()
    {
        Scene scene;
        auto alive = scene.session(scene.key());
        auto dead = scene.session(scene.key());
        const quint64 expected = alive->generation();
        const auto line = dead->line();
        QVERIFY(scene.sessions.park(alive, ResetNeed::Reset));
        QVERIFY(scene.sessions.park(dead, ResetNeed::Reset));
        scene.runJobs();
        line->end();
        const auto taken = scene.sessions.take(scene.key());
        QVERIFY(taken);
        QCOMPARE(taken->generation(), expected);
        QCOMPARE(scene.sessions.idleSessions(scene.key()), 0);
    }
};

QTEST_GUILESS_MAIN(tst_SessionPool)
#include "tst_sessionpool.moc"
