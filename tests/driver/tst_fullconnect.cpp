// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "health/fullconnect.h"
#include "health/servervocabulary.h"
#include "inner/workers.h"
#include "sandbox/blackhole.h"
#include "sandbox/listeners.h"
#include "sandbox/proxystandin.h"
#include "sandbox/relay.h"
#include "sandbox/servergroup.h"

#include <QtCore/QProcess>
#include <QtSql/QSqlDatabase>
#include <QtSql/QSqlDriver>
#include <QtSql/QSqlQuery>
#include <QtSql/QSqlResult>
#include <QtTest/QTest>

#include <cstdio>

using namespace qproxysql;
using namespace qproxysql::sandbox;
using namespace std::chrono_literals;

/// One peer opened for real, or the reason why not.
class tst_FullConnect : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();

    void opens();
    void readOnly();
    void loginErrors_data();
    void loginErrors();
    void missingDriver();
    void refused();
    void hangsUp();
    void neverGreets();
    void swallowed();
    void rejects();
    void lostAfterLogin();
    void endsAfterLogin();
    void frozen();
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
    void exitDuringConnect();
    void noConnectionNames();

private:
    FullConnectRequest request() const;
    static QVariant ask(const FullConnectResult &result, const QString &sql);
    qint64 value(const char *name) { return (*m_servers)[0].statusValue(QLatin1String(name)); }

    std::unique_ptr<ServerGroup> m_servers;
};

FullConnectRequest tst_FullConnect::request() const
{
    FullConnectRequest request;
    request.peer = {QStringLiteral("127.0.0.1"), (*m_servers)[0].port()};
    request.login = {QStringLiteral("app"), QStringLiteral("secret"), QStringLiteral("test"), {}};
    request.driver = QStringLiteral("QMYSQL");
    return request;
}

QVariant tst_FullConnect::ask(const FullConnectResult &result, const QString &sql)
{
    QSqlQuery query(result.connection->driver()->createResult());
    return query.exec(sql) && query.next() ? query.value(0) : QVariant();
}

void tst_FullConnect::initTestCase()
{
    m_servers = std::make_unique<ServerGroup>(1);
    QVERIFY2(m_servers->start(), qPrintable(m_servers->errorString()));
}

void tst_FullConnect::cleanupTestCase()
{
    m_servers.reset();
}

void tst_FullConnect::opens()
{
    auto result = fullConnect(request());
    QVERIFY2(result.isOk(), qPrintable(result.failure.text));
    QVERIFY(!result.connection->driver()->thread()); // given away
    result.connection->adopt(this);

    const auto &facts = result.facts;
    QCOMPARE(facts.version, ask(result, QStringLiteral("SELECT VERSION()")).toString());
    QCOMPARE(facts.flavour, ServerFlavour::MariaDb);
    QVERIFY(facts.isReady());
    QVERIFY(!facts.isReadOnly());
    QVERIFY(!facts.isDesynced);
    QVERIFY(facts.clusterId.isEmpty());
    QCOMPARE(facts.waitTimeoutSeconds,
             ask(result, QStringLiteral("SELECT @@GLOBAL.wait_timeout")).toInt());
    const auto name = ask(result, QStringLiteral("SELECT CONCAT(@@hostname, ':', @@port)"))
                              .toString();
    QVERIFY2(facts.identities.contains(name), qPrintable(facts.identities.join(u' ')));
    QCOMPARE(result.failure.errorClass, ErrorClass::None);
}

void tst_FullConnect::readOnly()
{
    QVERIFY((*m_servers)[0].executeAsRoot(QStringLiteral("SET GLOBAL read_only=1")));
    const auto result = fullConnect(request());
    QVERIFY((*m_servers)[0].executeAsRoot(QStringLiteral("SET GLOBAL read_only=0")));
    QVERIFY(result.isOk());
    QVERIFY(result.facts.isReadOnly());
}

void tst_FullConnect::loginErrors_data()
{
    QTest::addColumn<QString>("password");
    QTest::addColumn<QString>("database");
    QTest::addColumn<int>("code");
    QTest::addColumn<ErrorClass>("errorClass");
    QTest::newRow("wrong password") << "wrong"
                                    << "test" << 1045 << ErrorClass::Login;
    QTest::newRow("unknown database") << "secret"
                                      << "nowhere" << 1049 << ErrorClass::Configuration;
}

void tst_FullConnect::loginErrors()
{
    QFETCH(QString, password);
    QFETCH(QString, database);
    QFETCH(int, code);
    QFETCH(ErrorClass, errorClass);
    if (code == 1049)
        QVERIFY((*m_servers)[0].executeAsRoot(QStringLiteral("GRANT ALL ON *.* TO app@'%'")));
    auto asked = request();
    asked.login.password = password;
    asked.login.database = database;
    const auto result = fullConnect(asked);
    QVERIFY(!result.isOk());
    QCOMPARE(result.failure.code, code);
    QCOMPARE(result.failure.errorClass, errorClass);
    QCOMPARE(result.failure.error.nativeErrorCode(), QString::number(code));
    QVERIFY(!result.failure.timedOut);
}

void tst_FullConnect::missingDriver()
{
    auto asked = request();
    asked.driver = QStringLiteral("QNONE");
    const auto result = fullConnect(asked);
    QVERIFY(!result.isOk());
    QCOMPARE(result.failure.errorClass, ErrorClass::Local);
    QVERIFY(result.failure.text.contains(QStringLiteral("QNONE")));
}

void tst_FullConnect::refused()
{
    auto asked = request();
    asked.peer.port = 1;
    const auto result = fullConnect(asked);
    QVERIFY(!result.isOk());
    QVERIFY(result.failure.code == 2002 || result.failure.code == 2003);
    QCOMPARE(result.failure.errorClass, ErrorClass::Down);
    QVERIFY(!result.failure.timedOut);
}

void tst_FullConnect::hangsUp()
{
    const HangUpListener listener;
    auto asked = request();
    asked.peer.port = listener.port();
    const auto result = fullConnect(asked);
    QVERIFY(!result.isOk());
    QCOMPARE(result.failure.errorClass, ErrorClass::Down);
    QVERIFY(!result.failure.timedOut);
}

void tst_FullConnect::neverGreets()
{
    const SilentListener listener;
    auto asked = request();
    asked.peer.port = listener.port();
    asked.connectTimeout = 700ms; // whole seconds to the client library
    QElapsedTimer timer;
    timer.start();
    const auto result = fullConnect(asked);
    QVERIFY(!result.isOk());
    QVERIFY2(result.failure.timedOut, qPrintable(result.failure.text));
    QCOMPARE(result.failure.errorClass, ErrorClass::Down);
    QVERIFY2(timer.elapsed() < 1900, qPrintable(QString::number(timer.elapsed())));
}

void tst_FullConnect::swallowed()
{
    const BlackHole hole;
    QVERIFY2(hole.isSwallowing(), qPrintable(hole.errorString()));
    auto asked = request();
    asked.peer.port = hole.port();
    asked.connectTimeout = 1s;
    const auto result = fullConnect(asked);
    QVERIFY(!result.isOk());
    QVERIFY2(result.failure.timedOut, qPrintable(result.failure.text));
    QCOMPARE(result.failure.errorClass, ErrorClass::Down);
}

void tst_FullConnect::rejects()
{
    const RejectingListener listener(1040, QStringLiteral("Too many connections"));
    auto asked = request();
    asked.peer.port = listener.port();
    const auto result = fullConnect(asked);
    QVERIFY(!result.isOk());
    QCOMPARE(result.failure.code, 1040);
    QCOMPARE(result.failure.errorClass, ErrorClass::Overload);
}

void tst_FullConnect::lostAfterLogin()
{
    Relay relay((*m_servers)[0].port());
    relay.cutOnce("wsrep_reject_queries", Relay::CutMoment::BeforeRequest);
    auto asked = request();
    asked.peer.port = relay.port();
    // Some proxies hang up over several statements in one text: once more, one by one.
    const auto result = fullConnect(asked);
    QVERIFY2(result.isOk(), qPrintable(result.failure.text));
    QVERIFY(!result.facts.identities.isEmpty());
    QVERIFY(!result.facts.trackingSql.isEmpty());
    QCOMPARE(relay.counts().connections, 2);

    // Once says nothing of the peer.
    relay.resetCounts();
    QVERIFY(fullConnect(asked).isOk());
    QCOMPARE(relay.counts().connections, 1);
    QVERIFY2(!relay.statements().filter(QStringLiteral("\n;")).isEmpty(),
             qPrintable(relay.statements().join(u'\n')));
}

void tst_FullConnect::endsAfterLogin()
{
    ProxyStandIn proxy((*m_servers)[0].port(), ProxyStandIn::Kind::MaxScale);
    auto asked = request();
    asked.peer.port = proxy.port();
    asked.checkSql = QStringLiteral("DO 1"); // which no replica takes
    proxy.setServers(ProxyStandIn::Servers::NoMaster);
    const auto result = fullConnect(asked);
    QVERIFY(!result.isOk());
    QCOMPARE(result.failure.errorClass, ErrorClass::NotReady);
    QCOMPARE(proxy.relay().counts().connections, 2);
}

void tst_FullConnect::frozen()
{
    QVERIFY((*m_servers)[0].freeze());
    auto asked = request();
    asked.connectTimeout = 1s;
    const auto result = fullConnect(asked);
    QVERIFY((*m_servers)[0].thaw());
    QVERIFY(!result.isOk());
    QVERIFY(result.failure.timedOut);
}

void tst_FullConnect::checkSql_data()
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

void tst_FullConnect::checkSql()
{
    QFETCH(QString, sql);
    QFETCH(bool, isReady);
    QFETCH(int, code);
    auto asked = request();
    asked.checkSql = sql;
    asked.initSql = QStringLiteral("SET @set_up = 7");
    const auto result = fullConnect(asked);
    QCOMPARE(result.isOk(), isReady);
    if (isReady) {
        QCOMPARE(ask(result, QStringLiteral("SELECT @set_up")).toInt(), 7);
        QVERIFY(!result.facts.version.isEmpty());
        return;
    }
    QCOMPARE(result.failure.errorClass, ErrorClass::NotReady);
    QCOMPARE(result.failure.code, code);
    QVERIFY(!result.failure.text.isEmpty());
    QVERIFY(result.failure.error.isValid());
}

void tst_FullConnect::initSql_data()
{
    QTest::addColumn<QString>("sql");
    QTest::newRow("one") << "SET @a = 3";
    QTest::newRow("several") << "SET @a = 1; SET @a = 3;";
    QTest::newRow("with result sets") << "SELECT 1; SELECT 2 UNION SELECT 3; SET @a = 3; SELECT 4";
    QTest::newRow("comment at the end") << "SET @a = 3; -- done";
}

void tst_FullConnect::initSql()
{
    QFETCH(QString, sql);
    auto asked = request();
    asked.initSql = sql;
    const auto result = fullConnect(asked);
    QVERIFY2(result.isOk(), qPrintable(result.failure.text));
    QCOMPARE(ask(result, QStringLiteral("SELECT @a")).toInt(), 3);
}

void tst_FullConnect::initSqlFails()
{
    auto asked = request();
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
void tst_FullConnect::initSqlOutlivesItsError()
{
    auto asked = request();
    asked.login.user = QStringLiteral("root");
    asked.login.password.clear();
    asked.initSql = QStringLiteral("KILL CONNECTION_ID()");
    const auto result = fullConnect(asked);
    QVERIFY(!result.isOk());
    QVERIFY(result.failure.errorClass != ErrorClass::Configuration);
}

void tst_FullConnect::oneRoundTripMore_data()
{
    QTest::addColumn<bool>("isKnown");
    QTest::newRow("first session") << false;
    QTest::newRow("later session") << true;
}

void tst_FullConnect::oneRoundTripMore()
{
    QFETCH(bool, isKnown);
    const auto version = fullConnect(request()).facts.version;
    QVERIFY(ServerVocabulary::find(version));
    Relay relay((*m_servers)[0].port());
    auto asked = request();
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

void tst_FullConnect::sameFactsWhenServerIsKnown()
{
    const auto version = fullConnect(request()).facts.version;
    ServerVocabulary::forget(version);
    const auto first = fullConnect(request());
    const auto later = fullConnect(request());
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
void tst_FullConnect::vocabularyOfAnotherBuild()
{
    const auto version = fullConnect(request()).facts.version;
    ServerVocabulary::learn(version, {{QStringLiteral("version"), version},
                                      {QStringLiteral("pxc_maint_mode"), QString()}});
    auto asked = request();
    asked.initSql = QStringLiteral("SET @a = 3");
    const auto result = fullConnect(asked);
    QVERIFY2(result.isOk(), qPrintable(result.failure.text));
    QVERIFY(!result.facts.identities.isEmpty());
    QCOMPARE(ask(result, QStringLiteral("SELECT @a")).toInt(), 3);
    QVERIFY(!ServerVocabulary::find(version)->variables.contains(QStringLiteral("pxc_maint_mode")));
}

void tst_FullConnect::exitDuringConnect()
{
    const BlackHole hole;
    const SilentListener silent;
    QProcess child;
    child.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    child.start(QCoreApplication::applicationFilePath(),
                {QStringLiteral("--child"), QString::number(hole.port()),
                 QString::number(silent.port())});
    QTRY_VERIFY_WITH_TIMEOUT(silent.contacts() == 2, 20'000);
    QElapsedTimer timer;
    timer.start();
    child.closeWriteChannel(); // lets it go
    QVERIFY(child.waitForFinished(20'000));
    QCOMPARE(child.exitStatus(), QProcess::NormalExit);
    QCOMPARE(child.exitCode(), 3);
    QVERIFY2(timer.elapsed() < 2500, qPrintable(QString::number(timer.elapsed())));
}

void tst_FullConnect::noConnectionNames()
{
    const auto result = fullConnect(request());
    QVERIFY(result.isOk());
    QVERIFY(QSqlDatabase::connectionNames().isEmpty());
}

namespace {

// A process that ends while connects with a time-out of a minute are on their way.
int child(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    for (int i = 0; i < 4; ++i) {
        FullConnectRequest request;
        request.peer = {QStringLiteral("127.0.0.1"), QByteArray(argv[2 + i / 2]).toUShort()};
        request.driver = QStringLiteral("QMYSQL");
        request.connectTimeout = 60s;
        Workers::instance().start([request] { fullConnect(request); });
    }
    while (std::getchar() != EOF) {
    }
    return 3;
}

} // namespace

int main(int argc, char **argv)
{
    if (argc == 4 && qstrcmp(argv[1], "--child") == 0)
        return child(argc, argv);
    QCoreApplication application(argc, argv);
    tst_FullConnect test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_fullconnect.moc"
