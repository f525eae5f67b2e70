// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "session/openplan.h"

#include "fakes.h"

#include <QtTest/QtTest>

using namespace qproxysql;
using namespace qproxysql::test;
using namespace std::chrono_literals;

namespace {

/// A pool whose peers are chosen in their order.
struct Scene
{
    explicit Scene(int peers)
    {
        PoolDefinition definition;
        definition.name = QStringLiteral("orders");
        definition.policy.balance = Balance::First;
        for (int i = 0; i < peers; ++i)
            definition.peers.append({{QStringLiteral("db%1").arg(i), 3306}, 1});
        pool = std::make_shared<PeerPool>(definition, clock, random);
    }
    OpenPlan plan(OpenPlan::Request request = {})
    {
        request.deadline = clock.now() + 10s;
        return {*pool, clock, request};
    }
    /// An attempt of another open has no answer for \a time.
    void hang(PeerId peer, std::chrono::milliseconds time = 300ms)
    {
        pool->attemptBegun(peer);
        clock.advance(time);
    }

    ManualClock clock;
    SeededRandom random;
    std::shared_ptr<PeerPool> pool;
};

} // namespace

class tst_OpenPlan : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void triesOneAfterTheOther()
    {
        Scene scene(2);
        OpenPlan plan = scene.plan();
        QCOMPARE(plan.next(0).peer, 0);
        QVERIFY(!plan.failed(AfterConnectFailure::NextPeer));
        QCOMPARE(plan.next(0).peer, 1);
        QVERIFY(plan.next(1).what == OpenPlan::Do::Wait);
        QVERIFY(!plan.failed(AfterConnectFailure::NextPeer));
        QVERIFY(plan.next(0).what == OpenPlan::Do::GiveUp);
    }

    void theNextRunsBesideASlowOne()
    {
        Scene scene(2);
        OpenPlan plan = scene.plan();
        QCOMPARE(plan.next(0).peer, 0);
        scene.hang(0);
        QCOMPARE(plan.next(1).peer, 1);
        QVERIFY(scene.plan().letsOthersRun());
    }

    // All processes connect at once, and all peers are slow: another connect would make it worse.
    void noneRunsBesideWhereAllAreSlow()
    {
        Scene scene(2);
        OpenPlan plan = scene.plan();
        QCOMPARE(plan.next(0).peer, 0);
        scene.hang(1, 0ms);
        scene.hang(0);
        QVERIFY(plan.next(1).what == OpenPlan::Do::Wait);
        QVERIFY(!plan.letsOthersRun());
        scene.pool->attemptEnded(1); // it answers
        QVERIFY(plan.letsOthersRun());
        QCOMPARE(plan.next(1).peer, 1);
    }

    void aSlowPeerIsBetterThanNone()
    {
        Scene scene(1);
        scene.hang(0);
        OpenPlan plan = scene.plan();
        QCOMPARE(plan.next(0).peer, 0);
    }

    void theAvoidedIsTriedLast()
    {
        Scene scene(2);
        OpenPlan plan = scene.plan({.deadline = {}, .avoid = 0});
        QCOMPARE(plan.next(0).peer, 1);
        QVERIFY(!plan.failed(AfterConnectFailure::NextPeer));
        QCOMPARE(plan.next(0).peer, 0);
    }

    void whoIsPatientSweepsAndPausesLater()
    {
        Scene scene(1);
        OpenPlan plan = scene.plan({.deadline = {}, .patience = 10s});
        for (int i = 0; i < 3; ++i) {
            QCOMPARE(plan.next(0).peer, 0);
            QVERIFY(plan.next(0).what == OpenPlan::Do::Sweep);
            QVERIFY(plan.swept(true));
        }
        QVERIFY(plan.next(0).what == OpenPlan::Do::Pause);
        QCOMPARE(plan.next(0).peer, 0);
        QVERIFY(!plan.swept(false));
    }

    void aRefusedLoginIsTriedOnOnePeerMore()
    {
        Scene scene(3);
        OpenPlan plan = scene.plan();
        QCOMPARE(plan.next(0).peer, 0);
        QVERIFY(!plan.failed(AfterConnectFailure::OnePeerMore));
        QCOMPARE(plan.next(0).peer, 1);
        QVERIFY(plan.failed(AfterConnectFailure::OnePeerMore));
        QVERIFY(scene.plan().failed(AfterConnectFailure::Stop));
    }
};

QTEST_APPLESS_MAIN(tst_OpenPlan)
#include "tst_openplan.moc"
