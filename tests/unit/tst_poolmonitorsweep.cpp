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

/// Callers that find no peer to choose.
class tst_PoolMonitorSweep : public QObject
{
    Q_OBJECT

private Q_SLOTS:
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

void tst_PoolMonitorSweep::sweepFindsTheOneThatIsUp()
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

void tst_PoolMonitorSweep::sweepEndsWhenAllHaveAnswered()
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

void tst_PoolMonitorSweep::sweepKeepsItsDeadline()
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
void tst_PoolMonitorSweep::sweepsBeginOnceASecond()
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
void tst_PoolMonitorSweep::sweepThatIsOverIsNotBelieved()
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
void tst_PoolMonitorSweep::probeOfBeforeTheSweepIsRepeated()
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

void tst_PoolMonitorSweep::sweepEndsWhenSomebodyConnects()
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

void tst_PoolMonitorSweep::outageIsWaitedForOnce()
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

void tst_PoolMonitorSweep::outageWithoutHopeIsNotWaitedFor_data()
{
    QTest::addColumn<int>("code");
    QTest::addColumn<bool>("isDrained");
    QTest::newRow("drained") << 2002 << true;
    QTest::newRow("blocked") << 1129 << false;
    QTest::newRow("certificate") << 2026 << false;
}

void tst_PoolMonitorSweep::outageWithoutHopeIsNotWaitedFor()
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

void tst_PoolMonitorSweep::sweepLeavesDrainedAndBlockedAlone()
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

void tst_PoolMonitorSweep::sweepDoesNotQueueBehindHangingPeers()
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

void tst_PoolMonitorSweep::eightThreadsShareOneSweep()
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

void tst_PoolMonitorSweep::manyThreadsReport()
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

QTEST_GUILESS_MAIN(tst_PoolMonitorSweep)
#include "tst_poolmonitorsweep.moc"
