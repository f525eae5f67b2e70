// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "mainwindowtest.h"

#include "window/addpooldialog.h"
#include "window/logindialog.h"
#include "window/openpools.h"
#include "window/windowplace.h"

#include <QtGui/QScreen>
#include <QtWidgets/QPlainTextEdit>

/// Pools that an operator adds, edits and forgets, and where the window and its focus are.
class tst_WindowPools : public MainWindowTest
{
    Q_OBJECT

private Q_SLOTS:
    void init() { setUp(); }
    void cleanup() { tearDown(); }
    void nobodyIsSaid();
    void ownPoolIsEdited();
    void brokenFileIsForgotten();
    void serversWithoutDataSayHowToLogIn();
    void restoredWindowFitsTheScreen_data();
    void restoredWindowFitsTheScreen();
    void tooLargeWindowIsMadeSmaller();
    void eventsOutliveTheWindow();
    void forgottenDrainIsMarked();
    void focusIsVisible_data();
    void focusIsVisible();

private:
    MessageBar &bar() { return *fixture().window.findChild<MessageBar *>(); }
    bool write(const QString &path, const QByteArray &text)
    {
        QFile file(path);
        return file.open(QIODevice::WriteOnly) && file.write(text) == text.size();
    }
};

void tst_WindowPools::nobodyIsSaid()
{
    ClusterView &view = fixture().script->next;
    KnownProcess application;
    application.process = {u"a"_s, u"shop"_s, u"app3"_s, 8112, u"www"_s};
    PeerReport report;
    report.address = view.pools[0].peers[0].address;
    report.sessions = 1;
    const auto reported = [&] {
        application.report = ProcessReport{application.process,
                                           0,
                                           {{u"orders"_s, Control::Local, {report}}}};
        return QList<KnownProcess>{application};
    };
    select(u"db1:3306"_s);
    press(fixture().actions().showApplications);
    const auto *const rows = fixture().page().findChild<RowsView *>(u"applications"_s);
    const auto *const title = fixture().page().findChild<QLabel *>(u"applicationsTitle"_s);
    view.processes = reported();
    QVERIFY(fixture().refresh());
    QCOMPARE(rows->model()->rowCount(), 1);
    QCOMPARE(title->text(), u"On db1:3306:"_s);
    report.sessions = 0;
    view.processes = reported();
    QVERIFY(fixture().refresh());
    QCOMPARE(rows->model()->rowCount(), 0);
    QCOMPARE(title->text(), u"Nobody is known to be on db1:3306."_s);
}

void tst_WindowPools::ownPoolIsEdited()
{
    QVERIFY(!fixture().actions().editPool->isEnabled()); // applications report it
    const QString file = fixture().folder.filePath(u"kept.ini"_s);
    const QString own = fixture().folder.filePath(u"kept-pools.ini"_s);
    QVERIFY(write(own, "[orders]\npeers = db1, db2\n"));
    MonitorFixture second(false, file);
    QVERIFY(second.show());
    QVERIFY(second.actions().editPool->isEnabled());
    QTest::keySequence(&second.window, second.actions().editPool->shortcut());
    auto *const dialog = second.window.findChild<AddPoolDialog *>();
    QVERIFY(dialog && dialog->isVisible());
    auto *const name = dialog->findChild<QLineEdit *>(u"name"_s);
    name->selectAll();
    QTest::keyClicks(name, u"shop"_s);
    QTest::mouseClick(dialog->findChild<QPushButton *>(u"add"_s), Qt::LeftButton);
    QCOMPARE(OwnPools(own).names(), QStringList{u"shop"_s});
    second.script->next.pools[0].name = u"shop"_s;
    QVERIFY(second.refresh());
    const QList<PoolPage *> pages = second.window.findChild<PoolTabs *>()->pages();
    QCOMPARE(pages.size(), 1); // that of the old name has gone at once
    QCOMPARE(second.page().pool(), u"shop"_s);
    QVERIFY(second.actions().editPool->isEnabled());
}

void tst_WindowPools::brokenFileIsForgotten()
{
    const QString file = fixture().folder.filePath(u"broken.ini"_s);
    QVERIFY(write(file, "[orders]\npeers db1\n"));
    fixture().window.openPools().openFile(file);
    QCOMPARE(fixture().settings.poolFiles(), QStringList{file});
    QTRY_VERIFY2(bar().text().contains(u"broken.ini, line 2: expected [NAME]"_s),
                 qPrintable(bar().text()));
    auto *const forget = bar().findChild<QPushButton *>();
    QVERIFY(forget->isVisible());
    QCOMPARE(forget->text().remove(u'&'), u"Forget File"_s);
    QTest::mouseClick(forget, Qt::LeftButton);
    QCOMPARE(fixture().settings.poolFiles(), QStringList());
    QCOMPARE(fixture().sources.all().size(), 1);
    QCOMPARE(bar().text(), QString());
}

void tst_WindowPools::serversWithoutDataSayHowToLogIn()
{
    const QString file = fixture().folder.filePath(u"new.ini"_s);
    QVERIFY(write(file, "[shop]\npeers = db1.invalid, db2.invalid\n"));
    fixture().window.openPools().openFile(file);
    QTRY_VERIFY2(bar().text().startsWith(u"No data about 2 server(s) of shop: "_s),
                 qPrintable(bar().text()));
    auto *const logIn = bar().findChild<QPushButton *>();
    QVERIFY(logIn->isVisible());
    QTest::mouseClick(logIn, Qt::LeftButton);
    QVERIFY(fixture().window.findChild<LoginDialog *>());
    QCOMPARE(bar().text(), QString());
    QTRY_COMPARE(fixture().page().pool(), u"shop"_s);
    const QModelIndex first = fixture().page().table().order().index(0, PeersModel::State);
    QVERIFY2(first.data(Qt::ToolTipRole).toString().contains(u"Ctrl+L"_s), "the row");
    WatchedSource *const source = &fixture().page().source();
    QSignalSpy refreshed(source, &WatchedSource::refreshed);
    source->refresh();
    QVERIFY(refreshed.wait());
    QCOMPARE(bar().text(), QString()); // said once
}

void tst_WindowPools::restoredWindowFitsTheScreen_data()
{
    QTest::addColumn<QRect>("kept");
    QTest::addColumn<QRect>("shown");
    QTest::newRow("fits") << QRect(100, 80, 1000, 700) << QRect(100, 80, 1000, 700);
    QTest::newRow("larger") << QRect(0, 0, 3000, 2000) << QRect(8, 24, 1424, 852);
    QTest::newRow("right of it") << QRect(2500, 100, 800, 600) << QRect(632, 100, 800, 600);
    QTest::newRow("above") << QRect(100, -900, 800, 600) << QRect(100, 24, 800, 600);
    QTest::newRow("below") << QRect(100, 850, 800, 600) << QRect(100, 292, 800, 600);
}

void tst_WindowPools::restoredWindowFitsTheScreen()
{
    QFETCH(QRect, kept);
    QFETCH(QRect, shown);
    const QRect screen(0, 0, 1440, 900);
    QCOMPARE(WindowPlace::within(kept, screen), shown);
    const QPoint other(1920, 50);
    QCOMPARE(WindowPlace::within(kept.translated(other), screen.translated(other)),
             shown.translated(other));
}

void tst_WindowPools::tooLargeWindowIsMadeSmaller()
{
    const QString file = fixture().folder.filePath(u"kept.ini"_s);
    {
        MonitorFixture first(false, file);
        QVERIFY(first.show());
        first.window.resize(3000, 2000);
        first.settings.setQuitNoticeShown();
        QVERIFY(first.window.close());
    }
    MonitorFixture second(false, file);
    QVERIFY(second.show());
    const QSize screen = second.window.screen()->availableSize();
    QVERIFY(second.window.width() < screen.width() && second.window.height() < screen.height());
}

void tst_WindowPools::eventsOutliveTheWindow()
{
    const QString file = fixture().folder.filePath(u"kept.ini"_s);
    const auto rows = [](MonitorFixture &window) {
        QStringList all;
        const QAbstractItemModel *const model = window.page().events().rows()->model();
        for (int row = 0; row < model->rowCount(); ++row)
            all.append(model->index(row, EventsModel::Kind).data().toString() + u' '
                       + model->index(row, EventsModel::Peer).data().toString() + u' '
                       + model->index(row, EventsModel::Text).data().toString());
        return all;
    };
    {
        MonitorFixture first(false, file);
        QVERIFY(first.show());
        first.script->next.pools[0].peers[0] = ScriptedSource::peer(u"db1:3306"_s, u"Down"_s, 0);
        QVERIFY(first.refresh());
        DrainRequest request;
        request.peer = u"db3:3306"_s;
        request.service = Service::Draining;
        request.generation = 9;
        request.requestedBy = u"bob@admin2"_s;
        request.at = QDateTime::currentDateTimeUtc();
        first.script->next.entries = {request};
        QVERIFY(first.refresh());
        first.settings.setQuitNoticeShown();
        QVERIFY(first.window.close());
    } // meanwhile db1 comes back, and somebody resumes db3 by a program of this machine
    DrainRequest resumed;
    resumed.peer = u"db3:3306"_s;
    resumed.generation = 10;
    resumed.requestedBy = u"eve@admin3"_s;
    resumed.at = QDateTime::currentDateTimeUtc();
    MonitorFixture second(false, file);
    QVERIFY(!DrainLog(second.folder.path()).append(resumed, {}));
    QVERIFY(second.show());
    const QStringList all = rows(second);
    QCOMPARE(all.filter(u"Down db1:3306"_s).size(), 1);
    QCOMPARE(all.filter(u"Up again db1:3306"_s).size(), 1);
    QCOMPARE(all.filter(u"Drain db3:3306 drained by bob@admin2"_s).size(), 1);
    QCOMPARE(all.filter(u"Resume db3:3306 resumed by eve@admin3"_s).size(), 1);
    QCOMPARE(all.filter(u"Down db4:3306"_s).size(), 1); // was and is down: no second event
    second.settings.setQuitNoticeShown();
}

void tst_WindowPools::forgottenDrainIsMarked()
{
    ClusterView &view = fixture().script->next;
    view.pools[0].peers[1].isForgotten = true;
    view.pools[0].peers[1].drainAge = 5 * 3600.0;
    QVERIFY(fixture().refresh());
    select(u"db2:3306"_s);
    const QModelIndex row = fixture().page().table().currentIndex();
    const QModelIndex state = row.siblingAtColumn(PeersModel::State);
    QVERIFY2(state.data().toString().endsWith("forgotten?"_L1), qPrintable(state.data().toString()));
    QVERIFY(state.data(PeersModel::ProblemRole).toBool());
    QStringList texts;
    const QList<QLabel *> labels = fixture().page().card().findChildren<QLabel *>();
    for (const QLabel *label : labels)
        texts.append(label->text());
    QVERIFY2(texts.join(u'\n').contains("forgotten? drained for 5 h"_L1),
             qPrintable(texts.join(u'\n')));
}

void tst_WindowPools::focusIsVisible_data()
{
    QTest::addColumn<QPalette>("palette");
    QPalette dark(QColor(0x30, 0x30, 0x30));
    dark.setColor(QPalette::Base, QColor(0x20, 0x20, 0x20));
    QTest::newRow("light") << QPalette(QColor(0xef, 0xef, 0xef));
    QTest::newRow("dark") << dark;
}

void tst_WindowPools::focusIsVisible()
{
    QFETCH(QPalette, palette);
    fixture().window.setPalette(palette);
    select(u"db2:3306"_s);
    auto &table = fixture().page().table();
    auto *const resume = fixture().page().card().findChild<QPushButton *>(u"resume"_s);
    const auto edge = [&table] { return table.grab().toImage().pixelColor(0, table.height() / 2); };
    table.setFocus();
    QCOMPARE(edge(), table.palette().color(QPalette::Highlight));
    const QImage idle = resume->grab().toImage();
    press(fixture().actions().nextPane);
    QVERIFY(resume->hasFocus());
    QVERIFY(edge() != table.palette().color(QPalette::Highlight));
    QVERIFY(resume->grab().toImage() != idle);
}

QTEST_MAIN(tst_WindowPools)
#include "tst_windowpools.moc"
