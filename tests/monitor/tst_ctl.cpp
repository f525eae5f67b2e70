// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "ctlapplication.h"
#include "ctlrun.h"
#include "operatorsplace.h"

#include "sandbox/patience.h"
#include "sandbox/servergroup.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtCore/QRegularExpression>
#include <QtCore/QTemporaryDir>
#include <QtTest/QtTest>

#include <csignal>

using namespace qproxysql::sandbox;
using namespace Qt::StringLiterals;

/// qproxysql-ctl against real servers and an application that uses them.
class tst_Ctl : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(m_servers.start(), qPrintable(m_servers.errorString()));
        QVERIFY2(m_servers.executeEverywhere(
                         u"CREATE TABLE test.numbers (id INT PRIMARY KEY, n INT)"_s),
                 qPrintable(m_servers.errorString()));
        QVERIFY(m_place.prepare(u"file"_s, m_servers.hostList()));
    }
    void drainWaitCommitResume();
    void otherSpellingObeys();
    void silentApplicationIsNamed();
    void killedApplicationIsGone();
    void loginIsRefused();
    void accountWithoutProcessSeesNoList();
    void checkTellsOfPeers();
    void initMakesTheTables();

private:
    /// True when the check passed, according to the verdict's list.
    static bool hasPassed(CtlRun &run, const QString &check)
    {
        const QRegularExpression line(u"\\[ok\\] [a-z]+ +"_s + QRegularExpression::escape(check));
        return run.out().section("SAFE TO STOP"_L1, 1).contains(line);
    }
    static bool isListed(const QString &peer)
    {
        CtlRun list({u"list"_s});
        return list.code() == 0 && list.out().contains(peer);
    }
    static QStringList asRoot(const QStringList &arguments)
    {
        return arguments + QStringList{u"--user"_s, u"root"_s};
    }
    QString identityOf(Server &server)
    {
        return server.executeAsRoot(u"SELECT CONCAT(@@hostname, ':', @@port)"_s).value();
    }
    QStringList othersThan(const QString &peer)
    {
        QStringList others = m_servers.hostList().split(u',');
        others.removeAll(peer);
        return others;
    }

    const OperatorsPlace m_place;
    ServerGroup m_servers{3};
};

void tst_Ctl::drainWaitCommitResume()
{
    ChildApplication application({u"--application"_s, m_servers.hostList()});
    const QString ready = application.line();
    QVERIFY2(ready.startsWith("ready "_L1), qPrintable(ready));
    const QString peer = ready.section(u' ', 1);
    Server &server = m_servers.serverOf(peer);
    const int before = server.connectionCount();
    QVERIFY2(before > 3, "nothing to leave");

    // Without a login: the peer is known from the application's report only.
    CtlRun drain({u"drain"_s, peer, u"--no-wait"_s, u"--reason"_s, u"kernel update"_s});
    COMPARE_EXIT(drain, 0);
    QVERIFY2(drain.out().contains("NOT yet safe to stop"_L1), drain.all().constData());
    QElapsedTimer left;
    left.start();
    QTRY_COMPARE_WITH_TIMEOUT(server.connectionCount(), 1, 10'000);
    qInfo("only the transaction was left %lld ms after ctl had ended", left.elapsed());
    QVERIFY2(left.elapsed() < 3000 * Patience, qPrintable(QString::number(left.elapsed())));

    CtlRun wait(asRoot({u"wait"_s, identityOf(server), u"--timeout"_s, u"2"_s}));
    COMPARE_EXIT(wait, 5);
    QVERIFY2(wait.out().contains("open transaction, "_L1), wait.all().constData());
    QVERIFY2(wait.out().contains("server lists 1 session"_L1), wait.all().constData());
    // Another process than the one that requested the drain.
    QVERIFY2(wait.out().contains(u", 1 of %1 left"_s.arg(before)), wait.all().constData());
    QCOMPARE(server.connectionCount(), 1);

    CtlRun list(asRoot({u"list"_s, u"--json"_s}));
    COMPARE_EXIT(list, 0);
    const QJsonObject pool =
            QJsonDocument::fromJson(list.out().toUtf8()).object().value(u"pools"_s)[0].toObject();
    QCOMPARE(pool.value(u"pool"_s).toString(), u"orders"_s);
    QCOMPARE(pool.value(u"applications"_s).toArray().size(), 1);
    int drained = 0;
    int sessions = 0;
    for (const QJsonValue &value : pool.value(u"peers"_s).toArray()) {
        const QJsonObject one = value.toObject();
        sessions += one.value(u"sessions"_s).toInt();
        QCOMPARE(one.value(u"health"_s).toString(), u"Up"_s);
        if (one.value(u"service"_s).toString() != u"Draining"_s)
            continue;
        ++drained;
        QCOMPARE(one.value(u"peer"_s).toString(), peer);
        QCOMPARE(one.value(u"inTransaction"_s).toInt(), 1);
        QCOMPARE(one.value(u"serverSessions"_s).toInt(), 1);
        QCOMPARE(one.value(u"drain"_s).toObject().value(u"left"_s).toInt(), 1);
        QCOMPARE(one.value(u"drain"_s).toObject().value(u"reason"_s).toString(), u"kernel update"_s);
    }
    QCOMPARE(drained, 1);
    QVERIFY2(sessions >= 41, "also those that wait for their connections to use them");

    // Repeat until one peer is left.
    const QStringList others = othersThan(peer);
    CtlRun second(asRoot({u"drain"_s, others.at(0), u"--no-wait"_s}));
    COMPARE_EXIT(second, 0);
    QVERIFY2(second.error().contains("draining already: %1"_L1.arg(peer)), second.all().constData());
    CtlRun last(asRoot({u"drain"_s, others.at(1), u"--no-wait"_s}));
    COMPARE_EXIT(last, 4);
    QVERIFY2(last.error().contains(
                     u"%1 is the last healthy peer of pool orders"_s.arg(others.at(1))),
             last.all().constData());
    CtlRun back(asRoot({u"resume"_s, others.at(0)}));
    COMPARE_EXIT(back, 0);

    QCOMPARE(application.ask("commit"), u"committed"_s);
    CtlRun safe(asRoot({u"wait"_s, peer, u"--timeout"_s, u"50"_s}));
    // A second operator drains the drained peer at the same time, without a login, and waits by
    // default.
    CtlRun other({u"drain"_s, peer, u"--timeout"_s, u"50"_s});
    COMPARE_EXIT(safe, 0);
    COMPARE_EXIT(other, 0);
    QVERIFY2(other.out().contains("is draining already"_L1), other.all().constData());
    QVERIFY2(other.out().contains(
                     "[??] server       server's list not checked: no login was given"_L1),
             other.all().constData());
    QVERIFY2(other.out().contains("SAFE TO STOP: "_L1 + peer), other.all().constData());
    QVERIFY2(safe.out().contains("SAFE TO STOP: "_L1 + peer), safe.all().constData());
    for (const QString &check :
         {u"1 of 1 application(s) know"_s, u"no session left in applications"_s,
          u"server's list is empty"_s, u"quiet 10 of 10 s"_s, u"no application is silent"_s,
          u"2 other peer(s) up"_s})
        QVERIFY2(hasPassed(safe, check), qPrintable(check + QString::fromUtf8(safe.all())));
    QCOMPARE(server.connectionCount(), 0);
    QCOMPARE(application.ask("work"), u"0 failed"_s);
    QVERIFY(!application.ask("peers").contains(peer));

    CtlRun resume(asRoot({u"resume"_s, identityOf(server)}));
    COMPARE_EXIT(resume, 0);
    QTRY_VERIFY_WITH_TIMEOUT(application.ask("work") == u"0 failed"_s
                                     && application.ask("peers").contains(peer),
                             20'000);
}

// One connection uses the server's address, one its socket: draining one name must drain the other,
// too.
void tst_Ctl::otherSpellingObeys()
{
    ChildApplication application({u"--application"_s, m_servers.hostList()});
    QVERIFY(application.line().startsWith("ready "_L1));
    QCOMPARE(application.ask("commit"), u"committed"_s);
    Server &server = m_servers[0];
    const QString spelling = u"localhost:"_s + server.socketPath();
    ChildApplication other({u"--spelling"_s, QString::number(server.port()), server.socketPath(),
                            m_servers[1].address()});
    QCOMPARE(other.line(), u"ready "_s + spelling);
    QTRY_VERIFY_WITH_TIMEOUT(isListed(spelling), 10'000);
    CtlRun drain({u"drain"_s, server.address(), u"--no-wait"_s});
    COMPARE_EXIT(drain, 0);
    QTRY_COMPARE_WITH_TIMEOUT(server.connectionCount(), 0, 5000 * Patience);
    QCOMPARE(other.ask("peers"), m_servers[1].address());
    CtlRun resume({u"resume"_s, spelling});
    COMPARE_EXIT(resume, 0);
    QTRY_COMPARE_WITH_TIMEOUT(other.ask("peers"), spelling, 20'000);
    QCOMPARE(application.ask("work"), u"0 failed"_s);
}

void tst_Ctl::silentApplicationIsNamed()
{
    ChildApplication application({u"--application"_s, m_servers.hostList()});
    const QString peer = application.line().section(u' ', 1);
    QTRY_VERIFY_WITH_TIMEOUT(isListed(peer), 10'000);
    CtlRun drain({u"drain"_s, peer, u"--no-wait"_s});
    COMPARE_EXIT(drain, 0);
    QCOMPARE(::kill(pid_t(application.process.processId()), SIGSTOP), 0);
    const QStringList wait{u"wait"_s,          peer,           u"--pool-file"_s,
                           m_place.poolFile(), u"--timeout"_s, u"1"_s};
    CtlRun silent(asRoot(wait));
    const int code = silent.code();
    // Without the server's list only the reports are known.
    ChildApplication other({u"--application"_s, m_servers.hostList()});
    QVERIFY(other.line().startsWith(u"ready"_s));
    CtlRun accepted({u"wait"_s, peer, u"--accept-silent"_s, u"--timeout"_s, u"30"_s});
    const int acceptedCode = accepted.code();
    QCOMPARE(::kill(pid_t(application.process.processId()), SIGCONT), 0);
    QVERIFY2(acceptedCode == 0, accepted.all().constData());
    QVERIFY2(hasPassed(accepted, u"1 silent application(s) passed over, as the operator wants it"_s),
             accepted.all().constData());
    QCOMPARE(code, 5);
    QVERIFY2(silent.out().contains(QRegularExpression(
                     u"\\[--\\] silent +1 application.s. silent: billing-worker"_s)),
             silent.all().constData());
    CtlRun resume({u"resume"_s, peer});
    COMPARE_EXIT(resume, 0);
}

// With and without an account.
void tst_Ctl::killedApplicationIsGone()
{
    ChildApplication application({u"--application"_s, m_servers.hostList()});
    const QString ready = application.line();
    QVERIFY2(ready.startsWith("ready "_L1), qPrintable(ready));
    const QString drained = othersThan(ready.section(u' ', 1)).constFirst();
    CtlRun drain({u"drain"_s, drained, u"--no-wait"_s});
    COMPARE_EXIT(drain, 0);
    CtlRun withLogin(asRoot({u"events"_s, u"--follow"_s}));
    CtlRun without({u"events"_s, u"--follow"_s});
    for (CtlRun *run : {&withLogin, &without}) // printed after the first poll
        QTRY_VERIFY_WITH_TIMEOUT(run->out().contains("drained by"_L1), 20'000);
    application.process.kill();
    QVERIFY(application.process.waitForFinished());
    for (CtlRun *run : {&withLogin, &without})
        QTRY_VERIFY_WITH_TIMEOUT(run->out().contains("has gone"_L1), 20'000);
    // Later polls do not show it either.
    CtlRun list({u"list"_s, u"--watch"_s, u"1"_s});
    QTRY_VERIFY_WITH_TIMEOUT(list.out().count("0 application(s)"_L1) > 4, 20'000);
    QVERIFY2(!list.out().contains("billing-worker"_L1), list.all().constData());
    for (CtlRun *run : {&withLogin, &without}) {
        QCOMPARE(run->out().count("has gone"_L1), 1);
        QVERIFY2(run->out().count("is silent"_L1) <= 1, run->all().constData());
    }
    CtlRun resume({u"resume"_s, drained});
    COMPARE_EXIT(resume, 0);
}

void tst_Ctl::loginIsRefused()
{
    const QStringList login{u"--pool-file"_s, m_place.poolFile(), u"--user"_s, u"app"_s};
    for (const QStringList &verb :
         {QStringList{u"list"_s}, QStringList{u"recheck"_s, m_servers[0].address()},
          QStringList{u"drain"_s, m_servers[0].address()}}) {
        CtlRun run(verb + login, {u"QPROXYSQL_PASSWORD=wrong"_s});
        COMPARE_EXIT(run, 3);
        QVERIFY2(run.error().contains("1045"_L1), run.all().constData());
        QVERIFY(!run.all().contains("wrong"));
    }
    CtlRun right(QStringList{u"recheck"_s, m_servers[0].address()} + login,
                 {u"QPROXYSQL_PASSWORD=secret"_s});
    COMPARE_EXIT(right, 0);
    QVERIFY2(right.out().contains("answers"_L1), right.all().constData());
}

void tst_Ctl::accountWithoutProcessSeesNoList()
{
    const QString cnf = m_place.filePath(u"app.cnf"_s);
    QFile file(cnf);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(
            "[mysql]\nuser=root\n[client]\nuser = app # the application's\npassword=\"secret\"\n");
    file.close();
    CtlRun check({u"check"_s, u"--host"_s, m_servers.hostList(), u"--defaults-file"_s, cnf});
    COMPARE_EXIT(check, 0);
    QVERIFY2(check.out().contains("the account lacks the right PROCESS"_L1),
             check.all().constData());
}

void tst_Ctl::checkTellsOfPeers()
{
    CtlRun check(asRoot({u"check"_s, u"--host"_s, m_servers.hostList() + u",127.0.0.1:1"_s}));
    COMPARE_EXIT(check, 0);
    for (const QString &part :
         {m_servers[0].address() + u" ok: "_s, u"127.0.0.1:1 FAILED: 2"_s, u"tracking yes"_s,
          u"libqsqlmysql"_s, u"its clock is 0"_s, identityOf(m_servers[0])})
        QVERIFY2(check.out().contains(part), qPrintable(part + QString::fromUtf8(check.all())));
}

void tst_Ctl::initMakesTheTables()
{
    const QStringList withPools{u"init"_s, u"--pool-file"_s, m_place.poolFile(), u"--user"_s};
    CtlRun refused(withPools + QStringList{u"app"_s}, {u"QPROXYSQL_PASSWORD=secret"_s});
    COMPARE_EXIT(refused, 4);
    for (int round = 0; round < 2; ++round) { // existing objects are left unchanged
        CtlRun run(withPools + QStringList{u"root"_s});
        COMPARE_EXIT(run, 0);
    }
    for (int i = 0; i < 3; ++i) {
        QVERIFY2(m_servers[i]
                         .executeAsRoot(
                                 u"INSERT INTO qproxysql.qproxysql_drain_log (id, peer, state, "
                                 u"generation, account,"
                                 " requested_at) VALUES (1, 'db1:3306', 'draining', 1, CURRENT_USER(), NOW())"_s)
                         .ok,
                 "the tables are there");
        QCOMPARE(m_servers[i]
                         .executeAsRoot(u"SELECT HEX(token) FROM qproxysql.qproxysql_commit"_s)
                         .value(),
                 QString(32, u'F'));
    }
    // An installation that has only the tables of drains.
    QVERIFY(m_servers[0].executeAsRoot(u"DROP TABLE qproxysql.qproxysql_commit"_s));
    CtlRun again(withPools + QStringList{u"root"_s});
    COMPARE_EXIT(again, 0);
    QVERIFY(m_servers[0].executeAsRoot(u"SELECT * FROM qproxysql.qproxysql_commit"_s));
}

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    if (application.arguments().value(1) == u"--application"_s)
        return runCtlApplication(application.arguments().value(2));
    if (application.arguments().value(1) == u"--spelling"_s)
        return runSpellingApplication(application.arguments().value(2),
                                      application.arguments().value(3),
                                      application.arguments().value(4));
    tst_Ctl test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_ctl.moc"
