// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "workergate.h"

#include <QtTest/QTest>

#include <atomic>
#include <thread>
#include <vector>

using namespace qproxysql;
using namespace qproxysql::test;
using namespace std::chrono_literals;

/// Worker threads: how many, and for whom.
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
    QVERIFY(slow.waitForEntered(48)); // up to 56: it depends on which lane gets a thread first
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

QTEST_GUILESS_MAIN(tst_Workers)
#include "tst_workers.moc"
