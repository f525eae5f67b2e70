// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "fakes.h"
#include "health/probebudget.h"
#include "health/recheckschedule.h"

#include <QtTest/QtTest>

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
    row("first early", Recheck::BackOff, 1, 30s, 800ms, 1s);
    row("second early", Recheck::BackOff, 2, 30s, 1600ms, 2s);
    row("third early", Recheck::BackOff, 3, 30s, 3200ms, 4s);
    row("then the interval", Recheck::BackOff, 4, 30s, 24s, 36s);
    row("and again", Recheck::BackOff, 1000, 30s, 24s, 36s);
    row("early is never later than the interval", Recheck::BackOff, 2, 1500ms, 1200ms, 1800ms);
    row("fractions", Recheck::BackOff, 1, 200ms, 160ms, 240ms);
    row("none counted yet", Recheck::BackOff, 0, 30s, 800ms, 1s);
    row("soon at first", Recheck::Soon, 1, 30s, 800ms, 1s);
    row("soon later", Recheck::Soon, 9, 30s, 4s, 5s);
    row("soon with a short interval", Recheck::Soon, 9, 2s, 1600ms, 2s);
    row("pause", Recheck::Pause, 1, 30s, 1s, 2s);
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
