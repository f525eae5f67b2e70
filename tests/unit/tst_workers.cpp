// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "inner/processlifetime.h"
#include "inner/workers.h"

#include <QtCore/QProcess>
#include <QtTest/QTest>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <semaphore>
#include <thread>
#include <vector>

using namespace qproxysql;
using namespace std::chrono_literals;

namespace {

constexpr auto Patience = 60s;

/// Counts jobs that are inside, holds them there, and lets them out; at its end all of them.
class Gate
{
public:
    ~Gate()
    {
        open();
        Workers::instance().waitUntilIdle(Patience);
    }

    void pass()
    {
        std::unique_lock lock(m_mutex);
        ++m_inside;
        ++m_entered;
        m_mostInside = std::max(m_mostInside, m_inside);
        m_changed.notify_all();
        m_changed.wait(lock, [this] { return m_isOpen; });
        --m_inside;
        m_changed.notify_all();
    }

    bool waitForEntered(int count)
    {
        std::unique_lock lock(m_mutex);
        return m_changed.wait_for(lock, Patience, [&] { return m_entered >= count; });
    }

    void open()
    {
        const std::scoped_lock lock(m_mutex);
        m_isOpen = true;
        m_changed.notify_all();
    }

    int entered()
    {
        const std::scoped_lock lock(m_mutex);
        return m_entered;
    }

    int mostInside()
    {
        const std::scoped_lock lock(m_mutex);
        return m_mostInside;
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_changed;
    int m_inside = 0;
    int m_entered = 0;
    int m_mostInside = 0;
    bool m_isOpen = false;
};

} // namespace

/// Worker threads: how many, for whom, and what exit() does about them.
class tst_Workers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup();

    void runsInAnotherThread();
    void fourAtOnce();
    void inOrder();
    void stalledMakesRoom();
    void stalledWhileQueued();
    void stalledTwiceCountsOnce();
    void cap();
    void lanesLeaveRoomForOthers();
    void laneWithFewestThreadsIsNext();
    void freesWhatTheJobHeld();
    void manyStarters();
    void exitAbandons_data();
    void exitAbandons();

private:
    Workers &m_workers = Workers::instance();
};

void tst_Workers::cleanup()
{
    QVERIFY(m_workers.waitUntilIdle(Patience));
}

void tst_Workers::runsInAnotherThread()
{
    std::thread::id id;
    std::binary_semaphore done(0);
    m_workers.start([&] {
        id = std::this_thread::get_id();
        done.release();
    });
    QVERIFY(done.try_acquire_for(Patience));
    QVERIFY(id != std::this_thread::get_id());
}

void tst_Workers::fourAtOnce()
{
    Gate gate;
    for (int i = 0; i < 12; ++i)
        m_workers.start([&] { gate.pass(); });
    QVERIFY(gate.waitForEntered(4));
    QVERIFY(!m_workers.waitUntilIdle(50ms));
    QCOMPARE(gate.entered(), 4);
    gate.open();
    QVERIFY(m_workers.waitUntilIdle(Patience));
    QCOMPARE(gate.entered(), 12);
    QCOMPARE(gate.mostInside(), 4);
}

void tst_Workers::inOrder()
{
    Gate gate;
    for (int i = 0; i < 3; ++i)
        m_workers.start([&] { gate.pass(); });
    QVERIFY(gate.waitForEntered(3));
    std::vector<int> order; // one worker is left: no other touches it
    for (int i = 0; i < 20; ++i)
        m_workers.start([&order, i] { order.push_back(i); });
    std::binary_semaphore done(0);
    m_workers.start([&] { done.release(); });
    QVERIFY(done.try_acquire_for(Patience));
    gate.open();
    QVERIFY(m_workers.waitUntilIdle(Patience));
    QCOMPARE(order.size(), size_t(20));
    QVERIFY(std::is_sorted(order.begin(), order.end()));
}

void tst_Workers::stalledMakesRoom()
{
    Gate slow;
    std::vector<std::shared_ptr<Workers::Ticket>> tickets;
    for (int i = 0; i < 4; ++i)
        tickets.push_back(m_workers.start([&] { slow.pass(); }));
    QVERIFY(slow.waitForEntered(4));
    Gate next;
    for (int i = 0; i < 2; ++i)
        m_workers.start([&] { next.pass(); });
    m_workers.markStalled(tickets.front());
    QVERIFY(next.waitForEntered(1));
    QVERIFY(!m_workers.waitUntilIdle(50ms));
    QCOMPARE(next.entered(), 1);
    slow.open();
}

void tst_Workers::stalledWhileQueued()
{
    Gate slow;
    for (int i = 0; i < 4; ++i)
        m_workers.start([&] { slow.pass(); });
    QVERIFY(slow.waitForEntered(4));
    Gate late;
    for (int i = 0; i < 8; ++i)
        m_workers.markStalled(m_workers.start([&] { late.pass(); }));
    QCOMPARE(late.entered(), 0);
    slow.open();
    QVERIFY(late.waitForEntered(8)); // none of them counts
}

void tst_Workers::stalledTwiceCountsOnce()
{
    Gate slow;
    std::vector<std::shared_ptr<Workers::Ticket>> tickets;
    for (int i = 0; i < 4; ++i)
        tickets.push_back(m_workers.start([&] { slow.pass(); }));
    QVERIFY(slow.waitForEntered(4));
    m_workers.markStalled(tickets.front());
    m_workers.markStalled(tickets.front());
    Gate next;
    for (int i = 0; i < 2; ++i)
        m_workers.start([&] { next.pass(); });
    QVERIFY(next.waitForEntered(1));
    QVERIFY(!m_workers.waitUntilIdle(50ms));
    QCOMPARE(next.entered(), 1);
    slow.open();
    next.open();
    QVERIFY(m_workers.waitUntilIdle(Patience));
    m_workers.markStalled(tickets.front()); // done long ago
    QVERIFY(m_workers.waitUntilIdle(0ms));
}

void tst_Workers::cap()
{
    Gate slow;
    for (int i = 0; i < 80; ++i)
        m_workers.markStalled(m_workers.start([&] { slow.pass(); }));
    QVERIFY(slow.waitForEntered(64));
    QVERIFY(!m_workers.waitUntilIdle(50ms));
    QCOMPARE(slow.entered(), 64);
    slow.open();
    QVERIFY(m_workers.waitUntilIdle(Patience));
    QCOMPARE(slow.entered(), 80);
}

// Pools whose peers all hang: a name lookup without an answer, packets that vanish.
void tst_Workers::lanesLeaveRoomForOthers()
{
    Gate slow;
    char lanes[20];
    for (const char &lane : lanes) {
        for (int i = 0; i < 80; ++i)
            m_workers.markStalled(m_workers.start([&] { slow.pass(); }, &lane));
    }
    QVERIFY(slow.waitForEntered(56));
    Gate good;
    char lane = 0;
    m_workers.start([&] { good.pass(); }, &lane);
    QVERIFY2(good.waitForEntered(1), "a pool without a job has a place");
    good.open();
    QVERIFY(!m_workers.waitUntilIdle(50ms));
    QVERIFY2(slow.entered() <= 64 + int(std::size(lanes)),
             qPrintable(QString::number(slow.entered())));

    Gate quick; // four that run, not yet known to be slow
    slow.open();
    QVERIFY(m_workers.waitUntilIdle(Patience));
    for (int i = 0; i < 80; ++i)
        m_workers.start([&] { quick.pass(); }, &lanes[0]);
    QVERIFY(quick.waitForEntered(4));
    Gate other;
    m_workers.start([&] { other.pass(); }, &lane);
    QVERIFY(other.waitForEntered(1));
    QCOMPARE(quick.entered(), 4);
    other.open();
    quick.open();
}

void tst_Workers::laneWithFewestThreadsIsNext()
{
    char crowded = 0;
    char others[2];
    Gate slow;
    std::vector<std::shared_ptr<Workers::Ticket>> tickets;
    for (int i = 0; i < 4; ++i)
        tickets.push_back(m_workers.start([&] { slow.pass(); }, &crowded));
    QVERIFY(slow.waitForEntered(4));
    Gate held;
    for (const char &lane : others)
        m_workers.start([&] { held.pass(); }, &lane);
    QVERIFY(held.waitForEntered(2));
    Gate late;
    std::atomic<int> ofCrowded{0};
    for (int i = 0; i < 40; ++i) {
        m_workers.start(
                [&] {
                    ++ofCrowded;
                    late.pass();
                },
                &crowded);
    }
    m_workers.start([&] { late.pass(); }, &others[0]);
    m_workers.markStalled(tickets[0]);
    m_workers.markStalled(tickets[1]);
    m_workers.markStalled(tickets[2]); // now three run: one place is free
    QVERIFY(late.waitForEntered(1));
    QCOMPARE(ofCrowded, 0);
    held.open();
    slow.open();
    late.open();
}

void tst_Workers::freesWhatTheJobHeld()
{
    const auto held = std::make_shared<int>(7);
    const auto ticket = m_workers.start([held] {});
    QVERIFY(m_workers.waitUntilIdle(Patience));
    QCOMPARE(held.use_count(), 1L); // although the ticket lives
}

void tst_Workers::manyStarters()
{
    std::atomic<int> ran{0};
    std::vector<std::thread> starters;
    for (int i = 0; i < 6; ++i) {
        starters.emplace_back([&] {
            for (int k = 0; k < 500; ++k) {
                const auto ticket = m_workers.start([&] { ++ran; });
                if (k % 7 == 0)
                    m_workers.markStalled(ticket);
            }
        });
    }
    for (auto &starter : starters)
        starter.join();
    QVERIFY(m_workers.waitUntilIdle(Patience));
    QCOMPARE(ran, 3000);
}

void tst_Workers::exitAbandons_data()
{
    QTest::addColumn<QString>("manner");
    QTest::newRow("return from main") << "return";
    QTest::newRow("exit() without destroying the application") << "exit";
    QTest::newRow("from a job that is stalled") << "stalled";
    QTest::newRow("jobs that end during exit") << "ending";
    QTest::newRow("queued jobs whose turn comes during exit") << "queued";
}

void tst_Workers::exitAbandons()
{
    QFETCH(QString, manner);
    QProcess child;
    child.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    child.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--child"), manner});
    QVERIFY(child.waitForReadyRead(20'000)); // its jobs hang
    QElapsedTimer timer;
    timer.start();
    child.closeWriteChannel(); // lets it go
    QVERIFY(child.waitForFinished(20'000));
    QCOMPARE(child.exitStatus(), QProcess::NormalExit);
    QCOMPARE(child.exitCode(), 3);
    QVERIFY2(timer.elapsed() < 2000, qPrintable(QString::number(timer.elapsed())));
}

namespace {

// A process that ends while four jobs hang and others are queued.
int child(int &argc, char **argv)
{
    auto *application = new QCoreApplication(argc, argv);
    const QByteArray manner(argv[2]);
    static auto *const gate = new Gate;
    if (manner == "queued") {
        static std::atomic<int> late{0};
        static std::atomic<int> begun{0};
        std::atexit([] { std::_Exit(late == 0 ? 3 : 1); }); // after that of Workers
        for (int i = 0; i < 4; ++i) {
            Workers::instance().start([] {
                ++begun;
                while (!ProcessLifetime::isEnding())
                    std::this_thread::yield();
                std::this_thread::sleep_for(100ms); // until Workers knows, too
            });
        }
        while (begun < 4)
            std::this_thread::yield();
        for (int i = 0; i < 10; ++i)
            Workers::instance().start([] { ++late; });
        std::fputs("hanging\n", stdout);
        std::fflush(stdout);
        std::getchar();
        std::exit(1);
    }
    if (manner == "ending") {
        std::atexit([] {
            gate->open();
            std::this_thread::sleep_for(50ms); // time for them to do harm
        });
    }
    for (int i = 0; i < 4; ++i) {
        const auto ticket = Workers::instance().start([] { gate->pass(); });
        if (manner == "stalled")
            Workers::instance().markStalled(ticket);
    }
    if (!gate->waitForEntered(4))
        return 1;
    for (int i = 0; i < 10; ++i)
        Workers::instance().start([] { gate->pass(); });
    std::fputs("hanging\n", stdout);
    std::fflush(stdout);
    while (std::getchar() != EOF) {
    }
    if (manner == "exit")
        std::exit(3);
    delete application;
    return 3;
}

} // namespace

int main(int argc, char **argv)
{
    if (argc == 3 && qstrcmp(argv[1], "--child") == 0)
        return child(argc, argv);
    QCoreApplication application(argc, argv);
    tst_Workers test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_workers.moc"
