// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "../unit/fakes.h"
#include "commitscene.h"

#include "commits/commitreach.h"
#include "commits/commitsupport.h"
#include "drain/controlschema.h"
#include "sandbox/galeracluster.h"
#include "sandbox/groupreplication.h"
#include "sandbox/servergroup.h"

using namespace qproxysql;
using namespace qproxysql::sandbox;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

/// What stands in the way of tokens on real servers. Each row has a schema of its own, since answers are
/// remembered by the table's name.
class tst_CommitSupport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void missing_data();
    void missing();
    void readOnlyServer();
    void remembered();
    void domains();
    void lossyServerIsNamedOnce();
    void lostSession();
    void beforeACommit();
    void filters_data();
    void filters();
    void galera();
    void group(); // only in tst_commitsupport_group

private:
    QString fresh() { return u"commits%1"_s.arg(++m_schemas); }
    bool make(Server &server, const QString &schema);
    Expected<CommitSupport, QSqlError> ask(PeerSession *session, const QString &schema)
    {
        const Claim claim(*session);
        return CommitSupport::of(*session, CommitTable(schema), m_clock);
    }

    ServerGroup m_servers{1, {u"--innodb-flush-log-at-trx-commit=1"_s}};
    test::ManualClock m_clock;
    int m_schemas = 0;
};

bool tst_CommitSupport::make(Server &server, const QString &schema)
{
    for (const QString &statement : ControlSchema(schema).statements()) {
        if (!server.executeAsRoot(statement))
            return false;
    }
    return true;
}

void tst_CommitSupport::initTestCase()
{
    QVERIFY2(m_servers.start(), qPrintable(m_servers.errorString()));
    QVERIFY(m_servers.executeEverywhere(u"CREATE USER ordinary IDENTIFIED BY 'secret'"_s));
}

void tst_CommitSupport::missing_data()
{
    QTest::addColumn<QString>("change");
    QTest::addColumn<QString>("grants");
    QTest::addColumn<QString>("text"); // empty: it is possible

    const auto all = u"SELECT, INSERT, DELETE"_s;
    const auto table = u"DROP TABLE %1; CREATE TABLE %1 (%2)"_s;
    const auto columns = u"token BINARY(16) NOT NULL %1, kind ENUM('commit','void') NOT NULL, "
                         "insert_id BIGINT UNSIGNED, affected BIGINT, at TIMESTAMP"_s;
    QTest::newRow("good") << QString() << all << QString();
    QTest::newRow("all rights") << QString() << u"ALL"_s << QString();
    QTest::newRow("no table") << u"DROP TABLE %1"_s << u"ALL"_s << u"qproxysql-ctl init"_s;
    QTest::newRow("no rights") << QString() << QString() << u"GRANT SELECT, INSERT, DELETE ON"_s;
    for (const char *const right : {"SELECT", "INSERT", "DELETE"}) {
        QStringList others = all.split(u", "_s);
        others.removeAll(QLatin1String(right));
        QTest::addRow("no %s", right)
                << QString() << others.join(u", "_s) << QLatin1String(right) + " command denied"_L1;
    }
    QTest::newRow("no column") << u"ALTER TABLE %1 DROP COLUMN affected"_s << all << u"affected"_s;
    QTest::newRow("another type") << u"ALTER TABLE %1 MODIFY COLUMN token VARBINARY(16)"_s << all
                                  << u"remove it"_s;
    QTest::newRow("not the key") << table.arg(u"%1"_s, columns.arg(QString())
                                                               + ", PRIMARY KEY (token, kind)"_L1)
                                 << all << u"remove it"_s;
    QTest::newRow("no key") << table.arg(u"%1"_s, columns.arg(QString())) << all << u"remove it"_s;
    QTest::newRow("another engine") << u"ALTER TABLE %1 ENGINE=MyISAM"_s << all << u"InnoDB"_s;
    QTest::newRow("by hand") << table.arg(u"%1"_s, columns.arg(u"PRIMARY KEY"_s)) << all
                             << QString();
}

void tst_CommitSupport::missing()
{
    QFETCH(QString, change);
    QFETCH(QString, grants);
    QFETCH(QString, text);
    const CommitTable table(fresh());
    QVERIFY(make(m_servers[0], table.schema()));
    for (const QString &one : change.split(u';', Qt::SkipEmptyParts))
        QVERIFY(m_servers[0].executeAsRoot(one.arg(table.name())));
    if (!grants.isEmpty()) {
        QVERIFY(m_servers[0].executeAsRoot(
                u"GRANT %1 ON `%2`.* TO ordinary"_s.arg(grants, table.schema())));
    }
    const auto session = CommitScene::session(m_servers[0],
                                              CommitScene::login(u"ordinary"_s, u"secret"_s));
    QVERIFY(session);
    const auto support = ask(session.get(), table.schema());
    QCOMPARE(support.hasValue(), text.isEmpty());
    QVERIFY2(support.error().text().contains(text), qPrintable(support.error().text()));
    QVERIFY(text.isEmpty() || support.error().text().contains("EXACTLY_ONCE"_L1));
}

// It can become a primary, and is good for reads until then.
void tst_CommitSupport::readOnlyServer()
{
    const QString schema = fresh();
    QVERIFY(make(m_servers[0], schema));
    QVERIFY(m_servers[0].executeAsRoot(u"GRANT ALL ON `%1`.* TO ordinary"_s.arg(schema)));
    QVERIFY(m_servers[0].executeAsRoot(u"SET GLOBAL read_only = ON"_s));
    const auto session = CommitScene::session(m_servers[0],
                                              CommitScene::login(u"ordinary"_s, u"secret"_s));
    const auto support = ask(session.get(), schema);
    QVERIFY(m_servers[0].executeAsRoot(u"SET GLOBAL read_only = OFF"_s));
    QVERIFY2(support, qPrintable(support.error().text()));
}

void tst_CommitSupport::remembered()
{
    const QString schema = fresh();
    QVERIFY(make(m_servers[0], schema));
    const auto session = CommitScene::session(m_servers[0], CommitScene::login());
    m_clock.advance(Clock::steady().now() - m_clock.now());
    QVERIFY(ask(session.get(), schema));
    QVERIFY(m_servers[0].executeAsRoot(u"DROP DATABASE "_s + schema));
    m_clock.advance(59s);
    const auto later = CommitScene::session(m_servers[0], CommitScene::login());
    const qint64 before = m_servers[0].statusValue(u"Com_stmt_prepare"_s);
    QVERIFY(ask(later.get(), schema));
    m_clock.advance(1h); // no COMMIT of that session waits for another answer
    QVERIFY(ask(session.get(), schema));
    QCOMPARE(m_servers[0].statusValue(u"Com_stmt_prepare"_s), before);
    QVERIFY(!ask(later.get(), schema));

    QVERIFY(make(m_servers[0], schema)); // an error is forgotten soon
    QVERIFY(!ask(session.get(), schema));
    m_clock.advance(3s);
    QVERIFY(ask(session.get(), schema));
}

void tst_CommitSupport::domains()
{
    const QString schema = fresh();
    QVERIFY(make(m_servers[0], schema));
    const auto session = CommitScene::session(m_servers[0], CommitScene::login());
    const auto alone = ask(session.get(), schema);
    QVERIFY(alone);
    QCOMPARE(alone->domain, "server:"_L1 + session->facts().identities.front());
    QVERIFY(alone->isOneServer());

    const QString other = fresh();
    QVERIFY(make(m_servers[0], other));
    const auto throughProxy = CommitScene::session(m_servers[0], CommitScene::login(),
                                                   [](ServerFacts *facts) {
                                                       facts->isThroughProxy = true;
                                                   });
    const auto unknown = ask(throughProxy.get(), other);
    QVERIFY(unknown);
    QCOMPARE(unknown->domain, QString());
}

void tst_CommitSupport::lossyServerIsNamedOnce()
{
    QVERIFY(m_servers[0].executeAsRoot(u"SET GLOBAL innodb_flush_log_at_trx_commit = 2"_s));
    const auto session = CommitScene::session(m_servers[0], CommitScene::login());
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"innodb_flush_log_at_trx_commit is 2"_s));
    for (int i = 0; i < 2; ++i) {
        const QString schema = fresh();
        QVERIFY(make(m_servers[0], schema));
        QVERIFY(ask(session.get(), schema));
    }
    QVERIFY(m_servers[0].executeAsRoot(u"SET GLOBAL innodb_flush_log_at_trx_commit = 1"_s));
}

void tst_CommitSupport::lostSession()
{
    const QString schema = fresh();
    QVERIFY(make(m_servers[0], schema));
    const auto session = CommitScene::session(m_servers[0], CommitScene::login());
    QVERIFY(m_servers[0].executeAsRoot(u"KILL %1"_s.arg(session->serverThreadId())));
    const auto lost = ask(session.get(), schema);
    QVERIFY(!lost);
    QVERIFY2(endsSession(classifyError(Stage::Statement, lost.error().nativeErrorCode().toInt(),
                                       lost.error().databaseText())),
             qPrintable(lost.error().text()));
    QVERIFY(ask(CommitScene::session(m_servers[0], CommitScene::login()).get(), schema));
}

// It is asked within the application's transaction, with its settings.
void tst_CommitSupport::beforeACommit()
{
    const QString schema = fresh();
    QVERIFY(make(m_servers[0], schema));
    QVERIFY(m_servers[0].executeAsRoot(u"CREATE TABLE test.open (v INT) ENGINE=InnoDB"_s));
    const auto session = CommitScene::session(m_servers[0], CommitScene::login());
    QSqlQuery query(session->driver()->createResult());
    for (const QString &sql :
         {u"SET sql_select_limit = 0, sql_mode = 'ORACLE', sql_safe_updates = 1"_s,
          u"SET SESSION TRANSACTION ISOLATION LEVEL SERIALIZABLE"_s, u"START TRANSACTION"_s,
          u"INSERT INTO test.open VALUES (1)"_s})
        QVERIFY2(query.exec(sql), qPrintable(query.lastError().text()));
    const auto support = ask(session.get(), schema);
    QVERIFY2(support, qPrintable(support.error().text()));
    QVERIFY(query.exec(u"ROLLBACK"_s));
    QCOMPARE(m_servers[0].executeAsRoot(u"SELECT COUNT(*) FROM test.open"_s).value(), u"0"_s);
}

void tst_CommitSupport::filters_data()
{
    QTest::addColumn<QString>("doDb");
    QTest::addColumn<QString>("ignoreDb");
    QTest::addColumn<QString>("filter");
    QTest::newRow("none") << QString() << QString() << QString();
    QTest::newRow("ignored") << QString() << u"a,ops"_s << u"binlog_ignore_db=a,ops"_s;
    QTest::newRow("another is ignored") << QString() << u"ops2"_s << QString();
    QTest::newRow("only others") << u"a,b"_s << QString() << u"binlog_do_db=a,b"_s;
    QTest::newRow("among others") << u"a,ops"_s << QString() << QString();
    QTest::newRow("another spelling") << u"a,OPS"_s << QString() << QString();
}

void tst_CommitSupport::filters()
{
    QFETCH(QString, doDb);
    QFETCH(QString, ignoreDb);
    QTEST(CommitReach::filterOf(doDb, ignoreDb, u"ops"_s), "filter");
}

void tst_CommitSupport::galera()
{
    GaleraCluster cluster(2, {u"--log-bin=bin"_s, u"--log-slave-updates"_s,
                              u"--binlog-ignore-db=kept"_s});
    QVERIFY2(cluster.start(), qPrintable(cluster.errorString()));
    for (const QString &schema : {u"shared"_s, u"kept"_s})
        QVERIFY(make(cluster[0], schema));
    const auto one = CommitScene::session(cluster[0], CommitScene::login());
    const auto two = CommitScene::session(cluster[1], CommitScene::login());
    QTRY_VERIFY(cluster[1].executeAsRoot(u"SELECT * FROM kept.qproxysql_commit"_s));

    const auto support = ask(one.get(), u"shared"_s);
    QVERIFY2(support, qPrintable(support.error().text()));
    QCOMPARE(support->domain, "wsrep:"_L1 + one->facts().clusterId);
    QCOMPARE(ask(two.get(), u"shared"_s)->domain, support->domain);
    QVERIFY(!support->isOneServer());
    const auto filtered = ask(one.get(), u"kept"_s);
    QVERIFY(!filtered);
    QVERIFY2(filtered.error().text().contains("binlog_ignore_db=kept"_L1),
             qPrintable(filtered.error().text()));

    const auto proof = [](PeerSession &session, const QString &schema) {
        return CommitReach::prove(*session.driver(), CommitTable(schema), session.facts().flavour);
    };
    QCOMPARE(proof(*one, u"shared"_s), std::optional(true));
    QCOMPARE(proof(*two, u"shared"_s), std::optional(true));
    QCOMPARE(proof(*one, u"kept"_s), std::optional(false));
    QSqlQuery query(one->driver()->createResult());
    QVERIFY(query.exec(u"SET SESSION wsrep_on = OFF"_s));
    QCOMPARE(proof(*one, u"shared"_s), std::optional(false));
}

void tst_CommitSupport::group()
{
    GroupReplication group(GroupReplication::Mode::SinglePrimary, 3, {u"--binlog-ignore-db=kept"_s});
    QVERIFY2(group.start(), qPrintable(group.errorString()));
    for (const QString &statement : ControlSchema(u"shared"_s).statements())
        QVERIFY(group.executeAsRoot(statement));
    QVERIFY(group.executeAsRoot(
            u"CREATE USER ordinary IDENTIFIED WITH caching_sha2_password BY ''"_s));
    QVERIFY(group.executeAsRoot(u"GRANT ALL ON shared.* TO ordinary"_s));
    const int primary = group.primary();
    QVERIFY(primary >= 0);
    const int secondary = (primary + 1) % group.count();
    QTRY_COMPARE(group[secondary]
                         .executeAsRoot(u"SELECT COUNT(*) FROM shared.qproxysql_commit"_s)
                         .value(),
                 u"1"_s);

    const auto session = CommitScene::session(group[primary], CommitScene::login());
    QVERIFY(session);
    const auto support = ask(session.get(), u"shared"_s);
    QVERIFY2(support, qPrintable(support.error().text()));
    QVERIFY2(support->domain.startsWith("group:"_L1), qPrintable(support->domain));
    const auto other = CommitScene::session(group[secondary], CommitScene::login());
    const auto same = ask(other.get(), u"shared"_s);
    QVERIFY2(same, qPrintable(same.error().text()));
    QCOMPARE(same->domain, support->domain);
    // A table in such a schema would end the membership of the others.
    QCOMPARE(CommitReach::filter(*session->driver(), CommitTable(u"kept"_s), ServerFlavour::MySql),
             u"binlog_ignore_db=kept"_s);

    const auto blind = CommitScene::session(group[primary], CommitScene::login(u"ordinary"_s));
    QVERIFY(blind);
    const auto unknown = ask(blind.get(), u"shared"_s);
    QVERIFY(!unknown);
    QVERIFY2(unknown.error().text().contains("replication_group_members"_L1),
             qPrintable(unknown.error().text()));
}

QTEST_GUILESS_MAIN(tst_CommitSupport)
#include "tst_commitsupport.moc"
