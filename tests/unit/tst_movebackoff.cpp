// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "moves/movebackoff.h"

#include "fakes.h"

#include <QtTest/QtTest>

using namespace qproxysql;
using namespace qproxysql::test;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

class tst_MoveBackoff : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everybodyMayTryAtFirst()
    {
        ManualClock clock;
        MoveBackoff backoff(clock);
        QVERIFY(backoff.mayTry(nullptr, {}));
        QVERIFY(backoff.mayTry(nullptr, {}));
        QVERIFY(!backoff.isWaiting(nullptr, {}));
    }

    void oneTriesForAllAfterAFailure()
    {
        ManualClock clock;
        MoveBackoff backoff(clock);
        QString why;
        for (const auto pause : {1s, 2s, 4s, 8s, 16s, 30s, 30s}) {
            backoff.failed(nullptr, {}, u"1045 Access denied"_s);
            QVERIFY(backoff.isWaiting(nullptr, {}, &why));
            QCOMPARE(why, u"1045 Access denied"_s);
            clock.advance(pause - 1ms);
            QVERIFY(!backoff.mayTry(nullptr, {}));
            clock.advance(1ms);
            QVERIFY(!backoff.isWaiting(nullptr, {}));
            QVERIFY(backoff.mayTry(nullptr, {}));
            QVERIFY(!backoff.mayTry(nullptr, {}));
            QVERIFY(backoff.isWaiting(nullptr, {}));
        }
        backoff.succeeded(nullptr, {});
        QVERIFY(backoff.mayTry(nullptr, {}));
        QVERIFY(backoff.mayTry(nullptr, {}));
    }

    void failuresSideBySideCountOnce()
    {
        ManualClock clock;
        MoveBackoff backoff(clock);
        for (int i = 0; i < 4; ++i)
            backoff.failed(nullptr, {}, u"1045"_s);
        clock.advance(1s);
        QVERIFY(backoff.mayTry(nullptr, {}));
    }

    void otherLoginsAreNotConcerned()
    {
        ManualClock clock;
        MoveBackoff backoff(clock);
        Logins other;
        other.common.user = u"other"_s;
        backoff.failed(nullptr, {}, u"1045"_s);
        QVERIFY(backoff.mayTry(nullptr, other));
        QVERIFY(!backoff.mayTry(nullptr, {}));
    }
};

QTEST_APPLESS_MAIN(tst_MoveBackoff)
#include "tst_movebackoff.moc"
