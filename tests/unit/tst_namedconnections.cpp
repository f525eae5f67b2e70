// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "config/namedconnections.h"

#include "inertdriver.h"

#include <QtTest/QTest>

#include <thread>

using namespace qproxysql;

class tst_NamedConnections : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanup();
    void readsAllSettings();
    void readsFromAnotherThread();
    void readsConnectionOfAnotherThread();
    void unknownName_data();
    void unknownName();
    void driverNotLoaded();
    void manyThreadsAtOnce();
};

namespace {

void addPeer0()
{
    QSqlDatabase db = QSqlDatabase::addDatabase(QStringLiteral("QMYSQL"), QStringLiteral("peer0"));
    db.setHostName(QStringLiteral("db1"));
    db.setPort(3307);
    db.setUserName(QStringLiteral("user"));
    db.setPassword(QStringLiteral("secret"));
    db.setDatabaseName(QStringLiteral("schema"));
    db.setConnectOptions(QStringLiteral("SSL_CA=/x;CLIENT_SSL"));
}

bool isPeer0(const Expected<NamedConnection> &connection)
{
    return connection && connection->name == QLatin1String("peer0")
           && connection->driver == QLatin1String("QMYSQL")
           && connection->host == QLatin1String("db1") && connection->port == 3307
           && connection->user == QLatin1String("user")
           && connection->password == QLatin1String("secret")
           && connection->database == QLatin1String("schema")
           && connection->options == QLatin1String("SSL_CA=/x;CLIENT_SSL");
}

} // namespace

void tst_NamedConnections::initTestCase()
{
    registerInertDriver(QStringLiteral("QMYSQL"));
}

void tst_NamedConnections::cleanup()
{
    const QStringList names = QSqlDatabase::connectionNames();
    for (const QString &name : names)
        QSqlDatabase::removeDatabase(name);
    QCOMPARE(InertDriver::alive.load(), 0);
    QCOMPARE(InertDriver::opened.load(), 0);
}

void tst_NamedConnections::readsAllSettings()
{
    addPeer0();
    const QStringList before = QSqlDatabase::connectionNames();
    QVERIFY(isPeer0(NamedConnections::read(QStringLiteral("peer0"))));
    QCOMPARE(QSqlDatabase::connectionNames(), before);
    QCOMPARE(InertDriver::alive.load(), 1);
}

void tst_NamedConnections::readsFromAnotherThread()
{
    addPeer0();
    bool isRight = false;
    std::thread([&] { isRight = isPeer0(NamedConnections::read(QStringLiteral("peer0"))); }).join();
    QVERIFY(isRight);
    QCOMPARE(QSqlDatabase::connectionNames(), QStringList{QStringLiteral("peer0")});
}

void tst_NamedConnections::readsConnectionOfAnotherThread()
{
    std::thread(addPeer0).join();
    QVERIFY(isPeer0(NamedConnections::read(QStringLiteral("peer0"))));
    QCOMPARE(QSqlDatabase::connectionNames(), QStringList{QStringLiteral("peer0")});
}

void tst_NamedConnections::unknownName_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("hintsAtHost");
    QTest::newRow("name") << QStringLiteral("peer9") << false;
    QTest::newRow("host and port") << QStringLiteral("db1:3306") << true;
    QTest::newRow("address") << QStringLiteral("127.0.0.1") << true;
}

void tst_NamedConnections::unknownName()
{
    QFETCH(QString, name);
    QFETCH(bool, hintsAtHost);
    const QString error = NamedConnections::read(name).error();
    QVERIFY2(error.contains(u'"' + name + u'"'), qPrintable(error));
    QCOMPARE(error.contains(QLatin1String("setHostName()")), hintsAtHost);
    QVERIFY(QSqlDatabase::connectionNames().isEmpty());
}

void tst_NamedConnections::driverNotLoaded()
{
    // Qt's warning; its text differs among versions.
    const QtMessageHandler handler = qInstallMessageHandler(
            [](QtMsgType, const QMessageLogContext &, const QString &) {});
    QSqlDatabase::addDatabase(QStringLiteral("QNOSUCH"), QStringLiteral("peer0"));
    qInstallMessageHandler(handler);
    const QString error = NamedConnections::read(QStringLiteral("peer0")).error();
    QVERIFY2(error.contains(QLatin1String("\"peer0\" is not valid")), qPrintable(error));
    QCOMPARE(QSqlDatabase::connectionNames(), QStringList{QStringLiteral("peer0")});
}

void tst_NamedConnections::manyThreadsAtOnce()
{
    addPeer0();
    std::atomic<int> right{0};
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&] {
            for (int j = 0; j < 200; ++j) {
                right += isPeer0(NamedConnections::read(QStringLiteral("peer0")));
            }
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    QCOMPARE(right.load(), 800);
    QCOMPARE(QSqlDatabase::connectionNames(), QStringList{QStringLiteral("peer0")});
}

QTEST_GUILESS_MAIN(tst_NamedConnections)
#include "tst_namedconnections.moc"
