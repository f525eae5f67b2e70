// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "session/sessionline.h"

#include "connectedpair.h"

#include <QtTest/QtTest>

#include <array>
#include <atomic>
#include <thread>

using namespace qproxysql;
using namespace qproxysql::test;

namespace {

const QByteArray ComQuit("\x01\x00\x00\x00\x01", 5);

} // namespace

class tst_SessionLine : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void seesThatThePeerHasClosed()
    {
        TcpPair pair;
        QVERIFY(pair.isGood());
        const SessionLine line{SocketIdentity(pair.client()), false};
        QVERIFY(!line.isClosed());
        QCOMPARE(::send(pair.server(), "x", 1, 0), ssize_t(1));
        QVERIFY2(!line.isClosed(), "readable is not closed");
        pair.closeServer();
        QTRY_VERIFY(line.isClosed());
    }

    void cutOfAnIdleSessionSaysFarewell_data()
    {
        QTest::addColumn<bool>("usesTls");
        QTest::addColumn<QByteArray>("received");
        QTest::newRow("plain") << false << ComQuit;
        QTest::newRow("tls") << true << QByteArray();
    }

    void cutOfAnIdleSessionSaysFarewell()
    {
        QFETCH(bool, usesTls);
        TcpPair pair;
        QVERIFY(pair.isGood());
        SessionLine line{SocketIdentity(pair.client()), usesTls};
        QVERIFY(line.cut());
        QTEST(pair.receivedByServer(), "received");
        QVERIFY(line.isClosed());
        QVERIFY2(::send(pair.client(), "x", 1, MSG_NOSIGNAL) < 0, "nothing can be sent any more");
    }

    void cutInFlightSendsNothing()
    {
        TcpPair pair;
        QVERIFY(pair.isGood());
        SessionLine line{SocketIdentity(pair.client()), false};
        line.claim();
        QVERIFY(line.cut());
        QCOMPARE(pair.receivedByServer(), QByteArray());
        QVERIFY(line.isCut());
        line.unclaim();
        QVERIFY(line.isClosed());
    }

    void idleCutLeavesAloneWhoHasBeenInsideSince()
    {
        TcpPair pair;
        QVERIFY(pair.isGood());
        SessionLine line{SocketIdentity(pair.client()), false};
        const quint64 seen = line.claimCount();
        line.claim();
        QVERIFY(SessionLine::isInFlight(line.claimCount()));
        QVERIFY2(!line.cutIfIdle(seen), "in flight");
        QVERIFY2(!line.cutIfIdle(line.claimCount()), "in flight");
        line.unclaim();
        QVERIFY(!SessionLine::isInFlight(line.claimCount()));
        QVERIFY2(!line.cutIfIdle(seen), "a statement has run since");
        QVERIFY(!line.isCut());
        QVERIFY(line.cutIfIdle(line.claimCount()));
        QVERIFY(line.isCut());
        line.end();
        QVERIFY2(!SessionLine::isInFlight(line.claimCount()), "ended is not in flight");
    }

    void remembersTheLastAnswer()
    {
        SessionLine line{SocketIdentity(), false};
        QCOMPARE(line.lastAnswer(), Clock::time_point());
        const auto now = Clock::steady().now();
        line.answered(now);
        line.claim(); // what destroying a query does
        line.unclaim();
        QCOMPARE(line.lastAnswer(), now);
    }

    void whoComesFirstCountsOff()
    {
        SessionLine line{SocketIdentity(), false};
        QVERIFY(line.countOff());
        QVERIFY(!line.countOff());
    }

    void cutLeavesAReusedDescriptorAlone()
    {
        TcpPair pair;
        QVERIFY(pair.isGood());
        SessionLine line{SocketIdentity(pair.client()), false};
        const int number = pair.client();
        TcpPair other;
        QVERIFY(other.isGood());
        // The system gives the session's number to a stranger.
        QCOMPARE(::dup2(other.client(), number), number);
        QVERIFY2(line.cut(), "its own socket is closed");
        QCOMPARE(::send(other.client(), "x", 1, MSG_NOSIGNAL), ssize_t(1));
    }

    void cutKnowsUnixSocketsByTheirInode()
    {
        std::array<int, 2> first;
        std::array<int, 2> second;
        QCOMPARE(::socketpair(AF_UNIX, SOCK_STREAM, 0, first.data()), 0);
        QCOMPARE(::socketpair(AF_UNIX, SOCK_STREAM, 0, second.data()), 0);
        SessionLine line{SocketIdentity(first[0]), false};
        QVERIFY(!line.isClosed());
        QCOMPARE(::dup2(second[0], first[0]), first[0]);
        QVERIFY2(line.cut(), "its own socket is closed");
        QCOMPARE(::send(second[0], "x", 1, MSG_NOSIGNAL), ssize_t(1));
        SessionLine own{SocketIdentity(second[1]), false};
        QVERIFY(own.cut());
        for (const int descriptor : {first[0], first[1], second[0], second[1]})
            ::close(descriptor);
    }

    void anEndedSessionIsNotCut()
    {
        TcpPair pair;
        QVERIFY(pair.isGood());
        SessionLine line{SocketIdentity(pair.client()), false};
        line.end();
        QVERIFY(!line.cut());
        QVERIFY(line.isClosed());
        line.claim(); // what destroying a late result does
        line.unclaim();
        QVERIFY(!line.cut());
        QCOMPARE(::send(pair.client(), "x", 1, MSG_NOSIGNAL), ssize_t(1));
    }

    void anUnknownSocketIsNeverCutNorClosed()
    {
        SessionLine line{SocketIdentity(), false};
        QVERIFY(!line.cut());
        QVERIFY(!line.isClosed());
        QVERIFY(!SocketIdentity(-1).isKnown());
    }

    void claimsNestAndCount()
    {
        SessionLine line{SocketIdentity(), false};
        const quint64 before = line.claimCount();
        QCOMPARE(before & 1, quint64(0));
        line.claim();
        const quint64 inside = line.claimCount();
        QCOMPARE(inside & 1, quint64(1));
        line.claim();
        line.unclaim();
        QCOMPARE(line.claimCount(), inside);
        line.unclaim();
        QVERIFY(line.claimCount() != before);
        QCOMPARE(line.claimCount() & 1, quint64(0));
        line.claim();
        QVERIFY(line.claimCount() != inside);
        line.unclaim();
    }

    // What the peer receives is whole requests of the owner, then at most one COM_QUIT, and nothing
    // that the owner sent comes after it: an owner who got his claim never races with a farewell.
    void ownerAndCutterNeverMix()
    {
        for (int round = 0; round < 200; ++round) {
            TcpPair pair;
            QVERIFY(pair.isGood());
            SessionLine line{SocketIdentity(pair.client()), false};
            std::atomic<bool> go{false};
            std::thread cutter([&] {
                while (!go)
                    std::this_thread::yield();
                line.cut();
            });
            const QByteArray request("\x02\x00\x00\x00\x0e!", 6);
            int sent = 0;
            for (int i = 0; i < 50; ++i) {
                if (i == 5)
                    go = true;
                line.claim();
                if (!line.isClosed()
                    && ::send(pair.client(), request.constData(), size_t(request.size()),
                              MSG_NOSIGNAL)
                               == request.size())
                    ++sent;
                line.unclaim();
            }
            cutter.join();
            QByteArray expected = request.repeated(sent);
            const QByteArray received = pair.receivedByServer();
            QVERIFY(received == expected || received == expected + ComQuit);
        }
    }
};

QTEST_APPLESS_MAIN(tst_SessionLine)
#include "tst_sessionline.moc"
