// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "sandbox/servergroup.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QFileInfo>
#include <QtSql/QSqlDatabase>
#include <QtSql/QSqlError>
#include <QtSql/QSqlQuery>
#include <QtTest/QTest>

#include <csignal>

using namespace qproxysql::sandbox;
using namespace std::chrono_literals;

/// Each operation of the sandbox produces what it says, on real servers.
class tst_Sandbox : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void accounts();
    void processList();
    void killRefuses();
    void terminateKeepsData();
    void freezeAcceptsAndIsSilent();
    void hungServerIsGivenUp();
    void flags();
    void badFlagShowsLog();
    void startLeavesOthersTemporaryTables();
    void foldersAreRemoved();

private:
    static QString connectError(Server &server, std::chrono::milliseconds timeout = 2s);

    std::unique_ptr<ServerGroup> m_servers;
};

QString tst_Sandbox::connectError(Server &server, std::chrono::milliseconds timeout)
{
    RootClient client;
    return client.open(server.port(), timeout) ? QString() : client.errorString();
}

void tst_Sandbox::initTestCase()
{
    m_servers = std::make_unique<ServerGroup>(2);
    QVERIFY2(m_servers->start(), qPrintable(m_servers->errorString()));
    QVERIFY((*m_servers)[0].port() != (*m_servers)[1].port());
    QCOMPARE(m_servers->hostList(),
             (*m_servers)[0].address() + QLatin1Char(',') + (*m_servers)[1].address());
}

void tst_Sandbox::accounts()
{
    Server &server = (*m_servers)[0];
    QCOMPARE(server.executeAsRoot(QStringLiteral("SELECT CURRENT_USER()")).value(),
             QStringLiteral("root@127.0.0.1"));
    const QString name = QStringLiteral("accounts");
    {
        QSqlDatabase db = QSqlDatabase::addDatabase(QStringLiteral("QMYSQL"), name);
        db.setHostName(QStringLiteral("127.0.0.1"));
        db.setPort(server.port());
        db.setUserName(QStringLiteral("app"));
        db.setPassword(QStringLiteral("secret"));
        db.setDatabaseName(QStringLiteral("test"));
        QVERIFY2(db.open(), qPrintable(db.lastError().text()));
        QSqlQuery query(db);
        QVERIFY(query.exec(QStringLiteral("CREATE OR REPLACE TABLE t(a INT)")));
        QVERIFY(query.exec(QStringLiteral("INSERT INTO t VALUES (1),(NULL)")));
        QVERIFY(!query.exec(QStringLiteral("SELECT * FROM mysql.user")));
        db.setPassword(QStringLiteral("wrong"));
        QVERIFY(!db.open());
        QCOMPARE(db.lastError().nativeErrorCode(), QStringLiteral("1045"));
    }
    QSqlDatabase::removeDatabase(name);

    const Answer rows = server.executeAsRoot(QStringLiteral("SELECT a, '' FROM test.t"));
    QVERIFY2(rows, qPrintable(rows.errorString));
    QCOMPARE(rows.rows.size(), 2);
    QCOMPARE(rows.rows.at(0).at(0), QStringLiteral("1"));
    QVERIFY(rows.rows.at(1).at(0).isNull());
    QVERIFY(!rows.rows.at(1).at(1).isNull());
    QCOMPARE(server.executeAsRoot(QStringLiteral("SELECT 1; SELECT 2")).value(),
             QStringLiteral("2"));
    QCOMPARE(server.executeAsRoot(QStringLiteral("SELECT * FROM test.none")).errorCode, 1146);
}

void tst_Sandbox::processList()
{
    Server &server = (*m_servers)[0];
    QTRY_VERIFY(server.processList(QStringLiteral("app")).isEmpty());
    QVERIFY(server.processList().isEmpty());
    RootClient client;
    QVERIFY(client.open(server.port()));
    const QString id = client.execute(QStringLiteral("SELECT CONNECTION_ID()")).value();
    QList<ProcessListEntry> entries;
    const auto isAsleep = [&] { // a moment after its answer
        entries = server.processList(QStringLiteral("root"));
        return entries.size() == 1 && entries.first().command == QLatin1String("Sleep");
    };
    QVERIFY(QTest::qWaitFor(isAsleep));
    QCOMPARE(QString::number(entries.first().id), id);
    QCOMPARE(server.connectionCount(QStringLiteral("root")), 1);
    QCOMPARE(server.connectionCount(QStringLiteral("app")), 0);
    client.close();
    QTRY_COMPARE(server.connectionCount(QString()), 0);
    QCOMPARE(server.statusValue(QStringLiteral("Aborted_clients")), 0);
}

void tst_Sandbox::killRefuses()
{
    Server &server = (*m_servers)[1];
    const quint16 port = server.port();
    server.kill();
    QVERIFY(!server.isRunning());
    QCOMPARE(server.pid(), 0);
    QVERIFY(connectError(server).contains(QStringLiteral("refused")));
    QCOMPARE(server.connectionCount(), -1);
    QVERIFY2(server.start(), qPrintable(server.errorString()));
    QCOMPARE(server.port(), port);
    QCOMPARE(connectError(server), QString());
}

void tst_Sandbox::terminateKeepsData()
{
    Server &server = (*m_servers)[1];
    QVERIFY(server.executeAsRoot(
            QStringLiteral("CREATE TABLE test.kept(a INT); INSERT INTO test.kept VALUES (7)")));
    QVERIFY(server.freeze());
    QVERIFY2(server.terminate(), qPrintable(server.errorString()));
    QVERIFY(connectError(server).contains(QStringLiteral("refused")));
    QVERIFY(!server.terminate());
    QVERIFY2(server.start(), qPrintable(server.errorString()));
    QVERIFY2(server.restart(), qPrintable(server.errorString()));
    QCOMPARE(server.executeAsRoot(QStringLiteral("SELECT a FROM test.kept")).value(),
             QStringLiteral("7"));
}

void tst_Sandbox::freezeAcceptsAndIsSilent()
{
    Server &server = (*m_servers)[1];
    QVERIFY(server.freeze());
    QVERIFY(server.isFrozen());
    QCOMPARE(connectError(server, 200ms), QStringLiteral("no answer within 0.2 s"));
    QVERIFY(server.thaw());
    QCOMPARE(connectError(server), QString());
}

void tst_Sandbox::hungServerIsGivenUp()
{
    Server &server = (*m_servers)[1];
    const auto normally = server.answerTimeout();
    server.setAnswerTimeout(200ms);
    QCOMPARE(::kill(pid_t(server.pid()), SIGSTOP), 0); // behind the sandbox's back
    const Answer silent = server.executeAsRoot(QStringLiteral("SELECT 1"));
    QVERIFY(!silent);
    QVERIFY2(silent.errorString.contains(QStringLiteral("no answer within 0.2 s")),
             qPrintable(silent.errorString));
    server.setAnswerTimeout(normally);
    QElapsedTimer timer;
    timer.start();
    QCOMPARE(server.connectionCount(), -1);
    QCOMPARE(server.executeAsRoot(QStringLiteral("SELECT 1")).errorString, silent.errorString);
    QVERIFY2(timer.elapsed() < 5000, "it was asked once more");
    QVERIFY(server.thaw());
    QCOMPARE(server.executeAsRoot(QStringLiteral("SELECT 1")).value(), QStringLiteral("1"));
}

void tst_Sandbox::flags()
{
    Server &server = (*m_servers)[1];
    server.setFlags({QStringLiteral("--max-connections=11"), QStringLiteral("--wait-timeout=77"),
                     QStringLiteral("--thread-handling=pool-of-threads")});
    QVERIFY2(server.restart(), qPrintable(server.errorString()));
    const Answer answer = server.executeAsRoot(
            QStringLiteral("SELECT @@max_connections, @@global.wait_timeout, @@thread_handling"));
    QCOMPARE(answer.rows.value(0), QStringList({QStringLiteral("11"), QStringLiteral("77"),
                                                QStringLiteral("pool-of-threads")}));
}

void tst_Sandbox::badFlagShowsLog()
{
    ServerGroup servers(1, {QStringLiteral("--no-such-flag")});
    QVERIFY(!servers.start());
    QVERIFY2(servers.errorString().contains(QStringLiteral("unknown option '--no-such-flag'")),
             qPrintable(servers.errorString()));
}

// A server that starts removes all temporary tables in its folder for temporary files, whose they ever are.
void tst_Sandbox::startLeavesOthersTemporaryTables()
{
    RootClient client;
    QVERIFY2(client.open((*m_servers)[0].port(), 2s), qPrintable(client.errorString()));
    QVERIFY(client.execute(
            QStringLiteral("CREATE TEMPORARY TABLE test.own (a LONGTEXT) ENGINE=Aria")));
    ServerGroup others(1);
    QVERIFY2(others.start(), qPrintable(others.errorString()));
    const Answer dropped = client.execute(QStringLiteral("DROP TEMPORARY TABLE test.own"));
    QVERIFY2(dropped, qPrintable(dropped.errorString));
}

void tst_Sandbox::foldersAreRemoved()
{
    QString folder;
    qint64 pid = 0;
    {
        ServerGroup servers(1);
        QVERIFY2(servers.start(), qPrintable(servers.errorString()));
        folder = servers[0].dataFolder();
        pid = servers[0].pid();
        QVERIFY(QFileInfo::exists(folder));
    }
    QVERIFY(!QFileInfo::exists(folder));
    QCOMPARE(::kill(pid_t(pid), 0), -1);
}

QTEST_GUILESS_MAIN(tst_Sandbox)
#include "tst_sandbox.moc"
