// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "collecting.h"
#include "reportingchild.h"
#include "reportinglives.h"
#include "sandbox/servergroup.h"
#include "scopeddatabase.h"
#include "verdict/knownprocesses.h"

#include <QtCore/QDir>
#include <QtCore/QProcess>
#include <QtCore/QTemporaryDir>
#include <QtNetwork/QLocalSocket>
#include <QtTest/QtTest>

#include <algorithm>
#include <atomic>
#include <csignal>
#include <thread>

using namespace qproxysql;
using namespace qproxysql::sandbox;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

/// What a process that uses the plugin says of itself, compared with what the servers say.
class tst_Reporter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void sessionsAreThoseOfTheServers();
    void transactionsAndPinsAreTold();
    void idleSessionsAreTold();
    void peerThatIsDownIsTold();
    void drainedPeerIsTold();
    void controlOffReportsNothing();
    void severalApplications();
    void exitWithOpenConnections();
    void readerWithoutConnection();
    void killedOneCountsUntilItsSessionsAreGone();
    void frozenOneIsSilent();

private:
    QList<ReportAnswer> collect() const
    {
        ReportReader reader(m_folder.path(), 10s);
        QString error;
        return collectNow(reader, &error);
    }
    /// The report of the process; an empty one when there is none.
    ProcessReport reportOf(qint64 pid) const
    {
        for (const ReportAnswer &answer : collect()) {
            if (answer.kind == ReportAnswer::Kind::Report && answer.process.pid == pid)
                return answer.report;
        }
        return {};
    }
    PoolReport poolNamed(const QString &name) const
    {
        const ProcessReport report = reportOf(QCoreApplication::applicationPid());
        for (const PoolReport &pool : report.pools) {
            if (pool.name == name)
                return pool;
        }
        return {};
    }
    PeerReport peerNamed(const QString &pool, const QString &peer) const
    {
        const PoolReport found = poolNamed(pool);
        for (const PeerReport &one : found.peers) {
            if (one.address.name() == peer)
                return one;
        }
        return {};
    }
    QList<quint64> listed(int server, const QString &user = u"app"_s)
    {
        QList<quint64> ids;
        for (const ProcessListEntry &entry : m_servers[server].processList(user))
            ids.append(entry.id);
        std::ranges::sort(ids);
        return ids;
    }
    static int sessionsIn(const ProcessReport &report)
    {
        int count = 0;
        for (const PoolReport &pool : report.pools) {
            for (const PeerReport &peer : pool.peers)
                count += peer.sessions;
        }
        return count;
    }

    ServerGroup m_servers{2};
    QTemporaryDir m_folder;
};

void tst_Reporter::initTestCase()
{
    qputenv("QPROXYSQL_DIR", QFile::encodeName(m_folder.path()));
    QCoreApplication::setApplicationName(u"reporter test"_s);
    QVERIFY2(m_servers.start(), qPrintable(m_servers.errorString()));
}

void tst_Reporter::sessionsAreThoseOfTheServers()
{
    const QString options = u"POOL=several;MAX_IDLE=0"_s;
    std::vector<std::unique_ptr<ScopedDatabase>> databases;
    for (int i = 0; i < 6; ++i) {
        databases.push_back(std::make_unique<ScopedDatabase>(m_servers.hostList(), options));
        QVERIFY2(databases.back()->open(), qPrintable(databases.back()->error().text()));
    }
    QTRY_VERIFY_WITH_TIMEOUT(!poolNamed(u"several"_s).peers.isEmpty(), 10'000);
    for (int i = 0; i < 2; ++i) {
        const QString name = m_servers[i].address();
        QTRY_COMPARE(peerNamed(u"several"_s, name).connectionIds, listed(i));
        const PeerReport peer = peerNamed(u"several"_s, name);
        QCOMPARE(peer.sessions, listed(i).size());
        QCOMPARE(peer.inUse, peer.sessions);
        QCOMPARE(peer.inTransaction, 0);
        QCOMPARE(peer.pinned, 0);
        QCOMPARE(peer.parked, 0);
        QCOMPARE(peer.service.value(), Service::InService);
        if (peer.sessions > 0) {
            QCOMPARE(peer.health.value(), Health::Up);
            QVERIFY(!peer.identities.isEmpty());
            QTRY_VERIFY(peerNamed(u"several"_s, name).oldestSession.value_or(0) > 0); // whole ms
        }
    }
    const ProcessReport report = reportOf(QCoreApplication::applicationPid());
    QCOMPARE(report.process.application, u"reporter test"_s);
    QCOMPARE(report.process.host, QSysInfo::machineHostName());
    QVERIFY(!report.process.user.isEmpty());
    QVERIFY(report.process.id.size() >= 20);
    QCOMPARE(poolNamed(u"several"_s).control, Control::Local);
    databases.clear();
    QTRY_COMPARE(poolNamed(u"several"_s).peers.size(), 0);
}

void tst_Reporter::transactionsAndPinsAreTold()
{
    const QString name = m_servers[0].address();
    const QString options = u"POOL=pins;MAX_IDLE=0"_s;
    ScopedDatabase idle(name, options);
    ScopedDatabase inTransaction(name, options);
    ScopedDatabase pinned(name, options);
    QVERIFY(idle.open() && inTransaction.open() && pinned.open());
    QTest::qWait(500); // the transaction is younger than its session
    QVERIFY(inTransaction.get().transaction());
    QSqlQuery query(pinned.get());
    QVERIFY(query.exec(u"SET @basket = 'hush'"_s));
    QTest::qWait(1200);
    const PeerReport peer = peerNamed(u"pins"_s, name);
    QCOMPARE(peer.sessions, 3);
    QCOMPARE(peer.inUse, 3);
    QCOMPARE(peer.busy, 0);
    QCOMPARE(peer.inTransaction, 1);
    QCOMPARE(peer.pinned, 1);
    QCOMPARE(peer.reasons, (QMap<QString, int>{{u"transaction"_s, 1}, {u"user_variables"_s, 1}}));
    for (const auto &age : {peer.longestTransaction, peer.idleHolder, peer.oldestSession})
        QVERIFY(age.value_or(0) >= 1.1 && age.value_or(0) < 60);
    QVERIFY(*peer.oldestSession - *peer.longestTransaction >= 0.4);

    // No statement and no password, in no field.
    QString line;
    const QStringList processes = ReportFolder(m_folder.path()).processes().valueOr({});
    for (const QString &id : processes) {
        QLocalSocket socket;
        socket.connectToServer(ReportFolder(m_folder.path()).socketFile(id));
        socket.write("report\n");
        while (socket.waitForReadyRead(10'000))
            line += QString::fromUtf8(socket.readAll());
    }
    QVERIFY(line.contains(u"user_variables"_s));
    for (const QString &secret : {u"secret"_s, u"basket"_s, u"hush"_s, u"SET @"_s})
        QVERIFY2(!line.contains(secret), qPrintable(line));

    QVERIFY(inTransaction.get().commit());
    QTRY_COMPARE(peerNamed(u"pins"_s, name).inTransaction, 0);
    QVERIFY(!peerNamed(u"pins"_s, name).longestTransaction);

    QVERIFY(query.exec(u"SELECT SLEEP(0)"_s));
    std::atomic<bool> isDone{false};
    std::thread worker([&] {
        ScopedDatabase busy(name, options);
        if (busy.open())
            busy.value(u"SELECT SLEEP(1)"_s);
        isDone = true;
    });
    QTRY_COMPARE(peerNamed(u"pins"_s, name).busy, 1);
    worker.join();
    QTRY_VERIFY(isDone);
}

void tst_Reporter::idleSessionsAreTold()
{
    const QString name = m_servers[0].address();
    ScopedDatabase db(name, u"POOL=parked"_s);
    {
        ScopedDatabase other(name, u"POOL=parked"_s);
        QVERIFY(db.open() && other.open());
    }
    QTRY_COMPARE(peerNamed(u"parked"_s, name).parked, 1);
    QCOMPARE(peerNamed(u"parked"_s, name).sessions, 2);
    QCOMPARE(peerNamed(u"parked"_s, name).inUse, 1);
    QTRY_COMPARE(peerNamed(u"parked"_s, name).connectionIds, listed(0));
    db.get().close();
    QTRY_COMPARE(peerNamed(u"parked"_s, name).parked, 2);
    QCOMPARE(peerNamed(u"parked"_s, name).inUse, 0);
    QTRY_COMPARE(peerNamed(u"parked"_s, name).connectionIds, listed(0));
}

void tst_Reporter::peerThatIsDownIsTold()
{
    const QString gone = u"127.0.0.1:1"_s;
    ScopedDatabase db(m_servers[0].address() + u',' + gone, u"POOL=down;BALANCE=first"_s);
    ScopedDatabase first(gone + u',' + m_servers[1].address(), u"POOL=down2;BALANCE=first"_s);
    QVERIFY(db.open() && first.open());
    QTRY_COMPARE(peerNamed(u"down2"_s, gone).health.value(), Health::Down);
    const PeerReport peer = peerNamed(u"down2"_s, gone);
    QVERIFY2(peer.lastError.code >= 2000 && peer.lastError.code < 2100,
             qPrintable(QString::number(peer.lastError.code)));
    QVERIFY(!peer.lastError.text.isEmpty());
    QVERIFY(qAbs(peer.lastError.at.secsTo(QDateTime::currentDateTimeUtc())) < 60);
    QVERIFY(peer.nextCheck.has_value());
    QCOMPARE(peer.sessions, 0);
    QCOMPARE(peerNamed(u"down"_s, gone).health.value(), Health::Unknown);
}

void tst_Reporter::drainedPeerIsTold()
{
    const QString name = m_servers[0].address();
    ScopedDatabase db(name, u"POOL=drained"_s);
    QVERIFY(db.open());
    bool isDone = false;
    QVERIFY(QMetaObject::invokeMethod(db.get().driver(), "drainPeer", Q_RETURN_ARG(bool, isDone),
                                      Q_ARG(QString, name), Q_ARG(QString, u"test"_s)));
    QVERIFY(isDone);
    QTRY_COMPARE(peerNamed(u"drained"_s, name).service.value_or(Service::InService),
                 Service::Draining);
    QTRY_VERIFY_WITH_TIMEOUT(!peerNamed(u"drained"_s, name).problems.isEmpty(), 10'000);
    const QString problem = peerNamed(u"drained"_s, name).problems.constFirst();
    QVERIFY2(problem.startsWith(u"no replacement: "_s), qPrintable(problem));
}

void tst_Reporter::controlOffReportsNothing()
{
    ReportingChild child(u"off"_s, m_servers.hostList());
    QCOMPARE(child.line(), u"ready"_s);
    ReportingChild beside(u"open"_s, m_servers.hostList());
    QCOMPARE(beside.line(), u"ready"_s);
    QTRY_COMPARE(sessionsIn(reportOf(beside.process.processId())), 2);
    QCOMPARE(reportOf(child.process.processId()).pools.size(), 0);
}

void tst_Reporter::severalApplications()
{
    ReportingChild child(u"twice"_s, m_servers.hostList());
    const qint64 pid = child.process.processId();
    QCOMPARE(child.line(), u"ready"_s);
    QTRY_COMPARE(reportOf(pid).process.application, u"life twice"_s);
    QTRY_COMPARE(sessionsIn(reportOf(pid)), 2);
    const QString id = reportOf(pid).process.id;
    child.goOn();
    QCOMPARE(child.line(), u"between"_s);
    // The end of an application waits only so long for the thread that takes it away.
    QTRY_VERIFY2(!QFileInfo::exists(ReportFolder(m_folder.path()).socketFile(id)),
                 "the first application has ended");
    child.goOn();
    QCOMPARE(child.line(), u"ready"_s);
    QTRY_COMPARE(sessionsIn(reportOf(pid)), 2);
    QCOMPARE(reportOf(pid).process.id, id);
    child.goOn();
    QVERIFY(child.process.waitForFinished());
    QCOMPARE(child.process.exitCode(), 0);
    QVERIFY(!QFileInfo::exists(ReportFolder(m_folder.path()).socketFile(id)));
}

void tst_Reporter::exitWithOpenConnections()
{
    ReportingChild child(u"exit"_s, m_servers.hostList());
    QCOMPARE(child.line(), u"ready"_s);
    QTRY_COMPARE(sessionsIn(reportOf(child.process.processId())), 1);
    const QString id = reportOf(child.process.processId()).process.id;
    child.goOn();
    QVERIFY(child.process.waitForFinished());
    QCOMPARE(child.process.exitStatus(), QProcess::NormalExit);
    QCOMPARE(child.process.exitCode(), 0);
    const ReportFolder folder(m_folder.path());
    QVERIFY(!QFileInfo::exists(folder.socketFile(id)));
    QVERIFY(!QFileInfo::exists(folder.ownerFile(id)));
}

void tst_Reporter::readerWithoutConnection()
{
    ReportingChild child(u"open"_s, m_servers.hostList());
    QCOMPARE(child.line(), u"ready"_s);
    QTRY_COMPARE(sessionsIn(reportOf(child.process.processId())), 2);
    const int others = sessionsIn(reportOf(QCoreApplication::applicationPid()));
    ReportingChild reader(u"read"_s, m_folder.path());
    QCOMPARE(reader.line(), u"2 processes, %1 sessions"_s.arg(2 + others));
}

void tst_Reporter::killedOneCountsUntilItsSessionsAreGone()
{
    ReportingChild child(u"open"_s, m_servers[1].address());
    QCOMPARE(child.line(), u"ready"_s);
    const qint64 pid = child.process.processId();
    QTRY_COMPARE(sessionsIn(reportOf(pid)), 2);
    KnownProcesses known(Clock::steady());
    known.note(collect());
    const QString id = reportOf(pid).process.id;
    const auto find = [&id](const QList<KnownProcess> &all) -> std::optional<KnownProcess> {
        const auto found = std::ranges::find(all, id, [](const KnownProcess &one) {
            return one.process.id;
        });
        return found == all.end() ? std::nullopt : std::optional(*found);
    };
    const PeerReport before = find(known.processes())->report->pools.at(0).peers.at(0);
    QCOMPARE(before.connectionIds.size(), 2);
    const QList<quint64> listBefore = listed(1);
    QVERIFY(listBefore.contains(before.connectionIds.at(0)));

    child.process.kill();
    QVERIFY(child.process.waitForFinished());
    known.note(collect());
    QVERIFY2(!find(known.processes()), "it is shown no more");
    QVERIFY(find(known.killed()));
    QCOMPARE(find(known.killed())->report->pools.at(0).peers.at(0).sessions, 2);
    QVERIFY2(!QFileInfo::exists(ReportFolder(m_folder.path()).socketFile(id)),
             "what it left behind is tidied up");
    known.noteServerList({m_servers[1].address()}, {listBefore.begin(), listBefore.end()});
    QVERIFY2(find(known.killed()), "the server still shows its sessions");
    for (int i = 0; i < 3; ++i)
        known.note(collect());
    QVERIFY(!find(known.processes()));
    QCOMPARE(find(known.killed())->report->pools.at(0).peers.at(0).sessions, 2);

    QTRY_VERIFY(!listed(1).contains(before.connectionIds.at(0))
                && !listed(1).contains(before.connectionIds.at(1)));
    const QList<quint64> listAfter = listed(1);
    known.noteServerList({m_servers[1].address()}, {listAfter.begin(), listAfter.end()});
    QVERIFY(!find(known.killed()));
}

void tst_Reporter::frozenOneIsSilent()
{
    ReportingChild child(u"open"_s, m_servers.hostList());
    QCOMPARE(child.line(), u"ready"_s);
    const qint64 pid = child.process.processId();
    QTRY_COMPARE(sessionsIn(reportOf(pid)), 2);
    const auto answerOfChild = [&] {
        ReportReader reader(m_folder.path(), 500ms);
        QString error;
        for (const ReportAnswer &answer : collectNow(reader, &error)) {
            if (answer.process.pid == pid)
                return answer;
        }
        return ReportAnswer();
    };
    QCOMPARE(::kill(pid_t(pid), SIGSTOP), 0);
    QTRY_COMPARE(answerOfChild().kind, ReportAnswer::Kind::Silent);
    const ReportAnswer answer = answerOfChild();
    QCOMPARE(answer.process.application, u"life open"_s); // although it never told this reader
    QVERIFY(QFileInfo::exists(ReportFolder(m_folder.path()).socketFile(answer.process.id)));
    QCOMPARE(::kill(pid_t(pid), SIGCONT), 0);
    QTRY_COMPARE(answerOfChild().kind, ReportAnswer::Kind::Report);
}

int main(int argc, char **argv)
{
    if (argc == 4 && qstrcmp(argv[1], "--live") == 0) {
        return qproxysql::reporting::live(argc, argv, QString::fromLocal8Bit(argv[2]),
                                          QString::fromLocal8Bit(argv[3]));
    }
    QCoreApplication application(argc, argv);
    tst_Reporter test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_reporter.moc"
