// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "ctltest.h"

/// The exit codes of qproxysql-ctl, without servers.
class tst_CtlExitCodes : public CtlTest
{
    Q_OBJECT

private Q_SLOTS:
    void init() { setUp(); }

    void nothingKnownIsNoError()
    {
        CtlRun run({u"list"_s});
        COMPARE_EXIT(run, 0);
        QVERIFY2(run.out().contains("No pool is known here"_L1), run.all().constData());
    }

    void usage_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("names"); // the message must contain it
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
        row("no such span", {u"history"_s, u"a"_s, u"--span"_s, u"7d"_s}, u"5m, 1h and 24h"_s);
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

    void noHistory()
    {
        CtlRun run({u"history"_s, u"db1"_s}, {u"XDG_STATE_HOME=/nonexistent"_s});
        COMPARE_EXIT(run, 6);
        QVERIFY2(run.error().contains("while qproxysql-monitor is open"_L1), run.all().constData());
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
        CtlRun drain(withPools({u"drain"_s, u"127.0.0.1:1"_s, u"--no-wait"_s, u"--force"_s}));
        COMPARE_EXIT(drain, 0);
        CtlRun drained(withPools({u"list"_s, u"--user"_s, u"app"_s})); // each counts once
        COMPARE_EXIT(drained, 10);
        QVERIFY2(drained.out().contains("0 of 2 up, 1 draining, 1 down"_L1),
                 drained.all().constData());
        CtlRun resume(withPools({u"resume"_s, u"127.0.0.1:1"_s}));
        COMPARE_EXIT(resume, 0);
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

    void refusals()
    {
        CtlRun readOnly(withPools({u"drain"_s, u"127.0.0.1:1"_s, u"--no-wait"_s, u"--read-only"_s}));
        COMPARE_EXIT(readOnly, 4);
        CtlRun unproven(withPools({u"drain"_s, u"127.0.0.1:1"_s, u"--no-wait"_s}));
        COMPARE_EXIT(unproven, 4);
        QVERIFY2(unproven.error().contains(
                         "there is no proof from the last 5 s that 127.0.0.1:2 can serve"_L1),
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
        QTest::addColumn<bool>("isForeignUser");
        QTest::addColumn<QStringList>("options");
        QTest::addColumn<bool>("isShown");
        QTest::newRow("own application") << false << QStringList() << true;
        if (::geteuid() != 0)
            return; // only root can act as another user
        QTest::newRow("stranger's") << true << QStringList() << false;
        QTest::newRow("trusted") << true << QStringList{u"--trust-reports"_s} << true;
        QTest::newRow("pool file's") << true << QStringList{u"--pool-file"_s} << true;
    }

    // Whoever can write a report could otherwise direct the operator's password to a host of his
    // own.
    void accountIsNotShownToStrangers()
    {
        QFETCH(bool, isForeignUser);
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
        QVERIFY(listenAs(isForeignUser ? 65534 : ::geteuid(), report.process.id, &reporter));
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
};

QTEST_GUILESS_MAIN(tst_CtlExitCodes)
#include "tst_ctlexitcodes.moc"
