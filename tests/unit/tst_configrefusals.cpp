// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "configscene.h"

using namespace qproxysql;
using namespace qproxysql::test;

class tst_ConfigRefusals : public QObject, private ConfigScene
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { registerDrivers(); }
    void init() { begin(); }
    void cleanup() { end(); }
    void refuse_data();
    void refuse();
    void brokenDefaultFile();
};

void tst_ConfigRefusals::refuse_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<int>("port");
    QTest::addColumn<QString>("options");
    QTest::addColumn<QString>("environment");
    QTest::addColumn<QStringList>("says");
    const auto row = [](const char *tag, const char *host, int port, const char *options,
                        const char *environment, const QStringList &says) {
        QTest::newRow(tag) << s(host) << port << s(options) << s(environment) << says;
    };
    row("host and PEERS", "db1,db2", -1, "PEERS=peer0", "",
        {s("host name \"db1,db2\""), s("PEERS=peer0 (connect options)"), s("contradict")});
    row("host and PEERS of the environment", "db1", -1, "", "PEERS=peer0",
        {s("host name \"db1\""), s("PEERS=peer0 (environment QPROXYSQL_OPTIONS)")});
    row("PEERS and file", "", -1, "PEERS=peer0;POOL_FILE=/x", "POOL=a",
        {s("PEERS=peer0"), s("POOL_FILE=/x"), s("contradict")});
    row("host and file", "db1", -1, "POOL_FILE=/x;POOL=a", "",
        {s("host name \"db1\""), s("POOL_FILE=/x"), s("contradict")});
    row("pool as host, other POOL", "orders", -1, "POOL=stock", "",
        {s("host name \"orders\""), s("qproxysql.ini"), s("POOL=stock"), s("contradict")});
    row("file without POOL", "", -1, "POOL_FILE=%1", "",
        {s("POOL_FILE="), s("needs POOL=NAME"), s("orders, stock")});
    row("unknown pool", "", -1, "POOL_FILE=%1;POOL=none", "",
        {s("POOL=none"), s("is no pool of pool file"), s("orders, stock")});
    row("unknown pool of default file", "", -1, "POOL=none", "",
        {s("POOL=none"), s("qproxysql.ini"), s("orders, stock")});
    row("missing file", "", -1, "POOL_FILE=/nowhere/x.ini;POOL=a", "",
        {s("/nowhere/x.ini"), s("no such file")});
    row("port", "db1", 65536, "", "", {s("port 65536"), s("1 to 65535")});
    row("bad host", "db1,db 2", -1, "", "", {s("host name"), s("\"db 2\""), s("allowed is host")});
    row("password in the host", "app:hunter2@db1", -1, "", "", {s("host name"), s("password")});
    row("password with a comma", "app:hunter2,x@db1", -1, "", "", {s("host name"), s("password")});
    row("URL and PEERS", "mysql://app:hunter2@db1/x", -1, "PEERS=peer0", "", {s("password")});
    row("password in a connection's host", "", -1, "PEERS=url", "",
        {s("host of connection \"url\""), s("password")});
    row("peer twice", "db1,db1:3306", -1, "", "", {s("db1:3306 twice")});
    row("unknown connection", "", -1, "PEERS=peer0,peer9", "",
        {s("PEERS=peer0,peer9 (connect options)"), s("no QSqlDatabase connection \"peer9\"")});
    row("connection twice", "", -1, "PEERS=peer0,peer0", "", {s("PEERS="), s("\"peer0\" twice")});
    row("empty connection", "", -1, "PEERS=peer0,,peer1", "", {s("PEERS="), s("empty entry")});
    row("same peer", "", -1, "PEERS=peer0,again", "",
        {s("\"peer0\""), s("\"again\""), s("same peer db1:3306")});
    row("other driver", "", -1, "PEERS=peer0,mariadb", "",
        {s("\"mariadb\" is of type QMARIADB"), s("allowed is QMYSQL"), s("PEER_DRIVER")});
    row("other driver wanted", "", -1, "PEERS=peer0;PEER_DRIVER=qmariadb", "",
        {s("\"peer0\" is of type QMYSQL"), s("allowed is QMARIADB")});
    row("foreign driver", "", -1, "PEERS=other", "", {s("\"other\" is of type QOTHER")});
    row("host list in a connection", "", -1, "PEERS=list", "",
        {s("host of connection \"list\""), s("\"a,b\" cannot be a peer")});
    row("ours in a connection", "", -1, "PEERS=ours", "",
        {s("options of connection \"ours\""), s("CHECK_INTERVAL is an option of the QPROXYSQL")});
    row("bad option", "db1", -1, "BALANCE=x", "",
        {s("connect options: BALANCE=x is not allowed"), s("random, leastconn or first")});
    row("bad environment", "db1", -1, "", "BALANCE=x",
        {s("environment QPROXYSQL_OPTIONS: BALANCE=x is not allowed")});
}

void tst_ConfigRefusals::refuse()
{
    QFETCH(QString, host);
    QFETCH(int, port);
    QFETCH(QString, options);
    QFETCH(QString, environment);
    QFETCH(QStringList, says);
    addConnection("peer0", "db1");
    addConnection("peer1", "db2");
    addConnection("again", "DB1", 3306);
    addConnection("mariadb", "db3", -1, "", "QMARIADB");
    addConnection("other", "db4", -1, "", "QOTHER");
    addConnection("list", "a,b");
    addConnection("url", "app:hunter2@db1");
    addConnection("ours", "db6", -1, "CHECK_INTERVAL=1");
    const QStringList before = QSqlDatabase::connectionNames();
    qputenv("QPROXYSQL_OPTIONS", environment.toUtf8());

    options.replace(s("%1"), m_defaultFile);
    QVERIFY(!resolve({s("schema"), s("user"), s("hunter2"), host, port, options}));
    for (const QString &part : says)
        QVERIFY2(m_error.contains(part), qPrintable(m_error));
    QVERIFY2(!m_error.contains(s("hunter2")), qPrintable(m_error));
    QCOMPARE(QSqlDatabase::connectionNames(), before);
}

void tst_ConfigRefusals::brokenDefaultFile()
{
    const QString broken = writeFile("broken.ini", "[orders]\npeers=\n");
    qputenv("QPROXYSQL_CONFIG", broken.toUtf8());
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(s("broken.ini, line 2.*no effect")));
    QVERIFY(!resolve(request("orders")));
    QVERIFY2(m_error.contains(s("\"orders\" may be a pool")) && m_error.contains(s("line 2")),
             qPrintable(m_error));
    QVERIFY2(resolve(request("orders:3306")), qPrintable(m_error));
    QVERIFY2(resolve(request("orders,db1")), qPrintable(m_error));
    QVERIFY2(resolve(request("")), qPrintable(m_error));

    qputenv("QPROXYSQL_CONFIG", "");
    QVERIFY2(resolve(request("orders")), qPrintable(m_error));
    QVERIFY(!resolve(request("", "POOL=orders")));
    QVERIFY2(m_error.contains(s("POOL=orders")) && m_error.contains(s("no default pool file")),
             qPrintable(m_error));
}

QTEST_GUILESS_MAIN(tst_ConfigRefusals)
#include "tst_configrefusals.moc"
