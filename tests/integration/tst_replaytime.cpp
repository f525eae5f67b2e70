// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "replaytest.h"

#include "sandbox/fulltests.h"

#include <QtCore/QElapsedTimer>

#include <atomic>
#include <thread>

/// How long replays take, and servers with other settings. The peers are ways to one server, as in tst_replay.
class tst_ReplayTime : public ReplayTest
{
    Q_OBJECT

public:
    tst_ReplayTime()
        : ReplayTest(Relays::Two, {u"--lower-case-table-names=1"_s})
    {
    }

private Q_SLOTS:
    void initTestCase()
    {
        start(u"CREATE TABLE test.Triggered (id INT) ENGINE=InnoDB;"
              "CREATE TRIGGER test.tr BEFORE INSERT ON test.Triggered "
              "FOR EACH ROW SET NEW.id = NEW.id + 1"_s);
    }
    void init() { renew(); }

    // With lower_case_table_names = 1.
    void namesInOtherCase_data()
    {
        QTest::addColumn<QString>("sql");
        QTest::addColumn<bool>("isReplayed");
        QTest::newRow("table") << u"UPDATE TEST.T SET v = 11 WHERE id = 1"_s << true;
        QTest::newRow("trigger") << u"INSERT INTO TRIGGERED VALUES (1)"_s << false;
        QTest::newRow("schema") << u"INSERT INTO `TEST`.`TriggereD` VALUES (1)"_s << false;
    }

    void namesInOtherCase()
    {
        QFETCH(QString, sql);
        QFETCH(bool, isReplayed);
        ScopedDatabase db(hosts(), options());
        QVERIFY2(db.openOn(m_relay->address()), qPrintable(db.error().text()));
        QSqlQuery query(db.get());
        QVERIFY(db.get().transaction());
        QVERIFY2(query.exec(sql), qPrintable(query.lastError().text()));
        m_relay->cutConnections();
        QCOMPARE(query.exec(u"UPDATE t SET v = 21 WHERE id = 2"_s), isReplayed);
        if (!isReplayed)
            QVERIFY2(query.lastError().text().contains(u"trigger"_s),
                     qPrintable(query.lastError().text()));
        QVERIFY(db.get().rollback());
    }

    // With innodb_lock_wait_timeout = 0.
    void lockWaitsAreRestored()
    {
        byOthers(u"SET GLOBAL innodb_lock_wait_timeout = 0"_s);
        ScopedDatabase db(hosts(), options());
        const bool isOpen = db.openOn(m_relay->address());
        QSqlQuery query(db.get());
        const bool isDone = db.get().transaction()
                            && query.exec(u"UPDATE t SET v = v + 1 WHERE id = 1"_s);
        m_relay->cutConnections();
        const bool isRead = query.exec(u"SELECT @@lock_wait_timeout = @@global.lock_wait_timeout"_s)
                            && query.next();
        byOthers(u"SET GLOBAL innodb_lock_wait_timeout = 50"_s);
        QVERIFY(isOpen && isDone && isRead);
        QCOMPARE(query.value(0).toInt(), 1);
    }

    // OPEN_DEADLINE is for the locks, the replayed statements and the look-ups.
    void tooSlow_data()
    {
        QTest::addColumn<QString>("inside");
        QTest::addColumn<QString>("others");
        if (RunsAllData)
            QTest::newRow("a read") << u"SELECT SLEEP(6)"_s << QString();
        QTest::newRow("a write") << u"UPDATE t SET v = 1 WHERE id = 1 AND SLEEP(6) = 0"_s
                                 << QString();
        QTest::newRow("a table lock")
                << u"UPDATE t SET v = 11 WHERE id = 1"_s << u"LOCK TABLES t WRITE"_s;
    }

    void tooSlow()
    {
        QFETCH(QString, inside);
        QFETCH(QString, others);
        ScopedDatabase db(hosts(), options(u";OPEN_DEADLINE=2"_s));
        QVERIFY2(db.openOn(m_relay->address()), qPrintable(db.error().text()));
        QSqlQuery query(db.get());
        QVERIFY(db.get().transaction());
        QVERIFY(query.exec(inside));
        m_relay->cutConnections();
        ScopedDatabase other(m_servers[0].address(), options());
        QVERIFY(other.open());
        if (!others.isEmpty())
            QVERIFY(QSqlQuery(other.get()).exec(others));
        QElapsedTimer time;
        time.start();
        const bool isDone = query.exec(u"SELECT 1"_s);
        QVERIFY(time.elapsed() < 5900);
        QVERIFY(!isDone);
        QVERIFY(query.lastError().text().contains(u"Transaction lost"_s));
        QVERIFY(db.get().rollback());
    }

    // COMMIT waits for a global read lock, and its query is killed.
    void commitThatFailed()
    {
        ScopedDatabase db(hosts(), options());
        QVERIFY2(db.openOn(m_relay->address()), qPrintable(db.error().text()));
        QSqlQuery query(db.get());
        QVERIFY(db.get().transaction());
        QVERIFY(query.exec(u"UPDATE t SET v = v + 1 WHERE id = 1"_s));
        byOthers(u"GRANT RELOAD ON *.* TO app@'%', app@localhost"_s);
        std::atomic<bool> isKilled{false};
        std::atomic<bool> isLocked{false};
        std::atomic<bool> isRefused{false};
        std::thread killer([&] {
            ScopedDatabase root(m_servers[0].address(), options());
            root.open();
            QSqlQuery admin(root.get());
            (admin.exec(u"FLUSH TABLES WITH READ LOCK"_s) ? isLocked : isRefused) = true;
            for (int i = 0; i < 2000 && !isKilled && isLocked; ++i) {
                admin.exec(u"SELECT ID FROM information_schema.PROCESSLIST WHERE INFO = 'COMMIT'"_s);
                if (admin.next()) {
                    const QString id = admin.value(0).toString();
                    isKilled = admin.exec(u"KILL QUERY "_s + id);
                }
                QThread::msleep(5);
            }
            admin.exec(u"UNLOCK TABLES"_s);
        });
        QTRY_VERIFY(isLocked || isRefused);
        const bool isCommitted = db.get().commit();
        killer.join();
        QVERIFY(!isCommitted);
        m_relay->cutConnections();
        QVERIFY2(!db.get().commit(), "what may have been committed was committed again");
    }

    // The first way freezes with the statement in flight, the second in the replay.
    void frozen_data()
    {
        QTest::addColumn<bool>("isSecond");
        if (RunsAllData)
            QTest::newRow("the first") << false;
        QTest::newRow("both") << true;
    }

    void frozen()
    {
        QFETCH(bool, isSecond);
        ScopedDatabase db(hosts(), options(u";CONNECT_TIMEOUT=1;CHECK_INTERVAL=1"_s));
        QVERIFY2(db.openOn(m_relay->address()), qPrintable(db.error().text()));
        QSqlQuery query(db.get());
        QVERIFY(db.get().transaction());
        QVERIFY(query.exec(u"UPDATE t SET v = v + 1 WHERE id = 1"_s));
        m_second->resetCounts();
        std::atomic<bool> isOver{false};
        std::thread freezer([&] {
            while (isSecond && !isOver) {
                if (m_second->statements().contains(u"START TRANSACTION"_s)) {
                    m_second->freeze();
                    break;
                }
                QThread::msleep(1);
            }
        });
        m_relay->freeze();
        QElapsedTimer time;
        time.start();
        const bool isDone = query.exec(u"UPDATE t SET v = v + 1 WHERE id = 2"_s);
        const qint64 elapsed = time.elapsed();
        isOver = true;
        freezer.join();

        const bool isCommitted = isDone && db.get().commit();
        if (!isDone)
            db.get().rollback();
        m_relay->thaw();
        m_second->thaw();
        QVERIFY(elapsed < 25'000);
        QTRY_COMPARE(rows(), isCommitted ? u"1:11,2:21"_s : u"1:10,2:20"_s);
    }
};

QTEST_MAIN(tst_ReplayTime)
#include "tst_replaytime.moc"
