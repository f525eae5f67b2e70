// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "ctlrun.h"
#include "fleetapplication.h"
#include "operatorsplace.h"

#include "sandbox/patience.h"
#include "sandbox/servergroup.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtTest/QtTest>

using namespace qproxysql::sandbox;
using namespace Qt::StringLiterals;

/// CONTROL=fleet: processes without a common folder read drain requests from tables in the servers,
/// here three that do not replicate.
class tst_Fleet : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(m_servers.start(), qPrintable(m_servers.errorString()));
        QVERIFY(m_place.prepare(u"orders"_s, m_servers.hostList()));
    }
    void applicationsThatShareNoFolder();
    void rowsOfOthers();
    void wayBackWhenAllAreDrained();
    void serverThatWasAway();
    void lastSurvivorsAreNotDrainedByTwo();
    void refusals();

private:
    static constexpr auto Table = "qproxysql.qproxysql_drain"_L1;

    QStringList drain(int server) const
    {
        return m_place.forFleet({u"drain"_s, m_servers[server].address(), u"--no-wait"_s});
    }
    QStringList resume(int server) const
    {
        return m_place.forFleet({u"resume"_s, m_servers[server].address()});
    }
    QString stateOn(int server, int ofServer)
    {
        return m_servers[server]
                .executeAsRoot(u"SELECT state FROM %1 WHERE peer = '%2'"_s
                                       .arg(Table, m_servers[ofServer].address()))
                .value();
    }
    void makeTables()
    {
        CtlRun init(m_place.forFleet({u"init"_s}));
        COMPARE_EXIT(init, 0);
    }

    QSet<quint64> allSessions()
    {
        QSet<quint64> ids;
        for (int i = 0; i < 3; ++i) {
            for (const ProcessListEntry &session : m_servers[i].processList(u"app"_s))
                ids.insert(session.id * 3 + quint64(i));
        }
        return ids;
    }

    const OperatorsPlace m_place;
    mutable ServerGroup m_servers{3};
};

// Without the table, without the right to read it, and then with both.
void tst_Fleet::applicationsThatShareNoFolder()
{
    FleetApplication early(m_servers.hostList());
    QVERIFY(early.line().startsWith("ready "_L1));
    QTRY_VERIFY2_WITH_TIMEOUT(early.logged(u"cannot be read: 1142"_s) == 1
                                      || early.logged(u"cannot be read: 1146"_s) == 1,
                              qPrintable(early.log()), 10'000);
    makeTables();
    FleetApplication barred(m_servers.hostList());
    QVERIFY(barred.line().startsWith("ready "_L1));
    QTRY_VERIFY2_WITH_TIMEOUT(barred.logged(u"cannot be read: 1142"_s) == 1,
                              qPrintable(barred.log()), 10'000);
    QVERIFY2(m_servers.executeEverywhere(u"GRANT SELECT ON %1 TO 'app'@'%'"_s.arg(Table)),
             qPrintable(m_servers.errorString()));

    Server &server = m_servers[0];
    QVERIFY2(server.connectionCount() > 2, "nothing to leave");
    QElapsedTimer timer;
    timer.start();
    CtlRun drained(drain(0) + QStringList{u"--reason"_s, u"kernel update"_s});
    COMPARE_EXIT(drained, 0);
    QTRY_COMPARE_WITH_TIMEOUT(server.connectionCount(), 0, 20'000);
    qInfo("both had left %lld ms after the operator began", timer.elapsed());
    QVERIFY2(timer.elapsed() < 8000 * Patience, qPrintable(QString::number(timer.elapsed())));
    for (FleetApplication *application : {&early, &barred}) {
        const QString log = application->log();
        QVERIFY2(application->logged(u"cannot be read"_s) <= 2, qPrintable(log));
        QVERIFY2(application->logged(u"cannot be read: 1142"_s) <= 1, qPrintable(log));
        QVERIFY2(application->logged(u"can be read again"_s) == 1, qPrintable(log));
        QVERIFY2(!application->ask("peers").contains(server.address()), "after its statements");
    }
    QVERIFY(server.executeAsRoot(u"SELECT account FROM qproxysql.qproxysql_drain_log"_s)
                    .value()
                    .startsWith("root@"_L1));

    // A tool that can read an application's report learns what only the fleet's table contains.
    CtlRun wait(m_place.forFleet({u"wait"_s, server.address(), u"--timeout"_s, u"1"_s}),
                {u"QPROXYSQL_DIR="_s + early.folder()});
    COMPARE_EXIT(wait, 5);
    QVERIFY2(wait.out().contains("[ok] applications 1 of 1 application(s) know"_L1),
             wait.all().constData());
    QVERIFY2(wait.out().contains("[ok] server       server's list is empty"_L1),
             wait.all().constData());

    // Of two new processes one finds on the disk what the other must read first.
    const QString hosts = server.address() + u','
                          + m_servers.hostList().remove(server.address() + u',');
    const qint64 connections = server.statusValue(u"Connections"_s);
    {
        FleetApplication told(hosts, u";BALANCE=first"_s, early.folder());
        QCOMPARE(told.line(), u"ready "_s + m_servers[1].address());
    }
    QVERIFY2(server.statusValue(u"Connections"_s) - connections <= 2, "others than we ourselves");
    FleetApplication untold(hosts, u";BALANCE=first"_s);
    QVERIFY(untold.line().startsWith("ready "_L1));
    QTRY_COMPARE_WITH_TIMEOUT(server.connectionCount(), 0, 5000 * Patience);

    CtlRun resumed(resume(0));
    COMPARE_EXIT(resumed, 0);
}

// An unknown column, a row of a later format, and rows that cannot be parsed.
void tst_Fleet::rowsOfOthers()
{
    QVERIFY2(m_servers.executeEverywhere(
                     u"ALTER TABLE %1 ADD COLUMN colour VARCHAR(9) DEFAULT 'red'; INSERT INTO %1 "
                     "(peer, state, generation) VALUES ('db8', 'gone', 1), ('db9', 'draining', 0); "
                     "INSERT INTO %1_log (id, peer, state, generation, account, requested_at) "
                     "VALUES (18446744073709551615, 'db9', 'draining', 1, '', NOW())"_s.arg(Table)),
             qPrintable(m_servers.errorString()));
    FleetApplication application(m_servers.hostList(), u";BALANCE=first"_s);
    QCOMPARE(application.line(), u"ready "_s + m_servers[0].address());
    QTRY_COMPARE(application.logged(u"The rest is obeyed"_s), 1);
    const QSet<quint64> sessions = allSessions();
    QCOMPARE(sessions.size(), 13); // one is skipped
    const int unused = m_servers[1].connectionCount() == 0 ? 1 : 2;
    const QString peer = m_servers[unused].address();

    const QString future = u"8000000000000000"_s; // by a clock that was ahead
    QVERIFY2(m_servers.executeEverywhere(u"INSERT INTO %1 (peer, state, generation, format) VALUES "
                                         "('%2', 'draining', %3, 2)"_s.arg(Table, peer, future)),
             qPrintable(m_servers.errorString()));
    QTRY_COMPARE_WITH_TIMEOUT(application.logged(peer + u": is being drained"_s), 1, 20'000);
    QCOMPARE(allSessions(), sessions);
    QCOMPARE(application.logged(u"The rest is obeyed"_s), 1);
    for (const QString &part : {u"db8"_s, u"column state"_s, u"db9"_s, u"column generation"_s})
        QVERIFY2(application.log().contains(part), qPrintable(application.log()));

    CtlRun newer(resume(unused));
    COMPARE_EXIT(newer, 1);
    QVERIFY2(newer.error().contains("later version"_L1), newer.all().constData());
    QVERIFY2(m_servers.executeEverywhere(u"UPDATE %1 SET format = 1"_s.arg(Table)),
             qPrintable(m_servers.errorString()));
    CtlRun resumed(resume(unused));
    COMPARE_EXIT(resumed, 0);
    for (int i = 0; i < 3; ++i) {
        QCOMPARE(m_servers[i]
                         .executeAsRoot(u"SELECT CONCAT(state, generation, colour) FROM %1 WHERE "
                                        "peer = '%2'"_s.arg(Table, peer))
                         .value(),
                 u"inService8000000000000001red"_s);
    }
    QVERIFY2(m_servers.executeEverywhere(
                     u"DELETE FROM %1; ALTER TABLE %1 DROP COLUMN colour"_s.arg(Table)),
             qPrintable(m_servers.errorString()));
}

// No peer may be chosen and no session opened, but the processes must still read the resume
// request.
void tst_Fleet::wayBackWhenAllAreDrained()
{
    const QTemporaryDir folder;
    for (int i = 0; i < 3; ++i) {
        CtlRun drained(drain(i) + QStringList{u"--force"_s});
        COMPARE_EXIT(drained, 0);
    }
    const QString more = m_servers[1]
                                 .executeAsRoot(u"SELECT more FROM %1 WHERE peer = '%2'"_s
                                                        .arg(Table, m_servers[2].address()))
                                 .value();
    QVERIFY2(more.startsWith(u"{\"forced\":true,\"from\":\""_s + QSysInfo::machineHostName()),
             qPrintable(more));
    QVERIFY2(more.endsWith("\"via\":\"qproxysql-ctl\"}"_L1), qPrintable(more));
    CtlRun events({u"events"_s, u"--json"_s}); // of this machine's log: no login
    COMPARE_EXIT(events, 0);
    QCOMPARE(events.out().count("\"forced\":true"_L1), 3);
    {
        FleetApplication first(m_servers.hostList(), {}, folder.path());
        QTRY_COMPARE_WITH_TIMEOUT(QDir(folder.path()).entryList({u"fleet-*.json"_s}).size(), 1,
                                  20'000);
    }
    FleetApplication second(m_servers.hostList(), {}, folder.path());
    const QString failure = second.line();
    QVERIFY2(failure.contains("resume it with: qproxysql-ctl resume"_L1), qPrintable(failure));
    QVERIFY2(failure.contains("--control-schema qproxysql"_L1), qPrintable(failure));
    for (int i = 0; i < 3; ++i) {
        CtlRun resumed(resume(i));
        COMPARE_EXIT(resumed, 0);
    }
    QVERIFY(second.line().startsWith("ready "_L1));

    // Requests of the folder and of the fleet both count; the newest wins.
    const QString folderOfBoth = u"QPROXYSQL_DIR="_s + second.folder();
    const QString peer = m_servers[0].address();
    CtlRun local({u"drain"_s, peer, u"--no-wait"_s}, {folderOfBoth});
    COMPARE_EXIT(local, 0);
    QVERIFY2(local.error().contains("--control-schema NAME writes for all"_L1),
             local.all().constData());
    QTRY_COMPARE_WITH_TIMEOUT(m_servers[0].connectionCount(), 0, 5000 * Patience);
    const int returns = second.logged(peer + u": is in service"_s);
    CtlRun forAll(resume(0), {folderOfBoth});
    COMPARE_EXIT(forAll, 0);
    QVERIFY2(forAll.out().contains("is in service again"_L1), forAll.all().constData());
    QTRY_COMPARE_WITH_TIMEOUT(second.logged(peer + u": is in service"_s), returns + 1, 20'000);

    // A request from a clock that was ahead, known only by applications. A tool with their folder
    // can end it.
    const int drains = second.logged(peer + u": is being drained"_s);
    QVERIFY2(m_servers.executeEverywhere(
                     u"UPDATE %1 SET state = 'draining', generation = 4000000000000 WHERE peer = "
                     "'%2'"_s.arg(Table, peer)),
             qPrintable(m_servers.errorString()));
    QTRY_COMPARE_WITH_TIMEOUT(second.logged(peer + u": is being drained"_s), drains + 1, 20'000);
    QVERIFY(m_servers.executeEverywhere(u"DELETE FROM %1"_s.arg(Table)));
    CtlRun ended({u"resume"_s, peer}, {folderOfBoth});
    COMPARE_EXIT(ended, 0);
    QVERIFY2(ended.out().contains("is in service again"_L1), ended.all().constData());
    QVERIFY2(!ended.error().contains("still drain it"_L1), ended.all().constData());
    QTRY_COMPARE(second.logged(peer + u": is in service"_s), returns + 2);
}

void tst_Fleet::serverThatWasAway()
{
    QVERIFY(m_servers.executeEverywhere(u"DELETE FROM %1"_s.arg(Table)));
    m_servers[2].kill();
    CtlRun drained(drain(0));
    COMPARE_EXIT(drained, 0);
    QVERIFY2(drained.error().contains("not written to "_L1 + m_servers[2].address()),
             drained.all().constData());
    QVERIFY2(m_servers[2].start(), qPrintable(m_servers[2].errorString()));
    QCOMPARE(stateOn(1, 0), u"draining"_s);
    QCOMPARE(stateOn(2, 0), QString());

    // Reading commands do not write.
    CtlRun list(m_place.forFleet({u"list"_s}));
    COMPARE_EXIT(list, 0);
    QVERIFY2(list.out().contains("1 draining"_L1), list.all().constData());
    CtlRun other(m_place.forFleet({u"drain"_s, u"127.0.0.1:1"_s, u"--no-wait"_s}));
    COMPARE_EXIT(other, 6); // no such peer
    const QStringList wait = m_place.forFleet(
            {u"wait"_s, m_servers[0].address(), u"--timeout"_s, u"1"_s});
    CtlRun readOnly(wait + QStringList{u"--read-only"_s});
    QVERIFY(readOnly.code() >= 0);
    QCOMPARE(stateOn(2, 0), QString());
    // wait copies the drain to all servers.
    CtlRun waited(wait);
    QVERIFY(waited.code() >= 0);
    QCOMPARE(stateOn(2, 0), u"draining"_s);

    // Any later drain request does the same.
    QVERIFY(m_servers[2].executeAsRoot(u"DELETE FROM %1"_s.arg(Table)));
    CtlRun resumed(resume(0));
    COMPARE_EXIT(resumed, 0);
    for (int i = 0; i < 3; ++i)
        QCOMPARE(stateOn(i, 0), u"inService"_s);
}

void tst_Fleet::lastSurvivorsAreNotDrainedByTwo()
{
    CtlRun first(drain(0));
    COMPARE_EXIT(first, 0);
    for (int round = 0; round < 4; ++round) {
        CtlRun one(drain(1));
        CtlRun two(drain(2));
        const QSet<int> codes{one.code(), two.code()};
        QVERIFY2(codes == QSet<int>({0, 4}), (one.all() + two.all()).constData());
        QVERIFY2((one.error() + two.error()).contains("is the last healthy peer of pool orders"_L1),
                 (one.all() + two.all()).constData());
        for (const int server : {1, 2}) {
            CtlRun back(resume(server));
            COMPARE_EXIT(back, 0);
        }
    }
    CtlRun back(resume(0));
    COMPARE_EXIT(back, 0);
}

void tst_Fleet::refusals()
{
    CtlRun noLogin({u"drain"_s, m_servers[0].address(), u"--no-wait"_s, u"--pool-file"_s,
                    m_place.poolFile(), u"--control-schema"_s, u"qproxysql"_s});
    COMPARE_EXIT(noLogin, 2);
    CtlRun noRights(m_place.forFleet({u"drain"_s, m_servers[0].address(), u"--no-wait"_s}, u"app"_s),
                    {u"QPROXYSQL_PASSWORD=secret"_s});
    COMPARE_EXIT(noRights, 4);
    QVERIFY2(noRights.error().contains("may not drain in `qproxysql`"_L1),
             noRights.all().constData());
    QStringList elsewhere = drain(0);
    elsewhere.replaceInStrings(u"qproxysql"_s, u"nowhere"_s);
    CtlRun noTables(elsewhere);
    COMPARE_EXIT(noTables, 2);
    QVERIFY2(noTables.error().contains("qproxysql-ctl init"_L1), noTables.all().constData());
    QVERIFY2(m_servers.executeEverywhere(u"SET GLOBAL read_only = 1"_s),
             qPrintable(m_servers.errorString()));
    QVERIFY2(m_servers.executeEverywhere(
                     u"CREATE USER operator; GRANT SELECT, INSERT, UPDATE ON %1 TO operator; GRANT "
                     "SELECT, INSERT ON %1_log TO operator"_s.arg(Table)),
             qPrintable(m_servers.errorString()));
    CtlRun readOnly(
            m_place.forFleet({u"drain"_s, m_servers[0].address(), u"--no-wait"_s}, u"operator"_s));
    COMPARE_EXIT(readOnly, 3);
    QVERIFY2(readOnly.error().contains("no server takes the request"_L1),
             readOnly.all().constData());
    QVERIFY2(m_servers.executeEverywhere(u"SET GLOBAL read_only = 0"_s),
             qPrintable(m_servers.errorString()));
    // With exactly the grants that init prints.
    CtlRun granted(
            m_place.forFleet({u"drain"_s, m_servers[0].address(), u"--no-wait"_s}, u"operator"_s));
    COMPARE_EXIT(granted, 0);
    CtlRun check(m_place.forFleet({u"check"_s, u"--host"_s, m_servers.hostList()}, u"app"_s)
                         .replaceInStrings(u"--pool-file"_s, u"--database"_s)
                         .replaceInStrings(m_place.poolFile(), u"test"_s),
                 {u"QPROXYSQL_PASSWORD=secret"_s});
    COMPARE_EXIT(check, 0);
    QVERIFY2(check.out().contains("`qproxysql`.qproxysql_drain may be read and holds "_L1),
             check.all().constData());
}

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    if (application.arguments().value(1) == u"--application"_s)
        return runFleetApplication(application.arguments().value(2),
                                   application.arguments().value(3));
    tst_Fleet test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_fleet.moc"
