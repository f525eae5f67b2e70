// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "mainwindowtest.h"

/// The contents of the window, with simulated views.
class tst_MainWindow : public MainWindowTest
{
    Q_OBJECT

private Q_SLOTS:
    void init() { setUp(); }
    void cleanup() { tearDown(); }
    void showsThePool();
    void keysReachEveryAction_data();
    void keysReachEveryAction();
    void everyActionIsInAMenu();
    void mnemonicsDiffer();
    void everyWidgetHasAName();
    void selectionAndScrollSurvive();
    void manyPeersCostLittle();
    void rowsStayUnderThePointer();
    void foreignTextIsShownLiterally();
    void panesAndFilters();
    void settingsComeBack();
    void firstPageUntilAPoolIsThere();
    void troubleGoesToTheBar();
    void mirroredForRightToLeft();
};

void tst_MainWindow::showsThePool()
{
    PoolPage &page = fixture().page();
    QCOMPARE(page.table().order().rowCount(), 5);
    QVERIFY2(page.findChild<QLabel *>(u"summary"_s)->text().contains(u"1 draining"_s),
             qPrintable(page.findChild<QLabel *>(u"summary"_s)->text()));
    QVERIFY(!page.card().isVisible()); // the worst is selected, and does not drain
    QVERIFY(page.findChild<QWidget *>(u"otherDrains"_s)->isVisible());
    select(u"db2:3306"_s);
    QVERIFY(page.card().isVisible());
    QVERIFY(fixture().window.width() <= 1024 && fixture().window.height() <= 700);
    QCOMPARE(fixture().window.findChild<QTabBar *>(u"pools"_s)->tabText(0), u"orders"_s);
    QVERIFY(!fixture().window.findChild<QTabBar *>(u"pools"_s)->tabIcon(0).isNull());
    QVERIFY2(statusText().startsWith("4 of 5 reachable"_L1), qPrintable(statusText()));
    // The menus, the tool bar and the table must fit as monitor.md requires.
    fixture().window.resize(1024, 700);
    QVERIFY2(fixture().window.minimumSizeHint().width() <= 1024,
             qPrintable(QString::number(fixture().window.minimumSizeHint().width())));
    QCOMPARE(page.table().horizontalScrollBar()->maximum(), 0);
}

void tst_MainWindow::keysReachEveryAction_data()
{
    QTest::addColumn<QString>("name");
    for (const char *name :
         {"addPool",          "openPoolFile", "exportPool", "drain",    "resume",       "recheck",
          "copyRows",         "copyReport",   "refresh",    "pause",    "problemsOnly", "filter",
          "showApplications", "showDetails",  "showEvents", "nextPane", "previousPane", "nextPool",
          "previousPool",     "settings",     "legend"})
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

// The figure is informative; the assertion only detects changes by orders of magnitude.
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

// Reasons, errors and names are foreign text.
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
    view.problems = {foreign};
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
    // The card's author, check and verdict; State of two peers; the application; details; the
    // event.
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
    QVERIFY2(statusText().contains("new event"_L1), qPrintable(statusText()));
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
        QVERIFY(table.columns().startsWith('a')); // they still fit their content
        table.header()->moveSection(table.header()->visualIndex(PeersModel::Version), 1);
        table.sortByColumn(PeersModel::Sessions, Qt::DescendingOrder);
        table.header()->resizeSection(PeersModel::Peer, 222);
        first.page().splitter().setSizes({200, 300});
        Q_EMIT first.page().splitter().splitterMoved(200, 1);
        first.actions().intervals->actions().at(2)->trigger();
        first.actions().problemsOnly->setChecked(true);
        first.window.resize(700, 640);
        first.settings.setQuitNoticeShown();
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
    QCOMPARE(second.window.size(), QSize(700, 640));
    second.settings.setQuitNoticeShown();
    table.resetColumns();
    QVERIFY(table.isColumnHidden(PeersModel::Version));
    QFile kept(file);
    QVERIFY(kept.open(QIODevice::ReadOnly));
    QVERIFY(!kept.readAll().toLower().contains("secret"));
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
    fixture().script->next.problems = {u"the drain directory is damaged"_s};
    QVERIFY(fixture().refresh());
    MessageBar &bar = *fixture().window.findChild<MessageBar *>();
    QVERIFY(bar.text().contains("damaged"_L1));
    QTest::mouseClick(bar.findChild<QToolButton *>(), Qt::LeftButton);
    for (int i = 0; i < 5; ++i)
        QVERIFY(fixture().refresh());
    QVERIFY2(!bar.isVisible(), "said again although it was closed");
    fixture().script->next.problems.clear();
    QVERIFY(fixture().refresh());
    fixture().script->next.problems = {u"the drain directory is damaged"_s};
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
