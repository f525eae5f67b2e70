// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "connectionthreads.h"
#include "scopeddatabase.h"

#include "sandbox/servergroup.h"

#include <QtTest/QtTest>

using namespace qproxysql::sandbox;
using namespace Qt::StringLiterals;

/// Connections that live long come back to a peer that has come back.
class tst_Rebalancing : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(m_servers.start(), qPrintable(m_servers.errorString()));
        QVERIFY2(m_servers.executeEverywhere(
                         u"CREATE TABLE test.numbers (id INT PRIMARY KEY, n INT)"_s),
                 qPrintable(m_servers.errorString()));
    }

    void spreadsAgainAfterAReturn()
    {
        const QString options = u"POOL=spread;CHECK_INTERVAL=1;MAX_IDLE=0"_s;
        ConnectionThreads threads(12, m_servers.hostList(), options);
        QVERIFY2(threads.areOpen(), qPrintable(threads.firstFailure()));
        const QString victim = m_servers[0].address();
        // Planned, so that no write is lost: this is about the way back.
        ScopedDatabase db(m_servers.hostList(), options);
        QVERIFY(db.open());
        bool isDone = false;
        QVERIFY(QMetaObject::invokeMethod(db.get().driver(), "drainPeer",
                                          Q_RETURN_ARG(bool, isDone), Q_ARG(QString, victim)));
        QVERIFY(isDone);
        threads.workOn();
        QTRY_COMPARE_WITH_TIMEOUT(countOn(threads, victim), 0, 10'000);
        QTRY_COMPARE_WITH_TIMEOUT(m_servers[0].connectionCount(), 0, 10'000);
        m_servers[0].kill();
        QVERIFY2(m_servers[0].start(), qPrintable(m_servers[0].errorString()));
        QVERIFY(QMetaObject::invokeMethod(db.get().driver(), "resumePeer",
                                          Q_RETURN_ARG(bool, isDone), Q_ARG(QString, victim)));
        QElapsedTimer timer;
        timer.start();
        // 13 connections: 4 or 5 are its share, of which one may be the test's own.
        QTRY_VERIFY_WITH_TIMEOUT(countOn(threads, victim) >= 3, 20'000);
        qInfo("back after %lld ms", timer.elapsed());
        threads.pause();
        print(threads);
        for (int i = 0; i < 3; ++i) {
            const int count = countOn(threads, m_servers[i].address());
            QVERIFY2(count >= 1 && count <= 9, qPrintable(QString::number(count)));
        }
        QVERIFY2(countOn(threads, victim) <= 5, "no more than its share");
        QVERIFY2(threads.failures() == 0, qPrintable(threads.firstFailure()));
    }

    void everythingGoesBackToTheFirst()
    {
        const QString options = u"POOL=first;BALANCE=first;CHECK_INTERVAL=1;MAX_IDLE=0"_s;
        const QString first = m_servers[0].address();
        ScopedDatabase scout(m_servers.hostList(), options); // so that the first is known to be up
        QVERIFY(scout.open());
        scout.get().close();
        ConnectionThreads threads(3, m_servers.hostList(), options);
        QVERIFY2(threads.areOpen(), qPrintable(threads.firstFailure()));
        QCOMPARE(countOn(threads, first), 3);
        m_servers[0].kill();
        threads.work();
        QVERIFY2(threads.failures() == 0, qPrintable(threads.firstFailure()));
        QCOMPARE(countOn(threads, first), 0);
        QVERIFY2(m_servers[0].start(), qPrintable(m_servers[0].errorString()));
        threads.workOn();
        QElapsedTimer timer;
        timer.start();
        QTRY_COMPARE_WITH_TIMEOUT(countOn(threads, first), 3, 20'000);
        qInfo("back after %lld ms", timer.elapsed());
        QVERIFY2(timer.elapsed() > 2000, "one a second, and not at once");
        threads.pause();
        QVERIFY2(threads.failures() == 0, qPrintable(threads.firstFailure()));
    }

private:
    static int countOn(const ConnectionThreads &threads, const QString &peer)
    {
        const std::map<QString, int> counts = threads.peers();
        const auto found = counts.find(peer);
        return found == counts.end() ? 0 : found->second;
    }
    static void print(const ConnectionThreads &threads)
    {
        for (const auto &[peer, count] : threads.peers())
            qInfo("%s: %d connections", qPrintable(peer), count);
    }

    ServerGroup m_servers{3};
};

QTEST_GUILESS_MAIN(tst_Rebalancing)
#include "tst_rebalancing.moc"
