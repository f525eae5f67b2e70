// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "sandbox/relay.h"
#include "sandbox/servergroup.h"

#include <QtCore/QElapsedTimer>
#include <QtSql/QSqlDatabase>
#include <QtSql/QSqlError>
#include <QtSql/QSqlQuery>
#include <QtTest/QTest>

using namespace qproxysql::sandbox;
using namespace std::chrono_literals;

/// What the relay counts is what Qt's own MySQL driver is known to send, and its faults are felt.
class tst_Relay : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void countsAnOpen();
    void countsStatements();
    void countsBigPackets();
    void countsPerConnection();
    void delays();
    void delaysByLessThanAMillisecond();
    void freezes();
    void holdsAnswers();
    void cuts();
    void forgets();
    void loses();
    void cutsBeforeRequest();
    void cutsAfterAnswer();
    void hangsUpWhenServerIsAway();

private:
    /// A connection through the relay that is removed at the end of its block.
    class Connection
    {
    public:
        explicit Connection(const Relay &relay)
            : m_db(new QSqlDatabase(
                    QSqlDatabase::addDatabase(QStringLiteral("QMYSQL"),
                                              QStringLiteral("relayed%1").arg(++s_number))))
        {
            m_db->setHostName(QStringLiteral("127.0.0.1"));
            m_db->setPort(relay.port());
            m_db->setUserName(QStringLiteral("app"));
            m_db->setPassword(QStringLiteral("secret"));
            m_db->setDatabaseName(QStringLiteral("test"));
        }
        ~Connection()
        {
            const QString name = m_db->connectionName();
            m_db.reset();
            QSqlDatabase::removeDatabase(name);
        }
        QSqlDatabase *operator->() { return m_db.get(); }
        QSqlQuery query() { return QSqlQuery(*m_db); }

    private:
        static inline int s_number = 0;
        std::unique_ptr<QSqlDatabase> m_db;
    };

    Server &server() { return (*m_servers)[0]; }
    QString countInTable()
    {
        return server().executeAsRoot(QStringLiteral("SELECT COUNT(*) FROM test.t")).value();
    }

    std::unique_ptr<ServerGroup> m_servers;
};

void tst_Relay::initTestCase()
{
    m_servers = std::make_unique<ServerGroup>(1);
    QVERIFY2(m_servers->start(), qPrintable(m_servers->errorString()));
    QVERIFY(m_servers->executeEverywhere(QStringLiteral("CREATE TABLE test.t(a INT)")));
}

void tst_Relay::countsAnOpen()
{
    Relay relay(server().port());
    QVERIFY2(relay.isListening(), qPrintable(relay.errorString()));
    Connection db(relay);
    QVERIFY2(db->open(), qPrintable(db->lastError().text()));
    // Login, SET NAMES, select database, a trial prepare and its close.
    QTRY_COMPARE(relay.counts().of(Command::StmtClose), 1);
    const RequestCounts counts = relay.counts();
    QCOMPARE(counts.connections, 1);
    QCOMPARE(counts.logins, 1);
    QCOMPARE(counts.loginRoundTrips, counts.loginPackets);
    QVERIFY(counts.loginPackets >= 1);
    QCOMPARE(counts.of(Command::Query), 1);
    QCOMPARE(counts.of(Command::InitDb), 1);
    QCOMPARE(counts.of(Command::StmtPrepare), 1);
    QCOMPARE(counts.total(), 4);
    QCOMPARE(counts.roundTrips, 3);
    QVERIFY(relay.statements().constFirst().startsWith(QStringLiteral("SET NAMES")));
    db->close();
    QTRY_COMPARE(relay.counts().of(Command::Quit), 1);
    QTRY_COMPARE(relay.openConnections(), 0);
    QCOMPARE(relay.counts().roundTrips, 3);
}

void tst_Relay::countsStatements()
{
    Relay relay(server().port());
    Connection db(relay);
    QVERIFY(db->open());
    QTRY_COMPARE(relay.counts().of(Command::StmtClose), 1);
    relay.resetCounts();
    {
        QSqlQuery query = db.query();
        QVERIFY(query.exec(QStringLiteral("SELECT 1")));
        QCOMPARE(relay.counts().roundTrips, 1);
        QCOMPARE(relay.counts().of(Command::Query), 1);

        QVERIFY(query.prepare(QStringLiteral("SELECT ?")));
        QCOMPARE(relay.counts().roundTrips, 2);
        query.addBindValue(1);
        QVERIFY(query.exec());
        QCOMPARE(relay.counts().of(Command::StmtReset), 1);
        QCOMPARE(relay.counts().of(Command::StmtExecute), 1);
        QCOMPARE(relay.counts().roundTrips, 4);
        QCOMPARE(relay.statements(),
                 QStringList({QStringLiteral("SELECT 1"), QStringLiteral("SELECT ?")}));
    }
    QTRY_COMPARE(relay.counts().of(Command::StmtClose), 1);
    QCOMPARE(relay.counts().roundTrips, 4);
    QCOMPARE(relay.counts().connections, 0);
}

void tst_Relay::countsBigPackets()
{
    Relay relay(server().port());
    Connection db(relay);
    QVERIFY(db->open());
    QTRY_COMPARE(relay.counts().of(Command::StmtClose), 1);
    relay.resetCounts();
    QSqlQuery query = db.query();
    const QString big(3'000'000, QLatin1Char('x'));
    QVERIFY(query.exec(QStringLiteral("SELECT '%1'").arg(big)));
    QVERIFY(query.next());
    QCOMPARE(query.value(0).toString(), big);
    QVERIFY(query.exec(QStringLiteral("SELECT 2")));
    QCOMPARE(relay.counts().total(), 2);
    QCOMPARE(relay.counts().roundTrips, 2);
    QVERIFY(relay.counts().bytesToServer > 3'000'000);
    QVERIFY(relay.counts().bytesToClient > 3'000'000);
}

void tst_Relay::countsPerConnection()
{
    Relay relay(server().port());
    Connection first(relay);
    Connection second(relay);
    QVERIFY(first->open() && second->open());
    QTRY_COMPARE(relay.counts().of(Command::StmtClose), 2);
    relay.resetCounts();
    QVERIFY(second.query().exec(QStringLiteral("SELECT 1")));
    const QList<RequestCounts> counts = relay.countsPerConnection();
    QCOMPARE(counts.size(), 2);
    QCOMPARE(counts.at(0).total(), 0);
    QCOMPARE(counts.at(1).total(), 1);
}

void tst_Relay::delays()
{
    Relay relay(server().port());
    Connection db(relay);
    QVERIFY(db->open());
    relay.setDelay(30ms);
    QElapsedTimer timer;
    timer.start();
    QVERIFY(db.query().exec(QStringLiteral("SELECT 1")));
    QVERIFY(timer.elapsed() >= 60);
    relay.setDelay(0ms);
}

void tst_Relay::delaysByLessThanAMillisecond()
{
    Relay relay(server().port());
    Connection db(relay);
    QVERIFY(db->open());
    relay.setDelay(500us);
    qint64 fastest = std::numeric_limits<qint64>::max();
    for (int i = 0; i < 100; ++i) {
        QElapsedTimer timer;
        timer.start();
        QVERIFY(db.query().exec(QStringLiteral("SELECT 1")));
        fastest = std::min(fastest, timer.nsecsElapsed());
    }
    QVERIFY(fastest >= 1'000'000);
#ifdef Q_OS_LINUX
    QVERIFY2(fastest < 2'000'000, "the delay was rounded up");
#endif
    relay.setDelay(0ms);
}

void tst_Relay::freezes()
{
    Relay relay(server().port());
    RootClient client;
    QVERIFY(client.open(relay.port(), 200ms));
    relay.freeze();
    QCOMPARE(client.execute(QStringLiteral("INSERT INTO test.t VALUES (1)")).errorString,
             QStringLiteral("no answer within 0.2 s"));
    RootClient second;
    QVERIFY(!second.open(relay.port(), 200ms));
    QCOMPARE(countInTable(), QStringLiteral("0"));
    relay.thaw();
    QTRY_COMPARE(countInTable(), QStringLiteral("1"));
    QVERIFY(second.open(relay.port()));
}

void tst_Relay::holdsAnswers()
{
    Relay relay(server().port());
    RootClient client;
    QVERIFY(client.open(relay.port(), 200ms));
    relay.holdAnswers();
    QVERIFY(!client.execute(QStringLiteral("DELETE FROM test.t")));
    QCOMPARE(countInTable(), QStringLiteral("0"));
    relay.thaw();
}

void tst_Relay::cuts()
{
    Relay relay(server().port());
    for (const Relay::Cut cut : {Relay::Cut::Close, Relay::Cut::Reset}) {
        RootClient client;
        QVERIFY(client.open(relay.port()));
        QCOMPARE(relay.openConnections(), 1);
        relay.cutConnections(cut);
        QCOMPARE(relay.openConnections(), 0);
        QVERIFY(!client.execute(QStringLiteral("SELECT 1")));
        QTRY_COMPARE(server().connectionCount(QString()), 0);
    }
}

void tst_Relay::forgets()
{
    Relay relay(server().port());
    RootClient client;
    QVERIFY(client.open(relay.port(), 200ms));
    QVERIFY2(relay.forgetConnections(), "it is Linux's");
    QCOMPARE(client.execute(QStringLiteral("INSERT INTO test.t VALUES (1)")).errorString,
             QStringLiteral("no answer within 0.2 s"));
    RootClient second;
    QVERIFY2(second.open(relay.port()), "new connections work");
    QVERIFY(second.execute(QStringLiteral("SELECT 1")));
    relay.thaw();
    QVERIFY(second.execute(QStringLiteral("SELECT 1")));
    QCOMPARE(countInTable(), QStringLiteral("0"));
}

void tst_Relay::loses()
{
    Relay relay(server().port());
    Connection db(relay);
    QVERIFY(db->open());
    QVERIFY(db.query().exec(QStringLiteral("DO 1")));
    QVERIFY2(relay.loseConnections(), "it is Linux's");
    QCOMPARE(relay.openConnections(), 0);
    QTRY_COMPARE(server().connectionCount(), 0);
    QSqlQuery query = db.query();
    QVERIFY(!query.exec(QStringLiteral("DO 1")));
    // 2006 is said of a socket that is known to be closed: nothing was sent.
    QCOMPARE(query.lastError().nativeErrorCode(), QStringLiteral("2013"));
}

void tst_Relay::cutsBeforeRequest()
{
    Relay relay(server().port());
    RootClient client;
    QVERIFY(client.open(relay.port()));
    relay.cutOnce("INSERT", Relay::CutMoment::BeforeRequest);
    QVERIFY(client.execute(QStringLiteral("SELECT 1")));
    QVERIFY(!client.execute(QStringLiteral("INSERT INTO test.t VALUES (1)")));
    QCOMPARE(countInTable(), QStringLiteral("0"));
    QVERIFY(client.open(relay.port()));
    QVERIFY(client.execute(QStringLiteral("INSERT INTO test.t VALUES (1)")));
    QVERIFY(client.execute(QStringLiteral("DELETE FROM test.t")));
}

void tst_Relay::cutsAfterAnswer()
{
    Relay relay(server().port());
    RootClient client;
    QVERIFY(client.open(relay.port()));
    relay.cutOnce("INSERT", Relay::CutMoment::AfterAnswer, Relay::Cut::Reset);
    QVERIFY(!client.execute(QStringLiteral("INSERT INTO test.t VALUES (1)")));
    QCOMPARE(countInTable(), QStringLiteral("1"));
    QVERIFY(client.open(relay.port()));
    QVERIFY(client.execute(QStringLiteral("DELETE FROM test.t")));
}

void tst_Relay::hangsUpWhenServerIsAway()
{
    Relay relay(server().port());
    server().kill();
    RootClient client;
    QVERIFY(!client.open(relay.port(), 2s));
    QVERIFY2(!client.hasTimedOut(), qPrintable(client.errorString()));
    QVERIFY2(server().start(), qPrintable(server().errorString()));
    QVERIFY(client.open(relay.port()));
}

QTEST_GUILESS_MAIN(tst_Relay)
#include "tst_relay.moc"
