// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "commitscene.h"

#include "commits/commitcleaning.h"
#include "connection/connection.h"
#include "drain/controlschema.h"
#include "sandbox/galeracluster.h"
#include "sandbox/servergroup.h"

#include <atomic>
#include <thread>

using namespace qproxysql;
using namespace qproxysql::sandbox;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

/// Old tokens are removed, and no COMMIT notices.
class tst_CommitCleaning : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void removesWhatIsOldByBothClocks();
    void inPortions();
    void oneTurnAtATime();
    void turnThatNobodyEnds_data();
    void turnThatNobodyEnds();
    void withoutRights();
    void statementFormat();
    void chore();
    void besideCommits();
    void mySql(); // these only in tst_commitcleaning_long
    void sizeOfAMillion();

private:
    static QString literal(int days, int number)
    {
        QByteArray token = CommitToken::literalOfAge(std::chrono::hours(24 * days));
        return QString::fromLatin1(token.left(2 + 20)) + u"%1'"_s.arg(number, 12, 16, QChar(u'0'));
    }
    /// \a rows rows at once: tokens that are so many days old, and so is their column at.
    static bool add(Server &server, int tokenDays, int atDays, int rows = 1);
    static std::unique_ptr<CleaningTurn> turn(Server &server,
                                              const InnerLogin &login = CommitScene::login());
    static qint64 count(Server &server, const QString &where = u"1"_s)
    {
        return server.executeAsRoot(u"SELECT COUNT(*) FROM ops.qproxysql_commit WHERE "_s + where)
                .value()
                .toLongLong();
    }
    void commitBeside(Server &server, int number, std::atomic<bool> *isOver);

    ServerGroup m_servers{1};
    std::atomic<int> m_commits = 0;
    std::atomic<int> m_failures = 0;
    std::atomic<qint64> m_longest = 0; ///< ms
};

void tst_CommitCleaning::initTestCase()
{
    QVERIFY2(m_servers.start(), qPrintable(m_servers.errorString()));
    for (const QString &statement : ControlSchema(u"ops"_s).statements())
        QVERIFY(m_servers.executeEverywhere(statement));
    QVERIFY(m_servers.executeEverywhere(
            u"CREATE USER ordinary IDENTIFIED BY 'secret'; GRANT "
            "SELECT, INSERT, DELETE ON ops.qproxysql_commit TO ordinary; "
            "CREATE USER reader IDENTIFIED BY 'secret'; GRANT SELECT ON "
            "ops.qproxysql_commit TO reader"_s));
}

void tst_CommitCleaning::init()
{
    QVERIFY(m_servers[0].executeAsRoot(
            u"DELETE FROM ops.qproxysql_commit WHERE token <> REPEAT(X'FF', 16)"_s));
}

bool tst_CommitCleaning::add(Server &server, int tokenDays, int atDays, int rows)
{
    QStringList values;
    for (int i = 0; i < rows; ++i)
        values += u"(%1,'commit',NOW() - INTERVAL %2 DAY)"_s.arg(literal(tokenDays, i)).arg(atDays);
    return bool(server.executeAsRoot("INSERT INTO ops.qproxysql_commit (token, kind, at) VALUES "_L1
                                     + values.join(u',')));
}

std::unique_ptr<CleaningTurn> tst_CommitCleaning::turn(Server &server, const InnerLogin &login)
{
    auto result = CommitScene::connect(server, login, CleaningTurn::sessionSql());
    return result.isOk() ? std::make_unique<CleaningTurn>(std::move(result.connection),
                                                          CommitTable(u"ops"_s))
                         : nullptr;
}

// A client or a server whose clock is wrong, in whatever direction.
void tst_CommitCleaning::removesWhatIsOldByBothClocks()
{
    Server &server = m_servers[0];
    QVERIFY(add(server, 8, 8, 3));
    QVERIFY(add(server, 9, 0));    // the client is behind
    QVERIFY(add(server, 0, 9));    // the server was behind
    QVERIFY(add(server, 6, 6));    // younger
    QVERIFY(add(server, -400, 8)); // the client was ahead
    QVERIFY(add(server, 10, -400));
    const auto cleaning = turn(server, CommitScene::login(u"ordinary"_s, u"secret"_s));
    QVERIFY(!cleaning->step());
    cleaning->end();
    QCOMPARE(cleaning->removed(), 3);
    QCOMPARE(count(server), 6);
    QCOMPARE(count(server, u"at < NOW() - INTERVAL 7 DAY AND token < "_s + literal(7, 0)), 0);
}

// What is old by one clock only does not stop it.
void tst_CommitCleaning::inPortions()
{
    Server &server = m_servers[0];
    constexpr int Portion = CleaningTurn::Portion;
    QVERIFY(add(server, 20, 0, Portion + 10));
    QVERIFY(add(server, 8, 8, Portion));
    const auto cleaning = turn(server);
    QVERIFY(cleaning->step());
    QCOMPARE(cleaning->removed(), 0);
    QVERIFY(cleaning->step());
    QCOMPARE(cleaning->removed(), Portion - 10);
    QVERIFY(!cleaning->step());
    cleaning->end();
    QCOMPARE(cleaning->removed(), Portion);
    QCOMPARE(count(server), Portion + 10 + 1);
}

void tst_CommitCleaning::oneTurnAtATime()
{
    Server &server = m_servers[0];
    QVERIFY(add(server, 8, 8, 2 * CleaningTurn::Portion));
    const auto first = turn(server);
    const auto second = turn(server);
    QVERIFY(first->step());
    QVERIFY(!second->step());
    QCOMPARE(second->removed(), 0);
    second->end(); // which is not its own
    const auto third = turn(server);
    QVERIFY(!third->step());
    QCOMPARE(third->removed(), 0);
    first->end();
    const auto fourth = turn(server);
    QVERIFY(fourth->step());
    QVERIFY(!fourth->step());
    QCOMPARE(fourth->removed(), CleaningTurn::Portion);
    fourth->end();
    QCOMPARE(count(server), 1);
}

void tst_CommitCleaning::turnThatNobodyEnds_data()
{
    QTest::addColumn<QString>("at");
    QTest::addColumn<bool>("isOver");
    QTest::newRow("under way") << u"NOW() - INTERVAL 4 MINUTE"_s << false;
    QTest::newRow("its process has died") << u"NOW() - INTERVAL 6 MINUTE"_s << true;
    QTest::newRow("marked in the future") << u"NOW() + INTERVAL 1 YEAR"_s << true;
}

void tst_CommitCleaning::turnThatNobodyEnds()
{
    QFETCH(QString, at);
    QFETCH(bool, isOver);
    QVERIFY(add(m_servers[0], 8, 8));
    QVERIFY(m_servers[0].executeAsRoot(
            u"INSERT INTO ops.qproxysql_commit (token, kind, at) VALUES "
            "(X'00000000000070008000000000000001', 'void', %1)"_s.arg(at)));
    const auto cleaning = turn(m_servers[0]);
    QVERIFY(!cleaning->step());
    QCOMPARE(cleaning->removed(), isOver ? 1 : 0);
}

void tst_CommitCleaning::withoutRights()
{
    QVERIFY(add(m_servers[0], 8, 8));
    const auto cleaning = turn(m_servers[0], CommitScene::login(u"reader"_s, u"secret"_s));
    QVERIFY(!cleaning->step());
    cleaning->end();
    QCOMPARE(count(m_servers[0]), 2);
}

// READ COMMITTED is refused there.
void tst_CommitCleaning::statementFormat()
{
    ServerGroup servers(1, {u"--log-bin=bin"_s, u"--binlog-format=STATEMENT"_s});
    QVERIFY2(servers.start(), qPrintable(servers.errorString()));
    for (const QString &statement : ControlSchema(u"ops"_s).statements())
        QVERIFY(servers[0].executeAsRoot(statement));
    QVERIFY(add(servers[0], 8, 8, 10));
    const auto cleaning = turn(servers[0]);
    QVERIFY(!cleaning->step());
    cleaning->end();
    QCOMPARE(count(servers[0]), 1);
}

// While a connection with EXACTLY_ONCE is open, and no longer.
void tst_CommitCleaning::chore()
{
    Server &server = m_servers[0];
    CommitCleaning::setPace({.between = 50ms, .pause = 1ms});
    OpenRequest request;
    request.host = u"127.0.0.1"_s;
    request.port = server.port();
    request.user = u"ordinary"_s;
    request.password = u"secret"_s;
    request.connectOptions = u"POOL=chore;CONTROL_SCHEMA=ops;MAX_IDLE=0"_s;
    Connection unrelated(nullptr, {});
    QVERIFY2(unrelated.open(request), qPrintable(unrelated.openError().text()));
    QVERIFY(add(server, 8, 8, 3 * CleaningTurn::Portion));
    request.connectOptions += ";EXACTLY_ONCE=transactions"_L1;
    Connection connection(nullptr, {});
    QVERIFY2(connection.open(request), qPrintable(connection.openError().text()));
    QTRY_COMPARE_WITH_TIMEOUT(count(server), 1, 20'000);
    QVERIFY(add(server, 8, 8, CleaningTurn::Portion)); // another turn
    QTRY_COMPARE_WITH_TIMEOUT(count(server), 1, 20'000);

    QVERIFY(add(server, 8, 8, 20 * CleaningTurn::Portion));
    QTRY_VERIFY_WITH_TIMEOUT(count(server, u"token < X'0001'"_s) == 1, 20'000);
    connection.close();
    QTRY_COMPARE_WITH_TIMEOUT(server.connectionCount(u"ordinary"_s), 1, 20'000);
    QVERIFY(count(server) > CleaningTurn::Portion);
    QCOMPARE(count(server, u"token < X'0001'"_s), 0); // others may begin
}

void tst_CommitCleaning::commitBeside(Server &server, int number, std::atomic<bool> *isOver)
{
    auto result = CommitScene::connect(server, CommitScene::login(),
                                       u"SET SESSION innodb_lock_wait_timeout = 1"_s);
    if (!result.isOk()) {
        ++m_failures;
        return;
    }
    const CommitTable table(u"ops"_s);
    auto next = std::chrono::steady_clock::now();
    while (!*isOver) {
        const auto began = std::chrono::steady_clock::now();
        QSqlQuery query(result.connection->driver()->createResult());
        bool isOk = query.exec(
                u"START TRANSACTION; INSERT INTO test.w VALUES (NULL, %1); %2; COMMIT"_s.arg(number)
                        .arg(QString::fromUtf8(
                                table.insertion(CommitToken::fresh(), ServerFlavour::MariaDb))));
        while (isOk && query.nextResult()) {
        }
        isOk = isOk && !query.lastError().isValid();
        if (!isOk) {
            ++m_failures;
            qWarning("%s", qPrintable(query.lastError().text()));
            (void) query.exec(u"ROLLBACK"_s);
        }
        ++m_commits;
        const auto now = std::chrono::steady_clock::now();
        const qint64 ms = std::chrono::duration_cast<std::chrono::milliseconds>(now - began).count();
        if (ms > m_longest)
            m_longest = ms;
        next = std::max(next + 8ms, now - 100ms); // with eight writers a thousand in a second
        std::this_thread::sleep_until(next);
    }
}

void tst_CommitCleaning::besideCommits()
{
#ifdef QPROXYSQL_LONG_TEST
    constexpr int Thousands = 200;
#else
    constexpr int Thousands = 20;
#endif
    GaleraCluster cluster(3, {}, QString(), GaleraCluster::Timers::Orderly);
    QVERIFY2(cluster.start(), qPrintable(cluster.errorString()));
    for (const QString &statement : ControlSchema(u"ops"_s).statements())
        QVERIFY(cluster[0].executeAsRoot(statement));
    QVERIFY(cluster[0].executeAsRoot(
            u"CREATE TABLE test.w (id INT AUTO_INCREMENT PRIMARY KEY, v INT)"_s));
    for (int i = 0; i < Thousands; ++i)
        QVERIFY(add(cluster[i % 3], 8 + i, 8, 1000));
    for (int i = 0; i < 3; ++i)
        QTRY_COMPARE(count(cluster[i]), Thousands * 1000 + 1);
    qint64 waits = 0;
    qint64 conflicts = 0;
    for (int i = 0; i < 3; ++i) {
        waits -= cluster[i].statusValue(u"Innodb_row_lock_waits"_s);
        conflicts -= cluster[i].statusValue(u"wsrep_local_cert_failures"_s)
                     + cluster[i].statusValue(u"wsrep_local_bf_aborts"_s);
    }

    std::atomic<bool> isOver = false;
    std::vector<std::thread> writers;
    const auto began = std::chrono::steady_clock::now();
    for (int i = 0; i < 8; ++i)
        writers.emplace_back([&, i] { commitBeside(cluster[i % 3], i, &isOver); });
    QTRY_VERIFY(m_commits > 100);
    int steps = 0;
    const auto cleaning = turn(cluster[0]);
    while (cleaning->step()) {
        ++steps;
        std::this_thread::sleep_for(50ms); // CommitCleaning::Pace
    }
    cleaning->end();
    isOver = true;
    for (std::thread &writer : writers)
        writer.join();
    const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(
            std::chrono::steady_clock::now() - began);
    for (int i = 0; i < 3; ++i) {
        waits += cluster[i].statusValue(u"Innodb_row_lock_waits"_s);
        conflicts += cluster[i].statusValue(u"wsrep_local_cert_failures"_s)
                     + cluster[i].statusValue(u"wsrep_local_bf_aborts"_s);
    }
    qInfo("%d COMMITs and %lld removed tokens in %lld ms, longest COMMIT %lld ms, %lld lock waits, "
          "%lld conflicts",
          m_commits.load(), (long long) cleaning->removed(), (long long) ms.count(),
          (long long) m_longest.load(), (long long) waits, (long long) conflicts);
    QCOMPARE(cleaning->removed(), Thousands * 1000);
    QCOMPARE(m_failures.load(), 0);
    QCOMPARE(waits, 0);
    QCOMPARE(conflicts, 0);
}

void tst_CommitCleaning::mySql()
{
    ServerGroup servers(1, {}, QString(), ServerKind::MySql);
    QVERIFY2(servers.start(), qPrintable(servers.errorString()));
    for (const QString &statement : ControlSchema(u"ops"_s).statements())
        QVERIFY(servers[0].executeAsRoot(statement));
    QVERIFY(add(servers[0], 8, 8, CleaningTurn::Portion + 10));
    QVERIFY(add(servers[0], 9, 0));
    const auto first = turn(servers[0]);
    const auto second = turn(servers[0]);
    QVERIFY(first->step());
    QVERIFY(!second->step());
    QVERIFY(!first->step());
    first->end();
    QCOMPARE(first->removed(), CleaningTurn::Portion + 10);
    QCOMPARE(count(servers[0]), 2);
}

// Tokens of several writers, which come nearly in the order of time.
void tst_CommitCleaning::sizeOfAMillion()
{
    constexpr int Writers = 4;
    std::vector<std::thread> writers;
    for (int writer = 0; writer < Writers; ++writer) {
        writers.emplace_back([this] {
            const auto result = CommitScene::connect(m_servers[0], CommitScene::login());
            const CommitTable table(u"ops"_s);
            for (int i = 0; result.isOk() && i < 1'000'000 / Writers; ++i) {
                QSqlQuery query(result.connection->driver()->createResult());
                if (!query.exec(QString::fromUtf8(
                            table.voiding(CommitToken::fresh(), ServerFlavour::MariaDb))))
                    ++m_failures;
            }
        });
    }
    for (std::thread &writer : writers)
        writer.join();
    QCOMPARE(m_failures.load(), 0);
    QCOMPARE(count(m_servers[0]), 1'000'001);
    QVERIFY(m_servers[0].executeAsRoot(u"ANALYZE TABLE ops.qproxysql_commit"_s));
    const qint64 bytes =
            m_servers[0]
                    .executeAsRoot(
                            u"SELECT DATA_LENGTH + INDEX_LENGTH FROM information_schema.TABLES "
                            "WHERE TABLE_SCHEMA = 'ops' AND TABLE_NAME = 'qproxysql_commit'"_s)
                    .value()
                    .toLongLong();
    qInfo("%lld bytes", (long long) bytes);
    QVERIFY2(bytes > 0 && bytes < 100 * 1024 * 1024, qPrintable(QString::number(bytes)));
}
QTEST_GUILESS_MAIN(tst_CommitCleaning)
#include "tst_commitcleaning.moc"
