// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "session/sessionpool.h"

#include "fakes.h"
#include "inertdriver.h"

#include <QtTest/QtTest>

#include <thread>

using namespace qproxysql;
using namespace qproxysql::test;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

PoolDefinition definition(int maxIdle, std::chrono::milliseconds maxLifetime = 0s)
{
    PoolDefinition pool;
    pool.name = u"p"_s;
    pool.peers = {{{u"db1"_s, 3306}}, {{u"db2"_s, 3306}}};
    pool.policy.maxIdle = maxIdle;
    pool.policy.maxLifetime = maxLifetime;
    return pool;
}

/// A SessionPool without servers: jobs run when told to, resets come out as told.
class Scene
{
public:
    explicit Scene(int maxIdle = 2, std::chrono::milliseconds maxLifetime = 0s)
        : pool(std::make_shared<PeerPool>(definition(maxIdle, maxLifetime), clock, random))
    {
    }
    ~Scene()
    {
        sessions.closeAll();
        runJobs();
    }

    SessionKey key(PeerId peer = 0) const
    {
        return {pool.get(), peer, {u"app"_s, u"secret"_s, u"test"_s, {}}, {}, u"QMYSQL"_s};
    }

    std::shared_ptr<PeerSession> session(const SessionKey &key, int waitTimeout = 28800) const
    {
        QString error;
        ServerFacts facts;
        facts.waitTimeoutSeconds = waitTimeout;
        facts.identities = {u"server of "_s + pool->peer(key.peer).address.name()};
        return std::make_shared<PeerSession>(InnerConnection::create(u"QMYSQL"_s, &error), facts,
                                             pool, key.peer, key, clock.now());
    }

    bool park(const SessionKey &key, int waitTimeout = 28800, ResetNeed need = ResetNeed::Reset)
    {
        auto given = session(key, waitTimeout);
        return sessions.park(given, need);
    }
    bool parkAndReset(const SessionKey &key, int waitTimeout = 28800)
    {
        const bool isParked = park(key, waitTimeout);
        runJobs();
        return isParked;
    }

    void runJobs()
    {
        std::vector<std::function<void()>> due;
        {
            const std::lock_guard lock(mutex);
            due.swap(jobs);
        }
        for (const auto &job : due)
            job();
    }

    ManualClock clock;
    SeededRandom random;
    std::shared_ptr<PeerPool> pool;
    std::mutex mutex;
    std::vector<std::function<void()>> jobs;
    ResetOutcome outcome = ResetOutcome::Clean;
    std::function<void()> duringReset = [] {};
    int resets = 0;
    int wakes = 0;
    SessionPool sessions{{clock,
                          [this](PeerSession &) {
                              ++resets;
                              duringReset();
                              return outcome;
                          },
                          [this](std::function<void()> job) {
                              const std::lock_guard lock(mutex);
                              jobs.push_back(std::move(job));
                              return std::shared_ptr<Workers::Ticket>();
                          },
                          [](const auto &) {}, [this] { ++wakes; }}};
};

} // namespace

/// Who gets an idle session, and which are let go of when.
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
        QVERIFY(scene.parkAndReset(scene.key())); // somebody has logged in with it since
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

    void hangingUpAgainAndAgainIsRefusal()
    {
        Scene scene;
        scene.outcome = ResetOutcome::Lost;
        for (int i = 0; i < 3; ++i)
            QVERIFY(scene.parkAndReset(scene.key()));
        QVERIFY(!scene.parkAndReset(scene.key()));
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
        scene.pool->setHealth(0, health);
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
        scene.pool->setHealth(0, Health::Suspect);
        QVERIFY(!scene.park(scene.key(0)));
        PoolDefinition edited = definition(2);
        edited.peers.removeLast();
        auto session = scene.session(scene.key(1));
        scene.pool->redefine(edited);
        QVERIFY(!scene.sessions.park(session, ResetNeed::Reset));
        QVERIFY(session);
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

    void peerThatGoesDownDuringAReset()
    {
        Scene scene;
        QVERIFY(scene.park(scene.key()));
        scene.duringReset = [&scene] { scene.pool->setHealth(0, Health::Down); };
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

QTEST_GUILESS_MAIN(tst_SessionPool)
#include "tst_sessionpool.moc"
