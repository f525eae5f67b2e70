// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "moves/rebalanceplan.h"

#include "fakes.h"

#include <QtTest/QtTest>

#include <cmath>
#include <numeric>

using namespace qproxysql;
using namespace qproxysql::test;
using namespace std::chrono_literals;

namespace {

/// A pool whose connections are all in use and follow each move at once.
class Scene
{
public:
    Scene(std::vector<int> connections, Balance policy, RandomSource &random)
        : balance(policy)
        , plan(random)
    {
        for (size_t i = 0; i < connections.size(); ++i)
            peers.push_back({PeerId(i), 1, true, connections[i], 0, connections[i]});
        look();
    }

    /// Until nothing is under way, at most \a atMost; how long it took.
    std::chrono::milliseconds settle(std::chrono::milliseconds atMost = 120s)
    {
        auto passed = 0ms;
        for (; plan.isUnderWay() && passed < atMost; passed += 250ms) {
            clock.advance(250ms);
            look();
        }
        return passed;
    }

    void look()
    {
        for (RebalancePlan::Peer &peer : peers)
            peer.eligible = isInUse ? peer.connections : 0;
        const auto wanted = plan.advance(peers, balance, clock.now());
        for (const RebalancePlan::Move &move : wanted) {
            --peers[size_t(move.from)].connections;
            ++peers[size_t(move.to)].connections;
            ++moves;
            mostAtOnce = std::max(mostAtOnce, int(wanted.size()));
        }
    }

    void goDown(size_t peer, size_t to)
    {
        peers[peer].isUsable = false;
        peers[to].connections += std::exchange(peers[peer].connections, 0);
        look();
    }
    void comeBack(size_t peer)
    {
        peers[peer].isUsable = true;
        look();
    }

    std::vector<int> counts() const
    {
        std::vector<int> all;
        for (const RebalancePlan::Peer &peer : peers)
            all.push_back(peer.connections);
        return all;
    }

    ManualClock clock;
    Balance balance;
    RebalancePlan plan;
    std::vector<RebalancePlan::Peer> peers;
    bool isInUse = true;
    int moves = 0;
    int mostAtOnce = 0;
};

} // namespace

class tst_RebalancePlan : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingMovesWithoutAReturn()
    {
        SeededRandom random;
        Scene scene({14, 9, 7}, Balance::Random, random);
        scene.settle();
        QVERIFY(!scene.plan.isUnderWay());
        QCOMPARE(scene.moves, 0);
    }

    void returnedPeerGetsItsShare_data()
    {
        QTest::addColumn<int>("balance");
        QTest::addColumn<int>("weight");
        QTest::addColumn<int>("atLeast");
        QTest::addColumn<int>("atMost");
        QTest::newRow("random") << int(Balance::Random) << 1 << 10 << 10;
        QTest::newRow("leastconn") << int(Balance::LeastConn) << 1 << 10 << 10;
        QTest::newRow("weight 4 of 6") << int(Balance::Random) << 4 << 20 << 20;
        QTest::newRow("first") << int(Balance::First) << 1 << 30 << 30;
    }
    void returnedPeerGetsItsShare()
    {
        QFETCH(int, balance);
        QFETCH(int, weight);
        QFETCH(int, atLeast);
        QFETCH(int, atMost);
        SeededRandom random;
        Scene scene({10, 10, 10}, Balance(balance), random);
        scene.peers[0].weight = weight;
        scene.goDown(0, 1);
        scene.settle();
        scene.comeBack(0);
        const auto took = scene.settle();
        QVERIFY(scene.counts()[0] >= atLeast && scene.counts()[0] <= atMost);
        QVERIFY(!scene.plan.isUnderWay());
        // Within 12 s, after 1 to 4 s.
        QVERIFY2(took > 5s, "no stampede");
        QVERIFY2(took < 40s, qPrintable(QString::number(took.count())));
        const int moves = scene.moves;
        scene.clock.advance(1h);
        scene.look();
        QCOMPARE(scene.moves, moves);
    }

    void nobodyLeavesAnEarlierPeerThatTakesNoNewcomers()
    {
        SeededRandom random;
        Scene scene({12, 0, 0}, Balance::First, random);
        scene.peers[0].isUsable = false;
        scene.peers[2].connections = 2;
        scene.look();
        scene.settle();
        QCOMPARE(scene.counts(), (std::vector<int>{12, 2, 0}));
        QVERIFY(!scene.plan.isUnderWay());
    }

    void donorsAreThoseWithMost()
    {
        SeededRandom random;
        Scene scene({0, 20, 10}, Balance::LeastConn, random);
        scene.goDown(0, 1);
        scene.comeBack(0);
        scene.settle();
        QCOMPARE(scene.counts(), (std::vector<int>{10, 10, 10}));
    }

    void fleetOfSingleConnectionsSpreads()
    {
        SeededRandom random;
        int moved = 0;
        for (int process = 0; process < 300; ++process) {
            Scene scene({0, 1, 0}, Balance::Random, random);
            scene.goDown(0, 1);
            scene.comeBack(0);
            scene.settle();
            moved += scene.counts()[0];
        }
        QVERIFY2(moved > 60 && moved < 140, qPrintable(QString::number(moved)));
    }

    // All processes see the peer return in the same second. Its sessions come within ten seconds or more.
    void aFleetMovesSlowly_data()
    {
        QTest::addColumn<int>("connections");
        for (const int connections : {1, 2, 10, 40})
            QTest::addRow("%d connections", connections) << connections;
    }
    void aFleetMovesSlowly()
    {
        QFETCH(int, connections);
        SeededRandom random;
        std::vector<int> moves(100); // by second
        int all = 0;
        for (int process = 0; process < 600; ++process) {
            Scene scene({0, connections, connections}, Balance::Random, random);
            scene.goDown(0, 1);
            scene.comeBack(0);
            for (size_t step = 0; scene.plan.isUnderWay() && step < 4 * moves.size(); ++step) {
                const int before = scene.moves;
                scene.clock.advance(250ms);
                scene.look();
                moves[step / 4] += scene.moves - before;
                all += scene.moves - before;
            }
        }
        const int most = *std::ranges::max_element(moves);
        QVERIFY2(most <= all / 10 + 3 * std::sqrt(all / 10),
                 qPrintable(QStringLiteral("%1 of %2 in a second").arg(most).arg(all)));
        QCOMPARE(std::accumulate(moves.begin() + 18, moves.end(), 0), 0);
    }

    // Its connections are no reason to move those of others, too.
    void anOverloadedPeerKeepsItsShare()
    {
        SeededRandom random;
        Scene scene({0, 15, 15}, Balance::Random, random);
        scene.goDown(0, 1);
        scene.peers[1].isUsable = scene.peers[2].isUsable = false; // they take no new ones
        scene.comeBack(0);
        scene.settle();
        QCOMPARE(scene.counts(), (std::vector<int>{10, 10, 10}));
    }

    void peerMustStayUsableForAWhile()
    {
        ExtremeRandom random(true);
        Scene scene({20, 0}, Balance::First, random);
        scene.goDown(0, 1);
        for (int i = 0; i < 20; ++i) {
            scene.comeBack(0);
            scene.settle(3s);
            scene.goDown(0, 1);
        }
        QCOMPARE(scene.moves, 0);
    }

    void fewMovesAtOnce()
    {
        SeededRandom random;
        Scene scene({133, 133, 134}, Balance::Random, random);
        scene.goDown(0, 1);
        scene.clock.advance(1h);
        scene.comeBack(0);
        const auto took = scene.settle();
        QVERIFY(scene.counts()[0] == 133 || scene.counts()[0] == 134);
        QVERIFY2(took > 5s && took < 20s, qPrintable(QString::number(took.count())));
        QVERIFY2(scene.mostAtOnce <= 11, qPrintable(QString::number(scene.mostAtOnce)));
    }

    void idleConnectionsStayAndTheGoalEnds()
    {
        SeededRandom random;
        Scene scene({7, 7, 6}, Balance::Random, random);
        scene.isInUse = false;
        scene.goDown(0, 1);
        scene.comeBack(0);
        scene.settle(30s);
        QCOMPARE(scene.moves, 0);
        QVERIFY(scene.plan.isUnderWay());
        scene.isInUse = true;
        scene.settle();
        QVERIFY(scene.counts()[0] >= 6);

        Scene idle({3, 3, 3}, Balance::Random, random);
        idle.isInUse = false;
        idle.goDown(0, 1);
        idle.comeBack(0);
        idle.peers[0].connections = 2; // near its share: no reason to begin again
        idle.clock.advance(5s);
        idle.look();
        QVERIFY(idle.plan.isUnderWay());
        idle.clock.advance(10min);
        idle.look();
        QVERIFY2(!idle.plan.isUnderWay(), "nobody polls for ever");
    }

    void farBelowItsShareIsReasonEnough()
    {
        SeededRandom random;
        Scene scene({0, 15, 15}, Balance::Random, random);
        scene.settle();
        QCOMPARE(scene.counts()[0], 10);
        Scene small({0, 2, 1}, Balance::Random, random);
        small.settle();
        QCOMPARE(small.moves, 0);
    }

    void unusablePeersGetNothing()
    {
        SeededRandom random;
        Scene scene({0, 10, 20}, Balance::LeastConn, random);
        scene.goDown(0, 2);
        scene.settle();
        QCOMPARE(scene.counts()[0], 0);
    }

    void movesUnderWayCount()
    {
        SeededRandom random;
        RebalancePlan plan(random);
        ManualClock clock;
        std::vector<RebalancePlan::Peer> peers{{0, 1, true, 0, 0, 0}, {1, 1, true, 20, 0, 20}};
        int moves = 0;
        for (int i = 0; i < 200; ++i) {
            clock.advance(250ms);
            for (const RebalancePlan::Move &move :
                 plan.advance(peers, Balance::Random, clock.now())) {
                QCOMPARE(move, (RebalancePlan::Move{1, 0}));
                ++peers[0].incoming; // offered, and never taken
                --peers[1].connections;
                --peers[1].eligible;
                ++moves;
            }
        }
        QVERIFY2(moves <= 10 && moves > 0, qPrintable(QString::number(moves)));
        QVERIFY2(plan.isUnderWay(), "what was not taken has not arrived");
    }
};

QTEST_APPLESS_MAIN(tst_RebalancePlan)
#include "tst_rebalanceplan.moc"
