// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "scopeddatabase.h"

#include "sandbox/proxystandin.h"
#include "sandbox/servergroup.h"

#include <QtTest/QtTest>

#include <thread>

using namespace qproxysql::sandbox;
using namespace Qt::StringLiterals;

/// What ProxySQL says of a session that is not so: transactions that nobody has begun, and sessions that it
/// has tied to some of its servers.
class tst_ProxyFlags : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(m_servers.start(), qPrintable(m_servers.errorString()));
        QVERIFY(m_servers.executeEverywhere(
                u"CREATE DATABASE other; GRANT ALL ON other.* TO app; "
                "CREATE TABLE test.log (v INT PRIMARY KEY); GRANT CREATE ROUTINE, EXECUTE ON "
                "test.* TO "
                "app; CREATE PROCEDURE test.opens() BEGIN START TRANSACTION; INSERT INTO test.log "
                "VALUES (8); END"_s));
    }
    void init()
    {
        QVERIFY(m_servers.executeEverywhere(u"TRUNCATE test.log"_s));
        m_a = std::make_unique<ProxyStandIn>(m_servers[0].port());
        m_b = std::make_unique<ProxyStandIn>(m_servers[1].port());
        m_db = std::make_unique<ScopedDatabase>(
                m_a->address() + u',' + m_b->address(),
                u"POOL=p%1;BALANCE=first;MAX_IDLE=0;RETRY_TRANSACTIONS=0"_s.arg(++m_pools));
        QVERIFY2(m_db->open(), qPrintable(m_db->error().text()));
        QCOMPARE(m_db->currentPeer(), m_a->address());
    }
    void cleanup() { m_db.reset(); }

    void nothingIsBegun_data()
    {
        QTest::addColumn<QStringList>("texts");
        QTest::newRow("several statements")
                << QStringList{u"INSERT INTO log VALUES (1);INSERT INTO log VALUES (2)"_s};
        QTest::newRow("USE after an error")
                << QStringList{u"SELECT * FROM nowhere"_s, u"USE other"_s};
        QTest::newRow("SET after an error")
                << QStringList{u"INSERT INTO log VALUES (1),(1)"_s, u"SET time_zone='+03:00'"_s};
        QTest::newRow("error after a prepare") << QStringList{u"?"_s, u"SELECT * FROM nowhere"_s};
        QTest::newRow("prepare") << QStringList{u"?"_s};
    }

    void nothingIsBegun()
    {
        QFETCH(QStringList, texts);
        for (const QString &text : std::as_const(texts))
            runToItsEnd(text);
        QCOMPARE(reasons(), QStringList());
        bool isDone = false;
        QVERIFY(QMetaObject::invokeMethod(m_db->get().driver(), "drainPeer",
                                          Q_RETURN_ARG(bool, isDone),
                                          Q_ARG(QString, m_a->address())));
        QTRY_COMPARE_WITH_TIMEOUT(m_a->relay().openConnections(), 0, 15'000);
        QCOMPARE(m_db->value(u"SELECT 5"_s).toInt(), 5);
    }

    void readAfterPrepareRunsAgain()
    {
        QSqlQuery query(m_db->get());
        QVERIFY(query.prepare(u"SELECT ? + 1"_s));
        query.addBindValue(4);
        m_a->relay().cutConnections();
        QVERIFY2(query.exec() && query.next(), qPrintable(query.lastError().text()));
        QCOMPARE(query.value(0).toInt(), 5);
        QCOMPARE(m_db->currentPeer(), m_b->address());
    }

    void lostWriteIsOfUnknownFate()
    {
        QSqlQuery query(m_db->get());
        QVERIFY(query.prepare(u"INSERT INTO log SELECT SLEEP(0.5) + ?"_s));
        query.addBindValue(7);
        std::jthread cuts([this] {
            const QString running =
                    u"SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE INFO "
                    "LIKE 'INSERT INTO log SELECT%'"_s;
            while (m_servers[0].executeAsRoot(running).value() != u"1"_s)
                QThread::msleep(5);
            m_a->relay().cutConnections();
        });
        QVERIFY(!query.exec());
        QVERIFY2(query.lastError().text().contains(u"may or may not have been executed"_s),
                 qPrintable(query.lastError().text()));
        QCOMPARE(m_db->value(u"SELECT 5"_s).toInt(), 5); // nothing has to be rolled back
    }

    void whatIsBegunIsKnown_data()
    {
        QTest::addColumn<QStringList>("texts");
        QTest::newRow("BEGIN") << QStringList{u"BEGIN"_s, u"INSERT INTO log VALUES (8)"_s};
        QTest::newRow("after an error") << QStringList{u"SELECT * FROM nowhere"_s, u"BEGIN"_s,
                                                       u"INSERT INTO log VALUES (8)"_s};
        QTest::newRow("before a prepare")
                << QStringList{u"BEGIN"_s, u"INSERT INTO log VALUES (8)"_s, u"?"_s};
        QTest::newRow("after a prepare")
                << QStringList{u"?"_s, u"BEGIN"_s, u"INSERT INTO log VALUES (8)"_s};
        QTest::newRow("in a text of several")
                << QStringList{u"SELECT 1;BEGIN;INSERT INTO log VALUES (8)"_s};
        QTest::newRow("procedure") << QStringList{u"CALL opens()"_s};
        QTest::newRow("autocommit is off")
                << QStringList{u"SET autocommit=0"_s, u"INSERT INTO log VALUES (8)"_s};
        QTest::newRow("in a string that is run")
                << QStringList{u"PREPARE p FROM 'START TRANSACTION'"_s, u"EXECUTE p"_s,
                               u"INSERT INTO log VALUES (8)"_s};
        QTest::newRow("chained") << QStringList{u"BEGIN"_s, u"COMMIT AND CHAIN"_s,
                                                u"INSERT INTO log VALUES (8)"_s};
    }

    void whatIsBegunIsKnown()
    {
        QFETCH(QStringList, texts);
        for (const QString &text : std::as_const(texts))
            runToItsEnd(text);
        QVERIFY2(reasons().contains(u"transaction"_s), qPrintable(reasons().join(u'+')));
        m_a->relay().cutConnections();
        QSqlQuery query(m_db->get());
        QVERIFY(!query.exec(u"INSERT INTO log VALUES (9)"_s));
        QVERIFY2(query.lastError().text().contains(u"ransaction"_s),
                 qPrintable(query.lastError().text()));
        QVERIFY(m_db->get().rollback());
        QCOMPARE(m_db->value(u"SELECT COUNT(*) FROM log"_s).toInt(), 0);
    }

    void resultsThatWereReadPinNothing()
    {
        {
            QSqlQuery query(m_db->get());
            QVERIFY(query.exec(u"SELECT 1;SELECT 2;SELECT 3"_s));
            QVERIFY(query.nextResult());
            QCOMPARE(reasons(), QStringList{u"pending_results"_s});
            QVERIFY(query.nextResult());
            QCOMPARE(reasons(), QStringList());
            QVERIFY(query.exec(u"SELECT 1;SELECT 2"_s));
            QCOMPARE(reasons(), QStringList{u"pending_results"_s});
        }
        QCOMPARE(reasons(), QStringList());
    }

    // Where reads and writes are split, what ProxySQL does not know in a SET ties a session.
    void tiedSessionIsReplaced()
    {
        m_a->setSplit(true);
        m_b->setSplit(true);
        runToItsEnd(u"SET STATEMENT max_statement_time=5 FOR SELECT 1"_s);
        QSqlError error;
        QCOMPARE(m_db->value(u"SELECT 5"_s, &error).toInt(), 5);
        QVERIFY2(!error.isValid(), qPrintable(error.text()));
        QCOMPARE(m_db->health(m_a->address()), u"Up"_s);
        runToItsEnd(u"SET @a=1"_s);
        QVERIFY(!m_db->value(u"SELECT @a"_s, &error).isValid());
        QCOMPARE(error.nativeErrorCode(), u"9006"_s);
        QCOMPARE(reasons(), QStringList{u"user_variables"_s}); // it is the application's
    }

    // What asks for session tracking ties it, too.
    void openingTiesNothing()
    {
        const QByteArray version = "10.11.2-MariaDB";
        for (ProxyStandIn *proxy : {m_a.get(), m_b.get()}) {
            proxy->setVersion(version);
            proxy->setSplit(true);
        }
        ScopedDatabase db(m_a->address() + u',' + m_b->address(),
                          u"POOL=p%1;BALANCE=first;MAX_IDLE=0;RETRY_TRANSACTIONS=0"_s.arg(
                                  ++m_pools));
        QVERIFY2(db.open(), qPrintable(db.error().text()));
        QSqlError error;
        QCOMPARE(db.value(u"SELECT 5"_s, &error).toInt(), 5);
        QVERIFY2(!error.isValid(), qPrintable(error.text()));
        db.get().close();
        QVERIFY(db.open());
        const int connections = m_a->relay().counts().connections
                                + m_b->relay().counts().connections;
        QCOMPARE(db.value(u"SELECT 6"_s).toInt(), 6);
        QCOMPARE(m_a->relay().counts().connections + m_b->relay().counts().connections, connections);
    }

private:
    /// "?" prepares a read. Errors are part of what is tried.
    void runToItsEnd(const QString &text)
    {
        QSqlQuery query(m_db->get());
        if (text == u"?"_s) {
            QVERIFY(query.prepare(u"SELECT ? + 1"_s));
            return;
        }
        bool goesOn = query.exec(text);
        while (goesOn)
            goesOn = query.nextResult();
    }

    QStringList reasons() const
    {
        const QVariantList all = m_db->get().driver()->property("sessions").toList();
        return all.isEmpty() ? QStringList{u"?"_s}
                             : all.constFirst().toMap().value(u"reasons"_s).toStringList();
    }

    ServerGroup m_servers{2};
    std::unique_ptr<ProxyStandIn> m_a;
    std::unique_ptr<ProxyStandIn> m_b;
    std::unique_ptr<ScopedDatabase> m_db;
    int m_pools = 0;
};

QTEST_GUILESS_MAIN(tst_ProxyFlags)
#include "tst_proxyflags.moc"
