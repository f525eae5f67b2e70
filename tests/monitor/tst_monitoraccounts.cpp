// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "dialogtest.h"

/// The account of the window's own probes: typed, remembered, read by a command, refused.
class tst_MonitorAccounts : public DialogTest
{
    Q_OBJECT

private Q_SLOTS:
    void loginByClicks();
    void refusedLoginIsTriedThreeTimes();
    void typedLoginIsTriedOnce();
    void rememberedAccountIsAskedForFirst();
    void accountIsRememberedWithItsTlsFiles();
    void passwordCommandBlocksNobody();
    void wrongAccountStopsProbes();
    void accountsAndCommandsAreASourcesOwn();
};

void tst_MonitorAccounts::loginByClicks()
{
    const QString ca = QDir::home().filePath(u"ca.pem"_s);
    LoginDialog dialog(u"this machine"_s, {{}, {}, {}, {ca, {}, {}}}, u"1045 Access denied"_s);
    QSignalSpy typed(&dialog, &LoginDialog::typed);
    dialog.open();
    QPushButton *const login = button(dialog, u"Log In"_s);
    QVERIFY(!login->isEnabled());
    QTest::keyClicks(dialog.findChild<QLineEdit *>(u"user"_s), u"operator"_s);
    QTest::keyClicks(dialog.findChild<QLineEdit *>(u"password"_s), u"secret"_s);
    QCOMPARE(dialog.findChild<QLineEdit *>(u"password"_s)->displayText().contains("secret"_L1),
             false);
    QTest::keyClicks(dialog.findChild<QLineEdit *>(u"cert"_s), u"/etc/me.pem"_s);
    QTest::keyClicks(dialog.findChild<QLineEdit *>(u"key"_s), u"/etc/me.key"_s);
    QTest::mouseClick(login, Qt::LeftButton);
    QCOMPARE(typed.count(), 1);
    const auto account = typed.constFirst().at(0).value<LoginSource>();
    QCOMPARE(account.user, u"operator"_s);
    QCOMPARE(account.tls, (TlsFiles{ca, u"/etc/me.pem"_s, u"/etc/me.key"_s}));
    QCOMPARE(typed.constFirst().at(1).toString(), u"secret"_s);
    QVERIFY(dialog.isHidden());
}

void tst_MonitorAccounts::refusedLoginIsTriedThreeTimes()
{
    LoginKeeper keeper({u"operator"_s, u"echo wrong"_s, {}});
    keeper.setPause(1ms);
    QSignalSpy obtained(&keeper, &LoginKeeper::obtained);
    QSignalSpy asked(&keeper, &LoginKeeper::passwordWanted);
    keeper.begin();
    for (int i = 1; i <= LoginKeeper::MostTries; ++i) {
        QTRY_COMPARE_WITH_TIMEOUT(obtained.count(), i, 20'000);
        QCOMPARE(keeper.state(), LoginKeeper::State::Given);
        keeper.note(refusedView());
    }
    QCOMPARE(keeper.state(), LoginKeeper::State::Waiting);
    QVERIFY(!keeper.mayProbe());
    QVERIFY2(keeper.problem().contains("1045"_L1), qPrintable(keeper.problem()));
    QCOMPARE(keeper.refusals(), 5);
    QTest::qWait(20);
    QCOMPARE(obtained.count(), 3);
    QCOMPARE(asked.count(), 0);
    keeper.typed(u"operator"_s, u"right"_s, {}, LoginKeeper::Storage::Memory);
    QCOMPARE(keeper.state(), LoginKeeper::State::Given);
    keeper.note(ScriptedSource::usualView());
    QCOMPARE(keeper.state(), LoginKeeper::State::Given);
}

void tst_MonitorAccounts::typedLoginIsTriedOnce()
{
    LoginKeeper keeper({u"operator"_s, {}, {}});
    keeper.setPause(1ms);
    QSignalSpy asked(&keeper, &LoginKeeper::passwordWanted);
    keeper.begin();
    QTRY_COMPARE_WITH_TIMEOUT(keeper.state(), LoginKeeper::State::Given, 20'000);
    keeper.note(refusedView());
    QCOMPARE(asked.count(), 1); // it has no password: a person is asked, once
    keeper.typed(u"operator"_s, u"wrong"_s, {}, LoginKeeper::Storage::Memory);
    keeper.note(refusedView());
    QCOMPARE(keeper.state(), LoginKeeper::State::Waiting);
    QCOMPARE(asked.count(), 1);
}

// An empty password would be refused, counted by the server, and shown as the operator's error.
void tst_MonitorAccounts::rememberedAccountIsAskedForFirst()
{
    LoginSource remembered{u"operator"_s, {}, {}};
    remembered.asksForPassword = true;
    LoginKeeper keeper(remembered);
    QSignalSpy obtained(&keeper, &LoginKeeper::obtained);
    QSignalSpy asked(&keeper, &LoginKeeper::passwordWanted);
    keeper.begin();
    QVERIFY(!keeper.mayProbe());
    QTRY_COMPARE_WITH_TIMEOUT(keeper.state(), LoginKeeper::State::Waiting, 20'000);
    QCOMPARE(asked.count(), 1);
    QCOMPARE(obtained.count(), 0);
    QVERIFY2(keeper.problem().contains("operator"_L1), qPrintable(keeper.problem()));
    keeper.typed(u"operator"_s, u"right"_s, {}, LoginKeeper::Storage::Memory);
    QVERIFY(keeper.mayProbe());
    QCOMPARE(obtained.count(), 1);

    // The option file may have only the user.
    QTemporaryDir folder;
    QFile optionFile(folder.filePath(u"my.cnf"_s));
    QVERIFY(optionFile.open(QIODevice::WriteOnly));
    QVERIFY(optionFile.write("[client]\nuser = alice\n") > 0);
    optionFile.close();
    LoginSource nameless{{}, {}, optionFile.fileName()};
    nameless.asksForPassword = true;
    LoginKeeper named(nameless);
    named.begin();
    QTRY_COMPARE_WITH_TIMEOUT(named.state(), LoginKeeper::State::Waiting, 20'000);
    QCOMPARE(named.user(), u"alice"_s);
    QVERIFY2(named.problem().contains("alice"_L1), qPrintable(named.problem()));

    // With a password from another source no dialog opens.
    qputenv("QPROXYSQL_PASSWORD", "secret");
    LoginKeeper known(remembered);
    QSignalSpy obtainedToo(&known, &LoginKeeper::obtained);
    known.begin();
    const bool isThere = obtainedToo.wait(20'000);
    qunsetenv("QPROXYSQL_PASSWORD");
    QVERIFY(isThere);
    QCOMPARE(known.state(), LoginKeeper::State::Given);
}

void tst_MonitorAccounts::accountIsRememberedWithItsTlsFiles()
{
    QTemporaryDir folder;
    MonitorSettings settings(folder.filePath(u"monitor.ini"_s));
    LoginSource login{u"operator"_s, {}, {}, {u"/etc/ca.pem"_s, {}, {}}};
    settings.setLogin({}, login); // a typed account without a password
    QCOMPARE(settings.login({}).tls, login.tls);
    QVERIFY(!settings.login({}).asksForPassword);
    login.asksForPassword = true;
    settings.setLogin(u"/a/b.ini"_s, login);
    QVERIFY(settings.login(u"/a/b.ini"_s).asksForPassword);
    QVERIFY2(settings.login(u"/of/before.ini"_s).asksForPassword, "nobody knows that it has none");

    MonitorSources sources({.folder = folder.path()});
    sources.setPaused(true);
    WatchedSource *const source = sources.addPoolFile(folder.filePath(u"a.ini"_s), login);
    QCOMPARE(source->ctlOptions().join(u' '), u"--user operator --ssl-ca /etc/ca.pem"_s);
    // An unreadable file is reported before any login, and not remembered.
    settings.setLogin(source->file(), login);
    QWidget window;
    MessageBar messages;
    LoginPrompts prompts(messages, settings, &window);
    prompts.ask(source);
    auto *const dialog = window.findChild<LoginDialog *>();
    QVERIFY(dialog);
    dialog->findChild<QLineEdit *>(u"ca"_s)->setText(u"/nobody/ca.pem"_s);
    QTest::keyClicks(dialog->findChild<QLineEdit *>(u"password"_s), u"x"_s);
    QTest::mouseClick(button(*dialog, u"Log In"_s), Qt::LeftButton);
    QCOMPARE(source->login()->state(), LoginKeeper::State::Waiting);
    QVERIFY2(source->login()->problem().contains("/nobody/ca.pem"_L1),
             qPrintable(source->login()->problem()));
    QCOMPARE(settings.login(source->file()).tls, login.tls);
}

void tst_MonitorAccounts::passwordCommandBlocksNobody()
{
    QTemporaryDir folder;
    const QString gate = folder.filePath(u"gate"_s);
    const QString command = u"while [ ! -e %1 ]; do sleep 0.05; done; echo secret"_s.arg(gate);
    LoginKeeper keeper({u"operator"_s, command, {}});
    QSignalSpy obtained(&keeper, &LoginKeeper::obtained);
    keeper.begin();
    QCOMPARE(keeper.state(), LoginKeeper::State::Reading);
    QCoreApplication::processEvents();
    QCOMPARE(obtained.count(), 0);
    QFile file(gate);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QVERIFY(obtained.wait(20'000));
    const auto reading = obtained.constFirst().constFirst().value<LoginSource::Reading>();
    QCOMPARE(reading.login->password, u"secret"_s);
    LoginKeeper failing({u"operator"_s, u"exit 3"_s, {}});
    failing.begin();
    QTRY_COMPARE_WITH_TIMEOUT(failing.state(), LoginKeeper::State::Waiting, 20'000);
    QVERIFY2(failing.problem().contains(u'3'), qPrintable(failing.problem()));
}

void tst_MonitorAccounts::wrongAccountStopsProbes()
{
    auto scripted = std::make_unique<ScriptedSource>();
    ScriptedSource *const script = scripted.get();
    script->next = refusedView();
    WatchedSource source(WatchedSource::Kind::Machine, {}, std::move(scripted));
    auto login = std::make_unique<LoginKeeper>(LoginSource{u"operator"_s, {}, {}});
    LoginKeeper *const keeper = login.get();
    source.setLogin(std::move(login), [](const LoginSource::Reading &) {});
    QSignalSpy refreshed(&source, &WatchedSource::refreshed);
    keeper->typed(u"operator"_s, u"wrong"_s, {}, LoginKeeper::Storage::Memory);
    source.refresh();
    QVERIFY(refreshed.wait());
    QCOMPARE(script->depths.constLast(), ClusterSource::Depth::Probes);
    source.refresh();
    QVERIFY(refreshed.wait());
    QCOMPARE(script->depths.constLast(), ClusterSource::Depth::Knowledge);
}

// Other servers may have accounts of the same name; and a copied command must do the same as a
// click.
void tst_MonitorAccounts::accountsAndCommandsAreASourcesOwn()
{
    QTemporaryDir folder;
    MonitorSources sources(
            {.folder = folder.path(), .pool = u"orders"_s, .controlSchema = u"control_db"_s});
    sources.setPaused(true);
    const LoginSource login{u"operator"_s, {}, {}};
    WatchedSource *const production = sources.addPoolFile(folder.filePath(u"a.ini"_s), login);
    WatchedSource *const staging = sources.addPoolFile(folder.filePath(u"b.ini"_s), login);
    QCOMPARE(production->login()->keychainAccount(), folder.filePath(u"a.ini"_s) + u"\noperator"_s);
    QCOMPARE(staging->login()->keychainAccount(), folder.filePath(u"b.ini"_s) + u"\noperator"_s);
    QCOMPARE(staging->ctlOptions().join(u' '),
             u"--pool orders --control-schema control_db --user operator"_s);
}

QTEST_MAIN(tst_MonitorAccounts)
#include "tst_monitoraccounts.moc"
