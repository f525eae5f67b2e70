// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "fakes.h"

#include "connection/conflictbackoff.h"

#include <QtTest/QtTest>

using namespace qproxysql;
using qproxysql::test::SeededRandom;
using namespace std::chrono_literals;

class tst_ConflictBackoff : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void pausesGrowToALimitAndEnd()
    {
        SeededRandom random(1);
        ConflictBackoff backoff(20, random);
        const Clock::time_point now{};
        for (int i = 0; i < 20; ++i) {
            const auto pause = backoff.next(now);
            QVERIFY(pause);
            QVERIFY(*pause >= 0ms);
            QVERIFY2(*pause <= std::chrono::milliseconds(1 << qMin(i, 6)),
                     qPrintable(QString::number(pause->count())));
        }
        QCOMPARE(backoff.tries(), 20);
        QVERIFY(!backoff.next(now));
    }

    void endsAfterFiveSeconds()
    {
        SeededRandom random(1);
        ConflictBackoff backoff(20, random);
        const Clock::time_point now{};
        QVERIFY(backoff.next(now));
        QVERIFY(backoff.next(now + 4999ms));
        QVERIFY(!backoff.next(now + 5000ms));
    }

    void startsAnewAfterATryThatWasHeldUp()
    {
        SeededRandom random(1);
        ConflictBackoff backoff(20, random);
        Clock::time_point now{};
        QVERIFY(backoff.next(now));
        now += 6s;
        QVERIFY(backoff.next(now));
        QVERIFY(backoff.next(now + 4999ms));
        QVERIFY(!backoff.next(now + 5000ms));
        QVERIFY(!backoff.next(now + 60s)); // once
    }

    void zeroTurnsItOff()
    {
        SeededRandom random(1);
        QVERIFY(!ConflictBackoff(0, random).next({}));
    }
};

QTEST_APPLESS_MAIN(tst_ConflictBackoff)
#include "tst_conflictbackoff.moc"
