// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "commitscene.h"

#include "commits/committable.h"
#include "drain/controlschema.h"
#include "sandbox/servergroup.h"

#include <QtCore/QDateTime>

#include <sys/wait.h>
#include <unistd.h>

#include <set>

using namespace qproxysql;
using namespace qproxysql::sandbox;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

/// Tokens, and the SQL of their table under what sessions may have set.
class tst_CommitTable : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tokensAreOrderedByTime();
    void tokensAreUnique();
    void tokensOfAForkedProcess();
    void mariaDb_data() { settings(); }
    void mariaDb() { sqlOn(ServerKind::MariaDb); }
    void statementFormat();
    void mySql_data() { settings(); }
    void mySql() { sqlOn(ServerKind::MySql); }

private:
    static void settings();
    void sqlOn(ServerKind kind);
    Server *server(ServerKind kind, const QStringList &flags = {});

    std::map<ServerKind, std::unique_ptr<ServerGroup>> m_servers;
};

namespace {

QByteArray bytesOf(const CommitToken &token)
{
    return QByteArray::fromHex(token.literal().mid(2).chopped(1));
}

qint64 timeOf(const CommitToken &token)
{
    return bytesOf(token).left(6).toHex().toLongLong(nullptr, 16);
}

/// One session, statement by statement.
class Client
{
public:
    explicit Client(std::unique_ptr<InnerConnection> connection)
        : m_connection(std::move(connection))
    {
    }

    /// The server's error number, 0 when there is none.
    int run(const QByteArray &sql)
    {
        QSqlQuery query(m_connection->driver()->createResult());
        const bool isOk = query.exec(QString::fromUtf8(sql));
        affected = query.numRowsAffected();
        row.clear();
        if (isOk && query.isSelect() && query.next()) {
            for (int i = 0; i < query.record().count(); ++i)
                row += query.value(i).toString();
        }
        text = query.lastError().text();
        return isOk ? 0 : query.lastError().nativeErrorCode().toInt();
    }

    int affected = 0;
    QStringList row; ///< the first, if there are rows
    QString text;

private:
    const std::unique_ptr<InnerConnection> m_connection;
};

constexpr auto Duplicate = 1062;

} // namespace

#define RUN(client, sql) \
    do { \
        const int code = (client).run(sql); \
        QVERIFY2(code == 0, qPrintable((client).text)); \
    } while (false)

void tst_CommitTable::tokensAreOrderedByTime()
{
    const qint64 before = QDateTime::currentMSecsSinceEpoch();
    const CommitToken first = CommitToken::fresh();
    const qint64 after = QDateTime::currentMSecsSinceEpoch();
    QVERIFY(timeOf(first) >= before && timeOf(first) <= after);
    QTRY_VERIFY(QDateTime::currentMSecsSinceEpoch() > after);
    const CommitToken second = CommitToken::fresh();
    QVERIFY(first.literal() < second.literal());
    QVERIFY(CommitToken::literalOfAge(1h) < first.literal());
    QVERIFY(CommitToken::literalOfAge(2h) < CommitToken::literalOfAge(1h));
    QVERIFY(CommitToken::literalOfAge(-1h) > second.literal());
    QVERIFY(second.literal() < "X'" + QByteArray(32, 'f') + '\'');
    QVERIFY(first.age() >= second.age() && second.age() >= 0ms);
}

void tst_CommitTable::tokensAreUnique()
{
    std::set<QByteArray> seen;
    for (int i = 0; i < 10'000; ++i) {
        const QByteArray bytes = bytesOf(CommitToken::fresh());
        QCOMPARE(bytes.size(), 16);
        QCOMPARE(quint8(bytes[6]) >> 4, 7); // RFC 9562: version and variant
        QCOMPARE(quint8(bytes[8]) >> 6, 2);
        seen.insert(bytes.mid(6));
    }
    QCOMPARE(seen.size(), size_t(10'000)); // also without the time
}

// A generator in the process would give both the same.
void tst_CommitTable::tokensOfAForkedProcess()
{
    (void) CommitToken::fresh();
    int ends[2];
    QCOMPARE(::pipe(ends), 0);
    const pid_t child = ::fork();
    if (child == 0) {
        const QByteArray bytes = bytesOf(CommitToken::fresh());
        const ssize_t written = ::write(ends[1], bytes.constData(), size_t(bytes.size()));
        ::_exit(written == bytes.size() ? 0 : 1);
    }
    QByteArray childs(16, '\0');
    QCOMPARE(::read(ends[0], childs.data(), 16), ssize_t(16));
    ::close(ends[0]);
    ::close(ends[1]);
    QCOMPARE(::waitpid(child, nullptr, 0), child);
    QVERIFY(childs.mid(6) != bytesOf(CommitToken::fresh()).mid(6));
}

Server *tst_CommitTable::server(ServerKind kind, const QStringList &flags)
{
    auto &group = m_servers[kind];
    if (!group) {
        group = std::make_unique<ServerGroup>(1, flags, QString(), kind);
        if (!group->start()) {
            qWarning("%s", qPrintable(group->errorString()));
            return nullptr;
        }
        for (const QString &statement : ControlSchema(u"ops"_s).statements())
            (void) (*group)[0].executeAsRoot(statement);
        (void) (*group)[0].executeAsRoot(
                u"CREATE TABLE test.w (id INT AUTO_INCREMENT PRIMARY KEY, v INT)"_s);
        (void) (*group)[0].executeAsRoot(u"GRANT SELECT, INSERT, DELETE ON "
                                         "ops.qproxysql_commit TO app"_s);
    }
    return &(*group)[0];
}

void tst_CommitTable::settings()
{
    QTest::addColumn<QString>("setting");
    QTest::addColumn<int>("refusal"); // of every write
    QTest::newRow("defaults") << u"SET @nothing = 1"_s << 0;
    for (const char *const mode :
         {"ANSI_QUOTES", "ANSI", "NO_BACKSLASH_ESCAPES", "PIPES_AS_CONCAT", "HIGH_NOT_PRECEDENCE",
          "TRADITIONAL", "PAD_CHAR_TO_FULL_LENGTH", "IGNORE_SPACE", ""})
        QTest::addRow("mode %s", mode) << u"SET sql_mode = '%1'"_s.arg(QLatin1String(mode)) << 0;
    for (const char *const mode :
         {"ORACLE", "MSSQL", "EMPTY_STRING_IS_NULL", "SIMULTANEOUS_ASSIGNMENT"})
        QTest::addRow("mode %s", mode)
                << u"SET @nothing = 1 /*M! , sql_mode = '%1' */"_s.arg(QLatin1String(mode)) << 0;
    QTest::newRow("safe updates") << u"SET sql_safe_updates = 1"_s << 0;
    QTest::newRow("no limit left") << u"SET sql_select_limit = 0"_s << 0;
    QTest::newRow("autocommit off") << u"SET autocommit = 0"_s << 0;
    QTest::newRow("no checks") << u"SET unique_checks = 0, foreign_key_checks = 0"_s << 0;
    QTest::newRow("serializable") << u"SET SESSION TRANSACTION ISOLATION LEVEL SERIALIZABLE"_s << 0;
    QTest::newRow("character set") << u"SET character_set_connection = ucs2"_s << 0;
    QTest::newRow("an old time") << u"SET timestamp = 86400"_s << 0;
    QTest::newRow("read only transactions") << u"SET SESSION TRANSACTION READ ONLY"_s << 1792;
    QTest::newRow("read only server") << u"READ ONLY SERVER"_s << 1290;
}

void tst_CommitTable::sqlOn(ServerKind kind)
{
    QFETCH(QString, setting);
    QFETCH(int, refusal);
    Server *const server = this->server(kind);
    QVERIFY(server);
    const bool isReadOnly = setting == "READ ONLY SERVER"_L1;
    auto result = CommitScene::connect(*server, CommitScene::login(u"app"_s, u"secret"_s),
                                       isReadOnly ? QString() : setting);
    QVERIFY(result.isOk());
    const ServerFlavour flavour = result.facts.flavour;
    QCOMPARE(flavour == ServerFlavour::MySql, kind == ServerKind::MySql);
    Client client(std::move(result.connection));
    const CommitTable table(u"ops"_s);
    const CommitToken first = CommitToken::fresh();
    const CommitToken second = CommitToken::fresh();
    if (isReadOnly)
        QVERIFY(server->executeAsRoot(u"SET GLOBAL read_only = ON"_s));
    const auto reset = qScopeGuard([server, isReadOnly] {
        if (isReadOnly)
            (void) server->executeAsRoot(u"SET GLOBAL read_only = OFF"_s);
    });

    if (refusal != 0) {                   // in words, and without a row
        RUN(client, "START TRANSACTION"); // BEGIN begins a block with sql_mode=ORACLE
        QCOMPARE(client.run(table.insertion(first, flavour)), refusal);
        RUN(client, "ROLLBACK");
        QCOMPARE(client.run(table.voiding(first, flavour)), refusal);
        RUN(client, table.look(first));
        QCOMPARE(client.row, QStringList());
        return;
    }

    RUN(client, "START TRANSACTION");
    RUN(client, "INSERT INTO test.w (v) VALUES (1)");
    RUN(client, table.insertion(first, flavour));
    QCOMPARE(client.affected, 1);
    RUN(client, "SHOW WARNINGS");
    QVERIFY2(client.row.isEmpty(), qPrintable(client.row.join(u' ')));
    RUN(client, "COMMIT");
    RUN(client, table.look(first));
    QCOMPARE(client.row.value(0), CommitTable::KindCommit);
    QCOMPARE(client.run(table.voiding(first, flavour)), Duplicate);

    RUN(client, table.voiding(second, flavour));
    RUN(client, "COMMIT");
    RUN(client, "START TRANSACTION");
    QCOMPARE(client.run(table.insertion(second, flavour)), Duplicate);
    RUN(client, "ROLLBACK");
    RUN(client, table.look(second));
    QCOMPARE(client.row.value(0), CommitTable::KindVoid);

    const CommitToken third = CommitToken::fresh();
    RUN(client, "START TRANSACTION");
    RUN(client, "INSERT INTO test.w (v) VALUES (1), (2)");
    RUN(client, "SELECT LAST_INSERT_ID() LIMIT 1");
    const QString id = client.row.value(0);
    RUN(client, "INSERT INTO test.w (id, v) VALUES (" + id.toLatin1() + " + 100, 3)");
    RUN(client, table.insertionWithResult(third, flavour));
    RUN(client, "COMMIT");
    RUN(client, table.look(third));
    QCOMPARE(client.row, (QStringList{CommitTable::KindCommit, id, u"1"_s}));

    // Outside of a transaction it does nothing. With autocommit=0 there is always one.
    if (kind == ServerKind::MariaDb && setting != "SET autocommit = 0"_L1) {
        RUN(client, table.insertion(CommitToken::fresh(), flavour));
        QCOMPARE(client.affected, 0);
    }
}

// MariaDB takes the system variable for unsafe to replicate, although a replica has a transaction there, too.
void tst_CommitTable::statementFormat()
{
    ServerGroup servers(1, {u"--log-bin=bin"_s, u"--binlog-format=STATEMENT"_s});
    QVERIFY2(servers.start(), qPrintable(servers.errorString()));
    for (const QString &statement : ControlSchema(u"ops"_s).statements())
        QVERIFY(servers[0].executeAsRoot(statement));
    auto result = CommitScene::connect(servers[0], CommitScene::login());
    QVERIFY(result.isOk());
    Client client(std::move(result.connection));
    const CommitTable table(u"ops"_s);
    for (const QByteArray &sql :
         {table.insertion(CommitToken::fresh(), ServerFlavour::MariaDb),
          table.insertionWithResult(CommitToken::fresh(), ServerFlavour::MariaDb),
          table.voiding(CommitToken::fresh(), ServerFlavour::MariaDb)}) {
        RUN(client, "START TRANSACTION");
        RUN(client, sql);
        QCOMPARE(client.affected, 1);
        RUN(client, "SHOW WARNINGS");
        QCOMPARE(client.row.value(1), sql.contains("@@") ? u"1592"_s : QString());
        RUN(client, "COMMIT");
    }
}

QTEST_GUILESS_MAIN(tst_CommitTable)
#include "tst_committable.moc"
