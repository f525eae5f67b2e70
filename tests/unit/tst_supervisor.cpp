// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "fakes.h"
#include "inner/workers.h"
#include "supervisorscene.h"

#include <QtCore/QTemporaryDir>
#include <QtTest/QtTest>

#include <atomic>

using namespace qproxysql;
using namespace qproxysql::test;
using namespace std::chrono_literals;

class tst_Supervisor : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void runsWithTheFirstWatch();
    void probesWhileAnybodyWatches();
    void probesWithTheLoginThatLastSucceeded();
    void healthOutlivesTheWatch();
    void watchingKeepsNoNameTaken();
    void editsOfAPoolFileAreApplied();
    void manyWatchesWakeItSeldom();
};

void tst_Supervisor::runsWithTheFirstWatch()
{
    QVERIFY(!supervisor().isRunning());
    const auto pool = poolOf(QStringLiteral("first"), {QStringLiteral("db1")});
    {
        const PoolWatch watch = supervisor().watch(pool, {});
        QVERIFY(supervisor().isRunning());
        QCOMPARE(&watch->pool(), pool.get());
    }
    QTRY_VERIFY(supervisor().isIdle());
    QVERIFY(supervisor().isRunning());
}

void tst_Supervisor::probesWhileAnybodyWatches()
{
    const auto pool = poolOf(QStringLiteral("watched"),
                             {QStringLiteral("db1"), QStringLiteral("db2")});
    PoolWatch watch = supervisor().watch(pool, loginsOf("app"));
    PoolWatch other = supervisor().watch(pool, loginsOf("app"));
    QTRY_VERIFY(supervisor().isIdle()); // all is well
    QCOMPARE(Door::instance().knocks(), 0);

    watch->connectFailed(0, refused());
    QVERIFY(Door::instance().waitForMore(0, 3));
    QCOMPARE(Door::instance().lastUser(), QStringLiteral("app"));
    QVERIFY(!supervisor().isIdle());
    watch = {};
    QVERIFY(Door::instance().waitForMore(Door::instance().knocks(), 2));

    other = {};
    QTRY_VERIFY(supervisor().isIdle());
    QVERIFY(Workers::instance().waitUntilIdle(Patience));
    const int knocks = Door::instance().knocks();
    QTest::qWait(100); // five intervals in which nothing may happen
    QCOMPARE(Door::instance().knocks(), knocks);
    QVERIFY(supervisor().isIdle());
}

void tst_Supervisor::probesWithTheLoginThatLastSucceeded()
{
    const auto pool = poolOf(QStringLiteral("logins"),
                             {QStringLiteral("db1"), QStringLiteral("db2")});
    const PoolWatch one = supervisor().watch(pool, loginsOf("one"));
    const PoolWatch two = supervisor().watch(pool, loginsOf("two"));
    one->connectFailed(0, refused());
    QVERIFY(Door::instance().waitForMore(Door::instance().knocks()));
    QCOMPARE(Door::instance().lastUser(), QStringLiteral("one"));
    two.connectSucceeded(1, {});
    QVERIFY(Door::instance().waitForMore(Door::instance().knocks(), 2));
    QCOMPARE(Door::instance().lastUser(), QStringLiteral("two"));
}

void tst_Supervisor::healthOutlivesTheWatch()
{
    const auto make = [] { return poolOf(QStringLiteral("outlives"), {QStringLiteral("db1")}); };
    supervisor().watch(make(), {})->connectFailed(0, refused());
    QTRY_VERIFY(supervisor().isIdle());
    const auto pool = make();
    QCOMPARE(pool->peer(0).health, Health::Down);
    const int knocks = Door::instance().knocks();
    const PoolWatch watch = supervisor().watch(pool, {});
    QVERIFY(Door::instance().waitForMore(knocks)); // and its recheck is due again
}

void tst_Supervisor::watchingKeepsNoNameTaken()
{
    const QString name = QStringLiteral("renamed");
    auto pool = poolOf(name, {QStringLiteral("db1")});
    const PoolWatch ofALateAttempt = supervisor().watch(pool, {});
    QVERIFY(!poolOf(name, {QStringLiteral("db2")}));
    pool.reset(); // the connection closes, its attempt still hangs
    QVERIFY(poolOf(name, {QStringLiteral("db2")}));
}

void tst_Supervisor::editsOfAPoolFileAreApplied()
{
    QTemporaryDir folder;
    const QString path = QFileInfo(folder.path()).canonicalFilePath() + QStringLiteral("/p.ini");
    const auto write = [&path](const QByteArray &peers) {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("[edited]\nPEERS=" + peers + "\n");
    };
    write("\"db1,db2\"");
    PoolDefinition definition;
    definition.name = QStringLiteral("edited");
    definition.fromFile = true;
    definition.filePath = path;
    definition.peers = {{{QStringLiteral("db1"), 3306}, 1}, {{QStringLiteral("db2"), 3306}, 1}};
    const auto pool = *PoolRegistry::instance().acquire(definition);
    setHealth(*pool, 1, Health::Down);
    const PoolWatch watch = supervisor().watch(pool, {});
    write("\"db2,db3\"");
    QTRY_COMPARE_WITH_TIMEOUT(pool->find({QStringLiteral("db3"), 3306}), 2, 20'000);
    QCOMPARE(pool->find({QStringLiteral("db1"), 3306}), NoPeer);
    QCOMPARE(pool->peer(1).health, Health::Down);
}

// Each wake costs the thread that opens or closes two switches.
void tst_Supervisor::manyWatchesWakeItSeldom()
{
    static std::atomic<int> rounds = 0;
    static std::atomic<bool> isOver = false;
    new Chore([] {
        ++rounds;
        return isOver ? Clock::time_point::max() : Clock::steady().now() + 300ms;
    });
    const auto pool = poolOf(QStringLiteral("busy"), {QStringLiteral("db1")});
    {
        const PoolWatch watch = supervisor().watch(pool, {});
    }
    QTRY_VERIFY(rounds > 0); // from now on something is due within a second
    const int before = rounds;
    QElapsedTimer timer;
    timer.start();
    int watches = 0;
    for (; timer.elapsed() < 600; ++watches)
        const PoolWatch watch = supervisor().watch(pool, {});
    QVERIFY(watches > 100);
    const int seen = rounds - before;
    QVERIFY2(seen * 10 < watches, // those that come while it works wake it once more
             qPrintable(QStringLiteral("%1 rounds, %2 watches").arg(seen).arg(watches)));
    isOver = true;
    // It sleeps: the next watch is noticed all the same.
    QTRY_VERIFY(supervisor().isIdle());
    const int asleep = rounds;
    const PoolWatch watch = supervisor().watch(pool, {});
    QTRY_VERIFY(rounds > asleep);
}

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    registerDriver();
    tst_Supervisor test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_supervisor.moc"
