// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "connection/connection.h"
#include "replay/tablefactscache.h"
#include "sandbox/relay.h"
#include "sandbox/servergroup.h"

#include <QtTest/QtTest>

using namespace qproxysql;
using namespace qproxysql::sandbox;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

/// What is remembered of tables, for whom, and for how long.
class tst_TableFactsCache : public QObject
{
    Q_OBJECT

    bool open(Connection *connection, const QString &user = u"app"_s,
              const QString &options = u"MAX_IDLE=0"_s, const QString &address = {})
    {
        return connection->open({u"test"_s, user, user == u"root"_s ? QString() : u"secret"_s,
                                 address.isEmpty() ? m_relay->address() : address, -1, options});
    }
    static bool execute(Connection *connection, const QString &sql)
    {
        QSqlError error;
        return connection->run(
                {Touch::Kind::Text, sql},
                [&sql](const std::shared_ptr<PeerSession> &session, AttemptFailure *failure) {
                    QSqlQuery query(session->driver()->createResult());
                    const bool isOk = query.exec(sql);
                    if (!isOk)
                        failure->error = query.lastError();
                    return isOk;
                },
                &error);
    }
    /// The obstacle of \a tables, or an error, and how many requests it took.
    std::pair<QString, int> ask(Connection &connection, const std::vector<TableName> &tables,
                                const QString &schema = {},
                                std::chrono::steady_clock::duration later = {})
    {
        const Claim claim(*connection.session());
        m_relay->resetCounts();
        const auto facts = m_cache.of(*connection.session(), schema, tables,
                                      std::chrono::steady_clock::now() + later);
        return {facts ? facts->obstacle() : facts.error().text(), m_relay->counts().roundTrips};
    }

    ServerGroup m_servers{2};
    std::unique_ptr<Relay> m_relay;
    TableFactsCache &m_cache = TableFactsCache::instance();
    const std::vector<TableName> m_good{{{}, u"good"_s}};
    const std::vector<TableName> m_bad{{{}, u"bad"_s}};

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(m_servers.start(u"CREATE TABLE test.good (id INT AUTO_INCREMENT PRIMARY KEY) "
                                 "ENGINE=InnoDB;"
                                 "CREATE TABLE test.bad (id INT) ENGINE=Aria;"
                                 "CREATE DATABASE other;"
                                 "CREATE TABLE other.good (id INT) ENGINE=Aria;"
                                 "CREATE USER plain IDENTIFIED BY 'secret';"
                                 "GRANT SELECT, INSERT ON test.* TO plain"_s),
                 qPrintable(m_servers.errorString()));
        m_relay = std::make_unique<Relay>(m_servers[0].port());
        QVERIFY2(m_relay->isListening(), qPrintable(m_relay->errorString()));
    }
    void init() { TableFactsCache::noteExecuted(classifyStatement(u"FLUSH TABLES")); }

    void isAskedOnce()
    {
        QObject parent;
        Connection first(&parent, {});
        Connection second(&parent, {});
        QVERIFY2(open(&first) && open(&second), qPrintable(second.openError().text()));
        QCOMPARE(ask(first, m_good), std::pair(QString(), 1));
        QCOMPARE(ask(first, m_good), std::pair(QString(), 0));
        QCOMPARE(ask(second, m_good), std::pair(QString(), 0));
        const auto both = ask(second, {m_good.front(), m_bad.front()});
        QVERIFY2(both.first.contains(u"bad"_s), qPrintable(both.first));
        QCOMPARE(both.second, 1);
        QCOMPARE(ask(second, {m_good.front(), m_bad.front()}), std::pair(both.first, 0));
        const Claim claim(*first.session());
        QCOMPARE(m_cache.of(*first.session(), {}, m_good)->generatedColumn(m_good.front()), u"id"_s);
    }

    void isForgottenAfterAMinute()
    {
        QObject parent;
        Connection connection(&parent, {});
        QVERIFY2(open(&connection), qPrintable(connection.openError().text()));
        QCOMPARE(ask(connection, m_good).second, 1);
        QCOMPARE(ask(connection, m_good, {}, 59s).second, 0);
        QCOMPARE(ask(connection, m_good, {}, 61s).second, 1);
    }

    void isForgottenAfterDdl_data()
    {
        QTest::addColumn<QString>("sql");
        QTest::addColumn<int>("asked");
        QTest::newRow("ALTER") << u"ALTER TABLE test.good ENGINE=InnoDB"_s << 1;
        QTest::newRow("of another table") << u"ALTER TABLE test.bad ENGINE=Aria"_s << 1;
        QTest::newRow("that fails") << u"DROP TABLE test.nosuch"_s << 1;
        QTest::newRow("before a read") << u"ALTER TABLE test.bad ENGINE=Aria; SELECT 1"_s << 1;
        QTest::newRow("not known")
                << u"EXECUTE IMMEDIATE 'ALTER TABLE test.bad ENGINE=Aria'"_s << 1;
        QTest::newRow("rights") << u"FLUSH PRIVILEGES"_s << 1;
        QTest::newRow("SET autocommit") << u"SET autocommit=1"_s << 0;
        QTest::newRow("a write") << u"INSERT INTO test.good VALUES (NULL)"_s << 0;
        QTest::newRow("a transaction") << u"COMMIT"_s << 0;
        QTest::newRow("a temporary table") << u"CREATE TEMPORARY TABLE x (id INT)"_s << 0;
    }

    void isForgottenAfterDdl()
    {
        QFETCH(QString, sql);
        QFETCH(int, asked);
        QObject parent;
        Connection connection(&parent, {});
        Connection other(&parent, {});
        QVERIFY2(open(&connection) && open(&other, u"root"_s), qPrintable(other.openError().text()));
        QCOMPARE(ask(connection, m_good).second, 1);
        execute(&other, sql);
        QCOMPARE(ask(connection, m_good).second, asked);
    }

    void engineThatChanges()
    {
        QObject parent;
        Connection connection(&parent, {});
        QVERIFY2(open(&connection), qPrintable(connection.openError().text()));
        QVERIFY(execute(&connection, u"CREATE TABLE changing (id INT) ENGINE=InnoDB"_s));
        const std::vector<TableName> tables{{{}, u"changing"_s}};
        QVERIFY(ask(connection, tables).first.isEmpty());
        QVERIFY(execute(&connection, u"ALTER TABLE changing ENGINE=Aria"_s));
        QVERIFY(!ask(connection, tables).first.isEmpty());
    }

    void isOfOneSchemaServerAndAccount()
    {
        QObject parent;
        Connection connection(&parent, {});
        Connection selected(&parent, {});
        Connection plain(&parent, {});
        Connection elsewhere(&parent, {});
        QVERIFY(open(&connection) && open(&selected, u"root"_s, u"MAX_IDLE=0;INIT_SQL=USE other"_s)
                && open(&plain, u"plain"_s)
                && open(&elsewhere, u"app"_s, u"MAX_IDLE=0"_s, m_servers[1].address()));
        QCOMPARE(ask(connection, m_good), std::pair(QString(), 1));
        QCOMPARE(ask(connection, {{u"test"_s, u"good"_s}}), std::pair(QString(), 0));
        const auto bySelection = ask(selected, m_good);
        QVERIFY2(bySelection.first.contains(u"not transactional"_s), qPrintable(bySelection.first));
        const auto unseen = ask(plain, m_good);
        QVERIFY2(unseen.first.contains(u"TRIGGER"_s), qPrintable(unseen.first));
        QVERIFY(m_servers[1].executeAsRoot(u"ALTER TABLE test.good ENGINE=Aria"_s).ok);
        QVERIFY(!ask(elsewhere, m_good).first.isEmpty());
        Connection root(&parent, {});
        QVERIFY(open(&root, u"root"_s) && execute(&root, u"USE other"_s));
        const auto current = ask(root, m_good, u"other"_s);
        QVERIFY2(current.first.contains(u"not transactional"_s), qPrintable(current.first));
        QCOMPARE(ask(root, m_good, u"test"_s).second, 1);
    }

    void hit()
    {
        QObject parent;
        Connection connection(&parent, {});
        QVERIFY2(open(&connection), qPrintable(connection.openError().text()));
        const Claim claim(*connection.session());
        QVERIFY(m_cache.of(*connection.session(), {}, m_good));
        QBENCHMARK
        {
            QVERIFY(m_cache.of(*connection.session(), {}, m_good)->obstacle().isEmpty());
        }
    }
};

QTEST_MAIN(tst_TableFactsCache)
#include "tst_tablefactscache.moc"
