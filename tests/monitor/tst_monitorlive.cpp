// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "ctlapplication.h"
#include "fakedesktop.h"
#include "operatorsplace.h"

#include "models/displaystate.h"
#include "sandbox/patience.h"
#include "sandbox/servergroup.h"
#include "window/draincardwidget.h"
#include "window/draindialog.h"
#include "window/mainwindow.h"
#include "window/messagebar.h"
#include "window/monitoractions.h"
#include "window/monitorsettings.h"
#include "window/monitorsources.h"
#include "window/notifications.h"
#include "window/peerstable.h"
#include "window/poolpage.h"
#include "window/steering.h"

#include <QtCore/QProcess>
#include <QtCore/QTemporaryDir>
#include <QtCore/QTimer>
#include <QtGui/QAction>
#include <QtSql/QSqlDatabase>
#include <QtSql/QSqlQuery>
#include <QtTest/QtTest>
#include <QtWidgets/QApplication>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>

#include <memory>

using namespace qproxysql;
using namespace qproxysql::sandbox;
using namespace Qt::StringLiterals;

namespace {

/// Simulates another operator's probes, continuously.
class OtherWindow
{
public:
    explicit OtherWindow(const QString &peer)
    {
        QSqlDatabase db = QSqlDatabase::addDatabase(u"QMYSQL"_s, m_name);
        db.setHostName(peer.section(u':', 0, 0));
        db.setPort(peer.section(u':', 1).toInt());
        db.setUserName(u"root"_s);
        db.setDatabaseName(u"information_schema"_s);
        m_isOpen = db.open();
        QObject::connect(&m_timer, &QTimer::timeout, &m_timer,
                         [this] { QSqlQuery(QSqlDatabase::database(m_name)).exec(u"SELECT 1"_s); });
        m_timer.start(1000);
    }
    ~OtherWindow() { QSqlDatabase::removeDatabase(m_name); }
    bool isOpen() const { return m_isOpen; }

private:
    const QString m_name = u"other window"_s;
    bool m_isOpen = false;
    QTimer m_timer;
};

} // namespace

/// The window over three real servers and an application with an open transaction.
class tst_MonitorLive : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(m_servers.start(), qPrintable(m_servers.errorString()));
        QVERIFY2(m_servers.executeEverywhere(
                         u"CREATE TABLE test.numbers (id INT PRIMARY KEY, n INT)"_s),
                 qPrintable(m_servers.errorString()));
        QVERIFY(m_place.prepare(u"orders"_s, m_servers.hostList()));
        m_application = std::make_unique<ChildApplication>(
                QStringList{u"--application"_s, m_servers.hostList()});
        const QString ready = m_application->line();
        QVERIFY2(ready.startsWith("ready "_L1), qPrintable(ready));
        m_peer = ready.section(u' ', 1);
    }
    void cleanupTestCase() { m_application.reset(); }
    void killDrainStopResume();

private:
    static QModelIndex rowOf(PoolPage &page, const QString &peer, int column)
    {
        const auto &model = static_cast<PeersModel &>(*page.table().order().sourceModel());
        return model.index(model.rowOf(peer), column);
    }
    static DisplayState displayStateOf(PoolPage &page, const QString &peer)
    {
        const QModelIndex index = rowOf(page, peer, PeersModel::State);
        return index.isValid() ? DisplayState(index.data(PeersModel::StateRole).toInt())
                               : DisplayState::NoData;
    }
    static QString stateOf(PoolPage &page, const QString &peer)
    {
        return rowOf(page, peer, PeersModel::State).data().toString();
    }

    const OperatorsPlace m_place;
    ServerGroup m_servers{3};
    std::unique_ptr<ChildApplication> m_application;
    QString m_peer; ///< with the transaction
};

void tst_MonitorLive::killDrainStopResume()
{
    MonitorSettings settings(m_place.filePath(u"monitor.ini"_s));
    MonitorSources sources({.folder = m_place.filePath(u"state"_s)});
    for (const auto kind : Notifications::Kinds)
        settings.setNotifiedOf(kind, true);
    auto *const desktop = new FakeDesktop;
    const auto isNotified = [desktop](const QString &kind, const QString &peer) {
        return desktop->titles().contains(u"%1: %2"_s.arg(kind, peer));
    };
    MainWindow window(sources, settings, nullptr, std::unique_ptr<FakeDesktop>(desktop));
    sources.addMachine(settings.ownPoolFile(), {u"root"_s, {}, {}});
    window.show();
    QTRY_VERIFY_WITH_TIMEOUT(window.page(), 10'000);
    PoolPage &page = *window.page();
    QCOMPARE(page.pool(), u"orders"_s);
    QTRY_COMPARE_WITH_TIMEOUT(page.table().model()->rowCount(), 3, 5000);
    for (int i = 0; i < 3; ++i)
        QTRY_COMPARE_WITH_TIMEOUT(displayStateOf(page, m_servers[i].address()), DisplayState::Up,
                                  10'000);
    QVERIFY2(page.findChild<QLabel *>(u"summary"_s)->text().contains(u"3 of 3 up"_s),
             qPrintable(page.findChild<QLabel *>(u"summary"_s)->text()));

    // A server dies, and comes back.
    Server &dying = m_servers[m_servers[0].address() == m_peer ? 1 : 0];
    dying.kill();
    QElapsedTimer down;
    down.start();
    QCOMPARE(m_application->ask("work"),
             u"0 failed"_s); // the idle application takes it for up
    QTRY_COMPARE_WITH_TIMEOUT(displayStateOf(page, dying.address()), DisplayState::Down, 10'000);
    qInfo("Down %lld ms after kill -9: %s", down.elapsed(),
          qPrintable(stateOf(page, dying.address())));
    QVERIFY2(down.elapsed() < 3000 * Patience, qPrintable(QString::number(down.elapsed())));
    QVERIFY2(isNotified(u"Down"_s, dying.address()), qPrintable(desktop->titles().join(u'\n')));
    QTRY_VERIFY_WITH_TIMEOUT(stateOf(page, dying.address()).contains(u"recheck in"_s), 10'000);
    QVERIFY2(dying.start(), qPrintable(dying.errorString()));
    QTRY_COMPARE_WITH_TIMEOUT(displayStateOf(page, dying.address()), DisplayState::Up, 40'000);
    QVERIFY2(isNotified(u"Up again"_s, dying.address()), qPrintable(desktop->titles().join(u'\n')));

    // A server with an open transaction is drained.
    page.table().setCurrentPeer(m_peer);
    window.actions().drain->trigger();
    DrainDialog *const dialog = window.steering().dialog();
    QVERIFY(dialog);
    QTest::keyClicks(dialog->findChild<QLineEdit *>(u"reason"_s), u"kernel update"_s);
    QTest::mouseClick(dialog->findChild<QPushButton *>(u"drain"_s), Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(displayStateOf(page, m_peer), DisplayState::Draining, 10'000);
    QTRY_COMPARE_WITH_TIMEOUT(displayStateOf(page, m_peer), DisplayState::Stalled, 20'000);
    QVERIFY2(isNotified(u"Stalled"_s, m_peer), qPrintable(desktop->titles().join(u'\n')));
    const QString verdict = page.card().card().verdict.text();
    QVERIFY2(verdict.contains("billing-worker"_L1) && verdict.contains("transaction"_L1),
             qPrintable(verdict));
    QVERIFY(page.card().card().who.contains("kernel update"_L1));
    QCOMPARE(m_application->ask("commit"), u"committed"_s);
    auto other = std::make_unique<OtherWindow>(m_peer); // does not count as a session
    QVERIFY(other->isOpen());
    QTRY_COMPARE_WITH_TIMEOUT(displayStateOf(page, m_peer), DisplayState::SafeToStop, 40'000);
    QVERIFY2(isNotified(u"Safe to stop"_s, m_peer), qPrintable(desktop->titles().join(u'\n')));
    QVERIFY2(page.card().card().drain.isSafe(), qPrintable(page.card().card().verdict.text()));

    other.reset();

    // A drained server is stopped without an alarm, and comes back.
    Server &drained = m_servers.serverOf(m_peer);
    QVERIFY2(drained.terminate(), qPrintable(drained.errorString()));
    QTRY_COMPARE_WITH_TIMEOUT(displayStateOf(page, m_peer), DisplayState::Stopped, 10'000);
    QVERIFY(!rowOf(page, m_peer, PeersModel::State).data(PeersModel::ProblemRole).toBool());
    QVERIFY2(window.findChild<MessageBar *>()->text().isEmpty(),
             qPrintable(window.findChild<MessageBar *>()->text()));
    QVERIFY2(drained.start(), qPrintable(drained.errorString()));
    window.actions().resume->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(displayStateOf(page, m_peer), DisplayState::Up, 20'000);
    QCOMPARE(m_application->ask("work"), u"0 failed"_s);
}

int main(int argc, char **argv)
{
    if (argc > 2 && QByteArrayView(argv[1]) == "--application") {
        QCoreApplication application(argc, argv);
        return runCtlApplication(QString::fromLocal8Bit(argv[2]));
    }
    QApplication application(argc, argv);
    tst_MonitorLive test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_monitorlive.moc"
