// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "scopeddatabase.h"

#include "sandbox/servergroup.h"

#include <QtCore/QElapsedTimer>
#include <QtTest/QtTest>

#include <atomic>
#include <memory>
#include <thread>
#include <vector>

using namespace qproxysql::sandbox;
using namespace Qt::StringLiterals;

/// Peers on which a transaction cannot be replayed: full, draining, read-only. It is replayed on another one, or
/// lost with the reason, and never written twice. The servers know nothing of each other.
class tst_ReplayPeers : public QObject
{
    Q_OBJECT

    using Obstacle = void (tst_ReplayPeers::*)(const ScopedDatabase &, Server &);

    void makeFull(const ScopedDatabase &, Server &server)
    {
        QVERIFY(server.executeAsRoot(u"SET GLOBAL max_connections = 10"_s).ok);
        for (int i = 0; i < 10; ++i) {
            m_others.push_back(std::make_unique<ScopedDatabase>(server.address(),
                                                                u"MAX_IDLE=0;POOL=others"_s));
            if (!m_others.back()->open())
                break;
        }
    }
    void drain(const ScopedDatabase &db, Server &server)
    {
        QVERIFY(QMetaObject::invokeMethod(db.get().driver(), "drainPeer",
                                          Q_ARG(QString, server.address())));
    }
    void makeReadOnly(const ScopedDatabase &, Server &server)
    {
        QVERIFY(server.executeAsRoot(u"SET GLOBAL read_only = 1"_s).ok);
    }
    QString rowsOn(int server)
    {
        return m_servers[server]
                .executeAsRoot(u"SELECT GROUP_CONCAT(id, ':', v ORDER BY id) FROM test.t"_s)
                .value();
    }

    int rollbacks()
    {
        const Answer answer = m_servers[1].executeAsRoot(
                u"SHOW GLOBAL STATUS LIKE 'Com_rollback'"_s);
        return answer.ok ? answer.rows.at(0).at(1).toInt() : -1;
    }

    ServerGroup m_servers{3};
    std::vector<std::unique_ptr<ScopedDatabase>> m_others;

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(m_servers.start(u"CREATE TABLE test.t (id INT AUTO_INCREMENT PRIMARY KEY, v INT) "
                                 "ENGINE=InnoDB"_s),
                 qPrintable(m_servers.errorString()));
    }
    void init()
    {
        QVERIFY(m_servers.executeEverywhere(u"TRUNCATE test.t"_s));
        QVERIFY(m_servers.executeEverywhere(u"INSERT INTO test.t VALUES (1, 10), (2, 20)"_s));
    }
    void cleanup()
    {
        m_others.clear();
        QVERIFY(m_servers.executeEverywhere(
                u"SET GLOBAL read_only = 0, GLOBAL max_connections = 151"_s));
    }

    void isReplayedElsewhere_data()
    {
        QTest::addColumn<Obstacle>("obstacle");
        QTest::addColumn<bool>("hasOther");
        QTest::addColumn<bool>("isLate"); // the peer becomes so when the connection is open
        QTest::addColumn<QString>("why");
        const auto rows = [](const char *name, Obstacle obstacle, const QString &why) {
            QTest::addRow("%s, another one", name) << obstacle << true << true << why;
            QTest::addRow("%s before, another one", name) << obstacle << true << false << why;
            QTest::addRow("%s, no other", name) << obstacle << false << true << why;
        };
        rows("full", &tst_ReplayPeers::makeFull, u"Too many connections"_s);
        rows("draining", &tst_ReplayPeers::drain, u"rain"_s);
        rows("read-only", &tst_ReplayPeers::makeReadOnly, u"read"_s);
    }

    void isReplayedElsewhere()
    {
        QFETCH(Obstacle, obstacle);
        QFETCH(bool, hasOther);
        QFETCH(bool, isLate);
        QFETCH(QString, why);
        static int number = 0;
        QString hosts = m_servers[0].address() + u',' + m_servers[1].address();
        if (hasOther)
            hosts += u',' + m_servers[2].address();
        ScopedDatabase db(hosts, u"BALANCE=first;MAX_IDLE=0;CHECK_INTERVAL=2;OPEN_DEADLINE=1;"
                                 "POOL=peers%1"_s.arg(++number));
        ScopedDatabase early(hosts, db.get().connectOptions());
        if (!isLate) {
            QVERIFY2(early.open(), qPrintable(early.error().text()));
            (this->*obstacle)(early, m_servers[1]);
        }
        QVERIFY2(db.openOn(m_servers[0].address()), qPrintable(db.error().text()));
        QSqlQuery query(db.get());
        QVERIFY(db.get().transaction());
        QVERIFY(query.exec(u"UPDATE t SET v = v + 1 WHERE id = 1"_s));
        QVERIFY(query.exec(u"INSERT INTO t (v) VALUES (30)"_s));
        if (isLate)
            (this->*obstacle)(db, m_servers[1]);
        m_servers[0].kill();
        QElapsedTimer time;
        time.start();
        const bool isDone = query.exec(u"UPDATE t SET v = v + 1 WHERE id = 2"_s);
        const qint64 elapsed = time.elapsed();
        const QString text = query.lastError().text();
        const QString peer = db.currentPeer();
        const bool isCommitted = db.get().commit();
        QVERIFY2(m_servers[0].start(), qPrintable(m_servers[0].errorString()));
        qInfo().noquote() << elapsed << "ms:" << isDone << peer << text;

        QVERIFY(elapsed < 10'000);
        QCOMPARE(isDone, hasOther);
        QCOMPARE(isCommitted, hasOther);
        const QString before = u"1:10,2:20"_s;
        QCOMPARE(rowsOn(0), before);
        QCOMPARE(rowsOn(1), before);
        QCOMPARE(rowsOn(2), hasOther ? u"1:11,2:21,3:30"_s : before);
        if (hasOther) {
            QCOMPARE(peer, m_servers[2].address());
            return;
        }
        QVERIFY2(text.contains(u"Transaction lost"_s) && text.contains(why), qPrintable(text));
        db.get().rollback();
        QTRY_VERIFY(query.exec(u"SELECT v FROM t"_s));
    }

    // The next primary still has to be made one.
    void waitsForWritable()
    {
        ScopedDatabase db(m_servers[0].address() + u',' + m_servers[1].address(),
                          u"BALANCE=first;MAX_IDLE=0;CHECK_INTERVAL=2;POOL=switched"_s);
        QVERIFY2(db.openOn(m_servers[0].address()), qPrintable(db.error().text()));
        QSqlQuery query(db.get());
        QVERIFY(db.get().transaction());
        QVERIFY(query.exec(u"UPDATE t SET v = v + 1 WHERE id = 1"_s));
        makeReadOnly(db, m_servers[1]);
        const int before = rollbacks();
        std::atomic<bool> isMade{false};
        std::thread failover([&] {
            const QDeadlineTimer deadline(10'000);
            while (rollbacks() == before && !deadline.hasExpired())
                QThread::msleep(10);
            isMade = m_servers[1].executeAsRoot(u"SET GLOBAL read_only = 0"_s).ok;
        });
        m_servers[0].kill();
        const bool isDone = query.exec(u"UPDATE t SET v = v + 1 WHERE id = 2"_s);
        failover.join();
        QVERIFY2(m_servers[0].start(), qPrintable(m_servers[0].errorString()));
        QVERIFY2(isMade && isDone, qPrintable(query.lastError().text()));
        QVERIFY2(db.get().commit(), qPrintable(db.error().text()));
        QCOMPARE(rowsOn(1), u"1:11,2:21"_s);
    }

    // While it has the transaction.
    void becomesReadOnly_data()
    {
        QTest::addColumn<bool>("hasOther");
        QTest::newRow("another one") << true;
        QTest::newRow("no other") << false;
    }

    void becomesReadOnly()
    {
        QFETCH(bool, hasOther);
        ScopedDatabase db(m_servers[0].address()
                                  + (hasOther ? u',' + m_servers[1].address() : QString()),
                          u"BALANCE=first;MAX_IDLE=0;OPEN_DEADLINE=1;POOL=demoted%1"_s.arg(
                                  hasOther));
        QVERIFY2(db.openOn(m_servers[0].address()), qPrintable(db.error().text()));
        QSqlQuery query(db.get());
        QVERIFY(db.get().transaction());
        QVERIFY(query.exec(u"UPDATE t SET v = v + 1 WHERE id = 1"_s));
        makeReadOnly(db, m_servers[0]);
        QCOMPARE(query.exec(u"UPDATE t SET v = v + 1 WHERE id = 2"_s), hasOther);
        if (hasOther) {
            QVERIFY2(db.get().commit(), qPrintable(db.error().text()));
        } else {
            QCOMPARE(query.lastError().nativeErrorCode(), u"1290"_s);
            QVERIFY2(query.exec(u"SELECT v FROM t"_s), "the transaction is still open");
            QVERIFY(db.get().rollback());
        }
        QCOMPARE(rowsOn(0), u"1:10,2:20"_s);
        QCOMPARE(rowsOn(1), hasOther ? u"1:11,2:21"_s : u"1:10,2:20"_s);
    }
};

QTEST_MAIN(tst_ReplayPeers)
#include "tst_replaypeers.moc"
