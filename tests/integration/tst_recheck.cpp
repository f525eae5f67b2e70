// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "scopeddatabase.h"

#include "sandbox/listeners.h"
#include "sandbox/servergroup.h"

#include <QtTest/QtTest>

#include <atomic>
#include <thread>

using namespace qproxysql::sandbox;
using namespace Qt::StringLiterals;

/// A peer that fails is paid for once, and is taken back by the background recheck alone.
class tst_Recheck : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY2(m_servers.start(), qPrintable(m_servers.errorString())); }

    void peerThatHangsUpCostsNobodyAnything()
    {
        // A server of the group gives its port to the listener, and gets it back at the end.
        m_servers[2].kill();
        auto listener = std::make_unique<HangUpListener>(m_servers[2].port());
        QVERIFY2(listener->isListening(), qPrintable(listener->errorString()));

        std::atomic<int> failures{0};
        std::vector<std::thread> threads;
        for (int i = 0; i < 4; ++i) {
            threads.emplace_back([&] {
                for (int j = 0; j < 50; ++j) {
                    ScopedDatabase db(m_servers.hostList());
                    if (!db.open())
                        ++failures;
                }
            });
        }
        for (std::thread &thread : threads)
            thread.join();
        QCOMPARE(failures.load(), 0);
        const int contacts = listener->contacts();
        QVERIFY2(contacts >= 1 && contacts <= 8, qPrintable(QString::number(contacts)));

        listener.reset();
        QVERIFY2(m_servers[2].start(), qPrintable(m_servers[2].errorString()));
        ScopedDatabase watcher(m_servers.hostList());
        QVERIFY2(watcher.open(), qPrintable(watcher.error().text()));
        QElapsedTimer timer;
        timer.start();
        // CHECK_INTERVAL's default is 30 s.
        QTRY_COMPARE_WITH_TIMEOUT(watcher.health(m_servers[2].address()), u"Up"_s, 30'500);
        qInfo("taken back after %lld ms", timer.elapsed());
        bool used = false;
        for (int i = 0; i < 50 && !used; ++i) {
            ScopedDatabase db(m_servers.hostList());
            QVERIFY2(db.open(), qPrintable(db.error().text()));
            used = db.currentPeer() == m_servers[2].address();
        }
        QVERIFY(used);
    }

    void stateChangesAreSignalled()
    {
        ScopedDatabase db(m_servers.hostList(), u"POOL=signals;CHECK_INTERVAL=1"_s);
        QVERIFY2(db.open(), qPrintable(db.error().text()));
        QSignalSpy changes(db.get().driver(), SIGNAL(peerStateChanged(QString, QString, QString)));
        QVERIFY(changes.isValid());
        const QString victim = m_servers[1].address();
        const auto saw = [&](const QString &health) {
            return std::any_of(changes.cbegin(), changes.cend(), [&](const QList<QVariant> &change) {
                return change.at(0) == u"signals"_s && change.at(1) == victim
                       && change.at(2) == health;
            });
        };
        m_servers[1].kill();
        // Somebody has to try it: peers that are up are not probed.
        for (int i = 0; i < 100 && db.health(victim) != u"Down"_s; ++i) {
            ScopedDatabase other(m_servers.hostList(), u"POOL=signals;CHECK_INTERVAL=1"_s);
            QVERIFY2(other.open(), qPrintable(other.error().text()));
        }
        QTRY_VERIFY(saw(u"Down"_s));
        const QVariantMap down = db.peer(victim);
        QCOMPARE(down.value(u"service"_s).toString(), u"InService"_s);
        QVERIFY2(down.value(u"lastError"_s).toString().contains(u"2002"_s),
                 qPrintable(down.value(u"lastError"_s).toString()));
        QVERIFY2(m_servers[1].start(), qPrintable(m_servers[1].errorString()));
        QTRY_VERIFY_WITH_TIMEOUT(saw(u"Up"_s), 10'000);
    }

private:
    ServerGroup m_servers{3};
};

QTEST_GUILESS_MAIN(tst_Recheck)
#include "tst_recheck.moc"
