// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "fakes.h"
#include "session/poolstatementwatch.h"

#include <QtTest/QtTest>

#include <array>
#include <optional>

#include <sys/socket.h>
#include <unistd.h>

using namespace qproxysql;
using namespace qproxysql::test;
using namespace std::chrono_literals;

namespace {

constexpr auto Tick = 100ms;
constexpr auto ConnectTimeout = 3s;

enum class Fate {
    Answers,
    Frozen,   ///< probes time out
    Refuses,  ///< probes fail at once
    Full,     ///< probes time out, sessions are served
    Unasked,  ///< probes come to nothing: no resolver
    Minority, ///< probes are answered: it sees no majority of its group
    Apart     ///< it has left its group
};

/// A pool whose probes come out as their peer's fate says, after as long as they would take.
class ScriptedHealth final : public PoolHealth
{
public:
    ScriptedHealth(PeerPool &pool, const ManualClock &clock)
        : m_pool(pool)
        , m_clock(clock)
    {
    }

    PeerPool &pool() const override { return m_pool; }
    void connectSucceeded(PeerId, const ServerFacts &) override {}
    AfterConnectFailure connectFailed(PeerId, const ConnectFailure &) override { return {}; }
    ErrorClass statementFailed(PeerId, int, const QString &, ServerFlavour) override { return {}; }
    bool sweep(Clock::time_point) override { return false; }

    void answered(PeerId peer, Clock::time_point when) override
    {
        PeerSilence &known = silences[peer];
        known.lastHeard = std::max(known.lastHeard, when);
        if (known.failedProbes > 0 && known.lastHeard > known.since)
            known.failedProbes = 0;
    }
    PeerSilence silence(PeerId peer) const override
    {
        const auto known = silences.find(peer);
        return known == silences.end() ? PeerSilence() : known->second;
    }
    void checkNow(PeerId peer) override
    {
        QVERIFY2(!silences[peer].isProbing, "asked while a probe is under way");
        ++probes[peer];
        silences[peer].isProbing = true;
        const bool isSlow = fates[peer] == Fate::Frozen || fates[peer] == Fate::Full;
        m_running[peer] = {m_clock.now(), m_clock.now() + (isSlow ? ConnectTimeout : 10ms)};
    }

    void endProbes()
    {
        for (auto &[peer, running] : m_running) {
            if (running && running->second <= m_clock.now())
                end(peer, std::exchange(running, std::nullopt)->first);
        }
    }

    std::map<PeerId, Fate> fates;
    std::map<PeerId, PeerSilence> silences;
    std::map<PeerId, int> probes;

private:
    void end(PeerId peer, Clock::time_point began)
    {
        PeerSilence &known = silences[peer];
        known.isProbing = false;
        switch (fates[peer]) {
        case Fate::Answers:
            known.failedProbes = 0;
            known.hasHungUp = false;
            known.lastHeard = m_clock.now();
            m_pool.setHealth(peer, Health::Up);
            return;
        case Fate::Unasked:
            return;
        case Fate::Minority:
        case Fate::Apart:
            known.lastHeard = m_clock.now();
            known.standing = fates[peer] == Fate::Apart ? GroupStanding::Apart
                                                        : GroupStanding::Minority;
            m_pool.setHealth(peer, Health::NotReady);
            return;
        case Fate::Refuses:
            known.hasHungUp = known.lastHeard <= began;
            break;
        case Fate::Frozen:
        case Fate::Full:
            break;
        }
        const bool isHeard = known.lastHeard > began;
        m_pool.setHealth(peer, isHeard ? Health::Suspect : Health::Down);
        if (isHeard)
            known.failedProbes = 0;
        else if (known.failedProbes++ == 0)
            known.since = began;
        known.lastBegan = began;
    }

    PeerPool &m_pool;
    const ManualClock &m_clock;
    std::map<PeerId, std::optional<std::pair<Clock::time_point, Clock::time_point>>> m_running;
};

/// A session that the watch sees, on a socket of its own.
class Session
{
public:
    Session(PeerId peer, bool isMovable)
        : m_peer(peer)
        , m_isMovable(isMovable)
        , m_number(++numbers)
    {
        if (::socketpair(AF_UNIX, SOCK_STREAM, 0, m_sockets.data()) != 0)
            qFatal("no sockets");
        line = std::make_shared<SessionLine>(SocketIdentity(m_sockets[0]), false);
    }
    ~Session()
    {
        ::close(m_sockets[0]);
        ::close(m_sockets[1]);
    }
    Q_DISABLE_COPY_MOVE(Session)

    PoolStatementWatch::Sight sight() const
    {
        return {m_number, m_peer, line, line->claimCount(), m_isMovable};
    }
    void answer(Clock::time_point now)
    {
        line->claim();
        line->answered(now);
        line->unclaim();
    }

    void answerInFlight(Clock::time_point now)
    {
        line->answered(now);
        line->unclaim();
    }

    std::shared_ptr<SessionLine> line;

private:
    static inline quint64 numbers = 0;
    const PeerId m_peer;
    const bool m_isMovable;
    const quint64 m_number;
    std::array<int, 2> m_sockets{-1, -1};
};

/// Looks when the watch wants to, while the clock goes on.
struct Scene
{
    explicit Scene(const QList<int> &fatesOfPeers)
    {
        PoolDefinition definition;
        definition.name = QStringLiteral("orders");
        definition.policy.checkInterval = 30s;
        for (int i = 0; i < fatesOfPeers.size(); ++i) {
            definition.peers.append({{QStringLiteral("db%1").arg(i), 3306}, 1});
            fateOf[i] = Fate(fatesOfPeers[i]);
        }
        pool = std::make_shared<PeerPool>(definition, clock, random);
        health.emplace(*pool, clock);
        health->fates = fateOf;
        for (const auto &[peer, fate] : fateOf)
            pool->setHealth(peer, Health::Up);
        previous = qInstallMessageHandler(&Scene::note);
        warnings.clear();
    }
    ~Scene() { qInstallMessageHandler(previous); }
    Q_DISABLE_COPY_MOVE(Scene)

    Session &add(PeerId peer, bool isMovable = true)
    {
        pool->sessionOpened(peer);
        return *sessions.emplace_back(std::make_unique<Session>(peer, isMovable));
    }

    /// Until \a isDone, at most \a longest; what was needed.
    std::chrono::milliseconds run(
            std::chrono::milliseconds longest,
            const std::function<bool()> &isDone = [] { return false; })
    {
        const auto began = clock.now();
        while (clock.now() - began < longest && !isDone()) {
            clock.advance(Tick);
            health->endProbes();
            if (onTick)
                onTick(clock.now() - began);
            if (clock.now() >= due) {
                std::vector<PoolStatementWatch::Sight> sights;
                for (const auto &session : sessions)
                    sights.push_back(session->sight());
                due = watch.look(clock.now(), *health, sights);
                ++looks;
            }
        }
        return std::chrono::duration_cast<std::chrono::milliseconds>(clock.now() - began);
    }

    static void note(QtMsgType type, const QMessageLogContext &, const QString &text)
    {
        if (type == QtWarningMsg && !text.contains(u" -> ")) // not the changes of health
            warnings.append(text);
    }

    static inline QStringList warnings;
    ManualClock clock;
    SeededRandom random;
    std::map<PeerId, Fate> fateOf;
    std::shared_ptr<PeerPool> pool;
    std::optional<ScriptedHealth> health;
    PoolStatementWatch watch;
    std::vector<std::unique_ptr<Session>> sessions;
    std::function<void(Clock::time_point::duration)> onTick;
    Clock::time_point due;
    int looks = 0;
    QtMessageHandler previous = nullptr;
};

QList<int> fates(std::initializer_list<Fate> list)
{
    QList<int> numbers;
    for (const Fate fate : list)
        numbers.append(int(fate));
    return numbers;
}

} // namespace

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
        QTest::newRow("refuses") << fates({Refuses, Answers}) << 0 << true << 1;
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
        QCOMPARE(scene.pool->peer(0).sessions, isCut ? 1 : 2);
        QVERIFY2(scene.warnings.size() == warnings, qPrintable(scene.warnings.join(u'\n')));
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
        std::vector<PoolStatementWatch::Sight> sights{session.sight()};
        session.answer(scene.clock.now() - 2s); // it may hold a transaction now
        scene.watch.look(scene.clock.now(), *scene.health, sights);
        QVERIFY(!session.line->isCut());
        scene.watch.look(scene.clock.now(), *scene.health, {session.sight()});
        QVERIFY(session.line->isCut());
    }
};

QTEST_APPLESS_MAIN(tst_PoolStatementWatch)
#include "tst_poolstatementwatch.moc"
