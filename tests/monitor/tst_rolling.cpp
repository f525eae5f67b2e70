// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "ctlrun.h"
#include "operatorsplace.h"
#include "restartdesk.h"

#include "sandbox/fulltests.h"
#include "sandbox/servergroup.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtTest/QtTest>

#include <csignal>
#include <sys/stat.h>

using namespace qproxysql::sandbox;
using namespace Qt::StringLiterals;

/// qproxysql-ctl rolling on real servers that know nothing of each other, without applications.
class tst_Rolling : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void restartsEachServer();
    void refusesBeforeAnythingIsChanged_data();
    void refusesBeforeAnythingIsChanged();
    void aServerThatStaysAwayStopsIt();
    void aFailedCommandStopsIt();
    void staysDrainedWhileItsCommandRuns();
    void aSecondOperatorIsRefused();
    void aSecondOperatorWhoForcesStopsIt();

private:
    QStringList rolling(const QStringList &arguments) const
    {
        return QStringList{u"rolling"_s} + arguments
               + QStringList{u"--pool-file"_s, m_place->poolFile(), u"--user"_s, u"root"_s};
    }
    /// Waits in the event loop, where the desk serves.
    static int end(CtlRun *run)
    {
        return QTest::qWaitFor([&] { return run->process().state() == QProcess::NotRunning; },
                               120'000)
                       ? run->code()
                       : -1;
    }
    int serverAt(const QByteArray &port)
    {
        for (int i = 0; i < m_servers->count(); ++i) {
            if (QByteArray::number((*m_servers)[i].port()) == port)
                return i;
        }
        return -1;
    }
    QJsonObject record() const
    {
        QFile file(m_place->filePath(u"state/rolling.json"_s));
        return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object()
                                              : QJsonObject();
    }
    QString stepOf(int peer) const
    {
        return record()[u"peers"].toArray().at(peer)[u"step"].toString();
    }
    QStringList drainedPeers() const
    {
        CtlRun list({u"list"_s, u"--json"_s, u"--pool-file"_s, m_place->poolFile(), u"--user"_s,
                     u"root"_s});
        list.code();
        QStringList drained;
        const QJsonArray pools = QJsonDocument::fromJson(list.out().toUtf8())[u"pools"].toArray();
        const QJsonArray peers = pools.first()[u"peers"].toArray();
        for (const QJsonValue &peer : peers) {
            if (peer[u"service"].toString() == "Draining"_L1)
                drained.append(peer[u"peer"].toString());
        }
        return drained;
    }

    std::unique_ptr<ServerGroup> m_servers;
    std::unique_ptr<OperatorsPlace> m_place;
};

void tst_Rolling::init()
{
    if (!m_servers)
        m_servers = std::make_unique<ServerGroup>(3);
    QVERIFY2(m_servers->start(), qPrintable(m_servers->errorString()));
    m_place = std::make_unique<OperatorsPlace>();
    QVERIFY(m_place->prepare(u"orders"_s, m_servers->hostList()));
}

void tst_Rolling::restartsEachServer()
{
    QList<qint64> pids;
    for (int i = 0; i < m_servers->count(); ++i)
        pids.append((*m_servers)[i].pid());
    // So fast that nobody sees it away.
    RestartDesk desk([this](const QByteArray &port) {
        return (*m_servers)[serverAt(port)].restart() ? 0 : 1;
    });
    // byOneCommand() of tst_rollingrestart restarts a whole pool; each takes 15 seconds.
    const int count = RunsAllData ? 3 : 2;
    const QStringList all = m_servers->hostList().split(u',');
    CtlRun run(rolling((RunsAllData ? QStringList{u"--pool"_s, u"orders"_s} : all.first(count))
                       + QStringList{u"--run"_s, desk.command()}));
    QVERIFY2(end(&run) == 0, run.all());
    QCOMPARE(desk.served().size(), count);
    for (int i = 0; i < count; ++i) {
        QVERIFY((*m_servers)[i].pid() != pids.at(i));
        QVERIFY2(run.out().contains((*m_servers)[i].address()), run.all());
    }
    QVERIFY2(run.out().contains(u"ROLLING RESTART FINISHED: %1 of %1"_s.arg(count)), run.all());
    QCOMPARE(drainedPeers(), QStringList());
    QCOMPARE(record()[u"state"].toString(), u"finished"_s);
    CtlRun events({u"events"_s, u"--json"_s});
    QVERIFY2(end(&events) == 0, events.all());
    QCOMPARE(events.out().count("\"via\":\"qproxysql-ctl rolling\""_L1),
             2 * count); // drains and resumes
    qInfo().noquote() << run.out();
}

void tst_Rolling::refusesBeforeAnythingIsChanged_data()
{
    QTest::addColumn<QString>("what");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("text");
    QTest::newRow("down") << u"down"_s << 4 << u"not proven to be up"_s;
    QTest::newRow("drained") << u"drained"_s << 4 << u"another drain is under way"_s;
    QTest::newRow("unknown") << u"unknown"_s << 6 << u"db9"_s;
    QTest::newRow("twice") << u"twice"_s << 6 << u"twice"_s;
    QTest::newRow("nothing to continue") << u"continue"_s << 4 << u"no rolling restart"_s;
    QTest::newRow("read-only") << u"read-only"_s << 4 << u"read-only"_s;
    QTest::newRow("no peers") << u"none"_s << 2 << u"--pool NAME"_s;
    QTest::newRow("no login") << u"login"_s << 2 << u"--user"_s;
}

void tst_Rolling::refusesBeforeAnythingIsChanged()
{
    QFETCH(QString, what);
    const QString first = (*m_servers)[0].address();
    QStringList arguments = rolling({first});
    if (what == "down"_L1) {
        (*m_servers)[2].kill();
    } else if (what == "drained"_L1) {
        CtlRun drain({u"drain"_s, (*m_servers)[1].address(), u"--no-wait"_s, u"--pool-file"_s,
                      m_place->poolFile(), u"--user"_s, u"root"_s});
        COMPARE_EXIT(drain, 0);
    } else if (what == "unknown"_L1) {
        arguments = rolling({u"db9"_s});
    } else if (what == "twice"_L1) {
        arguments = rolling({first, first});
    } else if (what == "continue"_L1) {
        arguments = rolling({u"--continue"_s});
    } else if (what == "read-only"_L1) {
        arguments.append(u"--read-only"_s);
    } else if (what == "none"_L1) {
        arguments = rolling({});
    } else if (what == "login"_L1) {
        arguments = {u"rolling"_s, first, u"--pool-file"_s, m_place->poolFile()};
    }
    const QStringList drained = drainedPeers();
    CtlRun run(arguments);
    QFETCH(int, code);
    COMPARE_EXIT(run, code);
    QFETCH(QString, text);
    QVERIFY2(run.error().contains(text), run.all());
    QCOMPARE(drainedPeers(), drained);
    QVERIFY(record()[u"state"].toString() != "running"_L1);
    QVERIFY(record()[u"state"].toString() != "failed"_L1);
}

void tst_Rolling::aServerThatStaysAwayStopsIt()
{
    RestartDesk desk([this](const QByteArray &port) {
        return (*m_servers)[serverAt(port)].terminate() ? 0 : 1;
    });
    CtlRun run(rolling({(*m_servers)[0].address(), (*m_servers)[1].address(), u"--run"_s,
                        desk.command(), u"--start-timeout"_s, u"2"_s}));
    QVERIFY2(end(&run) == 5, run.all());
    QVERIFY2(run.error().contains("did not come back within 2 s"_L1), run.all());
    QVERIFY2(run.error().contains("--continue"_L1), run.all());
    QCOMPARE(desk.served().size(), 1);
    QCOMPARE(drainedPeers(), QStringList{(*m_servers)[0].address()});
    // Another must not begin.
    CtlRun again(rolling({(*m_servers)[1].address()}));
    COMPARE_EXIT(again, 4);
    // It comes back, and the other is next.
    QVERIFY((*m_servers)[0].start());
    RestartDesk better([this](const QByteArray &port) {
        return (*m_servers)[serverAt(port)].restart() ? 0 : 1;
    });
    CtlRun withoutCommand(rolling({u"--continue"_s}));
    COMPARE_EXIT(withoutCommand, 2);
    CtlRun going(rolling(
            {u"--continue"_s, u"--run"_s, better.command(), u"--start-timeout"_s, u"60"_s}));
    QVERIFY2(end(&going) == 0, going.all());
    QCOMPARE(better.served(), QList{QByteArray::number((*m_servers)[1].port())});
    QCOMPARE(drainedPeers(), QStringList());
}

void tst_Rolling::aFailedCommandStopsIt()
{
    const QString first = (*m_servers)[0].address();
    CtlRun run(rolling({u"--pool"_s, u"orders"_s, u"--run"_s,
                        u"test -n \"$QPROXYSQL_PEER$QPROXYSQL_HOST$QPROXYSQL_PORT\" && exit 3"_s}));
    QVERIFY2(end(&run) == 8, run.all());
    QVERIFY2(run.error().contains("ended with 3"_L1), run.all());
    QCOMPARE(drainedPeers(), QStringList{first});
    CtlRun abort(rolling({u"--abort"_s}));
    COMPARE_EXIT(abort, 0);
    QVERIFY2(abort.out().contains(first + " is in service again"_L1), abort.all());
    QCOMPARE(drainedPeers(), QStringList());
    CtlRun nothing(rolling({u"--abort"_s}));
    COMPARE_EXIT(nothing, 4);
}

void tst_Rolling::staysDrainedWhileItsCommandRuns()
{
    const QString first = (*m_servers)[0].address();
    const QByteArray gate = QFile::encodeName(m_place->filePath(u"gate"_s));
    QCOMPARE(::mkfifo(gate.constData(), 0600), 0);
    CtlRun run(rolling({first, u"--run"_s, u"read go < "_s + QFile::decodeName(gate)}));
    const auto pid = [this] {
        return record()[u"peers"].toArray().at(0)[u"commandPid"].toInteger();
    };
    QTRY_VERIFY_WITH_TIMEOUT(pid() > 0, 40'000);
    ::kill(pid_t(run.process().processId()), SIGTERM);
    COMPARE_EXIT(run, 143);
    QVERIFY2(run.error().contains("rolling --continue"_L1), run.all());
    CtlRun abort(rolling({u"--abort"_s}));
    COMPARE_EXIT(abort, 0);
    QVERIFY2(abort.out().contains(
                     u"%1 stays drained: its command (process %2)"_s.arg(first).arg(pid())),
             abort.all());
    QCOMPARE(record()[u"state"].toString(), u"aborted"_s);
    QCOMPARE(drainedPeers(), QStringList{first});
    // Its end.
    QFile opened(QFile::decodeName(gate));
    QVERIFY(opened.open(QIODevice::WriteOnly | QIODevice::Unbuffered));
    opened.write("\n");
}

void tst_Rolling::aSecondOperatorIsRefused()
{
    const QString first = (*m_servers)[0].address();
    CtlRun run(rolling({first, (*m_servers)[1].address()}));
    QTRY_COMPARE_WITH_TIMEOUT(stepOf(0), u"stop"_s, 40'000);
    QTRY_VERIFY_WITH_TIMEOUT(run.out().contains("SAFE TO STOP: restart "_L1 + first), 10'000);
    CtlRun drain({u"drain"_s, (*m_servers)[2].address(), u"--no-wait"_s, u"--pool-file"_s,
                  m_place->poolFile(), u"--user"_s, u"root"_s});
    COMPARE_EXIT(drain, 4);
    QVERIFY2(drain.error().contains("a rolling restart by"_L1), drain.all());
    CtlRun second(rolling({(*m_servers)[2].address()}));
    COMPARE_EXIT(second, 4);
    CtlRun abort(rolling({u"--abort"_s}));
    COMPARE_EXIT(abort, 4); // it is under way
    QCOMPARE(drainedPeers(), QStringList{first});
    // A person restarts it, and Ctrl+C interrupts at the next one.
    QVERIFY((*m_servers)[0].restart());
    QTRY_COMPARE_WITH_TIMEOUT(stepOf(1), u"drain"_s, 40'000);
    ::kill(pid_t(run.process().processId()), SIGINT);
    COMPARE_EXIT(run, 130);
    QVERIFY2(run.error().contains("rolling --continue"_L1), run.all());
    CtlRun ended(rolling({u"--abort"_s}));
    COMPARE_EXIT(ended, 0);
    QTRY_COMPARE(drainedPeers(), QStringList());
}

void tst_Rolling::aSecondOperatorWhoForcesStopsIt()
{
    const QString first = (*m_servers)[0].address();
    CtlRun run(rolling({first, (*m_servers)[1].address()}));
    QTRY_COMPARE_WITH_TIMEOUT(stepOf(0), u"drain"_s, 40'000);
    QTRY_COMPARE(drainedPeers(), QStringList{first});
    const QString third = (*m_servers)[2].address();
    CtlRun drain({u"drain"_s, third, u"--no-wait"_s, u"--force"_s, u"--pool-file"_s,
                  m_place->poolFile(), u"--user"_s, u"root"_s});
    COMPARE_EXIT(drain, 0);
    QVERIFY2(end(&run) == 4, run.all());
    QVERIFY2(run.error().contains("another drain is under way: "_L1 + third), run.all());
}

QTEST_GUILESS_MAIN(tst_Rolling)
#include "tst_rolling.moc"
