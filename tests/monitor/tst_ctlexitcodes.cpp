// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "ctlrun.h"
#include "drain/drainfile.h"
#include "report/reportfolder.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtCore/QRegularExpression>
#include <QtCore/QTemporaryDir>
#include <QtTest/QtTest>

#include <QtNetwork/QLocalServer>
#include <QtNetwork/QLocalSocket>
#include <QtNetwork/QTcpServer>
#include <QtNetwork/QTcpSocket>

#include <csignal>
#include <cstring>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

using namespace qproxysql;
using namespace Qt::StringLiterals;

namespace {

// Nothing listens there: port 1 is nobody's.
constexpr auto Pools = "[orders]\npeers = 127.0.0.1:1, 127.0.0.1:2\nconnect_timeout = 1\n"
                       "[single]\npeers = 127.0.0.1:3\n";

} // namespace

/// What qproxysql-ctl ends with, says and refuses, without any server.
class tst_CtlExitCodes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        QVERIFY(m_folder->isValid());
        QFile file(poolFile());
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(Pools);
        qputenv("QPROXYSQL_DIR", QFile::encodeName(directory()));
    }

    void nothingKnownIsNoError()
    {
        CtlRun run({u"list"_s});
        COMPARE_EXIT(run, 0);
        QVERIFY2(run.out().contains("No pool is known here"_L1), run.all().constData());
    }

    void usage_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("names"); // what the message must name
        const auto row = [](const char *name, const QStringList &arguments, const QString &names) {
            QTest::newRow(name) << arguments << names;
        };
        row("no verb", {}, u"list, drain, wait"_s);
        row("no such verb", {u"stop"_s}, u"stop"_s);
        row("no peer", {u"drain"_s}, u"host:port"_s);
        row("two peers", {u"drain"_s, u"a"_s, u"b"_s}, u"\"b\""_s);
        row("no such option", {u"list"_s, u"--jsno"_s}, u"jsno"_s);
        row("an option of another verb", {u"list"_s, u"--force"_s}, u"--force is not for list"_s);
        row("no number", {u"list"_s, u"--watch"_s, u"soon"_s}, u"soon"_s);
        row("no time", {u"wait"_s, u"a"_s, u"--timeout"_s, u"0"_s}, u"above 0"_s);
        row("no pool file", {u"list"_s, u"--pool-file"_s, u"/nonexistent.ini"_s},
            u"/nonexistent.ini"_s);
        row("no option file", {u"list"_s, u"--defaults-file"_s, u"/nonexistent.cnf"_s},
            u"/nonexistent.cnf"_s);
        row("no user", {u"list"_s, u"--password-command"_s, u"true"_s}, u"--user"_s);
        row("no schema", {u"init"_s, u"--print"_s, u"--control-schema"_s, u"a`b"_s}, u"a`b"_s);
        row("bad connect options", {u"check"_s, u"--options"_s, u"BALANCE=best"_s},
            u"BALANCE=best"_s);
    }
    void usage()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QString, names);
        CtlRun run(arguments);
        COMPARE_EXIT(run, 2);
        QVERIFY2(run.error().contains(names), run.all().constData());
        QCOMPARE(run.out(), QString());
    }

    void folderThatIsNotAbsolute()
    {
        CtlRun run({u"list"_s}, {u"QPROXYSQL_DIR=here"_s});
        COMPARE_EXIT(run, 2);
        QVERIFY2(run.error().contains("QPROXYSQL_DIR"_L1), run.all().constData());
    }

    void nobodyAnswers()
    {
        CtlRun recheck(withPools({u"recheck"_s, u"127.0.0.1:1"_s, u"--user"_s, u"app"_s}));
        COMPARE_EXIT(recheck, 3);
        QVERIFY2(recheck.error().contains("2003"_L1) || recheck.error().contains("2002"_L1),
                 recheck.all().constData());
        CtlRun init(withPools({u"init"_s, u"--user"_s, u"app"_s}));
        COMPARE_EXIT(init, 3);
        CtlRun list(withPools({u"list"_s, u"--user"_s, u"app"_s}));
        COMPARE_EXIT(list, 10);
        QVERIFY2(list.out().contains("0 of 2 up, 0 draining, 2 down"_L1), list.all().constData());
        CtlRun check({u"check"_s, u"--host"_s, u"127.0.0.1:1"_s, u"--user"_s, u"app"_s});
        COMPARE_EXIT(check, 3);
    }

    void passwordCommandThatFails()
    {
        CtlRun run(withPools(
                {u"list"_s, u"--user"_s, u"app"_s, u"--password-command"_s, u"exit 9"_s}));
        COMPARE_EXIT(run, 3);
        QVERIFY2(run.error().contains("ended with 9"_L1), run.all().constData());
    }

    void withoutLoginNothingIsCheckedAndNeverZero()
    {
        CtlRun run(withPools({u"list"_s, u"--json"_s}));
        COMPARE_EXIT(run, 0);
        const QJsonObject json = QJsonDocument::fromJson(run.out().toUtf8()).object();
        QCOMPARE(json.value(u"schema"_s).toInt(), 1);
        QCOMPARE(json.value(u"pools"_s).toArray().size(), 2);
        const QJsonObject peer = json.value(u"pools"_s)[0].toObject().value(u"peers"_s)[0].toObject();
        QCOMPARE(peer.value(u"peer"_s).toString(), u"127.0.0.1:1"_s);
        QCOMPARE(peer.value(u"health"_s).toString(), u"Unknown"_s);
        for (const QString &name :
             {u"sessions"_s, u"serverSessions"_s, u"connectP95Ms"_s, u"drain"_s})
            QVERIFY2(peer.contains(name) && peer.value(name).isNull(), qPrintable(name));
    }

    void drainIsWrittenAndNotSafe()
    {
        CtlRun drain(withPools({u"drain"_s, u"127.0.0.1:1"_s, u"--no-wait"_s, u"--reason"_s,
                                u"kernel update"_s, u"--force"_s}));
        COMPARE_EXIT(drain, 0);
        QVERIFY2(drain.out().contains("requested, NOT yet safe to stop"_L1),
                 drain.all().constData());
        QCOMPARE(serviceOf(u"127.0.0.1:1"_s), Service::Draining);

        // Nobody could look: never safe.
        CtlRun wait(withPools({u"wait"_s, u"127.0.0.1:1"_s, u"--timeout"_s, u"1.5"_s}));
        COMPARE_EXIT(wait, 5);
        QVERIFY2(wait.out().contains("NOT YET SAFE TO STOP"_L1), wait.all().constData());
        QVERIFY2(wait.out().contains("no login was given"_L1), wait.all().constData());
        QCOMPARE(serviceOf(u"127.0.0.1:1"_s), Service::Draining);

        CtlRun again(withPools({u"drain"_s, u"127.0.0.1:1"_s, u"--no-wait"_s}));
        COMPARE_EXIT(again, 0);
        QVERIFY2(again.out().contains("is draining already"_L1), again.all().constData());
        QVERIFY2(again.out().contains("kernel update"_L1), again.all().constData());
        CtlRun list(withPools({u"list"_s, u"--json"_s}));
        COMPARE_EXIT(list, 0);
        QVERIFY(list.out().contains("\"safeToStop\": false"_L1));

        CtlRun events({u"events"_s, u"--json"_s});
        COMPARE_EXIT(events, 0);
        const QJsonObject event = QJsonDocument::fromJson(events.out().toUtf8()).object();
        QCOMPARE(event.value(u"kind"_s).toString(), u"drain"_s);

        CtlRun resume(withPools({u"resume"_s, u"127.0.0.1:1"_s}));
        COMPARE_EXIT(resume, 0);
        QCOMPARE(serviceOf(u"127.0.0.1:1"_s), Service::InService);
        CtlRun notDraining(withPools({u"wait"_s, u"127.0.0.1:1"_s}));
        COMPARE_EXIT(notDraining, 4);
    }

    // No application and no pool file knows it: the directory does.
    void drainedPeerOfNoPoolCanBeResumed()
    {
        CtlRun drain(withPools({u"drain"_s, u"127.0.0.1:1"_s, u"--no-wait"_s, u"--force"_s}));
        COMPARE_EXIT(drain, 0);
        CtlRun list({u"list"_s});
        COMPARE_EXIT(list, 0);
        QVERIFY2(list.out().contains("127.0.0.1:1"_L1), list.all().constData());
        CtlRun resume({u"resume"_s, u"127.0.0.1:1"_s});
        COMPARE_EXIT(resume, 0);
        QCOMPARE(serviceOf(u"127.0.0.1:1"_s), Service::InService);
    }

    void refusals()
    {
        CtlRun readOnly(withPools({u"drain"_s, u"127.0.0.1:1"_s, u"--no-wait"_s, u"--read-only"_s}));
        COMPARE_EXIT(readOnly, 4);
        CtlRun unproven(withPools({u"drain"_s, u"127.0.0.1:1"_s, u"--no-wait"_s}));
        COMPARE_EXIT(unproven, 4);
        QVERIFY2(unproven.error().contains(
                         "nobody has shown within the last 5 s that 127.0.0.1:2 can serve"_L1),
                 unproven.all().constData());
        QVERIFY2(unproven.error().contains("--user NAME"_L1), unproven.all().constData());
        CtlRun last(withPools({u"drain"_s, u"127.0.0.1:3"_s, u"--no-wait"_s}));
        COMPARE_EXIT(last, 4);
        QVERIFY2(last.error().contains("last healthy peer of pool single"_L1),
                 last.all().constData());
        QVERIFY2(last.error().contains("--force"_L1), last.all().constData());
        QVERIFY(!QFile::exists(DrainFile(directory()).path()));
        CtlRun forced(withPools({u"drain"_s, u"127.0.0.1:3"_s, u"--no-wait"_s, u"--force"_s}));
        COMPARE_EXIT(forced, 0);
        CtlRun readOnlyResume(withPools({u"resume"_s, u"127.0.0.1:3"_s, u"--read-only"_s}));
        COMPARE_EXIT(readOnlyResume, 4);
        QCOMPARE(serviceOf(u"127.0.0.1:3"_s), Service::Draining);
    }

    void withoutRights()
    {
        const QString parent = m_folder->filePath(u"of others"_s);
        QVERIFY(QDir().mkpath(parent));
        QVERIFY(QFile::setPermissions(parent, QFile::ReadOwner | QFile::ExeOwner));
        const QString wanted = parent + u"/qproxysql"_s;
        CtlRun run(withPools({u"drain"_s, u"127.0.0.1:1"_s, u"--no-wait"_s}),
                   {u"QPROXYSQL_DIR="_s + wanted}, CtlRun::Rights::OfNoSuperuser);
        COMPARE_EXIT(run, 4);
        QVERIFY2(run.error().contains(wanted), run.all().constData());
        QVERIFY(!QFile::exists(wanted));
    }

    void mayNotLook()
    {
        QVERIFY(QDir().mkpath(directory()));
        QVERIFY(QFile::setPermissions(directory(), {}));
        CtlRun run({u"resume"_s, u"127.0.0.1:1"_s}, {}, CtlRun::Rights::OfNoSuperuser);
        const int code = run.code();
        QVERIFY(QFile::setPermissions(directory(),
                                      QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
        QVERIFY2(code == 4, run.all().constData());
        QVERIFY2(run.error().contains("Permission denied"_L1), run.all().constData());
    }

    void accountIsNotShownToStrangers_data()
    {
        QTest::addColumn<bool>("isStranger");
        QTest::addColumn<QStringList>("options");
        QTest::addColumn<bool>("isShown");
        QTest::newRow("own application") << false << QStringList() << true;
        if (::geteuid() != 0)
            return; // nobody else can play another user
        QTest::newRow("stranger's") << true << QStringList() << false;
        QTest::newRow("trusted") << true << QStringList{u"--trust-reports"_s} << true;
        QTest::newRow("pool file's") << true << QStringList{u"--pool-file"_s} << true;
    }

    // A report that names a host: whoever may write it could have the operator's password sent there.
    void accountIsNotShownToStrangers()
    {
        QFETCH(bool, isStranger);
        QFETCH(QStringList, options);
        QFETCH(bool, isShown);
        QTcpServer host;
        QVERIFY(host.listen(QHostAddress::LocalHost));
        const PeerAddress address{u"127.0.0.1"_s, host.serverPort()};
        int logins = 0;
        connect(&host, &QTcpServer::newConnection, &host, [&] {
            ++logins;
            host.nextPendingConnection()->close();
        });
        ProcessReport report;
        report.process = {u"00112233445566778899aabbccddeeff"_s, u"shop"_s, u"vm"_s, 1, u"x"_s};
        PeerReport peer;
        peer.address = address;
        peer.health = Health::Up;
        peer.service = Service::InService;
        report.pools = {{u"shop"_s, Control::Local, {peer}}};
        QLocalServer reporter;
        QVERIFY(listenAs(isStranger ? 65534 : ::geteuid(), report.process.id, &reporter));
        connect(&reporter, &QLocalServer::newConnection, &reporter, [&] {
            QLocalSocket *const reader = reporter.nextPendingConnection();
            reader->write(report.toLine());
            reader->flush();
        });
        if (options.contains(u"--pool-file"_s)) {
            QFile file(poolFile());
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write("[shop]\npeers = " + address.name().toUtf8() + '\n');
            options.append(poolFile());
        }
        CtlRun list(QStringList{u"list"_s, u"--user"_s, u"op"_s} + options,
                    {u"QPROXYSQL_PASSWORD=secret"_s});
        QVERIFY(QTest::qWaitFor([&] { return list.process().state() == QProcess::NotRunning; },
                                20'000));
        QVERIFY2(list.out().contains(address.name()), list.all().constData());
        QCOMPARE(logins > 0, isShown);
        QCOMPARE(list.error().contains("only applications of other users name"_L1), !isShown);
    }

    void unknownNames()
    {
        CtlRun peer(withPools({u"drain"_s, u"db9"_s, u"--no-wait"_s}));
        COMPARE_EXIT(peer, 6);
        QVERIFY2(peer.error().contains("\"db9\""_L1) && peer.error().contains("127.0.0.1:2"_L1),
                 peer.all().constData());
        CtlRun pool(withPools({u"list"_s, u"--pool"_s, u"order"_s}));
        COMPARE_EXIT(pool, 6);
        QVERIFY2(pool.error().contains("orders"_L1), pool.all().constData());
    }

    void resumedWhileOneWaits()
    {
        CtlRun drain(withPools({u"drain"_s, u"127.0.0.1:1"_s, u"--force"_s}));
        QTRY_VERIFY(drain.out().contains("nobody could look"_L1));
        CtlRun resume(withPools({u"resume"_s, u"127.0.0.1:1"_s, u"--reason"_s, u"stay up"_s}));
        COMPARE_EXIT(resume, 0);
        COMPARE_EXIT(drain, 7);
        QVERIFY2(drain.error().contains("resumed it (stay up)"_L1), drain.all().constData());
    }

    // Between what the operator has seen and what he asks for.
    void changedBeforeItIsWritten()
    {
        const QString seen = m_folder->filePath(u"seen"_s);
        const QString go = m_folder->filePath(u"go"_s);
        CtlRun drain(
                withPools({u"drain"_s, u"127.0.0.1:1"_s, u"--no-wait"_s, u"--user"_s, u"app"_s,
                           u"--password-command"_s,
                           u"touch %1; while ! [ -e %2 ]; do sleep 0.05; done"_s.arg(seen, go)}));
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(seen), 20'000);
        for (const Service service : {Service::Draining, Service::InService}) {
            QVERIFY(!DrainFile(directory())
                             .write({.peer = u"127.0.0.1:1"_s,
                                     .service = service,
                                     .requestedBy = u"bob@admin2"_s})
                             .refusal);
        }
        QFile file(go);
        QVERIFY(file.open(QIODevice::WriteOnly));
        COMPARE_EXIT(drain, 7);
        QVERIFY2(drain.error().contains("bob@admin2"_L1), drain.all().constData());
        QCOMPARE(serviceOf(u"127.0.0.1:1"_s), Service::InService);
    }

    void followedAndWatched()
    {
        CtlRun events({u"events"_s, u"--follow"_s, u"--json"_s});
        CtlRun list(
                withPools({u"list"_s, u"--watch"_s, u"0.1"_s, u"--json"_s, u"--user"_s, u"app"_s}));
        QTRY_VERIFY_WITH_TIMEOUT(list.out().count(u'\n') >= 2, 20'000);
        const QStringList lines = list.out().split(u'\n');
        QVERIFY(lines.at(0).contains("\"errors5m\":null"_L1)); // nobody has watched yet
        QVERIFY(!lines.at(0).contains("\"since\":\""_L1));
        QVERIFY(lines.at(1).contains("\"errors5m\":2"_L1));
        CtlRun drain(withPools({u"drain"_s, u"127.0.0.1:1"_s, u"--no-wait"_s, u"--force"_s}));
        COMPARE_EXIT(drain, 0);
        QTRY_VERIFY_WITH_TIMEOUT(events.out().contains("\"kind\":\"drain\""_L1), 20'000);
        QTRY_VERIFY_WITH_TIMEOUT(list.out().contains("\"service\":\"Draining\""_L1), 20'000);
        QVERIFY(list.out().contains("\"since\":\"20"_L1));
    }

    void quietTellsResultsOnly()
    {
        CtlRun drain(withPools({u"drain"_s, u"127.0.0.1:1"_s, u"--timeout"_s, u"0.5"_s,
                                u"--quiet"_s, u"--force"_s}));
        COMPARE_EXIT(drain, 5);
        QVERIFY2(drain.out().startsWith("NOT YET SAFE TO STOP"_L1), drain.all().constData());
    }

    void damagedDirectory()
    {
        QVERIFY(QDir().mkpath(directory()));
        QFile file(DrainFile(directory()).path());
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("{ not json");
        file.close();
        for (const QStringList &arguments :
             {QStringList{u"drain"_s, u"127.0.0.1:1"_s, u"--no-wait"_s}, QStringList{u"list"_s}}) {
            CtlRun run(withPools(arguments));
            COMPARE_EXIT(run, 1);
            QVERIFY2(run.error().contains("drain.json is damaged"_L1), run.all().constData());
        }
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), QByteArray("{ not json"));
    }

    void interruptedWaitSaysThatTheDrainGoesOn()
    {
        CtlRun drain(withPools({u"drain"_s, u"127.0.0.1:1"_s, u"--force"_s}));
        QTRY_VERIFY(drain.out().contains("nobody could look"_L1));
        QCOMPARE(::kill(pid_t(drain.process().processId()), SIGINT), 0);
        COMPARE_EXIT(drain, 130);
        QVERIFY2(drain.error().contains("The drain goes on"_L1), drain.all().constData());
        QCOMPARE(serviceOf(u"127.0.0.1:1"_s), Service::Draining);
    }

    void initPrintsSqlAndGrants()
    {
        CtlRun run({u"init"_s, u"--print"_s, u"--control-schema"_s, u"ops"_s});
        COMPARE_EXIT(run, 0);
        for (const QString &part : {u"`ops`.qproxysql_drain ("_s, u"`ops`.qproxysql_drain_log ("_s,
                                    u"GRANT SELECT ON `ops`.qproxysql_drain TO"_s})
            QVERIFY2(run.out().contains(part), qPrintable(part));
    }

    void checkTellsOrigins()
    {
        CtlRun run({u"check"_s, u"--pool-file"_s, poolFile(), u"--pool"_s, u"orders"_s,
                    u"--options"_s, u"MAX_IDLE=5"_s},
                   {u"QPROXYSQL_OPTIONS=CHECK_INTERVAL=7"_s});
        COMPARE_EXIT(run, 0);
        const auto hasLine = [&run](const QString &pattern) {
            return run.out().contains(
                    QRegularExpression(pattern, QRegularExpression::MultilineOption));
        };
        QVERIFY2(hasLine(u"^  MAX_IDLE +5 +connect options$"_s), run.all().constData());
        QVERIFY2(hasLine(u"^  CHECK_INTERVAL +7 +environment QPROXYSQL_OPTIONS$"_s),
                 run.all().constData());
        QVERIFY2(hasLine(u"^  CONNECT_TIMEOUT +1 +pool file .*pools.ini$"_s), run.all().constData());
        QVERIFY2(hasLine(u"^  BALANCE +random +default$"_s), run.all().constData());
    }

    // What --help names, the man page and the completion name, too.
    void documentsAreComplete()
    {
        CtlRun run({u"--help"_s});
        COMPARE_EXIT(run, 0);
        QStringList words;
        static const QRegularExpression word(u"^  (--[a-z-]+|-[a-z], --[a-z-]+|[a-z]+)\\b"_s,
                                             QRegularExpression::MultilineOption);
        for (auto it = word.globalMatch(run.out()); it.hasNext();)
            words.append(it.next().captured(1).section(u' ', -1));
        QVERIFY2(words.size() >= 28, qPrintable(words.join(u' ')));
        for (const QString &file : {u"qproxysql-ctl.1"_s, u"qproxysql-ctl.bash"_s}) {
            QFile document(QStringLiteral(MONITOR_SOURCES "/") + file);
            QVERIFY(document.open(QIODevice::ReadOnly));
            const QString text = QString::fromUtf8(document.readAll()).replace(u"\\-"_s, u"-"_s);
            for (const QString &name : std::as_const(words)) {
                const QRegularExpression whole(u"(?<![a-z-])%1(?![a-z-])"_s.arg(name));
                QVERIFY2(text.contains(whole), qPrintable(file + u" lacks "_s + name));
            }
        }
        CtlRun version({u"--version"_s});
        COMPARE_EXIT(version, 0);
    }

private:
    QString directory() const { return m_folder->filePath(u"state"_s); }
    /// Whom the system shows as the listener is who called listen().
    bool listenAs(uid_t user, const QString &process, QLocalServer *server)
    {
        const ReportFolder folder(directory());
        QString error;
        if (!folder.prepare(&error))
            return false;
        const int socket = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        const QByteArray path = QFile::encodeName(folder.socketFile(process));
        if (socket < 0 || size_t(path.size()) >= sizeof address.sun_path)
            return false;
        std::memcpy(address.sun_path, path.constData(), size_t(path.size()));
        const bool isBound = ::bind(socket, reinterpret_cast<sockaddr *>(&address), sizeof address)
                             == 0;
        const uid_t self = ::geteuid();
        const bool isThem = ::seteuid(user) == 0;
        const bool isListening = ::listen(socket, 8) == 0;
        return ::seteuid(self) == 0 && isBound && isThem && isListening && server->listen(socket);
    }

    QString poolFile() const { return m_folder->filePath(u"pools.ini"_s); }
    QStringList withPools(const QStringList &arguments) const
    {
        return arguments + QStringList{u"--pool-file"_s, poolFile()};
    }
    Service serviceOf(const QString &peer) const
    {
        const DrainFile::Reading reading = DrainFile(directory()).read();
        const DrainRequest *newest = nullptr;
        for (const DrainRequest &entry : reading.document.entries) {
            if (entry.isOf(peer, {}) && (!newest || entry.generation > newest->generation))
                newest = &entry;
        }
        return newest ? newest->service : Service::InService;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(tst_CtlExitCodes)
#include "tst_ctlexitcodes.moc"
