// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "connection/connection.h"
#include "replay/lostsession.h"
#include "sandbox/servergroup.h"

#include <QtSql/QSqlDriver>
#include <QtSql/QSqlQuery>
#include <QtTest/QtTest>

using namespace qproxysql;
using namespace qproxysql::sandbox;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

/// A session that the server still has, with the locks of its transaction, is ended before a replay; no other
/// one is.
class tst_LostSession : public QObject
{
    Q_OBJECT

    static std::shared_ptr<PeerSession> openOn(Connection *connection, const Server &server,
                                               const QString &user = u"app"_s)
    {
        return connection->open({u"test"_s, user, user == u"app"_s ? u"secret"_s : QString(),
                                 server.address(), -1, u"MAX_IDLE=0"_s})
                       ? connection->session()
                       : nullptr;
    }
    bool hasThread(ulong id)
    {
        return m_servers[0]
                       .executeAsRoot(u"SELECT COUNT(*) FROM information_schema.PROCESSLIST "
                                      "WHERE ID = %1"_s.arg(id))
                       .value()
               == u"1"_s;
    }

    ServerGroup m_servers{2};

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(m_servers.start(u"CREATE TABLE test.t (id INT PRIMARY KEY) ENGINE=InnoDB"_s),
                 qPrintable(m_servers.errorString()));
        // In its first second a server does not say for certain that it ran before the session was opened.
        QTRY_VERIFY(m_servers[0]
                            .executeAsRoot(u"SELECT VARIABLE_VALUE FROM "
                                           "information_schema.GLOBAL_STATUS "
                                           "WHERE VARIABLE_NAME = 'UPTIME'"_s)
                            .value()
                            .toInt()
                    >= 1);
    }

    void isEnded_data()
    {
        using Change = std::function<void(LostSession *)>;
        QTest::addColumn<Change>("change");
        QTest::addColumn<int>("server");
        QTest::addColumn<QString>("user");
        QTest::addColumn<bool>("isEnded");
        const auto row = [](const char *name, const Change &change, bool isEnded = false,
                            int server = 0, const QString &user = u"app"_s) {
            QTest::newRow(name) << change << server << user << isEnded;
        };
        row(
                "the lost one", [](LostSession *) {}, true);
        row("another source address", [](LostSession *lost) { ++lost->localPort; });
        row("no source address", [](LostSession *lost) { lost->localPort = 0; });
        row("the server has started since", [](LostSession *lost) { lost->openedAt -= 1h; });
        row("another identity", [](LostSession *lost) { lost->identities = {u"other"_s}; });
        row(
                "another server", [](LostSession *) {}, false, 1);
        row(
                "another account", [](LostSession *) {}, false, 0, u"root"_s);
    }

    void isEnded()
    {
        QFETCH(std::function<void(LostSession *)>, change);
        QFETCH(int, server);
        QFETCH(QString, user);
        QFETCH(bool, isEnded);
        QObject parent;
        Connection first(&parent, {});
        Connection second(&parent, {});
        const auto old = openOn(&first, m_servers[0]);
        QVERIFY2(old, qPrintable(first.openError().text()));
        QSqlQuery query(old->driver()->createResult());
        QVERIFY(query.exec(u"BEGIN"_s) && query.exec(u"REPLACE INTO t VALUES (1)"_s));
        const auto fresh = openOn(&second, m_servers[server], user);
        QVERIFY2(fresh, qPrintable(second.openError().text()));
        LostSession lost = LostSession::of(*old);
        change(&lost);
        {
            const Claim claim(*fresh);
            lost.endOn(*fresh, QDeadlineTimer(5s));
        }
        QCOMPARE(hasThread(old->serverThreadId()), !isEnded);
        QSqlQuery next(fresh->driver()->createResult());
        if (isEnded)
            QVERIFY2(next.exec(u"SET innodb_lock_wait_timeout = 1"_s)
                             && next.exec(u"REPLACE INTO t VALUES (1)"_s),
                     qPrintable(next.lastError().text()));
    }
};

QTEST_MAIN(tst_LostSession)
#include "tst_lostsession.moc"
