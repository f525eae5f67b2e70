// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "scopeddatabase.h"

#include "sandbox/patience.h"
#include "sandbox/servergroup.h"

#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtTest/QtTest>

#include <memory>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>
#include <vector>

using namespace qproxysql::sandbox;
using namespace Qt::StringLiterals;

namespace {

constexpr uid_t Nobody = 65534;

/// A socket that accepts nobody and whose queue is full.
class FullQueue
{
public:
    explicit FullQueue(const QString &path)
    {
        m_address.sun_family = AF_UNIX;
        qstrncpy(m_address.sun_path, qPrintable(path), sizeof m_address.sun_path);
        m_listener = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
        ::bind(m_listener, reinterpret_cast<const sockaddr *>(&m_address), sizeof m_address);
        ::listen(m_listener, 0);
        while (!m_isFull && m_clients.size() < 1000) {
            m_clients.push_back(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
            m_isFull = ::connect(m_clients.back(), reinterpret_cast<const sockaddr *>(&m_address),
                                 sizeof m_address)
                               != 0
                       && errno == EAGAIN;
        }
    }
    ~FullQueue()
    {
        for (const int client : m_clients)
            ::close(client);
        ::close(m_listener);
        ::unlink(m_address.sun_path);
    }
    Q_DISABLE_COPY_MOVE(FullQueue)
    bool isFull() const { return m_isFull; }

private:
    sockaddr_un m_address{};
    int m_listener = -1;
    std::vector<int> m_clients;
    bool m_isFull = false;
};

} // namespace

/// Servers of one machine that listen on nothing but a Unix socket each.
class tst_SocketPeers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanup();
    void allAreUsed_data();
    void allAreUsed();
    void oneAlone_data();
    void oneAlone();
    void peerThatIsKilledIsLeftAndComesBack_data() { allAreUsed_data(); }
    void peerThatIsKilledIsLeftAndComesBack();
    void frozenPeerHoldsNobodyUp();
    void fullQueueIsBounded();
    void errorsNameTheSocket_data();
    void errorsNameTheSocket();
    void drainOfOneSparesTheOther();
    void socketAndPortAreOneServer();

private:
    static bool call(const ScopedDatabase &db, const char *method, const QString &peer)
    {
        bool isDone = false;
        return QMetaObject::invokeMethod(db.get().driver(), method, Q_RETURN_ARG(bool, isDone),
                                         Q_ARG(QString, peer))
               && isDone;
    }
    QString nameOf(int server) { return u"localhost:"_s + m_servers[server].socketPath(); }
    void addNamed(const QString &name, const QString &host, const QString &options);
    /// Peers that ten connections at a time came to.
    QSet<QString> peersOf(const QString &hosts, const QString &options);

    QTemporaryDir m_folder;
    ServerGroup m_servers{2, {u"--skip-networking"_s}};
};

void tst_SocketPeers::initTestCase()
{
    QVERIFY(m_folder.isValid());
    qputenv("QPROXYSQL_DIR", QFile::encodeName(m_folder.filePath(u"state"_s)));
    QVERIFY2(m_servers.start(), qPrintable(m_servers.errorString()));
    QFile file(m_folder.filePath(u"pools.ini"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(u"[sockets]\npeers = %1*2, %2*2\ncheck_interval = 1\n"_s.arg(nameOf(0), nameOf(1))
                       .toUtf8());
    file.close();
    qputenv("QPROXYSQL_CONFIG", QFile::encodeName(file.fileName()));
    addNamed(u"one"_s, {}, u"UNIX_SOCKET="_s + m_servers[0].socketPath());
    addNamed(u"two"_s, u"localhost"_s, u"UNIX_SOCKET="_s + m_servers[1].socketPath());
}

void tst_SocketPeers::cleanup()
{
    for (int i = 0; i < m_servers.count(); ++i) {
        if (m_servers[i].isFrozen())
            m_servers[i].thaw();
    }
    QVERIFY2(m_servers.start(), qPrintable(m_servers.errorString()));
}

void tst_SocketPeers::addNamed(const QString &name, const QString &host, const QString &options)
{
    QSqlDatabase db = QSqlDatabase::addDatabase(u"QMYSQL"_s, name);
    db.setHostName(host);
    db.setConnectOptions(options);
}

QSet<QString> tst_SocketPeers::peersOf(const QString &hosts, const QString &options)
{
    QSet<QString> peers;
    std::vector<std::unique_ptr<ScopedDatabase>> all;
    for (int i = 0; i < 10; ++i) {
        all.push_back(std::make_unique<ScopedDatabase>(hosts, options));
        if (!all.back()->open())
            peers.insert(all.back()->error().text());
        else if (all.back()->value(u"SELECT @@socket"_s).toString()
                 != all.back()->currentPeer().section(u':', 1))
            peers.insert(u"another server answers at "_s + all.back()->currentPeer());
        else
            peers.insert(all.back()->currentPeer());
    }
    return peers;
}

void tst_SocketPeers::allAreUsed_data()
{
    QTest::addColumn<QString>("hosts");
    QTest::addColumn<QString>("options");
    QTest::newRow("host list") << nameOf(0) + u',' + nameOf(1) << u"CHECK_INTERVAL=1;POOL=list"_s;
    QTest::newRow("named connections")
            << QString() << u"CHECK_INTERVAL=1;PEERS=one,two;POOL=named"_s;
    QTest::newRow("pool file") << QString() << u"POOL=sockets"_s;
}

void tst_SocketPeers::allAreUsed()
{
    QFETCH(QString, hosts);
    QFETCH(QString, options);
    QSet<QString> peers;
    for (int i = 0; i < 3; ++i) // 2^-29 to meet only one
        peers += peersOf(hosts, options);
    QCOMPARE(peers, QSet<QString>({nameOf(0), nameOf(1)}));
}

void tst_SocketPeers::oneAlone_data()
{
    QTest::addColumn<QString>("host");
    QTest::newRow("no host") << QString();
    QTest::newRow("localhost") << u"localhost"_s;
}

void tst_SocketPeers::oneAlone()
{
    QFETCH(QString, host);
    for (int i = 0; i < m_servers.count(); ++i) {
        const QString options = u"UNIX_SOCKET="_s + m_servers[i].socketPath();
        QCOMPARE(peersOf(host, options), QSet<QString>{nameOf(i)});
    }
}

void tst_SocketPeers::peerThatIsKilledIsLeftAndComesBack()
{
    QFETCH(QString, hosts);
    QFETCH(QString, options);
    std::vector<std::unique_ptr<ScopedDatabase>> all;
    for (int i = 0; i < 10; ++i) {
        all.push_back(std::make_unique<ScopedDatabase>(hosts, options));
        QVERIFY2(all.back()->open(), qPrintable(all.back()->error().text()));
    }
    m_servers[0].kill();
    QVERIFY2(QFile::exists(m_servers[0].socketPath()), "kill -9 leaves the socket's file");
    for (const auto &db : all) {
        QSqlError error;
        QVERIFY2(db->value(u"SELECT 1"_s, &error).toInt() == 1, qPrintable(error.text()));
        QCOMPARE(db->currentPeer(), nameOf(1));
    }
    // Somebody has to try it, where nobody was there.
    for (int i = 0; i < 20 && all[0]->health(nameOf(0)) != u"Down"_s; ++i)
        peersOf(hosts, options);
    QCOMPARE(all[0]->health(nameOf(0)), u"Down"_s);
    QCOMPARE(peersOf(hosts, options), QSet<QString>{nameOf(1)});

    QVERIFY2(m_servers[0].start(), qPrintable(m_servers[0].errorString()));
    QTRY_COMPARE_WITH_TIMEOUT(all[0]->health(nameOf(0)), u"Up"_s, 10'000);
    QTRY_VERIFY_WITH_TIMEOUT(peersOf(hosts, options).contains(nameOf(0)), 10'000);
}

// The system accepts for it, and it never greets.
void tst_SocketPeers::frozenPeerHoldsNobodyUp()
{
    QVERIFY(m_servers[0].freeze());
    const QString both = nameOf(0) + u',' + nameOf(1);
    const QString options = u"POOL=frozen;CONNECT_TIMEOUT=1"_s;
    for (int i = 0; i < 10; ++i) {
        ScopedDatabase db(both, options);
        QElapsedTimer timer;
        timer.start();
        QVERIFY2(db.open(), qPrintable(db.error().text()));
        QCOMPARE(db.currentPeer(), nameOf(1));
        QVERIFY2(timer.elapsed() < 2000 * Patience, qPrintable(QString::number(timer.elapsed())));
    }
    ScopedDatabase alone(nameOf(0), u"OPEN_DEADLINE=3;CONNECT_TIMEOUT=1"_s);
    QElapsedTimer timer;
    timer.start();
    QVERIFY(!alone.open());
    qInfo("refused after %lld ms: %s", timer.elapsed(), qPrintable(alone.error().text()));
    QVERIFY2(timer.elapsed() < 4000 * Patience, qPrintable(QString::number(timer.elapsed())));
}

void tst_SocketPeers::fullQueueIsBounded()
{
    const QString path = m_folder.filePath(u"full.sock"_s);
    const FullQueue full(path);
    QVERIFY(full.isFull());
    const QString name = u"localhost:"_s + path;
    for (int i = 0; i < 10; ++i) {
        ScopedDatabase db(name + u',' + nameOf(1), u"POOL=full;CONNECT_TIMEOUT=1"_s);
        QElapsedTimer timer;
        timer.start();
        QVERIFY2(db.open(), qPrintable(db.error().text()));
        QVERIFY2(timer.elapsed() < 2000 * Patience, qPrintable(QString::number(timer.elapsed())));
    }
    ScopedDatabase alone(name, u"OPEN_DEADLINE=4;CONNECT_TIMEOUT=1"_s);
    QElapsedTimer timer;
    timer.start();
    QVERIFY(!alone.open());
    qInfo("refused after %lld ms: %s", timer.elapsed(), qPrintable(alone.error().text()));
    QVERIFY2(timer.elapsed() < 5000 * Patience, qPrintable(QString::number(timer.elapsed())));
}

void tst_SocketPeers::errorsNameTheSocket_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("reason");
    QTest::newRow("no file") << u"none.sock"_s << u"(2)"_s;
    QTest::newRow("left over") << u"left over.sock"_s << u"(111)"_s;
    QTest::newRow("no rights") << u"locked/none.sock"_s << u"(13)"_s;
}

void tst_SocketPeers::errorsNameTheSocket()
{
    QFETCH(QString, file);
    QFETCH(QString, reason);
    {
        const FullQueue leftOver(m_folder.filePath(u"left over.sock"_s));
        QVERIFY(::link(qPrintable(m_folder.filePath(u"left over.sock"_s)),
                       qPrintable(m_folder.filePath(u"kept"_s)))
                == 0);
    }
    QVERIFY(QFile::rename(m_folder.filePath(u"kept"_s), m_folder.filePath(u"left over.sock"_s)));
    const QString locked = m_folder.filePath(u"locked"_s);
    QDir().mkdir(locked);
    const bool isForbidden = file.startsWith(u"locked"_s);
    ::chmod(qPrintable(locked), 0);
    QVERIFY(!isForbidden || ::geteuid() != 0 || ::seteuid(Nobody) == 0); // nothing stops root
    ScopedDatabase db(u"localhost:"_s + m_folder.filePath(file), u"OPEN_DEADLINE=2"_s);
    const bool isOpen = db.open();
    QVERIFY(::getuid() != 0 || ::seteuid(0) == 0);
    QVERIFY(!isOpen);
    const QString text = db.error().text();
    QVERIFY2(text.contains(u"2002"_s) && text.contains(reason), qPrintable(text));
    QVERIFY2(text.contains(u"localhost:"_s + m_folder.filePath(file)), qPrintable(text));
    ::chmod(qPrintable(locked), 0700);
    QFile::remove(m_folder.filePath(u"left over.sock"_s));
}

// Both tell port 0 and the same server_uid.
void tst_SocketPeers::drainOfOneSparesTheOther()
{
    const QString both = nameOf(0) + u',' + nameOf(1);
    const QString options = u"POOL=drained;MAX_IDLE=0"_s;
    for (int i = 0; i < 3; ++i) // both are met
        peersOf(both, options);
    ScopedDatabase db(both, options);
    QVERIFY2(db.open(), qPrintable(db.error().text()));
    const QString ownName =
            m_servers[0].executeAsRoot(u"SELECT CONCAT(@@hostname, ':', @@socket)"_s).value();
    for (const QString &name : {nameOf(0), ownName}) {
        QVERIFY2(call(db, "drainPeer", name), qPrintable(db.error().text()));
        QCOMPARE(db.peer(nameOf(0)).value(u"service"_s).toString(), u"Draining"_s);
        QCOMPARE(db.peer(nameOf(1)).value(u"service"_s).toString(), u"InService"_s);
        QCOMPARE(peersOf(both, options), QSet<QString>{nameOf(1)});
        QVERIFY2(call(db, "resumePeer", name), qPrintable(db.error().text()));
    }
    QVERIFY2(!call(db, "drainPeer", nameOf(0).toUpper()), "the case of a path counts");
    const QStringList
            shared{m_servers[0].executeAsRoot(u"SELECT @@server_uid"_s).value(),
                   m_servers[0].executeAsRoot(u"SELECT CONCAT(@@hostname, ':0')"_s).value()};
    QCOMPARE(m_servers[1].executeAsRoot(u"SELECT @@server_uid"_s).value(), shared.constFirst());
    for (const QString &name : shared)
        QVERIFY2(!call(db, "drainPeer", name), qPrintable(name));
}

// What the server calls itself means it by whichever address it is reached.
void tst_SocketPeers::socketAndPortAreOneServer()
{
    ServerGroup servers(1);
    QVERIFY2(servers.start(), qPrintable(servers.errorString()));
    const QString ownName =
            servers[0].executeAsRoot(u"SELECT CONCAT(@@hostname, ':', @@port)"_s).value();
    for (const QString &address :
         {u"localhost:"_s + servers[0].socketPath(), servers[0].address()}) {
        ScopedDatabase db(address);
        QVERIFY2(db.open(), qPrintable(db.error().text()));
        QVERIFY2(call(db, "drainPeer", ownName), qPrintable(db.error().text()));
        QCOMPARE(db.peer(address).value(u"service"_s).toString(), u"Draining"_s);
    }
}

QTEST_GUILESS_MAIN(tst_SocketPeers)
#include "tst_socketpeers.moc"
