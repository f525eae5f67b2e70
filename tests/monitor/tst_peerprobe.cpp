// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "cluster/peerprobe.h"
#include "health/fullconnect.h"

#include "sandbox/proxystandin.h"
#include "sandbox/servergroup.h"

#include <QtTest/QtTest>

using namespace qproxysql;
using namespace qproxysql::sandbox;
using namespace Qt::StringLiterals;

/// What an operator's own connection to a peer finds out.
class tst_PeerProbe : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY2(m_servers.start(), qPrintable(m_servers.errorString())); }

    void server()
    {
        const PeerProbe probe = probePeer(request(m_servers[0].port()));
        QVERIFY2(probe.isUp(), qPrintable(probe.message()));
        QCOMPARE(probe.proxy, QString());
        QVERIFY2(probe.serverList.isChecked, qPrintable(probe.serverList.whyNot));
    }

    // Its list would be that of one of the servers behind it.
    void proxySql()
    {
        ProxyStandIn proxy(m_servers[0].port());
        const PeerProbe probe = probePeer(request(proxy.port()));
        QVERIFY2(probe.isUp(), qPrintable(probe.message()));
        QCOMPARE(probe.proxy, u"ProxySQL"_s);
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

QTEST_GUILESS_MAIN(tst_PeerProbe)
#include "tst_peerprobe.moc"
