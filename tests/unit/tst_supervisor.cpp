// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "health/supervisor.h"
#include "inner/workers.h"
#include "pool/poolregistry.h"

#include <QtCore/QProcess>
#include <QtCore/QTemporaryDir>
#include <QtSql/QSqlDatabase>
#include <QtSql/QSqlDriver>
#include <QtTest/QtTest>

#include <atomic>
#include <condition_variable>
#include <cstdio>
#include <mutex>

using namespace qproxysql;
using namespace std::chrono_literals;

namespace {

constexpr auto Patience = 20s;

/// Counts who is asked; hosts called "hang..." never answer, all others refuse.
class Door
{
public:
    static Door &instance()
    {
        static auto *door = new Door;
        return *door;
    }

    void knock(const QString &host, const QString &user)
    {
        std::unique_lock lock(m_mutex);
        ++m_knocks;
        m_lastUser = user;
        m_changed.notify_all();
        if (host.startsWith(QLatin1String("hang")))
            m_changed.wait(lock, [this] { return m_isOpen; });
    }

    /// True when \a more were asked since \a than.
    bool waitForMore(int than, int more = 1)
    {
        std::unique_lock lock(m_mutex);
        return m_changed.wait_for(lock, Patience, [&] { return m_knocks >= than + more; });
    }

    void open()
    {
        const std::lock_guard lock(m_mutex);
        m_isOpen = true;
        m_changed.notify_all();
    }

    int knocks()
    {
        const std::lock_guard lock(m_mutex);
        return m_knocks;
    }

    QString lastUser()
    {
        const std::lock_guard lock(m_mutex);
        return m_lastUser;
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_changed;
    int m_knocks = 0;
    QString m_lastUser;
    bool m_isOpen = false;
};

class RefusingDriver : public QSqlDriver
{
public:
    bool hasFeature(DriverFeature) const override { return false; }
    bool open(const QString &, const QString &user, const QString &, const QString &host, int,
              const QString &) override
    {
        Door::instance().knock(host, user);
        setLastError(QSqlError({}, QStringLiteral("Connection refused"), QSqlError::ConnectionError,
                               QStringLiteral("2002")));
        setOpenError(true);
        return false;
    }
    void close() override {}
    QSqlResult *createResult() const override { return nullptr; }
};

void registerDriver()
{
    // Kept reachable, since QtSql loses it when a process exits under its application.
    static auto *const kept = new std::vector<QSqlDriverCreatorBase *>;
    kept->push_back(new QSqlDriverCreator<RefusingDriver>);
    QSqlDatabase::registerSqlDriver(QStringLiteral("QMYSQL"), kept->back());
}

std::shared_ptr<PeerPool> poolOf(const QString &name, const QStringList &hosts)
{
    PoolDefinition definition;
    definition.name = name;
    definition.policy.checkInterval = 20ms;
    for (const QString &host : hosts)
        definition.peers.append({{host, 3306}, 1});
    return PoolRegistry::instance().acquire(definition, nullptr);
}

Logins loginsOf(const char *user)
{
    Logins logins;
    logins.common.user = QLatin1String(user);
    return logins;
}

ConnectFailure refused()
{
    ConnectFailure failure;
    failure.code = 2002;
    failure.text = QStringLiteral("Connection refused");
    failure.errorClass = ErrorClass::Down;
    return failure;
}

Supervisor &supervisor()
{
    return Supervisor::instance();
}

} // namespace

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
    void inAnotherProcess_data();
    void inAnotherProcess();
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
    two->connectSucceeded(1, {});
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
    const auto pool = PoolRegistry::instance().acquire(definition, nullptr);
    pool->setHealth(1, Health::Down);
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
    supervisor().addChore([] {
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

void tst_Supervisor::inAnotherProcess_data()
{
    QTest::addColumn<QString>("scenario");
    QTest::newRow("several applications") << QStringLiteral("applications");
    QTest::newRow("a watch outlives its application") << QStringLiteral("outlives");
    QTest::newRow("no application") << QStringLiteral("none");
    QTest::newRow("exit while a probe hangs") << QStringLiteral("hanging");
    QTest::newRow("the application ends while a probe hangs") << QStringLiteral("ending");
}

void tst_Supervisor::inAnotherProcess()
{
    QFETCH(QString, scenario);
    QProcess child;
    child.setProcessChannelMode(QProcess::MergedChannels);
    child.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--child"), scenario});
    const bool isFinished = child.waitForFinished(30'000);
    const QByteArray output = child.readAll();
    if (!isFinished) {
        child.kill();
        child.waitForFinished();
    }
    QVERIFY2(isFinished, output.constData());
    QCOMPARE(child.exitStatus(), QProcess::NormalExit);
    QVERIFY2(child.exitCode() == 0, output.constData());
}

namespace {

bool isProbed(const PoolWatch &watch)
{
    const int knocks = Door::instance().knocks();
    watch->connectFailed(0, refused());
    return Door::instance().waitForMore(knocks, 2);
}

int severalApplications(int &argc, char **argv)
{
    for (int round = 0; round < 3; ++round) {
        QCoreApplication application(argc, argv);
        registerDriver(); // QtSql forgets its drivers with each application
        const PoolWatch watch = supervisor().watch(poolOf(QStringLiteral("orders"),
                                                          {QStringLiteral("db1")}),
                                                   {});
        if (!supervisor().isRunning() || !isProbed(watch))
            return 10 + round;
    }
    return supervisor().isRunning() ? 20 : 0;
}

int watchOutlivesApplication(int &argc, char **argv)
{
    PoolWatch watch;
    {
        QCoreApplication application(argc, argv);
        registerDriver();
        watch = supervisor().watch(poolOf(QStringLiteral("orders"), {QStringLiteral("db1")}), {});
        if (!isProbed(watch))
            return 10;
    }
    if (supervisor().isRunning())
        return 11;
    watch->connectFailed(0, refused()); // nobody minds
    QCoreApplication application(argc, argv);
    registerDriver();
    watch->connectSucceeded(0, {});
    if (!isProbed(watch))
        return 12;
    return supervisor().isRunning() ? 0 : 13;
}

int noApplication()
{
    const PoolWatch watch = supervisor().watch(poolOf(QStringLiteral("orders"),
                                                      {QStringLiteral("db1")}),
                                               {});
    if (supervisor().isRunning())
        return 10;
    // There are no drivers either: a caller is told so at once.
    watch->connectFailed(0, refused());
    return watch->sweep({Clock::steady().now() + 1h}) ? 11 : 0;
}

int probeHangs(int &argc, char **argv, bool exits)
{
    auto *application = new QCoreApplication(argc, argv);
    registerDriver();
    static auto *const watch = new PoolWatch(
            supervisor().watch(poolOf(QStringLiteral("orders"), {QStringLiteral("hang1")}), {}));
    const int knocks = Door::instance().knocks();
    (*watch)->checkNow(0);
    if (!Door::instance().waitForMore(knocks))
        return 10;
    if (exits)
        std::exit(0);
    delete application;
    return supervisor().isRunning() ? 11 : 0;
}

int child(int &argc, char **argv)
{
    const QByteArray scenario(argv[2]);
    if (scenario == "applications")
        return severalApplications(argc, argv);
    if (scenario == "outlives")
        return watchOutlivesApplication(argc, argv);
    if (scenario == "none")
        return noApplication();
    return probeHangs(argc, argv, scenario == "hanging");
}

} // namespace

int main(int argc, char **argv)
{
    if (argc == 3 && qstrcmp(argv[1], "--child") == 0)
        return child(argc, argv);
    QCoreApplication application(argc, argv);
    registerDriver();
    tst_Supervisor test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_supervisor.moc"
