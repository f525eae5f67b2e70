// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "configscene.h"

using namespace qproxysql;
using namespace qproxysql::test;

class tst_ConfigResolver : public QObject, private ConfigScene
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { registerDrivers(); }
    void init() { begin(); }
    void cleanup() { end(); }
    void hostList_data();
    void hostList();
    void login();
    void causalReads();
    void poolFile();
    void defaultPoolFile_data();
    void defaultPoolFile();
    void namedConnections();
    void namedConnectionsOptions();
    void connectTimeoutOfNamedConnections_data();
    void connectTimeoutOfNamedConnections();
    void precedence_data();
    void precedence();
    void overridesOfFile();
    void poolName();
    void editedFileIsReadAgain();
};

void tst_ConfigResolver::hostList_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<int>("port");
    QTest::addColumn<QStringList>("peers");
    QTest::addColumn<QString>("pool");
    const auto row = [](const char *host, int port, const QStringList &peers, const char *pool) {
        QTest::addRow("%s %d", host, port) << s(host) << port << peers << s(pool);
    };
    row("", -1, {s("localhost:3306")}, "localhost:3306");
    row("", 3307, {s("localhost:3307")}, "localhost:3307");
    row("db1", -1, {s("db1:3306")}, "db1:3306");
    row("db1", 0, {s("db1:3306")}, "db1:3306");
    row("::1", 3307, {s("[::1]:3307")}, "[::1]:3307");
    row("db2,DB1:3307", 3310, {s("db2:3310"), s("db1:3307")}, "db1:3307,db2:3310");
    row("orders,db1", -1, {s("orders:3306"), s("db1:3306")}, "db1:3306,orders:3306");
    row("orders:3306", -1, {s("orders:3306")}, "orders:3306");
}

void tst_ConfigResolver::hostList()
{
    QFETCH(QString, host);
    QFETCH(int, port);
    QFETCH(QStringList, peers);
    QFETCH(QString, pool);
    const auto config = resolve({{}, {}, {}, host, port, {}});
    QVERIFY2(config, qPrintable(m_error));
    QCOMPARE(peerNames(*config), peers);
    QCOMPARE(config->pool.name, pool);
    QVERIFY(config->pool.policy == PoolPolicy());
    QVERIFY(!config->pool.fromFile);
    QCOMPARE(config->openDeadline.count(), 10000);
    QCOMPARE(config->retryReads, 1);
    QCOMPARE(config->causalReads, CausalReads::Moves);
    QVERIFY(config->initSql.isEmpty());
    QVERIFY(config->logins.own.isEmpty());
}

void tst_ConfigResolver::login()
{
    const auto config = resolve(request("db1,db2",
                                        "CLIENT_SSL=1;POOL=x;SSL_CA=/a b;OPEN_DEADLINE=2.5;"
                                        "INIT_SQL=\"SET a=1; SET b=2\";RETRY_READS=0"));
    QVERIFY2(config, qPrintable(m_error));
    const InnerLogin expected{s("user"), s("secret"), s("schema"), s("CLIENT_SSL=1;SSL_CA=/a b")};
    QCOMPARE(config->logins.common, expected);
    QCOMPARE(config->logins.of({s("db1"), 3306}), expected);
    QCOMPARE(config->openDeadline.count(), 2500);
    QCOMPARE(config->initSql, s("SET a=1; SET b=2"));
    QCOMPARE(config->retryReads, 0);
}

void tst_ConfigResolver::causalReads()
{
    const auto read = [this](const char *options) {
        const auto config = resolve(request("db1,db2", options));
        return config ? std::optional(config->causalReads) : std::nullopt;
    };
    QCOMPARE(read("CAUSAL_READS=Moves"), CausalReads::Moves);
    QCOMPARE(read("CAUSAL_READS=Always"), CausalReads::Always);
    QCOMPARE(read("CAUSAL_READS=OFF"), CausalReads::Off);
}

void tst_ConfigResolver::poolFile()
{
    const QString file = writeFile("other.ini", "[Orders]\npeers=db1*5\nconnect_timeout=1\n");
    const auto config = resolve(
            request("", qPrintable(QStringLiteral("POOL_FILE=%1;POOL=orders").arg(file)), 3309));
    QVERIFY2(config, qPrintable(m_error));
    QCOMPARE(peerNames(*config), QStringList{s("db1:3306")});
    QCOMPARE(config->pool.peers.at(0).weight, 5);
    QCOMPARE(config->pool.name, s("Orders"));
    QCOMPARE(config->pool.filePath, file);
    QVERIFY(config->pool.fromFile);
    QVERIFY(config->pool.overrides.isEmpty());
    QCOMPARE(config->pool.policy.connectTimeout.count(), 1000);
    QCOMPARE(config->logins.common.user, s("user"));
}

void tst_ConfigResolver::defaultPoolFile_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<QString>("options");
    QTest::addColumn<QString>("pool");
    QTest::addColumn<bool>("fromFile");
    QTest::newRow("host") << s("orders") << QString() << s("orders") << true;
    QTest::newRow("host in capitals") << s("ORDERS") << QString() << s("orders") << true;
    QTest::newRow("host and same pool") << s("orders") << s("POOL=Orders") << s("orders") << true;
    QTest::newRow("pool alone") << QString() << s("POOL=stock") << s("stock") << true;
    QTest::newRow("other host") << s("db1") << QString() << s("db1:3306") << false;
    QTest::newRow("host list named as a pool")
            << s("db1,db2") << s("POOL=orders") << s("orders") << false;
}

void tst_ConfigResolver::defaultPoolFile()
{
    QFETCH(QString, host);
    QFETCH(QString, options);
    QFETCH(QString, pool);
    QFETCH(bool, fromFile);
    const auto config = resolve({{}, {}, {}, host, -1, options});
    QVERIFY2(config, qPrintable(m_error));
    QCOMPARE(config->pool.name, pool);
    QCOMPARE(config->pool.fromFile, fromFile);
    if (host == QLatin1String("orders")) {
        QCOMPARE(peerNames(*config), (QStringList{s("db7:3306"), s("db8:3307")}));
        QCOMPARE(config->pool.policy.checkInterval.count(), 5000);
        QCOMPARE(config->pool.policy.balance, Balance::First);
        QCOMPARE(config->pool.filePath, m_defaultFile);
    }
}

void tst_ConfigResolver::namedConnections()
{
    addConnection("peer0", "db1", 3307);
    addConnection("peer1", "DB2");
    {
        QSqlDatabase db = QSqlDatabase::addDatabase(s("QMYSQL"), s("peer2"));
        db.setHostName(s("::1"));
        db.setUserName(s("own user"));
        db.setPassword(s("own password"));
        db.setDatabaseName(s("own schema"));
    }
    const QStringList before = QSqlDatabase::connectionNames();
    const auto config = resolve(request("", "PEERS=peer0, peer1,peer2;POOL=mine", 3310));
    QVERIFY2(config, qPrintable(m_error));
    QCOMPARE(peerNames(*config), (QStringList{s("db1:3307"), s("db2:3310"), s("[::1]:3310")}));
    QCOMPARE(config->pool.name, s("mine"));
    const InnerLogin outer{s("user"), s("secret"), s("schema"), {}};
    QCOMPARE(config->logins.of({s("db1"), 3307}), outer);
    QCOMPARE(config->logins.of({s("db2"), 3310}), outer);
    const InnerLogin own{s("own user"), s("own password"), s("own schema"), {}};
    QCOMPARE(config->logins.of({s("::1"), 3310}), own);
    QCOMPARE(QSqlDatabase::connectionNames(), before);
}

void tst_ConfigResolver::namedConnectionsOptions()
{
    addConnection("peer0", "db1", -1, "SSL_CA=/own;CLIENT_ODBC");
    addConnection("peer1", "db2");
    const auto config = resolve(request("", "SSL_CA=/outer;PEERS=peer0,peer1;CLIENT_SSL"));
    QVERIFY2(config, qPrintable(m_error));
    QCOMPARE(config->logins.of({s("db1"), 3306}).options, s("SSL_CA=/own;CLIENT_ODBC;CLIENT_SSL"));
    QCOMPARE(config->logins.of({s("db2"), 3306}).options, s("SSL_CA=/outer;CLIENT_SSL"));
}

void tst_ConfigResolver::connectTimeoutOfNamedConnections_data()
{
    QTest::addColumn<QString>("outer");
    QTest::addColumn<QString>("first");
    QTest::addColumn<QString>("second");
    QTest::addColumn<int>("milliseconds"); // 0: refused
    QTest::newRow("none") << ""
                          << ""
                          << "" << 3000;
    QTest::newRow("one") << ""
                         << "MYSQL_OPT_CONNECT_TIMEOUT=7"
                         << "" << 7000;
    QTest::newRow("agreeing") << "CONNECT_TIMEOUT=7"
                              << "MYSQL_OPT_CONNECT_TIMEOUT=7"
                              << "MYSQL_OPT_CONNECT_TIMEOUT=7" << 7000;
    QTest::newRow("differing") << ""
                               << "MYSQL_OPT_CONNECT_TIMEOUT=7"
                               << "MYSQL_OPT_CONNECT_TIMEOUT=8" << 0;
    QTest::newRow("outer differs") << "CONNECT_TIMEOUT=6"
                                   << ""
                                   << "MYSQL_OPT_CONNECT_TIMEOUT=7" << 0;
}

void tst_ConfigResolver::connectTimeoutOfNamedConnections()
{
    QFETCH(QString, outer);
    QFETCH(QString, first);
    QFETCH(QString, second);
    QFETCH(int, milliseconds);
    addConnection("peer0", "db1", -1, qPrintable(first));
    addConnection("peer1", "db2", -1, qPrintable(second));
    const auto config = resolve(request("", qPrintable(s("PEERS=peer0,peer1;") + outer)));
    QCOMPARE(bool(config), milliseconds > 0);
    if (config) {
        QCOMPARE(config->pool.policy.connectTimeout.count(), milliseconds);
        QVERIFY(config->logins.of({s("db1"), 3306}).options.isEmpty());
    } else {
        QVERIFY2(m_error.contains(s("CONNECT_TIMEOUT=")) && m_error.contains(s("\"peer1\""))
                         && m_error.contains(s("contradict")),
                 qPrintable(m_error));
    }
}

void tst_ConfigResolver::precedence_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<QString>("options");
    QTest::addColumn<QString>("environment");
    QTest::addColumn<int>("interval");
    const auto row = [](const char *tag, const char *host, const char *options,
                        const char *environment, int interval) {
        QTest::newRow(tag) << s(host) << s(options) << s(environment) << interval;
    };
    row("default", "db1", "", "", 30);
    row("file", "orders", "", "", 5);
    row("environment over default", "db1", "", "CHECK_INTERVAL=4", 4);
    row("environment over file", "orders", "", "CHECK_INTERVAL=4", 4);
    row("options over environment", "db1", "CHECK_INTERVAL=3", "CHECK_INTERVAL=4", 3);
    row("options over all", "orders", "CHECK_INTERVAL=3", "CHECK_INTERVAL=4", 3);
    row("options over file", "orders", "CHECK_INTERVAL=3", "", 3);
}

void tst_ConfigResolver::precedence()
{
    QFETCH(QString, host);
    QFETCH(QString, options);
    QFETCH(QString, environment);
    QFETCH(int, interval);
    qputenv("QPROXYSQL_OPTIONS", environment.toUtf8());
    const auto config = resolve({{}, {}, {}, host, -1, options});
    QVERIFY2(config, qPrintable(m_error));
    QCOMPARE(config->pool.policy.checkInterval.count(), interval * 1000);
}

void tst_ConfigResolver::overridesOfFile()
{
    qputenv("QPROXYSQL_OPTIONS", "BALANCE=random;CLIENT_SSL;SSL_CA=/env;CONNECT_TIMEOUT=9");
    const auto config = resolve(
            request("orders", "CHECK_INTERVAL=3;SSL_CA=/own;CONNECT_TIMEOUT=2"));
    QVERIFY2(config, qPrintable(m_error));
    QStringList overrides = config->pool.overrides;
    overrides.sort();
    QCOMPARE(overrides, (QStringList{s("BALANCE"), s("CHECK_INTERVAL"), s("CONNECT_TIMEOUT")}));
    QCOMPARE(config->pool.policy.balance, Balance::Random);
    QCOMPARE(config->pool.policy.connectTimeout.count(), 2000);
    QCOMPARE(config->logins.common.options, s("SSL_CA=/own;CLIENT_SSL"));
}

void tst_ConfigResolver::poolName()
{
    const auto a = resolve(request("db1,db2"));
    const auto b = resolve(request("db2,db1"));
    const auto c = resolve(request("db1,db2", "POOL=c"));
    QVERIFY(a && b && c);
    QVERIFY(a->pool.isSamePool(b->pool));
    QVERIFY(!a->pool.isSamePool(c->pool));
    QCOMPARE(c->pool.name, s("c"));
}

void tst_ConfigResolver::editedFileIsReadAgain()
{
    const auto before = resolve(request("orders"));
    writeFile("qproxysql.ini", "[orders]\npeers=db5\nbalance=first\n");
    const auto after = resolve(request("orders"));
    QVERIFY(before && after);
    QCOMPARE(peerNames(*after), QStringList{s("db5:3306")});
    QVERIFY(!after->pool.isSamePool(before->pool));
    QVERIFY(after->pool.isEditOf(before->pool));

    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(s("last good version")));
    writeFile("qproxysql.ini", "[orders]\npeers=\n");
    const auto broken = resolve(request("orders"));
    QVERIFY2(broken, qPrintable(m_error));
    QVERIFY(broken->pool.isSamePool(after->pool));
}

QTEST_GUILESS_MAIN(tst_ConfigResolver)
#include "tst_configresolver.moc"
