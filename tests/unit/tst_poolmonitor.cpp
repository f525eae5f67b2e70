// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "poolmonitorbench.h"

#include <QtTest/QtTest>

#include <latch>
#include <semaphore>
#include <thread>

using namespace qproxysql;
using namespace qproxysql::test;
using namespace std::chrono_literals;

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
    void countsProbesThatNobodyAnswered_data();
    void countsProbesThatNobodyAnswered();
    void wordOfThePeerEndsItsSilence_data();
    void wordOfThePeerEndsItsSilence();
    void hungUpUntilSomethingIsHeard();
    void refusalOfALogin_data();
    void refusalOfALogin();
    void overloadedIsLeftAlone();
    void blockedIsProbedSeldom();
    void readOnlyPeerRests();
    void readOnlyNumbersCountWhereTheServerIsReadOnly();
    void lonelyReadOnlyPeerServes();
    void readOnlyByFactsIsNoReasonAlone();
    void desyncedIsShownAndNoticedWhenOver();
    void differingClustersAreLoud();
    void noResolverNoBackOff();
    void hangingProbeIsGivenUp();
    void twoStrikesForABackend();
    void budgetLimitsProbes();
    void slotsLimitProbes();
    void retiredPeersAreNotProbed();

    void sweepFindsTheOneThatIsUp();
    void sweepEndsWhenAllHaveAnswered();
    void sweepKeepsItsDeadline();
    void sweepsBeginOnceASecond();
    void sweepThatIsOverIsNotBelieved();
    void probeOfBeforeTheSweepIsRepeated();
    void sweepEndsWhenSomebodyConnects();
    void outageIsWaitedForOnce();
    void outageWithoutHopeIsNotWaitedFor_data();
    void outageWithoutHopeIsNotWaitedFor();
    void sweepLeavesDrainedAndBlockedAlone();
    void sweepDoesNotQueueBehindHangingPeers();
    void eightThreadsShareOneSweep();
    void manyThreadsReport();
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
    const QList<std::pair<double, double>> bounds{{0.8, 1}, {1.6, 2}, {3.2, 4},
                                                  {24, 36}, {24, 36}, {24, 36}};
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

void tst_PoolMonitor::countsProbesThatNobodyAnswered_data()
{
    QTest::addColumn<int>("code");
    QTest::addColumn<bool>("timedOut");
    QTest::addColumn<int>("counted");
    QTest::newRow("no greeting") << 2013 << true << 2;
    QTest::newRow("packets lost") << 2002 << true << 2;
    QTest::newRow("refused") << 2002 << false << 2;
    QTest::newRow("hung up") << 2013 << false << 2;
    QTest::newRow("full: the server says so") << 1040 << false << 0;
    QTest::newRow("shutting down: the server says so") << 1053 << false << 0;
    QTest::newRow("no such login") << 1045 << false << 0;
    QTest::newRow("no such name") << 2005 << false << 0;
    QTest::newRow("our own fault") << 2008 << false << 0;
}

void tst_PoolMonitor::countsProbesThatNobodyAnswered()
{
    QFETCH(int, code);
    QFETCH(bool, timedOut);
    QFETCH(int, counted);
    Bench bench(2);
    bench.monitor->connectSucceeded(0, {});
    bench.clock.advance(10s);
    const auto began = bench.clock.now();
    bench.scripts[0] = [&] {
        bench.clock.advance(3s);
        return failed(code, "", timedOut);
    };
    QCOMPARE(bench.monitor->silence(0).failedProbes, 0);
    bench.monitor->checkNow(0);
    QVERIFY(bench.monitor->silence(0).isProbing);
    bench.runAll();
    QVERIFY(!bench.monitor->silence(0).isProbing);
    bench.monitor->checkNow(0);
    bench.runAll();
    const PeerSilence silence = bench.monitor->silence(0);
    QCOMPARE(silence.failedProbes, counted);
    if (counted > 0)
        QCOMPARE(silence.since, began);
    const bool isWordOfServer = code != 2005 && code != 2008 && counted == 0;
    QCOMPARE(silence.lastHeard > began, isWordOfServer);
    QCOMPARE(silence.hasHungUp, counted > 0 && !timedOut);
}

void tst_PoolMonitor::wordOfThePeerEndsItsSilence_data()
{
    QTest::addColumn<int>("afterBegan"); ///< s after the first probe began; negative: a login
    QTest::addColumn<int>("left");
    QTest::newRow("answer before it began") << 0 << 2;
    QTest::newRow("answer during the first") << 1 << 1; // the second begins a row of its own
    QTest::newRow("answer during the second") << 4 << 0;
    QTest::newRow("login after both") << -1 << 0;
}

void tst_PoolMonitor::wordOfThePeerEndsItsSilence()
{
    QFETCH(int, afterBegan);
    QFETCH(int, left);
    Bench bench(2);
    const auto began = bench.clock.now();
    bench.scripts[0] = [&] {
        bench.clock.advance(3s);
        if (afterBegan >= 0 && bench.clock.now() >= began + std::chrono::seconds(afterBegan))
            bench.monitor->answered(0, began + std::chrono::seconds(afterBegan));
        return failed(2013, "", true);
    };
    for (int probe = 0; probe < 2; ++probe) {
        bench.monitor->checkNow(0);
        bench.runAll();
    }
    if (afterBegan < 0)
        bench.monitor->connectSucceeded(0, {});
    QCOMPARE(bench.monitor->silence(0).failedProbes, left);
}

void tst_PoolMonitor::hungUpUntilSomethingIsHeard()
{
    Bench bench(2);
    bench.monitor->connectFailed(0, failure(2002, "refused"));
    QVERIFY(bench.monitor->silence(0).hasHungUp);
    bench.clock.advance(1s);
    bench.monitor->answered(0, bench.clock.now());
    QVERIFY(!bench.monitor->silence(0).hasHungUp);
    bench.monitor->connectFailed(1, failure(2013, "timed out", true));
    QVERIFY(!bench.monitor->silence(1).hasHungUp);
    QVERIFY(!bench.monitor->silence(7).hasHungUp); // not seen yet
}

void tst_PoolMonitor::refusalOfALogin_data()
{
    QTest::addColumn<int>("code");
    QTest::newRow("password") << 1045;
    QTest::newRow("database") << 1049;
    QTest::newRow("rights") << 1044;
}

void tst_PoolMonitor::refusalOfALogin()
{
    QFETCH(int, code);
    const auto action = AfterConnectFailure::OnePeerMore;
    Bench bench(2);
    bench.monitor->connectSucceeded(0, {});
    QCOMPARE(bench.monitor->connectFailed(0, failure(code)), action);
    QCOMPARE(bench.health(0), Health::Up);
    QCOMPARE(bench.monitor->connectFailed(1, failure(code)), action);
    QCOMPARE(bench.health(1), Health::Unknown);

    // A peer that was down and refuses a login is alive again.
    bench.monitor->connectFailed(1, failure(2002));
    QCOMPARE(bench.health(1), Health::Down);
    bench.scripts[1] = [code] { return failed(code); };
    bench.goOn();
    QCOMPARE(bench.health(1), Health::Unknown);
    QCOMPARE(bench.monitor->advance(), PoolMonitor::Never);
}

void tst_PoolMonitor::overloadedIsLeftAlone()
{
    Bench bench(1);
    bench.monitor->connectFailed(0, failure(1040, "Too many connections"));
    QCOMPARE(bench.health(0), Health::Overloaded);
    QVERIFY(bench.untilCheck(0) >= 1s && bench.untilCheck(0) <= 2s);
    QCOMPARE(bench.pool->choose(), NoPeer);
    bench.clock.advance(900ms);
    bench.monitor->connectFailed(0, failure(1040, "Too many connections"));
    bench.clock.advance(1100ms);
    bench.monitor->advance();
    QCOMPARE(bench.jobs.size(), 0u);
    QCOMPARE(bench.pool->choose(), 0);
    bench.monitor->connectFailed(0, failure(1040, "Too many connections"));
    QCOMPARE(bench.pool->choose(), NoPeer);
    // Nobody opens any more: it shall not be called overloaded for ever.
    bench.goOn();
    QCOMPARE(bench.health(0), Health::Up);
}

void tst_PoolMonitor::blockedIsProbedSeldom()
{
    Bench bench(2);
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("FLUSH HOSTS")));
    bench.monitor->connectFailed(0, failure(1129, "Host is blocked"));
    QCOMPARE(bench.health(0), Health::Blocked);
    QVERIFY(bench.untilCheck(0) >= 4min);
}

void tst_PoolMonitor::readOnlyPeerRests()
{
    Bench bench(2);
    bench.monitor->connectSucceeded(0, {});
    bench.monitor->connectSucceeded(1, {});
    bench.monitor->statementFailed(0, 1290, QStringLiteral("running with the --read-only option"),
                                   ServerFlavour::MariaDb);
    QCOMPARE(bench.health(0), Health::NotReady);
    QVERIFY(bench.untilCheck(0) <= 5s);
    ServerFacts facts;
    facts.isReadOnly = true;
    bench.scripts[0] = [&facts] { return up(facts); };
    for (int i = 0; i < 5; ++i) {
        bench.goOn();
        QCOMPARE(bench.health(0), Health::NotReady);
        QVERIFY(bench.untilCheck(0) <= 5s);
    }
    facts.isReadOnly = false;
    bench.goOn();
    QCOMPARE(bench.health(0), Health::Up);
    // Once more read-only, but no write was refused since.
    facts.isReadOnly = true;
    bench.monitor->checkNow(0);
    bench.runAll();
    QCOMPARE(bench.health(0), Health::Up);
}

void tst_PoolMonitor::readOnlyNumbersCountWhereTheServerIsReadOnly()
{
    Bench bench(2);
    const auto refused = [&bench](int code, const char *text = "") {
        return bench.monitor->statementFailed(0, code, QLatin1String(text), ServerFlavour::MariaDb);
    };
    const char *const noTable = "Can't create table `x`.`n` (errno: 165 \"Table is read only\")";
    bench.monitor->connectSucceeded(0, {});
    bench.monitor->connectSucceeded(1, {});
    for (const int code : {1036, 1792})
        QCOMPARE(refused(code), ErrorClass::StatementsOwn);
    QCOMPARE(refused(1005, noTable), ErrorClass::StatementsOwn);
    QCOMPARE(bench.health(0), Health::Up);

    ServerFacts facts;
    facts.isReadOnly = facts.readOnlyParts.tables = true;
    facts.readOnlyBy = QStringLiteral("innodb_read_only=ON");
    bench.monitor->connectSucceeded(0, facts);
    QCOMPARE(bench.pool->peer(0).serverWish, facts.readOnlyBy);
    QCOMPARE(refused(1792), ErrorClass::StatementsOwn);
    QCOMPARE(refused(1005, "(errno: 150 \"Foreign key constraint is incorrectly formed\")"),
             ErrorClass::StatementsOwn);
    QCOMPARE(bench.health(0), Health::Up);
    QCOMPARE(refused(1005, noTable), ErrorClass::ReadOnly);
    QCOMPARE(bench.health(0), Health::NotReady);

    facts.readOnlyParts = {false, true};
    bench.monitor->connectSucceeded(0, facts);
    QCOMPARE(refused(1036), ErrorClass::StatementsOwn);
    QCOMPARE(refused(1792), ErrorClass::ReadOnly);
}

void tst_PoolMonitor::lonelyReadOnlyPeerServes()
{
    Bench bench(1);
    ServerFacts facts;
    facts.isReadOnly = true;
    bench.monitor->connectSucceeded(0, facts);
    bench.monitor->statementFailed(0, 1836, QStringLiteral("Running in read-only mode"), {});
    QCOMPARE(bench.health(0), Health::Up);
    QCOMPARE(bench.pool->choose(), 0);
}

void tst_PoolMonitor::readOnlyByFactsIsNoReasonAlone()
{
    Bench bench(2);
    ServerFacts readOnly;
    readOnly.isReadOnly = true;
    bench.monitor->connectSucceeded(0, readOnly);
    bench.monitor->connectSucceeded(1, readOnly);
    QVERIFY(bench.pool->peer(0).serverWish.isEmpty());
    bench.monitor->connectSucceeded(1, {});
    QCOMPARE(bench.pool->peer(0).serverWish, QStringLiteral("read_only=ON"));
    QCOMPARE(bench.health(0), Health::Up);
    for (int i = 0; i < 20; ++i)
        QCOMPARE(bench.pool->choose(), 1);
    QCOMPARE(bench.pool->choose({1}), 0);
}

void tst_PoolMonitor::desyncedIsShownAndNoticedWhenOver()
{
    Bench bench(2);
    ServerFacts desynced;
    desynced.isDesynced = true;
    bench.monitor->connectSucceeded(0, desynced);
    QCOMPARE(bench.health(0), Health::Up);
    QCOMPARE(bench.pool->peer(0).service, Service::InService);
    QCOMPARE(bench.pool->peer(0).serverWish, QStringLiteral("desynced"));
    bench.goOn();
    QCOMPARE(bench.probes.size(), 1u);
    QVERIFY(bench.pool->peer(0).serverWish.isEmpty());
    QCOMPARE(bench.monitor->advance(), PoolMonitor::Never);
}

void tst_PoolMonitor::differingClustersAreLoud()
{
    Bench bench(3);
    ServerFacts facts;
    facts.clusterId = QStringLiteral("aaaa");
    bench.monitor->connectSucceeded(0, facts);
    bench.monitor->connectSucceeded(1, facts);
    facts.clusterId = QStringLiteral("bbbb");
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral(
                                               "different Galera clusters.*db2.*bbbb")));
    bench.monitor->connectSucceeded(2, facts);
    QTest::failOnWarning(QRegularExpression(QStringLiteral("different")));
    bench.monitor->connectSucceeded(2, facts);
}

void tst_PoolMonitor::noResolverNoBackOff()
{
    Bench bench(2);
    for (PeerId peer : {0, 1})
        bench.scripts[peer] = [] { return failed(2005, "Unknown MySQL server host"); };
    bench.monitor->connectFailed(0, failure(2005, "Unknown MySQL server host"));
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("resolver")));
    bench.monitor->connectFailed(1, failure(2005, "Unknown MySQL server host"));
    const auto begun = bench.clock.now();
    while (bench.clock.now() < begun + 60s)
        bench.goOn();
    QVERIFY2(bench.probes.size() >= 2 * 59, qPrintable(QString::number(bench.probes.size())));

    // One name of two that is unknown is that peer's own trouble.
    bench.monitor->connectSucceeded(1, {});
    bench.probes.clear();
    const auto later = bench.clock.now();
    while (bench.clock.now() < later + 60s)
        bench.goOn();
    QVERIFY2(bench.probes.size() <= 8, qPrintable(QString::number(bench.probes.size())));
}

void tst_PoolMonitor::hangingProbeIsGivenUp()
{
    Bench bench(2);
    bench.monitor->connectSucceeded(0, {});
    bench.clock.advance(1min);
    Health before = Health::Unknown;
    Health after = Health::Unknown;
    int stalledBefore = -1;
    int secondProbes = 0;
    bench.scripts[0] = [&] {
        bench.scripts[0] = [] { return up(); };
        bench.monitor->advance();
        stalledBefore = bench.stalled;
        bench.clock.advance(100ms);
        bench.monitor->advance();
        bench.clock.advance(4800ms);
        bench.monitor->advance();
        before = bench.health(0);
        bench.clock.advance(100ms); // CONNECT_TIMEOUT and 2 s more
        bench.monitor->advance();
        after = bench.health(0);
        for (int second = 5; second < 59; ++second) {
            bench.clock.advance(1s);
            bench.monitor->advance();
            bench.monitor->checkNow(0);
            secondProbes += int(bench.jobs.size());
        }
        bench.clock.advance(2s);
        bench.monitor->checkNow(0);
        return failed(2002);
    };
    bench.monitor->checkNow(0);
    bench.runOne();
    QCOMPARE(stalledBefore, 0);
    QCOMPARE(before, Health::Up);
    QCOMPARE(after, Health::Down);
    QCOMPARE(secondProbes, 0);
    QCOMPARE(bench.jobs.size(), 1u); // twice the interval was over
    QCOMPARE(bench.stalled.load(), 1);
    bench.runAll();
    QCOMPARE(bench.health(0), Health::Up);
}

void tst_PoolMonitor::twoStrikesForABackend()
{
    Bench bench(2);
    bench.monitor->connectSucceeded(0, {});
    bench.monitor->statementFailed(0, 9001, QStringLiteral("Max connect timeout"), {});
    QCOMPARE(bench.health(0), Health::Up);
    QCOMPARE(bench.jobs.size(), 1u);
    bench.monitor->statementFailed(0, 9001, QStringLiteral("Max connect timeout"), {});
    QCOMPARE(bench.health(0), Health::Suspect);
    bench.runAll();
    QCOMPARE(bench.health(0), Health::Up);
    bench.monitor->statementFailed(0, 9001, QStringLiteral("Max connect timeout"), {});
    QCOMPARE(bench.health(0), Health::Up);
}

void tst_PoolMonitor::budgetLimitsProbes()
{
    constexpr int Peers = 1'000;
    Bench bench(Peers);
    for (PeerId peer = 0; peer < Peers; ++peer) {
        bench.scripts[peer] = [] { return failed(2002); };
        bench.monitor->connectFailed(peer, failure(2002));
    }
    bench.budget.setDemand(bench.monitor->demand());
    const auto begun = bench.clock.now();
    while (bench.clock.now() < begun + 300s) {
        auto next = bench.monitor->advance();
        while (bench.runOne())
            next = bench.monitor->advance();
        next = std::max(next, bench.clock.now() + 50ms);
        bench.clock.advance(next - bench.clock.now());
    }
    // 1,000 peers every 30 s, and at most a quarter more.
    const double perSecond = double(bench.probes.size()) / 300;
    QVERIFY2(perSecond > 30 && perSecond < 42, qPrintable(QString::number(perSecond)));
    std::map<int, int> perPeer;
    for (const int peer : bench.probes)
        ++perPeer[peer];
    QCOMPARE(perPeer.size(), size_t(Peers));
    for (const auto &[peer, count] : perPeer)
        QVERIFY2(count >= 7, qPrintable(QString::number(count)));
}

void tst_PoolMonitor::slotsLimitProbes()
{
    Bench bench(10);
    for (PeerId peer = 0; peer < 10; ++peer)
        bench.monitor->connectFailed(peer, failure(2002));
    bench.clock.advance(1s);
    bench.monitor->advance();
    QCOMPARE(bench.jobs.size(), 2u);
    const int wakes = bench.wakes;
    bench.runOne();
    QVERIFY(bench.wakes > wakes);
    bench.monitor->advance();
    QCOMPARE(bench.jobs.size(), 2u);
}

void tst_PoolMonitor::retiredPeersAreNotProbed()
{
    Bench bench(2);
    bench.monitor->connectFailed(0, failure(2002));
    auto edited = bench.pool->definition();
    edited.peers.removeFirst();
    bench.pool->redefine(edited);
    bench.clock.advance(1min);
    QCOMPARE(bench.monitor->advance(), PoolMonitor::Never);
    QCOMPARE(bench.jobs.size(), 0u);
}

void tst_PoolMonitor::sweepFindsTheOneThatIsUp()
{
    Bench bench(5);
    for (PeerId peer = 0; peer < 5; ++peer) {
        bench.monitor->connectFailed(peer, failure(2002));
        if (peer != 3)
            bench.scripts[peer] = [] { return failed(2002); };
    }
    std::atomic<bool> isOver{false};
    std::jthread worker([&] { bench.work(isOver); });
    QVERIFY(bench.monitor->sweep({bench.clock.now() + 10s}));
    QCOMPARE(bench.health(3), Health::Up);
    QCOMPARE(bench.pool->choose(), 3);
    isOver = true;
}

void tst_PoolMonitor::sweepEndsWhenAllHaveAnswered()
{
    Bench bench(5);
    for (PeerId peer = 0; peer < 5; ++peer) {
        bench.monitor->connectFailed(peer, failure(2002));
        bench.scripts[peer] = [peer] { return failed(peer % 2 ? 1045 : 2002); };
    }
    std::atomic<bool> isOver{false};
    std::jthread worker([&] { bench.work(isOver); });
    // Those that refuse the login live, so there is somebody to choose again.
    QVERIFY(bench.monitor->sweep({bench.clock.now() + 1h}));
    QCOMPARE(bench.probes.size(), 5u);
    QCOMPARE(bench.health(0), Health::Down);
    QCOMPARE(bench.health(1), Health::Unknown);
    bench.clock.advance(2s);
    for (PeerId peer = 0; peer < 5; ++peer) {
        bench.monitor->connectFailed(peer, failure(2002));
        bench.scripts[peer] = [] { return failed(2002); };
    }
    QVERIFY(!bench.monitor->sweep({bench.clock.now() + 1h}));
    isOver = true;
}

void tst_PoolMonitor::sweepKeepsItsDeadline()
{
    Bench bench(2);
    for (PeerId peer : {0, 1})
        bench.monitor->connectFailed(peer, failure(2002));
    // Nobody runs the jobs; the clock goes on while the caller waits.
    std::jthread time([&bench] {
        std::unique_lock lock(bench.mutex);
        bench.jobsChanged.wait(lock, [&bench] { return bench.jobs.size() == 2; });
        bench.clock.advance(5s);
    });
    QVERIFY(!bench.monitor->sweep({bench.clock.now() + 50ms}));
}

// Nobody believes a sweep that began before he came, and a dead pool is not hammered.
void tst_PoolMonitor::sweepsBeginOnceASecond()
{
    Bench bench(2);
    for (PeerId peer : {0, 1}) {
        bench.scripts[peer] = [] { return failed(2002); };
        bench.monitor->connectFailed(peer, failure(2002));
    }
    std::atomic<bool> isOver{false};
    std::jthread worker([&] { bench.work(isOver); });
    QVERIFY(!bench.monitor->sweep({bench.clock.now() + 1h}));
    QCOMPARE(bench.probes.size(), 2u);
    std::atomic<int> ended{0};
    {
        std::vector<std::jthread> callers;
        for (int i = 0; i < 8; ++i) {
            callers.emplace_back([&] {
                bench.monitor->sweep({bench.clock.now() + 1h});
                ++ended;
            });
        }
        QTest::qWait(250); // nothing comes of it
        QCOMPARE(bench.probes.size(), 2u);
        QCOMPARE(ended.load(), 0);
        while (ended < 8) { // at once, but for a thread that comes later
            bench.clock.advance(1s);
            QTest::qWait(50);
        }
    }
    QVERIFY2(bench.probes.size() <= 6, qPrintable(QString::number(bench.probes.size())));
    isOver = true;
}

// The peer has come back since the last sweep ended.
void tst_PoolMonitor::sweepThatIsOverIsNotBelieved()
{
    Bench bench(1);
    bench.scripts[0] = [] { return failed(2002); };
    bench.monitor->connectFailed(0, failure(2002));
    std::atomic<bool> isOver{false};
    std::jthread worker([&] { bench.work(isOver); });
    QVERIFY(!bench.monitor->sweep({bench.clock.now() + 1h}));
    {
        const std::lock_guard lock(bench.mutex);
        bench.scripts.clear();
    }
    bool isFound = false;
    std::jthread caller([&] { isFound = bench.monitor->sweep({bench.clock.now() + 1h}); });
    bench.clock.advance(1s);
    caller.join();
    QVERIFY(isFound);
    QCOMPARE(bench.health(0), Health::Up);
    isOver = true;
}

// A probe began before the sweep, and fails after it: the peer is asked again before anybody is told.
void tst_PoolMonitor::probeOfBeforeTheSweepIsRepeated()
{
    Bench bench(1);
    bench.monitor->connectFailed(0, failure(2002));
    std::latch hasBegun(1);
    std::counting_semaphore<> mayFail(0);
    int round = 0;
    bench.scripts[0] = [&] {
        if (++round > 1)
            return up();
        hasBegun.count_down();
        mayFail.acquire();
        return failed(2002);
    };
    bench.monitor->checkNow(0);
    std::atomic<bool> isOver{false};
    std::jthread worker([&] { bench.work(isOver); });
    hasBegun.wait();
    bench.clock.advance(10ms);
    std::jthread fails([&] {
        std::this_thread::sleep_for(50ms);
        mayFail.release();
    });
    QVERIFY(bench.monitor->sweep({bench.clock.now() + 1h}));
    QCOMPARE(round, 2);
    isOver = true;
}

void tst_PoolMonitor::sweepEndsWhenSomebodyConnects()
{
    Bench bench(1);
    bench.scripts[0] = [] { return failed(2002); };
    bench.monitor->connectFailed(0, failure(2002));
    std::atomic<bool> isOver{false};
    std::jthread worker([&] { bench.work(isOver); });
    QVERIFY(!bench.monitor->sweep({bench.clock.now() + 1h}));
    std::jthread connects([&] {
        for (; !isOver; std::this_thread::sleep_for(50ms))
            bench.monitor->connectSucceeded(0, {});
    });
    QVERIFY(bench.monitor->sweep({bench.clock.now() + 1h, 0ms, {0}}));
    QCOMPARE(bench.probes.size(), 1u);
    isOver = true;
}

void tst_PoolMonitor::outageIsWaitedForOnce()
{
    Bench bench(1);
    bench.scripts[0] = [&bench] {
        bench.clock.advance(1s);
        return failed(2002);
    };
    bench.monitor->connectFailed(0, failure(2002));
    std::atomic<bool> isOver{false};
    std::jthread worker([&] { bench.work(isOver); });
    const auto began = bench.clock.now();
    QVERIFY(!bench.monitor->sweep({began + 1h, 10s}));
    QCOMPARE(bench.clock.now() - began, 10s);
    QCOMPARE(bench.probes.size(), 10u);
    QVERIFY(!bench.monitor->sweep({began + 1h, 10s})); // the same outage goes on
    QCOMPARE(bench.probes.size(), 11u);
    bench.monitor->connectSucceeded(0, {});
    bench.monitor->connectFailed(0, failure(2002));
    QVERIFY(!bench.monitor->sweep({began + 1h, 10s}));
    QCOMPARE(bench.probes.size(), 21u);
    isOver = true;
}

void tst_PoolMonitor::outageWithoutHopeIsNotWaitedFor_data()
{
    QTest::addColumn<int>("code");
    QTest::addColumn<bool>("isDrained");
    QTest::newRow("drained") << 2002 << true;
    QTest::newRow("blocked") << 1129 << false;
    QTest::newRow("certificate") << 2026 << false;
}

void tst_PoolMonitor::outageWithoutHopeIsNotWaitedFor()
{
    QFETCH(int, code);
    QFETCH(bool, isDrained);
    Bench bench(1);
    bench.scripts[0] = [code] { return failed(code, "certificate"); };
    bench.monitor->connectFailed(0, failure(code, "certificate"));
    if (isDrained)
        bench.pool->setService(0, Service::Draining);
    std::atomic<bool> isOver{false};
    std::jthread worker([&] { bench.work(isOver); });
    QVERIFY(!bench.monitor->sweep({bench.clock.now() + 1h, 10s}));
    isOver = true;
}

void tst_PoolMonitor::sweepLeavesDrainedAndBlockedAlone()
{
    Bench bench(3);
    bench.pool->setService(0, Service::Draining);
    bench.monitor->connectFailed(1, failure(1129));
    bench.monitor->connectFailed(2, failure(2002));
    bench.scripts[2] = [] { return failed(2002); };
    std::atomic<bool> isOver{false};
    std::jthread worker([&] { bench.work(isOver); });
    QVERIFY(!bench.monitor->sweep({bench.clock.now() + 1h}));
    QCOMPARE(bench.probes, std::vector<int>{2});
    // Once in an interval a caller may have it asked.
    bench.clock.advance(31s);
    QVERIFY(bench.monitor->sweep({bench.clock.now() + 1h}));
    QCOMPARE(bench.health(1), Health::Up);
    isOver = true;
}

void tst_PoolMonitor::sweepDoesNotQueueBehindHangingPeers()
{
    constexpr int Hanging = 20;
    Bench bench(Hanging + 1);
    std::counting_semaphore<> released(0);
    std::atomic<int> hanging{0};
    for (PeerId peer = 0; peer <= Hanging; ++peer) {
        bench.monitor->connectFailed(peer, failure(2002));
        if (peer == Hanging)
            continue;
        bench.scripts[peer] = [&] {
            // All that run at once hang: only time brings the next ones.
            if (++hanging % 4 == 0)
                bench.clock.advance(100ms);
            released.acquire();
            return failed(2002);
        };
    }
    std::atomic<bool> isOver{false};
    std::vector<std::jthread> threads;
    for (int i = 0; i <= Hanging; ++i)
        threads.emplace_back([&] { bench.work(isOver); });
    const bool isFound = bench.monitor->sweep({bench.clock.now() + 1h});
    isOver = true;
    released.release(Hanging);
    threads.clear();
    QVERIFY(isFound);
    QCOMPARE(bench.health(Hanging), Health::Up);
}

void tst_PoolMonitor::eightThreadsShareOneSweep()
{
    constexpr int Threads = 8;
    Bench bench(3);
    std::counting_semaphore<> mayAnswer(0);
    for (PeerId peer = 0; peer < 3; ++peer) {
        bench.monitor->connectFailed(peer, failure(2002));
        bench.scripts[peer] = [&mayAnswer] {
            mayAnswer.acquire();
            return failed(2002);
        };
    }
    std::atomic<bool> isOver{false};
    std::vector<std::jthread> workers;
    for (int i = 0; i < 4; ++i)
        workers.emplace_back([&] { bench.work(isOver); });

    std::latch entering(Threads);
    std::latch ended(Threads);
    std::atomic<int> failures{0};
    {
        std::vector<std::jthread> callers;
        for (int i = 0; i < Threads; ++i) {
            callers.emplace_back([&] {
                entering.count_down();
                if (!bench.monitor->sweep({bench.clock.now() + 1h}))
                    ++failures;
                ended.count_down();
            });
        }
        entering.wait();
        mayAnswer.release(100);
        while (!ended.try_wait()) { // for those that came when it had begun there is a second one
            bench.clock.advance(100ms);
            QTest::qWait(10);
        }
    }
    QCOMPARE(failures.load(), Threads);
    QVERIFY2(bench.probes.size() <= 6, qPrintable(QString::number(bench.probes.size())));
    isOver = true;
}

void tst_PoolMonitor::manyThreadsReport()
{
    Bench bench(10);
    std::atomic<bool> isOver{false};
    std::vector<std::jthread> workers;
    for (int i = 0; i < 2; ++i)
        workers.emplace_back([&] { bench.work(isOver); });
    {
        std::vector<std::jthread> threads;
        for (int t = 0; t < 6; ++t) {
            threads.emplace_back([&bench, t] {
                for (int i = 0; i < 300; ++i) {
                    const PeerId peer = (i * 7 + t) % 10;
                    switch ((i + t) % 6) {
                    case 0:
                        bench.monitor->connectFailed(peer, failure(2002));
                        break;
                    case 1:
                        bench.monitor->statementFailed(peer, 2013, QStringLiteral("Lost"), {});
                        break;
                    case 2:
                        bench.monitor->answered(peer, bench.clock.now());
                        break;
                    case 3:
                        bench.monitor->sweep({bench.clock.now() + 1ms});
                        break;
                    default:
                        bench.monitor->connectSucceeded(peer, {});
                    }
                    bench.clock.advance(1ms);
                    bench.monitor->advance();
                }
            });
        }
    }
    isOver = true;
    workers.clear();
    bench.runAll();
    for (PeerId peer = 0; peer < 10; ++peer)
        bench.monitor->connectSucceeded(peer, {});
    QCOMPARE(bench.monitor->advance(), PoolMonitor::Never);
}

QTEST_GUILESS_MAIN(tst_PoolMonitor)
#include "tst_poolmonitor.moc"
