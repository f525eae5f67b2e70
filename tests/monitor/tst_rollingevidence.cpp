// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "rollingstepstest.h"
#include "scriptedsource.h"

#include "cluster/rollingplanning.h"

#include <cerrno>

/// What a rolling restart takes for a stop, a restart and an answer.
class tst_RollingEvidence : public RollingStepsTest
{
    Q_OBJECT

private Q_SLOTS:
    void init() { begin(); }
    void aClockThatIsSetIsNoRestart_data();
    void aClockThatIsSetIsNoRestart();
    void oneFailedProbeIsNoStop();
    void anErrorIsNoProofOfARestart();
    void whatAFailedProbeSays_data();
    void whatAFailedProbeSays();
    void aRequestWithoutAnAnswerTimesOut_data();
    void aRequestWithoutAnAnswerTimesOut();
};

void tst_RollingEvidence::aClockThatIsSetIsNoRestart_data()
{
    QTest::addColumn<double>("start"); // changes by so much
    QTest::addColumn<double>("uptime");
    QTest::addColumn<bool>("isRestarted");
    // MariaDB and MySQL measure the uptime by their clock, so that the start stays as it is.
    QTest::newRow("ahead") << 0.0 << 3600.0 << false;
    QTest::newRow("back") << 0.0 << -3600.0 << false;
    QTest::newRow("ahead, steady uptime") << 3600.0 << 0.0 << false;
    QTest::newRow("back, steady uptime") << -3600.0 << 0.0 << false;
    QTest::newRow("rounding") << 1.0 << -1.0 << false;
    QTest::newRow("restart") << 15.0 << -15.0 << true;
    QTest::newRow("restart, and the clock was set back") << -500.0 << -15.0 << true;
}

void tst_RollingEvidence::aClockThatIsSetIsNoRestart()
{
    QFETCH(double, start);
    QFETCH(double, uptime);
    QFETCH(bool, isRestarted);
    goTo(Step::Stop);
    m_clock.advance(60s);
    RollingObservation seen = draining(true);
    *seen.startedAt += start;
    *seen.uptime += uptime;
    QCOMPARE(m_machine->advance(seen), Action::None);
    QCOMPARE(step(), isRestarted ? Step::Health : Step::Stop);
    // The same of one that another run takes up.
    begin();
    m_generation = 0;
    goTo(Step::Stop);
    m_clock.advance(600s);
    m_machine = std::make_unique<RollingRestart>(m_machine->plan(), m_clock, 600);
    seen = draining(true);
    *seen.startedAt += start;
    *seen.uptime += uptime;
    seen.isCommandRunning = true;
    m_machine->advance(seen);
    QCOMPARE(step(), isRestarted ? Step::Health : Step::Stop);
}

void tst_RollingEvidence::oneFailedProbeIsNoStop()
{
    goTo(Step::Stop);
    becomeAProxy();
    RollingObservation proxy = draining(true);
    proxy.startedAt.reset();
    proxy.isCommandRunning = true;
    RollingObservation unknown = proxy; // no new probe
    unknown.reach = Reach::Unknown;
    QCOMPARE(after(1s, silent()), Action::None);
    QCOMPARE(step(), Step::Stop);
    QCOMPARE(after(1s, proxy), Action::None);
    QCOMPARE(after(1s, silent()), Action::None);
    QCOMPARE(after(1s, unknown), Action::None);
    QCOMPARE(step(), Step::Stop);
    QCOMPARE(after(1s, silent()), Action::None);
    QCOMPARE(step(), Step::Return);
    QCOMPARE(after(1s, proxy), Action::None);
    QCOMPARE(step(), Step::Health);
    QCOMPARE(after(1s, silent()), Action::None);
    QCOMPARE(step(), Step::Health);
    QCOMPARE(after(1s, gone()), Action::None); // refused
    QCOMPARE(step(), Step::Return);
}

void tst_RollingEvidence::anErrorIsNoProofOfARestart()
{
    goTo(Step::Return);
    RollingObservation error = draining(true);
    error.startedAt.reset();
    error.uptime.reset();
    error.isHealthy = false;
    QCOMPARE(after(1s, error), Action::None);
    QCOMPARE(step(), Step::Health);
    QCOMPARE(after(1s, draining(true)), Action::None);
    QCOMPARE(step(), Step::Stop);
}

void tst_RollingEvidence::whatAFailedProbeSays_data()
{
    QTest::addColumn<QString>("peer");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("text");
    QTest::addColumn<Reach>("reach");
    const QString refused = u"Can't connect to server on 'db1' (%1)"_s.arg(ECONNREFUSED);
    const QString noFile = u"Can't connect through socket (%1 \"No such file\")"_s.arg(ENOENT);
    const QString tcp = u"db1:3306"_s;
    const QString socket = u"localhost:/run/db1.sock"_s;
    QTest::newRow("refused") << tcp << 2003 << refused << Reach::Gone;
    QTest::newRow("refused, local") << socket << 2002 << refused << Reach::Gone;
    QTest::newRow("no socket") << socket << 2002 << noFile << Reach::Gone;
    QTest::newRow("no such host") << tcp << 2005 << u"Unknown server host"_s << Reach::Silent;
    QTest::newRow("time-out") << tcp << 2003 << u"Can't connect (%1)"_s.arg(ETIMEDOUT)
                              << Reach::Silent;
    QTest::newRow("closed") << tcp << 2013 << u"Lost connection"_s << Reach::Silent;
    QTest::newRow("too many connections")
            << tcp << 1040 << u"Too many connections"_s << Reach::Answers;
    QTest::newRow("shuts down") << tcp << 1053 << u"Server shutdown"_s << Reach::Answers;
}

void tst_RollingEvidence::whatAFailedProbeSays()
{
    QFETCH(QString, peer);
    QFETCH(int, code);
    QFETCH(QString, text);
    PoolView pool;
    pool.name = u"orders"_s;
    pool.peers = {ScriptedSource::peer(peer)};
    PeerProbe probe;
    probe.peer = pool.peers.constFirst().address;
    probe.when = Clock::steady().now();
    probe.failure = ConnectFailure();
    probe.failure->code = code;
    probe.failure->text = text;
    probe.failure->errorClass = ErrorClass::Down;
    pool.peers[0].probe = probe;
    ClusterView view;
    view.pools = {pool};
    QTEST(rollingObservationOf(view, peer, probe.when - 1s).reach, "reach");
    QCOMPARE(rollingObservationOf(view, peer, probe.when).reach, Reach::Unknown);
}

void tst_RollingEvidence::aRequestWithoutAnAnswerTimesOut_data()
{
    QTest::addColumn<Step>("of");
    QTest::addColumn<double>("limit");
    QTest::newRow("drain") << Step::Drain << RollingLimits().drain;
    QTest::newRow("resume") << Step::Resume << RollingLimits().resume;
}

void tst_RollingEvidence::aRequestWithoutAnAnswerTimesOut()
{
    QFETCH(Step, of);
    QFETCH(double, limit);
    const auto time = std::chrono::milliseconds(qint64(limit * 1000));
    if (of == Step::Drain) {
        QCOMPARE(after(1s, up()), Action::Drain);
    } else {
        goTo(Step::Health);
        QCOMPARE(after(1s, draining(true, 1020)), Action::None);
        QCOMPARE(after(RollingRestart::SettleTime, draining(true, 1020)), Action::Resume);
    }
    QCOMPARE(step(), of);
    QCOMPARE(after(time - 1s, draining(true, 1020)), Action::None);
    QCOMPARE(after(1s, draining(true, 1020)), Action::Fail);
    QCOMPARE(m_machine->failure(), Failure::TimedOut);
    QCOMPARE(m_machine->plan().state, State::Failed);
    QVERIFY(m_machine->plan().failure.contains("db1:3306"_L1));
}

QTEST_GUILESS_MAIN(tst_RollingEvidence)
#include "tst_rollingevidence.moc"
