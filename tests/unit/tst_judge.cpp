// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "health/judge.h"

#include <QtTest/QtTest>

using namespace qproxysql;

Q_DECLARE_METATYPE(qproxysql::ErrorClass)
Q_DECLARE_METATYPE(qproxysql::Judgement)

namespace {

using enum AfterConnectFailure;

constexpr Health AllHealth[] = {Health::Unknown, Health::Up,           Health::Suspect,
                                Health::Down,    Health::NotReady,     Health::Overloaded,
                                Health::Blocked, Health::Misconfigured};

} // namespace

class tst_Judge : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void failedConnectWhateverItWas_data();
    void failedConnectWhateverItWas();
    void goodConnectIsUp();
    void refusalOfALoginNeverMarksDown();
    void ownFaultChangesNothing();
    void answersOutweighATimeOut();
    void readOnlyPeersRestWhileOthersServe();
    void lossDuringAStatement();
    void lossNeverImproves();
    void statementErrors_data();
    void statementErrors();
    void secondStrike();
};

void tst_Judge::failedConnectWhateverItWas_data()
{
    QTest::addColumn<ErrorClass>("errorClass");
    QTest::addColumn<Health>("health");
    QTest::addColumn<Recheck>("recheck");
    const auto row = [](const char *name, ErrorClass errorClass, Health health, Recheck recheck) {
        QTest::newRow(name) << errorClass << health << recheck;
    };
    row("down", ErrorClass::Down, Health::Down, Recheck::BackOff);
    row("name", ErrorClass::NameResolution, Health::Down, Recheck::BackOff);
    row("not ready", ErrorClass::NotReady, Health::NotReady, Recheck::Soon);
    row("overload", ErrorClass::Overload, Health::Overloaded, Recheck::Pause);
    row("blocked", ErrorClass::Blocked, Health::Blocked, Recheck::Long);
    row("TLS", ErrorClass::TlsCertificate, Health::Misconfigured, Recheck::Steady);
    row("soft", ErrorClass::Soft, Health::Suspect, Recheck::BackOff);
    row("lost while asking", ErrorClass::AnswerLost, Health::Down, Recheck::BackOff);
    row("proxy without backend", ErrorClass::BackendLost, Health::NotReady, Recheck::Soon);
}

void tst_Judge::failedConnectWhateverItWas()
{
    QFETCH(ErrorClass, errorClass);
    QFETCH(Health, health);
    QFETCH(Recheck, recheck);
    for (const Health before : AllHealth) {
        QCOMPARE(judge(before, {.errorClass = errorClass}), (Judgement{health, recheck, NextPeer}));
    }
}

void tst_Judge::goodConnectIsUp()
{
    for (const Health before : AllHealth)
        QCOMPARE(judge(before, {}), (Judgement{Health::Up, Recheck::Never}));
}

void tst_Judge::refusalOfALoginNeverMarksDown()
{
    for (const ErrorClass errorClass : {ErrorClass::Login, ErrorClass::Configuration}) {
        for (const Health before : AllHealth) {
            const Health after = before == Health::Up ? Health::Up : Health::Unknown;
            QCOMPARE(judge(before, {.errorClass = errorClass}),
                     (Judgement{after, Recheck::Never, OnePeerMore}));
        }
    }
}

void tst_Judge::ownFaultChangesNothing()
{
    for (const Health before : AllHealth) {
        const Judgement verdict = judge(before, {.errorClass = ErrorClass::Local});
        QCOMPARE(verdict.health, before);
        QCOMPARE(verdict.action, Stop);
        // What was to be probed stays to be probed.
        const bool isUsable = before == Health::Up || before == Health::Unknown;
        QCOMPARE(verdict.recheck == Recheck::Never, isUsable);
    }
}

void tst_Judge::answersOutweighATimeOut()
{
    Observation seen{.errorClass = ErrorClass::Down, .timedOut = true, .answeredMeanwhile = true};
    QCOMPARE(judge(Health::Up, seen), (Judgement{Health::Suspect, Recheck::BackOff, NextPeer}));
    seen.answeredMeanwhile = false;
    QCOMPARE(judge(Health::Up, seen).health, Health::Down);
    // Refused is refused, whoever is served still.
    seen = {.errorClass = ErrorClass::Down, .answeredMeanwhile = true};
    QCOMPARE(judge(Health::Up, seen).health, Health::Down);
}

void tst_Judge::readOnlyPeersRestWhileOthersServe()
{
    QCOMPARE(judge(Health::NotReady, {.refusesWrites = true, .othersServe = true}),
             (Judgement{Health::NotReady, Recheck::Soon}));
    QCOMPARE(judge(Health::NotReady, {.refusesWrites = true, .othersServe = false}),
             (Judgement{Health::Up, Recheck::Soon}));
    const Observation refused{.stage = Stage::Statement, .errorClass = ErrorClass::ReadOnly};
    QCOMPARE(judge(Health::Up, refused), (Judgement{Health::NotReady, Recheck::Soon}));
}

void tst_Judge::lossDuringAStatement()
{
    for (const auto errorClass : {ErrorClass::NotSent, ErrorClass::AnswerLost}) {
        QCOMPARE(judge(Health::Up, {.stage = Stage::Statement, .errorClass = errorClass}),
                 (Judgement{Health::Suspect, Recheck::Now}));
    }
}

void tst_Judge::lossNeverImproves()
{
    for (const Health before :
         {Health::Down, Health::NotReady, Health::Blocked, Health::Misconfigured}) {
        const Judgement verdict = judge(before, {.stage = Stage::Statement,
                                                 .errorClass = ErrorClass::AnswerLost});
        QCOMPARE(verdict.health, before);
        QVERIFY(verdict.recheck != Recheck::Never);
    }
}

void tst_Judge::statementErrors_data()
{
    QTest::addColumn<ErrorClass>("errorClass");
    QTest::addColumn<Judgement>("expected");
    const auto row = [](const char *name, ErrorClass errorClass, const Judgement &expected) {
        QTest::newRow(name) << errorClass << expected;
    };
    row("shutdown", ErrorClass::ShuttingDown, {Health::Down, Recheck::BackOff});
    row("WSREP", ErrorClass::RefusedNotReady, {Health::NotReady, Recheck::Soon});
    row("killed", ErrorClass::Killed, {Health::Up, Recheck::Now});
    row("first strike", ErrorClass::BackendLost, {Health::Up, Recheck::Now});
    row("idle", ErrorClass::IdleTimeout, {Health::Up, Recheck::Never});
    row("conflict", ErrorClass::Conflict, {Health::Up, Recheck::Never});
    row("disk", ErrorClass::DiskFull, {Health::Up, Recheck::Never});
    row("own", ErrorClass::StatementsOwn, {Health::Up, Recheck::Never});
}

void tst_Judge::statementErrors()
{
    QFETCH(ErrorClass, errorClass);
    QFETCH(Judgement, expected);
    QCOMPARE(judge(Health::Up, {.stage = Stage::Statement, .errorClass = errorClass}), expected);
}

void tst_Judge::secondStrike()
{
    const Observation seen{.stage = Stage::Statement,
                           .errorClass = ErrorClass::BackendLost,
                           .isRepeated = true};
    QCOMPARE(judge(Health::Up, seen), (Judgement{Health::Suspect, Recheck::Now}));
}

QTEST_GUILESS_MAIN(tst_Judge)
#include "tst_judge.moc"
