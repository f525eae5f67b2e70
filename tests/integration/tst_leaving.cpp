// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "connectionthreads.h"
#include "scopeddatabase.h"

#include "sandbox/patience.h"
#include "sandbox/relay.h"
#include "sandbox/servergroup.h"

#include <QtTest/QtTest>

using namespace qproxysql::sandbox;
using namespace Qt::StringLiterals;

/// Peers that are drained inside the process lose their connections, and nobody notices.
class tst_Leaving : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(m_servers.start(u"CREATE TABLE test.numbers (id INT PRIMARY KEY, n INT)"_s),
                 qPrintable(m_servers.errorString()));
    }
    void init()
    {
        for (int i = 0; i < 3; ++i)
            QTRY_COMPARE(m_servers[i].connectionCount(), 0);
    }

    void idleConnectionsLeaveWithoutAnEventLoop()
    {
        ConnectionThreads threads(40, m_servers.hostList(), u"POOL=idle;MAX_IDLE=0"_s);
        QVERIFY2(threads.areOpen(), qPrintable(threads.firstFailure()));
        ScopedDatabase db(m_servers.hostList(), u"POOL=idle;MAX_IDLE=0"_s);
        QVERIFY(db.open());
        QVERIFY2(m_servers[0].connectionCount() > 3, "nothing to leave");
        const qint64 aborted = m_servers[0].statusValue(u"Aborted_clients"_s);

        QElapsedTimer timer;
        timer.start();
        QVERIFY(drain(db, 0));
        QTRY_COMPARE_WITH_TIMEOUT(m_servers[0].connectionCount(), 0, 10'000);
        qInfo("the server was empty after %lld ms", timer.elapsed());
        QVERIFY2(timer.elapsed() < 2000 * Patience, qPrintable(QString::number(timer.elapsed())));
        QCOMPARE(db.peer(m_servers[0].address()).value(u"sessions"_s).toInt(), 0);
        QVERIFY2(m_servers[1].connectionCount() + m_servers[2].connectionCount() >= 41,
                 "the replacements are there first");
        QCOMPARE(m_servers[0].statusValue(u"Aborted_clients"_s), aborted);

        const int moves = threads.work();
        QVERIFY2(threads.failures() == 0, qPrintable(threads.firstFailure()));
        QVERIFY2(moves > 3, "those that were cut have moved");
        QCOMPARE(m_servers[0].connectionCount(), 0);
        QVERIFY(resume(db, 0));
    }

    void parkedSessionsAreClosedAtOnce()
    {
        ScopedDatabase db(m_servers.hostList(), u"POOL=parked"_s);
        QVERIFY(db.open());
        {
            ConnectionThreads threads(12, m_servers.hostList(), u"POOL=parked"_s);
            QVERIFY2(threads.areOpen(), qPrintable(threads.firstFailure()));
        }
        const QString from = m_servers[0].address() == db.currentPeer() ? m_servers[1].address()
                                                                        : m_servers[0].address();
        QVERIFY(m_servers.serverOf(from).connectionCount() > 0);
        QVERIFY(drain(db, indexOf(from)));
        QTRY_COMPARE_WITH_TIMEOUT(m_servers.serverOf(from).connectionCount(), 0, 1000 * Patience);
        db.get().close();
        // What is parked elsewhere is not of interest to the tests that follow.
        ScopedDatabase again(m_servers.hostList(), u"POOL=parked"_s);
        QVERIFY(again.open());
        for (int i = 0; i < 3; ++i)
            QVERIFY(drain(again, i));
    }

    void nothingIsCutWithoutAReplacement()
    {
        ConnectionThreads threads(6, m_servers.hostList(), u"POOL=rotated;MAX_IDLE=0"_s);
        QVERIFY2(threads.areOpen(), qPrintable(threads.firstFailure()));
        ScopedDatabase db(m_servers.hostList(), u"POOL=rotated;MAX_IDLE=0"_s);
        QVERIFY(db.open());
        const QString from = db.currentPeer();
        const int sessions = m_servers.serverOf(from).connectionCount();
        setPassword(u"rotated"_s);
        const auto restore = qScopeGuard([this] { setPassword(u"secret"_s); });

        QVERIFY(drain(db, indexOf(from)));
        QTRY_COMPARE_WITH_TIMEOUT(troubled(db, from, u"no replacement: 1045 "_s), sessions, 10'000);
        QTest::qWait(1200); // twice as long as an idle session needs to go: nothing is to happen
        QCOMPARE(m_servers.serverOf(from).connectionCount(), sessions);
        QCOMPARE(troubled(db, from, u"no replacement: 1045 "_s), sessions);
        threads.work();
        QVERIFY2(threads.failures() == 0, qPrintable(threads.firstFailure()));

        setPassword(u"secret"_s);
        QTRY_COMPARE_WITH_TIMEOUT(m_servers.serverOf(from).connectionCount(), 0, 10'000);
        QTRY_COMPARE(troubled(db, from, u"no"_s), 0);
        QVERIFY(resume(db, indexOf(from)));
    }

    void transactionStaysUntilItsEnd()
    {
        ScopedDatabase db(m_servers.hostList(), u"POOL=transaction;MAX_IDLE=0"_s);
        ScopedDatabase other(m_servers.hostList(), u"POOL=transaction;MAX_IDLE=0"_s);
        QVERIFY(db.open());
        QVERIFY(other.open());
        const QString from = db.currentPeer();
        QVERIFY(db.get().transaction());
        QSqlQuery query(db.get());
        QVERIFY(query.exec(u"REPLACE INTO numbers VALUES (1, 1)"_s));
        QVERIFY(drain(db, indexOf(from)));
        // One round more than it takes an idle session to go.
        QTRY_VERIFY_WITH_TIMEOUT(idleHaveLeft(other, from), 10'000);
        QVERIFY2(query.exec(u"REPLACE INTO numbers VALUES (2, 2)"_s),
                 qPrintable(query.lastError().text()));
        const QVariantMap session = sessionOn(other, from);
        QVERIFY(session.value(u"inTransaction"_s).toBool());
        QCOMPARE(session.value(u"reasons"_s).toStringList(), QStringList{u"transaction"_s});
        QVERIFY2(db.get().commit(), qPrintable(db.error().text()));
        QTRY_COMPARE_WITH_TIMEOUT(m_servers.serverOf(from).connectionCount(), 0, 3000 * Patience);
        QVERIFY2(query.exec(u"SELECT 1"_s), qPrintable(query.lastError().text()));
        QVERIFY(db.currentPeer() != from);
        QVERIFY(resume(db, indexOf(from)));
    }

    void openThatFinishesOnADrainedPeerLooksOn()
    {
        Relay relay(m_servers[0].port());
        const QString hosts = relay.address() + u',' + m_servers[1].address();
        const QString options = u"POOL=late;MAX_IDLE=0;BALANCE=first"_s;
        ScopedDatabase db(hosts, options);
        QVERIFY2(db.openOn(relay.address()), qPrintable(db.error().text()));
        relay.holdAnswers();
        QString peer;
        std::atomic<bool> isDone{false};
        std::thread opener([&] {
            ScopedDatabase late(hosts, options);
            if (late.open())
                peer = late.currentPeer();
            isDone = true;
        });
        QTRY_COMPARE(relay.openConnections(), 2);
        QVERIFY(drain(db, relay.address()));
        relay.thaw();
        QTRY_VERIFY(isDone);
        opener.join();
        QCOMPARE(peer, m_servers[1].address());
        QVERIFY(resume(db, relay.address()));
    }

    void pinnedSessionStays()
    {
        ScopedDatabase db(m_servers.hostList(), u"POOL=pinned;MAX_IDLE=0"_s);
        QVERIFY(db.open());
        const QString from = db.currentPeer();
        QSqlQuery query(db.get());
        QVERIFY(query.exec(u"SET @a = 5"_s));
        QVERIFY(drain(db, indexOf(from)));
        QTest::qWait(1500); // nothing is to happen
        QCOMPARE(db.value(u"SELECT @a"_s).toInt(), 5);
        QCOMPARE(sessionOn(db, from).value(u"reasons"_s).toStringList(),
                 QStringList{u"user_variables"_s});
        QVERIFY(resume(db, indexOf(from)));
    }

    void workGoesOnWhileAPeerIsLeft()
    {
        ConnectionThreads threads(8, m_servers.hostList(), u"POOL=busy;MAX_IDLE=0"_s);
        QVERIFY2(threads.areOpen(), qPrintable(threads.firstFailure()));
        ScopedDatabase db(m_servers.hostList(), u"POOL=busy;MAX_IDLE=0"_s);
        QVERIFY(db.open());
        threads.workOn();
        for (int server = 0; server < 3; ++server) {
            QElapsedTimer timer;
            timer.start();
            QVERIFY(drain(db, server));
            QTRY_COMPARE_WITH_TIMEOUT(m_servers[server].connectionCount(), 0, 10'000);
            qInfo("server %d was empty after %lld ms", server, timer.elapsed());
            QVERIFY2(timer.elapsed() < 3000 * Patience,
                     qPrintable(QString::number(timer.elapsed())));
            QVERIFY(resume(db, server));
        }
        threads.pause();
        QVERIFY2(threads.failures() == 0, qPrintable(threads.firstFailure()));
        qInfo("%d pieces of work, none failed", threads.done());
    }

    void errorNamesWhoDrainedAndWhatResumes()
    {
        ScopedDatabase db(m_servers.hostList(), u"POOL=all;MAX_IDLE=0"_s);
        QVERIFY(db.open());
        for (int i = 0; i < 3; ++i)
            QVERIFY(drain(db, i));
        QVERIFY2(db.value(u"SELECT 1"_s).isValid(), "there is nowhere to go: the session stays");
        ScopedDatabase late(m_servers.hostList(), u"POOL=all;MAX_IDLE=0"_s);
        QVERIFY(!late.open());
        const QString text = late.error().databaseText();
        for (const QString &part :
             {u"all of its peers are drained"_s, u"requested by the application tst_leaving"_s,
              u"(test)"_s, u"qproxysql-ctl resume %1"_s.arg(m_servers[0].address())})
            QVERIFY2(text.contains(part), qPrintable(text));
        const QVariantMap peer = db.peer(m_servers[1].address());
        QCOMPARE(peer.value(u"service"_s).toString(), u"Draining"_s);
        QCOMPARE(peer.value(u"drainReason"_s).toString(), u"test"_s);
        QVERIFY(peer.value(u"drainedAt"_s).toDateTime().isValid());
        for (int i = 0; i < 3; ++i)
            QVERIFY(resume(db, i));
        QVERIFY2(late.open(), qPrintable(late.error().text()));
    }

    void peerIsNamedByWhatItsServerCallsItself()
    {
        ScopedDatabase db(m_servers.hostList(), u"POOL=identity;MAX_IDLE=0"_s);
        QVERIFY(db.open());
        const QString from = db.currentPeer();
        const QString itself = db.value(u"SELECT CONCAT(@@hostname, ':', @@port)"_s).toString();
        bool isDone = false;
        QVERIFY(QMetaObject::invokeMethod(db.get().driver(), "drainPeer",
                                          Q_RETURN_ARG(bool, isDone), Q_ARG(QString, itself)));
        QVERIFY2(isDone, qPrintable(db.error().text()));
        QCOMPARE(db.peer(from).value(u"service"_s).toString(), u"Draining"_s);
        QVERIFY(QMetaObject::invokeMethod(db.get().driver(), "drainPeer", Q_RETURN_ARG(bool, isDone),
                                          Q_ARG(QString, u"nobody:1"_s)));
        QVERIFY(!isDone);
        QVERIFY2(db.error().text().contains(u"nobody:1"_s), qPrintable(db.error().text()));
    }

private:
    bool drain(const ScopedDatabase &db, int server)
    {
        return drain(db, m_servers[server].address());
    }
    static bool drain(const ScopedDatabase &db, const QString &peer)
    {
        bool isDone = false;
        return QMetaObject::invokeMethod(db.get().driver(), "drainPeer", Q_RETURN_ARG(bool, isDone),
                                         Q_ARG(QString, peer), Q_ARG(QString, u"test"_s))
               && isDone;
    }
    bool resume(const ScopedDatabase &db, int server)
    {
        return resume(db, m_servers[server].address());
    }
    static bool resume(const ScopedDatabase &db, const QString &peer)
    {
        bool isDone = false;
        return QMetaObject::invokeMethod(db.get().driver(), "resumePeer",
                                         Q_RETURN_ARG(bool, isDone), Q_ARG(QString, peer))
               && isDone;
    }
    int indexOf(const QString &peer)
    {
        return peer == m_servers[0].address() ? 0 : peer == m_servers[1].address() ? 1 : 2;
    }
    static QVariantList sessionsOf(const ScopedDatabase &db)
    {
        return db.get().driver()->property("sessions").toList();
    }
    static QVariantMap sessionOn(const ScopedDatabase &db, const QString &peer)
    {
        for (const QVariant &session : sessionsOf(db)) {
            if (session.toMap().value(u"peer"_s).toString() == peer)
                return session.toMap();
        }
        return {};
    }
    static int troubled(const ScopedDatabase &db, const QString &peer, const QString &trouble)
    {
        int count = 0;
        for (const QVariant &one : sessionsOf(db)) {
            const QVariantMap session = one.toMap();
            if (session.value(u"peer"_s).toString() == peer
                && session.value(u"trouble"_s).toString().startsWith(trouble))
                ++count;
        }
        return count;
    }
    /// Only sessions with a reason to stay are left there.
    static bool idleHaveLeft(const ScopedDatabase &db, const QString &peer)
    {
        for (const QVariant &one : sessionsOf(db)) {
            const QVariantMap session = one.toMap();
            if (session.value(u"peer"_s).toString() == peer
                && session.value(u"reasons"_s).toStringList().isEmpty())
                return false;
        }
        return true;
    }
    void setPassword(const QString &password)
    {
        m_servers.executeEverywhere(
                u"ALTER USER app@'%' IDENTIFIED BY '%1', app@localhost IDENTIFIED BY '%1'"_s.arg(
                        password));
    }

    ServerGroup m_servers{3};
};

QTEST_GUILESS_MAIN(tst_Leaving)
#include "tst_leaving.moc"
