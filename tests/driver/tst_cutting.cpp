// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "../unit/connectedpair.h"
#include "connection/connection.h"
#include "moves/connectionroster.h"
#include "sandbox/servergroup.h"

#include <QtSql/QSqlQuery>
#include <QtTest/QtTest>

#include <atomic>
#include <thread>

using namespace qproxysql;
using namespace qproxysql::sandbox;
using qproxysql::test::TcpPair;
using namespace Qt::StringLiterals;

/// A connection whose session is cut from another thread, at any instant before the send, notices
/// nothing: reads and writes alike.
class tst_Cutting : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(m_servers.start(), qPrintable(m_servers.errorString()));
        QVERIFY2(m_servers.executeEverywhere(
                         u"CREATE TABLE test.ledger (token INT, kind VARCHAR(9))"_s),
                 qPrintable(m_servers.errorString()));
    }

    void cutBetweenClaimAndSend_data()
    {
        QTest::addColumn<QString>("sql");
        QTest::addColumn<bool>("isPrepared");
        for (const bool isPrepared : {false, true}) {
            const char *const how = isPrepared ? "prepared" : "text";
            QTest::addRow("read, %s", how) << u"SELECT 42"_s << isPrepared;
            QTest::addRow("write, %s", how)
                    << u"INSERT INTO ledger VALUES (1, 'once')"_s << isPrepared;
            QTest::addRow("large write, %s", how)
                    << u"INSERT INTO ledger VALUES (1, LEFT('%1', 5))"_s.arg(
                               QString(8'000'000, u'x'))
                    << isPrepared;
        }
    }

    void cutBetweenClaimAndSend()
    {
        QFETCH(QString, sql);
        QFETCH(bool, isPrepared);
        QVERIFY(m_servers.executeEverywhere(u"DELETE FROM test.ledger"_s));
        Connection connection(nullptr, {});
        QVERIFY2(connection.open(request()), qPrintable(connection.openError().text()));
        int tries = 0;
        QStringList codes;
        QSqlError error;
        const bool done = connection.run(
                {isPrepared ? Touch::Kind::ExecutePrepared : Touch::Kind::Text, sql},
                [&](const std::shared_ptr<PeerSession> &session, AttemptFailure *failure) {
                    QSqlQuery query(session->driver()->createResult());
                    if (isPrepared && !query.prepare(sql))
                        qFatal("%s", qUtf8Printable(query.lastError().text()));
                    if (++tries == 1 && !session->line()->cut())
                        qFatal("not cut");
                    const bool isOk = isPrepared ? query.exec() : query.exec(sql);
                    if (!isOk) {
                        failure->error = query.lastError();
                        // As the plugin tells it (ProxySqlResult): nothing is executed yet.
                        codes.append(query.lastError().nativeErrorCode());
                    }
                    return isOk;
                },
                &error);
        // libmysqlclient says the same of what it could not send as of what was lost after the send.
        const bool isKnown = ClientLibrary::of(u"QMYSQL"_s).flavour()
                             == ClientLibrary::Flavour::MariaDb;
        const bool isWrite = sql.startsWith(u"INSERT");
        QVERIFY2(done == (isKnown || !isWrite), qPrintable(error.text() + codes.join(u' ')));
        QCOMPARE(tries, done ? 2 : 1);
        QCOMPARE(codes, QStringList{isKnown ? u"2006"_s : u"2013"_s});
        QCOMPARE(rows(), done && isWrite ? 1 : 0);
    }

    void cutAtAnyInstantWhileIdle()
    {
        QVERIFY(m_servers.executeEverywhere(u"DELETE FROM test.ledger"_s));
        std::atomic<bool> isOver{false};
        std::atomic<int> cuts{0};
        std::thread cutter([&] {
            while (!isOver) {
                for (const auto &record : ConnectionRoster::instance().records()) {
                    const ConnectionRecord::View view = record->view();
                    if (view.line && view.isMovable && !view.line->isCut()
                        && view.line->cutIfIdle(view.claim))
                        ++cuts;
                }
                std::this_thread::yield();
            }
        });
        QString failure;
        int token = 0;
        {
            Connection connection(nullptr, {});
            QVERIFY2(connection.open(request()), qPrintable(connection.openError().text()));
            QElapsedTimer timer;
            timer.start();
            while (failure.isEmpty() && cuts < 60 && timer.elapsed() < 20'000) {
                failure = execute(connection, u"SELECT 1"_s);
                if (failure.isEmpty())
                    failure = execute(connection,
                                      u"INSERT INTO ledger VALUES (%1, 'auto')"_s.arg(++token));
                // A transaction is not movable from the instant in which it is open.
                for (const QString &sql :
                     {u"BEGIN"_s, u"INSERT INTO ledger VALUES (%1, 'begun')"_s.arg(token),
                      u"COMMIT"_s}) {
                    if (failure.isEmpty())
                        failure = execute(connection, sql);
                }
            }
        }
        isOver = true;
        cutter.join();
        qInfo("%d statements, %d cuts", 5 * token, cuts.load());
        QVERIFY2(failure.isEmpty(), qPrintable(failure));
        QVERIFY(cuts >= 60);
        QCOMPARE(rows(), 2 * token);
        QCOMPARE(rows(u"DISTINCT token, kind"_s), 2 * token);
    }

    // Whatever the client library has done with the socket of a session that the server has ended.
    void cutOfADeadSession_data()
    {
        QTest::addColumn<bool>("hasSent");
        QTest::newRow("nothing was sent since") << false;
        QTest::newRow("the library has met it") << true;
    }

    void cutOfADeadSession()
    {
        QFETCH(bool, hasSent);
        Connection connection(nullptr, {});
        QVERIFY2(connection.open(request()), qPrintable(connection.openError().text()));
        const std::shared_ptr<PeerSession> session = connection.session();
        std::unique_ptr<QSqlQuery> prepared(new QSqlQuery(session->driver()->createResult()));
        QVERIFY(prepared->prepare(u"SELECT ?"_s));
        Server &server = m_servers.serverOf(session->peerName());
        QVERIFY(server.executeAsRoot(u"KILL %1"_s.arg(session->serverThreadId())));
        QTRY_VERIFY(session->line()->isClosed());
        if (hasSent) {
            const Claim claim(*session);
            prepared->addBindValue(1);
            QVERIFY(!prepared->exec());
        }
        prepared.reset();
        QVERIFY(session->line()->cutIfIdle(session->line()->claimCount()));
        QVERIFY(session->line()->isGone());
        QCOMPARE(execute(connection, u"SELECT 1"_s), QString());
    }

    // The number of the socket that the library has closed belongs to another one.
    void numberOfADeadSession()
    {
        QVERIFY(m_servers.executeEverywhere(u"DELETE FROM test.ledger"_s));
        Connection connection(nullptr, {});
        QVERIFY2(connection.open(request()), qPrintable(connection.openError().text()));
        QElapsedTimer unused; // within a millisecond after its use the socket is not asked
        unused.start();
        const std::shared_ptr<PeerSession> session = connection.session();
        const int number = session->inner().library().socketOf(session->inner().mysql());
        QVERIFY(number > 2);
        QVERIFY(m_servers.serverOf(session->peerName())
                        .executeAsRoot(u"KILL %1"_s.arg(session->serverThreadId())));
        QTRY_VERIFY(session->line()->isClosed());
        {
            const Claim claim(*session);
            QVERIFY(!QSqlQuery(session->driver()->createResult()).exec(u"DO 1"_s));
        }
        TcpPair other;
        QVERIFY(other.isGood());
        QCOMPARE(::dup2(other.client(), number), number);
        const auto closes = qScopeGuard([number] { ::close(number); });
        QTRY_VERIFY(unused.elapsed() > 2);
        int attempts = 0;
        QCOMPARE(execute(connection, u"INSERT INTO ledger VALUES (1, 'once')"_s, &attempts),
                 QString());
        QCOMPARE(attempts, 1);
        QCOMPARE(rows(), 1);
    }

private:
    OpenRequest request()
    {
        static int number = 0;
        OpenRequest request;
        request.database = u"test"_s;
        request.user = u"app"_s;
        request.password = u"secret"_s;
        request.host = m_servers.hostList();
        request.connectOptions = u"POOL=cutting%1"_s.arg(++number);
        return request;
    }

    static QString execute(Connection &connection, const QString &sql, int *attempts = nullptr)
    {
        QSqlError error;
        const bool done = connection.run(
                {Touch::Kind::Text, sql},
                [&](const std::shared_ptr<PeerSession> &session, AttemptFailure *failure) {
                    if (attempts)
                        ++*attempts;
                    QSqlQuery query(session->driver()->createResult());
                    const bool isOk = query.exec(sql);
                    if (!isOk)
                        failure->error = query.lastError();
                    return isOk;
                },
                &error);
        std::this_thread::yield(); // to the cutter
        return done ? QString() : sql + u": "_s + error.text();
    }

    /// On all servers.
    int rows(const QString &what = u"*"_s)
    {
        int all = 0;
        for (int i = 0; i < m_servers.count(); ++i)
            all += m_servers[i]
                           .executeAsRoot(u"SELECT COUNT(%1) FROM test.ledger"_s.arg(what))
                           .value()
                           .toInt();
        return all;
    }

    ServerGroup m_servers{2};
};

QTEST_GUILESS_MAIN(tst_Cutting)
#include "tst_cutting.moc"
