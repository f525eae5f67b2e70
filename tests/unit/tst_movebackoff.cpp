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
        QVERIFY(backoff.begin(nullptr, {}));
        QVERIFY(backoff.begin(nullptr, {}));
        QVERIFY(backoff.mayTry(nullptr, {}));
    }

    void oneTriesForAllAfterAFailure()
    {
        ManualClock clock;
        MoveBackoff backoff(clock);
        for (const auto pause : {1s, 2s, 4s, 8s, 16s, 30s, 30s}) {
            backoff.failed(nullptr, {}, u"1045 Access denied"_s);
            QCOMPARE(backoff.mayTry(nullptr, {}).error(), u"1045 Access denied"_s);
            clock.advance(pause - 1ms);
            QVERIFY(!backoff.begin(nullptr, {}));
            clock.advance(1ms);
            QVERIFY(backoff.mayTry(nullptr, {}));
            QVERIFY(backoff.begin(nullptr, {}));
            QVERIFY(!backoff.begin(nullptr, {}));
            QVERIFY(!backoff.mayTry(nullptr, {}));
        }
        backoff.succeeded(nullptr, {});
        QVERIFY(backoff.begin(nullptr, {}));
        QVERIFY(backoff.begin(nullptr, {}));
    }

    void failuresSideBySideCountOnce()
    {
        ManualClock clock;
        MoveBackoff backoff(clock);
        for (int i = 0; i < 4; ++i)
            backoff.failed(nullptr, {}, u"1045"_s);
        clock.advance(1s);
        QVERIFY(backoff.begin(nullptr, {}));
    }

    void otherLoginsAreNotConcerned()
    {
        ManualClock clock;
        MoveBackoff backoff(clock);
        Logins other;
        other.common.user = u"other"_s;
        backoff.failed(nullptr, {}, u"1045"_s);
        QVERIFY(backoff.begin(nullptr, other));
        QVERIFY(!backoff.begin(nullptr, {}));
    }
};

QTEST_APPLESS_MAIN(tst_MoveBackoff)
#include "tst_movebackoff.moc"
