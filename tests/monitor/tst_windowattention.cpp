// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "mainwindowtest.h"

#include "models/stateicon.h"
#include "window/notifications.h"

using Kind = ClusterEvent::Kind;

/// The tray icon and the notifications of the window, and closing it to the tray.
class tst_WindowAttention : public MainWindowTest
{
    Q_OBJECT

private Q_SLOTS:
    void init() { setUp(); }
    void cleanup() { tearDown(); }
    void everythingIsOffByDefault();
    void switchedOnByClicks();
    void iconsDifferInShape();
    void iconSaysHowManyAreUp();
    void eachKindIsNotified_data();
    void eachKindIsNotified();
    void flappingPeerIsNotifiedOnce();
    void severalAtOnceAreOne();
    void poolThatAnotherSourceShows();
    void clickBringsThePeer();
    void iconBringsTheWorstPeer();
    void closedToTheTray();
    void comesBackWhenTheTrayGoes();
    void quitsAlthoughItClosesToTheTray();
    void desktopWithoutTrayAndService();

private:
    FakeDesktop &desktop() { return *fixture().desktop; }
    QList<PeerView> &peers() { return fixture().script->next.pools[0].peers; }
    QDialog *openSettings()
    {
        fixture().actions().settings->trigger();
        const QList<QDialog *> dialogs = fixture().window.findChildren<QDialog *>();
        for (QDialog *dialog : dialogs) {
            if (dialog->isVisible() && dialog->findChild<QCheckBox *>(u"trayIcon"_s))
                return dialog;
        }
        return nullptr;
    }
    static void click(QWidget *dialog, const QString &box)
    {
        auto *const one = dialog->findChild<QCheckBox *>(box);
        QVERIFY2(one, qPrintable(box));
        QTest::mouseClick(one, Qt::LeftButton, {}, QPoint(8, one->height() / 2));
    }
    static void save(QDialog *dialog)
    {
        const QList<QPushButton *> buttons = dialog->findChildren<QPushButton *>();
        for (QPushButton *button : buttons) {
            if (button->text() == "&Save"_L1)
                QTest::mouseClick(button, Qt::LeftButton);
        }
        QVERIFY(!dialog->isVisible());
    }
    void switchOn(const QStringList &boxes)
    {
        QDialog *const dialog = openSettings();
        QVERIFY(dialog);
        for (const QString &box : boxes)
            click(dialog, box);
        save(dialog);
        fixture().settings.setQuitNoticeShown();
    }
    void switchOnTheTray() { switchOn({u"trayIcon"_s, u"closeToTray"_s}); }
};

void tst_WindowAttention::everythingIsOffByDefault()
{
    peers()[0].health = Health::Down;
    QVERIFY(fixture().refresh());
    QVERIFY(!desktop().isIconShown);
    QCOMPARE(desktop().titles(), QStringList());
    fixture().settings.setQuitNoticeShown();
    QVERIFY(fixture().window.close());
}

void tst_WindowAttention::switchedOnByClicks()
{
    QDialog *const dialog = openSettings();
    QVERIFY(dialog);
    QVERIFY(!dialog->findChild<QCheckBox *>(u"closeToTray"_s)->isEnabled()); // to what?
    dialog->reject();
    switchOn({u"trayIcon"_s, u"closeToTray"_s, u"notifyDown"_s, u"notifyForgotten"_s});
    QVERIFY(desktop().isIconShown);
    const MonitorSettings kept(fixture().folder.filePath(u"monitor.ini"_s));
    QVERIFY(kept.showsTrayIcon());
    QVERIFY(kept.closesToTray());
    for (const Kind kind : Notifications::Kinds)
        QCOMPARE(kept.isNotifiedOf(kind), kind == Kind::Down || kind == Kind::Forgotten);
    QDialog *const again = openSettings();
    QVERIFY(again && again->findChild<QCheckBox *>(u"notifyForgotten"_s)->isChecked());
    click(again, u"trayIcon"_s);
    save(again);
    QVERIFY(!desktop().isIconShown);
}

// Without colours, as somebody who cannot tell them apart sees it.
void tst_WindowAttention::iconsDifferInShape()
{
    fixture().settings.setShowsTrayIcon(true);
    const auto shape = [this] {
        const QImage image = desktop().icon.pixmap(QSize(22, 22)).toImage();
        QByteArray pixels;
        for (int i = 0; i < image.width() * image.height(); ++i) {
            const QColor color = image.pixelColor(i % image.width(), i / image.width());
            const bool isGlyph = color.alpha() > 128 && qGray(color.rgb()) < 192;
            pixels.append(isGlyph ? '#' : ' ');
        }
        return pixels;
    };
    QSet<QByteArray> known;
    for (PeerView &peer : peers())
        peer = ScriptedSource::peer(peer.address.name());
    for (const auto state :
         {DisplayState::Up, DisplayState::Slow, DisplayState::Checking, DisplayState::Down,
          DisplayState::Draining, DisplayState::Stalled, DisplayState::Drained,
          DisplayState::SafeToStop, DisplayState::Stopped, DisplayState::NoData}) {
        PeerView &peer = peers()[0] = ScriptedSource::peer(u"db1:3306"_s);
        const QHash<DisplayState, DrainState> drains{{DisplayState::Draining, DrainState::Draining},
                                                     {DisplayState::Stalled, DrainState::Stalled},
                                                     {DisplayState::Drained, DrainState::Empty},
                                                     {DisplayState::SafeToStop,
                                                      DrainState::SafeToStop},
                                                     {DisplayState::Stopped, DrainState::Stopped}};
        const QHash<DisplayState, Health> healths{{DisplayState::Checking, Health::Suspect},
                                                  {DisplayState::Down, Health::Down},
                                                  {DisplayState::NoData, Health::Unknown}};
        if (drains.contains(state))
            ScriptedSource::setDraining(&peer, drains.value(state));
        peer.health = healths.value(state, Health::Up);
        peer.isSlow = state == DisplayState::Slow;
        QVERIFY(fixture().refresh());
        QCOMPARE(displayStateOf(fixture().page().poolView()->peers.constFirst()), state);
        QVERIFY2(!known.contains(shape()), qPrintable(stateWord(state)));
        known.insert(shape());
    }
}

void tst_WindowAttention::iconSaysHowManyAreUp()
{
    fixture().settings.setShowsTrayIcon(true);
    fixture().script->next.pools[0].name = u"<b>orders</b>"_s;
    QVERIFY(fixture().refresh());
    QVERIFY2(desktop().toolTip.contains("3 of 5 up"_L1), qPrintable(desktop().toolTip));
    QVERIFY2(desktop().toolTip.contains("1 down"_L1), qPrintable(desktop().toolTip));
    QVERIFY2(!Qt::mightBeRichText(desktop().toolTip), qPrintable(desktop().toolTip));
    QVERIFY(desktop().toolTip.contains("paused"_L1)); // it would notice nothing
    fixture().sources.setPaused(false);
    QVERIFY2(!desktop().toolTip.contains("paused"_L1), qPrintable(desktop().toolTip));
}

void tst_WindowAttention::eachKindIsNotified_data()
{
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<QString>("title");
    QTest::newRow("down") << Kind::Down << u"Down: db1:3306"_s;
    QTest::newRow("up again") << Kind::UpAgain << u"Up again: db4:3306"_s;
    QTest::newRow("stalled") << Kind::Stalled << u"Stalled: db2:3306"_s;
    QTest::newRow("safe to stop") << Kind::SafeToStop << u"Safe to stop: db2:3306"_s;
    QTest::newRow("forgotten") << Kind::Forgotten << u"Forgotten drain: db2:3306"_s;
}

void tst_WindowAttention::eachKindIsNotified()
{
    QFETCH(Kind, kind);
    QFETCH(QString, title);
    fixture().settings.setNotifiedOf(kind, true);
    peers()[0].health = Health::Down;
    peers()[0].error = u"2003 <Can't> connect"_s;
    peers()[1].drain.state = DrainState::Stalled;
    peers()[1].isForgotten = true;
    peers()[1].drainAge = 5 * 3600;
    peers()[3].health = Health::Up;
    QVERIFY(fixture().refresh());
    peers()[1].drain.state = DrainState::SafeToStop;
    QVERIFY(fixture().refresh());
    QCOMPARE(desktop().titles(), QStringList{title});
    const FakeDesktop::Message message = desktop().messages.constFirst();
    QVERIFY2(message.text.startsWith("orders: "_L1), qPrintable(message.text));
    QCOMPARE(message.text.contains("2003 <Can't> connect"_L1), kind == Kind::Down);
    QCOMPARE(message.isUrgent, kind == Kind::Down);
}

void tst_WindowAttention::flappingPeerIsNotifiedOnce()
{
    for (const Kind kind : Notifications::Kinds)
        fixture().settings.setNotifiedOf(kind, true);
    for (int i = 0; i < 10; ++i) {
        peers()[0].health = i % 2 == 0 ? Health::Down : Health::Up;
        QVERIFY(fixture().refresh());
    }
    QCOMPARE(desktop().titles(), QStringList({u"Down: db1:3306"_s, u"Up again: db1:3306"_s}));
}

void tst_WindowAttention::severalAtOnceAreOne()
{
    fixture().settings.setNotifiedOf(Kind::Down, true);
    for (int i = 20; i < 30; ++i)
        peers().append(ScriptedSource::peer(u"db%1:3306"_s.arg(i)));
    QVERIFY(fixture().refresh());
    for (PeerView &peer : peers()) {
        if (peer.service == Service::InService)
            peer.health = Health::Down;
    }
    QVERIFY(fixture().refresh());
    QCOMPARE(desktop().titles(), QStringList{u"Down: db1:3306, db3:3306, db10:3306 and 10 more"_s});
}

// A pool file's source sees the pools of this machine's applications, too, and does not show them.
void tst_WindowAttention::poolThatAnotherSourceShows()
{
    fixture().settings.setNotifiedOf(Kind::Down, true);
    auto scripted = std::make_unique<ScriptedSource>();
    ScriptedSource &script = *scripted;
    WatchedSource *const file = fixture().sources.add(
            std::make_unique<WatchedSource>(WatchedSource::Kind::PoolFile,
                                            fixture().folder.filePath(u"none.ini"_s),
                                            std::move(scripted)));
    QSignalSpy refreshed(file, &WatchedSource::refreshed);
    QVERIFY(refreshed.wait());
    script.next.pools[0].peers[0].health = Health::Down;
    file->refresh();
    QVERIFY(refreshed.wait());
    QCOMPARE(refreshed.constLast().constFirst().value<QList<ClusterEvent>>().size(), 1);
    QCOMPARE(desktop().titles(), QStringList());
    peers()[2].health = Health::Down;
    QVERIFY(fixture().refresh());
    QCOMPARE(desktop().titles(), QStringList{u"Down: db3:3306"_s});
}

void tst_WindowAttention::clickBringsThePeer()
{
    fixture().actions().filterEdit->setText(u"db2"_s);
    fixture().window.showMinimized();
    Q_EMIT desktop().notificationActivated(u"orders"_s, u"db3:3306"_s);
    QVERIFY(!fixture().window.isMinimized());
    QTRY_VERIFY(fixture().window.isActiveWindow());
    QCOMPARE(fixture().page().currentPeer(), u"db3:3306"_s);
    Q_EMIT desktop().notificationActivated(u"orders"_s, u"gone:3306"_s);
    Q_EMIT desktop().notificationActivated(u"gone"_s, u"db3:3306"_s);
    QVERIFY(fixture().window.isVisible());
}

void tst_WindowAttention::iconBringsTheWorstPeer()
{
    select(u"db1:3306"_s);
    fixture().window.hide();
    Q_EMIT desktop().iconActivated();
    QVERIFY(fixture().window.isVisible());
    QCOMPARE(fixture().page().currentPeer(), u"db4:3306"_s); // Down
    for (PeerView &peer : peers())
        peer = ScriptedSource::peer(peer.address.name());
    QVERIFY(fixture().refresh());
    select(u"db1:3306"_s);
    Q_EMIT desktop().iconActivated();
    QCOMPARE(fixture().page().currentPeer(), u"db1:3306"_s); // there is no problem
}

void tst_WindowAttention::closedToTheTray()
{
    switchOnTheTray();
    QVERIFY(!fixture().window.close());
    QVERIFY(!fixture().window.isVisible());
    QVERIFY(fixture().refresh()); // it goes on watching
    QVERIFY(desktop().menu);
    desktop().menu->actions().constFirst()->trigger();
    QVERIFY(fixture().window.isVisible());
    QVERIFY(!fixture().window.close());
    Q_EMIT desktop().notificationActivated(u"orders"_s, u"db3:3306"_s);
    QVERIFY(fixture().window.isVisible());
}

void tst_WindowAttention::comesBackWhenTheTrayGoes()
{
    switchOnTheTray();
    QVERIFY(!fixture().window.close());
    QVERIFY(!fixture().window.isVisible());
    desktop().isTrayThere = false;
    QTRY_VERIFY(fixture().window.isVisible());
    QVERIFY(fixture().window.close()); // for good
}

void tst_WindowAttention::quitsAlthoughItClosesToTheTray()
{
    switchOnTheTray();
    press(fixture().actions().quit);
    QVERIFY(!fixture().window.isVisible());
    fixture().window.show();
    QVERIFY2(fixture().window.close(), "it was closed to the tray only");
}

void tst_WindowAttention::desktopWithoutTrayAndService()
{
    switchOnTheTray(); // on another desktop
    desktop().isTrayThere = desktop().isServiceThere = false;
    QDialog *const dialog = openSettings();
    QVERIFY(dialog);
    for (const QString &note : {u"noTray"_s, u"noNotifications"_s}) {
        const auto *const label = dialog->findChild<QLabel *>(note);
        QVERIFY2(label && label->isVisible(), qPrintable(note));
    }
    const QList<QCheckBox *> boxes = dialog->findChildren<QCheckBox *>();
    for (const QCheckBox *box : boxes)
        QVERIFY2(box->isEnabled() == (box->objectName() == "readOnly"_L1),
                 qPrintable(box->objectName()));
    dialog->reject();
    QVERIFY(fixture().settings.closesToTray());
    QVERIFY(fixture().window.close()); // it could not be brought back
}

QTEST_MAIN(tst_WindowAttention)
#include "tst_windowattention.moc"
