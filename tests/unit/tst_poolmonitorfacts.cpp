// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "poolmonitorbench.h"

#include <QtTest/QtTest>

using namespace qproxysql;
using namespace qproxysql::test;
using namespace std::chrono_literals;

/// What follows from what servers say of themselves and refuse.
class tst_PoolMonitorFacts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void refusalOfALogin_data();
    void refusalOfALogin();
    void overloadedIsLeftAlone();
    void blockedIsProbedSeldom();
    void readOnlyPeerRests();
    void readOnlyNumbersCountWhereTheServerIsReadOnly();
    void lonelyReadOnlyPeerServes();
    void readOnlyByFactsIsNoReasonAlone();
    void desyncedIsShownAndNoticedWhenOver();
    void differingClustersAreLoud();
    void noResolverNoBackOff();
    void twoStrikesForABackend();
    void keyStepsAreAskedForAgain();
};

void tst_PoolMonitorFacts::refusalOfALogin_data()
{
    QTest::addColumn<int>("code");
    QTest::newRow("password") << 1045;
    QTest::newRow("database") << 1049;
    QTest::newRow("rights") << 1044;
}

void tst_PoolMonitorFacts::refusalOfALogin()
{
    QFETCH(int, code);
    const auto action = AfterConnectFailure::OnePeerMore;
    Bench bench(2);
    bench.monitor->connectSucceeded(0, {});
    QCOMPARE(bench.monitor->connectFailed(0, failure(code)), action);
    QCOMPARE(bench.health(0), Health::Up);
    QCOMPARE(bench.monitor->connectFailed(1, failure(code)), action);
    QCOMPARE(bench.health(1), Health::Unknown);

    // A peer that was down and refuses a login is alive again.
    bench.monitor->connectFailed(1, failure(2002));
    QCOMPARE(bench.health(1), Health::Down);
    bench.scripts[1] = [code] { return failed(code); };
    bench.goOn();
    QCOMPARE(bench.health(1), Health::Unknown);
    QCOMPARE(bench.monitor->advance(), PoolMonitor::Never);
}

void tst_PoolMonitorFacts::overloadedIsLeftAlone()
{
    Bench bench(1);
    bench.monitor->connectFailed(0, failure(1040, "Too many connections"));
    QCOMPARE(bench.health(0), Health::Overloaded);
    QVERIFY(bench.untilCheck(0) >= 1s && bench.untilCheck(0) <= 2s);
    QCOMPARE(bench.pool->choose(), NoPeer);
    bench.clock.advance(900ms);
    bench.monitor->connectFailed(0, failure(1040, "Too many connections"));
    bench.clock.advance(1100ms);
    bench.monitor->advance();
    QCOMPARE(bench.jobs.size(), 0u);
    QCOMPARE(bench.pool->choose(), 0);
    bench.monitor->connectFailed(0, failure(1040, "Too many connections"));
    QCOMPARE(bench.pool->choose(), NoPeer);
    // The second pause in a row is longer: the other processes of the fleet want the same slots.
    QVERIFY(bench.untilCheck(0) >= 2s && bench.untilCheck(0) <= 4s);
    // Nobody opens any more: it shall not be called overloaded for ever.
    bench.goOn();
    QCOMPARE(bench.health(0), Health::Up);
}

void tst_PoolMonitorFacts::blockedIsProbedSeldom()
{
    Bench bench(2);
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("FLUSH HOSTS")));
    bench.monitor->connectFailed(0, failure(1129, "Host is blocked"));
    QCOMPARE(bench.health(0), Health::Blocked);
    QVERIFY(bench.untilCheck(0) >= 4min);
}

void tst_PoolMonitorFacts::readOnlyPeerRests()
{
    Bench bench(2);
    bench.monitor->connectSucceeded(0, {});
    bench.monitor->connectSucceeded(1, {});
    bench.monitor->statementFailed(0, 1290, QStringLiteral("running with the --read-only option"),
                                   ServerFlavour::MariaDb);
    QCOMPARE(bench.health(0), Health::NotReady);
    QVERIFY(bench.untilCheck(0) <= 5s);
    ServerFacts facts = readOnlyFacts();
    bench.scripts[0] = [&facts] { return up(facts); };
    for (int i = 0; i < 5; ++i) {
        bench.goOn();
        QCOMPARE(bench.health(0), Health::NotReady);
        QVERIFY(bench.untilCheck(0) <= 5s);
    }
    facts = {};
    bench.goOn();
    QCOMPARE(bench.health(0), Health::Up);
    // Once more read-only, but no write was refused since.
    facts = readOnlyFacts();
    bench.monitor->checkNow(0);
    bench.runAll();
    QCOMPARE(bench.health(0), Health::Up);
}

void tst_PoolMonitorFacts::readOnlyNumbersCountWhereTheServerIsReadOnly()
{
    Bench bench(2);
    const auto refused = [&bench](int code, const char *text = "") {
        return bench.monitor->statementFailed(0, code, QLatin1String(text), ServerFlavour::MariaDb);
    };
    const char *const noTable = "Can't create table `x`.`n` (errno: 165 \"Table is read only\")";
    bench.monitor->connectSucceeded(0, {});
    bench.monitor->connectSucceeded(1, {});
    for (const int code : {1036, 1792})
        QCOMPARE(refused(code), ErrorClass::StatementsOwn);
    QCOMPARE(refused(1005, noTable), ErrorClass::StatementsOwn);
    QCOMPARE(bench.health(0), Health::Up);

    ServerFacts facts;
    facts.readOnlyParts.tables = true;
    facts.readOnlyBy = QStringLiteral("innodb_read_only=ON");
    bench.monitor->connectSucceeded(0, facts);
    QCOMPARE(bench.pool->peer(0).serverRequest, facts.readOnlyBy);
    QCOMPARE(refused(1792), ErrorClass::StatementsOwn);
    QCOMPARE(refused(1005, "(errno: 150 \"Foreign key constraint is incorrectly formed\")"),
             ErrorClass::StatementsOwn);
    QCOMPARE(bench.health(0), Health::Up);
    QCOMPARE(refused(1005, noTable), ErrorClass::ReadOnly);
    QCOMPARE(bench.health(0), Health::NotReady);

    facts.readOnlyParts = {false, true};
    bench.monitor->connectSucceeded(0, facts);
    QCOMPARE(refused(1036), ErrorClass::StatementsOwn);
    QCOMPARE(refused(1792), ErrorClass::ReadOnly);
}

void tst_PoolMonitorFacts::lonelyReadOnlyPeerServes()
{
    Bench bench(1);
    ServerFacts facts = readOnlyFacts();
    bench.monitor->connectSucceeded(0, facts);
    bench.monitor->statementFailed(0, 1836, QStringLiteral("Running in read-only mode"), {});
    QCOMPARE(bench.health(0), Health::Up);
    QCOMPARE(bench.pool->choose(), 0);
}

void tst_PoolMonitorFacts::readOnlyByFactsIsNoReasonAlone()
{
    Bench bench(2);
    const ServerFacts readOnly = readOnlyFacts();
    bench.monitor->connectSucceeded(0, readOnly);
    bench.monitor->connectSucceeded(1, readOnly);
    QVERIFY(bench.pool->peer(0).serverRequest.isEmpty());
    bench.monitor->connectSucceeded(1, {});
    QCOMPARE(bench.pool->peer(0).serverRequest, QStringLiteral("read_only=ON"));
    QCOMPARE(bench.health(0), Health::Up);
    for (int i = 0; i < 20; ++i)
        QCOMPARE(bench.pool->choose(), 1);
    QCOMPARE(bench.pool->choose({1}), 0);
}

void tst_PoolMonitorFacts::desyncedIsShownAndNoticedWhenOver()
{
    Bench bench(2);
    ServerFacts desynced;
    desynced.isDesynced = true;
    bench.monitor->connectSucceeded(0, desynced);
    QCOMPARE(bench.health(0), Health::Up);
    QCOMPARE(bench.pool->peer(0).service, Service::InService);
    QCOMPARE(bench.pool->peer(0).serverRequest, QStringLiteral("desynced"));
    bench.goOn();
    QCOMPARE(bench.probes.size(), 1u);
    QVERIFY(bench.pool->peer(0).serverRequest.isEmpty());
    QCOMPARE(bench.monitor->advance(), PoolMonitor::Never);
}

void tst_PoolMonitorFacts::differingClustersAreLoud()
{
    Bench bench(3);
    ServerFacts facts;
    facts.clusterId = QStringLiteral("aaaa");
    bench.monitor->connectSucceeded(0, facts);
    bench.monitor->connectSucceeded(1, facts);
    facts.clusterId = QStringLiteral("bbbb");
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral(
                                               "different Galera clusters.*db2.*bbbb")));
    bench.monitor->connectSucceeded(2, facts);
    QTest::failOnWarning(QRegularExpression(QStringLiteral("different")));
    bench.monitor->connectSucceeded(2, facts);
}

void tst_PoolMonitorFacts::noResolverNoBackOff()
{
    Bench bench(2);
    for (PeerId peer : {0, 1})
        bench.scripts[peer] = [] { return failed(2005, "Unknown MySQL server host"); };
    bench.monitor->connectFailed(0, failure(2005, "Unknown MySQL server host"));
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("resolver")));
    bench.monitor->connectFailed(1, failure(2005, "Unknown MySQL server host"));
    const auto begun = bench.clock.now();
    while (bench.clock.now() < begun + 60s)
        bench.goOn();
    QVERIFY2(bench.probes.size() >= 2 * 59, qPrintable(QString::number(bench.probes.size())));

    // One name of two that is unknown is that peer's own trouble.
    bench.monitor->connectSucceeded(1, {});
    bench.probes.clear();
    const auto later = bench.clock.now();
    while (bench.clock.now() < later + 60s)
        bench.goOn();
    QVERIFY2(bench.probes.size() <= 8, qPrintable(QString::number(bench.probes.size())));
}

void tst_PoolMonitorFacts::twoStrikesForABackend()
{
    Bench bench(2);
    bench.monitor->connectSucceeded(0, {});
    bench.monitor->statementFailed(0, 9001, QStringLiteral("Max connect timeout"), {});
    QCOMPARE(bench.health(0), Health::Up);
    QCOMPARE(bench.jobs.size(), 1u);
    bench.monitor->statementFailed(0, 9001, QStringLiteral("Max connect timeout"), {});
    QCOMPARE(bench.health(0), Health::Suspect);
    bench.runAll();
    QCOMPARE(bench.health(0), Health::Up);
    bench.monitor->statementFailed(0, 9001, QStringLiteral("Max connect timeout"), {});
    QCOMPARE(bench.health(0), Health::Up);
}

void tst_PoolMonitorFacts::keyStepsAreAskedForAgain()
{
    Bench bench(2);
    ServerFacts facts;
    facts.keySteps = {.increment = 3, .offset = 1};
    QCOMPARE(bench.monitor->keySteps(0, 24h * 365).increment, 0u);
    bench.monitor->connectSucceeded(0, facts);
    facts.keySteps.increment = 2;
    bench.scripts[0] = [&facts] { return up(facts); };
    bench.clock.advance(60s);
    QCOMPARE(bench.monitor->keySteps(0, 1min), (KeySteps{.increment = 3, .offset = 1}));
    bench.clock.advance(1s);
    QVERIFY(!bench.monitor->silence(0).isProbing);
    QCOMPARE(bench.monitor->keySteps(0, 1min).increment, 3u);
    QVERIFY(bench.monitor->silence(0).isProbing);
    bench.runAll();
    QCOMPARE(bench.monitor->keySteps(0, 1min).increment, 2u);
    QVERIFY(!bench.monitor->silence(0).isProbing);
}

QTEST_GUILESS_MAIN(tst_PoolMonitorFacts)
#include "tst_poolmonitorfacts.moc"
