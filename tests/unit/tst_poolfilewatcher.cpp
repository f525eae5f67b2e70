// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "config/poolfilewatcher.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtCore/QThread>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

using namespace qproxysql;
using namespace std::chrono_literals;

using Notifications = PoolFileWatcher::Notifications;

Q_DECLARE_METATYPE(PoolFileWatcher::Notifications)

class tst_PoolFileWatcher : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void tellsGoodVersion();
    void tellsEdits_data();
    void tellsEdits();
    void survivesReplacing_data();
    void survivesReplacing();
    void appearsLater_data();
    void appearsLater();
    void brokenVersionsAreNotTold();
    void livesInItsThread();

private:
    QString filePath() const { return m_folder->filePath(QStringLiteral("pools.ini")); }
    void write(const char *peers, const char *name = "pools.ini") const;
    void replace(const char *peers) const;

    std::unique_ptr<QTemporaryDir> m_folder;
};

namespace {

constexpr auto Never = std::chrono::hours(1);

/// Notifications alone (polling once an hour) and polling alone.
void addWaysOfNoticing()
{
    QTest::addColumn<Notifications>("notifications");
    QTest::addColumn<int>("pollMs");
    QTest::newRow("notified") << Notifications::Used
                              << int(std::chrono::milliseconds(Never).count());
    QTest::newRow("polled") << Notifications::Ignored << 20;
}

QString toldPeers(const QSignalSpy &spy)
{
    if (spy.isEmpty())
        return {};
    QStringList names;
    const auto pools = spy.constLast().at(0).value<QList<PoolDefinition>>();
    for (const PoolDefinition &pool : pools) {
        for (const PeerDefinition &peer : pool.peers)
            names.append(pool.name + u'/' + peer.address.host);
    }
    return names.join(u' ');
}

} // namespace

void tst_PoolFileWatcher::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
}

void tst_PoolFileWatcher::write(const char *peers, const char *name) const
{
    QFile file(m_folder->filePath(QString::fromLatin1(name)));
    if (!file.open(QIODevice::WriteOnly) || file.write(QByteArray("[a]\npeers=") + peers + "\n") < 0)
        qFatal("cannot write %s", qPrintable(file.fileName()));
}

void tst_PoolFileWatcher::replace(const char *peers) const
{
    write(peers, "new.ini");
    if (::rename(qPrintable(m_folder->filePath(QStringLiteral("new.ini"))), qPrintable(filePath())))
        qFatal("cannot rename");
}

void tst_PoolFileWatcher::tellsGoodVersion()
{
    write("db1,db2");
    PoolFileWatcher watcher(filePath(), Never);
    QSignalSpy spy(&watcher, &PoolFileWatcher::changed);
    QCOMPARE(spy.count(), 0);
    watcher.start();
    QCOMPARE(toldPeers(spy), QStringLiteral("a/db1 a/db2"));
    watcher.start();
    QCOMPARE(spy.count(), 1);
}

void tst_PoolFileWatcher::tellsEdits_data()
{
    addWaysOfNoticing();
}

void tst_PoolFileWatcher::tellsEdits()
{
    QFETCH(Notifications, notifications);
    QFETCH(int, pollMs);
    write("db1");
    PoolFileWatcher watcher(filePath(), std::chrono::milliseconds(pollMs), notifications);
    QSignalSpy spy(&watcher, &PoolFileWatcher::changed);
    watcher.start();
    for (const char *peers : {"db2", "db3", "db4"}) {
        write(peers);
        QTRY_COMPARE(toldPeers(spy), QStringLiteral("a/") + QString::fromLatin1(peers));
    }
    QCOMPARE(spy.count(), 4);
}

void tst_PoolFileWatcher::survivesReplacing_data()
{
    addWaysOfNoticing();
}

void tst_PoolFileWatcher::survivesReplacing()
{
    QFETCH(Notifications, notifications);
    QFETCH(int, pollMs);
    write("db1");
    PoolFileWatcher watcher(filePath(), std::chrono::milliseconds(pollMs), notifications);
    QSignalSpy spy(&watcher, &PoolFileWatcher::changed);
    watcher.start();
    for (const char *peers : {"db2", "db3", "db4"}) {
        replace(peers);
        QTRY_COMPARE(toldPeers(spy), QStringLiteral("a/") + QString::fromLatin1(peers));
    }
    // What was watched last must be the new file, not the replaced ones.
    write("db5");
    QTRY_COMPARE(toldPeers(spy), QStringLiteral("a/db5"));
}

void tst_PoolFileWatcher::appearsLater_data()
{
    addWaysOfNoticing();
}

void tst_PoolFileWatcher::appearsLater()
{
    QFETCH(Notifications, notifications);
    QFETCH(int, pollMs);
    PoolFileWatcher watcher(filePath(), std::chrono::milliseconds(pollMs), notifications);
    QSignalSpy spy(&watcher, &PoolFileWatcher::changed);
    watcher.start();
    QCOMPARE(spy.count(), 0);
    write("db1");
    QTRY_COMPARE(toldPeers(spy), QStringLiteral("a/db1"));

    // Removed: the last good version stays in force. Back: noticed again.
    QVERIFY(QFile::remove(filePath()));
    write("db2");
    QTRY_COMPARE(toldPeers(spy), QStringLiteral("a/db2"));
}

void tst_PoolFileWatcher::brokenVersionsAreNotTold()
{
    write("db1");
    PoolFileWatcher watcher(filePath(), 20ms);
    QSignalSpy spy(&watcher, &PoolFileWatcher::changed);
    watcher.start();

    QTest::ignoreMessage(QtWarningMsg,
                         QRegularExpression(QStringLiteral("empty entry.*last good version")));
    write("db1,,db2");
    // A later good version of another file is told, so the broken one has been looked at.
    PoolFileWatcher other(m_folder->filePath(QStringLiteral("other.ini")), 20ms);
    QSignalSpy otherSpy(&other, &PoolFileWatcher::changed);
    other.start();
    for (const char *peers : {"db7", "db8"}) {
        write(peers, "other.ini");
        QTRY_COMPARE(toldPeers(otherSpy), QStringLiteral("a/") + QString::fromLatin1(peers));
    }
    QCOMPARE(spy.count(), 1);

    write("db1");
    write("db3");
    QTRY_COMPARE(toldPeers(spy), QStringLiteral("a/db3"));
}

void tst_PoolFileWatcher::livesInItsThread()
{
    write("db1");
    QThread thread;
    auto *watcher = new PoolFileWatcher(filePath(), 20ms);
    std::atomic<QThread *> toldIn{nullptr};
    connect(watcher, &PoolFileWatcher::changed, watcher, [&] { toldIn = QThread::currentThread(); });
    watcher->moveToThread(&thread);
    connect(&thread, &QThread::finished, watcher, &QObject::deleteLater);
    connect(&thread, &QThread::started, watcher, &PoolFileWatcher::start);
    QObject receiver;
    QString told;
    connect(watcher, &PoolFileWatcher::changed, &receiver, [&](const QList<PoolDefinition> &pools) {
        told = pools.constFirst().peers.constFirst().address.host;
    });
    thread.start();
    QTRY_COMPARE(told, QStringLiteral("db1"));
    replace("db2");
    QTRY_COMPARE(told, QStringLiteral("db2"));
    QCOMPARE(toldIn.load(), &thread);
    thread.quit();
    QVERIFY(thread.wait());
}

QTEST_GUILESS_MAIN(tst_PoolFileWatcher)
#include "tst_poolfilewatcher.moc"
