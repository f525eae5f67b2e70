// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "sandbox/blackhole.h"
#include "sandbox/listeners.h"
#include "sandbox/portholder.h"
#include "sandbox/rootclient.h"
#include "sandbox/servergroup.h"

#include <QtTest/QTest>

#include <poll.h>
#include <unistd.h>

using namespace qproxysql::sandbox;
using namespace std::chrono_literals;

/// Each fault is what a client meets.
class tst_Listeners : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hangsUp();
    void keepsSilent();
    void rejects();
    void standsInForServer();
    void portHolderRefuses();
    void blackHoleSwallows();
};

void tst_Listeners::hangsUp()
{
    HangUpListener listener;
    QVERIFY2(listener.isListening(), qPrintable(listener.errorString()));
    RootClient client;
    for (int i = 1; i <= 5; ++i) {
        QVERIFY(!client.open(listener.port(), 2s));
        QCOMPARE(client.errorString(), QStringLiteral("the server closed the connection"));
        QCOMPARE(listener.contacts(), i);
    }
    listener.stop();
    QVERIFY(!client.open(listener.port(), 2s));
    QVERIFY(client.errorString().contains(QStringLiteral("refused")));
    QCOMPARE(listener.contacts(), 5);
}

void tst_Listeners::keepsSilent()
{
    SilentListener listener;
    RootClient first, second;
    QVERIFY(!first.open(listener.port(), 100ms));
    QVERIFY(!second.open(listener.port(), 100ms));
    QCOMPARE(second.errorString(), QStringLiteral("no answer within 0.1 s"));
    QTRY_COMPARE(listener.contacts(), 2);
}

void tst_Listeners::rejects()
{
    RejectingListener listener(1040, QStringLiteral("Too many connections"));
    RootClient client;
    QVERIFY(!client.open(listener.port()));
    QCOMPARE(client.errorCode(), 1040);
    QCOMPARE(client.errorString(), QStringLiteral("Too many connections"));
    QCOMPARE(listener.contacts(), 1);
}

void tst_Listeners::standsInForServer()
{
    ServerGroup servers(1);
    QVERIFY2(servers.start(), qPrintable(servers.errorString()));
    RootClient client;
    QVERIFY(client.open(servers[0].port()));
    servers[0].kill();
    HangUpListener listener(servers[0].port());
    QVERIFY2(listener.isListening(), qPrintable(listener.errorString()));
    QVERIFY(!client.open(servers[0].port()));
    QCOMPARE(listener.contacts(), 1);
    QVERIFY(!servers[0].start());
    listener.stop();
    QVERIFY2(servers[0].start(), qPrintable(servers[0].errorString()));
    const int contacts = listener.contacts();
    QVERIFY(client.open(servers[0].port()));
    QCOMPARE(listener.contacts(), contacts);
}

void tst_Listeners::portHolderRefuses()
{
    PortHolder holder;
    QVERIFY2(holder.isHolding(), qPrintable(holder.errorString()));
    RootClient client;
    QVERIFY(!client.open(holder.port()));
    QVERIFY(client.errorString().contains(QStringLiteral("refused")));
    HangUpListener listener(holder.port());
    QVERIFY(!listener.isListening());
}

void tst_Listeners::blackHoleSwallows()
{
    BlackHole hole;
    QVERIFY2(hole.isSwallowing(), qPrintable(hole.errorString()));
    const int descriptor = LoopbackSocket::startConnecting(hole.port());
    QVERIFY(descriptor >= 0);
    pollfd wait{descriptor, POLLOUT, 0};
    QCOMPARE(::poll(&wait, 1, 1500), 0);
    ::close(descriptor);
}

QTEST_GUILESS_MAIN(tst_Listeners)
#include "tst_listeners.moc"
