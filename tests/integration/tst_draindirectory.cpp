// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "connectionthreads.h"
#include "drain/drainfile.h"
#include "scopeddatabase.h"

#include "sandbox/childprocess.h"
#include "sandbox/patience.h"
#include "sandbox/servergroup.h"

#include <QtCore/QTemporaryDir>
#include <QtTest/QtTest>

#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace qproxysql;
using namespace qproxysql::sandbox;
using namespace Qt::StringLiterals;

namespace {

/// What the program does when it is started by itself: an application of another process. Exits with how
/// many of its connections went to the peer to be avoided, or with 100 more when one failed.
int runApplication(const QStringList &arguments)
{
    const QString hosts = arguments.value(2);
    const QString avoid = arguments.value(3);
    qputenv("QPROXYSQL_DIR", arguments.value(4).toUtf8());
    int avoided = 0;
    int failed = 0;
    for (int i = 0; i < 30; ++i) {
        ScopedDatabase db(hosts, u"POOL=application;MAX_IDLE=0"_s);
        if (!db.open() || !db.value(u"SELECT 1"_s).isValid())
            failed = 100;
        avoided += db.currentPeer() == avoid ? 1 : 0;
    }
    return avoided + failed;
}

} // namespace

/// What is written to the drain directory holds in all processes, those that run and those to come.
class tst_DrainDirectory : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_folder.isValid());
        qputenv("QPROXYSQL_DIR", m_directory.toUtf8());
        QVERIFY2(m_servers.start(), qPrintable(m_servers.errorString()));
        QVERIFY2(m_servers.executeEverywhere(
                         u"CREATE TABLE test.numbers (id INT PRIMARY KEY, n INT)"_s),
                 qPrintable(m_servers.errorString()));
    }
    void init()
    {
        for (int i = 0; i < 3; ++i)
            QTRY_COMPARE(m_servers[i].connectionCount(), 0);
    }

    void drainedServerIsEmptyButForATransaction()
    {
        const QString options = u"POOL=idle;MAX_IDLE=0"_s;
        ScopedDatabase inTransaction(m_servers.hostList(), options);
        QVERIFY(inTransaction.open());
        Server &server = m_servers.serverOf(inTransaction.currentPeer());
        QVERIFY(inTransaction.get().transaction());
        QSqlQuery query(inTransaction.get());
        QVERIFY(query.exec(u"REPLACE INTO numbers VALUES (1000, 1)"_s));
        const int session = inTransaction.serverThreadId();
        ConnectionThreads threads(40, m_servers.hostList(), options);
        QVERIFY2(threads.areOpen(), qPrintable(threads.firstFailure()));
        QVERIFY2(server.connectionCount() > 3, "nothing to leave");

        QElapsedTimer timer;
        timer.start();
        write(server.address(), Service::Draining);
        QTRY_COMPARE_WITH_TIMEOUT(server.connectionCount(), 1, 10'000);
        qInfo("the server was empty but for the transaction after %lld ms", timer.elapsed());
        QVERIFY2(timer.elapsed() < 3000 * Patience, qPrintable(QString::number(timer.elapsed())));
        QCOMPARE(server.processList(u"app"_s).constFirst().id, quint64(session));

        // A process that is started now.
        const qint64 connections = server.statusValue(u"Connections"_s);
        QCOMPARE(runElsewhere(server.address(), m_directory), 0);
        QVERIFY2(server.statusValue(u"Connections"_s) - connections <= 2,
                 "others than we ourselves");

        QVERIFY2(threads.work() > 3, "those that were cut have moved");
        QVERIFY2(threads.failures() == 0, qPrintable(threads.firstFailure()));
        QCOMPARE(server.connectionCount(), 1);
        QVERIFY2(inTransaction.get().commit(), qPrintable(inTransaction.error().text()));
        QTRY_COMPARE_WITH_TIMEOUT(server.connectionCount(), 0, 3000 * Patience);
        QCOMPARE(inTransaction.value(u"SELECT 1"_s).toInt(), 1);

        write(server.address(), Service::InService);
        QTRY_VERIFY_WITH_TIMEOUT(server.connectionCount() > 3, 20'000);
        threads.work();
        QVERIFY2(threads.failures() == 0, qPrintable(threads.firstFailure()));
    }

    // As in the machine's folder: who is in its group obeys, who is not goes on as before.
    void groupOfTheFolderObeys()
    {
        const QString shared = m_folder.filePath(u"shared"_s);
        QVERIFY(QDir().mkpath(shared));
        const QString user = otherUser();
        if (!user.isEmpty()) {
            QVERIFY(::chmod(qPrintable(m_folder.path()), 0755) == 0);
            QVERIFY(::chown(qPrintable(shared), 0, ::getpwnam(qPrintable(user))->pw_gid) == 0);
            QVERIFY(::chmod(qPrintable(shared), 02770) == 0);
        }
        QVERIFY(!DrainFile(shared)
                         .write({.peer = m_servers[0].address(), .service = Service::Draining})
                         .refusal);
        QCOMPARE(runElsewhere(m_servers[0].address(), shared, user), 0);
        if (user.isEmpty())
            return;
        QVERIFY(::chown(qPrintable(shared), 0, 0) == 0);
        const int connections = runElsewhere(m_servers[0].address(), shared, user);
        QVERIFY2(connections > 0 && connections < 30, qPrintable(QString::number(connections)));
    }

    // Kept for the next open(): no connection is open any more.
    void parkedSessionsAreClosed()
    {
        const QString options = u"POOL=parked;BALANCE=first;MAX_IDLE=2"_s;
        ScopedDatabase db(m_servers.hostList(), options);
        QVERIFY(db.open());
        db.get().close();
        QCOMPARE(m_servers[0].connectionCount(), 1);
        QTest::qWait(2500); // longer than a folder is watched for nothing
        write(m_servers[0].address(), Service::Draining);
        QTRY_COMPARE_WITH_TIMEOUT(m_servers[0].connectionCount(), 0, 3000 * Patience);
        write(m_servers[0].address(), Service::InService);
    }

    // Another spelling of the peer: its socket instead of its address.
    void peerOfAnotherNameIsMeantToo()
    {
        Server &server = m_servers[0];
        const QString identity = identityOf(server);
        const QString named = u"localhost:"_s + server.socketPath();
        const NamedPeer local(u"local"_s, u"localhost"_s, server.port(),
                              u"UNIX_SOCKET="_s + server.socketPath());
        const NamedPeer other(u"other"_s, u"127.0.0.1"_s, m_servers[1].port(), {});
        ScopedDatabase db({}, u"PEERS=local,other;POOL=names;MAX_IDLE=0;BALANCE=first"_s);
        QVERIFY2(db.open(), qPrintable(db.error().text()));
        QCOMPARE(db.currentPeer(), named);
        write(server.address(), Service::Draining, {identity});
        QTRY_COMPARE_WITH_TIMEOUT(server.connectionCount(), 0, 3000 * Patience);
        QCOMPARE(db.value(u"SELECT 1"_s).toInt(), 1);
        QCOMPARE(db.currentPeer(), m_servers[1].address());
        const QVariantMap peer = db.peer(named);
        QCOMPARE(peer.value(u"drainedBy"_s).toString(), u"alice"_s);
        QCOMPARE(peer.value(u"drainReason"_s).toString(), u"upgrade"_s);

        // A pool that does not know yet who answers there: it finds out, and goes elsewhere.
        ScopedDatabase unknowing({}, u"PEERS=local,other;POOL=unknowing;MAX_IDLE=0;BALANCE=first"_s);
        QVERIFY2(unknowing.open(), qPrintable(unknowing.error().text()));
        QCOMPARE(unknowing.currentPeer(), m_servers[1].address());

        // Resumed by its identity.
        write(identity, Service::InService);
        QTRY_COMPARE_WITH_TIMEOUT(db.peer(named).value(u"service"_s).toString(), u"InService"_s,
                                  5000);
        QTRY_VERIFY_WITH_TIMEOUT(comesBack(db, named), 20'000);
    }

    void oneWithControlOffDoesNotObey()
    {
        const QString options = u"MAX_IDLE=0;BALANCE=first;POOL="_s;
        ScopedDatabase off(m_servers.hostList(), options + u"off;CONTROL=off"_s);
        ScopedDatabase on(m_servers.hostList(), options + u"on"_s);
        QVERIFY(off.open());
        QVERIFY(on.open());
        write(m_servers[0].address(), Service::Draining);
        QTRY_VERIFY_WITH_TIMEOUT(on.value(u"SELECT 1"_s).isValid()
                                         && on.currentPeer() == m_servers[1].address(),
                                 10'000);
        QVERIFY(off.value(u"SELECT 1"_s).isValid());
        QCOMPARE(off.currentPeer(), m_servers[0].address());
        off.get().close();
        QVERIFY(off.open());
        QCOMPARE(off.currentPeer(), m_servers[0].address());
        write(m_servers[0].address(), Service::InService);
    }

private:
    /// A connection that PEERS may name.
    class NamedPeer
    {
    public:
        NamedPeer(const QString &name, const QString &host, int port, const QString &options)
            : m_name(name)
        {
            QSqlDatabase peer = QSqlDatabase::addDatabase(u"QMYSQL"_s, name);
            peer.setHostName(host);
            peer.setPort(port);
            peer.setConnectOptions(options);
        }
        ~NamedPeer() { QSqlDatabase::removeDatabase(m_name); }
        Q_DISABLE_COPY_MOVE(NamedPeer)

    private:
        const QString m_name;
    };

    void write(const QString &peer, Service service, const QStringList &identities = {}) const
    {
        const DrainFile::Outcome outcome = DrainFile(m_directory)
                                                   .write({.peer = peer,
                                                           .identities = identities,
                                                           .service = service,
                                                           .reason = u"upgrade"_s,
                                                           .requestedBy = u"alice"_s});
        if (outcome.refusal)
            QFAIL(qPrintable(outcome.refusal->text));
        QVERIFY(outcome.change.isNew);
    }
    /// Somebody who is not root and may run this program; empty when there is nobody.
    static QString otherUser()
    {
        bool isReachable = ::getuid() == 0 && ::getpwnam("nobody");
        for (QDir folder = QCoreApplication::applicationDirPath(); isReachable; folder.cdUp()) {
            isReachable = QFileInfo(folder.path()).permission(QFile::ExeOther);
            if (folder.isRoot())
                break;
        }
        return isReachable ? u"nobody"_s : QString();
    }
    /// The number of connections that another process has to \a peer, of thirty; -1: it did not end well.
    int runElsewhere(const QString &peer, const QString &directory, const QString &user = {}) const
    {
        ChildProcess::Start start;
        start.program = QCoreApplication::applicationFilePath();
        start.arguments = {u"--application"_s, m_servers.hostList(), peer, directory};
        start.user = user;
        ChildProcess application;
        if (!application.start(start))
            qWarning("%s", qPrintable(application.errorString()));
        return application.waitForEnd(std::chrono::seconds(30)) ? application.exitStatus() : -1;
    }
    static QString identityOf(Server &server)
    {
        return server.executeAsRoot(u"SELECT CONCAT(@@hostname, ':', @@port)"_s).value();
    }
    static bool comesBack(ScopedDatabase &db, const QString &peer)
    {
        return db.value(u"SELECT 1"_s).isValid() && db.currentPeer() == peer;
    }
    QTemporaryDir m_folder;
    const QString m_directory = m_folder.filePath(u"state/qproxysql"_s);
    ServerGroup m_servers{3};
};

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    if (application.arguments().value(1) == u"--application"_s)
        return runApplication(application.arguments());
    tst_DrainDirectory test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_draindirectory.moc"
