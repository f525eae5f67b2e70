// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "groupfixture.h"
#include "scopeddatabase.h"

#include <QtTest/QtTest>

#include <thread>

using namespace qproxysql::sandbox;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

/// What connections find on another member of a replication group, and when they leave one that is no
/// member any more.
class tst_GroupMoves : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_fixture.start();
        QVERIFY(m_group.executeAsRoot(u"CREATE TABLE test.own (token INT PRIMARY KEY)"_s));
        QVERIFY(m_group.executeAsRoot(u"CREATE TABLE test.bulk (id INT PRIMARY KEY, n INT)"_s));
        QVERIFY(m_group.executeAsRoot(
                u"INSERT INTO test.bulk WITH RECURSIVE digit (d) AS (SELECT 0 UNION ALL "
                "SELECT d + 1 FROM digit WHERE d < 99) "
                "SELECT a.d * 100 + b.d, 0 FROM digit a, digit b"_s));
        QVERIFY(m_group.executeAsRoot(
                u"CREATE TABLE test.counted (id INT AUTO_INCREMENT PRIMARY KEY, n INT)"_s));
        QVERIFY(m_group[0].executeAsRoot(
                u"CREATE USER 'blind'@'%' IDENTIFIED BY 'secret'; GRANT ALL ON test.* TO 'blind'@'%'"_s));
    }
    void init() { m_fixture.restore(); }

    void ownWriteIsSeenAfterALoss_data();
    void ownWriteIsSeenAfterALoss();
    void resetSessionReadsCausally();
    void consistencyOfTheSessionIsItsOwn_data();
    void consistencyOfTheSessionIsItsOwn();
    void readersLeaveAMemberThatHasLeft_data();
    void readersLeaveAMemberThatHasLeft();
    void keptSessionOfAMemberThatHasLeft();
    void rollingRestartByDrain();
    void transactionGoesOnAfterALoss_data();
    void transactionGoesOnAfterALoss();
    void transactionThatLostAConflict();

private:
    static constexpr int Reads = 12;

    static QString sessionOf(const ScopedDatabase &db)
    {
        return db.value(u"SELECT CONNECTION_ID()"_s).toString();
    }
    bool isOpenOn(ScopedDatabase &db, int member)
    {
        return db.open() && db.currentPeer() == m_group[member].address();
    }
    void end(int member, const QString &session)
    {
        QVERIFY(m_group[member].executeAsRoot(u"KILL "_s + session));
        const QString left = u"SELECT COUNT(*) FROM information_schema.processlist WHERE id = "_s
                             + session;
        QTRY_COMPARE(m_group[member].executeAsRoot(left).value(), u"0"_s);
    }
    /// All other members apply a large transaction for a while.
    void makeOthersLate() { m_group[0].executeAsRoot(u"UPDATE test.bulk SET n = n + 1"_s); }
    void writeOwn(const ScopedDatabase &db)
    {
        QSqlQuery query(db.get());
        QVERIFY2(query.exec(u"INSERT INTO own VALUES (%1)"_s.arg(++m_token)),
                 qPrintable(query.lastError().text()));
    }
    bool readsOwn(const ScopedDatabase &db, int token)
    {
        return db.value(u"SELECT token FROM own WHERE token = %1"_s.arg(token)).toInt() == token;
    }

    GroupFixture m_fixture{GroupReplication::Mode::MultiPrimary};
    GroupReplication &m_group = m_fixture.group;
    int m_token = 0;
};

void tst_GroupMoves::ownWriteIsSeenAfterALoss_data()
{
    QTest::addColumn<QString>("options");
    QTest::addColumn<QString>("user");
    QTest::addColumn<bool>("isCausal");
    QTest::newRow("moves") << QString() << u"app"_s << true;
    QTest::newRow("may not read the members") << QString() << u"blind"_s << true;
    QTest::newRow("always") << u";CAUSAL_READS=always"_s << u"app"_s << true;
    // Else the rows above prove nothing.
    QTest::newRow("off") << u";CAUSAL_READS=off"_s << u"app"_s << false;
}

void tst_GroupMoves::ownWriteIsSeenAfterALoss()
{
    QFETCH(QString, options);
    QFETCH(QString, user);
    QFETCH(bool, isCausal);
    const QString all = m_fixture.options() + u";BALANCE=first"_s + options;
    int misses = 0;
    int elsewhere = 0;
    for (int reads = 0; reads < Reads; ++reads) {
        ScopedDatabase db(m_fixture.hostsFrom(0), all);
        db.get().setUserName(user);
        QTRY_VERIFY2_WITH_TIMEOUT(isOpenOn(db, 0), qPrintable(db.error().text()), 20'000);
        const QString session = sessionOf(db);
        makeOthersLate();
        writeOwn(db);
        end(0, session);
        misses += readsOwn(db, m_token) ? 0 : 1;
        elsewhere += db.currentPeer() != m_group[0].address() ? 1 : 0; // late ones are passed over
    }
    qInfo("%d of %d reads missed the row that their connection had written, %d were on another "
          "member",
          misses, Reads, elsewhere);
    QVERIFY(elsewhere > 0);
    QVERIFY(isCausal == (misses == 0));
}

// Unlike MariaDB's, a session of MySQL waits after a reset, too.
void tst_GroupMoves::resetSessionReadsCausally()
{
    ScopedDatabase db(m_group[1].address(), u"POOL=reset;MAX_IDLE=2"_s);
    int reused = 0;
    for (int i = 0; i < 6; ++i) {
        QVERIFY2(db.open(), qPrintable(db.error().text()));
        writeOwn(db);
        const QString session = sessionOf(db);
        db.get().close();
        makeOthersLate();
        QVERIFY(m_group[0].executeAsRoot(u"INSERT INTO test.own VALUES (%1)"_s.arg(++m_token)));
        QVERIFY2(db.open(), qPrintable(db.error().text()));
        QVERIFY(readsOwn(db, m_token));
        reused += sessionOf(db) == session ? 1 : 0;
        db.get().close();
    }
    qInfo("%d of 6 sessions were kept and reset", reused);
    QVERIFY(reused > 0);
}

void tst_GroupMoves::consistencyOfTheSessionIsItsOwn_data()
{
    QTest::addColumn<QString>("options");
    QTest::addColumn<QString>("consistency");
    QTest::addColumn<int>("waitTimeout");
    const QString byServer = u"BEFORE_ON_PRIMARY_FAILOVER"_s;
    QTest::newRow("moves") << QString() << byServer << 28800;
    QTest::newRow("off") << u";CAUSAL_READS=off"_s << byServer << 28800;
    QTest::newRow("always") << u";CAUSAL_READS=always"_s << u"BEFORE"_s << 28800;
    QTest::newRow("INIT_SQL")
            << u";INIT_SQL=SET SESSION group_replication_consistency='AFTER', wait_timeout=77"_s
            << u"AFTER"_s << 77;
}

void tst_GroupMoves::consistencyOfTheSessionIsItsOwn()
{
    QFETCH(QString, options);
    ScopedDatabase db(m_group[1].address(), m_fixture.options() + options);
    QVERIFY2(db.open(), qPrintable(db.error().text()));
    QTEST(db.value(u"SELECT @@SESSION.group_replication_consistency"_s).toString(), "consistency");
    QTEST(db.value(u"SELECT @@SESSION.wait_timeout"_s).toInt(), "waitTimeout");
}

void tst_GroupMoves::readersLeaveAMemberThatHasLeft_data()
{
    QTest::addColumn<bool>("isBusy");
    QTest::newRow("idle") << false;
    QTest::newRow("busy") << true;
}

// It goes on answering, with what it had when it left. Nobody writes, so nothing fails there.
void tst_GroupMoves::readersLeaveAMemberThatHasLeft()
{
    QFETCH(bool, isBusy);
    const QString options = m_fixture.options() + u";BALANCE=first"_s;
    ScopedDatabase db(m_fixture.hostsFrom(1), options);
    QVERIFY(isOpenOn(db, 1));
    std::atomic<bool> isOver{false};
    QStringList failures;
    std::thread reader([&] { // all the time, so that it is hardly ever idle
        ScopedDatabase busy(m_fixture.hostsFrom(1), options);
        if (!isBusy || !busy.open())
            return;
        while (!isOver) {
            QSqlError error;
            if (!busy.value(u"SELECT SUM(n) FROM bulk"_s, &error).isValid())
                failures += error.text();
        }
        if (busy.currentPeer() == m_group[1].address())
            failures += u"still there"_s;
    });
    const auto join = qScopeGuard([&] {
        isOver = true;
        if (reader.joinable())
            reader.join();
    });
    QVERIFY(db.value(u"SELECT 1"_s).isValid());
    QVERIFY2(m_group.leave(1), qPrintable(m_group.errorString()));
    QElapsedTimer timer;
    timer.start();
    QTRY_COMPARE_WITH_TIMEOUT(db.peer(m_group[1].address()).value(u"sessions"_s).toInt(), 0, 15'000);
    qInfo("left after %lld ms", timer.elapsed());
    QVERIFY(m_group[0].executeAsRoot(u"INSERT INTO test.own VALUES (%1)"_s.arg(++m_token)));
    QVERIFY(readsOwn(db, m_token));
    isOver = true;
    reader.join();
    QCOMPARE(failures, QStringList());
}

// Not even a session that was in use a moment ago.
void tst_GroupMoves::keptSessionOfAMemberThatHasLeft()
{
    ScopedDatabase db(m_fixture.hostsFrom(1), u"POOL=kept;MAX_IDLE=2;BALANCE=first"_s);
    QVERIFY(isOpenOn(db, 1));
    QVERIFY(db.value(u"SELECT 1"_s).isValid());
    db.get().close();
    QVERIFY2(m_group.leave(1), qPrintable(m_group.errorString()));
    QVERIFY2(db.open(), qPrintable(db.error().text()));
    QVERIFY(db.currentPeer() != m_group[1].address());
}

void tst_GroupMoves::rollingRestartByDrain()
{
    const QString options = m_fixture.options();
    ScopedDatabase db(m_group.hostList(), options);
    QVERIFY(db.open());
    Writers writers(6, m_group.hostList(), options);
    WAIT_FOR_WRITES(writers, 100);
    const auto steer = [&db](const char *method, const QString &peer) {
        bool isDone = false;
        return QMetaObject::invokeMethod(db.get().driver(), method, Q_RETURN_ARG(bool, isDone),
                                         Q_ARG(QString, peer))
               && isDone;
    };
    for (int i = 0; i < m_group.count(); ++i) {
        const QString peer = m_group[i].address();
        QVERIFY(steer("drainPeer", peer));
        QTRY_COMPARE_WITH_TIMEOUT(db.peer(peer).value(u"sessions"_s).toInt(), 0, 20'000);
        QVERIFY2(m_group[i].terminate(), qPrintable(m_group[i].errorString()));
        QVERIFY2(m_group[i].start(), qPrintable(m_group[i].errorString()));
        QVERIFY2(m_group.join(i), qPrintable(m_group.errorString()));
        QVERIFY(steer("resumePeer", peer));
        QTRY_COMPARE_WITH_TIMEOUT(db.health(peer), u"Up"_s, 20'000);
        WAIT_FOR_WRITES(writers, 200);
    }
    writers.stop();
    m_fixture.compare(writers, 0, 5s);
}

void tst_GroupMoves::transactionGoesOnAfterALoss_data()
{
    QTest::addColumn<bool>("isPrepared");
    QTest::newRow("text") << false;
    QTest::newRow("prepared") << true;
}

// Another member gives other keys: it is given the one that was told.
void tst_GroupMoves::transactionGoesOnAfterALoss()
{
    QFETCH(bool, isPrepared);
    QVERIFY(m_group.executeAsRoot(u"DELETE FROM test.counted"_s));
    ScopedDatabase db(m_fixture.hostsFrom(0), m_fixture.options() + u";BALANCE=first"_s);
    QTRY_VERIFY2_WITH_TIMEOUT(isOpenOn(db, 0), qPrintable(db.error().text()), 20'000);
    const QString session = sessionOf(db);
    QSqlQuery query(db.get());
    QVERIFY(db.get().transaction());
    if (isPrepared) {
        QVERIFY(query.prepare(u"INSERT INTO counted (n) VALUES (?)"_s));
        query.addBindValue(7);
        QVERIFY2(query.exec(), qPrintable(query.lastError().text()));
    } else {
        QVERIFY2(query.exec(u"INSERT INTO counted (n) VALUES (7)"_s),
                 qPrintable(query.lastError().text()));
    }
    const int id = query.lastInsertId().toInt();
    QVERIFY(id > 0);
    end(0, session);
    QVERIFY2(query.exec(u"INSERT INTO counted (n) VALUES (8)"_s),
             qPrintable(query.lastError().text()));
    const int next = query.lastInsertId().toInt();
    QVERIFY2(db.get().commit(), qPrintable(db.error().text()));
    QTRY_COMPARE(m_group[0]
                         .executeAsRoot(
                                 u"SELECT GROUP_CONCAT(id, ':', n ORDER BY n) FROM test.counted"_s)
                         .value(),
                 u"%1:7,%2:8"_s.arg(id).arg(next));
}

void tst_GroupMoves::transactionThatLostAConflict()
{
    QVERIFY(m_group.executeAsRoot(u"DELETE FROM test.counted"_s));
    QVERIFY(m_group.executeAsRoot(u"INSERT INTO test.counted VALUES (1, 0)"_s));
    const QString count = u"SELECT n FROM test.counted WHERE id = 1"_s;
    for (int i = 0; i < m_group.count(); ++i)
        QTRY_COMPARE(m_group[i].executeAsRoot(count).value(), u"0"_s);
    ScopedDatabase one(m_fixture.hostsFrom(0), m_fixture.options() + u";BALANCE=first"_s);
    ScopedDatabase two(m_fixture.hostsFrom(1), m_fixture.options() + u";BALANCE=first"_s);
    QTRY_VERIFY2_WITH_TIMEOUT(isOpenOn(one, 0), qPrintable(one.error().text()), 20'000);
    QTRY_VERIFY2_WITH_TIMEOUT(isOpenOn(two, 1), qPrintable(two.error().text()), 20'000);
    QVERIFY(one.get().transaction() && two.get().transaction());
    QSqlQuery first(one.get());
    QSqlQuery second(two.get());
    QVERIFY(first.exec(u"UPDATE counted SET n = n + 1 WHERE id = 1"_s));
    QVERIFY(second.exec(u"UPDATE counted SET n = n + 1 WHERE id = 1"_s));
    QVERIFY2(one.get().commit(), qPrintable(one.error().text()));
    QVERIFY2(two.get().commit(), qPrintable(two.error().text()));
    QTRY_COMPARE(m_group[2].executeAsRoot(count).value(), u"2"_s);
}

QTEST_GUILESS_MAIN(tst_GroupMoves)
#include "tst_groupmoves.moc"
