// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "dialogtest.h"

/// The dialogs: messages, pools, command line, installed files.
class tst_MonitorDialogs : public DialogTest
{
    Q_OBJECT

private Q_SLOTS:
    void messagesBackOff();
    void eventOfTwoSourcesIsRecordedOnce();
    void messageOffersAnAction();
    void addPoolByClicks();
    void peersALineEach();
    void editPoolByClicks();
    void addPoolTestsTheConnection();
    void poolsAreKeptWithoutSecrets();
    void unreadablePoolsAreNotReplaced();
    void twoWindowsKeepEachOthersPools();
    void settingsByClicks();
    void commandLine_data();
    void commandLine();
    void documentsAreComplete();
    void installedFilesAreValid_data();
    void installedFilesAreValid();
};

void tst_MonitorDialogs::messagesBackOff()
{
    FakeClock clock;
    MessageBar bar(clock);
    bar.report(u"a"_s, MessageBar::Kind::Warning, u"first"_s);
    bar.report(u"b"_s, MessageBar::Kind::Warning, u"second"_s);
    QCOMPARE(bar.text(), u"second"_s);
    QTest::mouseClick(bar.findChild<QToolButton *>(), Qt::LeftButton);
    QCOMPARE(bar.text(), u"first"_s);
    QTest::mouseClick(bar.findChild<QToolButton *>(), Qt::LeftButton);
    QVERIFY(bar.isHidden());
    for (const auto pause : {10s, 20s, 40s}) {
        clock.advance(pause - 1s);
        bar.report(u"a"_s, MessageBar::Kind::Warning, u"first"_s);
        QVERIFY(bar.isHidden());
        clock.advance(1s);
        bar.report(u"a"_s, MessageBar::Kind::Warning, u"first"_s);
        QCOMPARE(bar.text(), u"first"_s);
        QTest::mouseClick(bar.findChild<QToolButton *>(), Qt::LeftButton);
    }
    bar.report(u"a"_s, MessageBar::Kind::Warning, u"another trouble"_s);
    QCOMPARE(bar.text(), u"another trouble"_s);
    bar.clear(u"a"_s);
    QVERIFY(bar.isHidden());
    bar.report(u"a"_s, MessageBar::Kind::Warning, u"first"_s);
    QVERIFY(!bar.isHidden());
}

// Both sources read the reports of the same applications.
void tst_MonitorDialogs::eventOfTwoSourcesIsRecordedOnce()
{
    QTemporaryDir folder;
    FakeClock clock;
    EventRecorder recorder(clock);
    QVERIFY(recorder.setPath(folder.filePath(u"events.jsonl"_s)));
    const int machine = 0;
    const int file = 0;
    ClusterEvent gone;
    gone.kind = ClusterEvent::Kind::ApplicationGone;
    gone.text = u"shop (pid 7) has gone"_s;
    QVERIFY(recorder.record(&machine, {gone}));
    clock.advance(RecentEvents::SameWithin);
    QVERIFY(recorder.record(&file, {gone}));
    const auto lines = [&recorder] {
        QFile written(recorder.path());
        return written.open(QIODevice::ReadOnly) ? written.readAll().count('\n') : -1;
    };
    QCOMPARE(lines(), 1);
    QVERIFY(recorder.record(&machine, {gone})); // it came back meanwhile
    QCOMPARE(lines(), 2);
    clock.advance(RecentEvents::SameWithin + 1s);
    QVERIFY(recorder.record(&file, {gone}));
    QCOMPARE(lines(), 3);
}

void tst_MonitorDialogs::messageOffersAnAction()
{
    MessageBar bar;
    int runs = 0;
    bar.report(u"a"_s, MessageBar::Kind::Information, u"text"_s, {u"&Do it"_s, [&runs] { ++runs; }});
    QVERIFY(!bar.findChild<QPushButton *>()->isHidden());
    QTest::mouseClick(bar.findChild<QPushButton *>(), Qt::LeftButton);
    QCOMPARE(runs, 1);
    QVERIFY(bar.isHidden());
}

void tst_MonitorDialogs::addPoolByClicks()
{
    QTemporaryDir folder;
    const OwnPools pools(folder.filePath(u"pools.ini"_s));
    AddPoolDialog dialog(pools, {u"operator"_s, {}, {}});
    dialog.open();
    QSignalSpy added(&dialog, &AddPoolDialog::added);
    QVERIFY(!dialog.findChild<QPushButton *>(u"add"_s)->isEnabled());
    QTest::keyClicks(dialog.findChild<QLineEdit *>(u"name"_s), u"orders"_s);
    QVERIFY(!dialog.findChild<QPushButton *>(u"add"_s)->isEnabled());
    QTest::keyClicks(dialog.findChild<QPlainTextEdit *>(u"peers"_s), u"db1, db2:3307, db1"_s);
    QVERIFY2(!dialog.findChild<QPushButton *>(u"add"_s)->isEnabled(), "the same peer twice");
    dialog.findChild<QPlainTextEdit *>(u"peers"_s)->clear();
    QTest::keyClicks(dialog.findChild<QPlainTextEdit *>(u"peers"_s), u"db1, db2:3307"_s);
    QTest::keyClicks(dialog.findChild<QLineEdit *>(u"password"_s), u"secret"_s);
    QVERIFY(dialog.findChild<QPushButton *>(u"add"_s)->isEnabled());
    QTest::mouseClick(dialog.findChild<QPushButton *>(u"add"_s), Qt::LeftButton);
    QCOMPARE(added.count(), 1);
    QCOMPARE(added.constFirst(), QVariantList({u"orders"_s, u"operator"_s, u"secret"_s}));
    QVERIFY(dialog.isHidden());
    QCOMPARE(pools.names(), QStringList{u"orders"_s});

    AddPoolDialog second(pools, {});
    QTest::keyClicks(second.findChild<QLineEdit *>(u"name"_s), u"Orders"_s);
    QTest::keyClicks(second.findChild<QPlainTextEdit *>(u"peers"_s), u"db1"_s);
    QVERIFY2(!second.findChild<QPushButton *>(u"add"_s)->isEnabled(), "there is one of that name");
}

void tst_MonitorDialogs::peersALineEach()
{
    QTemporaryDir folder;
    const OwnPools pools(folder.filePath(u"pools.ini"_s));
    AddPoolDialog dialog(pools, {});
    dialog.open();
    QTest::keyClicks(dialog.findChild<QLineEdit *>(u"name"_s), u"orders"_s);
    QPlainTextEdit *const peers = dialog.findChild<QPlainTextEdit *>(u"peers"_s);
    for (const QString &line : {u"db1"_s, u" db2:3307*2,"_s, u""_s, u"db3, db4"_s}) {
        QTest::keyClicks(peers, line);
        QTest::keyClick(peers, Qt::Key_Return);
    }
    QTest::mouseClick(dialog.findChild<QPushButton *>(u"add"_s), Qt::LeftButton);
    QVERIFY(dialog.isHidden());
    QCOMPARE(pools.peersOf(u"orders"_s),
             QStringList({u"db1:3306"_s, u"db2:3307*2"_s, u"db3:3306"_s, u"db4:3306"_s}));
}

void tst_MonitorDialogs::editPoolByClicks()
{
    QTemporaryDir folder;
    OwnPools pools(folder.filePath(u"pools.ini"_s));
    QFile file(pools.path());
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(
            "# mine\n[Orders]\nPeers = db1*3, db2\nconnect_timeout = 2\n\n[billing]\npeers=db9\n");
    file.close();
    AddPoolDialog dialog(pools, {}, u"Orders"_s);
    dialog.open();
    QSignalSpy changed(&dialog, &AddPoolDialog::added);
    QLineEdit *const name = dialog.findChild<QLineEdit *>(u"name"_s);
    QPlainTextEdit *const peers = dialog.findChild<QPlainTextEdit *>(u"peers"_s);
    QPushButton *const save = button(dialog, u"Save"_s);
    QCOMPARE(name->text(), u"Orders"_s);
    QCOMPARE(peers->toPlainText(), u"db1:3306*3\ndb2:3306"_s);
    QVERIFY(save->isEnabled());
    name->clear();
    QTest::keyClicks(name, u"billing"_s);
    QVERIFY2(!save->isEnabled(), "another pool has that name");
    name->clear();
    QTest::keyClicks(name, u"shop"_s);
    peers->moveCursor(QTextCursor::End);
    QTest::keyClick(peers, Qt::Key_Return);
    QTest::keyClicks(peers, u"db3"_s);
    QTest::mouseClick(save, Qt::LeftButton);
    QCOMPARE(changed.value(0).value(0).toString(), u"shop"_s);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), "# mine\n[shop]\npeers = db1:3306*3, db2:3306, db3\n"
                             "connect_timeout = 2\n\n[billing]\npeers=db9\n");
    QVERIFY2(!pools.change(u"Orders"_s, u"Orders"_s, u"db1"_s).isEmpty(), "it is no longer there");
}

void tst_MonitorDialogs::addPoolTestsTheConnection()
{
    AddPoolDialog dialog(OwnPools(u"/dev/null/pools.ini"_s), {});
    dialog.open();
    QTest::keyClicks(dialog.findChild<QLineEdit *>(u"name"_s), u"orders"_s);
    // No server listens there.
    QTest::keyClicks(dialog.findChild<QPlainTextEdit *>(u"peers"_s), u"127.0.0.1:1"_s);
    QVERIFY2(!dialog.findChild<QPushButton *>(u"test"_s)->isEnabled(), "as whom?");
    QTest::keyClicks(dialog.findChild<QLineEdit *>(u"user"_s), u"operator"_s);
    QElapsedTimer blocked;
    blocked.start();
    QTest::mouseClick(dialog.findChild<QPushButton *>(u"test"_s), Qt::LeftButton);
    QVERIFY(blocked.elapsed() < 1000);
    QTRY_VERIFY_WITH_TIMEOUT(dialog.findChild<QPlainTextEdit *>(u"results"_s)
                                     ->toPlainText()
                                     .contains("127.0.0.1:1: failed, 200"_L1),
                             20'000);
    QVERIFY(dialog.findChild<QPushButton *>(u"test"_s)->isEnabled());
    QTest::mouseClick(dialog.findChild<QPushButton *>(u"add"_s), Qt::LeftButton);
    QVERIFY2(dialog.isVisible(), "it could not be saved");
    QTest::mouseClick(button(dialog, u"Cancel"_s), Qt::LeftButton);
    QVERIFY(dialog.isHidden());
}

void tst_MonitorDialogs::poolsAreKeptWithoutSecrets()
{
    QTemporaryDir folder;
    MonitorSettings settings(folder.filePath(u"monitor.ini"_s));
    OwnPools pools(settings.ownPoolFile());
    QCOMPARE(pools.add(u"orders"_s, u"db1*3, db2"_s), QString());
    QCOMPARE(pools.add(u"billing"_s, u"db3"_s), QString());
    QCOMPARE(pools.add(u"near"_s, u"localhost:/run/a  b@1.sock*2,\n localhost:/run/B.sock"_s),
             QString());
    QVERIFY(pools.add(u"far"_s, u"db4:/run/a.sock"_s).contains(u"only localhost"_s));
    QFile file(pools.path());
    QVERIFY(file.open(QIODevice::ReadOnly));
    const auto read = PoolFile::parse(file.readAll(), pools.path());
    QVERIFY2(read && read->find(u"near"), qPrintable(read.error()));
    QCOMPARE(read->find(u"near")->peers.constFirst().address.socket, u"/run/a  b@1.sock"_s);
    QCOMPARE(pools.remove(u"near"_s), QString());
    QVERIFY(!pools.add(u"billing"_s, u"db4"_s).isEmpty());
    QVERIFY(!pools.add(u"a]b"_s, u"db4"_s).isEmpty());
    QVERIFY(!pools.add(u"x"_s, u"user:password@db4"_s).isEmpty());
    QCOMPARE(pools.remove(u"ORDERS"_s), QString());
    QCOMPARE(pools.names(), QStringList{u"billing"_s});
    QCOMPARE(pools.remove(u"billing"_s), QString());
    QVERIFY(!QFile::exists(pools.path()));
}

void tst_MonitorDialogs::unreadablePoolsAreNotReplaced()
{
    QTemporaryDir folder;
    OwnPools pools(folder.filePath(u"pools.ini"_s));
    QCOMPARE(pools.add(u"orders"_s, u"db1"_s), QString());
    // Root may read everything.
    const auto everybody = QFile::WriteOwner | QFile::WriteUser | QFile::WriteGroup
                           | QFile::WriteOther;
    QVERIFY(QFile::setPermissions(pools.path(), everybody));
    QVERIFY(QFile::setPermissions(folder.path(), QFile::Permissions::fromInt(0x7777)));
    const bool isRoot = ::geteuid() == 0;
    QVERIFY(!isRoot || ::seteuid(65534) == 0);
    const QString added = pools.add(u"billing"_s, u"db2"_s);
    const QString removed = pools.remove(u"orders"_s);
    QVERIFY(!isRoot || ::seteuid(0) == 0);
    for (const QString &error : {added, removed}) {
        QVERIFY2(error.contains(pools.path()) && error.contains(u"cannot be read"_s),
                 qPrintable(error));
        QVERIFY2(error.contains(u"denied"_s), qPrintable(error));
    }
    QVERIFY(QFile::setPermissions(pools.path(), everybody | QFile::ReadOwner));
    QCOMPARE(pools.names(), QStringList{u"orders"_s});
}

void tst_MonitorDialogs::twoWindowsKeepEachOthersPools()
{
    QTemporaryDir folder;
    OwnPools pools(folder.filePath(u"pools.ini"_s));
    // Another window has read the file and is about to replace it.
    QLockFile lock(pools.path() + u".lock"_s);
    QVERIFY(lock.tryLock(0));
    auto added = std::async(std::launch::async,
                            [&pools] { return pools.add(u"billing"_s, u"db2"_s); });
    QCOMPARE(added.wait_for(50ms), std::future_status::timeout);
    QFile file(pools.path());
    QVERIFY(file.open(QIODevice::WriteOnly));
    QVERIFY(file.write("[orders]\npeers = db1\n") > 0);
    file.close();
    lock.unlock();
    QCOMPARE(added.get(), QString());
    QStringList names = pools.names();
    names.sort();
    QCOMPARE(names, QStringList({u"billing"_s, u"orders"_s}));
    QVERIFY(!QFile::exists(pools.path() + u".lock"_s));
}

void tst_MonitorDialogs::settingsByClicks()
{
    QTemporaryDir folder;
    MonitorSettings settings(folder.filePath(u"monitor.ini"_s));
    FakeDesktop desktop;
    SettingsDialog dialog(settings, desktop);
    dialog.open();
    QTest::keyClicks(dialog.findChild<QLineEdit *>(u"user"_s), u"operator"_s);
    QTest::keyClicks(dialog.findChild<QLineEdit *>(u"passwordCommand"_s), u"pass show db"_s);
    QTest::keyClicks(dialog.findChild<QLineEdit *>(u"banner"_s), u"PRODUCTION"_s);
    QTest::mouseClick(dialog.findChild<QCheckBox *>(u"readOnly"_s), Qt::LeftButton, {},
                      QPoint(8, dialog.findChild<QCheckBox *>(u"readOnly"_s)->height() / 2));
    auto *const forgottenAfter = dialog.findChild<QSpinBox *>(u"forgottenAfter"_s);
    QCOMPARE(forgottenAfter->value(), 4);
    forgottenAfter->setValue(6);
    QTest::mouseClick(button(dialog, u"Save"_s), Qt::LeftButton);
    const MonitorSettings again(folder.filePath(u"monitor.ini"_s));
    QCOMPARE(again.login({}).user, u"operator"_s);
    QCOMPARE(again.login({}).passwordCommand, u"pass show db"_s);
    QCOMPARE(again.banner(), u"PRODUCTION"_s);
    QVERIFY(again.isReadOnly());
    QCOMPARE(again.forgottenAfterHours(), 6);
}

void tst_MonitorDialogs::commandLine_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("names");
    QTest::newRow("no such option") << QStringList{u"--jsno"_s} << u"jsno"_s;
    QTest::newRow("no value") << QStringList{u"--user"_s, QString()} << u"NAME"_s;
    QTest::newRow("no number") << QStringList{u"--picture-after"_s, u"soon"_s} << u"above 0"_s;
}

void tst_MonitorDialogs::commandLine()
{
    QFETCH(QStringList, arguments);
    QFETCH(QString, names);
    MonitorCommandLine line;
    const auto reading = line.read(QStringList{u"qproxysql-monitor"_s} + arguments);
    QCOMPARE(reading.state, MonitorCommandLine::Reading::Wrong);
    QVERIFY2(reading.text.contains(names), qPrintable(reading.text));
    MonitorCommandLine good;
    QCOMPARE(good.read({u"qproxysql-monitor"_s, u"a.ini"_s, u"--pool-file"_s, u"b.ini"_s,
                        u"--read-only"_s})
                     .state,
             MonitorCommandLine::Reading::Good);
    QCOMPARE(good.poolFiles, QStringList({u"b.ini"_s, u"a.ini"_s}));
    QVERIFY(good.isReadOnly);
}

// The man page must name every option of --help; and --help needs no display.
void tst_MonitorDialogs::documentsAreComplete()
{
    QProcess help;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.remove(u"DISPLAY"_s);
    environment.insert(u"QT_QPA_PLATFORM"_s, u"xcb"_s);
    help.setProcessEnvironment(environment);
    help.start(QStringLiteral(MONITOR_PROGRAM), {u"--help"_s});
    QVERIFY(help.waitForFinished());
    QCOMPARE(help.exitStatus(), QProcess::NormalExit);
    QCOMPARE(help.exitCode(), 0);
    const QString text = QString::fromLocal8Bit(help.readAllStandardOutput());
    static const QRegularExpression option(u"^  (?:-[a-z], )?(--[a-z-]+)"_s,
                                           QRegularExpression::MultilineOption);
    QStringList options;
    for (auto it = option.globalMatch(text); it.hasNext();)
        options.append(it.next().captured(1));
    QVERIFY2(options.size() >= 13, qPrintable(text));
    QFile page(QStringLiteral(MONITOR_SOURCES "/window/data/qproxysql-monitor.1"));
    QVERIFY(page.open(QIODevice::ReadOnly));
    const QString manual = QString::fromUtf8(page.readAll()).replace(u"\\-"_s, u"-"_s);
    for (const QString &name : std::as_const(options)) {
        const QRegularExpression whole(u"(?<![a-z-])%1(?![a-z-])"_s.arg(name));
        QVERIFY2(manual.contains(whole), qPrintable(name));
    }
}

void tst_MonitorDialogs::installedFilesAreValid_data()
{
    QTest::addColumn<QString>("program");
    QTest::addColumn<QStringList>("arguments");
    const QString data = QStringLiteral(MONITOR_SOURCES "/window/data/qproxysql-monitor");
    QTest::newRow("desktop file") << u"desktop-file-validate"_s
                                  << QStringList{data + u".desktop"_s};
    QTest::newRow("metainfo") << u"appstreamcli"_s
                              << QStringList{u"validate"_s, u"--no-net"_s,
                                             data + u".metainfo.xml"_s};
}

void tst_MonitorDialogs::installedFilesAreValid()
{
    QFETCH(QString, program);
    QFETCH(QStringList, arguments);
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(program, arguments);
    QVERIFY2(process.waitForFinished(), qPrintable(u"install "_s + program));
    const QByteArray said = process.readAll();
    QVERIFY2(process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0,
             said.constData());
}

QTEST_MAIN(tst_MonitorDialogs)
#include "tst_monitordialogs.moc"
