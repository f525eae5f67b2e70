// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "ctlrun.h"

#include "scopeddatabase.h"

#include "sandbox/fulltests.h"
#include "sandbox/servergroup.h"

#include <QtCore/QFile>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtCore/QTemporaryDir>
#include <QtTest/QtTest>

using namespace qproxysql::sandbox;
using namespace Qt::StringLiterals;

/// qproxysql-ctl and an application (this process) whose peers have a Unix socket each.
class tst_SocketCtl : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void drainListResume_data();
    void drainListResume();
    void otherAddressObeys();
    void listOfProbes();
    void unknownSocketIsNamed();
    void fleetGoesByWhatTheServerCallsItself();

private:
    QString nameOf(int server) { return u"localhost:"_s + m_servers[server].socketPath(); }
    QString hosts() { return nameOf(0) + u',' + nameOf(1); }
    static QStringList asRoot(const QStringList &arguments)
    {
        return arguments + QStringList{u"--user"_s, u"root"_s};
    }
    static bool isListed(const QString &peer)
    {
        CtlRun list({u"list"_s});
        return list.code() == 0 && list.out().contains(peer);
    }
    static QJsonObject peerIn(CtlRun &list, const QString &name);

    QTemporaryDir m_folder;
    ServerGroup m_servers{2, {u"--skip-networking"_s}};
};

void tst_SocketCtl::initTestCase()
{
    QVERIFY(m_folder.isValid());
    QVERIFY(QDir().mkpath(m_folder.filePath(u"state"_s)));
    qputenv("QPROXYSQL_DIR", QFile::encodeName(m_folder.filePath(u"state"_s)));
    QVERIFY2(m_servers.start(), qPrintable(m_servers.errorString()));
}

QJsonObject tst_SocketCtl::peerIn(CtlRun &list, const QString &name)
{
    const QJsonArray pools =
            QJsonDocument::fromJson(list.out().toUtf8()).object().value("pools"_L1).toArray();
    for (const QJsonValue &pool : pools) {
        const QJsonArray peers = pool.toObject().value("peers"_L1).toArray();
        for (const QJsonValue &peer : peers) {
            if (peer.toObject().value("peer"_L1).toString() == name)
                return peer.toObject();
        }
    }
    return {};
}

void tst_SocketCtl::drainListResume_data()
{
    QTest::addColumn<QString>("peer");
    QTest::newRow("by the path") << nameOf(0);
    if (!RunsAllData) // fleetGoesByWhatTheServerCallsItself() uses the other name, too
        return;
    QTest::newRow("by the server's name")
            << m_servers[0].executeAsRoot(u"SELECT CONCAT(@@hostname, ':', @@socket)"_s).value();
}

void tst_SocketCtl::drainListResume()
{
    QFETCH(QString, peer);
    std::vector<std::unique_ptr<ScopedDatabase>> all;
    for (int i = 0; i < 20; ++i) {
        all.push_back(std::make_unique<ScopedDatabase>(hosts(), u"MAX_IDLE=0"_s));
        QVERIFY2(all.back()->open(), qPrintable(all.back()->error().text()));
    }
    QVERIFY(m_servers[0].connectionCount() > 0);
    QTRY_VERIFY_WITH_TIMEOUT(isListed(nameOf(0)), 10'000);
    CtlRun drain({u"drain"_s, peer, u"--no-wait"_s, u"--reason"_s, u"kernel update"_s});
    COMPARE_EXIT(drain, 0);
    QTRY_COMPARE_WITH_TIMEOUT(m_servers[0].connectionCount(), 0, 15'000);
    QCOMPARE(m_servers[1].connectionCount(), 20);
    for (const auto &db : all) {
        QCOMPARE(db->value(u"SELECT 1"_s).toInt(), 1);
        QCOMPARE(db->currentPeer(), nameOf(1));
    }
    CtlRun wait(asRoot({u"wait"_s, peer, u"--timeout"_s, u"40"_s}));
    COMPARE_EXIT(wait, 0);
    QVERIFY2(wait.out().contains(u"SAFE TO STOP: "_s + nameOf(0)), wait.all().constData());

    CtlRun list({u"list"_s});
    COMPARE_EXIT(list, 0);
    QVERIFY2(list.out().contains(nameOf(0) + u' '), list.all().constData());
    CtlRun json({u"list"_s, u"--json"_s});
    COMPARE_EXIT(json, 0);
    const QJsonObject drained = peerIn(json, nameOf(0));
    QCOMPARE(drained.value("service"_L1).toString(), u"Draining"_s);
    QCOMPARE(drained.value("host"_L1).toString(), u"localhost"_s);
    QVERIFY(drained.contains("port"_L1) && drained.value("port"_L1).isNull());
    QCOMPARE(drained.value("socket"_L1).toString(), m_servers[0].socketPath());
    QCOMPARE(peerIn(json, nameOf(1)).value("service"_L1).toString(), u"InService"_s);

    CtlRun resume({u"resume"_s, peer});
    COMPARE_EXIT(resume, 0);
    QTRY_COMPARE_WITH_TIMEOUT(all[0]->peer(nameOf(0)).value(u"service"_s).toString(),
                              u"InService"_s, 10'000);
}

// One server, used by one pool through its port and by another through its socket.
void tst_SocketCtl::otherAddressObeys()
{
    ServerGroup more(2);
    QVERIFY2(more.start(), qPrintable(more.errorString()));
    const QString socket = u"localhost:"_s + more[0].socketPath();
    ScopedDatabase byPort(more.hostList(), u"POOL=by_port;BALANCE=first;MAX_IDLE=0"_s);
    ScopedDatabase bySocket(socket + u",localhost:"_s + more[1].socketPath(),
                            u"POOL=by_socket;BALANCE=first;MAX_IDLE=0"_s);
    QVERIFY2(byPort.open(), qPrintable(byPort.error().text()));
    QVERIFY2(bySocket.open(), qPrintable(bySocket.error().text()));
    QCOMPARE(more[0].connectionCount(), 2);
    QTRY_VERIFY_WITH_TIMEOUT(isListed(socket), 10'000);
    for (const QString &peer : {socket, more[0].address()}) {
        CtlRun drain({u"drain"_s, peer, u"--no-wait"_s});
        COMPARE_EXIT(drain, 0);
        QTRY_COMPARE_WITH_TIMEOUT(more[0].connectionCount(), 0, 15'000);
        QCOMPARE(byPort.value(u"SELECT 1"_s).toInt(), 1);
        QCOMPARE(byPort.currentPeer(), more[1].address());
        CtlRun resume({u"resume"_s, peer});
        COMPARE_EXIT(resume, 0);
        QTRY_COMPARE_WITH_TIMEOUT(byPort.peer(more[0].address()).value(u"service"_s).toString(),
                                  u"InService"_s, 10'000);
        byPort.get().close();
        bySocket.get().close();
        QVERIFY(byPort.open());
        QVERIFY(bySocket.open());
        QTRY_COMPARE_WITH_TIMEOUT(more[0].connectionCount(), 2, 15'000);
    }
}

void tst_SocketCtl::listOfProbes()
{
    QFile file(m_folder.filePath(u"pools.ini"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(u"[near]\npeers = %1, localhost:%2/no such.sock\n"_s.arg(nameOf(0), m_folder.path())
                       .toUtf8());
    file.close();
    CtlRun list(asRoot(
            {u"list"_s, u"--json"_s, u"--pool-file"_s, file.fileName(), u"--pool"_s, u"near"_s}));
    COMPARE_EXIT(list, 10);
    const QJsonObject up = peerIn(list, nameOf(0));
    QCOMPARE(up.value("health"_L1).toString(), u"Up"_s);
    QCOMPARE(up.value("healthFrom"_L1).toString(), u"probe"_s);
    const QJsonObject down = peerIn(list, u"localhost:%1/no such.sock"_s.arg(m_folder.path()));
    QCOMPARE(down.value("health"_L1).toString(), u"Down"_s);
}

void tst_SocketCtl::unknownSocketIsNamed()
{
    ScopedDatabase db(hosts());
    QVERIFY2(db.open(), qPrintable(db.error().text()));
    QTRY_VERIFY_WITH_TIMEOUT(isListed(nameOf(0)), 10'000);
    CtlRun drain({u"drain"_s, nameOf(0).toUpper(), u"--no-wait"_s});
    COMPARE_EXIT(drain, 6);
    QVERIFY2(drain.error().contains(nameOf(0)), drain.all().constData());
}

// The same path is another server on the next machine.
void tst_SocketCtl::fleetGoesByWhatTheServerCallsItself()
{
    const QString schema = u"CREATE DATABASE IF NOT EXISTS qproxysql"_s;
    QVERIFY2(m_servers.executeEverywhere(schema), qPrintable(m_servers.errorString()));
    ScopedDatabase db(hosts(), u"POOL=fleet;CONTROL=fleet;MAX_IDLE=0"_s);
    db.get().setUserName(u"root"_s);
    db.get().setPassword({});
    QVERIFY2(db.open(), qPrintable(db.error().text()));
    QTRY_VERIFY_WITH_TIMEOUT(isListed(u"fleet"_s), 10'000);
    const QStringList fleet{u"--pool"_s, u"fleet"_s, u"--control-schema"_s, u"qproxysql"_s};
    CtlRun init(asRoot(QStringList{u"init"_s} + fleet));
    COMPARE_EXIT(init, 0);
    CtlRun drain(asRoot(QStringList{u"drain"_s, nameOf(0), u"--no-wait"_s} + fleet));
    COMPARE_EXIT(drain, 0);
    QTRY_COMPARE_WITH_TIMEOUT(db.peer(nameOf(0)).value(u"service"_s).toString(), u"Draining"_s,
                              15'000);
    QCOMPARE(db.peer(nameOf(1)).value(u"service"_s).toString(), u"InService"_s);
    const QStringList row = m_servers[1]
                                    .executeAsRoot(u"SELECT peer, identities FROM "
                                                   "qproxysql.qproxysql_drain"_s)
                                    .rows.value(0);
    QVERIFY2(row.size() == 2 && !row.join(u' ').contains("localhost:/"_L1),
             qPrintable(row.join(u' ')));
    QVERIFY2(row.value(0).endsWith(u':' + m_servers[0].socketPath()), qPrintable(row.value(0)));
    CtlRun resume(asRoot(QStringList{u"resume"_s, nameOf(0)} + fleet));
    COMPARE_EXIT(resume, 0);
    QTRY_COMPARE_WITH_TIMEOUT(db.peer(nameOf(0)).value(u"service"_s).toString(), u"InService"_s,
                              15'000);
}

QTEST_GUILESS_MAIN(tst_SocketCtl)
#include "tst_socketctl.moc"
