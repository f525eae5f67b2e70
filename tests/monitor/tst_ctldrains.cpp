// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "ctltest.h"
#include "pseudoterminal.h"

/// Drains by qproxysql-ctl and its output, without servers.
class tst_CtlDrains : public CtlTest
{
    Q_OBJECT

private Q_SLOTS:
    void init() { setUp(); }

    void drainIsWrittenAndNotSafe()
    {
        CtlRun drain(withPools({u"drain"_s, u"127.0.0.1:1"_s, u"--no-wait"_s, u"--reason"_s,
                                u"kernel update"_s, u"--force"_s}));
        COMPARE_EXIT(drain, 0);
        QVERIFY2(drain.out().contains("requested, NOT yet safe to stop"_L1),
                 drain.all().constData());
        QCOMPARE(serviceOf(u"127.0.0.1:1"_s), Service::Draining);

        // Sessions cannot be counted: never safe.
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
        QJsonObject event = QJsonDocument::fromJson(events.out().toUtf8()).object();
        QCOMPARE(event.value(u"kind"_s).toString(), u"drain"_s);
        QVERIFY(event.value(u"forced"_s).toBool());
        QCOMPARE(event.value(u"via"_s).toString(), u"qproxysql-ctl"_s);

        CtlRun resume(withPools({u"resume"_s, u"127.0.0.1:1"_s}));
        COMPARE_EXIT(resume, 0);
        QCOMPARE(serviceOf(u"127.0.0.1:1"_s), Service::InService);
        // The log has what the directory has not any more.
        CtlRun all({u"events"_s, u"--json"_s});
        COMPARE_EXIT(all, 0);
        const QStringList lines = all.out().split(u'\n', Qt::SkipEmptyParts);
        QCOMPARE(lines.size(), 2);
        event = QJsonDocument::fromJson(lines.at(0).toUtf8()).object();
        QVERIFY2(event.value(u"text"_s).toString().contains("forced: kernel update"_L1),
                 all.all().constData());
        QVERIFY(event.value(u"from"_s).toString().startsWith(QSysInfo::machineHostName()));
        event = QJsonDocument::fromJson(lines.at(1).toUtf8()).object();
        QCOMPARE(event.value(u"kind"_s).toString(), u"resume"_s);
        CtlRun notDraining(withPools({u"wait"_s, u"127.0.0.1:1"_s}));
        COMPARE_EXIT(notDraining, 4);
    }

    // Only the directory knows it: no application and no pool file.
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

    void resumedWhileOneWaits()
    {
        CtlRun drain(withPools({u"drain"_s, u"127.0.0.1:1"_s, u"--force"_s}));
        QTRY_VERIFY(drain.out().contains("sessions could not be counted"_L1));
        CtlRun resume(withPools({u"resume"_s, u"127.0.0.1:1"_s, u"--reason"_s, u"stay up"_s}));
        COMPARE_EXIT(resume, 0);
        COMPARE_EXIT(drain, 7);
        QVERIFY2(drain.error().contains("resumed it (stay up)"_L1), drain.all().constData());
    }

    // The request changed after the operator has seen it.
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
        QVERIFY(lines.at(0).contains("\"errors5m\":null"_L1)); // there is no history yet
        QVERIFY(!lines.at(0).contains("\"since\":\""_L1));
        QVERIFY(lines.at(1).contains("\"errors5m\":2"_L1));
        CtlRun drain(withPools({u"drain"_s, u"127.0.0.1:1"_s, u"--no-wait"_s, u"--force"_s}));
        COMPARE_EXIT(drain, 0);
        QTRY_VERIFY_WITH_TIMEOUT(events.out().contains("\"kind\":\"drain\""_L1), 20'000);
        QTRY_VERIFY_WITH_TIMEOUT(list.out().contains("\"service\":\"Draining\""_L1), 20'000);
        QVERIFY(list.out().contains("\"since\":\"20"_L1));
    }

    void watchedOnATerminal_data()
    {
        QTest::addColumn<QStringList>("environment");
        QTest::addColumn<bool>("isRedrawn");
        QTest::addColumn<bool>("isColored");
        QTest::newRow("a terminal") << QStringList{u"TERM=xterm"_s} << true << true;
        QTest::newRow("NO_COLOR") << QStringList{u"TERM=xterm"_s, u"NO_COLOR=1"_s} << true << false;
        QTest::newRow("dumb") << QStringList{u"TERM=dumb"_s} << false << false;
    }

    void watchedOnATerminal()
    {
        QFETCH(QStringList, environment);
        QFETCH(bool, isRedrawn);
        QFETCH(bool, isColored);
        PseudoTerminal terminal(60, 7);
        QVERIFY(!terminal.name().isEmpty());
        CtlRun list(withPools({u"list"_s, u"--watch"_s, u"0.1"_s, u"--user"_s, u"app"_s}),
                    environment, CtlRun::Rights::All, terminal.name());
        const QByteArray home = "\x1b[H";
        const QByteArray begin = isRedrawn ? home : QByteArrayLiteral("orders: ");
        QTRY_VERIFY_WITH_TIMEOUT(terminal.out().count(begin) > 3, 20'000);
        QCOMPARE(terminal.out().contains('\x1b'), isRedrawn);
        QCOMPARE(terminal.out().contains("\x1b[31m"), isColored); // Down
        QVERIFY(terminal.out().contains("127.0.0.1:1"));
        if (!isRedrawn)
            return;
        const QByteArray after = terminal.out().mid(terminal.out().indexOf(home) + home.size());
        const QByteArray frame = after.left(after.indexOf(home));
        QVERIFY2(frame.count('\n') < 7, frame.constData()); // it would scroll
        QVERIFY2(frame.contains("more line(s)"), frame.constData());
        QCOMPARE(frame.count("\x1b[K\r\n"), frame.count('\n'));
        QVERIFY(frame.startsWith("\x1b[?7l") && frame.endsWith("\x1b[J\x1b[?7h"));
    }

    void quietTellsResultsOnly()
    {
        CtlRun drain(withPools({u"drain"_s, u"127.0.0.1:1"_s, u"--timeout"_s, u"0.5"_s,
                                u"--quiet"_s, u"--force"_s}));
        COMPARE_EXIT(drain, 5);
        QVERIFY2(drain.out().startsWith("NOT YET SAFE TO STOP"_L1), drain.all().constData());
    }

    void interruptedWaitSaysThatTheDrainGoesOn()
    {
        CtlRun drain(withPools({u"drain"_s, u"127.0.0.1:1"_s, u"--force"_s}));
        QTRY_VERIFY(drain.out().contains("sessions could not be counted"_L1));
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
                                    u"GRANT SELECT ON `ops`.qproxysql_drain TO"_s,
                                    u"`ops`.qproxysql_commit ("_s, u"REPEAT(X'FF', 16)"_s,
                                    u"GRANT SELECT, INSERT, DELETE ON `ops`.qproxysql_commit TO"_s})
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
};

QTEST_GUILESS_MAIN(tst_CtlDrains)
#include "tst_ctldrains.moc"
