// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "scopeddatabase.h"

#include "sandbox/blackhole.h"
#include "sandbox/deadresolver.h"
#include "sandbox/fulltests.h"
#include "sandbox/patience.h"
#include "sandbox/servergroup.h"

#include <QtTest/QtTest>

#include <algorithm>
#include <atomic>
#include <memory>
#include <thread>
#include <vector>

using namespace qproxysql::sandbox;
using namespace Qt::StringLiterals;

namespace {

/// Threads that open connections of one pool, again and again.
class Openers
{
public:
    Openers(const QString &hosts, const QString &options, int count)
    {
        for (int i = 0; i < count; ++i) {
            m_threads.emplace_back([this, hosts, options] {
                while (!m_isOver) {
                    ScopedDatabase db(hosts, options);
                    m_opened += db.open() ? 1 : 0;
                    ++m_ended;
                }
            });
        }
    }
    ~Openers()
    {
        m_isOver = true;
        for (std::thread &thread : m_threads)
            thread.join();
    }
    int opened() const { return m_opened; }
    int ended() const { return m_ended; }

private:
    std::atomic<bool> m_isOver{false};
    std::atomic<int> m_opened{0};
    std::atomic<int> m_ended{0};
    std::vector<std::thread> m_threads;
};

} // namespace

/// A pool whose peers all hang, beside one that is well.
class tst_PoolsApart : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hangingPoolsHinderNobody_data()
    {
        QTest::addColumn<bool>("isResolved");
        if (RunsAllData) // tst_silentresolver has such names in one pool
            QTest::newRow("names that nobody resolves") << false;
        QTest::newRow("hosts that never answer") << true;
    }

    void hangingPoolsHinderNobody()
    {
        QFETCH(bool, isResolved);
        ServerGroup servers(2);
        QVERIFY2(servers.start(), qPrintable(servers.errorString()));
        const DeadResolver resolver("dead.example");
        std::vector<std::unique_ptr<BlackHole>> holes;
        std::vector<std::unique_ptr<Openers>> openers;
        for (int pool = 0; pool < 3; ++pool) {
            QStringList hosts;
            for (int i = 0; i < (isResolved ? 20 : 200); ++i) {
                hosts.append(u"p%1n%2.dead.example:3306"_s.arg(pool).arg(i));
                if (isResolved) {
                    holes.push_back(std::make_unique<BlackHole>());
                    QVERIFY2(holes.back()->isSwallowing(), qPrintable(holes.back()->errorString()));
                    hosts.last() = holes.back()->address();
                }
            }
            openers.push_back(std::make_unique<Openers>(hosts.join(u','), u"OPEN_DEADLINE=3"_s, 8));
        }
        QTRY_VERIFY_WITH_TIMEOUT(std::ranges::all_of(openers,
                                                     [](const auto &one) {
                                                         return one->ended() > 0;
                                                     }),
                                 20'000);
        // Opens of the healthy pool.
        const QString options = u"MAX_IDLE=0;CHECK_INTERVAL=1"_s;
        qint64 slowest = 0;
        for (int i = 0; i < 10; ++i) {
            QElapsedTimer timer;
            timer.start();
            ScopedDatabase db(servers.hostList(), options);
            QVERIFY2(db.open(), qPrintable(db.error().text()));
            slowest = std::max(slowest, timer.elapsed());
        }
        QVERIFY2(slowest < 600 * Patience, qPrintable(QString::number(slowest)));

        // And its rechecks.
        ScopedDatabase keeper(servers.hostList(), options + u";BALANCE=first"_s);
        QVERIFY2(keeper.open(), qPrintable(keeper.error().text()));
        servers[0].kill();
        QCOMPARE(keeper.value(u"SELECT 1"_s), 1);
        QCOMPARE(keeper.currentPeer(), servers[1].address());
        QVERIFY2(servers[0].start(), qPrintable(servers[0].errorString()));
        QElapsedTimer back;
        back.start();
        const auto isBack = [&] {
            ScopedDatabase db(servers.hostList(), options + u";BALANCE=first"_s);
            return db.open() && db.currentPeer() == servers[0].address();
        };
        QTRY_VERIFY_WITH_TIMEOUT(isBack(), 20'000);
        qInfo("slowest open %lld ms, used again %lld ms after its start", slowest, back.elapsed());
        QVERIFY2(back.elapsed() < 5000 * Patience, qPrintable(QString::number(back.elapsed())));
        for (const auto &one : openers)
            QCOMPARE(one->opened(), 0);
        QVERIFY(isResolved || resolver.waiting() > 0);
        qInfo("%d lookups hang", resolver.waiting());
    }
};

QTEST_GUILESS_MAIN(tst_PoolsApart)
#include "tst_poolsapart.moc"
