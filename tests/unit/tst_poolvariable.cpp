// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "configscene.h"

using namespace qproxysql;
using namespace qproxysql::test;

/// QPROXYSQL_POOL, by which an operator gives a program that names one server the peers of a pool.
class tst_PoolVariable : public QObject, private ConfigScene
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { registerDrivers(); }
    void init() { begin(); }
    void cleanup()
    {
        qunsetenv("QPROXYSQL_POOL");
        qunsetenv("QPROXYSQL_OPTIONS");
        end();
    }
    void replaces_data();
    void replaces();
    void otherFile();
    void refuse_data();
    void refuse();
};

void tst_PoolVariable::replaces_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<QString>("options");
    QTest::addColumn<QString>("inner");
    const auto row = [](const char *host, const char *options, const char *inner) {
        QTest::addRow("%s %s", host, options) << s(host) << s(options) << s(inner);
    };
    row("", "", "");
    row("db1", "", "");
    row("db1,db2", "", "");
    row("localhost", "UNIX_SOCKET=/run/own.sock;CLIENT_FOUND_ROWS", "CLIENT_FOUND_ROWS");
    row("", "UNIX_SOCKET=/run/own.sock", "");
    row("localhost", "MYSQL_OPT_PROTOCOL=SOCKET;SSL_CA=/a", "SSL_CA=/a");
    row("stock", "", "");
    row("", "POOL=stock", "");
    row("", "PEERS=a,b", "");
    row("", "POOL_FILE=/none.ini;POOL=x", "");
}

void tst_PoolVariable::replaces()
{
    QFETCH(QString, host);
    QFETCH(QString, options);
    qputenv("QPROXYSQL_POOL", "Orders");
    const auto config = resolve({s("schema"), s("user"), s("secret"), host, 3399, options});
    QVERIFY2(config, qPrintable(m_error));
    QCOMPARE(peerNames(*config), (QStringList{s("db7:3306"), s("db8:3307")}));
    QCOMPARE(config->pool.name, s("orders"));
    QVERIFY(config->pool.fromFile);
    QTEST(config->logins.common.options, "inner");
    QCOMPARE(config->logins.common.user, s("user"));
}

void tst_PoolVariable::otherFile()
{
    const QString file = writeFile("other.ini", "[orders]\npeers=db1\n");
    qputenv("QPROXYSQL_POOL", "orders");
    qputenv("QPROXYSQL_OPTIONS", "POOL=stock;POOL_FILE=" + file.toUtf8());
    const auto config = resolve(request("localhost"));
    QVERIFY2(config, qPrintable(m_error));
    QCOMPARE(peerNames(*config), QStringList{s("db1:3306")});
}

void tst_PoolVariable::refuse_data()
{
    QTest::addColumn<QByteArray>("pool");
    QTest::addColumn<QByteArray>("environment");
    QTest::addColumn<QStringList>("says");
    QTest::newRow("unknown") << QByteArray("nope") << QByteArray()
                             << QStringList{s("POOL=nope (environment QPROXYSQL_POOL)"),
                                            s("orders, stock")};
    QTest::newRow("no name") << QByteArray("a b") << QByteArray()
                             << QStringList{s("environment QPROXYSQL_POOL"), s("a b")};
    QTest::newRow("peers") << QByteArray("orders") << QByteArray("PEERS=a")
                           << QStringList{s("PEERS=a (environment QPROXYSQL_OPTIONS)"),
                                          s("QPROXYSQL_POOL"), s("contradict")};
    QTest::newRow("socket") << QByteArray("orders") << QByteArray("UNIX_SOCKET=/run/a.sock")
                            << QStringList{s("UNIX_SOCKET=/run/a.sock"), s("contradict")};
}

void tst_PoolVariable::refuse()
{
    QFETCH(QByteArray, pool);
    QFETCH(QByteArray, environment);
    QFETCH(QStringList, says);
    qputenv("QPROXYSQL_POOL", pool);
    qputenv("QPROXYSQL_OPTIONS", environment);
    QVERIFY(!resolve(request("localhost")));
    for (const QString &text : std::as_const(says))
        QVERIFY2(m_error.contains(text), qPrintable(m_error));
}

QTEST_GUILESS_MAIN(tst_PoolVariable)
#include "tst_poolvariable.moc"
