// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "poolmonitorbench.h"

#include <QtTest/QtTest>

using namespace qproxysql;
using namespace qproxysql::test;
using namespace std::chrono_literals;

/// What is concluded from what is seen of a peer, and when it is rechecked.
class tst_PoolMonitor : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void marksOnceForTheProcess();
    void rechecksEarlyThenAtTheInterval();
    void resumedPeerIsRecheckedAtOnce();
    void recoveredPeerIsUsedWithoutAnybodyAsking();
    void nothingIsDueWhileAllIsWell();
    void probesWithTheRightLoginAndPolicy();
    void withoutLoginsNobodyIsProbed();
    void singleFlight();
    void lossDuringAProbeAsksAgain();
    void lossMakesSuspectAndProbesAtOnce();
    void answerOutweighsATimedOutProbe();
    void answerToldLateOutweighsToo();
    void connectOutweighsAStaleProbe();
    void lossOnADownPeerIsNoNews();
    void failureWithoutNumberIsNoSuccess();
};

void tst_PoolMonitor::marksOnceForTheProcess()
{
    Bench bench(2);
    QSignalSpy changes(bench.pool.get(), &PeerPool::peerStateChanged);
    QCOMPARE(bench.monitor->connectFailed(0, failure(2002, "Connection refused")),
             AfterConnectFailure::NextPeer);
    QCOMPARE(bench.health(0), Health::Down);
    QCOMPARE(bench.pool->peer(0).lastError.code, 2002);
    const auto due = bench.pool->peer(0).nextCheck;
    QVERIFY(due > bench.clock.now());
    QVERIFY(due <= bench.clock.now() + 1s);

    // Seven more callers were under way already.
    for (int i = 0; i < 7; ++i) {
        bench.clock.advance(1ms);
        bench.monitor->connectFailed(0, failure(2002, "Connection refused"));
    }
    QCOMPARE(changes.size(), 1);
    QCOMPARE(bench.pool->peer(0).nextCheck, due);
    QCOMPARE(bench.jobs.size(), 0u);
    QVERIFY(bench.wakes > 0);
}

void tst_PoolMonitor::rechecksEarlyThenAtTheInterval()
{
    Bench bench(2);
    bench.scripts[0] = [] { return failed(2002, "Connection refused"); };
    bench.monitor->connectFailed(0, failure(2002));
    QList<double> waits;
    for (int i = 0; i < 6; ++i) {
        const auto before = bench.clock.now();
        bench.goOn();
        waits.append(std::chrono::duration<double>(bench.clock.now() - before).count());
    }
    QCOMPARE(bench.probes.size(), 6u);
    const QList<std::pair<double, double>> bounds{{0.1, 1.9}, {0.3, 5.7}, {0.6, 9.4},
                                                  {24, 36},   {24, 36},   {24, 36}};
    for (int i = 0; i < 6; ++i)
        QVERIFY2(waits[i] >= bounds[i].first && waits[i] <= bounds[i].second,
                 qPrintable(QString::number(waits[i])));
}

void tst_PoolMonitor::resumedPeerIsRecheckedAtOnce()
{
    Bench bench(3);
    bench.scripts[0] = [] { return failed(2002, "Connection refused"); };
    bench.monitor->connectFailed(0, failure(2002));
    bench.monitor->connectFailed(2, failure(1129)); // each attempt may make it worse
    const auto untilBlockedIsChecked = bench.untilCheck(2);
    for (int i = 0; i < 4; ++i)
        bench.goOn();
    QVERIFY(bench.untilCheck(0) > 20s);
    const int wakes = bench.wakes;
    for (PeerId peer = 0; peer < 3; ++peer)
        bench.monitor->resumed(peer);
    QVERIFY(bench.untilCheck(0) <= 1s);
    QCOMPARE(bench.health(0), Health::Down);
    QCOMPARE(bench.pool->peer(0).lastError.code, 2002);
    QCOMPARE(bench.wakes, wakes + 1);
    QVERIFY(bench.untilCheck(2) > untilBlockedIsChecked - 60s);
    bench.scripts.clear();
    bench.goOn();
    QCOMPARE(bench.health(0), Health::Up);
}

void tst_PoolMonitor::recoveredPeerIsUsedWithoutAnybodyAsking()
{
    Bench bench(2);
    bench.monitor->connectFailed(0, failure(2002));
    ServerFacts facts;
    facts.identities = {QStringLiteral("node-a")};
    bench.scripts[0] = [facts] { return up(facts); };
    bench.goOn();
    QCOMPARE(bench.health(0), Health::Up);
    QCOMPARE(bench.pool->peer(0).identities, facts.identities);
    QCOMPARE(bench.pool->peer(0).nextCheck, Clock::time_point());
    QCOMPARE(bench.monitor->advance(), PoolMonitor::Never);
}

void tst_PoolMonitor::nothingIsDueWhileAllIsWell()
{
    Bench bench(3);
    QCOMPARE(bench.monitor->advance(), PoolMonitor::Never);
    for (PeerId peer : {0, 1, 2})
        bench.monitor->connectSucceeded(peer, {});
    bench.clock.advance(1h);
    QCOMPARE(bench.monitor->advance(), PoolMonitor::Never);
    QCOMPARE(bench.jobs.size(), 0u);
    QCOMPARE(bench.wakes.load(), 0);
}

void tst_PoolMonitor::probesWithTheRightLoginAndPolicy()
{
    Bench bench(2);
    Logins logins = bench.logins;
    logins.own.insert({QStringLiteral("db1"), 3306}, {QStringLiteral("other"), {}, {}, {}});
    bench.monitor->setLogins(std::make_shared<const Logins>(logins));
    bench.monitor->checkNow(0);
    bench.monitor->checkNow(1);
    bench.runAll();
    QCOMPARE(bench.requests[0].login.user, QStringLiteral("app"));
    QCOMPARE(bench.requests[0].login.password, QStringLiteral("secret"));
    QCOMPARE(bench.requests[1].login.user, QStringLiteral("other"));
    QCOMPARE(bench.requests[1].peer.host, QStringLiteral("db1"));
    QCOMPARE(bench.requests[1].driver, QStringLiteral("QMYSQL"));
    QCOMPARE(bench.requests[1].connectTimeout, 3000ms);
}

void tst_PoolMonitor::withoutLoginsNobodyIsProbed()
{
    Bench bench(1);
    bench.monitor->connectFailed(0, failure(2002));
    bench.monitor->setLogins(nullptr);
    bench.clock.advance(1h);
    QCOMPARE(bench.monitor->advance(), PoolMonitor::Never);
    bench.monitor->checkNow(0);
    QCOMPARE(bench.jobs.size(), 0u);
    bench.monitor->setLogins(std::make_shared<const Logins>(bench.logins));
    bench.monitor->advance();
    QCOMPARE(bench.jobs.size(), 1u);
}

void tst_PoolMonitor::singleFlight()
{
    Bench bench(2);
    for (int i = 0; i < 5; ++i)
        bench.monitor->checkNow(0);
    QCOMPARE(bench.jobs.size(), 1u);
    // Nor while it runs.
    bench.scripts[0] = [&bench] {
        bench.monitor->connectFailed(0, failure(2002));
        bench.clock.advance(2s);
        bench.monitor->advance();
        return failed(2002);
    };
    bench.runOne();
    QCOMPARE(bench.jobs.size(), 0u);
    QCOMPARE(bench.probes.size(), 1u);
}

void tst_PoolMonitor::lossDuringAProbeAsksAgain()
{
    Bench bench(2);
    bench.monitor->connectSucceeded(0, {});
    int round = 0;
    bench.scripts[0] = [&] {
        if (++round == 1)
            bench.monitor->statementFailed(0, 2013, QStringLiteral("Lost connection"), {});
        return round == 1 ? up() : failed(2002);
    };
    bench.monitor->checkNow(0);
    bench.runAll();
    QCOMPARE(round, 2);
    QCOMPARE(bench.health(0), Health::Down);
}

void tst_PoolMonitor::lossMakesSuspectAndProbesAtOnce()
{
    Bench bench(2);
    bench.monitor->connectSucceeded(0, {});
    QCOMPARE(bench.monitor->statementFailed(0, 2013, QStringLiteral("Lost connection"),
                                            ServerFlavour::MariaDb),
             ErrorClass::AnswerLost);
    QCOMPARE(bench.health(0), Health::Suspect);
    QCOMPARE(bench.jobs.size(), 1u);
    bench.runAll();
    QCOMPARE(bench.health(0), Health::Up);

    // Somebody's KILL leaves the peer in use meanwhile.
    bench.monitor->statementFailed(0, 1927, QStringLiteral("Connection was killed"),
                                   ServerFlavour::MariaDb);
    QCOMPARE(bench.health(0), Health::Up);
    bench.scripts[0] = [] { return failed(2002); };
    bench.runAll();
    QCOMPARE(bench.health(0), Health::Down);

    bench.monitor->connectSucceeded(0, {});
    QCOMPARE(bench.monitor->statementFailed(0, 1064, QStringLiteral("syntax"), {}),
             ErrorClass::StatementsOwn);
    QCOMPARE(bench.health(0), Health::Up);
    QCOMPARE(bench.jobs.size(), 0u);
}

void tst_PoolMonitor::answerOutweighsATimedOutProbe()
{
    Bench bench(2);
    bench.monitor->connectSucceeded(0, {});
    bench.clock.advance(1min);
    bool isAnswering = true;
    bench.scripts[0] = [&] {
        bench.clock.advance(2s);
        if (isAnswering)
            bench.monitor->answered(0, bench.clock.now());
        bench.clock.advance(1s);
        return failed(2013, "Lost connection", true);
    };
    bench.monitor->checkNow(0);
    bench.runAll();
    QCOMPARE(bench.health(0), Health::Suspect);
    QVERIFY(bench.untilCheck(0) > 0s);

    isAnswering = false;
    bench.monitor->checkNow(0);
    bench.runAll();
    QCOMPARE(bench.health(0), Health::Down);

    // An open that timed out is judged alike.
    bench.monitor->connectSucceeded(0, {});
    bench.clock.advance(10s);
    bench.monitor->answered(0, bench.clock.now() - 1s);
    bench.monitor->connectFailed(0, failure(2002, "timed out", true));
    QCOMPARE(bench.health(0), Health::Suspect);
}

void tst_PoolMonitor::answerToldLateOutweighsToo()
{
    Bench bench(2);
    bench.monitor->connectSucceeded(0, {});
    bench.clock.advance(10s);
    bench.monitor->connectFailed(0, failure(2002, "timed out", true));
    QCOMPARE(bench.health(0), Health::Down);
    bench.monitor->answered(0, bench.clock.now() - 5s); // before the attempt began
    QCOMPARE(bench.health(0), Health::Down);
    bench.monitor->answered(0, bench.clock.now() - 1s);
    QCOMPARE(bench.health(0), Health::Suspect);

    bench.monitor->connectFailed(0, failure(2002, "refused"));
    QCOMPARE(bench.health(0), Health::Down);
    bench.monitor->answered(0, bench.clock.now());
    QCOMPARE(bench.health(0), Health::Down);
}

void tst_PoolMonitor::connectOutweighsAStaleProbe()
{
    Bench bench(2);
    bench.monitor->connectFailed(0, failure(2002));
    bench.scripts[0] = [&bench] {
        bench.clock.advance(10ms);
        bench.monitor->connectSucceeded(0, {});
        bench.clock.advance(10ms);
        return failed(2002);
    };
    bench.monitor->checkNow(0);
    bench.runAll();
    QCOMPARE(bench.health(0), Health::Up);
}

void tst_PoolMonitor::lossOnADownPeerIsNoNews()
{
    Bench bench(2);
    bench.monitor->connectFailed(0, failure(2002, "refused"));
    const auto due = bench.pool->peer(0).nextCheck;
    for (int i = 0; i < 20; ++i)
        bench.monitor->statementFailed(0, 2006, QStringLiteral("closed"), ServerFlavour::MariaDb);
    QCOMPARE(bench.pool->peer(0).nextCheck, due);
}

void tst_PoolMonitor::failureWithoutNumberIsNoSuccess()
{
    Bench bench(2);
    ConnectFailure ours;
    ours.text = QStringLiteral("Unable to allocate a MYSQL object");
    bench.monitor->connectFailed(0, failure(2002, "Connection refused"));
    QCOMPARE(bench.monitor->connectFailed(0, ours), AfterConnectFailure::Stop);
    QCOMPARE(bench.health(0), Health::Down);
    QCOMPARE(bench.monitor->connectFailed(1, ours), AfterConnectFailure::Stop);
    QCOMPARE(bench.health(1), Health::Unknown);
}

QTEST_GUILESS_MAIN(tst_PoolMonitor)
#include "tst_poolmonitor.moc"
