// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "session/sessionopener.h"

#include "scriptedtest.h"
#include "session/openrace.h"

#include <future>

using namespace qproxysql;
using namespace qproxysql::test;
using namespace std::chrono_literals;

namespace {

QSqlError refused()
{
    return sqlError(2003, u"Can't connect (111)"_s);
}

QSqlError loginRefused()
{
    return sqlError(1045, u"Access denied"_s);
}

/// Of two peers or three.
class Scene : public ScriptedScene
{
public:
    explicit Scene(int peers = 2, std::chrono::milliseconds deadline = 10s)
        : ScriptedScene(peers)
    {
        config.pool.name = pool->name();
        config.openDeadline = deadline;
    }

    SessionOpener::Opened open(SessionRequest request = {}) const
    {
        return SessionOpener(pool, watch, config, clock).open(std::move(request));
    }
    /// Lets time pass while an open is under way, until \a isEnough.
    SessionOpener::Opened openWhileTimePasses(const std::function<bool()> &isEnough)
    {
        auto opening = std::async(std::launch::async, [this] { return open(); });
        while (opening.wait_for(1ms) != std::future_status::ready) {
            if (!isEnough())
                clock.advance(50ms);
        }
        return opening.get();
    }
    std::shared_ptr<OpenRace> race() const
    {
        return std::make_shared<OpenRace>(pool, watch, config, ArrivalNeeds(), clock);
    }

    ConnectionConfig config;
};

} // namespace

/// Which peer an open ends on, and with what error where it ends on none; and the race of its attempts.
class tst_SessionOpener : public ScriptedTest
{
    Q_OBJECT

private Q_SLOTS:
    void init() { begin(); }
    void cleanup() { end(); }

    void takesTheFirst()
    {
        const Scene scene;
        const auto opened = scene.open();
        QVERIFY(opened.session);
        QCOMPARE(opened.session->peer(), scene.peer(0));
        QCOMPARE(servers().logins(), QStringList{u"db1"_s});
    }

    void prefersAndAvoids()
    {
        const Scene scene(3);
        QCOMPARE(scene.open({.prefer = scene.peer(2)}).session->peer(), scene.peer(2));
        QCOMPARE(scene.open({.avoid = scene.peer(0)}).session->peer(), scene.peer(1));
    }

    void theAvoidedIsBetterThanNone()
    {
        const Scene scene;
        servers().refuseLogins(u"db2"_s, refused());
        const auto opened = scene.open({.avoid = scene.peer(0), .cause = u"lost"_s});
        QVERIFY(opened.session);
        QCOMPARE(opened.session->peer(), scene.peer(0));
    }

    void goesOnToTheNext()
    {
        const Scene scene;
        servers().refuseLogins(u"db1"_s, refused());
        QCOMPARE(scene.open().session->peer(), scene.peer(1));
        QTRY_COMPARE(scene.pool->peer(scene.peer(0)).health, Health::Down);
    }

    void tellsOfEachThatFailed()
    {
        const Scene scene;
        for (const QString &host : scene.hosts)
            servers().refuseLogins(host, refused());
        const auto opened = scene.open();
        QVERIFY(!opened.session);
        QVERIFY(!opened.areSettingsRefused);
        for (const QString &host : scene.hosts)
            QVERIFY2(opened.error.databaseText().contains(host),
                     qPrintable(opened.error.databaseText()));
    }

    void aLoginIsTriedOnOnePeerMore()
    {
        const Scene scene(3);
        for (const QString &host : scene.hosts)
            servers().refuseLogins(host, loginRefused());
        servers().hold(u"db3"_s); // who asks it waits for ever
        const auto opened = scene.open();
        QVERIFY(!opened.session);
        QCOMPARE(opened.error.nativeErrorCode(), u"1045"_s);
        QCOMPARE(opened.error.databaseText(), loginRefused().databaseText()); // the peer's own
        QCOMPARE(servers().logins().mid(0, 2), QStringList({u"db1"_s, u"db2"_s}));
    }

    void thePeerMoreMayBeUnderWay_data()
    {
        QTest::addColumn<bool>("hangs");
        QTest::addColumn<QStringList>("logins");
        QTest::newRow("refuses, too") << false << QStringList{u"db1"_s, u"db2"_s};
        QTest::newRow("hangs") << true << QStringList{u"db1"_s, u"db2"_s, u"db3"_s};
    }

    void thePeerMoreMayBeUnderWay()
    {
        QFETCH(bool, hangs);
        Scene scene(3, 10min);
        for (const QString &host : scene.hosts)
            servers().refuseLogins(host, loginRefused());
        servers().hold(u"db1"_s);
        servers().hold(u"db2"_s);
        auto opening = std::async(std::launch::async, [&scene] { return scene.open(); });
        while (!servers().logins().contains(u"db2"_s)) {
            scene.clock.advance(50ms);
            opening.wait_for(1ms);
        }
        servers().release(u"db1"_s);
        QCOMPARE(opening.wait_for(100ms), std::future_status::timeout);
        if (hangs)
            scene.clock.advance(300ms);
        else
            servers().release(u"db2"_s);
        QCOMPARE(opening.get().error.nativeErrorCode(), u"1045"_s);
        QTEST(servers().logins(), "logins");
    }

    void startsAnotherBesideASlowOne()
    {
        Scene scene(2, 10min);
        servers().hold(u"db1"_s);
        const auto opened = scene.openWhileTimePasses(
                [] { return servers().logins().contains(u"db2"_s); });
        QCOMPARE(opened.session->peer(), scene.peer(1));
        servers().release(u"db1"_s);
        QTRY_COMPARE(servers().open(), 1); // the loser ends itself
        QCOMPARE(servers().logins(), QStringList({u"db1"_s, u"db2"_s}));
    }

    void endsAtTheDeadline()
    {
        Scene scene(1, 10s);
        servers().hold(u"db1"_s);
        const auto opened = scene.openWhileTimePasses([] { return false; });
        QVERIFY(!opened.session);
        QVERIFY2(opened.error.databaseText().contains(u"OPEN_DEADLINE=10"_s),
                 qPrintable(opened.error.databaseText()));
    }

    void leavesAPeerThatIsDrainedMeanwhile()
    {
        const Scene scene;
        servers().answerBy([&](const QString &host, auto) {
            if (host == u"db1"_s)
                scene.pool->setService(scene.peer(0), Service::Draining, {});
            return QSqlError();
        });
        QCOMPARE(scene.open().session->peer(), scene.peer(1));
    }

    void keepsADrainedPeerRatherThanNone()
    {
        const Scene scene;
        servers().refuseLogins(u"db2"_s, refused());
        servers().answerBy([&](auto, auto) {
            scene.pool->setService(scene.peer(0), Service::Draining, {});
            return QSqlError();
        });
        const auto opened = scene.open();
        QVERIFY(opened.session);
        QCOMPARE(opened.session->peer(), scene.peer(0));
    }

    void anOfferIsTriedFirst()
    {
        const Scene scene;
        auto offered = scene.open({.prefer = scene.peer(1)}).session;
        const quint64 generation = offered->generation();
        servers().forgetRequests();
        const auto opened = scene.open({.offered = std::move(offered), .isOfferOnly = true});
        QVERIFY(opened.session);
        QCOMPARE(opened.session->generation(), generation);
        QCOMPARE(servers().logins(), QStringList());
    }

    void settingsThatAreRefusedEndTheSearch()
    {
        const Scene scene;
        servers().hold(u"db2"_s); // who asks it waits for ever
        servers().answerBy([](auto, const QString &sql) {
            return sql == u"SET sql_mode = 'x'"_s ? sqlError(1231) : QSqlError();
        });
        SessionRequest wish{.cause = u"lost"_s};
        wish.arrival.settings = {u"SET sql_mode = 'x'"_s};
        const auto opened = scene.open(std::move(wish));
        QVERIFY(!opened.session);
        QVERIFY(opened.areSettingsRefused);
    }

    void aPeerLostWhileArrivingIsLeft()
    {
        const Scene scene;
        servers().answerBy([](const QString &host, const QString &sql) {
            return host == u"db1"_s && sql.startsWith(u"SET sql_mode"_s) ? sqlError(2013)
                                                                         : QSqlError();
        });
        SessionRequest wish{.cause = u"lost"_s};
        wish.arrival.settings = {u"SET sql_mode = 'x'"_s};
        const auto opened = scene.open(std::move(wish));
        QVERIFY(opened.session);
        QCOMPARE(opened.session->peer(), scene.peer(1));
    }

    void aRaceEndsWithWhoIsFirst()
    {
        const Scene scene;
        const auto race = scene.race();
        servers().hold(u"db1"_s);
        race->start(scene.peer(0));
        race->start(scene.peer(1));
        const auto finish = race->wait(scene.clock.now() + 10s);
        QVERIFY(finish && finish->session);
        QCOMPARE(finish->session->peer(), scene.peer(1));
        QCOMPARE(race->underWay(), 1);
        QVERIFY(!race->wait(scene.clock.now()));
        race->abandon();
    }

    void aRaceThatIsOverClosesWhatComesLater()
    {
        const Scene scene(1);
        const auto race = scene.race();
        servers().hold(u"db1"_s);
        race->start(scene.peer(0));
        QTRY_COMPARE(servers().logins().size(), 1);
        race->abandon();
        servers().release(u"db1"_s);
        QTRY_COMPARE(scene.pool->peer(scene.peer(0)).health, Health::Up); // it was worth something
        QTRY_COMPARE(servers().open(), 0);
    }
};

QTEST_GUILESS_MAIN(tst_SessionOpener)
#include "tst_sessionopener.moc"
