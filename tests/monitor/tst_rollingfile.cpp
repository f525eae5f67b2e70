// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "rolling/rollingfile.h"

#include <QtCore/QProcess>
#include <QtCore/QTemporaryDir>
#include <QtTest/QtTest>

#include <csignal>

using namespace qproxysql;
using namespace Qt::StringLiterals;

using Step = RollingPeer::Step;
using State = RollingPlan::State;

/// What is kept of a rolling restart, and what it keeps others from.
class tst_RollingFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aCopyOfThePlanStays();
    void keepsAllInTheFile();
    void refusesADamagedFile();
    void guardsOtherDrains();
    void onlyOneIsCarriedOut();
    void knowsItsOwnDrain_data();
    void knowsItsOwnDrain();
    void knowsItsProcess();

private:
    /// Db1 is done, db2 has stopped.
    static RollingPlan plan();
};

RollingPlan tst_RollingFile::plan()
{
    RollingPlan plan;
    plan.by = u"alice@admin1"_s;
    plan.at = QDateTime(QDate(2026, 11, 28), QTime(14, 0), Qt::UTC);
    plan.reason = u"kernel update"_s;
    plan.pools = {u"orders"_s};
    plan.controlSchema = u"qproxysql"_s;
    plan.command = u"restart \"$QPROXYSQL_HOST\""_s;
    plan.limits.stop = 7;
    plan.failure = u"no"_s;
    RollingPeer done;
    done.peer = u"db1:3306"_s;
    done.step = Step::Done;
    done.seconds = {{Step::Drain, 12.5}, {Step::Resume, 1}};
    RollingPeer stopped;
    stopped.peer = u"localhost:/run/db2.sock"_s;
    stopped.step = Step::Stop;
    stopped.drained = DrainRequest::MaxGeneration;
    stopped.startedAt = 1795649543;
    stopped.isCommandBegun = true;
    stopped.command = {.pid = 4711, .boot = u"a"_s, .start = u"17"_s};
    plan.peers = {done, stopped};
    return plan;
}

void tst_RollingFile::keepsAllInTheFile()
{
    const QTemporaryDir folder;
    const RollingFile file(folder.path());
    QVERIFY(file.read());
    QVERIFY(!*file.read());
    const auto lock = file.lock();
    QVERIFY(lock);
    QVERIFY(!file.save(plan()));
    const auto read = file.read();
    QVERIFY(read && *read);
    RollingPlan kept = **read;
    QVERIFY(kept.savedAt.isValid());
    kept.savedAt = {};
    QCOMPARE(kept, plan());
}

void tst_RollingFile::refusesADamagedFile()
{
    for (const char *text :
         {"", "{}", "{\"format\":2}", "[1]", "{\"format\":1,\"state\":\"running\"}",
          "{\"format\":1,\"state\":\"running\",\"peers\":[{\"peer\":\"a\"}]}"})
        QVERIFY2(!RollingPlan::parse(text), text);
}

void tst_RollingFile::guardsOtherDrains()
{
    const QTemporaryDir folder;
    const RollingFile file(folder.path());
    QVERIFY(!file.objectionToDrain({u"db2:3306"_s}, {u"orders"_s}));
    QVERIFY(!file.save(plan()));
    QVERIFY(!file.objectionToDrain({plan().peers.at(1).peer}, {u"orders"_s}));
    QVERIFY(!file.objectionToDrain({u"db2:3306"_s}, {u"others"_s}));
    const auto objection = file.objectionToDrain({u"db2:3306"_s}, {u"others"_s, u"orders"_s});
    QVERIFY(objection);
    QCOMPARE(objection->kind, DrainRefusal::RollingRestart);
    QVERIFY2(objection->text.contains("alice@admin1"_L1), qPrintable(objection->text));
    RollingPlan ended = plan();
    ended.state = State::Aborted;
    QVERIFY(!file.save(ended));
    QVERIFY(!file.objectionToDrain({u"db2:3306"_s}, {u"orders"_s}));
}

void tst_RollingFile::onlyOneIsCarriedOut()
{
    const QTemporaryDir folder;
    const RollingFile file(folder.path());
    auto first = file.lock();
    QVERIFY(first);
    QVERIFY(!file.save(plan()));
    const auto second = file.lock();
    QVERIFY(!second);
    QCOMPARE(second.error().kind, DrainRefusal::RollingRestart);
    QVERIFY2(second.error().text.contains("alice@admin1"_L1), qPrintable(second.error().text));
    *first = {};
    QVERIFY(file.lock());
}

void tst_RollingFile::knowsItsOwnDrain_data()
{
    QTest::addColumn<Step>("step");
    QTest::addColumn<quint64>("noted");
    QTest::addColumn<QString>("by");
    QTest::addColumn<int>("minutes");
    QTest::addColumn<bool>("isOurs");
    const QString alice = u"alice@admin1"_s;
    QTest::newRow("noted") << Step::Drain << quint64(7) << alice << 1 << true;
    QTest::newRow("another of the same operator")
            << Step::Drain << quint64(6) << alice << 1 << false;
    QTest::newRow("killed before it was noted") << Step::Drain << quint64(0) << alice << 1 << true;
    QTest::newRow("from before") << Step::Drain << quint64(0) << alice << -1 << false;
    QTest::newRow("by another") << Step::Drain << quint64(0) << u"bob@admin1"_s << 1 << false;
    QTest::newRow("not requested yet") << Step::Check << quint64(0) << alice << 1 << false;
}

void tst_RollingFile::knowsItsOwnDrain()
{
    QFETCH(Step, step);
    QFETCH(quint64, noted);
    QFETCH(QString, by);
    QFETCH(int, minutes);
    RollingPlan asked = plan();
    asked.peers[1].step = step;
    asked.peers[1].drained = noted;
    DrainRequest entry{.service = Service::Draining,
                       .generation = 7,
                       .reason = asked.reason,
                       .requestedBy = by,
                       .at = asked.at.addSecs(60 * minutes)};
    QTEST(asked.hasRequested(entry), "isOurs");
    entry.service = Service::InService;
    QVERIFY(!asked.hasRequested(entry));
    QVERIFY(!asked.hasRequested({}));
}

// The runner compares the plan with the one before, and writes the file when the step is another.
void tst_RollingFile::aCopyOfThePlanStays()
{
    RollingPlan plan;
    RollingPeer peer;
    peer.peer = u"db1:3306"_s;
    plan.peers = {peer};
    const RollingPlan before = plan;
    plan.current()->step = RollingPeer::Step::Health;
    QCOMPARE(before.current()->step, RollingPeer::Step::Check);
    QCOMPARE(plan.current()->step, RollingPeer::Step::Health);
}

void tst_RollingFile::knowsItsProcess()
{
    QProcess process;
    process.start(u"/bin/cat"_s, QStringList());
    QVERIFY(process.waitForStarted());
    const CommandProcess command = CommandProcess::of(process.processId());
    QVERIFY(command.isAlive());
    // Another one got its number.
    CommandProcess another = command;
    another.start = u"1"_s;
    QVERIFY(!another.isAlive());
    another = command;
    another.boot = u"00000000-0000-0000-0000-000000000000"_s;
    QVERIFY(!another.isAlive());
    // It has ended, but its parent does not know yet.
    ::kill(pid_t(command.pid), SIGKILL);
    QTRY_VERIFY(!command.isAlive());
    process.waitForFinished();
    QVERIFY(!command.isAlive());
    QVERIFY(!CommandProcess().isAlive());
}

QTEST_GUILESS_MAIN(tst_RollingFile)
#include "tst_rollingfile.moc"
