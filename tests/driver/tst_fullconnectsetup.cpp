// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "fullconnectscene.h"

#include "connect/servervocabulary.h"
#include "sandbox/relay.h"

#include <QtTest/QTest>

using namespace qproxysql;
using namespace qproxysql::sandbox;

/// What a session is asked and told while it is opened: CHECK_SQL, INIT_SQL, facts, round trips.
class tst_FullConnectSetup : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void checkSql_data();
    void checkSql();
    void initSql_data();
    void initSql();
    void initSqlFails();
    void initSqlOutlivesItsError();
    void oneRoundTripMore_data();
    void oneRoundTripMore();
    void sameFactsWhenServerIsKnown();
    void vocabularyOfAnotherBuild();

private:
    FullConnectScene m_scene;
};

void tst_FullConnectSetup::initTestCase()
{
    QVERIFY2(m_scene.servers.start(), qPrintable(m_scene.servers.errorString()));
}

void tst_FullConnectSetup::checkSql_data()
{
    QTest::addColumn<QString>("sql");
    QTest::addColumn<bool>("isReady");
    QTest::addColumn<int>("code");
    QTest::newRow("one") << "SELECT 1" << true << 0;
    QTest::newRow("terminated") << "SELECT 'ON';\n" << true << 0;
    QTest::newRow("comment") << "SELECT 1 -- it is" << true << 0;
    QTest::newRow("zero") << "SELECT 0" << false << 0;
    QTest::newRow("null") << "SELECT NULL" << false << 0;
    QTest::newRow("no row") << "SELECT 1 FROM DUAL WHERE 0" << false << 0;
    QTest::newRow("no result set") << "DO 1" << false << 0;
    QTest::newRow("first row counts") << "SELECT 0 UNION ALL SELECT 1" << false << 0;
    QTest::newRow("error") << "SELECT nothing" << false << 1054;
    QTest::newRow("syntax error") << "SELEKT" << false << 1064;
}

void tst_FullConnectSetup::checkSql()
{
    QFETCH(QString, sql);
    QFETCH(bool, isReady);
    QFETCH(int, code);
    auto asked = m_scene.request();
    asked.checkSql = sql;
    asked.initSql = QStringLiteral("SET @set_up = 7");
    const auto result = fullConnect(asked);
    QCOMPARE(result.isOk(), isReady);
    if (isReady) {
        QCOMPARE(m_scene.ask(result, QStringLiteral("SELECT @set_up")).toInt(), 7);
        QVERIFY(!result.facts.version.isEmpty());
        return;
    }
    QCOMPARE(result.failure.errorClass, ErrorClass::NotReady);
    QCOMPARE(result.failure.code, code);
    QVERIFY(!result.failure.text.isEmpty());
    QVERIFY(result.failure.error.isValid());
}

void tst_FullConnectSetup::initSql_data()
{
    QTest::addColumn<QString>("sql");
    QTest::newRow("one") << "SET @a = 3";
    QTest::newRow("several") << "SET @a = 1; SET @a = 3;";
    QTest::newRow("with result sets") << "SELECT 1; SELECT 2 UNION SELECT 3; SET @a = 3; SELECT 4";
    QTest::newRow("comment at the end") << "SET @a = 3; -- done";
}

void tst_FullConnectSetup::initSql()
{
    QFETCH(QString, sql);
    auto asked = m_scene.request();
    asked.initSql = sql;
    const auto result = fullConnect(asked);
    QVERIFY2(result.isOk(), qPrintable(result.failure.text));
    QCOMPARE(m_scene.ask(result, QStringLiteral("SELECT @a")).toInt(), 3);
}

void tst_FullConnectSetup::initSqlFails()
{
    auto asked = m_scene.request();
    asked.initSql = QStringLiteral("SET @a = 1; SET @@no_such_variable = 1; SET @b = 1");
    const auto result = fullConnect(asked);
    QVERIFY(!result.isOk());
    QCOMPARE(result.failure.errorClass, ErrorClass::Configuration);
    QCOMPARE(result.failure.code, 1193);
    QVERIFY2(result.failure.text.contains(QStringLiteral("INIT_SQL"))
                     && result.failure.text.contains(QStringLiteral("no_such_variable")),
             qPrintable(result.failure.text));
    QVERIFY(result.facts.isReady());
}

// A session that ends itself during INIT_SQL is a lost connection, not a mistake in INIT_SQL.
void tst_FullConnectSetup::initSqlOutlivesItsError()
{
    auto asked = m_scene.request();
    asked.login.user = QStringLiteral("root");
    asked.login.password.clear();
    asked.initSql = QStringLiteral("KILL CONNECTION_ID()");
    const auto result = fullConnect(asked);
    QVERIFY(!result.isOk());
    QVERIFY(result.failure.errorClass != ErrorClass::Configuration);
}

void tst_FullConnectSetup::oneRoundTripMore_data()
{
    QTest::addColumn<bool>("isKnown");
    QTest::newRow("first session") << false;
    QTest::newRow("later session") << true;
}

void tst_FullConnectSetup::oneRoundTripMore()
{
    QFETCH(bool, isKnown);
    const auto version = fullConnect(m_scene.request()).facts.version;
    QVERIFY(ServerVocabulary::find(version));
    Relay relay(m_scene.server().port());
    auto asked = m_scene.request();
    asked.peer.port = relay.port();
    const auto plain = *InnerConnection::create(asked.driver);
    QVERIFY(plain->open(asked.peer, asked.login, 3));
    const auto ofQMysql = relay.counts();
    QVERIFY(ofQMysql.roundTrips > 0);

    asked.initSql = QStringLiteral("SET @a = 3; SELECT 1");
    asked.checkSql = QStringLiteral("SELECT 1");
    relay.resetCounts();
    QVERIFY(fullConnect(asked).isOk());
    // INIT_SQL waits until the peer has shown that it is no proxy.
    QCOMPARE(relay.counts().roundTrips, ofQMysql.roundTrips + 2);

    if (!isKnown)
        ServerVocabulary::forget(version);
    relay.resetCounts();
    const auto result = fullConnect(asked);
    QVERIFY2(result.isOk(), qPrintable(result.failure.text));
    const auto ours = relay.counts();
    QCOMPARE(ours.loginRoundTrips, ofQMysql.loginRoundTrips);
    QCOMPARE(ours.roundTrips, ofQMysql.roundTrips + 1);
    QCOMPARE(ours.of(Command::Query), ofQMysql.of(Command::Query) + 1);
}

void tst_FullConnectSetup::sameFactsWhenServerIsKnown()
{
    const auto version = fullConnect(m_scene.request()).facts.version;
    ServerVocabulary::forget(version);
    const auto first = fullConnect(m_scene.request());
    const auto later = fullConnect(m_scene.request());
    QVERIFY(first.isOk() && later.isOk());
    QCOMPARE(later.facts.version, first.facts.version);
    QCOMPARE(later.facts.flavour, first.facts.flavour);
    QCOMPARE(later.facts.identities, first.facts.identities);
    QCOMPARE(later.facts.clusterId, first.facts.clusterId);
    QCOMPARE(later.facts.isReady(), first.facts.isReady());
    QCOMPARE(later.facts.isReadOnly(), first.facts.isReadOnly());
    QCOMPARE(later.facts.isDesynced, first.facts.isDesynced);
    QCOMPARE(later.facts.waitTimeoutSeconds, first.facts.waitTimeoutSeconds);
}

// Two builds may greet with one version, and only one has the variable.
void tst_FullConnectSetup::vocabularyOfAnotherBuild()
{
    const auto version = fullConnect(m_scene.request()).facts.version;
    ServerVocabulary::learn(version, {{QStringLiteral("version"), version},
                                      {QStringLiteral("pxc_maint_mode"), QString()}});
    auto asked = m_scene.request();
    asked.initSql = QStringLiteral("SET @a = 3");
    const auto result = fullConnect(asked);
    QVERIFY2(result.isOk(), qPrintable(result.failure.text));
    QVERIFY(!result.facts.identities.isEmpty());
    QCOMPARE(m_scene.ask(result, QStringLiteral("SELECT @a")).toInt(), 3);
    QVERIFY(!ServerVocabulary::find(version)->variables.contains(QStringLiteral("pxc_maint_mode")));
}

QTEST_GUILESS_MAIN(tst_FullConnectSetup)
#include "tst_fullconnectsetup.moc"
