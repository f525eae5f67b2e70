// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "window/systemdesktop.h"

#include <QtCore/QFile>
#include <QtCore/QProcess>
#include <QtCore/QTemporaryDir>
#include <QtDBus/QDBusConnection>
#include <QtDBus/QDBusMessage>
#include <QtTest/QtTest>
#include <QtWidgets/QApplication>

using namespace qproxysql;
using namespace Qt::StringLiterals;

namespace {

const auto Service = u"org.freedesktop.Notifications"_s;
const auto Path = u"/org/freedesktop/Notifications"_s;

} // namespace

/// A notification service that shows nothing.
class FakeService : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Notifications")

public:
    struct Shown
    {
        QString summary;
        QString body;
        QStringList actions;
        QVariantMap hints;
        uint replaced = 0;
    };
    QList<Shown> shown;
    QList<uint> closed;
    bool hasMarkup = false;

public Q_SLOTS:
    QStringList GetCapabilities()
    {
        return hasMarkup ? QStringList{u"body"_s, u"body-markup"_s} : QStringList{u"body"_s};
    }
    uint Notify(const QString &, uint replaced, const QString &, const QString &summary,
                const QString &body, const QStringList &actions, const QVariantMap &hints, int)
    {
        shown.append({summary, body, actions, hints, replaced});
        return replaced > 0 ? replaced : uint(shown.size());
    }
    void CloseNotification(uint id) { closed.append(id); }

Q_SIGNALS:
    void ActionInvoked(uint id, const QString &action);
    void NotificationClosed(uint id, uint reason);
};

/// Notifications over a real bus.
class tst_Notifications : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void withoutService();
    void shownAndClicked_data();
    void shownAndClicked();
    void newerOneTakesThePlace();

private:
    QTemporaryDir m_folder;
    QProcess m_bus;
    QString m_address;
};

void tst_Notifications::initTestCase()
{
    QFile file(m_folder.filePath(u"bus.conf"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("<busconfig><type>session</type><listen>unix:dir=" + m_folder.path().toUtf8()
               + "</listen><policy context=\"default\"><allow send_destination=\"*\"/>"
                 "<allow receive_sender=\"*\"/><allow own=\"*\"/></policy></busconfig>");
    file.close();
    m_bus.start(u"dbus-daemon"_s,
                {u"--config-file="_s + file.fileName(), u"--nofork"_s, u"--print-address"_s});
    QVERIFY2(m_bus.waitForReadyRead(), "install dbus-daemon");
    m_address = QString::fromLocal8Bit(m_bus.readLine()).trimmed();
    qputenv("DBUS_SESSION_BUS_ADDRESS", m_address.toLocal8Bit());
}

void tst_Notifications::cleanupTestCase()
{
    m_bus.kill();
    m_bus.waitForFinished();
}

void tst_Notifications::withoutService()
{
    SystemDesktop desktop;
    QVERIFY(!desktop.hasNotifications());
    QVERIFY(!desktop.hasTray());
    static QByteArray warning;
    const QtMessageHandler before = qInstallMessageHandler(
            [](QtMsgType, const QMessageLogContext &, const QString &text) {
                warning = text.toUtf8();
            });
    desktop.notify({u"Down: db1"_s, u"orders"_s, true, u"orders"_s, u"db1"_s});
    const bool isSaid = QTest::qWaitFor([] { return !warning.isEmpty(); }, 20'000);
    qInstallMessageHandler(before);
    QVERIFY2(isSaid && warning.contains("a notification was not shown: "), warning.constData());
}

void tst_Notifications::shownAndClicked_data()
{
    QTest::addColumn<bool>("hasMarkup");
    QTest::addColumn<QString>("body");
    QTest::newRow("text") << false << u"orders: 2003 <b>"_s;
    QTest::newRow("markup") << true << u"orders: 2003 &lt;b&gt;"_s;
}

void tst_Notifications::shownAndClicked()
{
    QFETCH(bool, hasMarkup);
    QFETCH(QString, body);
    FakeService service;
    service.hasMarkup = hasMarkup;
    QDBusConnection bus = QDBusConnection::connectToBus(m_address, u"service"_s);
    QVERIFY(bus.registerObject(Path, &service,
                               QDBusConnection::ExportAllSlots | QDBusConnection::ExportAllSignals));
    QVERIFY(bus.registerService(Service));
    {
        SystemDesktop desktop;
        QVERIFY(desktop.hasNotifications());
        QSignalSpy clicked(&desktop, &Desktop::notificationActivated);
        desktop.notify({u"Down: db1"_s, u"orders: 2003 <b>"_s, true, u"orders"_s, u"db1"_s});
        desktop.notify({u"Up again: db2"_s, u"orders: Up"_s, false, u"orders"_s, u"db2"_s});
        QTRY_COMPARE(service.shown.size(), 2);
        QCOMPARE(service.shown.at(0).summary, u"Down: db1"_s);
        QCOMPARE(service.shown.at(0).body, body);
        QCOMPARE(service.shown.at(0).actions.value(0), u"default"_s);
        QCOMPARE(service.shown.at(0).hints.value(u"urgency"_s).toInt(), 2);
        QCOMPARE(service.shown.at(1).hints.value(u"urgency"_s).toInt(), 1);
        Q_EMIT service.ActionInvoked(77, u"default"_s); // another program's
        Q_EMIT service.ActionInvoked(2, u"default"_s);
        Q_EMIT service.ActionInvoked(1, u"default"_s);
        QTRY_COMPARE(clicked.count(), 2);
        QCOMPARE(clicked.at(0).at(1), u"db2"_s);
        QCOMPARE(clicked.at(1).at(1), u"db1"_s);
        Q_EMIT service.NotificationClosed(1, 2);
        Q_EMIT service.ActionInvoked(1, u"default"_s);
        Q_EMIT service.ActionInvoked(2, u"default"_s);
        QTRY_COMPARE(clicked.count(), 3);
        QCOMPARE(clicked.at(2).at(1), u"db2"_s);
    }
    QVERIFY(bus.unregisterService(Service));
    bus.unregisterObject(Path);
    QDBusConnection::disconnectFromBus(u"service"_s);
}

// "Down" does not stay beside "Up again".
void tst_Notifications::newerOneTakesThePlace()
{
    FakeService service;
    QDBusConnection bus = QDBusConnection::connectToBus(m_address, u"service"_s);
    QVERIFY(bus.registerObject(Path, &service,
                               QDBusConnection::ExportAllSlots | QDBusConnection::ExportAllSignals));
    QVERIFY(bus.registerService(Service));
    {
        SystemDesktop desktop;
        QSignalSpy clicked(&desktop, &Desktop::notificationActivated);
        const auto tell = [&](const QStringList &about) {
            const auto before = service.shown.size();
            desktop.notify({u"title"_s, u"text"_s, true, u"orders"_s, about.constFirst(), about});
            if (!QTest::qWaitFor([&] { return service.shown.size() > before; }))
                return false;
            // Comes after the answer to the call.
            clicked.clear();
            const uint replaced = service.shown.constLast().replaced;
            Q_EMIT service.ActionInvoked(replaced > 0 ? replaced : uint(service.shown.size()),
                                         u"default"_s);
            return clicked.wait();
        };
        QVERIFY(tell({u"db1"_s, u"db2"_s}));
        QVERIFY(tell({u"db1"_s}));
        QCOMPARE(service.shown.constLast().replaced, 0U); // the first one tells of db2, too
        QVERIFY(tell({u"db3"_s}));
        QVERIFY(tell({u"db2"_s}));
        QCOMPARE(service.shown.constLast().replaced, 1U);
        QVERIFY(tell({u"db1"_s, u"db3"_s}));
        const uint replaced = service.shown.constLast().replaced;
        QVERIFY(replaced == 2 || replaced == 3);
        QTRY_COMPARE(service.closed, QList<uint>{5 - replaced});
    }
    QVERIFY(bus.unregisterService(Service));
    bus.unregisterObject(Path);
    QDBusConnection::disconnectFromBus(u"service"_s);
}

QTEST_MAIN(tst_Notifications)
#include "tst_notifications.moc"
