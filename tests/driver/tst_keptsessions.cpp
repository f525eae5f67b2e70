// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "../integration/scopeddatabase.h"

#include "sandbox/relay.h"
#include "sandbox/servergroup.h"

#include <QtCore/QElapsedTimer>
#include <QtTest/QtTest>

#include <thread>

using namespace qproxysql::sandbox;
using namespace Qt::StringLiterals;

/// Which sessions are kept for the next user, and what becomes of those that nobody uses.
class tst_KeptSessions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(m_servers.start(u"CREATE TABLE test.t (a INT)"_s),
                 qPrintable(m_servers.errorString()));
        m_relay = std::make_unique<Relay>(m_servers[0].port());
        QVERIFY2(m_relay->isListening(), qPrintable(m_relay->errorString()));
    }

    void init()
    {
        const Answer answer = m_servers[0].executeAsRoot(u"SELECT 1"_s);
        QVERIFY2(answer, qPrintable(answer.errorString));
    }

    void cleanup()
    {
        m_relay->thaw();
        m_servers[0].executeAsRoot(u"SET GLOBAL wait_timeout=28800"_s);
        killSessions();
    }

    void noneIsKeptWithoutMaxIdle()
    {
        ScopedDatabase db(m_servers[0].address(), options(u"MAX_IDLE=0"_s));
        QVERIFY2(db.open(), qPrintable(db.error().text()));
        const int id = db.serverThreadId();
        db.get().close();
        QTRY_COMPARE(m_servers[0].connectionCount(), 0);
        QVERIFY(db.open());
        QVERIFY(db.serverThreadId() != id);
    }

    void removedConnectionLeavesItsSession()
    {
        const QString pool = options();
        const auto isSame = [&] {
            int id = 0;
            {
                ScopedDatabase db(m_servers[0].address(), pool);
                if (db.open())
                    id = db.serverThreadId();
            }
            ScopedDatabase db(m_servers[0].address(), pool);
            return db.open() && db.serverThreadId() == id;
        };
        QVERIFY(isSame() || isSame() || isSame()); // a reset of more than 100 ms is not waited for
    }

    void whoHasTheHandleKeepsTheSession()
    {
        ScopedDatabase db(m_servers[0].address(), options());
        QVERIFY(db.open());
        const int id = db.serverThreadId();
        QVERIFY(db.get().driver()->handle().isValid());
        db.get().close();
        QVERIFY(db.open());
        QVERIFY(db.serverThreadId() != id);
    }

    void wrongPasswordGetsNothingAndEmptiesTheLogin()
    {
        const QString pool = options();
        ScopedDatabase db(m_servers[0].address(), pool);
        QVERIFY(db.open());
        db.get().close();
        ScopedDatabase wrong(m_servers[0].address(), pool);
        QSqlDatabase database = wrong.get();
        QVERIFY(!database.open(u"app"_s, u"wrong"_s));
        QCOMPARE(database.lastError().nativeErrorCode(), u"1045"_s);
        // The refused password was another one. Its connection ends a moment after the refusal.
        QTRY_COMPARE(m_servers[0].connectionCount(), 1);

        QVERIFY(m_servers[0].executeAsRoot(u"CREATE USER rot IDENTIFIED BY 'old'"_s));
        QSqlDatabase rotating = wrong.get();
        rotating.setDatabaseName({});
        QVERIFY2(rotating.open(u"rot"_s, u"old"_s), qPrintable(rotating.lastError().text()));
        rotating.close();
        QTRY_COMPARE(idleOf(u"rot"_s), 1);
        QVERIFY(m_servers[0].executeAsRoot(u"SET PASSWORD FOR rot = PASSWORD('new')"_s));
        rotating.setDatabaseName(u"information_schema"_s); // nobody's session: a real login
        QVERIFY(!rotating.open(u"rot"_s, u"old"_s));
        QTRY_COMPARE(idleOf(u"rot"_s), 0);
        QVERIFY(m_servers[0].executeAsRoot(u"DROP USER rot"_s));
    }

    void killedWhileIdle()
    {
        const int kills = qEnvironmentVariableIntValue("QPROXYSQL_KILLS");
        ScopedDatabase db(m_servers[0].address(), options());
        for (int killed = 0; killed < qMax(20, kills); ++killed) {
            QVERIFY2(db.open(), qPrintable(db.error().text()));
            QSqlQuery query(db.get());
            const QString sql = killed % 2 ? u"INSERT INTO t VALUES (1)"_s : u"SELECT 1"_s;
            QVERIFY2(query.exec(sql), qPrintable(query.lastError().text()));
            query.clear();
            db.get().close();
            killSessions();
        }
        QVERIFY(m_servers[0].executeAsRoot(u"DELETE FROM test.t"_s));
    }

    void expiresWithoutAnybodysHelp()
    {
        ScopedDatabase db(m_servers[0].address(), options(u"IDLE_TIMEOUT=0.2"_s));
        QVERIFY(db.open());
        db.get().close();
        const qint64 aborted = m_servers[0].statusValue(u"Aborted_clients"_s);
        QTRY_COMPARE(m_servers[0].connectionCount(), 0);
        QCOMPARE(m_servers[0].statusValue(u"Aborted_clients"_s), aborted);
    }

    void goesBeforeTheServersTimeout()
    {
        QVERIFY(m_servers[0].executeAsRoot(u"SET GLOBAL wait_timeout=3"_s));
        const qint64 aborted = m_servers[0].statusValue(u"Aborted_clients"_s);
        ScopedDatabase db(m_servers[0].address(), options());
        QVERIFY(db.open());
        db.get().close();
        QTRY_COMPARE(m_servers[0].connectionCount(), 0);
        QCOMPARE(m_servers[0].statusValue(u"Aborted_clients"_s), aborted);
        QVERIFY2(db.open(), qPrintable(db.error().text()));
        QCOMPARE(db.value(u"SELECT 1"_s).toInt(), 1);
    }

    void parkedByAThreadThatHasEnded()
    {
        const QString pool = options();
        const auto isSame = [&] {
            int id = 0;
            std::thread([&] {
                ScopedDatabase db(m_servers[0].address(), pool);
                if (db.open())
                    id = db.serverThreadId();
            }).join();
            ScopedDatabase db(m_servers[0].address(), pool);
            return db.open() && id > 0 && db.serverThreadId() == id;
        };
        QVERIFY(isSame() || isSame() || isSame());
    }

    void closedByAnotherThread()
    {
        const QString pool = options();
        std::thread([&] {
            QSqlDatabase db = QSqlDatabase::addDatabase(u"QPROXYSQL"_s, u"elsewhere"_s);
            db.setHostName(m_servers[0].address());
            db.setConnectOptions(pool);
            db.open(u"app"_s, u"secret"_s);
        }).join();
        QSqlDatabase::removeDatabase(u"elsewhere"_s);
        QTRY_COMPARE(m_servers[0].connectionCount(), 0);
    }

    void frozenPeerHoldsUpNobody()
    {
        ScopedDatabase db(m_relay->address() + u',' + m_servers[1].address(),
                          options(u"BALANCE=first;CONNECT_TIMEOUT=60"_s));
        QVERIFY2(db.openOn(m_relay->address()), qPrintable(db.error().text()));
        db.value(u"DO 1"_s);
        m_relay->freeze();
        QElapsedTimer timer;
        timer.start();
        db.get().close();
        QVERIFY2(db.open(), qPrintable(db.error().text()));
        QCOMPARE(db.currentPeer(), m_servers[1].address());
        QVERIFY2(timer.elapsed() < 30'000,
                 qPrintable(QString::number(timer.elapsed()))); // no time-out
    }

    void silentPeerIsLeftForAnother()
    {
        ScopedDatabase db(m_relay->address() + u',' + m_servers[1].address(),
                          options(u"BALANCE=first;CONNECT_TIMEOUT=60;INIT_SQL=SET @i = 1"_s));
        QVERIFY2(db.openOn(m_relay->address()), qPrintable(db.error().text()));
        db.value(u"DO 1"_s);
        m_relay->resetCounts();
        db.get().close();
        QTRY_COMPARE(m_relay->counts().of(Command::ChangeUser), 1);
        m_relay->freeze();
        QElapsedTimer timer;
        timer.start();
        QVERIFY2(db.open(), qPrintable(db.error().text()));
        QCOMPARE(db.currentPeer(), m_servers[1].address());
        QVERIFY2(timer.elapsed() < 30'000,
                 qPrintable(QString::number(timer.elapsed()))); // no time-out
        QCOMPARE(db.value(u"SELECT @i"_s).toInt(), 1);
    }

private:
    /// A pool of its own for each test.
    static QString options(const QString &more = QString())
    {
        static int number = 0;
        const QString pool = u"POOL=kept%1"_s.arg(++number);
        return more.isEmpty() ? pool : pool + u';' + more;
    }

    int idleOf(const QString &user) { return m_servers[0].connectionCount(user); }

    /// Ends everybody's idle sessions on the first server and waits until the clients can know.
    void killSessions()
    {
        QVERIFY2(m_servers[0].killSessions(), qPrintable(m_servers[0].errorString()));
    }

    ServerGroup m_servers{2};
    std::unique_ptr<Relay> m_relay;
};

QTEST_GUILESS_MAIN(tst_KeptSessions)
#include "tst_keptsessions.moc"
