// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "inner/clientlibrary.h"
#include "inner/driversource.h"
#include "inner/innerconnection.h"
#include "sandbox/servergroup.h"

#include <QtCore/QFileInfo>
#include <QtCore/QThread>
#include <QtSql/QSqlDatabase>
#include <QtSql/QSqlDriver>
#include <QtSql/QSqlQuery>
#include <QtSql/QSqlResult>
#include <QtTest/QTest>

#include <atomic>
#include <thread>
#include <vector>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

using namespace qproxysql;
using qproxysql::sandbox::ServerGroup;

namespace {

const auto Driver = QStringLiteral("QMYSQL");
constexpr uint SERVER_STATUS_IN_TRANS = 1;

} // namespace

/// Inner drivers made, opened, handed over and destroyed, on a real server.
class tst_InnerConnection : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();

    void pluginIsFound();
    void missingDriverIsExplained();
    void opens();
    void wrongPassword();
    void connectTimeoutOfTheLoginWins();
    void socketOfThePeerWins();
    void clientLibraryAnswers();
    void clientLibraryWithoutMysql();
    void handOver();
    void followsItsParent();
    void survivesTheParentsDeletion();
    void kernelWatchesIdleConnections();
    void createAndDestroyInEightThreads();
    void noConnectionNames();

private:
    PeerAddress peer() const { return {QStringLiteral("127.0.0.1"), (*m_servers)[0].port()}; }
    static InnerLogin login();
    std::unique_ptr<InnerConnection> opened() const;
    static QVariant ask(const InnerConnection &connection, const QString &sql);

    std::unique_ptr<ServerGroup> m_servers;
};

InnerLogin tst_InnerConnection::login()
{
    return {QStringLiteral("app"), QStringLiteral("secret"), QStringLiteral("test"), {}};
}

std::unique_ptr<InnerConnection> tst_InnerConnection::opened() const
{
    auto connection = *InnerConnection::create(Driver);
    if (!connection->open(peer(), login(), 3))
        qWarning() << connection->error();
    return connection;
}

QVariant tst_InnerConnection::ask(const InnerConnection &connection, const QString &sql)
{
    QSqlQuery query(connection.driver()->createResult());
    return query.exec(sql) && query.next() ? query.value(0) : QVariant();
}

void tst_InnerConnection::initTestCase()
{
    m_servers = std::make_unique<ServerGroup>(1);
    QVERIFY2(m_servers->start(), qPrintable(m_servers->errorString()));
}

void tst_InnerConnection::cleanupTestCase()
{
    m_servers.reset();
}

void tst_InnerConnection::pluginIsFound()
{
    const auto source = DriverSource::of(Driver);
    QVERIFY2(source, qPrintable(source.error()));
    QVERIFY(QFileInfo::exists((*source)->file()));
}

void tst_InnerConnection::missingDriverIsExplained()
{
    const auto source = DriverSource::of(QStringLiteral("QNONE"));
    QVERIFY(!source);
    const QString error = source.error();
    QVERIFY2(error.contains(QStringLiteral("QNONE")), qPrintable(error));
    QVERIFY2(error.contains(QStringLiteral("sqldrivers")), qPrintable(error));
    QVERIFY2(error.contains(QStringLiteral("libqt6sql6-mysql")), qPrintable(error));
    QCOMPARE(InnerConnection::create(QStringLiteral("QNONE")).error(), error);
    QCOMPARE(ClientLibrary::of(QStringLiteral("QNONE")).flavour(), ClientLibrary::Flavour::None);
}

void tst_InnerConnection::opens()
{
    const auto connection = opened();
    QVERIFY(connection->driver()->isOpen());
    QVERIFY(connection->mysql());
    QCOMPARE(ask(*connection, QStringLiteral("SELECT 41 + 1")).toInt(), 42);
    connection->close();
    QVERIFY(!connection->mysql());
    QTRY_COMPARE((*m_servers)[0].connectionCount(), 0);
    QCOMPARE((*m_servers)[0].statusValue(QStringLiteral("Aborted_clients")), 0);
}

void tst_InnerConnection::wrongPassword()
{
    const auto connection = *InnerConnection::create(Driver);
    auto wrong = login();
    wrong.password = QStringLiteral("wrong");
    QVERIFY(!connection->open(peer(), wrong, 3));
    QCOMPARE(connection->error().nativeErrorCode(), QStringLiteral("1045"));
    QVERIFY(!connection->mysql());
}

// Two addresses of one server.
void tst_InnerConnection::socketOfThePeerWins()
{
    const PeerAddress socket{QStringLiteral("localhost"), 0, (*m_servers)[0].socketPath()};
    InnerLogin login = tst_InnerConnection::login();
    login.options = QStringLiteral(
            "UNIX_SOCKET=/nonexistent;MYSQL_OPT_PROTOCOL=TCP;CLIENT_FOUND_ROWS");
    const auto connection = *InnerConnection::create(Driver);
    QVERIFY2(connection->open(socket, login, 3), qPrintable(connection->error().text()));
    QCOMPARE(ask(*connection, QStringLiteral("SELECT @@socket")).toString(), socket.socket);
    // A socket has no port; CLIENT_FOUND_ROWS counts what matches, changed or not.
    QCOMPARE(ask(*connection, QStringLiteral("SELECT host FROM information_schema.processlist "
                                             "WHERE id = CONNECTION_ID()"))
                     .toString(),
             QStringLiteral("localhost"));
    QSqlQuery query(connection->driver()->createResult());
    QVERIFY(query.exec(QStringLiteral("CREATE TEMPORARY TABLE t SELECT 1 AS a")));
    QVERIFY(query.exec(QStringLiteral("UPDATE t SET a = 1")));
    QCOMPARE(query.numRowsAffected(), 1);
}

void tst_InnerConnection::connectTimeoutOfTheLoginWins()
{
    // A listener whose backlog nobody serves: what limits the wait is the time-out alone.
    QVERIFY((*m_servers)[0].freeze());
    const auto elapsed = [this](const QString &options, int seconds) {
        const auto connection = *InnerConnection::create(Driver);
        auto slow = login();
        slow.options = options;
        QElapsedTimer timer;
        timer.start();
        const bool isOpen = connection->open(peer(), slow, seconds);
        return isOpen ? qint64(-1) : timer.elapsed();
    };
    const auto own = elapsed({}, 1);
    const auto asked = elapsed(QStringLiteral("MYSQL_OPT_CONNECT_TIMEOUT=2"), 1);
    QVERIFY((*m_servers)[0].thaw());
    QVERIFY2(own >= 900 && own < 1900, qPrintable(QString::number(own)));
    QVERIFY2(asked >= 1900, qPrintable(QString::number(asked)));
}

void tst_InnerConnection::clientLibraryAnswers()
{
    const auto connection = opened();
    const auto &library = connection->library();
    QVERIFY(library.flavour() != ClientLibrary::Flavour::None);
    QVERIFY(!library.version().isEmpty());
    QVERIFY(library.socketOf(connection->mysql()) > 2);
    QCOMPARE(library.threadId(connection->mysql()),
             ask(*connection, QStringLiteral("SELECT CONNECTION_ID()")).toULongLong());
    QVERIFY(ask(*connection, QStringLiteral("SELECT VERSION()"))
                    .toString()
                    .startsWith(library.serverVersion(connection->mysql())));
    QVERIFY(!library.usesTls(connection->mysql()));

    bool isKnown = false;
    QVERIFY(!(library.serverStatus(connection->mysql(), &isKnown) & SERVER_STATUS_IN_TRANS));
    QVERIFY(isKnown);
    QVERIFY(connection->driver()->beginTransaction());
    QVERIFY(library.serverStatus(connection->mysql(), &isKnown) & SERVER_STATUS_IN_TRANS);
}

void tst_InnerConnection::clientLibraryWithoutMysql()
{
    bool isKnown = true;
    for (const QString &driver : {QString(Driver), QStringLiteral("QNONE")}) {
        const ClientLibrary &library = ClientLibrary::of(driver);
        QCOMPARE(library.socketOf(nullptr), -1);
        QCOMPARE(library.serverStatus(nullptr, &isKnown), 0u);
        QVERIFY(!isKnown);
        QVERIFY(library.serverVersion(nullptr).isEmpty());
        QCOMPARE(library.threadId(nullptr), 0u);
        QVERIFY(!library.usesTls(nullptr));
    }
    QVERIFY(!ClientLibrary::mysqlOf(QVariant()));
    QVERIFY(!ClientLibrary::mysqlOf(QVariant(42)));
}

void tst_InnerConnection::handOver()
{
    std::unique_ptr<InnerConnection> connection;
    std::thread([&] {
        connection = opened();
        connection->giveAway();
    }).join();
    QVERIFY(!connection->driver()->thread());
    connection->adopt(this);
    QCOMPARE(connection->driver()->thread(), QThread::currentThread());
    QCOMPARE(connection->driver()->parent(), this);
    QCOMPARE(ask(*connection, QStringLiteral("SELECT 1")).toInt(), 1);

    connection->giveAway();
    QVERIFY(!connection->driver()->parent());
    int answer = 0;
    std::thread([&] {
        connection->adopt(this); // lives in another thread: no parent
        answer = connection->driver()->parent()
                         ? -1
                         : ask(*connection, QStringLiteral("SELECT 2")).toInt();
        connection.reset();
    }).join();
    QCOMPARE(answer, 2);
}

void tst_InnerConnection::followsItsParent()
{
    QObject parent;
    const auto connection = opened();
    connection->adopt(&parent);
    parent.moveToThread(nullptr);
    QVERIFY(!connection->driver()->thread());
    parent.moveToThread(QThread::currentThread());
    QCOMPARE(connection->driver()->thread(), QThread::currentThread());
}

void tst_InnerConnection::survivesTheParentsDeletion()
{
    auto parent = std::make_unique<QObject>();
    const auto connection = opened();
    connection->adopt(parent.get());
    connection->close();
    parent.reset();
    QVERIFY(!connection->driver());
    connection->close();
    QVERIFY(!connection->error().isValid());
}

// A path that is dead, or is forgotten by firewalls when it is idle.
void tst_InnerConnection::kernelWatchesIdleConnections()
{
    const auto connection = opened();
    const int socket = connection->library().socketOf(connection->mysql());
    const auto option = [socket](int level, int name) {
        int value = -1;
        socklen_t size = sizeof value;
        return ::getsockopt(socket, level, name, &value, &size) == 0 ? value : -1;
    };
    QCOMPARE(option(SOL_SOCKET, SO_KEEPALIVE), 1);
#ifdef TCP_KEEPIDLE
    QCOMPARE(option(IPPROTO_TCP, TCP_KEEPIDLE), 15);
#endif
    QCOMPARE(option(IPPROTO_TCP, TCP_KEEPINTVL), 5);
    QCOMPARE(option(IPPROTO_TCP, TCP_KEEPCNT), 3);
}

void tst_InnerConnection::createAndDestroyInEightThreads()
{
    std::atomic<int> good{0};
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i) {
        threads.emplace_back([&] {
            for (int k = 0; k < 125; ++k) {
                const auto connection = *InnerConnection::create(Driver);
                if (k % 25 == 0)
                    good += connection->open(peer(), login(), 3)
                            && ask(*connection, QStringLiteral("SELECT 1")).toInt() == 1;
                else
                    good += bool(connection);
            }
            ClientLibrary::endThread();
        });
    }
    for (auto &thread : threads)
        thread.join();
    QCOMPARE(good, 1000);
    QCOMPARE(ask(*opened(), QStringLiteral("SELECT 1")).toInt(), 1);
}

void tst_InnerConnection::noConnectionNames()
{
    const auto connection = opened();
    QVERIFY(QSqlDatabase::connectionNames().isEmpty());
}

QTEST_GUILESS_MAIN(tst_InnerConnection)

#include "tst_innerconnection.moc"
