// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "cluster/peerprobe.h"
#include "connect/fullconnect.h"

#include "sandbox/proxystandin.h"
#include "sandbox/servergroup.h"

#include <QtTest/QtTest>

#include <cmath>

using namespace qproxysql;
using namespace qproxysql::sandbox;
using namespace Qt::StringLiterals;

/// The results of an operator's own connection to a peer.
class tst_PeerProbe : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY2(m_servers.start(), qPrintable(m_servers.errorString())); }

    void server()
    {
        const PeerProbe probe = probePeer(request(m_servers[0].port()));
        QVERIFY2(probe.isUp(), qPrintable(probe.message()));
        QCOMPARE(probe.between.proxy, QString());
        QVERIFY2(probe.serverList.isChecked, qPrintable(probe.serverList.whyNot));
    }

    void clockThatIsSet_data();
    void clockThatIsSet();

    // A proxy that forwards bytes has no name; the server's port reveals it.
    void portMapping()
    {
        const Relay relay(m_servers[0].port());
        const PeerProbe probe = probePeer(request(relay.port()));
        QVERIFY2(probe.isUp(), qPrintable(probe.message()));
        QCOMPARE(probe.between.proxy, QString());
        QVERIFY(!probe.serverList.isChecked);
        QVERIFY2(probe.serverList.whyNot.contains(QString::number(m_servers[0].port())),
                 qPrintable(probe.serverList.whyNot));
        QVERIFY(probe.sessionLimit);
    }

    void whatIsBetween_data();
    void whatIsBetween();

    // Its greeting is like its server's, but with its own connection id.
    void maxScale()
    {
        ProxyStandIn proxy(m_servers[0].port(), ProxyStandIn::Kind::MaxScale);
        const PeerProbe probe = probePeer(request(proxy.port()));
        QVERIFY2(probe.isUp(), qPrintable(probe.message()));
        QCOMPARE(probe.between.proxy, u"unknown"_s);
        QVERIFY(!probe.serverList.isChecked);
        QVERIFY(!probe.sessionLimit);
    }

    // Its list would be that of one of the servers behind it.
    void proxySql()
    {
        ProxyStandIn proxy(m_servers[0].port());
        const PeerProbe probe = probePeer(request(proxy.port()));
        QVERIFY2(probe.isUp(), qPrintable(probe.message()));
        QCOMPARE(probe.between.proxy, u"ProxySQL"_s);
        QVERIFY(!probe.serverList.isChecked);
        QVERIFY(!probe.sessionLimit);
    }

    void proxySqlWithoutServers()
    {
        ProxyStandIn proxy(m_servers[0].port());
        proxy.setServers(ProxyStandIn::Servers::None);
        const PeerProbe probe = probePeer(request(proxy.port()));
        QVERIFY(probe.failure);
        QCOMPARE(probe.failure->errorClass, ErrorClass::NotReady);
        QVERIFY(probe.message().startsWith(u"9001"_s));
        // The real one takes ten seconds for each answer of that kind.
        QCOMPARE(proxy.relay().statements().filter(u"SHOW GLOBAL"_s).size(), 1);
    }

private:
    static FullConnectRequest request(quint16 port)
    {
        FullConnectRequest request;
        request.peer = {u"127.0.0.1"_s, port};
        request.login.user = u"root"_s;
        request.driver = u"QMYSQL"_s;
        return request;
    }

    ServerGroup m_servers{1};
};

void tst_PeerProbe::clockThatIsSet_data()
{
    QTest::addColumn<int>("by");
    QTest::newRow("ahead") << 3600;
    QTest::newRow("back, to before its start") << -3600;
}

// Of the probe's session: the server's own cannot be set here.
void tst_PeerProbe::clockThatIsSet()
{
    QFETCH(int, by);
    FullConnectRequest login = request(m_servers[0].port());
    login.login.user = u"app"_s;
    login.login.password = u"secret"_s;
    const PeerProbe before = probePeer(login);
    QVERIFY2(before.isUp() && before.startedAt && before.uptime, qPrintable(before.message()));
    const auto set = m_servers[0].executeAsRoot(
            u"SET GLOBAL init_connect = 'SET timestamp = UNIX_TIMESTAMP() + %1'"_s.arg(by));
    QVERIFY2(set, qPrintable(set.errorString));
    const PeerProbe after = probePeer(login);
    m_servers[0].executeAsRoot(u"SET GLOBAL init_connect = ''"_s);
    QVERIFY2(after.isUp() && after.startedAt && after.uptime, qPrintable(after.message()));
    QVERIFY(std::abs(*after.startedAt - *before.startedAt) <= 1);
    QVERIFY(std::abs(*after.uptime - *before.uptime - by) <= 30);
}

void tst_PeerProbe::whatIsBetween_data()
{
    QTest::addColumn<Intermediary::Ends>("ends");
    QTest::addColumn<QString>("proxy");
    QTest::addColumn<QString>("text"); // in the objection; empty: there is none
    using Ends = Intermediary::Ends;
    const auto row = [](const char *name, const Ends &ends, const QString &text = {},
                        const QString &proxy = {}) { QTest::newRow(name) << ends << proxy << text; };
    row("direct", Ends{7, 40'000, 3306, 7, u"10.0.0.9:40000"_s, 3306});
    row("direct, by IPv6", Ends{7, 40'000, 3306, 7, u"fe80::9:40000"_s, 3306});
    row("by a name", Ends{7, 40'000, 3306, 7, u"app1.example:40000"_s, 3306});
    row("translation of addresses that keeps the port",
        Ends{7, 40'000, 3306, 7, u"192.0.2.1:40000"_s, 3306});
    row("Unix socket", Ends{7, 0, 0, 7, u"localhost"_s, 0});
    row("server without a network", Ends{7, 0, 0, 7, u"localhost"_s, 0});
    row("nothing is known", Ends{});
    row("host without a port", Ends{7, 40'000, 3306, 7, u"app1"_s, 3306});
    row("numbers of more than 32 bits",
        Ends{7, 40'000, 3306, (1ULL << 32) + 7, u"10.0.0.9:40000"_s, 3306});
    row("another number", Ends{7, 40'000, 3306, 8, u"10.0.0.9:40000"_s, 3306}, u"another number"_s,
        u"unknown"_s);
    row("another number, Unix socket", Ends{7, 0, 0, 8, u"localhost"_s, 0}, u"another number"_s,
        u"unknown"_s);
    row("port mapping", Ends{7, 40'000, 13306, 7, u"10.0.0.9:40000"_s, 3306}, u"port 3306"_s);
    row("forwarder on the same port", Ends{7, 40'000, 3306, 7, u"10.0.0.2:51234"_s, 3306},
        u"10.0.0.2:51234"_s);
}

void tst_PeerProbe::whatIsBetween()
{
    QFETCH(Intermediary::Ends, ends);
    QFETCH(QString, proxy);
    QFETCH(QString, text);
    const Intermediary between = Intermediary::between(ends);
    QCOMPARE(between.proxy, proxy);
    QCOMPARE(between.objection.isEmpty(), text.isEmpty());
    QVERIFY2(between.objection.contains(text), qPrintable(between.objection));
}

QTEST_GUILESS_MAIN(tst_PeerProbe)
#include "tst_peerprobe.moc"
