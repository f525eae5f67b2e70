// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "statementwatchscene.h"

#include <QtTest/QtTest>

#include <numeric>

using namespace qproxysql;
using namespace qproxysql::test;
using namespace std::chrono_literals;

/// The rules under which statements in flight and idle sessions are cut.
class tst_PoolStatementWatch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void statementInFlight_data()
    {
        QTest::addColumn<QList<int>>("fatesOfPeers");
        QTest::addColumn<int>("answerEvery"); ///< ms, of another session on the same peer; 0: none
        QTest::addColumn<bool>("isCut");
        QTest::addColumn<int>("warnings");
        using enum Fate;
        QTest::newRow("frozen") << fates({Frozen, Answers}) << 0 << true << 1;
        QTest::newRow("frozen beside another")
                << fates({Frozen, Frozen, Answers}) << 0 << true << 1;
        QTest::newRow("unreachable") << fates({Unreachable, Answers}) << 0 << true << 1;
        QTest::newRow("refuses") << fates({Refuses, Answers}) << 0 << false << 0;
        QTest::newRow("refuses, the only peer") << fates({Refuses}) << 0 << false << 0;
        QTest::newRow("all refuse") << fates({Refuses, Refuses}) << 0 << false << 0;
        QTest::newRow("frozen, the other refuses") << fates({Frozen, Refuses}) << 0 << false << 1;
        QTest::newRow("long statement, healthy peer")
                << fates({Answers, Answers}) << 0 << false << 0;
        QTest::newRow("full, sessions answer") << fates({Full, Answers}) << 500 << false << 0;
        QTest::newRow("full, they seldom do") << fates({Full, Answers}) << 4000 << false << 0;
        QTest::newRow("refuses, sessions answer") << fates({Refuses, Answers}) << 500 << false << 0;
        QTest::newRow("nobody answers") << fates({Frozen, Frozen, Frozen}) << 0 << false << 1;
        QTest::newRow("no other is reached") << fates({Frozen, Unasked}) << 0 << false << 1;
        QTest::newRow("the only peer") << fates({Frozen}) << 0 << false << 1;
        QTest::newRow("no majority") << fates({Minority, Answers}) << 0 << true << 1;
        QTest::newRow("no majority, sessions answer")
                << fates({Minority, Answers}) << 1500 << true << 1;
        QTest::newRow("no majority, nobody else") << fates({Minority}) << 0 << false << 0;
        QTest::newRow("has left its group") << fates({Apart, Answers}) << 0 << false << 0;
        QTest::newRow("no resolver") << fates({Unasked, Answers}) << 0 << false << 0;
    }

    void statementInFlight()
    {
        QFETCH(QList<int>, fatesOfPeers);
        QFETCH(int, answerEvery);
        QFETCH(bool, isCut);
        QFETCH(int, warnings);
        Scene scene(fatesOfPeers);
        Session &session = scene.add(0);
        Session &sibling = scene.add(0, false);
        scene.run(2500ms); // the watch has looked before
        session.line->claim();
        std::chrono::milliseconds since{0};
        scene.onTick = [&](Clock::time_point::duration) {
            since += Tick;
            if (answerEvery > 0 && since.count() % answerEvery == 0)
                sibling.answer(scene.clock.now());
        };
        const auto took = scene.run(60s, [&] { return session.line->isCut(); });
        QCOMPARE(session.line->isCut(), isCut);
        if (isCut && fatesOfPeers[0] == int(Fate::Frozen))
            QVERIFY2(took > 2 * ConnectTimeout && took < 2 * ConnectTimeout + 2500ms,
                     qPrintable(QString::number(took.count())));
        QVERIFY2(!sibling.line->isCut(), "it is idle, and cannot move");
        const QMap<QString, int> cuts = scene.pool->counters(0).cuts;
        QCOMPARE(std::accumulate(cuts.begin(), cuts.end(), 0), int(isCut));
        QCOMPARE(scene.pool->peer(0).sessions, isCut ? 1 : 2);
        QVERIFY2(scene.warnings.size() == warnings, qPrintable(scene.warnings.join(u'\n')));
        session.line->unclaim();
    }

    void statementWhosePeerChanges_data()
    {
        QTest::addColumn<QList<int>>(
                "fatesInTurn"); ///< of the peer, each for 10 s, the last one for ever
        QTest::addColumn<bool>("isCut");
        using enum Fate;
        QTest::newRow("refuses, then silent") << fates({Refuses, Frozen}) << true;
        QTest::newRow("refuses, then away") << fates({Refuses, Unreachable}) << true;
        QTest::newRow("refuses, then serves again") << fates({Refuses, Answers}) << false;
        QTest::newRow("serves, refuses") << fates({Answers, Refuses}) << false;
        QTest::newRow("serves, refuses, is silent") << fates({Answers, Refuses, Frozen}) << true;
    }

    void statementWhosePeerChanges()
    {
        QFETCH(QList<int>, fatesInTurn);
        QFETCH(bool, isCut);
        Scene scene(fates({Fate(fatesInTurn[0]), Fate::Answers}));
        Session &session = scene.add(0);
        session.line->claim();
        for (const int fate : std::as_const(fatesInTurn)) {
            QVERIFY(!session.line->isCut());
            scene.health->fates[0] = Fate(fate);
            scene.run(fate == fatesInTurn.last() ? 60s : 10s, [&] { return session.line->isCut(); });
        }
        QCOMPARE(session.line->isCut(), isCut);
        session.line->unclaim();
    }

    void silenceThatARefusalEnds()
    {
        Scene scene(fates({Fate::Frozen, Fate::Answers}));
        Session &session = scene.add(0);
        session.line->claim();
        for (int round = 0; round < 5; ++round) {
            scene.health->fates[0] = Fate::Frozen;
            scene.run(60s, [&] { return scene.health->silence(0).failedProbes == 1; });
            QCOMPARE(scene.health->silence(0).failedProbes, 1);
            scene.health->fates[0] = Fate::Refuses;
            scene.run(60s, [&] { return scene.health->silence(0).failedProbes == 0; });
            QVERIFY(!session.line->isCut());
        }
        session.line->unclaim();
    }

    void idleSessionsLeaveWhoIsNoMember_data()
    {
        QTest::addColumn<QList<int>>("fatesOfPeers");
        QTest::addColumn<bool>("isCut");
        using enum Fate;
        QTest::newRow("left") << fates({Apart, Answers}) << true;
        QTest::newRow("no majority") << fates({Minority, Answers}) << true;
        QTest::newRow("nobody else") << fates({Apart}) << false;
        QTest::newRow("member") << fates({Answers, Answers}) << false;
    }

    void idleSessionsLeaveWhoIsNoMember()
    {
        QFETCH(QList<int>, fatesOfPeers);
        QFETCH(bool, isCut);
        Scene scene(fatesOfPeers);
        Session &idle = scene.add(0);
        Session &pinned = scene.add(0, false);
        scene.run(2s);
        QVERIFY(!idle.line->isCut());
        scene.health->checkNow(0);
        scene.run(5s);
        QCOMPARE(idle.line->isCut(), isCut);
        QVERIFY(!pinned.line->isCut());
    }

    // One that is in use all the time is never met idle.
    void busySessionsLeaveWhoHasLeft_data()
    {
        QTest::addColumn<QList<int>>("fatesOfPeers");
        QTest::addColumn<bool>("isLeft");
        using enum Fate;
        QTest::newRow("left") << fates({Apart, Answers}) << true;
        QTest::newRow("nobody else") << fates({Apart}) << false;
        QTest::newRow("member") << fates({Answers, Answers}) << false;
        QTest::newRow("frozen") << fates({Frozen, Answers}) << false;
    }

    void busySessionsLeaveWhoHasLeft()
    {
        QFETCH(QList<int>, fatesOfPeers);
        QFETCH(bool, isLeft);
        Scene scene(fatesOfPeers);
        Session &busy = scene.add(0);
        Session &idle = scene.add(0);
        scene.run(2s);
        busy.line->claim();
        scene.health->checkNow(0);
        scene.run(1500ms);
        QCOMPARE(busy.line->isToBeLeft(), isLeft);
        QVERIFY(!idle.line->isToBeLeft());
        busy.line->unclaim();
    }

    void onlyTwoProbesConvince()
    {
        Scene scene(fates({Fate::Frozen, Fate::Answers}));
        Session &session = scene.add(0);
        session.line->claim();
        scene.run(20s, [&] { return scene.health->silence(0).failedProbes == 1; });
        QVERIFY(!session.line->isCut());
        scene.health->fates[0] = Fate::Answers;
        scene.run(60s);
        QVERIFY(!session.line->isCut());
        session.line->unclaim();
    }

    void longStatementIsAskedForSeldom()
    {
        Scene scene(fates({Fate::Answers, Fate::Answers}));
        Session &session = scene.add(0);
        session.line->claim();
        scene.run(60s);
        QVERIFY2(scene.health->probes[0] >= 5 && scene.health->probes[0] <= 7,
                 qPrintable(QString::number(scene.health->probes[0])));
        QCOMPARE(scene.health->probes[1], 0);
        session.line->unclaim();
        scene.run(60s);
        QVERIFY(scene.health->probes[0] <= 7);
    }

    void answersMakeProbesNeedless()
    {
        Scene scene(fates({Fate::Answers}));
        Session &session = scene.add(0);
        Session &sibling = scene.add(0);
        session.line->claim();
        scene.onTick = [&](Clock::time_point::duration) { sibling.answer(scene.clock.now()); };
        scene.run(30s);
        QCOMPARE(scene.health->probes[0], 0);
        QVERIFY2(scene.looks <= 31, "once a second, however old the statement");
        session.line->unclaim();
    }

    void idleConnectionsCostOneLookASecond()
    {
        Scene scene(fates({Fate::Answers, Fate::Frozen}));
        scene.add(0);
        scene.add(1);
        scene.run(60s);
        QVERIFY(scene.looks <= 61);
        QVERIFY2(scene.health->probes.empty(), "an idle peer is not asked for the sake of asking");
    }

    void statementGoesOnWhenItsOwnNetworkIsBack()
    {
        Scene scene(fates({Fate::Frozen, Fate::Frozen}));
        Session &first = scene.add(0);
        Session &second = scene.add(1);
        first.line->claim();
        second.line->claim();
        scene.run(60s);
        QVERIFY(!first.line->isCut() && !second.line->isCut());
        QVERIFY2(scene.warnings.size() == 1 && scene.warnings[0].contains(u"network"),
                 qPrintable(scene.warnings.join(u'\n')));
        first.answerInFlight(scene.clock.now());
        second.answerInFlight(scene.clock.now());
        scene.health->fates = {{0, Fate::Frozen}, {1, Fate::Answers}};
        scene.health->checkNow(1); // its recheck
        scene.run(2s);
        QVERIFY(!first.line->isCut() && !second.line->isCut());
        // Another episode: only one is frozen now.
        first.line->claim();
        scene.run(60s, [&] { return first.line->isCut(); });
        QVERIFY(first.line->isCut());
        first.line->unclaim();
    }

    void peersThatComeBackOneAfterTheOther()
    {
        Scene scene(fates({Fate::Frozen, Fate::Frozen}));
        Session &first = scene.add(0);
        Session &second = scene.add(1);
        first.line->claim();
        second.line->claim();
        scene.run(30s);
        // The network is back; the second peer's answer has farther to go.
        scene.health->fates = {{0, Fate::Answers}, {1, Fate::Answers}};
        first.answerInFlight(scene.clock.now());
        scene.run(2s);
        QVERIFY(!second.line->isCut());
        second.answerInFlight(scene.clock.now());
        scene.run(20s);
        QVERIFY(!second.line->isCut());
    }

    void idleSibling_data()
    {
        QTest::addColumn<QList<int>>("fatesOfPeers");
        QTest::addColumn<bool>("isMovable");
        QTest::addColumn<bool>("isCut");
        using enum Fate;
        QTest::newRow("frozen") << fates({Frozen, Answers}) << true << true;
        QTest::newRow("frozen, pinned") << fates({Frozen, Answers}) << false << false;
        QTest::newRow("unreachable") << fates({Unreachable, Answers}) << true << true;
        QTest::newRow("refuses") << fates({Refuses, Answers}) << true << true;
        QTest::newRow("refuses, pinned") << fates({Refuses, Answers}) << false << false;
        QTest::newRow("frozen, nobody answers") << fates({Frozen, Frozen}) << true << false;
        QTest::newRow("refuses, nowhere to go") << fates({Refuses}) << true << false;
        QTest::newRow("answers") << fates({Answers, Answers}) << true << false;
    }

    void idleSibling()
    {
        QFETCH(QList<int>, fatesOfPeers);
        QFETCH(bool, isMovable);
        QFETCH(bool, isCut);
        Scene scene(fatesOfPeers);
        Session &busy = scene.add(0);
        Session &idle = scene.add(0, isMovable);
        Session &elsewhere = scene.add(fatesOfPeers.size() - 1);
        busy.line->claim();
        scene.run(20s, [&] { return idle.line->isCut(); });
        QCOMPARE(idle.line->isCut(), isCut);
        QVERIFY(fatesOfPeers.size() == 1 || !elsewhere.line->isCut());
        busy.line->unclaim();
    }

    void siblingThatRanAStatementSinceTheLookIsLeftAlone()
    {
        Scene scene(fates({Fate::Refuses, Fate::Answers}));
        Session &session = scene.add(0);
        scene.health->checkNow(0);
        scene.clock.advance(1s);
        scene.health->endProbes();
        std::vector<SessionSnapshot> sessions{session.snapshot()};
        session.answer(scene.clock.now() - 2s); // it may hold a transaction now
        scene.watch.poll(scene.clock.now(), *scene.health, sessions);
        QVERIFY(!session.line->isCut());
        scene.watch.poll(scene.clock.now(), *scene.health, {session.snapshot()});
        QVERIFY(session.line->isCut());
    }

    void forgottenCall_data()
    {
        QTest::addColumn<QList<int>>("fatesOfPeers");
        QTest::addColumn<bool>("isCut");
        using enum Fate;
        QTest::newRow("the only peer") << fates({Answers}) << true;
        QTest::newRow("one of two") << fates({Answers, Answers}) << true;
        QTest::newRow("nobody answers") << fates({Frozen, Frozen}) << false;
        QTest::newRow("the only peer is silent") << fates({Frozen}) << false;
        QTest::newRow("no resolver") << fates({Unasked}) << false;
        QTest::newRow("refuses newcomers") << fates({Refuses, Answers}) << true;
        QTest::newRow("refuses newcomers, nobody else") << fates({Refuses}) << false;
    }

    void forgottenCall()
    {
        QFETCH(QList<int>, fatesOfPeers);
        QFETCH(bool, isCut);
        Scene scene(fatesOfPeers);
        Session &session = scene.add(0);
        Session &slow = scene.add(0);
        Session &idle = scene.add(0, false);
        scene.run(2500ms);
        session.line->claim();
        slow.line->claim();
        scene.forget(session);
        scene.forget(idle);
        const auto took = scene.run(60s, [&] { return session.line->isCut(); });
        QCOMPARE(session.line->isCut(), isCut);
        QVERIFY(!isCut || session.line->cutReason() == CutReason::DeadPath);
        QVERIFY2(!isCut || (took > 5s && took < 9s), qPrintable(QString::number(took.count())));
        QVERIFY2(!slow.line->isGone(), "its path is alive");
        QVERIFY2(!idle.line->isGone(), "nothing was sent on it");
        QCOMPARE(scene.pool->peer(0).sessions, isCut ? 2 : 3);
        QCOMPARE(scene.pool->counters(0).cuts.value(QStringLiteral("path")), int(isCut));
        QCOMPARE(scene.warnings.join(u'\n').contains(u"14 bytes unacknowledged"), isCut);
        session.line->unclaim();
        slow.line->unclaim();
    }

    void pathsOfShortCallsAreNotRead()
    {
        Scene scene(fates({Fate::Answers}));
        Session &session = scene.add(0);
        scene.onTick = [&](Clock::time_point::duration) {
            session.answer(scene.clock.now());
            session.line->claim();
            session.answerInFlight(scene.clock.now());
        };
        scene.run(30s);
        QCOMPARE(scene.pathsRead, 0);
    }

    void deadIdleSessionIsNotCounted()
    {
        Scene scene(fates({Fate::Answers}));
        Session &pinned = scene.add(0, false);
        scene.add(0);
        scene.run(2500ms);
        QCOMPARE(scene.pool->peer(0).sessions, 2);
        pinned.closePeer();
        scene.run(1100ms);
        QCOMPARE(scene.pool->peer(0).sessions, 1);
        QVERIFY(pinned.line->isGone());
        QVERIFY2(!pinned.line->isCut(), "its owner is told that the peer has closed it");
        QVERIFY(scene.warnings.isEmpty());
    }
};

QTEST_APPLESS_MAIN(tst_PoolStatementWatch)
#include "tst_poolstatementwatch.moc"
