// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "fakes.h"
#include "moves/poolstatementwatch.h"

#include <QtTest/QtTest>

#include <array>
#include <optional>

#include <sys/socket.h>
#include <unistd.h>

namespace qproxysql::test {

using namespace std::chrono_literals;

constexpr auto Tick = 100ms;
constexpr auto ConnectTimeout = 3s;

enum class Fate {
    Answers,
    Frozen,      ///< probes time out
    Refuses,     ///< probes are refused, sessions are served
    Unreachable, ///< probes fail at once: nobody says anything
    Full,        ///< probes time out, sessions are served
    Unasked,     ///< probes come to nothing: no resolver
    Minority,    ///< probes are answered: it sees no majority of its group
    Apart        ///< it has left its group
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
    AfterConnectFailure connectFailed(PeerId, const ConnectFailure &) override { return {}; }
    ErrorClass statementFailed(PeerId, int, const QString &, ServerFlavour) override { return {}; }
    bool sweep(const SweepRequest &) override { return false; }
    KeySteps keySteps(PeerId, std::chrono::milliseconds) override { return {}; }

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

    bool awaitWritable(Clock::time_point, std::chrono::milliseconds) override { return false; }

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
            setHealth(m_pool, peer, Health::Up);
            return;
        case Fate::Unasked:
            return;
        case Fate::Minority:
        case Fate::Apart:
            known.lastHeard = m_clock.now();
            known.standing = fates[peer] == Fate::Apart ? GroupStanding::Apart
                                                        : GroupStanding::Minority;
            setHealth(m_pool, peer, Health::NotReady);
            return;
        case Fate::Refuses:
            known.failedProbes = 0;
            known.lastRefused = m_clock.now();
            known.hasHungUp = known.lastHeard <= began;
            setHealth(m_pool, peer, Health::Down);
            return;
        case Fate::Unreachable:
            known.hasHungUp = known.lastHeard <= began;
            break;
        case Fate::Frozen:
        case Fate::Full:
            break;
        }
        const bool isHeard = known.lastHeard > began;
        setHealth(m_pool, peer, isHeard ? Health::Suspect : Health::Down);
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
        if (m_sockets[1] >= 0)
            ::close(m_sockets[1]);
    }
    Q_DISABLE_COPY_MOVE(Session)

    SessionSnapshot snapshot() const
    {
        return {m_number, m_peer, 0, line, m_isMovable, line->claimCount()};
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

    void closePeer() { ::close(std::exchange(m_sockets[1], -1)); }

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
            setHealth(*pool, peer, Health::Up);
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
                std::vector<SessionSnapshot> snapshots;
                for (const auto &session : sessions)
                    snapshots.push_back(session->snapshot());
                due = watch.poll(clock.now(), *health, snapshots);
                ++looks;
            }
        }
        return std::chrono::duration_cast<std::chrono::milliseconds>(clock.now() - began);
    }

    /// Nothing of what \a session sends is acknowledged from now on.
    void forget(const Session &session) { forgotten[session.line.get()] = clock.now(); }
    std::optional<PathState> pathOf(const SessionLine &line)
    {
        ++pathsRead;
        const auto since = forgotten.find(&line);
        if (since == forgotten.end())
            return PathState{0, 0, 99};
        int attempts = 0;
        for (auto pause = 200ms, at = pause; at <= clock.now() - since->second;
             pause *= 2, at += pause)
            ++attempts;
        return PathState{14, attempts, 99};
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
    PoolStatementWatch watch{[this](const SessionLine &line) { return pathOf(line); }};
    std::vector<std::unique_ptr<Session>> sessions;
    std::map<const SessionLine *, Clock::time_point> forgotten;
    int pathsRead = 0;
    std::function<void(Clock::time_point::duration)> onTick;
    Clock::time_point due;
    int looks = 0;
    QtMessageHandler previous = nullptr;
};

inline QList<int> fates(std::initializer_list<Fate> list)
{
    QList<int> numbers;
    for (const Fate fate : list)
        numbers.append(int(fate));
    return numbers;
}

} // namespace qproxysql::test
