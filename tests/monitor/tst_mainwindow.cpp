// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "monitorfixture.h"

#include "models/peerlook.h"
#include "window/applicationspane.h"
#include "window/draincardwidget.h"
#include "window/draindialog.h"
#include "window/eventspane.h"
#include "window/messagebar.h"
#include "window/peerstable.h"
#include "window/pooltabs.h"
#include "window/rowsview.h"
#include "window/steering.h"

#include <QtCore/QJsonDocument>
#include <QtGui/QAccessible>
#include <QtGui/QAction>
#include <QtGui/QActionGroup>
#include <QtGui/QClipboard>
#include <QtGui/QTextDocumentFragment>
#include <QtWidgets/QAbstractItemView>
#include <QtWidgets/QApplication>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QMenu>
#include <QtWidgets/QMenuBar>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QScrollBar>
#include <QtWidgets/QSplitter>
#include <QtWidgets/QTabBar>
#include <QtWidgets/QTabWidget>
#include <QtWidgets/QToolButton>

#include <ctime>

using namespace qproxysql;
using namespace Qt::StringLiterals;

/// The window over views that the test makes up.
class tst_MainWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_fixture = std::make_unique<MonitorFixture>();
        QVERIFY(m_fixture->show());
    }
    void cleanup() { m_fixture.reset(); }

    void showsThePool();
    void keysReachEveryAction_data();
    void keysReachEveryAction();
    void everyActionIsInAMenu();
    void mnemonicsDiffer();
    void everyWidgetHasAName();
    void drainAsksOverLiveFacts();
    void lastHealthyPeerNeedsThePoolsName();
    void drainDialogHoldsTheRows();
    void resumeAsksNothing();
    void refusalIsToldOnce();
    void readOnlyIsRefusedByTheSource();
    void selectionAndScrollSurvive();
    void manyPeersCostLittle();
    void rowsStayUnderThePointer();
    void contextMenuIsBoundToThePeer();
    void copiesRowsAndCommands();
    void exportsAndRecords();
    void foreignTextIsShownLiterally();
    void panesAndFilters();
    void settingsComeBack();
    void quitTellsOnceOfADrain();
    void firstPageUntilAPoolIsThere();
    void troubleGoesToTheBar();
    void mirroredForRightToLeft();

private:
    QString statusText()
    {
        return fixture().window.findChild<QLabel *>(u"status"_s)->text();
    }
    /// Of the dialog of a drain, what is shown.
    QString factsText()
    {
        QStringList lines;
        for (const QString &name :
             {u"sessions"_s, u"landings"_s, u"others"_s, u"warnings"_s, u"guardText"_s}) {
            const auto *const label = dialog()->findChild<QLabel *>(name);
            if (!label->isHidden() && !label->text().isEmpty())
                lines.append(label->text());
        }
        return lines.join(u'\n');
    }
    void select(const QString &peer)
    {
        ::select(fixture().page().table(), peer);
        QCOMPARE(fixture().page().currentPeer(), peer);
    }
    void press(QAction *action)
    {
        QVERIFY(!action->shortcut().isEmpty());
        QTest::keySequence(&fixture().window, action->shortcut());
    }
    DrainDialog *dialog() { return fixture().window.steering().dialog(); }
    MonitorFixture &fixture() { return *m_fixture; }

    std::unique_ptr<MonitorFixture> m_fixture;
};

void tst_MainWindow::showsThePool()
{
    PoolPage &page = fixture().page();
    QCOMPARE(page.table().order().rowCount(), 5);
    QVERIFY2(page.findChild<QLabel *>(u"summary"_s)->text().contains(u"1 draining"_s), qPrintable(page.findChild<QLabel *>(u"summary"_s)->text()));
    QVERIFY(page.card().isVisible());
    QVERIFY(fixture().window.width() <= 1024 && fixture().window.height() <= 700);
    QCOMPARE(fixture().window.findChild<QTabBar *>(u"pools"_s)->tabText(0), u"orders"_s);
    QVERIFY(!fixture().window.findChild<QTabBar *>(u"pools"_s)->tabIcon(0).isNull());
    QVERIFY2(statusText().startsWith("4 of 5 reachable"_L1),
             qPrintable(statusText()));
    // The menus, the tool bar and the table fit what monitor.md wants them to fit.
    fixture().window.resize(1024, 700);
    QVERIFY2(fixture().window.minimumSizeHint().width() <= 1024,
             qPrintable(QString::number(fixture().window.minimumSizeHint().width())));
    QCOMPARE(page.table().horizontalScrollBar()->maximum(), 0);
}

void tst_MainWindow::keysReachEveryAction_data()
{
    QTest::addColumn<QString>("name");
    for (const char *name :
         {"addPool",      "openPoolFile", "exportPool",       "drain",        "resume",
          "recheck",      "copyRows",     "copyReport",       "refresh",      "pause",
          "problemsOnly", "filter",       "showApplications", "showDetails",  "showEvents",
          "nextPane",     "previousPane", "nextPool",         "previousPool", "settings"})
        QTest::newRow(name) << QString::fromLatin1(name);
}

void tst_MainWindow::keysReachEveryAction()
{
    QFETCH(QString, name);
    QAction *const action = fixture().window.findChild<QAction *>(name);
    QVERIFY(action);
    fixture().page().table().setFocus();
    QSignalSpy triggered(action, &QAction::triggered);
    press(action);
    QCOMPARE(triggered.count(), 1);
}

void tst_MainWindow::everyActionIsInAMenu()
{
    QSet<QAction *> inMenus;
    const QList<QMenu *> menus = fixture().window.findChildren<QMenu *>();
    for (const QMenu *menu : menus) {
        const QList<QAction *> actions = menu->actions();
        for (QAction *action : actions)
            inMenus.insert(action);
    }
    const QList<QAction *> all = fixture().window.findChildren<QAction *>();
    for (QAction *action : all) {
        const bool isOurs = !action->objectName().isEmpty()
                            && !action->objectName().startsWith(u'_');
        if (isOurs)
            QVERIFY2(inMenus.contains(action), qPrintable(action->objectName()));
    }
}

void tst_MainWindow::mnemonicsDiffer()
{
    for (const auto pane : {PoolPage::Applications, PoolPage::Details, PoolPage::Events}) {
        fixture().page().showPane(pane);
        QCOMPARE(fixture().mnemonicClash(), QString());
    }
}

void tst_MainWindow::everyWidgetHasAName()
{
    select(u"db1:3306"_s);
    press(fixture().actions().drain);
    QVERIFY(dialog());
    fixture().actions().settings->trigger();
    fixture().actions().addPool->trigger();
    int count = 0;
    const QList<QWidget *> all = fixture().window.findChildren<QWidget *>();
    for (const QWidget *widget : all) {
        if (!(widget->focusPolicy() & Qt::TabFocus) || !widget->isVisible())
            continue;
        ++count;
        const QAccessibleInterface *const face = QAccessible::queryAccessibleInterface(
                const_cast<QWidget *>(widget));
        QVERIFY(face);
        QVERIFY2(!face->text(QAccessible::Name).isEmpty(),
                 qPrintable(QString::fromLatin1(widget->metaObject()->className()) + u' '
                            + widget->objectName()));
    }
    QVERIFY2(count > 12, qPrintable(QString::number(count)));
}

void tst_MainWindow::drainAsksOverLiveFacts()
{
    select(u"db1:3306"_s);
    press(fixture().actions().drain);
    QVERIFY(dialog());
    QVERIFY(QTest::qWaitForWindowExposed(dialog()));
    const QString before = factsText();
    QVERIFY2(before.contains("db3:3306: 10 now, about 5 more"_L1), qPrintable(before));
    QVERIFY2(before.contains("db2:3306"_L1), "the second drain");
    fixture().script->next.pools[0].peers[0].sessions = 23;
    QVERIFY(fixture().refresh());
    QVERIFY2(factsText().contains("db3:3306: 10 now, about 12 more"_L1),
             qPrintable(factsText()));
    QCOMPARE(dialog()->findChild<QPushButton *>(u"drain"_s)->text().remove(u'&'), u"Drain db1"_s);
    QTest::keyClicks(dialog()->findChild<QLineEdit *>(u"reason"_s), u"kernel update"_s);
    QTest::mouseClick(dialog()->findChild<QPushButton *>(u"drain"_s), Qt::LeftButton);
    QCOMPARE(fixture().script->requests.size(), 1);
    const DrainRequest request = fixture().script->requests.constFirst();
    QCOMPARE(request.peer, u"db1:3306"_s);
    QCOMPARE(request.service, Service::Draining);
    QCOMPARE(request.reason, u"kernel update"_s);
    QVERIFY(!request.isForced);
}

void tst_MainWindow::lastHealthyPeerNeedsThePoolsName()
{
    auto &peers = fixture().script->next.pools[0].peers;
    for (const qsizetype other : {2, 4})
        peers[other] = ScriptedSource::peer(peers.at(other).address.name(), u"Down"_s, 0);
    QVERIFY(fixture().refresh());
    select(u"db1:3306"_s);
    press(fixture().actions().drain);
    QVERIFY(dialog());
    QVERIFY(dialog()->findChild<QLineEdit *>(u"guard"_s)->isVisible());
    QVERIFY(!dialog()->findChild<QPushButton *>(u"drain"_s)->isEnabled());
    QTest::keyClicks(dialog()->findChild<QLineEdit *>(u"guard"_s), u"order"_s);
    QVERIFY(!dialog()->findChild<QPushButton *>(u"drain"_s)->isEnabled());
    QTest::keyClicks(dialog()->findChild<QLineEdit *>(u"guard"_s), u"s"_s);
    QVERIFY(dialog()->findChild<QPushButton *>(u"drain"_s)->isEnabled());
    // Somebody else comes back: it is no longer the last one, and nothing is forced.
    peers[2] = ScriptedSource::peer(u"db3:3306"_s);
    QVERIFY(fixture().refresh());
    QVERIFY(!dialog()->findChild<QLineEdit *>(u"guard"_s)->isVisible());
    peers[2] = ScriptedSource::peer(u"db3:3306"_s, u"Down"_s, 0);
    QVERIFY(fixture().refresh());
    QTest::mouseClick(dialog()->findChild<QPushButton *>(u"drain"_s), Qt::LeftButton);
    QCOMPARE(fixture().script->requests.size(), 1);
    QVERIFY(fixture().script->requests.constFirst().isForced);
}

void tst_MainWindow::drainDialogHoldsTheRows()
{
    fixture().page().table().order().setInterval(std::chrono::milliseconds(0));
    select(u"db1:3306"_s);
    const auto firstPeer = [this] {
        return fixture().page().table().order().index(0, 0).data(PeersModel::NameRole).toString();
    };
    const QString first = firstPeer();
    press(fixture().actions().drain);
    QVERIFY(dialog());
    auto &peers = fixture().script->next.pools[0].peers;
    peers[4] = ScriptedSource::peer(u"db10:3306"_s, u"Down"_s, 0);
    peers[3] = ScriptedSource::peer(u"db4:3306"_s);
    for (int i = 0; i < 3; ++i)
        QVERIFY(fixture().refresh());
    QTest::qWait(20);
    QCOMPARE(firstPeer(), first);
    dialog()->reject();
    QTRY_COMPARE(firstPeer(), u"db10:3306"_s);
}

void tst_MainWindow::resumeAsksNothing()
{
    select(u"db2:3306"_s);
    press(fixture().actions().resume);
    QCOMPARE(fixture().script->requests.size(), 1);
    QCOMPARE(fixture().script->requests.constFirst().service, Service::InService);
    QTest::mouseClick(fixture().page().card().findChild<QPushButton *>(u"resume"_s), Qt::LeftButton);
    QCOMPARE(fixture().script->requests.size(), 2);
    QCOMPARE(fixture().script->requests.constLast().peer, u"db2:3306"_s);
    const qsizetype looks = fixture().script->depths.size();
    press(fixture().actions().recheck);
    QTRY_VERIFY(fixture().script->depths.size() > looks);
    QVERIFY(!dialog());
}

void tst_MainWindow::refusalIsToldOnce()
{
    fixture().script->refusal = DrainRefusal{DrainRefusal::NoRights, u"you may not write there"_s};
    MessageBar &bar = *fixture().window.findChild<MessageBar *>();
    fixture().window.steering().resume(fixture().page(), u"db2:3306"_s);
    QTRY_VERIFY(bar.isVisible());
    QVERIFY2(bar.text().contains("you may not write there"_L1), qPrintable(bar.text()));
    QVERIFY(!QApplication::activeModalWidget());
    QTest::mouseClick(bar.findChild<QToolButton *>(), Qt::LeftButton);
    QVERIFY(!bar.isVisible());
    fixture().script->refusal.reset();
    fixture().window.steering().resume(fixture().page(), u"db2:3306"_s);
    QTRY_COMPARE(fixture().script->requests.size(), 2);
    QVERIFY(!bar.isVisible());
}

void tst_MainWindow::readOnlyIsRefusedByTheSource()
{
    m_fixture = std::make_unique<MonitorFixture>(true);
    QVERIFY(fixture().show());
    select(u"db1:3306"_s);
    press(fixture().actions().drain);
    QVERIFY(!dialog());
    QCOMPARE(fixture().script->requests.size(), 1);
    QTRY_VERIFY(fixture().window.findChild<MessageBar *>()->text().contains("read-only"_L1));
    QVERIFY(statusText().contains("read-only"_L1));
    QVERIFY(fixture().window.findChild<QLabel *>(u"banner"_s)->isVisible());
}

void tst_MainWindow::selectionAndScrollSurvive()
{
    auto &peers = fixture().script->next.pools[0].peers;
    for (int i = 11; i < 80; ++i)
        peers.append(ScriptedSource::peer(u"db%1:3306"_s.arg(i)));
    QVERIFY(fixture().refresh());
    PeersTable &table = fixture().page().table();
    QTRY_COMPARE(table.order().rowCount(), 74);
    select(u"db50:3306"_s);
    table.verticalScrollBar()->setValue(table.verticalScrollBar()->maximum() / 2);
    const int scrolled = table.verticalScrollBar()->value();
    QVERIFY(scrolled > 0);
    QSignalSpy resets(&table.order(), &QAbstractItemModel::modelReset);
    for (int i = 0; i < 100; ++i) {
        for (auto &peer : peers)
            peer.sessions = (peer.sessions * 7 + i) % 50;
        QVERIFY(fixture().refresh());
    }
    QCOMPARE(table.currentPeer(), u"db50:3306"_s);
    QCOMPARE(table.selectionModel()->selectedRows().size(), 1);
    QCOMPARE(table.selectionModel()->selectedRows().constFirst().data(PeersModel::NameRole),
             u"db50:3306"_s);
    QCOMPARE(table.verticalScrollBar()->value(), scrolled);
    QCOMPARE(resets.count(), 0);
}

// The figure is for a look; that a tick stays short is what can go wrong by orders of magnitude.
void tst_MainWindow::manyPeersCostLittle()
{
    auto &peers = fixture().script->next.pools[0].peers;
    for (int i = 11; i < 206; ++i)
        peers.append(ScriptedSource::peer(u"db%1:3306"_s.arg(i)));
    QVERIFY(fixture().refresh());
    QTRY_COMPARE(fixture().page().table().order().rowCount(), 200);
    const int rounds = 30;
    const std::clock_t begin = std::clock();
    for (int i = 0; i < rounds; ++i) {
        for (auto &peer : peers)
            peer.sessions = (peer.sessions * 7 + i) % 50;
        QVERIFY(fixture().refresh());
        QCoreApplication::processEvents(); // paints it
    }
    const double tick = 1000.0 * double(std::clock() - begin) / CLOCKS_PER_SEC / rounds;
    qInfo("200 peers: %.1f ms of processor time a tick", tick);
    QVERIFY2(tick < 500, qPrintable(QString::number(tick)));
}

void tst_MainWindow::rowsStayUnderThePointer()
{
    PeersTable &table = fixture().page().table();
    table.order().setInterval(std::chrono::milliseconds(0));
    const auto firstPeer = [&table] {
        return table.order().index(0, 0).data(PeersModel::NameRole).toString();
    };
    const QString first = firstPeer();
    QEnterEvent enter(QPointF(5, 5), QPointF(5, 5), QPointF(5, 5));
    QCoreApplication::sendEvent(table.viewport(), &enter);
    auto &peers = fixture().script->next.pools[0].peers;
    peers[0] = ScriptedSource::peer(u"db1:3306"_s, u"Down"_s, 0);
    peers[3] = ScriptedSource::peer(u"db4:3306"_s);
    for (int i = 0; i < 3; ++i)
        QVERIFY(fixture().refresh());
    QTest::qWait(20);
    QCOMPARE(firstPeer(), first);
    QEvent leave(QEvent::Leave);
    QCoreApplication::sendEvent(table.viewport(), &leave);
    QTRY_COMPARE(firstPeer(), u"db1:3306"_s);
}

void tst_MainWindow::contextMenuIsBoundToThePeer()
{
    select(u"db1:3306"_s);
    Q_EMIT fixture().page().table().menuWanted(u"db1:3306"_s, QPoint(10, 10));
    QMenu *const menu = fixture().actions().peerMenu();
    QTRY_VERIFY(menu->isVisible());
    QVERIFY(fixture().actions().drain->text().contains("db1"_L1));
    // A refresh and another selection below the open menu change nothing of what it is about.
    ::select(fixture().page().table(), u"db10:3306"_s);
    QVERIFY(fixture().refresh());
    QCOMPARE(fixture().actions().resume->data().toString(), u"db1:3306"_s);
    fixture().actions().resume->trigger();
    QCOMPARE(fixture().script->requests.constLast().peer, u"db1:3306"_s);
    menu->close();
    QTRY_COMPARE(fixture().actions().resume->data().toString(), u"db10:3306"_s);
}

void tst_MainWindow::copiesRowsAndCommands()
{
    select(u"db4:3306"_s);
    fixture().page().table().setFocus();
    press(fixture().actions().copyRows);
    const QString rows = QGuiApplication::clipboard()->text();
    QVERIFY2(rows.contains("db4:3306\t"_L1) && rows.contains(u'\n'), qPrintable(rows));
    fixture().actions().copyDrain->trigger();
    QVERIFY(QGuiApplication::clipboard()->text().contains("qproxysql-ctl drain db4:3306"_L1));
    fixture().actions().copyResume->trigger();
    QVERIFY(QGuiApplication::clipboard()->text().contains("qproxysql-ctl resume db4:3306"_L1));
    fixture().actions().copyRecheck->trigger();
    QVERIFY(QGuiApplication::clipboard()->text().contains("qproxysql-ctl recheck db4:3306"_L1));
    fixture().source->setScope({u"orders"_s, u"control_db"_s, true});
    fixture().actions().copyDrain->trigger();
    QCOMPARE(QGuiApplication::clipboard()->text(),
             u"qproxysql-ctl drain db4:3306 --pool orders --control-schema control_db "
             "--trust-reports"_s);
    press(fixture().actions().copyReport);
    QVERIFY(QGuiApplication::clipboard()->text().contains("db4:3306"_L1));
    QTest::mouseClick(fixture().page().card().findChild<QPushButton *>(u"copyReport"_s), Qt::LeftButton);
    QVERIFY(QGuiApplication::clipboard()->text().contains("db2:3306"_L1));
}

void tst_MainWindow::exportsAndRecords()
{
    const auto contentOf = [](const QString &path) {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    };
    const QString csv = fixture().folder.filePath(u"orders.csv"_s);
    QVERIFY(fixture().window.exportTo(csv));
    QVERIFY(contentOf(csv).contains("db10:3306"));
    const QString json = fixture().folder.filePath(u"orders.json"_s);
    QVERIFY(fixture().window.exportTo(json));
    QVERIFY(QJsonDocument::fromJson(contentOf(json)).isObject());
    QVERIFY(!fixture().window.exportTo(u"/dev/null/orders.csv"_s));
    QVERIFY(fixture().window.findChild<MessageBar *>()->text().contains("/dev/null/orders.csv"_L1));

    const QString record = fixture().folder.filePath(u"events.jsonl"_s);
    QVERIFY(fixture().window.recordTo(record));
    fixture().script->next.pools[0].peers[0].health = Health::Down;
    QVERIFY(fixture().refresh());
    QVERIFY2(contentOf(record).contains("\"kind\":\"health\""), contentOf(record).constData());
    QVERIFY(fixture().window.recordTo({}));
}

// Reasons, errors and names come from whoever writes them.
void tst_MainWindow::foreignTextIsShownLiterally()
{
    const QString foreign = u"<img src=\"x\"> <b>SAFE</b>"_s;
    ClusterView &view = fixture().script->next;
    PeerView &peer = view.pools[0].peers[1];
    peer.entry->reason = foreign;
    peer.entry->requestedBy = foreign;
    peer.error = foreign;
    peer.drain.checks[0].text = foreign;
    peer.drain.obstacles = {foreign, foreign};
    view.pools[0].peers[3].error = foreign;
    view.entries = {*peer.entry};
    view.troubles = {foreign};
    KnownProcess application;
    application.process = {u"a"_s, foreign, u"app3"_s, 8112, u"www"_s};
    PeerReport report;
    report.address = peer.address;
    report.sessions = 1;
    application.report = ProcessReport{application.process,
                                       0,
                                       {{u"orders"_s, Control::Local, {report}}}};
    view.processes = {application};
    select(u"db2:3306"_s);
    QVERIFY(fixture().refresh());

    QStringList tips;
    const QList<QWidget *> widgets = fixture().window.findChildren<QWidget *>();
    for (const QWidget *widget : widgets) {
        tips.append(widget->toolTip());
        const auto *const label = qobject_cast<const QLabel *>(widget);
        if (label && label->text().contains("SAFE"_L1))
            QVERIFY2(label->textFormat() == Qt::PlainText, qPrintable(label->objectName()));
        const auto *const rows = qobject_cast<const QAbstractItemView *>(widget);
        for (int row = 0; rows && row < rows->model()->rowCount(); ++row) {
            for (int column = 0; column < rows->model()->columnCount(); ++column)
                tips.append(rows->model()->index(row, column).data(Qt::ToolTipRole).toString());
        }
    }
    tips.removeIf([](const QString &tip) { return !tip.contains("SAFE"_L1); });
    // The card's who, check and verdict; State of two peers; the application; details; the event.
    QVERIFY2(tips.size() >= 8, qPrintable(tips.join(u'\n')));
    for (const QString &tip : std::as_const(tips)) {
        const QString shown = Qt::mightBeRichText(tip)
                                      ? QTextDocumentFragment::fromHtml(tip).toPlainText()
                                      : tip;
        QVERIFY2(shown.contains(foreign), qPrintable(tip));
    }
    QVERIFY(fixture().window.findChild<MessageBar *>()->text().contains(foreign));
}

void tst_MainWindow::panesAndFilters()
{
    PoolPage &page = fixture().page();
    press(fixture().actions().showEvents);
    QCOMPARE(page.findChild<QTabWidget *>(u"panes"_s)->currentIndex(), int(PoolPage::Events));
    QVERIFY(page.events().rows()->hasFocus());
    press(fixture().actions().nextPane);
    QVERIFY(page.table().hasFocus());
    press(fixture().actions().previousPane);
    QVERIFY(page.events().rows()->hasFocus());
    press(fixture().actions().showDetails);
    QCOMPARE(page.findChild<QTabWidget *>(u"panes"_s)->currentIndex(), int(PoolPage::Details));
    fixture().script->next.pools[0].peers[0].health = Health::Down;
    QVERIFY(fixture().refresh());
    QVERIFY2(statusText().contains("new event"_L1),
             qPrintable(statusText()));
    press(fixture().actions().showEvents);
    QVERIFY(!statusText().contains("new event"_L1));
    const int events = page.events().rows()->model()->rowCount();
    QVERIFY(events > 0);
    QTest::keyClicks(page.events().findChild<QLineEdit *>(u"eventsFilter"_s), u"no such event"_s);
    QCOMPARE(page.events().rows()->model()->rowCount(), 0);

    press(fixture().actions().filter);
    QVERIFY(fixture().actions().filterEdit->hasFocus());
    QTest::keyClicks(fixture().actions().filterEdit, u"db10"_s);
    QCOMPARE(page.table().order().rowCount(), 1);
    fixture().actions().filterEdit->clear();
    press(fixture().actions().problemsOnly);
    QCOMPARE(page.table().order().rowCount(), 2); // db1 and db4
}

void tst_MainWindow::settingsComeBack()
{
    const QString file = fixture().folder.filePath(u"kept.ini"_s);
    {
        MonitorFixture first(false, file);
        QVERIFY(first.show());
        PeersTable &table = first.page().table();
        QAction *const version = table.columnsMenu()->actions().at(PeersModel::Version);
        version->trigger();
        QVERIFY(!table.isColumnHidden(PeersModel::Version));
        table.header()->moveSection(table.header()->visualIndex(PeersModel::Version), 1);
        table.sortByColumn(PeersModel::Sessions, Qt::DescendingOrder);
        table.header()->resizeSection(PeersModel::Peer, 222);
        first.page().splitter().setSizes({200, 300});
        Q_EMIT first.page().splitter().splitterMoved(200, 1);
        first.actions().intervals->actions().at(2)->trigger();
        first.actions().problemsOnly->setChecked(true);
        first.window.resize(1100, 690);
        first.settings.setQuitTold();
        QVERIFY(first.window.close());
    }
    MonitorFixture second(false, file);
    QVERIFY(second.show());
    PeersTable &table = second.page().table();
    QVERIFY(!table.isColumnHidden(PeersModel::Version));
    QCOMPARE(table.header()->visualIndex(PeersModel::Version), 1);
    QCOMPARE(table.header()->sortIndicatorSection(), int(PeersModel::Sessions));
    QCOMPARE(table.header()->sortIndicatorOrder(), Qt::DescendingOrder);
    QCOMPARE(table.columnWidth(PeersModel::Peer), 222);
    QCOMPARE(second.sources.interval(), 5);
    QVERIFY(second.actions().problemsOnly->isChecked());
    QCOMPARE(second.window.size(), QSize(1100, 690));
    second.settings.setQuitTold();
    table.resetColumns();
    QVERIFY(table.isColumnHidden(PeersModel::Version));
    QFile kept(file);
    QVERIFY(kept.open(QIODevice::ReadOnly));
    QVERIFY(!kept.readAll().toLower().contains("secret"));
}

void tst_MainWindow::quitTellsOnceOfADrain()
{
    QVERIFY(!fixture().window.close());
    QVERIFY2(fixture().window.findChild<MessageBar *>()->text().contains("db2:3306"_L1),
             qPrintable(fixture().window.findChild<MessageBar *>()->text()));
    QVERIFY(fixture().window.close());
    fixture().window.show();
    QVERIFY(fixture().window.close());
}

void tst_MainWindow::firstPageUntilAPoolIsThere()
{
    fixture().script->next.pools.clear();
    for (int i = 0; i <= PoolTabs::Patience; ++i) {
        QVERIFY(fixture().window.page());
        QVERIFY(fixture().refresh());
    }
    QVERIFY(!fixture().window.page());
    auto *const demo = fixture().window.findChild<QPushButton *>(u"startDemo"_s);
    QVERIFY(demo && demo->isVisible());
    QTest::mouseClick(demo, Qt::LeftButton);
    QTRY_VERIFY(fixture().window.page());
    QVERIFY(fixture().page().pool().contains("Demo"_L1));
    press(fixture().actions().closePool);
    QVERIFY(!fixture().window.page());
    fixture().script->next = ScriptedSource::usualView();
    QVERIFY(fixture().refresh());
    QVERIFY(fixture().window.page());
}

void tst_MainWindow::troubleGoesToTheBar()
{
    fixture().script->next.troubles = {u"the drain directory is damaged"_s};
    QVERIFY(fixture().refresh());
    MessageBar &bar = *fixture().window.findChild<MessageBar *>();
    QVERIFY(bar.text().contains("damaged"_L1));
    QTest::mouseClick(bar.findChild<QToolButton *>(), Qt::LeftButton);
    for (int i = 0; i < 5; ++i)
        QVERIFY(fixture().refresh());
    QVERIFY2(!bar.isVisible(), "said again although it was closed");
    fixture().script->next.troubles.clear();
    QVERIFY(fixture().refresh());
    fixture().script->next.troubles = {u"the drain directory is damaged"_s};
    QVERIFY(fixture().refresh());
    QVERIFY(bar.isVisible());
}

void tst_MainWindow::mirroredForRightToLeft()
{
    QApplication::setLayoutDirection(Qt::RightToLeft);
    QVERIFY(fixture().refresh());
    PeersTable &table = fixture().page().table();
    const int peer = table.columnViewportPosition(PeersModel::Peer);
    const int trend = table.columnViewportPosition(PeersModel::Trend);
    const QPixmap picture = fixture().window.grab();
    QApplication::setLayoutDirection(Qt::LeftToRight);
    QVERIFY(peer > trend);
    QVERIFY(!picture.isNull());
}

QTEST_MAIN(tst_MainWindow)
#include "tst_mainwindow.moc"
