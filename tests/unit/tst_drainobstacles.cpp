// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "drainverdicttest.h"

/// Who keeps a drain from ending, and what applications say of it.
class tst_DrainObstacles : public DrainVerdictTest
{
    Q_OBJECT

private Q_SLOTS:
    void stalledNamesWhoAndWhy_data();
    void stalledNamesWhoAndWhy();
    void risingNumberIsNoStall();
    void estimateNeedsThreeFallingSamples();
    void severalPoolsAreOneApplication();
    void whoGoesOnUsingThePeerDoesNotFollow();
    void silentOnesAreConcerned();
    void ages_data();
    void ages();
};

void tst_DrainObstacles::stalledNamesWhoAndWhy_data()
{
    QTest::addColumn<EvidenceChange>("change");
    QTest::addColumn<QString>("obstacle");
    const auto row = [](const char *name, const std::function<void(ApplicationEvidence *)> &change,
                        const QString &what) {
        QTest::newRow(name) << EvidenceChange([change](DrainEvidence *evidence) {
            evidence->applications[0] = application(u"billing"_s, 2);
            change(&evidence->applications[0]);
        }) << QString(u"billing (app3, pid 8112)"_s + what);
    };
    row(
            "transaction",
            [](ApplicationEvidence *one) {
                one->inTransaction = 1;
                one->longestTransaction = 725;
                one->reasons = {{u"transaction"_s, 1}};
            },
            u" keeps 1 session(s): open transaction, 12 min"_s);
    row(
            "pin",
            [](ApplicationEvidence *one) {
                one->pinned = 2;
                one->reasons = {{u"temporary_tables"_s, 1}, {u"user_variables"_s, 2}};
                one->idleHolder = 41;
            },
            u" keeps 2 session(s): temporary tables, user variables, idle for 41 s, until it "
            "closes the connection"_s);
    row(
            "results",
            [](ApplicationEvidence *one) {
                one->reasons = {{u"pending_results"_s, 1}};
            },
            u" keeps 2 session(s): pending results, until it has read its results"_s);
    row(
            "no replacement",
            [](ApplicationEvidence *one) {
                one->problems = {u"no replacement: 1045 Access denied"_s};
            },
            u" keeps 2 session(s): no replacement: 1045 Access denied"_s);
    row(
            "unaware", [](ApplicationEvidence *one) { one->generation = 3; },
            u": it has not noticed the drain, 2 session(s)"_s);
    row(
            "contrary", [](ApplicationEvidence *one) { one->inServiceIn = {u"orders"_s}; },
            u": it does not follow the drain: in service in pool orders, 2 session(s)"_s);
    row(
            "control off", [](ApplicationEvidence *one) { one->obeys = false; },
            u": it does not obey (CONTROL=off), 2 session(s)"_s);
    row(
            "silent",
            [](ApplicationEvidence *one) {
                one->isSilent = true;
                one->why = u"it does not answer in time"_s;
            },
            u": it is silent: it does not answer in time"_s);
    row(
            "no reason", [](ApplicationEvidence *) {}, u": 2 session(s)"_s);
    QTest::newRow("stranger") << EvidenceChange([](DrainEvidence *evidence) {
        evidence->serverList.rows = {{4, u"root"_s, u"localhost"_s}};
    }) << u"1 session(s) of clients that do not report here: root from localhost (1)"_s;
}

void tst_DrainObstacles::stalledNamesWhoAndWhy()
{
    QFETCH(EvidenceChange, change);
    QFETCH(QString, obstacle);
    DrainVerdict verdict(m_clock);
    DrainEvidence evidence = goodEvidence();
    change(&evidence);
    for (const quint64 id : std::as_const(evidence.applications[0].connectionIds))
        evidence.serverList.rows.append({id, u"app"_s, u"h:1"_s});
    const DrainAssessment assessment = watch(&verdict, evidence, 6);
    QCOMPARE(assessment.state, DrainState::Stalled);
    QCOMPARE(assessment.obstacles, QStringList{obstacle});
}

void tst_DrainObstacles::risingNumberIsNoStall()
{
    DrainVerdict verdict(m_clock);
    DrainEvidence evidence = goodEvidence();
    evidence.applications[0] = application(u"billing"_s, 2);
    QCOMPARE(watch(&verdict, evidence, 8).state, DrainState::Stalled);
    evidence.applications[0] = application(u"billing"_s, 3);
    QCOMPARE(watch(&verdict, evidence, 1).state, DrainState::Draining);
}

void tst_DrainObstacles::estimateNeedsThreeFallingSamples()
{
    DrainVerdict verdict(m_clock);
    DrainEvidence evidence = goodEvidence();
    const auto estimate = [&](int sessions) {
        m_clock.advance(1s);
        evidence.applications[0] = application(u"billing"_s, sessions);
        return verdict.assess(evidence).timeLeft;
    };
    QVERIFY(!estimate(40));
    QVERIFY(!estimate(35));
    QCOMPARE(estimate(30).value_or(0), 6.0);
    QCOMPARE(estimate(20).value_or(0), 20 * 2 / 15.0);
    QVERIFY2(!estimate(20), "none has left");
    QVERIFY(!estimate(19));
    QVERIFY(estimate(18).has_value());
    QVERIFY2(!estimate(25), "some have come");
    QVERIFY(!estimate(2));
    QVERIFY(estimate(1).has_value());
    QVERIFY2(!estimate(0), "nothing to wait for");
}

void tst_DrainObstacles::severalPoolsAreOneApplication()
{
    PeerReport peer;
    peer.address = {u"db1"_s, 3306};
    peer.identities = {u"Node1"_s};
    peer.sessions = 2;
    peer.longestTransaction = 3;
    peer.connectionIds = {1, 2};
    PeerReport other = peer;
    other.address = {u"db1.lan"_s, 3306};
    other.longestTransaction = 30;
    other.connectionIds = {3, 4};
    PeerReport elsewhere = peer;
    elsewhere.address = {u"db2"_s, 3306};
    elsewhere.identities.clear();
    KnownProcess process;
    process.report.emplace();
    process.report->generation = 5;
    process.report->pools = {{u"a"_s, Control::Local, {peer, elsewhere}},
                             {u"b"_s, Control::Off, {other}}};
    KnownProcess unconcerned;
    unconcerned.report.emplace();
    unconcerned.report->pools = {{u"a"_s, Control::Local, {elsewhere}}};
    KnownProcess nobody;
    nobody.presence = KnownProcess::Presence::Silent;

    const auto found = applicationsOn({u"db1:3306"_s, u"node1"_s}, {process, unconcerned, nobody});
    QCOMPARE(found.size(), 2);
    QCOMPARE(found.at(0).sessions, 4);
    QCOMPARE(found.at(0).connectionIds, (QSet<quint64>{1, 2, 3, 4}));
    QCOMPARE(found.at(0).longestTransaction.value_or(0), 30.0);
    QVERIFY(!found.at(0).obeys);
    QVERIFY(found.at(1).isSilent);
    QVERIFY(!found.at(1).hasReported);
}

void tst_DrainObstacles::whoGoesOnUsingThePeerDoesNotFollow()
{
    PeerReport peer;
    peer.address = {u"db1"_s, 3306};
    peer.service = Service::InService;
    PeerReport draining = peer;
    draining.service = Service::Draining;
    KnownProcess process;
    process.report.emplace();
    process.report->generation = 5;
    const auto inServiceIn = [&](const QList<PoolReport> &pools) {
        process.report->pools = pools;
        return applicationsOn({u"db1:3306"_s}, {process}).value(0).inServiceIn;
    };
    QCOMPARE(inServiceIn({{u"a"_s, Control::Local, {draining}}}), QStringList());
    QCOMPARE(inServiceIn({{u"a"_s, Control::Local, {peer}}}), QStringList{u"a"_s});
    QCOMPARE(inServiceIn({{u"a"_s, Control::Local, {draining}},
                          {u"b"_s, Control::Local, {peer, peer}}}),
             QStringList{u"b"_s});
    QCOMPARE(inServiceIn({{u"a"_s, Control::Off, {peer}}}), QStringList());

    DrainVerdict verdict(m_clock);
    DrainEvidence evidence = goodEvidence();
    process.report->pools = {{u"a"_s, Control::Local, {peer}}};
    evidence.applications = applicationsOn({u"db1:3306"_s}, {process});
    QVERIFY(!watch(&verdict, evidence, 20).isSafe());
    evidence.applications[0].generation = 4; // what it does is no wonder then
    const DrainCheck found = check(watch(&verdict, evidence, 1), u"applications"_s);
    QVERIFY2(!found.text.contains(u"follow"_s), qPrintable(found.text));
    process.report->pools = {{u"a"_s, Control::Local, {draining}}};
    evidence.applications = applicationsOn({u"db1:3306"_s}, {process});
    QVERIFY(watch(&verdict, evidence, 20).isSafe());
}

// It may have connected to the peer after it spoke last.
void tst_DrainObstacles::silentOnesAreConcerned()
{
    PeerReport elsewhere;
    elsewhere.address = {u"db2"_s, 3306};
    KnownProcess process;
    process.report.emplace();
    process.report->pools = {{u"a"_s, Control::Local, {elsewhere}}};
    const QStringList names{u"db1:3306"_s};
    QCOMPARE(applicationsOn(names, {process}).size(), 0);
    process.presence = KnownProcess::Presence::Silent;
    const auto found = applicationsOn(names, {process});
    QCOMPARE(found.size(), 1);
    QVERIFY(found.at(0).isSilent);
    QCOMPARE(found.at(0).sessions, 0);

    DrainVerdict verdict(m_clock);
    DrainEvidence evidence = goodEvidence();
    evidence.applications += found;
    evidence.serverList = {false, u"no PROCESS right"_s, {}};
    QCOMPARE(failed(watch(&verdict, evidence, 12)), QStringList{u"silent"_s});
}

void tst_DrainObstacles::ages_data()
{
    QTest::addColumn<double>("seconds");
    QTest::addColumn<QString>("text");
    QTest::newRow("nothing") << 0.2 << u"0 s"_s;
    QTest::newRow("seconds") << 41.4 << u"41 s"_s;
    QTest::newRow("minutes") << 725.0 << u"12 min"_s;
    QTest::newRow("hours") << 11100.0 << u"3 h 5 min"_s;
    QTest::newRow("days") << 353000.0 << u"4 d 2 h"_s;
    QTest::newRow("negative") << -5.0 << u"0 s"_s;
}

void tst_DrainObstacles::ages()
{
    QFETCH(double, seconds);
    QFETCH(QString, text);
    QCOMPARE(DrainTexts::age(seconds), text);
}

QTEST_GUILESS_MAIN(tst_DrainObstacles)
#include "tst_drainobstacles.moc"
