// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "moves/peerdeparture.h"

#include "fakes.h"

#include <QtTest/QtTest>

using namespace qproxysql;
using namespace qproxysql::test;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(qproxysql::Sight)
Q_DECLARE_METATYPE(qproxysql::DepartureStep)

namespace {

const ManualClock standingClock;

Sight sight(std::chrono::milliseconds idleFor, const QStringList &reasons = {})
{
    Sight seen;
    seen.view.session = 1;
    seen.view.peer = 0;
    seen.view.reasons = reasons;
    seen.idleFor = idleFor;
    seen.isActive = idleFor == 0ms;
    return seen;
}

Sight offered(Sight seen, std::chrono::milliseconds ago, MoveReason reason = MoveReason::Drain)
{
    seen.view.offered = 1;
    seen.view.offeredFor = reason;
    seen.view.offeredAt = standingClock.now() - ago;
    return seen;
}

Sight cut(Sight seen)
{
    seen.isCut = true;
    return seen;
}

Sight doubtful(Sight seen)
{
    seen.view.isInDoubt = true;
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
        QTest::addColumn<Sight>("seen");
        QTest::addColumn<bool>("isDraining");
        QTest::addColumn<bool>("isOfferGood");
        QTest::addColumn<DepartureStep>("step");

        QTest::newRow("in service") << sight(1h) << false << false << Step::Stay;
        QTest::newRow("idle") << sight(1h) << true << false << Step::Replace;
        QTest::newRow("busy") << sight(0ms) << true << false << Step::Replace;
        QTest::newRow("transaction that goes on")
                << sight(0ms, transaction) << true << false << Step::Replace;
        QTest::newRow("transaction held open")
                << sight(1s, transaction) << true << false << Step::Stay;
        QTest::newRow("pinned") << sight(0ms, variables) << true << false << Step::Stay;
        QTest::newRow("cut, its offer withdrawn")
                << cut(sight(1h)) << true << false << Step::Replace;
        QTest::newRow("without a session") << Sight() << true << false << Step::Stay;

        QTest::newRow("idle, offered") << offered(sight(500ms), 0ms) << true << true << Step::Cut;
        QTest::newRow("idle for a moment, offered")
                << offered(sight(499ms), 1h) << true << true << Step::Stay;
        QTest::newRow("a statement failed, offered")
                << doubtful(offered(sight(1h), 1h)) << true << true << Step::Withdraw;
        QTest::newRow("transaction held open, offered")
                << offered(sight(1h, transaction), 9s) << true << true << Step::Stay;
        QTest::newRow("transaction held open, offered long ago")
                << offered(sight(1h, transaction), 10s) << true << true << Step::Withdraw;
        QTest::newRow("transaction that goes on, offered long ago")
                << offered(sight(0ms, transaction), 10s) << true << true << Step::Stay;
        QTest::newRow("pinned, offered")
                << offered(sight(1h, variables), 0ms) << true << true << Step::Stay;
        QTest::newRow("cut, offered") << offered(cut(sight(1h)), 1h) << true << true << Step::Stay;
        QTest::newRow("cut, offered, peer resumed")
                << offered(cut(sight(1h)), 1h) << false << true << Step::Stay;
        QTest::newRow("offered, peer resumed")
                << offered(sight(1h), 1s) << false << true << Step::Withdraw;
        QTest::newRow("offered for balance")
                << offered(sight(1h), 1s, MoveReason::Rebalance) << false << true << Step::Stay;
        QTest::newRow("offered for balance, peer drained meanwhile")
                << offered(sight(1h), 1s, MoveReason::Rebalance) << true << true << Step::Cut;
        QTest::newRow("the offer's peer is drained, too")
                << offered(sight(1h), 0ms) << true << false << Step::Withdraw;
        QTest::newRow("cut, the offer's peer is down")
                << offered(cut(sight(1h)), 0ms) << false << false << Step::Withdraw;
    }
    void step()
    {
        QFETCH(Sight, seen);
        QFETCH(bool, isDraining);
        QFETCH(bool, isOfferGood);
        QTEST(departureStep(seen, isDraining, isOfferGood, standingClock.now()), "step");
    }
};

QTEST_APPLESS_MAIN(tst_PeerDeparture)
#include "tst_peerdeparture.moc"
