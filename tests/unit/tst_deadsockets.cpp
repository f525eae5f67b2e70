// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "session/sessionline.h"

#include "connectedpair.h"

#include <QtTest/QtTest>

#include <functional>

#include <linux/filter.h>
#include <netinet/tcp.h>
#include <poll.h>

using namespace qproxysql;
using namespace qproxysql::test;

namespace {

using Killer = std::function<bool(ConnectedPair &)>;

bool waitFor(int descriptor, short events)
{
    pollfd query{descriptor, events, 0};
    return ::poll(&query, 1, 10'000) == 1;
}

bool setOption(int descriptor, int level, int name, int value)
{
    return ::setsockopt(descriptor, level, name, &value, sizeof value) == 0;
}

bool closesByPeer(ConnectedPair &pair)
{
    pair.closeServer();
    return waitFor(pair.client(), POLLRDHUP);
}

bool sendsAfterThePeerClosed(ConnectedPair &pair)
{
    // TCP draws a RST, Unix sockets fail at once.
    return closesByPeer(pair)
           && (::send(pair.client(), "x", 1, MSG_NOSIGNAL) == 1 || errno == EPIPE)
           && waitFor(pair.client(), 0);
}

bool readsTheError(ConnectedPair &pair)
{
    char byte = 0;
    return sendsAfterThePeerClosed(pair) && ::recv(pair.client(), &byte, 1, 0) <= 0
           && ::send(pair.client(), "x", 1, MSG_NOSIGNAL) < 0;
}

bool isReset(ConnectedPair &pair)
{
    const linger abort{1, 0};
    return ::setsockopt(pair.server(), SOL_SOCKET, SO_LINGER, &abort, sizeof abort) == 0
           && closesByPeer(pair);
}

bool isHalfClosedByPeer(ConnectedPair &pair)
{
    return ::shutdown(pair.server(), SHUT_WR) == 0 && waitFor(pair.client(), POLLRDHUP);
}

bool isHalfClosedByUsAndThenByPeer(ConnectedPair &pair)
{
    return ::shutdown(pair.client(), SHUT_WR) == 0 && closesByPeer(pair);
}

bool isShutDownByUs(ConnectedPair &pair)
{
    return ::shutdown(pair.client(), SHUT_RDWR) == 0 && closesByPeer(pair);
}

/// The peer's kernel sees no packet any more, so it acknowledges none.
bool forget(ConnectedPair &pair)
{
    sock_filter dropAll = BPF_STMT(BPF_RET | BPF_K, 0);
    const sock_fprog program{1, &dropAll};
    return ::setsockopt(pair.server(), SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof program) == 0;
}

bool timesOut(ConnectedPair &pair)
{
    return forget(pair) && setOption(pair.client(), IPPROTO_TCP, TCP_USER_TIMEOUT, 300)
           && ::send(pair.client(), "x", 1, MSG_NOSIGNAL) == 1 && waitFor(pair.client(), 0);
}

bool keepaliveIsNotAnswered(ConnectedPair &pair)
{
    return forget(pair) && setOption(pair.client(), IPPROTO_TCP, TCP_KEEPIDLE, 1)
           && setOption(pair.client(), IPPROTO_TCP, TCP_KEEPINTVL, 1)
           && setOption(pair.client(), IPPROTO_TCP, TCP_KEEPCNT, 1)
           && setOption(pair.client(), SOL_SOCKET, SO_KEEPALIVE, 1) && waitFor(pair.client(), 0);
}

} // namespace

Q_DECLARE_METATYPE(Killer)

/// Every state that the socket of a dead session can be in: the session is gone, whoever looks, and
/// nothing happens to a stranger who has the number.
class tst_DeadSockets : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cutCounts_data() { states(); }
    void cutCounts()
    {
        QFETCH(int, family);
        QFETCH(Killer, kill);
        ConnectedPair pair(family);
        QVERIFY(pair.isGood());
        SessionLine line{SocketIdentity(pair.client()), false};
        QVERIFY(kill(pair));
        QVERIFY(line.cutIfIdle(line.claimCount()));
        QVERIFY(line.isCut() && line.isClosed() && line.isGone());
        QVERIFY2(line.cut(), "once more");
    }

    void cutInFlightCounts_data() { states(); }
    void cutInFlightCounts()
    {
        QFETCH(int, family);
        QFETCH(Killer, kill);
        ConnectedPair pair(family);
        QVERIFY(pair.isGood());
        SessionLine line{SocketIdentity(pair.client()), false};
        line.claim();
        QVERIFY(kill(pair));
        QVERIFY(line.cut());
        line.unclaim();
        QVERIFY(line.isGone());
    }

    void isNoticedFromOutside_data() { states(); }
    void isNoticedFromOutside()
    {
        QFETCH(int, family);
        QFETCH(Killer, kill);
        ConnectedPair pair(family);
        QVERIFY(pair.isGood());
        SessionLine line{SocketIdentity(pair.client()), false};
        QVERIFY(!line.noteIfDead(line.claimCount()));
        QVERIFY(kill(pair));
        line.claim();
        QVERIFY2(!line.noteIfDead(line.claimCount()), "in flight, it is the owner's to notice");
        line.unclaim();
        QVERIFY(line.noteIfDead(line.claimCount()));
        QVERIFY(line.isGone() && line.isClosed());
        QVERIFY2(!line.isCut(), "the peer ended it, not we");
    }

    // What the client library does when it cannot send, e.g. the good-bye to a prepared statement.
    void numberClosedByTheLibrary()
    {
        TcpPair pair;
        QVERIFY(pair.isGood());
        SessionLine seen{SocketIdentity(pair.client()), false};
        SessionLine line{SocketIdentity(pair.client()), false};
        pair.closeClient();
        QVERIFY(line.isClosed());
        QVERIFY(seen.noteIfDead(seen.claimCount()));
        QVERIFY(line.cutIfIdle(line.claimCount()));
        QVERIFY(line.isCut());
    }

    void numberOfAStranger_data()
    {
        QTest::addColumn<int>("family");
        QTest::newRow("TCP") << AF_INET;
        QTest::newRow("Unix") << AF_UNIX;
    }
    void numberOfAStranger()
    {
        QFETCH(int, family);
        ConnectedPair pair(family);
        ConnectedPair stranger(family);
        QVERIFY(pair.isGood() && stranger.isGood());
        SessionLine seen{SocketIdentity(pair.client()), false};
        SessionLine idle{SocketIdentity(pair.client()), false};
        SessionLine inFlight{SocketIdentity(pair.client()), false};
        QCOMPARE(::dup2(stranger.client(), pair.client()), pair.client());
        QVERIFY2(seen.isClosed() && seen.noteIfDead(seen.claimCount()), "its own socket is closed");
        QVERIFY(idle.cutIfIdle(idle.claimCount()));
        inFlight.claim();
        QVERIFY(inFlight.cut());
        QVERIFY(!inFlight.path());
        QCOMPARE(::send(stranger.client(), "x", 1, MSG_NOSIGNAL), ssize_t(1));
        stranger.closeClient();
        pair.closeClient();
        QCOMPARE(stranger.receivedByServer(), QByteArray("x"));
    }

private:
    static void states()
    {
        QTest::addColumn<int>("family");
        QTest::addColumn<Killer>("kill");
        for (const int family : {AF_INET, AF_UNIX}) {
            const char *const name = family == AF_INET ? "TCP" : "Unix";
            QTest::addRow("%s, closed by the peer", name) << family << Killer(closesByPeer);
            QTest::addRow("%s, sent to since", name) << family << Killer(sendsAfterThePeerClosed);
            QTest::addRow("%s, error was read", name) << family << Killer(readsTheError);
            QTest::addRow("%s, half closed by the peer", name)
                    << family << Killer(isHalfClosedByPeer);
            QTest::addRow("%s, half closed by us", name)
                    << family << Killer(isHalfClosedByUsAndThenByPeer);
            QTest::addRow("%s, shut down by us", name) << family << Killer(isShutDownByUs);
        }
        QTest::newRow("TCP, reset") << AF_INET << Killer(isReset);
        QTest::newRow("TCP, never acknowledged") << AF_INET << Killer(timesOut);
        QTest::newRow("TCP, keepalive not answered") << AF_INET << Killer(keepaliveIsNotAnswered);
    }
};

QTEST_APPLESS_MAIN(tst_DeadSockets)
#include "tst_deadsockets.moc"
