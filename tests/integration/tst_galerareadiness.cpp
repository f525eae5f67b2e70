// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "connect/fullconnect.h"
#include "sandbox/galeracluster.h"

#include <QtTest/QTest>

using namespace qproxysql;
using namespace qproxysql::sandbox;

/// What a full connect learns from the nodes of a real Galera cluster.
class tst_GaleraReadiness : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();

    void ready();
    void desynced();
    void rejecting();
    void isolated();
    void initSqlOnAnIsolatedNode();

private:
    FullConnectResult connectTo(int node, const QString &initSql = {});
    bool set(int node, const char *sql)
    {
        return bool((*m_cluster)[node].executeAsRoot(QLatin1String(sql)));
    }

    std::unique_ptr<GaleraCluster> m_cluster;
};

FullConnectResult tst_GaleraReadiness::connectTo(int node, const QString &initSql)
{
    FullConnectRequest request;
    request.peer = {QStringLiteral("127.0.0.1"), (*m_cluster)[node].port()};
    request.login = {QStringLiteral("app"), QStringLiteral("secret"), QStringLiteral("test"), {}};
    request.driver = QStringLiteral("QMYSQL");
    request.initSql = initSql;
    return fullConnect(request);
}

void tst_GaleraReadiness::initTestCase()
{
    m_cluster = std::make_unique<GaleraCluster>(3);
    QVERIFY2(m_cluster->start(), qPrintable(m_cluster->errorString()));
}

void tst_GaleraReadiness::cleanupTestCase()
{
    m_cluster.reset();
}

void tst_GaleraReadiness::ready()
{
    const auto first = connectTo(0);
    const auto second = connectTo(1); // asked by name: the release is known by now
    QVERIFY2(first.isOk() && second.isOk(), qPrintable(first.failure.text + second.failure.text));
    QVERIFY(first.facts.identities.contains(QStringLiteral("node1")));
    QVERIFY(second.facts.identities.contains(QStringLiteral("node2")));
    QVERIFY(!first.facts.clusterId.isEmpty());
    QCOMPARE(second.facts.clusterId, first.facts.clusterId);
    QVERIFY(!first.facts.isDesynced && !second.facts.isDesynced);
}

void tst_GaleraReadiness::desynced()
{
    QVERIFY(set(1, "SET GLOBAL wsrep_desync=ON"));
    const auto result = connectTo(1);
    QVERIFY(set(1, "SET GLOBAL wsrep_desync=OFF"));
    QVERIFY2(result.isOk(), qPrintable(result.failure.text));
    QVERIFY(result.facts.isDesynced);
    QTRY_VERIFY(!connectTo(1).facts.isDesynced);
}

void tst_GaleraReadiness::rejecting()
{
    QVERIFY(set(1, "SET GLOBAL wsrep_reject_queries=ALL"));
    const auto result = connectTo(1);
    QVERIFY(set(1, "SET GLOBAL wsrep_reject_queries=NONE"));
    QVERIFY(!result.isOk());
    QCOMPARE(result.failure.errorClass, ErrorClass::NotReady);
    QVERIFY(connectTo(1).isOk());
}

void tst_GaleraReadiness::isolated()
{
    QVERIFY2(m_cluster->isolate(2), qPrintable(m_cluster->errorString()));
    const auto result = connectTo(2);
    QVERIFY(!result.isOk());
    QCOMPARE(result.failure.errorClass, ErrorClass::NotReady);
    QVERIFY2(result.failure.text.contains(QStringLiteral("wsrep_ready=OFF")),
             qPrintable(result.failure.text));
    QVERIFY(connectTo(0).isOk());
}

// INIT_SQL that the node refuses is no mistake in INIT_SQL.
void tst_GaleraReadiness::initSqlOnAnIsolatedNode()
{
    const auto result = connectTo(2, QStringLiteral("BEGIN; COMMIT"));
    QVERIFY(!result.isOk());
    QCOMPARE(result.failure.errorClass, ErrorClass::NotReady);
    QVERIFY2(m_cluster->rejoin(2), qPrintable(m_cluster->errorString()));
    QVERIFY(connectTo(2).isOk());
}

QTEST_GUILESS_MAIN(tst_GaleraReadiness)

#include "tst_galerareadiness.moc"
