// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "mainwindowtest.h"

#include "window/openpools.h"
#include "window/otherdrains.h"
#include "window/verdictbanner.h"

#include <QtWidgets/QToolBar>

/// Which peers an action means, by clicks and keys.
class tst_WindowSelection : public MainWindowTest
{
    Q_OBJECT

private Q_SLOTS:
    void init() { setUp(); }
    void cleanup() { tearDown(); }
    void nothingIsMeantThatIsNotHighlighted_data();
    void nothingIsMeantThatIsNotHighlighted();
    void noOtherPeerIsSelectedInstead();
    void buttonsNameThePeer();
    void severalRowsAreAllMeant();
    void severalThatWouldLeaveNobodyAreRefused();
    void cardFollowsTheSelection();
    void verdictsAreNoTwins();
    void commandIsForcedOnlyAfterTheName();
    void openedFileComesToTheFront();
    void followShowsTheNewestEvent();

private:
    QPoint placeOf(const QString &peer)
    {
        PeersTable &table = fixture().page().table();
        for (int row = 0; row < table.order().rowCount(); ++row) {
            const QModelIndex index = table.order().index(row, 0);
            if (index.data(PeersModel::NameRole).toString() == peer)
                return table.visualRect(index).center();
        }
        return {};
    }
    void click(const QString &peer, Qt::KeyboardModifiers keys = {})
    {
        QTest::mouseClick(fixture().page().table().viewport(), Qt::LeftButton, keys, placeOf(peer));
    }
    QAbstractButton *toolButton(QAction *action)
    {
        auto *const bar = fixture().window.findChild<QToolBar *>(u"toolBar"_s);
        return qobject_cast<QAbstractButton *>(bar->widgetForAction(action));
    }
    VerdictBanner &banner() { return *fixture().page().card().findChild<VerdictBanner *>(); }
};

void tst_WindowSelection::nothingIsMeantThatIsNotHighlighted_data()
{
    QTest::addColumn<QString>("how");
    for (const char *how : {"filter", "problems only", "empty space"})
        QTest::newRow(how) << QString::fromLatin1(how);
}

void tst_WindowSelection::nothingIsMeantThatIsNotHighlighted()
{
    QFETCH(QString, how);
    click(u"db1:3306"_s);
    QVERIFY(fixture().actions().drain->isEnabled());
    if (how == "filter"_L1) {
        QTest::keyClicks(fixture().actions().filterEdit, u"db3"_s);
    } else if (how == "problems only"_L1) {
        press(fixture().actions().problemsOnly);
    } else {
        const QPoint below = fixture().page().table().viewport()->rect().bottomLeft()
                             + QPoint(20, -2);
        QVERIFY(!fixture().page().table().indexAt(below).isValid());
        QTest::mouseClick(fixture().page().table().viewport(), Qt::LeftButton, {}, below);
    }
    QCOMPARE(fixture().page().currentPeer(), QString());
    for (QAction *action :
         {fixture().actions().drain, fixture().actions().resume, fixture().actions().recheck}) {
        QVERIFY2(!action->isEnabled(), qPrintable(action->objectName()));
        QVERIFY(!toolButton(action)->isEnabled());
        const qsizetype polls = fixture().script->depths.size();
        press(action);
        QTest::mouseClick(toolButton(action), Qt::LeftButton);
        QCOMPARE(fixture().script->depths.size(), polls);
    }
    QVERIFY(!dialog());
    QVERIFY(fixture().script->requests.isEmpty());
    fixture().page().showPane(PoolPage::Details);
    QCOMPARE(fixture().page().findChild<QLabel *>(u"detailsTitle"_s)->text(),
             u"Select a peer to see its details."_s);
    QVERIFY(!fixture().page().card().isVisible());
}

// A filter that hides all rows, and a refresh after it is gone.
void tst_WindowSelection::noOtherPeerIsSelectedInstead()
{
    click(u"db1:3306"_s);
    QTest::keyClicks(fixture().actions().filterEdit, u"nobody"_s);
    QCOMPARE(fixture().page().table().order().rowCount(), 0);
    QVERIFY(fixture().refresh());
    fixture().actions().filterEdit->clear();
    QVERIFY(fixture().refresh());
    QCOMPARE(fixture().page().table().order().rowCount(), 5);
    QCOMPARE(fixture().page().currentPeer(), QString());
    press(fixture().actions().drain);
    QVERIFY(!dialog());
}

void tst_WindowSelection::buttonsNameThePeer()
{
    click(u"db3:3306"_s);
    QCOMPARE(toolButton(fixture().actions().drain)->text(), u"Drain db3..."_s);
    QCOMPARE(toolButton(fixture().actions().resume)->text(), u"Resume db3"_s);
    QCOMPARE(toolButton(fixture().actions().recheck)->text(), u"Recheck db3"_s);
    fixture().page().showPane(PoolPage::Details);
    QCOMPARE(fixture().page().findChild<QLabel *>(u"detailsTitle"_s)->text(),
             u"Details of db3:3306:"_s);
}

void tst_WindowSelection::severalRowsAreAllMeant()
{
    click(u"db1:3306"_s);
    click(u"db3:3306"_s, Qt::ControlModifier);
    QCOMPARE(fixture().page().table().selectedPeers().size(), 2);
    QVERIFY2(toolButton(fixture().actions().drain)->text().contains(u'2'),
             qPrintable(toolButton(fixture().actions().drain)->text()));
    QTest::mouseClick(toolButton(fixture().actions().drain), Qt::LeftButton);
    QVERIFY(dialog());
    const QString title = dialog()->findChild<QLabel *>(u"title"_s)->text();
    QVERIFY2(title.contains("db1:3306, db3:3306"_L1), qPrintable(title));
    QVERIFY(fixture().script->requests.isEmpty()); // asks once
    QTest::keyClicks(dialog()->findChild<QLineEdit *>(u"reason"_s), u"rack move"_s);
    QTest::mouseClick(dialog()->findChild<QPushButton *>(u"drain"_s), Qt::LeftButton);
    QCOMPARE(fixture().script->requests.size(), 2);
    for (const DrainRequest &request : std::as_const(fixture().script->requests)) {
        QCOMPARE(request.service, Service::Draining);
        QCOMPARE(request.reason, u"rack move"_s);
        QVERIFY(!request.isForced);
    }
    press(fixture().actions().resume);
    QCOMPARE(fixture().script->requests.size(), 4);
    press(fixture().actions().recheck);
    QTRY_COMPARE(fixture().script->attended, (QStringList{u"db1:3306"_s, u"db3:3306"_s}));
}

void tst_WindowSelection::severalThatWouldLeaveNobodyAreRefused()
{
    click(u"db1:3306"_s);
    for (const QString &peer : {u"db3:3306"_s, u"db10:3306"_s}) // the others that are up
        click(peer, Qt::ControlModifier);
    press(fixture().actions().drain);
    QVERIFY(dialog());
    const auto *const drain = dialog()->findChild<QPushButton *>(u"drain"_s);
    QVERIFY(!drain->isEnabled());
    QVERIFY(!dialog()->findChild<QLineEdit *>(u"guard"_s)->isVisible());
    QVERIFY2(factsText().contains("Not all of them"_L1), qPrintable(factsText()));
    // Another one comes up.
    fixture().script->next.pools[0].peers[3] = ScriptedSource::peer(u"db4:3306"_s);
    QVERIFY(fixture().refresh());
    QVERIFY(drain->isEnabled());
}

void tst_WindowSelection::cardFollowsTheSelection()
{
    auto &peers = fixture().script->next.pools[0].peers;
    ScriptedSource::setDraining(&peers[2], DrainState::SafeToStop);
    QVERIFY(fixture().refresh());
    const auto lines = [this] {
        QStringList texts;
        const auto all = fixture().page().findChildren<QToolButton *>(u"drainLine"_s);
        for (const QToolButton *line : all) {
            if (line->isVisible())
                texts.append(line->text());
        }
        return texts;
    };
    click(u"db2:3306"_s);
    QCOMPARE(fixture().page().card().card().peer, u"db2:3306"_s);
    QCOMPARE(lines().size(), 1);
    QVERIFY2(lines().constFirst().contains("db3:3306"_L1)
                     && lines().constFirst().contains("SAFE TO STOP"_L1),
             qPrintable(lines().constFirst()));
    click(u"db1:3306"_s); // does not drain: no card, both are lines
    QVERIFY(!fixture().page().card().isVisible());
    QCOMPARE(lines().size(), 2);
    QTest::mouseClick(fixture().page().findChildren<QToolButton *>(u"drainLine"_s).at(1),
                      Qt::LeftButton);
    QCOMPARE(fixture().page().currentPeer(), u"db3:3306"_s);
    QCOMPARE(fixture().page().card().card().peer, u"db3:3306"_s);
}

void tst_WindowSelection::verdictsAreNoTwins()
{
    click(u"db2:3306"_s);
    QCOMPARE(banner().kind(), VerdictBanner::Kind::NotYet);
    QCOMPARE(banner().headline(), u"NOT YET SAFE TO STOP"_s);
    const QColor notYet = banner().palette().color(QPalette::Window);
    fixture().script->next.pools[0].peers[1].drain.state = DrainState::SafeToStop;
    QVERIFY(fixture().refresh());
    QCOMPARE(banner().kind(), VerdictBanner::Kind::Safe);
    QCOMPARE(banner().headline(), u"SAFE TO STOP"_s);
    QVERIFY(banner().palette().color(QPalette::Window) != notYet);
    const auto *const headline = banner().findChild<QLabel *>(u"verdictHeadline"_s);
    QVERIFY(headline->font().pointSizeF() > fixture().window.font().pointSizeF());
}

void tst_WindowSelection::commandIsForcedOnlyAfterTheName()
{
    auto &peers = fixture().script->next.pools[0].peers;
    for (const qsizetype other : {2, 4})
        peers[other] = ScriptedSource::peer(peers.at(other).address.name(), u"Down"_s, 0);
    QVERIFY(fixture().refresh());
    click(u"db1:3306"_s);
    press(fixture().actions().drain);
    QVERIFY(dialog());
    const QList<QPushButton *> buttons = dialog()->findChildren<QPushButton *>();
    const auto copy = std::ranges::find_if(buttons, [](const QPushButton *button) {
        return button->text().remove(u'&') == "Copy as Command"_L1;
    });
    QVERIFY(copy != buttons.end());
    QTest::mouseClick(*copy, Qt::LeftButton);
    QVERIFY(!QGuiApplication::clipboard()->text().contains("--force"_L1));
    QTest::keyClicks(dialog()->findChild<QLineEdit *>(u"guard"_s), u"orders"_s);
    QTest::mouseClick(*copy, Qt::LeftButton);
    QVERIFY(QGuiApplication::clipboard()->text().contains("--force"_L1));
}

void tst_WindowSelection::openedFileComesToTheFront()
{
    const QString path = fixture().folder.filePath(u"billing.ini"_s);
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("[billing]\npeers = 127.0.0.1:1\n");
    file.close();
    QCOMPARE(fixture().page().pool(), u"orders"_s);
    fixture().window.openPools().openFile(path);
    fixture().sources.refreshAll();
    QTRY_COMPARE(fixture().page().pool(), u"billing"_s);
    press(fixture().actions().nextPool);
    QCOMPARE(fixture().page().pool(), u"orders"_s);
    fixture().window.openPools().openFile(path); // it is open already
    QCOMPARE(fixture().page().pool(), u"billing"_s);
}

void tst_WindowSelection::followShowsTheNewestEvent()
{
    PoolPage &page = fixture().page();
    QScrollBar *const bar = page.events().rows()->verticalScrollBar();
    const auto happen = [this](int count) {
        for (int i = 0; i < count; ++i) {
            Health health = i % 2 == 0 ? Health::Down : Health::Up;
            fixture().script->next.pools[0].peers[0].health = health;
            QVERIFY(fixture().refresh());
        }
    };
    happen(60); // while another pane is shown
    page.showPane(PoolPage::Events);
    QTRY_VERIFY(bar->maximum() > 0);
    QTRY_COMPARE(bar->value(), bar->maximum());
    happen(3);
    QTRY_COMPARE(bar->value(), bar->maximum());
    page.events().findChild<QCheckBox *>(u"follow"_s)->setChecked(false);
    bar->setValue(0);
    happen(3);
    QCOMPARE(bar->value(), 0);
}

QTEST_MAIN(tst_WindowSelection)
#include "tst_windowselection.moc"
