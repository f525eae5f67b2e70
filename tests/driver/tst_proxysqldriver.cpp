// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "sandbox/servergroup.h"

#include <QtCore/QThread>
#include <QtSql/QSqlDatabase>
#include <QtSql/QSqlDriver>
#include <QtSql/QSqlError>
#include <QtSql/QSqlField>
#include <QtSql/QSqlQuery>
#include <QtTest/QTest>

#include <algorithm>

using qproxysql::sandbox::ServerGroup;

/// Listens as an application does that links nothing of ours.
class Listener : public QObject
{
    Q_OBJECT

public:
    QList<QStringList> moves;
    QList<QStringList> states;
    QList<QStringList> replays;
    int losses = 0;
    bool isInOwnThread = true;

public Q_SLOTS:
    void sessionMoved(const QString &from, const QString &to, const QString &reason)
    {
        moves.append({from, to, reason});
        isInOwnThread &= QThread::currentThread() == thread();
    }
    void peerStateChanged(const QString &pool, const QString &peer, const QString &health)
    {
        states.append({pool, peer, health});
        isInOwnThread &= QThread::currentThread() == thread();
    }
    void transactionLost() { ++losses; }
    void transactionReplayed(const QString &from, const QString &to, const QString &reason)
    {
        replays.append({from, to, reason});
    }
};

/// What QPROXYSQL shows beside QSqlDriver's interface, and how results live through the death of
/// their peer, over two real servers.
class tst_ProxySqlDriver : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void properties();
    void movesAndTellsSo();
    void preparedSurvivesMove();
    void metadataMoves();
    void resultsThatWereReadPinNothing();
    void formatsWithoutSession();
    void replayedTransaction();
    void lostTransaction();
    void peerState();

private:
    QString currentPeer() const { return m_db.driver()->property("currentPeer").toString(); }
    bool areAllUp() const;
    QString killCurrentPeer();

    std::unique_ptr<ServerGroup> m_servers;
    std::unique_ptr<Listener> m_listener;
    QSqlDatabase m_db;
};

void tst_ProxySqlDriver::initTestCase()
{
    m_servers = std::make_unique<ServerGroup>(2);
    QVERIFY2(m_servers->start(), qPrintable(m_servers->errorString()));
    QVERIFY(m_servers->executeEverywhere(
            QStringLiteral("CREATE TABLE test.t(id INT PRIMARY KEY AUTO_INCREMENT, a INT)")));
}

void tst_ProxySqlDriver::init()
{
    QVERIFY2(m_servers->start(), qPrintable(m_servers->errorString()));
    m_db = QSqlDatabase::addDatabase(QStringLiteral("QPROXYSQL"));
    m_db.setHostName(m_servers->hostList());
    m_db.setUserName(QStringLiteral("app"));
    m_db.setPassword(QStringLiteral("secret"));
    m_db.setDatabaseName(QStringLiteral("test"));
    m_db.setConnectOptions(QStringLiteral("CHECK_INTERVAL=1"));
    QVERIFY2(m_db.open(), qPrintable(m_db.lastError().text()));
    QTRY_VERIFY_WITH_TIMEOUT(areAllUp(), 10'000);
    m_listener = std::make_unique<Listener>();
    QVERIFY(connect(m_db.driver(), SIGNAL(sessionMoved(QString, QString, QString)),
                    m_listener.get(), SLOT(sessionMoved(QString, QString, QString))));
    QVERIFY(connect(m_db.driver(), SIGNAL(peerStateChanged(QString, QString, QString)),
                    m_listener.get(), SLOT(peerStateChanged(QString, QString, QString))));
    QVERIFY(connect(m_db.driver(), SIGNAL(transactionLost()), m_listener.get(),
                    SLOT(transactionLost())));
    QVERIFY(connect(m_db.driver(), SIGNAL(transactionReplayed(QString, QString, QString)),
                    m_listener.get(), SLOT(transactionReplayed(QString, QString, QString))));
}

void tst_ProxySqlDriver::cleanup()
{
    const QString name = m_db.connectionName();
    m_db = QSqlDatabase();
    QSqlDatabase::removeDatabase(name);
}

bool tst_ProxySqlDriver::areAllUp() const
{
    const QVariantList peers = m_db.driver()->property("peers").toList();
    return !peers.isEmpty() && std::none_of(peers.cbegin(), peers.cend(), [](const QVariant &peer) {
        const QString health = peer.toMap().value(QStringLiteral("health")).toString();
        return health != QLatin1String("Up") && health != QLatin1String("Unknown");
    });
}

QString tst_ProxySqlDriver::killCurrentPeer()
{
    const QString peer = currentPeer();
    for (int i = 0; i < m_servers->count(); ++i) {
        if ((*m_servers)[i].address() == peer)
            (*m_servers)[i].kill();
    }
    return peer;
}

void tst_ProxySqlDriver::properties()
{
    QVERIFY(m_servers->hostList().contains(currentPeer()));
    const QVariantList peers = m_db.driver()->property("peers").toList();
    QCOMPARE(peers.size(), 2);
    int sessions = 0;
    for (const QVariant &entry : peers) {
        const QVariantMap peer = entry.toMap();
        QCOMPARE(peer.keys(), (QStringList{QStringLiteral("health"), QStringLiteral("lastError"),
                                           QStringLiteral("peer"), QStringLiteral("service"),
                                           QStringLiteral("sessions")}));
        QVERIFY(m_servers->hostList().contains(peer.value(QStringLiteral("peer")).toString()));
        QCOMPARE(peer.value(QStringLiteral("service")).toString(), QStringLiteral("InService"));
        sessions += peer.value(QStringLiteral("sessions")).toInt();
    }
    QCOMPARE(sessions, 1);
    m_db.close();
    QCOMPARE(currentPeer(), QString());
    QVERIFY(m_db.driver()->property("peers").toList().isEmpty());
}

void tst_ProxySqlDriver::movesAndTellsSo()
{
    QSqlQuery old(m_db);
    QVERIFY(old.exec(QStringLiteral("SELECT seq FROM seq_1_to_3")));
    QVERIFY(old.next());
    QSqlQuery insert(m_db);
    QVERIFY(insert.exec(QStringLiteral("INSERT INTO t(a) VALUES (1), (2)")));
    const QVariant id = insert.lastInsertId();

    const QString gone = killCurrentPeer();
    QSqlQuery query(m_db);
    QVERIFY2(query.exec(QStringLiteral("SELECT 1")), qPrintable(query.lastError().text()));
    QVERIFY(currentPeer() != gone && !currentPeer().isEmpty());
    QCOMPARE(m_listener->moves.size(), 1);
    QCOMPARE(m_listener->moves.constFirst().at(0), gone);
    QCOMPARE(m_listener->moves.constFirst().at(1), currentPeer());
    QVERIFY(!m_listener->moves.constFirst().at(2).isEmpty());

    QCOMPARE(old.value(0).toInt(), 1);
    QVERIFY(old.next() && old.next());
    QCOMPARE(old.value(0).toInt(), 3);
    QVERIFY(!old.next());
    QCOMPARE(insert.numRowsAffected(), 2);
    QCOMPARE(insert.lastInsertId(), id);
}

void tst_ProxySqlDriver::preparedSurvivesMove()
{
    QSqlQuery query(m_db);
    QVERIFY(query.prepare(QStringLiteral("SELECT CAST(:a AS SIGNED), CAST(:b AS CHAR(10))")));
    query.bindValue(QStringLiteral(":a"), 7);
    query.bindValue(QStringLiteral(":b"), QStringLiteral("seven"));
    QVERIFY(query.exec() && query.next());
    killCurrentPeer();
    QVERIFY2(query.exec(), qPrintable(query.lastError().text()));
    QVERIFY(query.next());
    QCOMPARE(query.value(0).toInt(), 7);
    QCOMPARE(query.value(1).toString(), QStringLiteral("seven"));
    QCOMPARE(m_listener->moves.size(), 1);
    query.bindValue(QStringLiteral(":a"), 8);
    QVERIFY(query.exec() && query.next());
    QCOMPARE(query.value(0).toInt(), 8);
}

void tst_ProxySqlDriver::metadataMoves()
{
    killCurrentPeer();
    QCOMPARE(m_db.tables(), QStringList{QStringLiteral("t")});
    QCOMPARE(m_listener->moves.size(), 1);
}

void tst_ProxySqlDriver::resultsThatWereReadPinNothing()
{
    QSqlQuery query(m_db);
    QVERIFY(query.exec(QStringLiteral("SELECT 1; SELECT 2")));
    QVERIFY(query.nextResult() && query.next());
    QVERIFY(!query.nextResult());
    killCurrentPeer();
    QVERIFY2(query.exec(QStringLiteral("SELECT 3")), qPrintable(query.lastError().text()));
    QCOMPARE(m_listener->moves.size(), 1);
}

void tst_ProxySqlDriver::formatsWithoutSession()
{
    QSqlField field(QStringLiteral("f"), QMetaType(QMetaType::QByteArray));
    field.setValue(QByteArray("a'b"));
    killCurrentPeer();
    QVERIFY(m_db.driver()->hasFeature(QSqlDriver::Transactions));
    QCOMPARE(m_db.driver()->formatValue(field), QStringLiteral("'a\\'b'"));
    QCOMPARE(m_db.driver()->escapeIdentifier(QStringLiteral("x"), QSqlDriver::TableName),
             QStringLiteral("`x`"));
}

void tst_ProxySqlDriver::replayedTransaction()
{
    // Keys of their own: the servers do not replicate, so each may have given away the same one.
    QSqlQuery query(m_db);
    QVERIFY(m_db.transaction());
    QVERIFY(query.exec(QStringLiteral("INSERT INTO t VALUES (1003, 3)")));
    const QString first = currentPeer();
    killCurrentPeer();
    QVERIFY2(query.exec(QStringLiteral("INSERT INTO t VALUES (1004, 4)")),
             qPrintable(query.lastError().text()));
    QVERIFY2(m_db.commit(), qPrintable(m_db.lastError().text()));
    QCOMPARE(m_listener->losses, 0);
    QCOMPARE(m_listener->moves.size(), 1);
    QCOMPARE(m_listener->replays.size(), 1);
    const QStringList replay = m_listener->replays.constFirst();
    QCOMPARE(replay.mid(0, 2), QStringList({first, currentPeer()}));
    QVERIFY(!replay.at(2).isEmpty());
}

void tst_ProxySqlDriver::lostTransaction()
{
    m_db.close();
    m_db.setConnectOptions(QStringLiteral("CHECK_INTERVAL=1;RETRY_TRANSACTIONS=0"));
    QVERIFY(m_db.open());
    QSqlQuery query(m_db);
    QVERIFY(m_db.transaction());
    QVERIFY(query.exec(QStringLiteral("INSERT INTO t(a) VALUES (3)")));
    killCurrentPeer();
    QVERIFY(!query.exec(QStringLiteral("INSERT INTO t(a) VALUES (4)")));
    QVERIFY(query.lastError().isValid());
    QCOMPARE(m_listener->losses, 1);
    QVERIFY(!query.exec(QStringLiteral("SELECT 1")));
    QVERIFY(m_db.rollback());
    QVERIFY2(query.exec(QStringLiteral("SELECT 1")), qPrintable(query.lastError().text()));
    QCOMPARE(m_listener->losses, 1);
}

void tst_ProxySqlDriver::peerState()
{
    const QString gone = killCurrentPeer();
    QSqlQuery query(m_db);
    QVERIFY(query.exec(QStringLiteral("SELECT 1")));
    const auto sawHealth = [&](const QString &health) {
        return std::any_of(m_listener->states.cbegin(), m_listener->states.cend(),
                           [&](const QStringList &state) {
                               return state.at(1) == gone && state.at(2) == health;
                           });
    };
    QVERIFY(m_listener->states.isEmpty()); // nothing before the event loop runs
    QTRY_VERIFY(sawHealth(QStringLiteral("Down")));
    QVERIFY2(m_servers->start(), qPrintable(m_servers->errorString()));
    QTRY_VERIFY(sawHealth(QStringLiteral("Up")));
    QVERIFY(m_listener->isInOwnThread);
}

QTEST_GUILESS_MAIN(tst_ProxySqlDriver)
#include "tst_proxysqldriver.moc"
