// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "poolmonitorbench.h"

#include <QtTest/QtTest>

using namespace qproxysql;
using namespace qproxysql::test;
using namespace std::chrono_literals;

/// Probes that nobody answers, and how many there are.
class tst_PoolMonitorProbes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void countsProbesThatNobodyAnswered_data();
    void countsProbesThatNobodyAnswered();
    void refusalEndsASilence_data();
    void refusalEndsASilence();
    void wordOfThePeerEndsItsSilence_data();
    void wordOfThePeerEndsItsSilence();
    void hungUpUntilSomethingIsHeard();
    void hangingProbeIsGivenUp();
    void budgetLimitsProbes();
    void slotsLimitProbes();
    void retiredPeersAreNotProbed();
};

void tst_PoolMonitorProbes::countsProbesThatNobodyAnswered_data()
{
    QTest::addColumn<int>("code");
    QTest::addColumn<bool>("timedOut");
    QTest::addColumn<bool>("isHostAlive");
    QTest::addColumn<int>("counted");
    QTest::newRow("no greeting") << 2013 << true << false << 2;
    QTest::newRow("packets lost") << 2002 << true << false << 2;
    QTest::newRow("unreachable") << 2002 << false << false << 2;
    QTest::newRow("refused") << 2002 << false << true << 0;
    QTest::newRow("hung up") << 2013 << false << true << 0;
    QTest::newRow("full: the server says so") << 1040 << false << false << 0;
    QTest::newRow("shutting down: the server says so") << 1053 << false << false << 0;
    QTest::newRow("no such login") << 1045 << false << false << 0;
    QTest::newRow("no such name") << 2005 << false << false << 0;
    QTest::newRow("our own fault") << 2008 << false << false << 0;
}

void tst_PoolMonitorProbes::countsProbesThatNobodyAnswered()
{
    QFETCH(int, code);
    QFETCH(bool, timedOut);
    QFETCH(bool, isHostAlive);
    QFETCH(int, counted);
    Bench bench(2);
    bench.monitor->connectSucceeded(0, {});
    bench.clock.advance(10s);
    const auto began = bench.clock.now();
    bench.scripts[0] = [&] {
        bench.clock.advance(3s);
        return failed(code, "", timedOut, isHostAlive);
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
    QCOMPARE(silence.lastRefused > began, isHostAlive);
    const bool isWordOfServer = code != 2005 && code != 2008 && counted == 0 && !isHostAlive;
    QCOMPARE(silence.lastHeard > began, isWordOfServer);
    QCOMPARE(silence.hasHungUp, (counted > 0 || isHostAlive) && !timedOut);
}

void tst_PoolMonitorProbes::refusalEndsASilence_data()
{
    QTest::addColumn<QString>("probes"); ///< T: timed out, R: refused, U: unreachable
    QTest::addColumn<int>("counted");
    for (const auto &[probes, counted] :
         std::initializer_list<std::pair<const char *, int>>{{"TT", 2},
                                                             {"TU", 2},
                                                             {"UU", 2},
                                                             {"R", 0},
                                                             {"RR", 0},
                                                             {"TR", 0},
                                                             {"RT", 1},
                                                             {"TRT", 1},
                                                             {"TTR", 0},
                                                             {"RTT", 2},
                                                             {"TRTT", 2}})
        QTest::newRow(probes) << QString::fromLatin1(probes) << counted;
}

void tst_PoolMonitorProbes::refusalEndsASilence()
{
    QFETCH(QString, probes);
    QFETCH(int, counted);
    Bench bench(2);
    qsizetype next = 0;
    bench.scripts[0] = [&] {
        const QChar kind = probes[next++];
        bench.clock.advance(kind == u'T' ? 3000ms : 1ms);
        return failed(2002, "", kind == u'T', kind == u'R');
    };
    while (next < probes.size()) {
        bench.monitor->checkNow(0);
        bench.runAll();
        QCOMPARE(bench.health(0), Health::Down);
    }
    QCOMPARE(bench.monitor->silence(0).failedProbes, counted);
    QCOMPARE(bench.monitor->silence(0).lastHeard, Clock::time_point());
}

void tst_PoolMonitorProbes::wordOfThePeerEndsItsSilence_data()
{
    QTest::addColumn<int>("afterBegan"); ///< s after the first probe began; negative: a login
    QTest::addColumn<int>("left");
    QTest::newRow("answer before it began") << 0 << 2;
    QTest::newRow("answer during the first") << 1 << 1; // the second begins a row of its own
    QTest::newRow("answer during the second") << 4 << 0;
    QTest::newRow("login after both") << -1 << 0;
}

void tst_PoolMonitorProbes::wordOfThePeerEndsItsSilence()
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

void tst_PoolMonitorProbes::hungUpUntilSomethingIsHeard()
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

void tst_PoolMonitorProbes::hangingProbeIsGivenUp()
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

void tst_PoolMonitorProbes::budgetLimitsProbes()
{
    constexpr int Peers = 1'000;
    constexpr std::chrono::seconds Time = 180s;
    Bench bench(Peers);
    for (PeerId peer = 0; peer < Peers; ++peer) {
        bench.scripts[peer] = [] { return failed(2002); };
        bench.monitor->connectFailed(peer, failure(2002));
    }
    bench.budget.setDemand(bench.monitor->demand());
    const auto begun = bench.clock.now();
    while (bench.clock.now() < begun + Time) {
        auto next = bench.monitor->advance();
        while (bench.runOne())
            next = bench.monitor->advance();
        next = std::max(next, bench.clock.now() + 50ms);
        bench.clock.advance(next - bench.clock.now());
    }
    // 1,000 peers every 30 s, and at most a quarter more.
    const double perSecond = double(bench.probes.size()) / double(Time.count());
    QVERIFY2(perSecond > 30 && perSecond < 42, qPrintable(QString::number(perSecond)));
    std::map<int, int> perPeer;
    for (const int peer : bench.probes)
        ++perPeer[peer];
    QCOMPARE(perPeer.size(), size_t(Peers));
    for (const auto &[peer, count] : perPeer)
        QVERIFY2(count >= 3, qPrintable(QString::number(count)));
}

void tst_PoolMonitorProbes::slotsLimitProbes()
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

void tst_PoolMonitorProbes::retiredPeersAreNotProbed()
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

QTEST_GUILESS_MAIN(tst_PoolMonitorProbes)
#include "tst_poolmonitorprobes.moc"
