// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "drainverdicttest.h"

/// From the request to safe to stop.
class tst_DrainVerdict : public DrainVerdictTest
{
    Q_OBJECT

private Q_SLOTS:
    void inService();
    void wholeWay();
    void eachCheckMakesItUnsafe_data();
    void eachCheckMakesItUnsafe();
    void silentOnesMayHaveLeft_data();
    void silentOnesMayHaveLeft();
    void acceptedSilenceIsRecorded();
    void newSessionSendsItBack();
    void quietMustBeWatched();
    void newerDrainBeginsAnew();
    void progressIsThatOfTheDrain();
    void nothingSeenIsNotSafe();
    void ownConnectionsDoNotCount();
};

void tst_DrainVerdict::inService()
{
    DrainVerdict verdict(m_clock);
    DrainEvidence evidence = goodEvidence();
    evidence.isDraining = false;
    evidence.applications[0] = application(u"billing"_s, 4);
    const DrainAssessment assessment = watch(&verdict, evidence, 20);
    QCOMPARE(assessment.state, DrainState::InService);
    QCOMPARE(assessment.left, 4);
    QVERIFY(assessment.checks.isEmpty());
    QVERIFY(!assessment.isSafe());
}

void tst_DrainVerdict::wholeWay()
{
    DrainVerdict verdict(m_clock);
    DrainEvidence evidence = goodEvidence();
    evidence.applications[0] = application(u"billing"_s, 41);
    evidence.applications[0].generation = 4;
    DrainAssessment assessment = watch(&verdict, evidence, 1);
    QCOMPARE(assessment.state, DrainState::Requested);
    QCOMPARE(check(assessment, u"applications"_s).text,
             u"1 of 2 application(s) know, not yet billing (app3, pid 8112)"_s);

    evidence.applications[0] = application(u"billing"_s, 7);
    assessment = watch(&verdict, evidence, 2);
    QCOMPARE(assessment.state, DrainState::Draining);
    QCOMPARE(assessment.left, 7);
    QCOMPARE(assessment.peak, 41);
    QCOMPARE(check(assessment, u"sessions"_s).text, u"7 session(s) left in 1 application(s)"_s);
    assessment = watch(&verdict, evidence, 5);
    QCOMPARE(assessment.state, DrainState::Stalled);

    evidence.applications[0] = application(u"billing"_s, 1);
    assessment = watch(&verdict, evidence, 1);
    QCOMPARE(assessment.state, DrainState::Draining);
    evidence.applications[0] = application(u"billing"_s);
    assessment = watch(&verdict, evidence, 9);
    QCOMPARE(assessment.state, DrainState::Empty);
    QCOMPARE(failed(assessment), QStringList{u"quiet"_s});
    QCOMPARE(check(assessment, u"quiet"_s).text, u"quiet 9 of 10 s"_s);
    assessment = watch(&verdict, evidence, 1);
    QCOMPARE(assessment.state, DrainState::SafeToStop);
    QCOMPARE(failed(assessment), QStringList());

    evidence.reach = DrainEvidence::Reach::NotReached;
    evidence.serverList = {false, u"2002 refused"_s, {}};
    assessment = watch(&verdict, evidence, 1);
    QCOMPARE(assessment.state, DrainState::Stopped);
    QCOMPARE(check(assessment, u"server"_s).state, DrainCheck::State::NotChecked);
    QCOMPARE(check(assessment, u"server"_s).text, u"server's list not checked: 2002 refused"_s);
    QCOMPARE(assessment.peak, 41);
    evidence = goodEvidence();
    QCOMPARE(watch(&verdict, evidence, 1).state, DrainState::SafeToStop);
    evidence.isDraining = false;
    QCOMPARE(watch(&verdict, evidence, 1).state, DrainState::InService);
}

void tst_DrainVerdict::eachCheckMakesItUnsafe_data()
{
    QTest::addColumn<EvidenceChange>("change");
    QTest::addColumn<QStringList>("fails");
    QTest::addColumn<DrainState>("state");
    QTest::addColumn<QString>("text");
    const auto row = [](const char *name, const EvidenceChange &change, const QStringList &fails,
                        DrainState state, const QString &text) {
        QTest::newRow(name) << change << fails << state << text;
    };
    row(
            "applications", [](DrainEvidence *e) { e->applications[1].generation = 4; },
            {u"applications"_s}, DrainState::Empty,
            u"1 of 2 application(s) know, not yet shop (app3, pid 8112)"_s);
    row(
            "resumed by its application",
            [](DrainEvidence *e) {
                e->applications[1].inServiceIn = {u"orders"_s, u"stock"_s};
            },
            {u"applications"_s}, DrainState::Empty,
            u"2 of 2 application(s) know; shop (app3, pid 8112) does not follow it: in service in "
            "pool orders, stock"_s);
    row(
            "sessions", [](DrainEvidence *e) { e->applications[1] = application(u"shop"_s, 1); },
            {u"sessions"_s, u"quiet"_s}, DrainState::Draining,
            u"1 session(s) left in 1 application(s)"_s);
    row(
            "sessions without control",
            [](DrainEvidence *e) {
                e->applications[1] = application(u"shop"_s, 1);
                e->applications[1].obeys = false;
            },
            {u"sessions"_s, u"quiet"_s}, DrainState::Draining,
            u"1 session(s) left in 1 application(s)"_s);
    row(
            "server",
            [](DrainEvidence *e) {
                e->serverList.rows = {{9, u"app"_s, u"10.0.0.3:4711"_s},
                                      {8, u"app"_s, u"10.0.0.3:4712"_s}};
            },
            {u"server"_s, u"quiet"_s}, DrainState::Draining,
            u"server lists 2 session(s): app from 10.0.0.3 (2)"_s);
    row(
            "silent",
            [](DrainEvidence *e) {
                e->serverList = {false, u"no PROCESS right"_s, {}};
                e->applications[1].isSilent = true;
            },
            {u"silent"_s}, DrainState::Empty, u"1 application(s) silent: shop (app3, pid 8112)"_s);
    row(
            "silent, never heard of",
            [](DrainEvidence *e) {
                e->serverList.isChecked = false;
                ApplicationEvidence unknown;
                unknown.process.id = u"Xy1"_s;
                unknown.isSilent = true;
                e->applications.append(unknown);
            },
            {u"silent"_s}, DrainState::Empty, u"1 application(s) silent: Xy1"_s);
    row(
            "others", [](DrainEvidence *e) { e->otherPeersUp = 0; }, {u"others"_s},
            DrainState::Empty, u"no other peer is up"_s);
}

void tst_DrainVerdict::eachCheckMakesItUnsafe()
{
    QFETCH(EvidenceChange, change);
    QFETCH(QStringList, fails);
    QFETCH(DrainState, state);
    QFETCH(QString, text);
    DrainVerdict verdict(m_clock);
    QVERIFY(watch(&verdict, goodEvidence(), 10).isSafe());
    DrainEvidence evidence = goodEvidence();
    change(&evidence);
    const DrainAssessment assessment = watch(&verdict, evidence, 1);
    QCOMPARE(failed(assessment), fails);
    QVERIFY(!assessment.isSafe());
    QCOMPARE(assessment.state, state);
    QCOMPARE(check(assessment, fails.constFirst()).text, text);
    // Set right, it is safe as soon as it has been quiet.
    QVERIFY(watch(&verdict, goodEvidence(), 11).isSafe());
}

void tst_DrainVerdict::silentOnesMayHaveLeft_data()
{
    QTest::addColumn<bool>("hasReported");
    QTest::addColumn<int>("sessions");
    QTest::addColumn<QList<int>>("listed"); ///< -1: a stranger's; else index of its ids
    QTest::addColumn<bool>("isSilentFailed");
    QTest::newRow("list empty") << true << 2 << QList<int>() << false;
    QTest::newRow("still there") << true << 2 << QList<int>{1} << true;
    QTest::newRow("only others there") << true << 2 << QList<int>{-1} << false;
    QTest::newRow("had none, others there") << true << 0 << QList<int>{-1} << false;
    QTest::newRow("never heard of, list empty") << false << 0 << QList<int>() << false;
    QTest::newRow("never heard of, others there") << false << 0 << QList<int>{-1} << true;
}

void tst_DrainVerdict::silentOnesMayHaveLeft()
{
    QFETCH(bool, hasReported);
    QFETCH(int, sessions);
    QFETCH(QList<int>, listed);
    QFETCH(bool, isSilentFailed);
    DrainVerdict verdict(m_clock);
    DrainEvidence evidence = goodEvidence();
    ApplicationEvidence &application = evidence.applications[1];
    application = tst_DrainVerdict::application(u"shop"_s, sessions);
    application.isSilent = true;
    application.hasReported = hasReported;
    const QList<quint64> ids = application.connectionIds.values();
    for (const int index : listed)
        evidence.serverList.rows.append({index < 0 ? 99 : ids.at(index), u"app"_s, u"h:1"_s});
    const DrainAssessment assessment = watch(&verdict, evidence, 12);
    QCOMPARE(failed(assessment).contains(u"silent"_s), isSilentFailed);
    QCOMPARE(assessment.isSafe(), listed.isEmpty());
    if (!isSilentFailed)
        QVERIFY(check(assessment, u"silent"_s)
                        .text.contains(u"gone, as the server's list shows: shop (app3"_s));
}

void tst_DrainVerdict::acceptedSilenceIsRecorded()
{
    DrainVerdict verdict(m_clock);
    DrainEvidence evidence = goodEvidence();
    evidence.serverList = {false, u"no right"_s, {}};
    evidence.applications[1] = application(u"shop"_s, 3);
    evidence.applications[1].isSilent = true;
    DrainAssessment assessment = watch(&verdict, evidence, 12);
    QCOMPARE(assessment.left, 3);
    QVERIFY(!assessment.isSafe());
    evidence.acceptSilent = true;
    assessment = watch(&verdict, evidence, 10);
    QVERIFY(assessment.isSafe());
    QCOMPARE(check(assessment, u"silent"_s).text,
             u"1 silent application(s) passed over, as the operator wants it (accept silent): "
             "shop (app3, pid 8112)"_s);
    evidence.serverList = {true, {}, {{1, u"app"_s, u"h:1"_s}}};
    QVERIFY2(!watch(&verdict, evidence, 1).isSafe(), "what the server shows is not passed over");
}

void tst_DrainVerdict::newSessionSendsItBack()
{
    DrainVerdict verdict(m_clock);
    QCOMPARE(watch(&verdict, goodEvidence(), 60).state, DrainState::SafeToStop);
    DrainEvidence evidence = goodEvidence();
    evidence.applications[0] = application(u"billing"_s, 1);
    QCOMPARE(watch(&verdict, evidence, 1).state, DrainState::Draining);
    const DrainAssessment assessment = watch(&verdict, goodEvidence(), 9);
    QCOMPARE(assessment.state, DrainState::Empty);
    QCOMPARE(watch(&verdict, goodEvidence(), 1).state, DrainState::SafeToStop);
}

void tst_DrainVerdict::quietMustBeWatched()
{
    DrainVerdict verdict(m_clock);
    verdict.assess(goodEvidence());
    m_clock.advance(30s);
    const DrainAssessment assessment = verdict.assess(goodEvidence());
    QCOMPARE(assessment.state, DrainState::Empty);
    QCOMPARE(check(assessment, u"quiet"_s).text, u"quiet 0 of 10 s"_s);
    QVERIFY(watch(&verdict, goodEvidence(), 10).isSafe());
}

void tst_DrainVerdict::newerDrainBeginsAnew()
{
    DrainVerdict verdict(m_clock);
    DrainEvidence evidence = goodEvidence();
    evidence.applications[0] = application(u"billing"_s, 30);
    watch(&verdict, evidence, 1);
    QCOMPARE(watch(&verdict, goodEvidence(), 10).peak, 30);
    evidence = goodEvidence();
    evidence.generation = 6;
    const DrainAssessment assessment = watch(&verdict, evidence, 1);
    QCOMPARE(assessment.peak, 0);
    QCOMPARE(assessment.state, DrainState::Requested);
    QCOMPARE(watch(&verdict, evidence, 5).state, DrainState::Empty);
}

// Who begins to watch in the middle has not seen how many there were.
void tst_DrainVerdict::progressIsThatOfTheDrain()
{
    DrainEvidence evidence = goodEvidence();
    evidence.applications[0] = application(u"billing"_s, 1);
    evidence.sessionsBefore = 41;
    DrainVerdict told(m_clock);
    QCOMPARE(watch(&told, evidence, 1).peak, 41);
    evidence.sessionsBefore = std::nullopt;
    DrainVerdict untold(m_clock);
    QCOMPARE(watch(&untold, evidence, 1).peak, 0);
    evidence.sessionsBefore = 0; // it has just begun
    DrainVerdict begun(m_clock);
    QCOMPARE(watch(&begun, evidence, 1).peak, 1);
}

void tst_DrainVerdict::nothingSeenIsNotSafe()
{
    DrainVerdict verdict(m_clock);
    DrainEvidence evidence = goodEvidence();
    evidence.applications.clear();
    QVERIFY2(watch(&verdict, evidence, 10).isSafe(), "the server's list alone will do");
    evidence.serverList.isChecked = false;
    DrainAssessment assessment = watch(&verdict, evidence, 30);
    QVERIFY(!assessment.isSafe());
    QCOMPARE(failed(assessment), QStringList());
    for (const QString &name : {u"applications"_s, u"sessions"_s, u"server"_s, u"quiet"_s})
        QCOMPARE(check(assessment, name).state, DrainCheck::State::NotChecked);
    evidence.otherPeersUp.reset();
    QCOMPARE(check(watch(&verdict, evidence, 1), u"others"_s).state, DrainCheck::State::NotChecked);
}

void tst_DrainVerdict::ownConnectionsDoNotCount()
{
    DrainVerdict verdict(m_clock);
    DrainEvidence evidence = goodEvidence();
    evidence.serverList.rows = {{12, u"monitor"_s, u"h:1"_s}};
    QVERIFY(!watch(&verdict, evidence, 20).isSafe());
    evidence.ownIds = {12};
    QVERIFY(watch(&verdict, evidence, 10).isSafe());
}

QTEST_GUILESS_MAIN(tst_DrainVerdict)
#include "tst_drainverdict.moc"
