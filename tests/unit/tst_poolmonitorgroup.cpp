// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "poolmonitorbench.h"

#include <QtTest/QtTest>

#include <future>

using namespace qproxysql;
using namespace qproxysql::test;
using namespace std::chrono_literals;

namespace {

ServerFacts member(bool isReadOnly = false)
{
    ServerFacts facts;
    facts.flavour = ServerFlavour::MySql;
    facts.standing = GroupStanding::Online;
    facts.isOfGroup = true;
    if (isReadOnly)
        facts.readOnlyBy = QStringLiteral("super_read_only=ON");
    return facts;
}

ProbeOutcome apart()
{
    ConnectFailure apart = failure(0, "group_replication_member_state=OFFLINE");
    apart.errorClass = ErrorClass::NotReady;
    apart.standing = GroupStanding::Apart;
    return Unexpected(apart);
}

} // namespace

/// Members of a replication group: those in use are visited, and writers wait for the next primary.
class tst_PoolMonitorGroup : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void memberInUseIsVisited();
    void memberThatNobodyUsesIsNot();
    void returnedMemberIsNoLongerApart();

    void nobodyWaitsWhereNoneHasTakenWrites();
    void writersWaitForTheNextPrimary();
    void writersAreToldWhenItTakesTooLong();
    void primaryThatIsDownIsNone();
    void proxyThatSaysOtherwiseIsNotBelieved();

private:
    static constexpr auto Patience = 10s;

    static void refuseWrite(Bench &bench, PeerId peer)
    {
        bench.monitor->statementFailed(peer, 1290,
                                       QStringLiteral("running with the --super-read-only option"),
                                       ServerFlavour::MySql);
    }
    static bool await(Bench &bench)
    {
        return bench.monitor->awaitWritable(bench.clock.now() + Patience, Patience);
    }
};

/// A writer that waits in a thread of its own, and the thread that runs the probes.
class Waiting
{
public:
    explicit Waiting(Bench &bench)
        : m_worker(std::async(std::launch::async, [this, &bench] { bench.work(m_isOver); }))
        , result(std::async(std::launch::async, [&bench] {
            return bench.monitor->awaitWritable(bench.clock.now() + 10s, 10s);
        }))
    {
    }
    ~Waiting() { m_isOver = true; }
    Q_DISABLE_COPY_MOVE(Waiting)
    bool isOver() const { return result.wait_for(0s) == std::future_status::ready; }

private:
    std::atomic<bool> m_isOver{false};
    std::future<void> m_worker;

public:
    std::future<bool> result;
};

void tst_PoolMonitorGroup::memberInUseIsVisited()
{
    Bench bench(2);
    bench.scripts[0] = [] { return up(member()); };
    bench.monitor->connectSucceeded(0, member());
    bench.monitor->connectSucceeded(1, member());
    bench.pool->sessionOpened(0);
    for (int i = 0; i < 3; ++i) {
        const auto before = bench.clock.now();
        while (bench.probes.size() <= size_t(i))
            bench.goOn();
        QVERIFY(bench.clock.now() - before <= 5s);
        QVERIFY(bench.clock.now() - before >= 3s);
        QCOMPARE(bench.probes.back(), 0);
    }
    bench.scripts[0] = [] { return apart(); };
    while (bench.health(0) == Health::Up)
        bench.goOn();
    QCOMPARE(bench.health(0), Health::NotReady);
    QCOMPARE(bench.monitor->silence(0).standing, GroupStanding::Apart);
}

void tst_PoolMonitorGroup::memberThatNobodyUsesIsNot()
{
    Bench bench(2);
    bench.monitor->connectSucceeded(0, member());
    bench.monitor->connectSucceeded(1, {}); // of no group
    bench.pool->sessionOpened(1);
    for (int i = 0; i < 10; ++i)
        bench.goOn();
    QVERIFY(bench.probes.empty());
}

// What was said of it when it had left must not end what is under way on it later.
void tst_PoolMonitorGroup::returnedMemberIsNoLongerApart()
{
    Bench bench(2);
    bench.monitor->connectSucceeded(1, member());
    bench.monitor->connectFailed(0, apart().error());
    QCOMPARE(bench.monitor->silence(0).standing, GroupStanding::Apart);
    bench.monitor->connectSucceeded(0, member());
    refuseWrite(bench, 0);
    QCOMPARE(bench.health(0), Health::NotReady);
    QCOMPARE(bench.monitor->silence(0).standing, GroupStanding::Online);
}

void tst_PoolMonitorGroup::nobodyWaitsWhereNoneHasTakenWrites()
{
    Bench bench(2);
    for (const PeerId peer : {0, 1}) {
        bench.monitor->connectSucceeded(peer, member(true));
        refuseWrite(bench, peer);
    }
    QVERIFY(!await(bench));
    QVERIFY(bench.jobs.empty());
}

void tst_PoolMonitorGroup::writersWaitForTheNextPrimary()
{
    Bench bench(2);
    bench.monitor->connectSucceeded(0, member());
    bench.monitor->connectSucceeded(1, member(true));
    QVERIFY(await(bench));
    std::atomic<bool> isPrimary{false};
    bench.scripts[0] = [] { return up(member(true)); };
    bench.scripts[1] = [&isPrimary] { return up(member(!isPrimary)); };
    refuseWrite(bench, 0);
    refuseWrite(bench, 1);
    Waiting writer(bench);
    const auto probes = [&bench] {
        const std::lock_guard lock(bench.mutex);
        return bench.probes.size();
    };
    QTRY_COMPARE(probes(), 2U); // at once
    bench.clock.advance(499ms);
    QTest::qWait(20);
    QCOMPARE(probes(), 2U);
    bench.clock.advance(1ms);
    QTRY_COMPARE(probes(), 4U);
    QVERIFY(!writer.isOver());
    isPrimary = true;
    bench.clock.advance(500ms);
    QVERIFY(writer.result.get());
    QCOMPARE(bench.health(1), Health::Up);
}

void tst_PoolMonitorGroup::writersAreToldWhenItTakesTooLong()
{
    Bench bench(1);
    bench.monitor->connectSucceeded(0, member());
    bench.scripts[0] = [] { return up(member(true)); };
    refuseWrite(bench, 0);
    {
        Waiting writer(bench);
        QTRY_VERIFY(!bench.probes.empty());
        bench.clock.advance(Patience);
        QVERIFY(!writer.result.get());
    }
    bench.clock.advance(1s);
    refuseWrite(bench, 0);
    QVERIFY(!await(bench)); // at once: it has lasted for long already
    bench.monitor->connectSucceeded(0, member());
    QVERIFY(await(bench));
    refuseWrite(bench, 0);
    Waiting writer(bench); // another time
    QTest::qWait(20);
    QVERIFY(!writer.isOver());
    bench.clock.advance(Patience);
    QVERIFY(!writer.result.get());
}

void tst_PoolMonitorGroup::primaryThatIsDownIsNone()
{
    Bench bench(2);
    bench.monitor->connectSucceeded(0, member());
    bench.monitor->connectSucceeded(1, member(true));
    bench.monitor->connectFailed(0, failure(2002, "Connection refused"));
    bench.scripts[0] = [] { return failed(2002, "Connection refused"); };
    std::atomic<bool> isPrimary{false};
    bench.scripts[1] = [&isPrimary] { return up(member(!isPrimary)); };
    refuseWrite(bench, 1);
    Waiting writer(bench);
    QTest::qWait(20);
    QVERIFY(!writer.isOver());
    isPrimary = true;
    bench.clock.advance(500ms);
    QVERIFY(writer.result.get());
}

// A proxy that is not read-only itself may send each write to a server that is: no more than one wait.
void tst_PoolMonitorGroup::proxyThatSaysOtherwiseIsNotBelieved()
{
    Bench bench(1);
    bench.monitor->connectSucceeded(0, {});
    int refused = 0;
    const auto begin = bench.clock.now();
    std::atomic<bool> isOver{false};
    const auto worker = std::async(std::launch::async, [&] { bench.work(isOver); });
    const auto clock = std::async(std::launch::async, [&] {
        while (!isOver) {
            bench.clock.advance(100ms);
            std::this_thread::sleep_for(1ms);
        }
    });
    const auto deadline = begin + Patience;
    do {
        ++refused;
        refuseWrite(bench, 0);
    } while (bench.monitor->awaitWritable(deadline, Patience));
    QVERIFY(refused <= 25);
    refuseWrite(bench, 0);
    const bool isAwaitedAgain = await(bench);
    isOver = true;
    QVERIFY(!isAwaitedAgain);
}

QTEST_GUILESS_MAIN(tst_PoolMonitorGroup)
#include "tst_poolmonitorgroup.moc"
