// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "mainwindowtest.h"

#include "window/rollingdialog.h"
#include "window/verdictbanner.h"

#include <QtWidgets/QTreeWidget>

/// The window's assistant for a rolling restart, by keys, with simulated views.
class tst_RollingDialog : public MainWindowTest
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { tearDown(); }
    void restartsTheChosenPeers();
    void choosesByKeys();
    void saysWhyItDoesNotBegin();
    void isContinuedAndEnded();
    void isContinuedAfterAFailure();
    void writesNothingWhenReadOnly();
    void knowsWhatOthersDidMeanwhile();
    void continuesOnlyWhatWasBegun();
    void staysDrainedWhileItsCommandRuns();

private:
    RollingDialog *assistant() { return fixture().window.steering().rollingDialog(); }
    QTreeWidget &list() { return *assistant()->findChild<QTreeWidget *>(u"rollingPeers"_s); }
    VerdictBanner &banner() { return *assistant()->findChild<VerdictBanner *>(); }
    QPushButton *button(const QString &name) { return assistant()->findChild<QPushButton *>(name); }
    PeerView &peer(int number) { return fixture().script->next.pools[0].peers[number]; }
    void open(const QStringList &chosen = {});
    void probeAll(double startedAt);
    /// Probes again and again, since each probe counts once.
    bool waitForRequests(int count)
    {
        return QTest::qWaitFor(
                [&] {
                    probeAll(1030);
                    return fixture().script->requests.size() == count;
                },
                20'000);
    }
    void drainPeer(int number, quint64 generation);
    RollingFile file() { return RollingFile(fixture().folder.path()); }
    std::optional<RollingPlan> kept() { return file().read().valueOr({}); }
    /// A rolling restart of db2 that was interrupted while the server was away.
    static RollingPlan interrupted();
    void openInterrupted(const RollingPlan &plan);
};

void tst_RollingDialog::init()
{
    setUp();
    auto &peers = fixture().script->next.pools[0].peers;
    peers.resize(3);
    peers[1] = ScriptedSource::peer(u"db2:3306"_s);
    fixture().script->next.hasLogin = true;
    fixture().script->next.folder = fixture().folder.path();
    probeAll(1000);
    QVERIFY(fixture().refresh());
}

/// Each refresh shows new probes.
void tst_RollingDialog::probeAll(double startedAt)
{
    for (PeerView &peer : fixture().script->next.pools[0].peers) {
        PeerProbe probe;
        probe.peer = peer.address;
        probe.when = Clock::steady().now();
        probe.isLoggedIn = true;
        probe.connectMs = 3;
        probe.startedAt = startedAt;
        probe.uptime = std::chrono::duration<double>(probe.when.time_since_epoch()).count()
                       - startedAt;
        probe.uptimeAt = probe.when;
        peer.probe = probe;
    }
}

void tst_RollingDialog::drainPeer(int number, quint64 generation)
{
    ScriptedSource::setDraining(&peer(number), DrainState::SafeToStop);
    peer(number).drain.left = 0;
    peer(number).entry->generation = generation;
}

void tst_RollingDialog::open(const QStringList &chosen)
{
    PeersTable &table = fixture().page().table();
    table.clearSelection();
    for (const QString &name : chosen) {
        for (int row = 0; row < table.order().rowCount(); ++row) {
            const QModelIndex index = table.order().index(row, 0);
            if (index.data(PeersModel::NameRole).toString() == name)
                table.selectionModel()->select(index, QItemSelectionModel::Select
                                                              | QItemSelectionModel::Rows);
        }
    }
    fixture().window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&fixture().window));
    press(fixture().actions().rolling);
    QVERIFY(assistant());
    QVERIFY(QTest::qWaitForWindowActive(assistant()));
}

void tst_RollingDialog::restartsTheChosenPeers()
{
    open({u"db1:3306"_s, u"db3:3306"_s});
    if (QTest::currentTestFailed())
        return;
    QCOMPARE(list().topLevelItemCount(), 3);
    QCOMPARE(list().topLevelItem(1)->checkState(0), Qt::Unchecked);
    fixture().script->outcomeEntry.requestedBy = Controller::operatorName();
    fixture().script->outcomeEntry.generation = 7;
    QTest::keyClick(button(u"begin"_s), Qt::Key_Space);
    QVERIFY(assistant()->isRunning());
    probeAll(1000);
    QTRY_COMPARE(fixture().script->requests.size(), 1);
    QCOMPARE(fixture().script->requests.constFirst().peer, u"db1:3306"_s);
    QCOMPARE(fixture().script->requests.constFirst().service, Service::Draining);
    QCOMPARE(banner().kind(), VerdictBanner::Kind::NotYet);
    QCOMPARE(list().topLevelItemCount(), 2);

    drainPeer(0, 7);
    probeAll(1000);
    QTRY_COMPARE(banner().kind(), VerdictBanner::Kind::Safe);
    QCOMPARE(banner().headline(), u"SAFE TO STOP: restart db1:3306 now"_s);
    QCOMPARE(fixture().script->requests.size(), 1);

    probeAll(1030); // was never seen away
    QTRY_COMPARE(banner().kind(), VerdictBanner::Kind::NotYet);
    // It must be well for a while.
    QVERIFY2(waitForRequests(2), qPrintable(banner().text()));
    QCOMPARE(fixture().script->requests.constLast().service, Service::InService);

    // Closing it interrupts it.
    QTest::keyClick(assistant(), Qt::Key_Escape);
    QTRY_VERIFY(!assistant());
    QCOMPARE(fixture().script->requests.size(), 2);
    const auto kept = RollingFile(fixture().folder.path()).read();
    QVERIFY(kept && *kept && (*kept)->isUnfinished());
    QVERIFY(RollingFile(fixture().folder.path()).lock());
}

void tst_RollingDialog::choosesByKeys()
{
    open();
    if (QTest::currentTestFailed())
        return;
    QTRY_VERIFY(list().hasFocus());
    for (int row = 0; row < 3; ++row)
        QCOMPARE(list().topLevelItem(row)->checkState(0), Qt::Checked);
    QTest::keyClick(&list(), Qt::Key_Space);
    QCOMPARE(list().topLevelItem(0)->checkState(0), Qt::Unchecked);
    QTest::keyClick(assistant(), Qt::Key_D, Qt::AltModifier); // Move Down
    QTRY_COMPARE(list().topLevelItem(1)->text(0), u"db1:3306"_s);
    QTest::keyClick(assistant(), Qt::Key_U, Qt::AltModifier);
    QTRY_COMPARE(list().topLevelItem(0)->text(0), u"db1:3306"_s);
    QTest::keyClicks(assistant()->findChild<QLineEdit *>(u"command"_s), u"ssh $QPROXYSQL_HOST"_s);
    QTest::keyClick(assistant(), Qt::Key_A, Qt::AltModifier); // Copy as Command
    QTRY_COMPARE(QGuiApplication::clipboard()->text(),
                 u"qproxysql-ctl rolling db2:3306 db3:3306 --run 'ssh $QPROXYSQL_HOST'"_s);
    QVERIFY(fixture().script->requests.isEmpty());
}

void tst_RollingDialog::saysWhyItDoesNotBegin()
{
    for (PeerView &peer : fixture().script->next.pools[0].peers)
        peer.probe.reset();
    QVERIFY(fixture().refresh());
    open();
    if (QTest::currentTestFailed())
        return;
    QTest::mouseClick(button(u"begin"_s), Qt::LeftButton);
    QVERIFY(!assistant()->isRunning());
    QVERIFY2(banner().text().contains("needs a login"_L1), qPrintable(banner().text()));
    // Another process is at it.
    const auto lock = RollingFile(fixture().folder.path()).lock();
    QVERIFY(lock);
    probeAll(1000);
    QVERIFY(fixture().refresh());
    QTest::mouseClick(button(u"begin"_s), Qt::LeftButton);
    QVERIFY(!assistant()->isRunning());
    QVERIFY2(banner().text().contains("under way"_L1), qPrintable(banner().text()));
    QVERIFY(fixture().script->requests.isEmpty());
}

RollingPlan tst_RollingDialog::interrupted()
{
    RollingPlan plan;
    plan.by = u"alice@admin1"_s;
    plan.pools = {u"orders"_s};
    plan.at = QDateTime::currentDateTimeUtc().addSecs(-60);
    RollingPeer one;
    one.peer = u"db2:3306"_s;
    one.step = RollingPeer::Step::Return;
    one.drained = 7;
    plan.peers = {one};
    return plan;
}

void tst_RollingDialog::openInterrupted(const RollingPlan &plan)
{
    QVERIFY(!file().save(plan));
    drainPeer(1, 7);
    probeAll(1000);
    QVERIFY(fixture().refresh());
    open();
}

void tst_RollingDialog::isContinuedAndEnded()
{
    openInterrupted(interrupted());
    if (QTest::currentTestFailed())
        return;
    QVERIFY2(banner().text().contains("alice@admin1"_L1), qPrintable(banner().text()));
    QVERIFY(!button(u"begin"_s)->isVisible());
    QTest::keyClick(button(u"continue"_s), Qt::Key_Space);
    QVERIFY(assistant()->isRunning());
    probeAll(1030);
    QVERIFY2(waitForRequests(1), qPrintable(banner().text()));
    QCOMPARE(fixture().script->requests.constLast().service, Service::InService);
    QTest::keyClick(assistant(), Qt::Key_Escape);
    QTRY_VERIFY(!assistant());

    open();
    if (QTest::currentTestFailed())
        return;
    QTest::keyClick(button(u"abort"_s), Qt::Key_Space);
    QCOMPARE(fixture().script->requests.size(), 2); // it is up: resumed
    const auto kept = RollingFile(fixture().folder.path()).read();
    QVERIFY(kept && *kept);
    QCOMPARE((*kept)->state, RollingPlan::State::Aborted);
}

// In the same dialog, or by another process, since it holds no lock any more.
void tst_RollingDialog::isContinuedAfterAFailure()
{
    openInterrupted(interrupted());
    if (QTest::currentTestFailed())
        return;
    fixture().script->refusal = DrainRefusal{DrainRefusal::NoRights, u"not allowed"_s};
    QTest::keyClick(button(u"continue"_s), Qt::Key_Space);
    QVERIFY2(waitForRequests(1), qPrintable(banner().text()));
    QTRY_VERIFY(!assistant()->isRunning());
    QVERIFY2(banner().text().contains("not allowed"_L1), qPrintable(banner().text()));
    QTRY_VERIFY(file().lock());
    fixture().script->refusal.reset();
    QTest::keyClick(button(u"continue"_s), Qt::Key_Space);
    QVERIFY2(assistant()->isRunning(), qPrintable(banner().text()));
}

void tst_RollingDialog::writesNothingWhenReadOnly()
{
    openInterrupted(interrupted());
    if (QTest::currentTestFailed())
        return;
    const auto before = kept();
    fixture().script->isReadOnlySource = true;
    for (const QString &name : {u"continue"_s, u"abort"_s}) {
        QTest::keyClick(button(name), Qt::Key_Space);
        QVERIFY(!assistant()->isRunning());
        QVERIFY2(banner().text().contains("Read-only"_L1), qPrintable(banner().text()));
        QCOMPARE(kept(), before);
    }
    QVERIFY(fixture().script->requests.isEmpty());
}

void tst_RollingDialog::knowsWhatOthersDidMeanwhile()
{
    open();
    if (QTest::currentTestFailed())
        return;
    QVERIFY(!file().save(interrupted()));
    const auto before = kept();
    QTest::keyClick(button(u"begin"_s), Qt::Key_Space);
    QVERIFY(!assistant()->isRunning());
    QVERIFY2(banner().text().contains("alice@admin1 was interrupted"_L1),
             qPrintable(banner().text()));
    QCOMPARE(kept(), before);

    RollingPlan finished = interrupted();
    finished.peers[0].step = RollingPeer::Step::Done;
    finished.state = RollingPlan::State::Finished;
    for (const QString &name : {u"continue"_s, u"abort"_s}) {
        QVERIFY(!file().save(interrupted()));
        QTest::keyClick(assistant(), Qt::Key_Escape);
        QTRY_VERIFY(!assistant());
        open();
        if (QTest::currentTestFailed())
            return;
        QVERIFY(!file().save(finished));
        QTest::keyClick(button(name), Qt::Key_Space);
        QVERIFY(!assistant()->isRunning());
        QVERIFY2(banner().text().contains("no rolling restart was interrupted"_L1),
                 qPrintable(banner().text()));
        QVERIFY(!button(name)->isVisible());
        QCOMPARE(kept()->state, RollingPlan::State::Finished);
    }
    QVERIFY(fixture().script->requests.isEmpty());
}

void tst_RollingDialog::continuesOnlyWhatWasBegun()
{
    RollingPlan plan = interrupted();
    plan.controlSchema = u"qproxysql"_s;
    openInterrupted(plan);
    if (QTest::currentTestFailed())
        return;
    QTest::keyClick(button(u"continue"_s), Qt::Key_Space);
    QVERIFY(!assistant()->isRunning());
    QVERIFY2(banner().text().contains("--control-schema qproxysql"_L1), qPrintable(banner().text()));
    plan = interrupted();
    plan.command = u"true"_s;
    QVERIFY(!file().save(plan));
    QTest::keyClick(button(u"continue"_s), Qt::Key_Space);
    QVERIFY(!assistant()->isRunning());
    QVERIFY2(banner().text().contains("give it again: true"_L1), qPrintable(banner().text()));
    assistant()->findChild<QLineEdit *>(u"command"_s)->setText(u"true"_s);
    QTest::keyClick(button(u"continue"_s), Qt::Key_Space);
    QVERIFY(assistant()->isRunning());
}

void tst_RollingDialog::staysDrainedWhileItsCommandRuns()
{
    RollingPlan plan = interrupted();
    plan.peers[0].command = CommandProcess::of(QCoreApplication::applicationPid());
    openInterrupted(plan);
    if (QTest::currentTestFailed())
        return;
    QTest::keyClick(button(u"abort"_s), Qt::Key_Space);
    QCOMPARE(kept()->state, RollingPlan::State::Aborted);
    QVERIFY(fixture().script->requests.isEmpty());
    const QString process = u"process %1"_s.arg(QCoreApplication::applicationPid());
    QVERIFY2(banner().text().contains(process), qPrintable(banner().text()));
}

QTEST_MAIN(tst_RollingDialog)
#include "tst_rollingdialog.moc"
