// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "connection/connection.h"

#include "scriptedtest.h"

using namespace qproxysql;
using namespace qproxysql::test;
using namespace std::chrono_literals;

namespace {

using Kind = Touch::Kind;

const QString readText = u"SELECT a FROM t"_s;
const QString writeText = u"UPDATE t SET a = 1"_s;

QSqlError notReady()
{
    return sqlError(1047, u"WSREP has not yet prepared node for application use"_s);
}

const QString db1 = u"db1:3306"_s;
const QString db2 = u"db2:3306"_s;

QString otherThan(const QString &peer)
{
    return peer == db1 ? u"db2"_s : u"db1"_s;
}

/// A connection to two peers, tried in their order. Statements come out as the test says, and what would
/// be waited only moves the clock.
class Scene
{
public:
    explicit Scene(const QString &options = {})
        : m_connection(&m_parent,
                       {[this](const QString &from, const QString &to, const QString &) {
                            moves.append(from + u" to "_s + to);
                            if (onMove)
                                onMove();
                        },
                        [this] { ++lostTransactions; }},
                       {clock, m_random, [this](std::chrono::milliseconds length) {
                            pauses.push_back(length);
                            clock.advance(length + waitsLonger);
                        }})
    {
        static int pools = 0;
        loginsOnlyTo(u"db1"_s);
        m_isOpen = m_connection.open(
                {{},
                 {},
                 {},
                 u"db1,db2"_s,
                 -1,
                 u"POOL=connection%1;BALANCE=first;MAX_IDLE=0;CONTROL=off;%2"_s.arg(++pools).arg(
                         options)});
    }

    bool isOpen() const { return m_isOpen; }
    Connection &connection() { return m_connection; }

    /// False: \c error tells why.
    bool run(const QString &sql, Kind kind = Kind::Text)
    {
        return m_connection.run(
                {kind, sql},
                [this](const std::shared_ptr<PeerSession> &session, AttemptFailure *failure) {
                    attempts.append(session->peerName());
                    const QSqlError outcome = failures.isEmpty() ? QSqlError()
                                              : isEndless        ? failures.front()
                                                                 : failures.takeFirst();
                    if (outcome.isValid()) {
                        failure->error = outcome;
                        loginsOnlyTo(otherThan(session->peerName()));
                    }
                    return !outcome.isValid();
                },
                &error);
    }
    void failOnce(const QSqlError &with) { failures = {with}; }
    void failAlways(const QSqlError &with)
    {
        failures = {with};
        isEndless = true;
    }

    ManualClock clock;
    std::chrono::milliseconds waitsLonger{0};
    std::vector<std::chrono::milliseconds> pauses;
    QList<QSqlError> failures; ///< of the next attempts
    bool isEndless = false;
    QStringList attempts; ///< the peers they were made on
    QStringList moves;
    std::function<void()> onMove;
    int lostTransactions = 0;
    QSqlError error;

private:
    QObject m_parent;
    ExtremeRandom m_random{true};
    Connection m_connection;
    bool m_isOpen = false;
};

} // namespace

/// How a connection carries out what afterLoss() decides, without a server.
class tst_Connection : public ScriptedTest
{
    Q_OBJECT

private Q_SLOTS:
    void init() { begin(); }
    void cleanup() { end(); }

    void runsOnItsSession()
    {
        Scene scene;
        QVERIFY2(scene.isOpen(), qPrintable(scene.connection().openError().text()));
        QVERIFY(scene.run(readText));
        QCOMPARE(scene.attempts, QStringList{db1});
        scene.failOnce(sqlError(1062));
        QVERIFY(!scene.run(writeText));
        QCOMPARE(scene.error.nativeErrorCode(), u"1062"_s);
        QVERIFY(scene.run(writeText));
        QCOMPARE(scene.attempts, QStringList({db1, db1, db1}));
        QVERIFY(scene.moves.isEmpty());
    }

    void aLostReadRunsElsewhere()
    {
        Scene scene;
        scene.failOnce(sqlError(2013));
        QVERIFY(scene.run(readText));
        QCOMPARE(scene.attempts, QStringList({db1, db2}));
        QCOMPARE(scene.moves, QStringList{db1 + u" to "_s + db2});
        QVERIFY(scene.pauses.empty());
    }

    void aLostWriteDoesNot()
    {
        Scene scene;
        scene.failOnce(sqlError(2013));
        QVERIFY(!scene.run(writeText));
        QVERIFY2(scene.error.driverText().contains(u"Outcome unknown"_s),
                 qPrintable(scene.error.text()));
        QCOMPARE(scene.attempts.size(), 1);
        QVERIFY(!scene.connection().session());
        QVERIFY(scene.run(writeText)); // on a new session
        QCOMPARE(scene.attempts.size(), 2);
    }

    void conflictsAreTriedAgainWithGrowingPauses()
    {
        Scene scene(u"RETRY_CONFLICTS=5"_s);
        scene.failAlways(sqlError(1213));
        QVERIFY(!scene.run(writeText));
        QCOMPARE(scene.error.nativeErrorCode(), u"1213"_s);
        QCOMPARE(scene.attempts, QStringList(6, db1)); // db1 is where all meet first
        QCOMPARE(scene.pauses, (std::vector<std::chrono::milliseconds>{1ms, 2ms, 4ms, 8ms, 16ms}));
        QVERIFY(scene.connection().session());
    }

    void conflictsMeetOnAnotherPeer()
    {
        Scene scene;
        scene.failures = QList<QSqlError>(6, sqlError(1213));
        QVERIFY(scene.run(writeText));
        QCOMPARE(scene.attempts, QStringList(6, db1) << db2); // the second turn's
        QCOMPARE(scene.moves.size(), 1);
    }

    void conflictsEndAfterFiveSeconds()
    {
        Scene scene(u"RETRY_CONFLICTS=1000"_s);
        scene.waitsLonger = 1s;
        scene.failAlways(sqlError(1213));
        QVERIFY(!scene.run(writeText));
        QCOMPARE(scene.pauses.size(), size_t(5));
    }

    void waitsForPeersThatAreNotReady()
    {
        Scene scene;
        scene.failures = {notReady(), notReady()};
        QVERIFY2(scene.run(writeText), qPrintable(scene.error.text()));
        QCOMPARE(scene.attempts.mid(0, 2), QStringList({db1, db2}));
        QCOMPARE(scene.attempts.size(), 3);
        QCOMPARE(scene.pauses, std::vector<std::chrono::milliseconds>{200ms});
    }

    void waitsNoLongerThanOpenDeadline()
    {
        Scene scene;
        scene.waitsLonger = 10s;
        scene.failAlways(notReady());
        QVERIFY(!scene.run(writeText));
        QCOMPARE(scene.error.nativeErrorCode(), u"1047"_s);
        QCOMPARE(scene.pauses, std::vector<std::chrono::milliseconds>{200ms});
    }

    void readOnlyPeersAreAskedOnceEach()
    {
        Scene scene;
        scene.failAlways(sqlError(1290, u"running with the --read-only option"_s));
        QVERIFY(!scene.run(writeText));
        QCOMPARE(scene.error.nativeErrorCode(), u"1290"_s);
        QCOMPARE(scene.attempts, QStringList({db1, db2}));
        QVERIFY(scene.pauses.empty());
    }

    void aLostTransactionFailsUntilItIsRolledBack()
    {
        Scene scene;
        QVERIFY(scene.run({}, Kind::Begin));
        scene.failOnce(sqlError(2013));
        QVERIFY(!scene.run(writeText));
        QVERIFY(scene.error.driverText().contains(u"Transaction lost"_s));
        QCOMPARE(scene.lostTransactions, 1);
        QVERIFY(!scene.run(readText));
        QVERIFY(scene.error.databaseText().contains(u"not executed"_s));
        QCOMPARE(scene.attempts.size(), 2);
        QVERIFY(scene.run({}, Kind::Rollback));
        QCOMPARE(scene.attempts.size(), 2); // nobody was asked
        QVERIFY(scene.run(readText));
        QCOMPARE(scene.attempts.size(), 3);
        QCOMPARE(scene.lostTransactions, 1);
    }

    void aCommitEndsALostTransaction()
    {
        Scene scene;
        QVERIFY(scene.run({}, Kind::Begin));
        scene.failOnce(sqlError(2013));
        QVERIFY(!scene.run(writeText));
        QVERIFY(!scene.run({}, Kind::Commit));
        QVERIFY(scene.error.databaseText().contains(u"COMMIT was not sent"_s));
        QVERIFY(scene.run(readText));
    }

    void whatARollbackWasLostWithIsToldLater()
    {
        Scene scene;
        QVERIFY(scene.run(u"SELECT @a := 1"_s));
        QVERIFY(scene.run({}, Kind::Begin));
        scene.failOnce(sqlError(2013));
        QVERIFY(scene.run({}, Kind::Rollback));
        QVERIFY(!scene.run(readText));
        QVERIFY(scene.error.databaseText().contains(u"user_variables"_s));
        QVERIFY(scene.run(readText));
    }

    void settingsComeAlong()
    {
        Scene scene;
        QVERIFY(scene.run(u"SET sql_mode = 'ANSI'"_s));
        servers().forgetRequests();
        scene.failOnce(sqlError(2013));
        QVERIFY(scene.run(readText));
        QVERIFY(servers().requests().contains(u"SET sql_mode='ANSI'"_s));
    }

    void handlersMayUseTheConnection()
    {
        Scene scene;
        bool wasUsed = false;
        scene.onMove = [&] {
            wasUsed = scene.run(readText);
            scene.connection().close();
        };
        scene.failOnce(sqlError(2013));
        QVERIFY(scene.run(readText));
        QVERIFY(wasUsed);
        QVERIFY(!scene.connection().isOpen());
    }

    void noCallFromWithinAnother()
    {
        Scene scene;
        QSqlError inner;
        const QString sql = readText;
        const auto within = [&](const std::shared_ptr<PeerSession> &, AttemptFailure *) {
            const bool isRefused = !scene.connection().run({Kind::Text, sql}, {}, &inner);
            scene.connection().close(); // when this is over
            return isRefused && scene.connection().isOpen();
        };
        QVERIFY(scene.connection().run({Kind::Text, sql}, within, &scene.error));
        QCOMPARE(inner.nativeErrorCode(), u"2014"_s);
        QVERIFY(!scene.connection().isOpen());
    }
};

QTEST_GUILESS_MAIN(tst_Connection)
#include "tst_connection.moc"
