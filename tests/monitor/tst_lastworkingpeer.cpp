// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "madeupworld.h"

#include "fakeclock.h"
#include "verdict/drainverdict.h"

#include <QtTest/QtTest>

#include <functional>

using namespace qproxysql;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

using Client = MadeUpWorld::Client;
using Server = MadeUpWorld::Server;

/// Every combination of servers' states, clients and operator's means, until the test fails.
void forEachWorld(const std::function<void(const MadeUpWorld &)> &visit)
{
    static constexpr Client Living[] = {Client::None, Client::Elsewhere, Client::OnFirst};
    static constexpr Client Ended[] = {Client::None, Client::Silent, Client::SilentGone};
    constexpr int All = 5 * 5 * 5 * 3 * 3 * 3 * 3 * 2;
    for (int i = 0; i < All && !QTest::currentTestFailed(); ++i) {
        int rest = i;
        const auto digit = [&rest](int radix) { return std::exchange(rest, rest / radix) % radix; };
        MadeUpWorld world;
        for (Server &server : world.servers)
            server = Server(digit(5));
        world.idle = Living[digit(3)];
        world.busy = Living[digit(3)];
        world.ended = Ended[digit(3)];
        world.reports = MadeUpWorld::Reports(digit(3));
        world.hasAccount = digit(2) == 1;
        visit(world);
    }
}

QByteArray textOf(const MadeUpWorld &world)
{
    return u"servers %1 %2 %3, idle %4, busy %5, ended %6, reports %7, account %8"_s
            .arg(int(world.servers[0]))
            .arg(int(world.servers[1]))
            .arg(int(world.servers[2]))
            .arg(int(world.idle))
            .arg(int(world.busy))
            .arg(int(world.ended))
            .arg(int(world.reports))
            .arg(world.hasAccount)
            .toUtf8();
}

bool isDrainAccepted(const ClusterView &view)
{
    const DrainRequest request{.peer = MadeUpWorld::address(0).name(), .service = Service::Draining};
    return !lastHealthyPeerRefusal(DrainChange::of({}, request, {}, 1), view.standings());
}

} // namespace

/// The last working peer must never be drained, whatever the servers' states and reports are.
class tst_LastWorkingPeer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isNeverDrained()
    {
        int accepted = 0;
        forEachWorld([&accepted](const MadeUpWorld &world) {
            for (const bool isFirstPoll : {true, false}) {
                const bool isAccepted = isDrainAccepted(world.view(m_clock.now(), isFirstPoll));
                accepted += isAccepted ? 1 : 0;
                const bool isLast = world.servers[0] == Server::Up && !world.isAnyOtherUp();
                QVERIFY2(!isAccepted || !isLast, textOf(world));
            }
        });
        QVERIFY2(accepted > 1000, "it refuses everything");
    }

    void isDrainedWhenAnotherWorks()
    {
        forEachWorld([](const MadeUpWorld &world) {
            const bool isKnown = world.hasAccount || world.isAnyProber();
            if (isKnown && world.isAnyOtherUp())
                QVERIFY2(isDrainAccepted(world.view(m_clock.now(), false)), textOf(world));
        });
    }

    void deadOnesAreSeen()
    {
        forEachWorld([](const MadeUpWorld &world) {
            if (!world.hasAccount && !world.isAnyProber())
                return;
            const ClusterView view = world.view(m_clock.now(), false);
            for (int i = 0; i < MadeUpWorld::Count; ++i) {
                const PeerView &peer = view.pools.constFirst().peers.at(i);
                const Server state = world.servers[size_t(i)];
                if (state == Server::Dead || state == Server::Frozen)
                    QVERIFY2(peer.isDown(), textOf(world));
                QVERIFY2(!peer.isHealthy() || state == Server::Up, textOf(world));
                // A peer whose account is refused everywhere proves nothing.
                QVERIFY2(state != Server::Up || peer.isHealthy(), textOf(world));
            }
        });
    }

    void isNeverSafeToStop()
    {
        int safe = 0;
        forEachWorld([&safe](MadeUpWorld world) {
            world.isDraining = true;
            m_clock.advance(1s);
            DrainVerdict verdict(m_clock);
            for (int second = 0; second < 14; second += 2) {
                m_clock.advance(2s);
                const ClusterView view = world.view(m_clock.now(), second == 0);
                const PeerSearch first(view, MadeUpWorld::address(0).name());
                const DrainAssessment assessment = verdict.assess(drainEvidence(view, first));
                safe += assessment.isSafe() ? 1 : 0;
                if (!assessment.isSafe())
                    continue;
                QVERIFY2(world.isAnyOtherUp(), textOf(world));
                QVERIFY2(world.sessions() == 0, textOf(world));
            }
        });
        QVERIFY2(safe > 300, qPrintable(QString::number(safe)));
    }

private:
    static inline FakeClock m_clock;
};

QTEST_GUILESS_MAIN(tst_LastWorkingPeer)
#include "tst_lastworkingpeer.moc"
