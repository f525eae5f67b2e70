// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "rollingstepstest.h"

/// The state machine of rolling restarts, on scripted observations.
class tst_RollingSteps : public RollingStepsTest
{
    Q_OBJECT

private Q_SLOTS:
    void init() { begin(); }
    void goesThroughAllSteps();
    void noticesARestartThatWasNeverSeen();
    void aThawedServerWasNotRestarted();
    void asksThePersonWithoutACommand();
    void failsAtAStep_data();
    void failsAtAStep();
    void timesOut_data();
    void timesOut();
    void settlesForAWhile();
    void continues_data();
    void continues();
};

void tst_RollingSteps::goesThroughAllSteps()
{
    for (const Step wanted :
         {Step::Check, Step::Drain, Step::Stop, Step::Return, Step::Health, Step::Resume}) {
        begin();
        goTo(wanted);
        if (QTest::currentTestFailed())
            return;
        QCOMPARE(step(), wanted);
    }
    RollingObservation seen = up(1020);
    seen.away = {u"billing (pid 7)"_s};
    QCOMPARE(after(1s, seen), Action::None);
    QCOMPARE(step(), Step::Resume);
    QCOMPARE(after(1s, up(1020)), Action::None);
    QCOMPARE(step(), Step::Done);
    const RollingPeer first = m_machine->plan().peers.constFirst();
    QCOMPARE(first.seconds.value(Step::Drain), 13);
    QCOMPARE(first.seconds.value(Step::Stop), 1);
    QCOMPARE(first.seconds.value(Step::Return), 3);
    QCOMPARE(first.seconds.value(Step::Health), 3);
    QCOMPARE(first.seconds.value(Step::Resume), 2);
    // The second.
    QCOMPARE(after(1s, up(500)), Action::Drain);
    m_machine->drained({}, request(Service::Draining, m_generation = 3));
    QCOMPARE(after(10s, draining(true, 500)), Action::RunCommand);
    QCOMPARE(after(1s, gone()), Action::None);
    QCOMPARE(after(1s, draining(true, 550)), Action::None);
    QCOMPARE(after(1s, draining(true, 550)), Action::None);
    QCOMPARE(after(3s, draining(true, 550)), Action::Resume);
    m_machine->resumed({}, request(Service::InService, 4));
    QCOMPARE(after(1s, draining(true, 550)), Action::None); // from before the request
    QCOMPARE(after(1s, up(550)), Action::Finish);
    QCOMPARE(m_machine->plan().state, State::Finished);
    QVERIFY(!m_machine->plan().current());
    QCOMPARE(after(1s, up(550)), Action::None);
}

void tst_RollingSteps::noticesARestartThatWasNeverSeen()
{
    goTo(Step::Stop);
    QCOMPARE(after(1s, draining(true, 1001)), Action::None); // rounding
    QCOMPARE(step(), Step::Stop);
    QCOMPARE(after(1s, draining(true, 1016)), Action::None);
    QCOMPARE(step(), Step::Health);
}

void tst_RollingSteps::aThawedServerWasNotRestarted()
{
    goTo(Step::Return);
    QCOMPARE(after(1s, draining(true, 1000)), Action::None);
    QCOMPARE(step(), Step::Stop);
    begin();
    goTo(Step::Drain);
    RollingObservation proxy = draining(true);
    proxy.startedAt.reset();
    becomeAProxy();
    QCOMPARE(after(1s, proxy), Action::RunCommand);
    QCOMPARE(after(1s, gone()), Action::None);
    QCOMPARE(after(1s, proxy), Action::None);
    QCOMPARE(step(), Step::Health);
}

void tst_RollingSteps::asksThePersonWithoutACommand()
{
    begin({});
    after(1s, up());
    m_machine->drained({}, request(Service::Draining, m_generation = 1));
    QCOMPARE(after(1s, draining(true)), Action::AskToStop);
    QCOMPARE(after(1s, draining(true)), Action::None); // once
}

void tst_RollingSteps::failsAtAStep_data()
{
    QTest::addColumn<Step>("at");
    QTest::addColumn<RollingObservation>("seen");
    QTest::addColumn<Failure>("failure");
    QTest::addColumn<State>("state");
    const auto with = [](RollingObservation seen, const auto &change) {
        change(seen);
        return seen;
    };
    const auto othersDrain = [](RollingObservation &seen) { seen.draining = {u"db3 by bob"_s}; };
    const auto byBob = [](RollingObservation &seen) {
        seen.entry = request(Service::Draining, 9, u"bob@admin2"_s);
    };
    const auto resumed = [](RollingObservation &seen) {
        seen.entry = request(Service::InService, 9, u"bob@admin2"_s);
    };
    m_generation = 1;
    QTest::newRow("another drain at first")
            << Step::Check << with(up(), othersDrain) << Failure::Refused << State::Aborted;
    QTest::newRow("drained by another at first")
            << Step::Check << with(up(), byBob) << Failure::Refused << State::Aborted;
    QTest::newRow("another drain meanwhile")
            << Step::Drain << with(draining(), othersDrain) << Failure::Refused << State::Failed;
    QTest::newRow("safe, but another drain") << Step::Drain << with(draining(true), othersDrain)
                                             << Failure::Refused << State::Failed;
    QTest::newRow("resumed while it drains")
            << Step::Drain << with(draining(), resumed) << Failure::Changed << State::Failed;
    QTest::newRow("drained anew by another")
            << Step::Drain << with(draining(true), byBob) << Failure::Changed << State::Failed;
    QTest::newRow("resumed before it stopped")
            << Step::Stop << with(draining(true), resumed) << Failure::Changed << State::Failed;
    QTest::newRow("drained by another while it is resumed")
            << Step::Resume << with(up(1020), byBob) << Failure::Changed << State::Failed;
}

void tst_RollingSteps::failsAtAStep()
{
    QFETCH(Step, at);
    QFETCH(RollingObservation, seen);
    QFETCH(Failure, failure);
    QFETCH(State, state);
    goTo(at);
    if (QTest::currentTestFailed())
        return;
    QCOMPARE(after(1s, seen), Action::Fail);
    QCOMPARE(m_machine->failure(), failure);
    QCOMPARE(m_machine->plan().state, state);
    QVERIFY(!m_machine->plan().failure.isEmpty());
    QCOMPARE(after(1s, draining(true)), Action::None); // never goes on
    QCOMPARE(after(1s, up(1020)), Action::None);
    QCOMPARE(m_machine->plan().peers.at(1).step, Step::Check);
}

void tst_RollingSteps::timesOut_data()
{
    QTest::addColumn<Step>("at");
    QTest::addColumn<RollingObservation>("seen");
    QTest::addColumn<double>("limit");
    m_generation = 1;
    RollingObservation unproven = up();
    unproven.unproven = {u"db3:3306 (Down)"_s};
    RollingObservation ill = draining(true, 1020);
    ill.isHealthy = false;
    RollingObservation away = up(1020);
    away.away = {u"billing (pid 7)"_s};
    RollingObservation running = draining(true, 1020);
    running.isCommandRunning = true;
    const RollingLimits limits;
    QTest::newRow("proof") << Step::Check << unproven << double(RollingRestart::ProofTime.count());
    QTest::newRow("drain") << Step::Drain << draining() << limits.drain;
    QTest::newRow("stop") << Step::Stop << draining(true) << limits.stop;
    QTest::newRow("start") << Step::Return << gone() << limits.start;
    QTest::newRow("sync") << Step::Health << ill << limits.sync;
    QTest::newRow("command") << Step::Health << running << limits.sync;
    QTest::newRow("resume") << Step::Resume << away << limits.resume;
}

void tst_RollingSteps::timesOut()
{
    QFETCH(Step, at);
    QFETCH(RollingObservation, seen);
    QFETCH(double, limit);
    goTo(at);
    if (QTest::currentTestFailed())
        return;
    const auto time = std::chrono::milliseconds(qint64(limit * 1000));
    QCOMPARE(after(time - 1s, seen), Action::None);
    QCOMPARE(step(), at);
    QCOMPARE(after(1s, seen), Action::Fail);
    QCOMPARE(m_machine->failure(), at == Step::Check ? Failure::Refused : Failure::TimedOut);
}

void tst_RollingSteps::settlesForAWhile()
{
    goTo(Step::Health);
    RollingObservation ill = draining(true, 1020);
    ill.isHealthy = false;
    QCOMPARE(after(1s, draining(true, 1020)), Action::None);
    QCOMPARE(after(1s, ill), Action::None);
    QCOMPARE(after(1s, draining(true, 1020)), Action::None); // counts anew
    QCOMPARE(after(1900ms, draining(true, 1020)), Action::None);
    QCOMPARE(after(1s, gone()), Action::None);
    QCOMPARE(step(), Step::Return);
}

void tst_RollingSteps::continues_data()
{
    QTest::addColumn<Step>("at");
    QTest::addColumn<RollingObservation>("seen");
    QTest::addColumn<Step>("step");
    QTest::addColumn<Action>("action");
    m_generation = 1;
    RollingObservation running = draining(true);
    running.isCommandRunning = true;
    QTest::newRow("not drained yet") << Step::Drain << up() << Step::Check << Action::None;
    QTest::newRow("draining") << Step::Drain << draining() << Step::Drain << Action::None;
    QTest::newRow("not stopped: must be safe again")
            << Step::Stop << draining(true) << Step::Drain << Action::None;
    QTest::newRow("the command runs") << Step::Stop << running << Step::Stop << Action::None;
    QTest::newRow("gone meanwhile") << Step::Stop << gone() << Step::Return << Action::None;
    QTest::newRow("restarted meanwhile")
            << Step::Stop << draining(true, 1020) << Step::Health << Action::None;
    QTest::newRow("still away") << Step::Return << gone() << Step::Return << Action::None;
    QTest::newRow("not resumed yet")
            << Step::Resume << draining(true, 1020) << Step::Resume << Action::Resume;
    QTest::newRow("resumed") << Step::Resume << up(1020) << Step::Done << Action::None;
}

void tst_RollingSteps::continues()
{
    QFETCH(Step, at);
    QFETCH(RollingObservation, seen);
    goTo(at);
    if (QTest::currentTestFailed())
        return;
    RollingPlan plan = m_machine->plan();
    if (at == Step::Resume)
        plan.peers[0].resumed = 0; // was not noted
    m_machine = std::make_unique<RollingRestart>(plan, m_clock, 100);
    QTEST(after(1s, seen), "action");
    QTEST(step(), "step");
    QVERIFY(m_machine->plan().peers.at(0).seconds.value(at) >= 101);
    if (at == Step::Stop && step() == Step::Drain)
        QCOMPARE(after(1s, seen), Action::RunCommand); // again, since it did nothing
}

QTEST_GUILESS_MAIN(tst_RollingSteps)
#include "tst_rollingsteps.moc"
