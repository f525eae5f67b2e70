// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "sandbox/galeracluster.h"

#include <QtCore/QElapsedTimer>
#include <QtTest/QTest>

using namespace qproxysql::sandbox;

/// A real Galera cluster: what is written on one node is on all, and nodes can be cut off and come back.
class tst_GaleraSandbox : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void replicates();
    void isolateAndRejoin();
    void killAndComeBack();
    void foundAnew();

private:
    QString valueOn(int node);

    std::unique_ptr<GaleraCluster> m_cluster;
};

QString tst_GaleraSandbox::valueOn(int node)
{
    return (*m_cluster)[node].executeAsRoot(QStringLiteral("SELECT a FROM test.t")).value();
}

void tst_GaleraSandbox::initTestCase()
{
    QElapsedTimer timer;
    timer.start();
    m_cluster = std::make_unique<GaleraCluster>(3);
    QVERIFY2(m_cluster->start(), qPrintable(m_cluster->errorString()));
    qInfo("three nodes in %lld ms", timer.elapsed());
    QVERIFY(timer.elapsed() < 20'000);
    for (int i = 0; i < 3; ++i)
        QCOMPARE(m_cluster->clusterSize(i), 3);
}

void tst_GaleraSandbox::replicates()
{
    const Answer made = (*m_cluster)[0].executeAsRoot(QStringLiteral(
            "CREATE TABLE test.t(id INT PRIMARY KEY, a INT); INSERT INTO test.t VALUES (1, 5)"));
    QVERIFY2(made, qPrintable(made.errorString));
    QTRY_COMPARE(valueOn(1), QStringLiteral("5"));
    QTRY_COMPARE(valueOn(2), QStringLiteral("5"));
    const Answer changed = (*m_cluster)[2].executeAsRoot(QStringLiteral("UPDATE test.t SET a = 6"));
    QVERIFY2(changed, qPrintable(changed.errorString));
    QTRY_COMPARE(valueOn(0), QStringLiteral("6"));
    QTRY_COMPARE(valueOn(1), QStringLiteral("6"));
}

void tst_GaleraSandbox::isolateAndRejoin()
{
    QElapsedTimer timer;
    timer.start();
    QVERIFY2(m_cluster->isolate(1), qPrintable(m_cluster->errorString()));
    qInfo("cut off in %lld ms", timer.restart());
    Server &node = (*m_cluster)[1];
    QCOMPARE(node.executeAsRoot(QStringLiteral("SELECT a FROM test.t")).errorCode, 1047);
    QCOMPARE(m_cluster->clusterSize(0), 2);
    QVERIFY((*m_cluster)[0].executeAsRoot(QStringLiteral("UPDATE test.t SET a = 7")));
    timer.restart();
    QVERIFY2(m_cluster->rejoin(1), qPrintable(m_cluster->errorString()));
    qInfo("back in %lld ms", timer.elapsed());
    QTRY_COMPARE(valueOn(1), QStringLiteral("7"));
}

void tst_GaleraSandbox::killAndComeBack()
{
    Server &node = (*m_cluster)[2];
    node.kill();
    QTRY_COMPARE_WITH_TIMEOUT(m_cluster->clusterSize(0), 2, 10'000);
    QVERIFY((*m_cluster)[0].executeAsRoot(QStringLiteral("UPDATE test.t SET a = 8")));
    QElapsedTimer timer;
    timer.start();
    QVERIFY2(node.start(), qPrintable(node.errorString()));
    qInfo("came back in %lld ms", timer.elapsed());
    QTRY_COMPARE(valueOn(2), QStringLiteral("8"));
}

void tst_GaleraSandbox::foundAnew()
{
    for (int i = 2; i >= 0; --i)
        QVERIFY2((*m_cluster)[i].terminate(), qPrintable((*m_cluster)[i].errorString()));
    QVERIFY2(m_cluster->start(), qPrintable(m_cluster->errorString()));
    QCOMPARE(valueOn(1), QStringLiteral("8"));
}

QTEST_GUILESS_MAIN(tst_GaleraSandbox)
#include "tst_galerasandbox.moc"
