// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "fakes.h"
#include "pool/selection.h"

#include <QtTest/QtTest>

#include <cmath>

using namespace qproxysql;
using namespace qproxysql::test;
using namespace std::chrono_literals;

class tst_Selection : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nobodyIsNobody();
    void randomFollowsWeights_data();
    void randomFollowsWeights();
    void leastConnPrefersTheLessLoaded();
    void leastConnWeighsTheLoad();
    void leastConnNeverDrawsTheSameTwice();
    void firstTakesPoolOrder();
    void preference_data();
    void preference();
    void peerThatLostASessionIsBetterThanNobody();
};

void tst_Selection::nobodyIsNobody()
{
    SeededRandom random;
    for (const auto balance : {Balance::Random, Balance::LeastConn, Balance::First})
        QCOMPARE(selectPeer({}, balance, random), NoPeer);
}

void tst_Selection::randomFollowsWeights_data()
{
    QTest::addColumn<QList<int>>("weights");
    QTest::newRow("one") << QList<int>{1};
    QTest::newRow("equal") << QList<int>{1, 1, 1};
    QTest::newRow("skewed") << QList<int>{1, 2, 7};
    QTest::newRow("extreme") << QList<int>{1000, 1};
    QTest::newRow("many") << QList<int>(100, 10);
}

void tst_Selection::randomFollowsWeights()
{
    QFETCH(QList<int>, weights);
    constexpr int Draws = 100'000;
    SeededRandom random;
    std::vector<Candidate> candidates;
    double total = 0;
    for (int i = 0; i < weights.size(); ++i) {
        candidates.push_back({i, i, weights[i], 0});
        total += weights[i];
    }
    QList<int> drawn(weights.size());
    for (int i = 0; i < Draws; ++i)
        ++drawn[selectPeer(candidates, Balance::Random, random)];

    double chiSquare = 0;
    for (int i = 0; i < weights.size(); ++i) {
        const double expected = Draws * weights[i] / total;
        chiSquare += std::pow(drawn[i] - expected, 2) / expected;
    }
    // Mean n-1, standard deviation sqrt(2(n-1)); five of them are never exceeded by chance.
    const double freedom = double(weights.size() - 1);
    QVERIFY2(chiSquare <= freedom + 5 * std::sqrt(2 * freedom) + 1e-9,
             qPrintable(QString::number(chiSquare)));
}

void tst_Selection::leastConnPrefersTheLessLoaded()
{
    SeededRandom random;
    const std::vector<Candidate> two{{7, 0, 1, 5}, {8, 1, 1, 4}};
    for (int i = 0; i < 100; ++i)
        QCOMPARE(selectPeer(two, Balance::LeastConn, random), 8);

    // Of three the most loaded one is never the better of two.
    const std::vector<Candidate> three{{0, 0, 1, 9}, {1, 1, 1, 0}, {2, 2, 1, 1}};
    QList<int> drawn(3);
    for (int i = 0; i < 9'000; ++i)
        ++drawn[selectPeer(three, Balance::LeastConn, random)];
    QCOMPARE(drawn[0], 0);
    QVERIFY2(std::abs(drawn[1] - 6'000) < 300, qPrintable(QString::number(drawn[1])));
}

void tst_Selection::leastConnWeighsTheLoad()
{
    SeededRandom random;
    const std::vector<Candidate> candidates{{0, 0, 10, 20}, {1, 1, 1, 3}};
    for (int i = 0; i < 100; ++i)
        QCOMPARE(selectPeer(candidates, Balance::LeastConn, random), 0);
}

void tst_Selection::leastConnNeverDrawsTheSameTwice()
{
    ExtremeRandom lowest(false);
    ExtremeRandom highest(true);
    const std::vector<Candidate> candidates{{0, 0, 1, 9}, {1, 1, 1, 0}};
    QCOMPARE(selectPeer(candidates, Balance::LeastConn, lowest), 1);
    QCOMPARE(selectPeer(candidates, Balance::LeastConn, highest), 1);
    QCOMPARE(selectPeer(std::span(candidates).first(1), Balance::LeastConn, lowest), 0);
}

void tst_Selection::firstTakesPoolOrder()
{
    SeededRandom random;
    const std::vector<Candidate> candidates{{0, 2, 100, 0}, {1, 1, 1, 50}, {2, 5, 1, 0}};
    QCOMPARE(selectPeer(candidates, Balance::First, random), 1);
}

void tst_Selection::preference_data()
{
    QTest::addColumn<Health>("health");
    QTest::addColumn<Preference>("idle");
    QTest::addColumn<Preference>("pending");
    QTest::newRow("Up") << Health::Up << Preference::Good << Preference::Good;
    QTest::newRow("Unknown") << Health::Unknown << Preference::Good << Preference::Good;
    QTest::newRow("Overloaded") << Health::Overloaded << Preference::Good << Preference::Uncertain;
    for (const auto health : {Health::Suspect, Health::Down, Health::NotReady, Health::Blocked,
                              Health::Misconfigured}) {
        QTest::addRow("%d", int(health))
                << health << Preference::Unselectable << Preference::Unselectable;
    }
}

void tst_Selection::preference()
{
    QFETCH(Health, health);
    QFETCH(Preference, idle);
    QFETCH(Preference, pending);
    const Clock::time_point now(100s);
    PeerSnapshot peer;
    peer.health = health;
    QCOMPARE(preferenceOf(peer, Attempts::None, now), idle);
    QCOMPARE(preferenceOf(peer, Attempts::Pending, now), pending);

    const bool mayBeChosen = idle == Preference::Good;
    QCOMPARE(preferenceOf(peer, Attempts::Hanging, now),
             mayBeChosen ? Preference::Uncertain : Preference::Unselectable);

    peer.nextCheck = now + 1s;
    const bool isPaused = health == Health::Overloaded;
    QCOMPARE(preferenceOf(peer, Attempts::None, now), isPaused ? Preference::Unselectable : idle);

    peer.nextCheck = now;
    peer.serverRequest = QStringLiteral("desynced");
    QCOMPARE(preferenceOf(peer, Attempts::None, now),
             health == Health::Up ? Preference::Unwelcome : idle);

    peer.serverRequest.clear();
    peer.service = Service::Draining;
    QCOMPARE(preferenceOf(peer, Attempts::None, now), Preference::Unselectable);
    peer.service = Service::InService;
    peer.isRetired = true;
    QCOMPARE(preferenceOf(peer, Attempts::None, now), Preference::Unselectable);
}

void tst_Selection::peerThatLostASessionIsBetterThanNobody()
{
    const Clock::time_point now(100s);
    PeerSnapshot peer;
    peer.health = Health::Suspect;
    peer.lastError = {2006, QStringLiteral("closed"), {}, PeerError::Source::Statement};
    QCOMPARE(preferenceOf(peer, Attempts::None, now), Preference::Doubtful);
    QCOMPARE(preferenceOf(peer, Attempts::Pending, now), Preference::Doubtful);
    QVERIFY(Preference::Doubtful > Preference::Unwelcome);
    // It may be frozen: one connect that hangs is enough.
    QCOMPARE(preferenceOf(peer, Attempts::Hanging, now), Preference::Unselectable);
    // A connect that failed speaks against the peer.
    peer.lastError.source = PeerError::Source::Connect;
    QCOMPARE(preferenceOf(peer, Attempts::None, now), Preference::Unselectable);
    peer.lastError.source = PeerError::Source::Statement;
    for (const auto health :
         {Health::Down, Health::NotReady, Health::Blocked, Health::Misconfigured}) {
        peer.health = health;
        QCOMPARE(preferenceOf(peer, Attempts::None, now), Preference::Unselectable);
    }
}

QTEST_GUILESS_MAIN(tst_Selection)
#include "tst_selection.moc"
