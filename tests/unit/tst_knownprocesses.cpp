// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "report/reportfolder.h"
#include "verdict/knownprocesses.h"

#include "fakes.h"

#include <QtCore/QProcess>
#include <QtTest/QtTest>

#include <sys/wait.h>
#include <unistd.h>

using namespace qproxysql;
using namespace Qt::StringLiterals;

/// What is remembered of processes that no longer answer.
class tst_KnownProcesses : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void silentIsNotNothing();
    void goneOnceTheListsSaySo();
    void listsOfAllItsPeersCount();
    void unknownIdsAreNobodysWord();
    void oneThatComesBackAnswers();
    void strangersAreForgottenWithTheirSocket();
    void endedOnesAreGone_data();
    void endedOnesAreGone();
    void killedOnesAreRememberedForAWhile();
    void onesThatNobodyHasWaitedForHaveEnded();

private:
    using Presence = KnownProcess::Presence;
    static ReportAnswer answer(const QString &id, const QList<quint64> &ids,
                               const QList<quint64> &idsOnOther = {})
    {
        ReportAnswer made;
        made.kind = ReportAnswer::Kind::Report;
        made.process = {id, u"shop"_s, u"h"_s, 7, u"u"_s};
        PeerReport peer;
        peer.address = {u"db1"_s, 3306};
        peer.identities = {u"Node1"_s};
        peer.connectionIds = ids;
        peer.sessions = int(ids.size());
        PeerReport other = peer;
        other.address = {u"db2"_s, 3306};
        other.identities.clear();
        other.connectionIds = idsOnOther;
        other.sessions = int(idsOnOther.size());
        made.report.process = made.process;
        made.report.pools = {{u"p"_s, Control::Local, {peer, other}}};
        return made;
    }
    static ReportAnswer silence(const QString &id)
    {
        ReportAnswer made;
        made.process.id = id;
        made.text = u"it does not answer in time"_s;
        return made;
    }

    test::ManualClock m_clock;
};

void tst_KnownProcesses::silentIsNotNothing()
{
    KnownProcesses known(m_clock);
    known.note({answer(u"a"_s, {1, 2})});
    QCOMPARE(known.processes().value(0).presence, Presence::Answering);
    const Presence expected[] = {Presence::Silent, Presence::Silent, Presence::Unknown,
                                 Presence::Unknown};
    for (const Presence presence : expected) {
        known.note({silence(u"a"_s)});
        QCOMPARE(known.processes().size(), 1);
        const KnownProcess process = known.processes().value(0);
        QCOMPARE(process.presence, presence);
        QCOMPARE(process.report->pools.at(0).peers.at(0).sessions, 2);
        QCOMPARE(process.why, u"it does not answer in time"_s);
        QCOMPARE(process.process.application, u"shop"_s);
    }
}

void tst_KnownProcesses::goneOnceTheListsSaySo()
{
    KnownProcesses known(m_clock);
    known.note({answer(u"a"_s, {1, 2})});
    known.noteServerList({u"db1:3306"_s}, {});
    QVERIFY2(known.processes().size() == 1, "one that answers is there, whatever a list says");
    known.note({}); // its socket has vanished
    QCOMPARE(known.processes().value(0).presence, Presence::Silent);
    known.noteServerList({u"db1:3306"_s}, {2, 9});
    QCOMPARE(known.processes().size(), 1);
    known.noteServerList({u"db2:3306"_s}, {});
    QCOMPARE(known.processes().size(), 1);
    known.noteServerList({u"node1"_s}, {9});
    QCOMPARE(known.processes().size(), 0);
}

void tst_KnownProcesses::listsOfAllItsPeersCount()
{
    KnownProcesses known(m_clock);
    known.note({answer(u"a"_s, {1}, {5})});
    known.note({silence(u"a"_s)});
    known.noteServerList({u"db1:3306"_s}, {});
    QCOMPARE(known.processes().size(), 1);
    known.noteServerList({u"db1:3306"_s}, {1}); // the first look was too early
    known.noteServerList({u"db2:3306"_s}, {});
    QCOMPARE(known.processes().size(), 1);
    known.noteServerList({u"db1:3306"_s}, {});
    QCOMPARE(known.processes().size(), 0);
}

void tst_KnownProcesses::unknownIdsAreNobodysWord()
{
    KnownProcesses known(m_clock);
    ReportAnswer withoutIds = answer(u"a"_s, {1, 2});
    withoutIds.report.pools[0].peers[0].connectionIds.clear();
    known.note({withoutIds});
    known.note({silence(u"a"_s)});
    known.noteServerList({u"db1:3306"_s}, {77});
    QCOMPARE(known.processes().size(), 1);
    known.noteServerList({u"db1:3306"_s}, {});
    QCOMPARE(known.processes().size(), 0);
}

void tst_KnownProcesses::oneThatComesBackAnswers()
{
    KnownProcesses known(m_clock);
    known.note({answer(u"a"_s, {1}, {5})});
    for (int i = 0; i < 5; ++i)
        known.note({silence(u"a"_s)});
    known.noteServerList({u"db1:3306"_s}, {});
    known.note({answer(u"a"_s, {1}, {5})});
    QCOMPARE(known.processes().value(0).presence, Presence::Answering);
    QCOMPARE(known.processes().value(0).why, QString());
    known.note({silence(u"a"_s)});
    QCOMPARE(known.processes().value(0).presence, Presence::Silent);
    known.noteServerList({u"db2:3306"_s}, {});
    QVERIFY2(known.processes().size() == 1, "lists from before it came back do not count");
}

void tst_KnownProcesses::strangersAreForgottenWithTheirSocket()
{
    KnownProcesses known(m_clock);
    known.note({silence(u"a"_s)});
    QCOMPARE(known.processes().size(), 1);
    QVERIFY(!known.processes().value(0).report);
    known.note({silence(u"a"_s)});
    known.noteServerList({u"db1:3306"_s}, {});
    QCOMPARE(known.processes().size(), 1);
    ReportAnswer ended = silence(u"a"_s);
    ended.kind = ReportAnswer::Kind::Ended;
    known.note({ended});
    QCOMPARE(known.processes().size(), 0);
}

void tst_KnownProcesses::endedOnesAreGone_data()
{
    QTest::addColumn<bool>("isOfThisMachine");
    QTest::addColumn<bool>("hasEnded");
    QTest::addColumn<bool>("isAnswered"); ///< by who found its socket left behind; else it is gone
    QTest::addColumn<int>("left");
    QTest::addColumn<int>("killed");
    QTest::newRow("ended, socket gone") << true << true << false << 0 << 0;
    QTest::newRow("killed, socket left behind") << true << true << true << 0 << 1;
    QTest::newRow("lives") << true << false << false << 1 << 0;
    QTest::newRow("lives, the file beside its socket lies") << true << false << true << 1 << 0;
    QTest::newRow("another machine's") << false << true << false << 1 << 0;
}

void tst_KnownProcesses::endedOnesAreGone()
{
    QFETCH(bool, isOfThisMachine);
    QFETCH(bool, hasEnded);
    QFETCH(bool, isAnswered);
    QFETCH(int, left);
    QFETCH(int, killed);
    qint64 pid = QCoreApplication::applicationPid();
    if (hasEnded) {
        QProcess process;
        process.start(u"sleep"_s, {u"60"_s});
        QVERIFY(process.waitForStarted());
        pid = process.processId();
        process.kill();
        QVERIFY(process.waitForFinished());
    }
    KnownProcesses known(m_clock);
    ReportAnswer report = answer(u"a"_s, {1, 2});
    report.process.pid = pid;
    report.process.host = isOfThisMachine ? QSysInfo::machineHostName() : u"another"_s;
    known.note({report});
    ReportAnswer ended = silence(u"a"_s);
    ended.kind = ReportAnswer::Kind::Ended;
    known.note(isAnswered ? QList<ReportAnswer>{ended} : QList<ReportAnswer>());
    QCOMPARE(known.processes().size(), left);
    QCOMPARE(known.killed().size(), killed);
    if (left + killed == 0)
        return;
    QCOMPARE((known.processes() + known.killed()).value(0).presence, Presence::Silent);
    known.note({});
    QCOMPARE(known.processes().size(), left);
    QCOMPARE(known.killed().size(), killed);
    known.noteServerList({u"node1"_s}, {9});
    QCOMPARE(known.processes().size(), 0);
    QCOMPARE(known.killed().size(), 0);
}

// Nobody may be able to read a server's list: it must not keep a drain from ending for ever.
void tst_KnownProcesses::killedOnesAreRememberedForAWhile()
{
    QProcess process;
    process.start(u"sleep"_s, {u"60"_s});
    QVERIFY(process.waitForStarted());
    ReportAnswer report = answer(u"a"_s, {1, 2});
    report.process.pid = process.processId();
    report.process.host = QSysInfo::machineHostName();
    process.kill();
    QVERIFY(process.waitForFinished());
    KnownProcesses known(m_clock);
    known.note({report});
    ReportAnswer ended = silence(u"a"_s);
    ended.kind = ReportAnswer::Kind::Ended;
    known.note({ended});
    m_clock.advance(KnownProcesses::KilledFor - std::chrono::seconds(1));
    known.note({});
    QCOMPARE(known.killed().size(), 1);
    QCOMPARE(known.killed().value(0).report->pools.at(0).peers.at(0).sessions, 2);
    m_clock.advance(std::chrono::seconds(1));
    known.note({});
    QCOMPARE(known.killed().size(), 0);
}

void tst_KnownProcesses::onesThatNobodyHasWaitedForHaveEnded()
{
    const pid_t child = ::fork();
    if (child == 0)
        ::_exit(0);
    QVERIFY(child > 0);
    siginfo_t info;
    QCOMPARE(::waitid(P_PID, id_t(child), &info, WEXITED | WNOWAIT), 0);
    const ProcessIdentity owner{u"a"_s, u"shop"_s, QSysInfo::machineHostName(), child, u"u"_s};
    QVERIFY(ReportFolder::hasEnded(owner));
    QCOMPARE(::waitpid(child, nullptr, 0), child);
    QVERIFY(ReportFolder::hasEnded(owner));
    ProcessIdentity self = owner;
    self.pid = QCoreApplication::applicationPid();
    QVERIFY(!ReportFolder::hasEnded(self));
}

QTEST_GUILESS_MAIN(tst_KnownProcesses)
#include "tst_knownprocesses.moc"
