// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "moves/peerdeparture.h"

#include "fakes.h"

#include <QtTest/QtTest>

using namespace qproxysql;
using namespace qproxysql::test;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(qproxysql::ConnectionSnapshot)
Q_DECLARE_METATYPE(qproxysql::DepartureStep)

namespace {

const ManualClock standingClock;

ConnectionSnapshot snapshot(std::chrono::milliseconds idleFor, const QStringList &reasons = {})
{
    ConnectionSnapshot seen;
    seen.session = 1;
    seen.peer = 0;
    seen.reasons = reasons;
    seen.isMovable = reasons.isEmpty();
    seen.idleFor = idleFor;
    seen.isActive = idleFor == 0ms;
    return seen;
}

ConnectionSnapshot offered(ConnectionSnapshot seen, std::chrono::milliseconds ago,
                           MoveReason reason = MoveReason::Drain)
{
    seen.offer.peer = 1;
    seen.offeredFor = reason;
    seen.offeredAt = standingClock.now() - ago;
    return seen;
}

ConnectionSnapshot cut(ConnectionSnapshot seen)
{
    seen.isCut = true;
    return seen;
}

ConnectionSnapshot doubtful(ConnectionSnapshot seen)
{
    seen.isMovable = false;
    return seen;
}

} // namespace

class tst_PeerDeparture : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void step_data()
    {
        using Step = DepartureStep;
        const QStringList transaction{u"transaction"_s};
        const QStringList variables{u"user_variables"_s};
        QTest::addColumn<ConnectionSnapshot>("seen");
        QTest::addColumn<bool>("isDraining");
        QTest::addColumn<bool>("isOfferGood");
        QTest::addColumn<DepartureStep>("step");

        QTest::newRow("in service") << snapshot(1h) << false << false << Step::Stay;
        QTest::newRow("idle") << snapshot(1h) << true << false << Step::Replace;
        QTest::newRow("busy") << snapshot(0ms) << true << false << Step::Replace;
        QTest::newRow("transaction that goes on")
                << snapshot(0ms, transaction) << true << false << Step::Replace;
        QTest::newRow("transaction held open")
                << snapshot(1s, transaction) << true << false << Step::Stay;
        QTest::newRow("pinned") << snapshot(0ms, variables) << true << false << Step::Stay;
        QTest::newRow("cut, its offer withdrawn")
                << cut(snapshot(1h)) << true << false << Step::Replace;
        QTest::newRow("without a session") << ConnectionSnapshot() << true << false << Step::Stay;

        QTest::newRow("idle, offered")
                << offered(snapshot(500ms), 0ms) << true << true << Step::Cut;
        QTest::newRow("idle for a moment, offered")
                << offered(snapshot(499ms), 1h) << true << true << Step::Stay;
        QTest::newRow("a statement failed, offered")
                << doubtful(offered(snapshot(1h), 1h)) << true << true << Step::Withdraw;
        QTest::newRow("transaction held open, offered")
                << offered(snapshot(1h, transaction), 9s) << true << true << Step::Stay;
        QTest::newRow("transaction held open, offered long ago")
                << offered(snapshot(1h, transaction), 10s) << true << true << Step::Withdraw;
        QTest::newRow("transaction that goes on, offered long ago")
                << offered(snapshot(0ms, transaction), 10s) << true << true << Step::Stay;
        QTest::newRow("pinned, offered")
                << offered(snapshot(1h, variables), 0ms) << true << true << Step::Stay;
        QTest::newRow("cut, offered")
                << offered(cut(snapshot(1h)), 1h) << true << true << Step::Stay;
        QTest::newRow("cut, offered, peer resumed")
                << offered(cut(snapshot(1h)), 1h) << false << true << Step::Stay;
        QTest::newRow("offered, peer resumed")
                << offered(snapshot(1h), 1s) << false << true << Step::Withdraw;
        QTest::newRow("offered for balance")
                << offered(snapshot(1h), 1s, MoveReason::Rebalance) << false << true << Step::Stay;
        QTest::newRow("offered for balance, peer drained meanwhile")
                << offered(snapshot(1h), 1s, MoveReason::Rebalance) << true << true << Step::Cut;
        QTest::newRow("the offer's peer is drained, too")
                << offered(snapshot(1h), 0ms) << true << false << Step::Withdraw;
        QTest::newRow("cut, the offer's peer is down")
                << offered(cut(snapshot(1h)), 0ms) << false << false << Step::Withdraw;
    }
    void step()
    {
        QFETCH(ConnectionSnapshot, seen);
        QFETCH(bool, isDraining);
        QFETCH(bool, isOfferGood);
        QTEST(departureStep(seen, isDraining, isOfferGood, standingClock.now()), "step");
    }
};

QTEST_APPLESS_MAIN(tst_PeerDeparture)
#include "tst_peerdeparture.moc"
