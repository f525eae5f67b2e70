// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "fakes.h"
#include "sessionpoolscene.h"

#include <QtTest/QtTest>

#include <thread>

using namespace qproxysql;
using namespace qproxysql::test;

/// What a reset that fails means for a session and those that come after it, and who ends idle sessions.
class tst_SessionPoolEnds : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { registerInertDriver(u"QMYSQL"_s); }
    void cleanup() { QCOMPARE(InertDriver::alive.load(), 0); }

    void spoiltOnesAreClosed()
    {
        Scene scene;
        scene.outcome = ResetOutcome::Spoilt;
        QVERIFY(scene.parkAndReset(scene.key()));
        QCOMPARE(InertDriver::alive.load(), 0);
        QVERIFY(!scene.sessions.take(scene.key()));
        scene.outcome = ResetOutcome::Clean;
        QVERIFY(scene.parkAndReset(scene.key()));
    }

    void refusalIsRememberedForThePeer()
    {
        Scene scene;
        scene.outcome = ResetOutcome::Refused;
        QVERIFY(scene.parkAndReset(scene.key(0)));
        QVERIFY(!scene.parkAndReset(scene.key(0)));
        scene.outcome = ResetOutcome::Clean;
        QVERIFY(scene.parkAndReset(scene.key(1)));
        scene.clock.advance(60s);
        QVERIFY(scene.parkAndReset(scene.key(0)));
    }

    void whoDoesNotTakeResetsMayKeepCleanOnes()
    {
        Scene scene;
        scene.outcome = ResetOutcome::Refused;
        QVERIFY(scene.parkAndReset(scene.key()));
        QVERIFY(!scene.parkAndReset(scene.key()));
        QVERIFY(scene.park(scene.key(), 28800, ResetNeed::None));
        QVERIFY(scene.sessions.take(scene.key()));
    }

    void unfitnessIsRememberedForTheLogin()
    {
        Scene scene;
        SessionKey other = scene.key();
        other.login.user = u"other"_s;
        scene.outcome = ResetOutcome::Unfit;
        QVERIFY(scene.parkAndReset(scene.key()));
        scene.outcome = ResetOutcome::Clean;
        QVERIFY(!scene.parkAndReset(scene.key()));
        QVERIFY(scene.parkAndReset(other));
        QVERIFY(scene.park(scene.key(), 28800, ResetNeed::None));
        QVERIFY(scene.sessions.take(scene.key()));
        scene.clock.advance(60s);
        QVERIFY(scene.parkAndReset(scene.key()));
    }

    void loginRefusedDuringAResetEmptiesIt()
    {
        Scene scene;
        SessionKey other = scene.key();
        other.login.user = u"other"_s;
        QVERIFY(scene.parkAndReset(scene.key()));
        QVERIFY(scene.parkAndReset(other));
        scene.outcome = ResetOutcome::LoginRefused;
        QVERIFY(scene.parkAndReset(scene.key(0)));
        QCOMPARE(scene.sessions.idleSessions(scene.key(0)), 0);
        QCOMPARE(scene.sessions.idleSessions(other), 1);
        scene.outcome = ResetOutcome::Clean;
        QVERIFY(!scene.parkAndReset(scene.key())); // each would be one more failed login
        QVERIFY(scene.parkAndReset(other));
        scene.clock.advance(60s);
        QVERIFY(scene.parkAndReset(scene.key()));
    }

    void hangingUpAgainAndAgainIsRefusal()
    {
        Scene scene;
        scene.outcome = ResetOutcome::Lost;
        for (int i = 0; i < 3; ++i)
            QVERIFY(scene.parkAndReset(scene.key()));
        QVERIFY(!scene.parkAndReset(scene.key()));
    }

    void resetUnderWayIsWaitedFor()
    {
        Scene scene;
        QVERIFY(scene.park(scene.key()));
        std::shared_ptr<PeerSession> taken;
        std::thread taker([&] { taken = scene.sessions.take(scene.key()); });
        scene.runJobs();
        taker.join();
        QVERIFY(taken || scene.sessions.take(scene.key())); // a loaded machine may be late
    }

    void nobodyWaitsForASlowReset()
    {
        Scene scene;
        QVERIFY(scene.park(scene.key()));
        QVERIFY(!scene.sessions.take(scene.key())); // no job runs
        scene.runJobs();
        QVERIFY(scene.sessions.take(scene.key()));
    }

    void resetThatHangsIsGivenUp()
    {
        Scene scene;
        QVERIFY(scene.park(scene.key()));
        scene.duringReset = [&scene] {
            scene.clock.advance(3s); // CONNECT_TIMEOUT
            scene.sessions.sweep();
        };
        scene.runJobs();
        QCOMPARE(scene.sessions.idleSessions(scene.key()), 0);
        QCOMPARE(InertDriver::alive.load(), 0);
    }

    void makesRoomOnAServer()
    {
        Scene scene;
        SessionKey other = scene.key(0);
        other.login.user = u"other"_s;
        QVERIFY(scene.parkAndReset(scene.key(0)));
        QVERIFY(scene.parkAndReset(other));
        QVERIFY(scene.parkAndReset(scene.key(1)));
        QVERIFY(scene.park(scene.key(0))); // is being reset
        const auto servers = scene.sessions.servers();
        QCOMPARE(int(servers.size()), 2);
        QCOMPARE(servers[0].peer, u"db1:3306"_s);
        QCOMPARE(servers[0].identities, QStringList{u"server of db1:3306"_s});
        scene.sessions.closeIdle({u"db1:3306"_s});
        QCOMPARE(InertDriver::alive.load(), 2); // in this thread, at once; the other after its reset
        scene.runJobs();
        QCOMPARE(InertDriver::alive.load(), 1);
        QCOMPARE(scene.sessions.idleSessions(scene.key(0)), 0);
        QCOMPARE(scene.sessions.idleSessions(other), 0);
        QCOMPARE(scene.sessions.idleSessions(scene.key(1)), 1);
    }

    void refusedLoginEmptiesIt()
    {
        Scene scene;
        SessionKey other = scene.key(0);
        other.login.user = u"other"_s;
        QVERIFY(scene.parkAndReset(scene.key(0)));
        QVERIFY(scene.parkAndReset(scene.key(1)));
        QVERIFY(scene.parkAndReset(other));
        InnerLogin wrong = scene.key().login;
        wrong.password = u"wrong"_s;
        scene.sessions.forgetLogin(*scene.pool, wrong); // what was opened with another stays
        QCOMPARE(scene.sessions.idleSessions(scene.key(0)), 1);
        InnerLogin otherSchema = scene.key().login;
        otherSchema.database = u"elsewhere"_s;
        scene.sessions.forgetLogin(*scene.pool, otherSchema);
        QVERIFY(!scene.sessions.take(scene.key(0)));
        QVERIFY(!scene.sessions.take(scene.key(1)));
        QVERIFY(scene.sessions.take(other));
    }

    void peerThatGoesDownIsEmptied_data()
    {
        QTest::addColumn<Health>("health");
        QTest::addColumn<bool>("isKept");
        QTest::newRow("Down") << Health::Down << false;
        QTest::newRow("NotReady") << Health::NotReady << false;
        QTest::newRow("Blocked") << Health::Blocked << false;
        QTest::newRow("Misconfigured") << Health::Misconfigured << false;
        QTest::newRow("Suspect") << Health::Suspect << true;
        QTest::newRow("Overloaded") << Health::Overloaded << true;
        QTest::newRow("Up") << Health::Up << true;
    }

    void peerThatGoesDownIsEmptied()
    {
        QFETCH(Health, health);
        QFETCH(bool, isKept);
        Scene scene;
        QVERIFY(scene.parkAndReset(scene.key(0)));
        QVERIFY(scene.parkAndReset(scene.key(1)));
        setHealth(*scene.pool, 0, health);
        QCOMPARE(scene.sessions.idleSessions(scene.key(0)), isKept ? 1 : 0);
        QCOMPARE(scene.sessions.idleSessions(scene.key(1)), 1);
    }

    void drainedPeerKeepsNothing()
    {
        Scene scene;
        QVERIFY(scene.parkAndReset(scene.key(0)));
        QVERIFY(scene.parkAndReset(scene.key(1)));
        scene.pool->setService(0, Service::Draining);
        QCOMPARE(scene.sessions.idleSessions(scene.key(0)), 0);
        QCOMPARE(scene.sessions.idleSessions(scene.key(1)), 1);
        scene.runJobs();
        QCOMPARE(scene.pool->peer(0).sessions, 0);
    }

    void parkedBesideTheDrainIsClosedWhenItsResetEnds()
    {
        Scene scene;
        QVERIFY(scene.park(scene.key(0)));
        const QSignalBlocker asIfItCameBeforeTheWatch(scene.pool.get());
        scene.pool->setService(0, Service::Draining);
        scene.runJobs();
        QCOMPARE(scene.sessions.idleSessions(scene.key(0)), 0);
        QCOMPARE(scene.pool->peer(0).sessions, 0);
    }

    void notKeptWhereNobodyMayGo()
    {
        Scene scene;
        scene.pool->setService(0, Service::Draining);
        QVERIFY(!scene.park(scene.key(0)));
        scene.pool->setService(0, Service::InService);
        setHealth(*scene.pool, 0, Health::Suspect);
        QVERIFY(!scene.park(scene.key(0)));
        PoolDefinition edited = definition(2);
        edited.peers.removeLast();
        auto session = scene.session(scene.key(1));
        scene.pool->redefine(edited);
        QVERIFY(!scene.sessions.park(session, ResetNeed::Reset));
        QVERIFY(session);
    }

    void peerThatGoesDownDuringAReset()
    {
        Scene scene;
        QVERIFY(scene.park(scene.key()));
        scene.duringReset = [&scene] { setHealth(*scene.pool, 0, Health::Down); };
        scene.runJobs();
        QVERIFY(!scene.sessions.take(scene.key()));
        QCOMPARE(InertDriver::alive.load(), 0);
    }

    void nothingOutlivesTheApplication()
    {
        Scene scene;
        QVERIFY(scene.parkAndReset(scene.key()));
        scene.sessions.closeAll();
        QCOMPARE(InertDriver::alive.load(), 0);
        QCOMPARE(scene.pool->peer(0).sessions, 0);
        QVERIFY(!scene.park(scene.key()));
    }

    void idleSessionsAreNoUseOfAPool()
    {
        Scene scene;
        QVERIFY(scene.parkAndReset(scene.key()));
        scene.pool->redefine(definition(0));
        scene.sessions.sweep();
        QCOMPARE(scene.sessions.idleSessions(scene.key()), 0);
    }
};

QTEST_GUILESS_MAIN(tst_SessionPoolEnds)
#include "tst_sessionpoolends.moc"
