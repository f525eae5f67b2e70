// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "config/configresolver.h"

#include "inertdriver.h"

#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

using namespace qproxysql;
using namespace Qt::StringLiterals;

/// Peers that are reached by a Unix socket, in every place where peers are named.
class tst_SocketConfig : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanup();
    void hostField_data();
    void hostField();
    void refuse_data();
    void refuse();
    void namedConnections();
    void namedConnectionsOnOneSocket();
    void namedConnectionsInheritTheSocket();
    void poolFile();
    void environment();

private:
    Expected<ConnectionConfig> resolve(const QString &host, const QString &options = {},
                                       int port = -1)
    {
        auto config = ConfigResolver::resolve(
                {u"schema"_s, u"user"_s, u"secret"_s, host, port, options});
        m_error = config.error();
        return config;
    }
    static QString namesOf(const ConnectionConfig &config)
    {
        QStringList names;
        for (const PeerDefinition &peer : config.pool.peers)
            names.append(peer.address.name());
        return names.join(u' ');
    }
    static void addConnection(const QString &name, const QString &host, const QString &options,
                              int port = -1)
    {
        QSqlDatabase db = QSqlDatabase::addDatabase(u"QMYSQL"_s, name);
        db.setHostName(host);
        db.setPort(port);
        db.setConnectOptions(options);
    }

    QTemporaryDir m_folder;
    QString m_error;
};

void tst_SocketConfig::initTestCase()
{
    registerInertDriver(u"QMYSQL"_s);
    QFile file(m_folder.filePath(u"pools.ini"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("[orders]\npeers = localhost:/run/a.sock*2, localhost:/run/b b.sock, db3\n");
    file.close();
    qputenv("QPROXYSQL_CONFIG", file.fileName().toUtf8());
}

void tst_SocketConfig::cleanup()
{
    m_error.clear();
    qunsetenv("QPROXYSQL_OPTIONS");
    const QStringList names = QSqlDatabase::connectionNames();
    for (const QString &name : names)
        QSqlDatabase::removeDatabase(name);
}

void tst_SocketConfig::hostField_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<QString>("options");
    QTest::addColumn<QString>("peers");
    const auto row = [](const char *tag, const QString &host, const QString &options,
                        const QString &peers) { QTest::newRow(tag) << host << options << peers; };
    const QString socket = u"UNIX_SOCKET=/run/A b.sock"_s;
    row("no host", {}, socket, u"localhost:/run/A b.sock"_s);
    row("localhost", u"localhost"_s, socket, u"localhost:/run/A b.sock"_s);
    row("upper case", u"LOCALHOST"_s, socket, u"localhost:/run/A b.sock"_s);
    row("localhost and port", u"localhost:3307"_s, socket, u"localhost:/run/A b.sock"_s);
    row("the same twice", u"localhost:/run/A b.sock"_s, socket, u"localhost:/run/A b.sock"_s);
    row("no socket", u"localhost"_s, {}, u"localhost:4000"_s);
    row("empty socket", u"localhost"_s, u"UNIX_SOCKET="_s, u"localhost:4000"_s);
    // What the client library does: the socket counts for localhost alone, and not by TCP.
    row("another host", u"db1"_s, socket, u"db1:4000"_s);
    row("loopback", u"127.0.0.1"_s, socket, u"127.0.0.1:4000"_s);
    row("by TCP", u"localhost"_s, u"MYSQL_OPT_PROTOCOL=tcp;UNIX_SOCKET=/run/a.sock"_s,
        u"localhost:4000"_s);
    row("list", u"localhost:/run/a.sock,localhost:/run/b.sock,db3:3307"_s, {},
        u"localhost:/run/a.sock localhost:/run/b.sock db3:3307"_s);
}

void tst_SocketConfig::hostField()
{
    QFETCH(QString, host);
    QFETCH(QString, options);
    QFETCH(QString, peers);
    const auto config = resolve(host, options, 4000);
    QVERIFY2(config, qPrintable(m_error));
    QCOMPARE(namesOf(*config), peers);
    QCOMPARE(config->logins.common.options, options);
    const QString first = peers.section(u' ', 0, 0);
    QVERIFY2(config->pool.name.startsWith(first) || host.contains(u','),
             qPrintable(config->pool.name));
}

void tst_SocketConfig::refuse_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<QString>("options");
    QTest::addColumn<QStringList>("says");
    const auto row = [](const char *tag, const QString &host, const QString &options,
                        const QStringList &says) { QTest::newRow(tag) << host << options << says; };
    const QString socket = u"UNIX_SOCKET=/run/a.sock"_s;
    row("list", u"localhost,db2"_s, socket,
        {u"UNIX_SOCKET=/run/a.sock (connect options)"_s, u"\"localhost,db2\""_s,
         u"localhost:/path/of/socket in the list"_s});
    row("another socket", u"localhost:/run/b.sock"_s, socket,
        {u"localhost:/run/b.sock"_s, u"contradict each other"_s});
    row("relative", {}, u"UNIX_SOCKET=a.sock"_s,
        {u"UNIX_SOCKET=a.sock (connect options)"_s, u"begins with '/'"_s});
    row("too long", {}, u"UNIX_SOCKET=/"_s + QString(120, u'a'), {u"at most 107 bytes"_s});
    row("pool of the default file", u"orders"_s, socket,
        {u"UNIX_SOCKET=/run/a.sock"_s, u"the peers of pool orders"_s});
    row("pool file", {}, u"POOL=orders;"_s + socket, {u"the peers of pool orders"_s});
}

void tst_SocketConfig::refuse()
{
    QFETCH(QString, host);
    QFETCH(QString, options);
    QFETCH(QStringList, says);
    QVERIFY(!resolve(host, options));
    for (const QString &text : says)
        QVERIFY2(m_error.contains(text), qPrintable(m_error));
}

void tst_SocketConfig::namedConnections()
{
    addConnection(u"a"_s, {}, u"SSL_CA=/ca;UNIX_SOCKET=/run/a.sock"_s);
    addConnection(u"b"_s, u"localhost"_s, u"UNIX_SOCKET=/run/b.sock"_s, 3307);
    addConnection(u"c"_s, u"localhost:/run/c.sock"_s, {});
    addConnection(u"d"_s, u"db4"_s, u"UNIX_SOCKET=/run/d.sock"_s);
    const auto config = resolve({}, u"PEERS=a,b,c,d;CLIENT_COMPRESS"_s);
    QVERIFY2(config, qPrintable(m_error));
    QCOMPARE(namesOf(*config),
             u"localhost:/run/a.sock localhost:/run/b.sock localhost:/run/c.sock db4:3306"_s);
    QCOMPARE(config->logins.of(config->pool.peers.constFirst().address).options,
             u"SSL_CA=/ca;UNIX_SOCKET=/run/a.sock;CLIENT_COMPRESS"_s);
}

void tst_SocketConfig::namedConnectionsOnOneSocket()
{
    addConnection(u"a"_s, {}, u"UNIX_SOCKET=/run/a.sock"_s);
    addConnection(u"b"_s, u"localhost"_s, u"UNIX_SOCKET=/run/a.sock"_s, 3307);
    QVERIFY(!resolve({}, u"PEERS=a,b"_s));
    QVERIFY2(m_error.contains(u"are the same peer localhost:/run/a.sock"_s), qPrintable(m_error));
}

void tst_SocketConfig::namedConnectionsInheritTheSocket()
{
    addConnection(u"a"_s, u"localhost"_s, {});
    addConnection(u"b"_s, u"localhost"_s, u"UNIX_SOCKET=/run/b.sock"_s);
    addConnection(u"c"_s, u"db3"_s, {});
    addConnection(u"d"_s, u"localhost:/run/d.sock"_s, {});
    const auto config = resolve({}, u"PEERS=a,b,c,d;UNIX_SOCKET=/run/a.sock"_s);
    QVERIFY2(config, qPrintable(m_error));
    QCOMPARE(namesOf(*config),
             u"localhost:/run/a.sock localhost:/run/b.sock db3:3306 localhost:/run/d.sock"_s);
    addConnection(u"e"_s, u"localhost:/run/e.sock"_s, u"UNIX_SOCKET=/run/f.sock"_s);
    QVERIFY(!resolve({}, u"PEERS=d,e"_s));
    QVERIFY2(m_error.contains(u"contradict each other"_s), qPrintable(m_error));
}

void tst_SocketConfig::poolFile()
{
    const auto config = resolve(u"orders"_s);
    QVERIFY2(config, qPrintable(m_error));
    QCOMPARE(config->pool.peers.value(0).address.socket, u"/run/a.sock"_s);
    QCOMPARE(config->pool.peers.value(0).weight, 2);
    QCOMPARE(config->pool.peers.value(1).address.name(), u"localhost:/run/b b.sock"_s);
    QCOMPARE(config->pool.peers.value(2).address.name(), u"db3:3306"_s);
}

void tst_SocketConfig::environment()
{
    qputenv("QPROXYSQL_OPTIONS", "UNIX_SOCKET=/run/a.sock");
    const auto config = resolve({});
    QVERIFY2(config, qPrintable(m_error));
    QCOMPARE(namesOf(*config), u"localhost:/run/a.sock"_s);
    QVERIFY(!resolve(u"db1,db2"_s));
    QVERIFY2(m_error.contains(u"(environment QPROXYSQL_OPTIONS)"_s), qPrintable(m_error));
}

QTEST_GUILESS_MAIN(tst_SocketConfig)
#include "tst_socketconfig.moc"
