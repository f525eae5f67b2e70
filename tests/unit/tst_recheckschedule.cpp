// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "fakes.h"
#include "health/probebudget.h"
#include "health/recheckschedule.h"

#include <QtTest/QtTest>

#include <numeric>

using namespace qproxysql;
using namespace qproxysql::test;
using namespace std::chrono_literals;

using Delay = RecheckSchedule::Delay;

class tst_RecheckSchedule : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bounds_data();
    void bounds();
    void jitterSpreads();
    void aFleetRechecksAtDifferentTimes();
    void sweepsBecomeRarer();
    void early();
    void budgetGivesItsRate();
    void budgetFollowsDemand();
};

void tst_RecheckSchedule::bounds_data()
{
    QTest::addColumn<Recheck>("recheck");
    QTest::addColumn<int>("failures");
    QTest::addColumn<Delay>("interval");
    QTest::addColumn<Delay>("shortest");
    QTest::addColumn<Delay>("longest");
    const auto row = [](const char *name, Recheck recheck, int failures, Delay interval,
                        Delay shortest, Delay longest) {
        QTest::newRow(name) << recheck << failures << interval << shortest << longest;
    };
    row("first early", Recheck::BackOff, 1, 30s, 125ms, 1875ms);
    row("second early", Recheck::BackOff, 2, 30s, 375ms, 5625ms);
    row("third early", Recheck::BackOff, 3, 30s, 625ms, 9375ms);
    row("then the interval", Recheck::BackOff, 4, 30s, 24s, 36s);
    row("and again", Recheck::BackOff, 1000, 30s, 24s, 36s);
    row("early is never later than the interval", Recheck::BackOff, 2, 1500ms, 1200ms, 1800ms);
    row("fractions", Recheck::BackOff, 1, 200ms, 160ms, 240ms);
    row("none counted yet", Recheck::BackOff, 0, 30s, 125ms, 1875ms);
    row("soon at first", Recheck::Soon, 1, 30s, 800ms, 1s);
    row("soon later", Recheck::Soon, 9, 30s, 4s, 5s);
    row("soon with a short interval", Recheck::Soon, 9, 2s, 1600ms, 2s);
    row("pause", Recheck::Pause, 1, 30s, 1s, 2s);
    row("second pause", Recheck::Pause, 2, 30s, 2s, 4s);
    row("longest pause", Recheck::Pause, 9, 30s, 4s, 8s);
    row("steady", Recheck::Steady, 1, 10s, 8s, 12s);
    row("long", Recheck::Long, 1, 30s, 4min, 6min);
    row("long with a long interval", Recheck::Long, 1, 120s, 384s, 576s);
    row("now", Recheck::Now, 1, 30s, 0s, 0s);
}

void tst_RecheckSchedule::bounds()
{
    QFETCH(Recheck, recheck);
    QFETCH(int, failures);
    QFETCH(Delay, interval);
    QFETCH(Delay, shortest);
    QFETCH(Delay, longest);
    ExtremeRandom lowest(false);
    ExtremeRandom highest(true);
    const Delay one = RecheckSchedule(interval, lowest).delay(recheck, failures);
    const Delay other = RecheckSchedule(interval, highest).delay(recheck, failures);
    QCOMPARE(std::min(one, other).count(), shortest.count());
    QCOMPARE(std::max(one, other).count(), longest.count());
}

void tst_RecheckSchedule::jitterSpreads()
{
    SeededRandom random;
    const RecheckSchedule schedule(30s, random);
    QList<int> seconds(40);
    for (int i = 0; i < 12'000; ++i)
        ++seconds[int(schedule.delay(Recheck::BackOff, 4) / 1s)];
    for (int second = 24; second < 36; ++second)
        QVERIFY2(std::abs(seconds[second] - 1'000) < 150, qPrintable(QString::number(second)));
}

// A thousand processes lose a peer at the same moment, and it comes back at any time after that.
void tst_RecheckSchedule::aFleetRechecksAtDifferentTimes()
{
    SeededRandom random;
    const RecheckSchedule schedule(30s, random);
    QList<int> probes(200); // by tenths of a second
    for (int process = 0; process < 1'000; ++process) {
        Delay at = 0ms;
        for (int failures = 1; failures <= 3; ++failures) {
            at += schedule.delay(Recheck::BackOff, failures);
            ++probes[int(at / 100ms)];
        }
    }
    for (int begin = 18; begin + 10 < probes.size(); ++begin) { // the first recheck is over by then
        const int inASecond = std::accumulate(probes.begin() + begin, probes.begin() + begin + 10,
                                              0);
        QVERIFY2(inASecond <= 333, qPrintable(QString::number(inASecond)));
    }
}

void tst_RecheckSchedule::sweepsBecomeRarer()
{
    ExtremeRandom lowest(false);
    ExtremeRandom highest(true);
    const RecheckSchedule soonest(30s, lowest);
    const RecheckSchedule latest(30s, highest);
    QCOMPARE(soonest.sweepPause(0s), Delay(1s));
    QCOMPARE(latest.sweepPause(10s), Delay(1s)); // statements wait
    QCOMPARE(soonest.sweepPause(12s), Delay(1500ms));
    QCOMPARE(latest.sweepPause(12s), Delay(3s));
    QCOMPARE(soonest.sweepPause(1h), Delay(2500ms));
    QCOMPARE(latest.sweepPause(1h), Delay(5s));
}

void tst_RecheckSchedule::early()
{
    QVERIFY(RecheckSchedule::isEarly(Recheck::BackOff, 1));
    QVERIFY(RecheckSchedule::isEarly(Recheck::BackOff, 3));
    QVERIFY(!RecheckSchedule::isEarly(Recheck::BackOff, 4));
    QVERIFY(!RecheckSchedule::isEarly(Recheck::Soon, 1));
}

void tst_RecheckSchedule::budgetGivesItsRate()
{
    ManualClock clock;
    ProbeBudget budget(clock);
    int taken = 0;
    for (int millisecond = 0; millisecond < 10'000; ++millisecond) {
        while (budget.take())
            ++taken;
        clock.advance(1ms);
    }
    // The bucket's content beside 10 s at the rate.
    QVERIFY2(std::abs(taken - 11 * int(ProbeBudget::StartsPerSecond)) <= 1,
             qPrintable(QString::number(taken)));

    while (budget.take()) {
    }
    const auto wait = budget.nextAt() - clock.now();
    QVERIFY(wait > 0ms && wait <= 51ms);
    clock.advance(wait);
    QVERIFY(budget.take());
}

void tst_RecheckSchedule::budgetFollowsDemand()
{
    ManualClock clock;
    ProbeBudget budget(clock);
    while (budget.take()) {
    }
    budget.setDemand(100);
    clock.advance(500ms);
    int taken = 0;
    while (budget.take())
        ++taken;
    QVERIFY(taken >= 49 && taken <= 50);
    budget.setDemand(0);
    clock.advance(500ms);
    taken = 0;
    while (budget.take())
        ++taken;
    QVERIFY(taken >= 9 && taken <= 10);
}

QTEST_GUILESS_MAIN(tst_RecheckSchedule)
#include "tst_recheckschedule.moc"
