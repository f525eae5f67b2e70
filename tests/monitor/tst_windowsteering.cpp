// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "mainwindowtest.h"

/// The operator's actions in the window, with simulated views.
class tst_WindowSteering : public MainWindowTest
{
    Q_OBJECT

private Q_SLOTS:
    void init() { setUp(); }
    void cleanup() { tearDown(); }
    void drainAsksOverLiveFacts();
    void lastHealthyPeerNeedsThePoolsName();
    void drainDialogHoldsTheRows();
    void resumeAsksNothing();
    void refusalIsToldOnce();
    void readOnlyIsRefusedByTheSource();
    void contextMenuIsBoundToThePeer();
    void copiesRowsAndCommands();
    void exportsAndRecords();
    void quitTellsOnceOfADrain();
};

void tst_WindowSteering::drainAsksOverLiveFacts()
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
    QVERIFY2(factsText().contains("db3:3306: 10 now, about 12 more"_L1), qPrintable(factsText()));
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

void tst_WindowSteering::lastHealthyPeerNeedsThePoolsName()
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
    // Another peer comes back: it is no longer the last one, and nothing is forced.
    peers[2] = ScriptedSource::peer(u"db3:3306"_s);
    QVERIFY(fixture().refresh());
    QVERIFY(!dialog()->findChild<QLineEdit *>(u"guard"_s)->isVisible());
    peers[2] = ScriptedSource::peer(u"db3:3306"_s, u"Down"_s, 0);
    QVERIFY(fixture().refresh());
    QTest::mouseClick(dialog()->findChild<QPushButton *>(u"drain"_s), Qt::LeftButton);
    QCOMPARE(fixture().script->requests.size(), 1);
    QVERIFY(fixture().script->requests.constFirst().isForced);
}

void tst_WindowSteering::drainDialogHoldsTheRows()
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

void tst_WindowSteering::resumeAsksNothing()
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

void tst_WindowSteering::refusalIsToldOnce()
{
    fixture().script->refusal = DrainRefusal{DrainRefusal::NoRights, u"you may not write there"_s};
    MessageBar &bar = *fixture().window.findChild<MessageBar *>();
    fixture().window.steering().resume(fixture().page(), {u"db2:3306"_s});
    QTRY_VERIFY(bar.isVisible());
    QVERIFY2(bar.text().contains("you may not write there"_L1), qPrintable(bar.text()));
    QVERIFY(!QApplication::activeModalWidget());
    QTest::mouseClick(bar.findChild<QToolButton *>(), Qt::LeftButton);
    QVERIFY(!bar.isVisible());
    fixture().script->refusal.reset();
    fixture().window.steering().resume(fixture().page(), {u"db2:3306"_s});
    QTRY_COMPARE(fixture().script->requests.size(), 2);
    QVERIFY(!bar.isVisible());
}

void tst_WindowSteering::readOnlyIsRefusedByTheSource()
{
    m_fixture = std::make_unique<MonitorFixture>(true);
    QVERIFY(fixture().show());
    select(u"db1:3306"_s);
    press(fixture().actions().drain);
    QVERIFY(!dialog());
    QCOMPARE(fixture().script->requests.size(), 1);
    QTRY_COMPARE(fixture().window.findChild<MessageBar *>()->text(),
                 u"Read-only window: db1:3306 was not changed."_s);
    QVERIFY(statusText().contains("read-only"_L1));
    QVERIFY(fixture().window.findChild<QLabel *>(u"banner"_s)->isVisible());
}

void tst_WindowSteering::contextMenuIsBoundToThePeer()
{
    select(u"db1:3306"_s);
    Q_EMIT fixture().page().table().menuWanted(u"db1:3306"_s, QPoint(10, 10));
    QMenu *const menu = fixture().actions().peerMenu();
    QTRY_VERIFY(menu->isVisible());
    QVERIFY(fixture().actions().drain->text().contains("db1"_L1));
    // A refresh or another selection does not change the target of the open menu.
    fixture().page().table().setCurrentPeer(u"db10:3306"_s);
    QVERIFY(fixture().refresh());
    QCOMPARE(fixture().actions().resume->data().toString(), u"db1:3306"_s);
    fixture().actions().resume->trigger();
    QCOMPARE(fixture().script->requests.constLast().peer, u"db1:3306"_s);
    menu->close();
    QTRY_COMPARE(fixture().actions().resume->data().toString(), u"db10:3306"_s);
}

void tst_WindowSteering::copiesRowsAndCommands()
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
    fixture().source->setScope(
            {.pool = u"orders"_s, .controlSchema = u"control_db"_s, .trustsReports = true});
    fixture().actions().copyDrain->trigger();
    QCOMPARE(QGuiApplication::clipboard()->text(),
             u"qproxysql-ctl drain db4:3306 --pool orders --control-schema control_db "
             "--trust-reports"_s);
    press(fixture().actions().copyReport);
    QVERIFY(QGuiApplication::clipboard()->text().contains("db4:3306"_L1));
    select(u"db2:3306"_s);
    QTest::mouseClick(fixture().page().card().findChild<QPushButton *>(u"copyReport"_s),
                      Qt::LeftButton);
    QVERIFY(QGuiApplication::clipboard()->text().contains("db2:3306"_L1));
}

void tst_WindowSteering::exportsAndRecords()
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
    QVERIFY2(contentOf(record).contains("\"kind\":\"down\""), contentOf(record).constData());
    QVERIFY(fixture().window.recordTo({}));
}

void tst_WindowSteering::quitTellsOnceOfADrain()
{
    QVERIFY(!fixture().window.close());
    QVERIFY2(fixture().window.findChild<MessageBar *>()->text().contains("db2:3306"_L1),
             qPrintable(fixture().window.findChild<MessageBar *>()->text()));
    QVERIFY(fixture().window.close());
    fixture().window.show();
    QVERIFY(fixture().window.close());
}

QTEST_MAIN(tst_WindowSteering)
#include "tst_windowsteering.moc"
