// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "commits/commitfate.h"
#include "commits/committable.h"

#include "sandbox/fulltests.h"
#include "sandbox/galeracluster.h"
#include "sandbox/groupreplication.h"
#include "sandbox/relay.h"
#include "sandbox/rootclient.h"
#include "sandbox/servergroup.h"

#include <QtTest/QtTest>

#include <future>

using namespace qproxysql;
using namespace qproxysql::sandbox;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

using Verdict = CommitFate::Verdict;

/// What servers do with the tokens of commits: each case from which the promise of EXACTLY_ONCE follows, and each
/// trap in the SQL for it. On a cluster of three, and on a plain server.
class tst_CommitTraps : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();

    void answerOfTheCommitLost();
    void voidBeforeTheCommit();
    void nodeFrozenBeforeTheCommit();
    void nodeFrozenWithinTheCommit_data();
    void nodeFrozenWithinTheCommit();
    void answerOfTheVoidLost_data();
    void answerOfTheVoidLost();

    void tokenTwice();
    void outsideOfATransaction_data();
    void outsideOfATransaction();
    void commentSwallowsTheCommit();
    void lookSeesOnlyCommitted();
    void emptyTableIsNotLocked_data();
    void emptyTableIsNotLocked();

private:
#ifdef COMMITTRAPS_MYSQL
    static constexpr ServerFlavour Flavour = ServerFlavour::MySql;
    static constexpr ServerKind Kind = ServerKind::MySql;
    GroupReplication m_cluster{GroupReplication::Mode::MultiPrimary};
#else
    static constexpr ServerFlavour Flavour = ServerFlavour::MariaDb;
    static constexpr ServerKind Kind = ServerKind::MariaDb;
    GaleraCluster m_cluster{3};
#endif
    ServerGroup m_plain{1, {}, {}, Kind};
    const CommitTable m_table{u"control"_s};

    QString sql(const QByteArray &text) const
    {
        return QString::fromUtf8(text);
    }
    QString insertion(const CommitToken &token) const
    {
        return sql(m_table.insertion(token, Flavour));
    }
    QString voiding(const CommitToken &token) const
    {
        return sql(m_table.voiding(token, Flavour));
    }
    QString look(const CommitToken &token) const
    {
        return sql(m_table.look(token));
    }

    static void open(RootClient &client, quint16 port, std::chrono::milliseconds timeout = 60s)
    {
        QVERIFY2(client.open(port, timeout), qPrintable(client.errorString()));
        const Answer set = client.execute(u"SET SESSION innodb_lock_wait_timeout = 1"_s);
        QVERIFY2(set.ok, qPrintable(set.errorString));
    }
    void begin(RootClient &client, int id)
    {
        const Answer answer = client.execute(u"BEGIN; INSERT INTO test.t VALUES (%1)"_s.arg(id));
        QVERIFY2(answer.ok, qPrintable(answer.errorString));
    }
    /// As a connection asks: until it is certain, over new sessions.
    Verdict fateOf(const CommitToken &token, quint16 port) const;
    CommitFate::Answer ask(const CommitFate &fate, const CommitToken &token, quint16 port) const;

    static int rows(Server &server, int id)
    {
        const Answer answer = server.executeAsRoot(
                u"SELECT COUNT(*) FROM test.t WHERE id = %1"_s.arg(id));
        return answer.ok ? answer.value().toInt() : -1;
    }
    void waitUntilWhole();
    /// All nodes hold what was told.
    void compare(const CommitToken &token, int id, Verdict told);

    int m_id = 1;
};

void tst_CommitTraps::initTestCase()
{
    const QString make = u"CREATE TABLE test.t (id INT PRIMARY KEY);CREATE DATABASE control;"_s
                         + m_table.statements().join(u';');
    QVERIFY2(m_plain.start(make), qPrintable(m_plain.errorString()));
    QVERIFY2(m_cluster.start(), qPrintable(m_cluster.errorString()));
    const Answer made = m_cluster[0].executeAsRoot(make);
    QVERIFY2(made.ok, qPrintable(made.errorString));
    for (int i = 1; i < m_cluster.count(); ++i)
        QTRY_COMPARE(m_cluster[i]
                             .executeAsRoot(u"SELECT 1 FROM control.qproxysql_commit"_s)
                             .rows.size(),
                     1);
}

CommitFate::Answer tst_CommitTraps::ask(const CommitFate &fate, const CommitToken &token,
                                        quint16 port) const
{
    using Fate = CommitFate::Answer;
    RootClient client;
    if (!client.open(port, 5s) || !client.execute(u"SET innodb_lock_wait_timeout = 1"_s).ok)
        return Fate::Unknown;
    const bool isLook = fate.step() == CommitFate::Step::Look;
    const Answer answer = client.execute(isLook ? look(token) : voiding(token));
    if (!answer.ok)
        return !isLook && answer.errorCode == 1062 ? Fate::TokenExists : Fate::Unknown;
    if (!isLook)
        return Fate::Done;
    return answer.rows.isEmpty()                     ? Fate::IsMissing
           : answer.value() == CommitTable::KindVoid ? Fate::IsVoid
                                                     : Fate::IsCommit;
}

Verdict tst_CommitTraps::fateOf(const CommitToken &token, quint16 port) const
{
    CommitFate fate;
    const QDeadlineTimer deadline(40s);
    while (fate.step() != CommitFate::Step::Done && !deadline.hasExpired())
        fate.answered(ask(fate, token, port));
    return fate.verdict();
}

void tst_CommitTraps::waitUntilWhole()
{
    for (int i = 0; i < m_cluster.count(); ++i) {
#ifdef COMMITTRAPS_MYSQL
        QVERIFY2(m_cluster.waitForState(i, u"ONLINE"_s), qPrintable(m_cluster.errorString()));
#else
        QTRY_COMPARE(m_cluster.clusterSize(i), 3);
        QTRY_VERIFY(rows(m_cluster[i], 0) == 0); // so it does not answer 1047
#endif
    }
}

void tst_CommitTraps::compare(const CommitToken &token, int id, Verdict told)
{
    QVERIFY(told != Verdict::Unknown);
    const bool isThere = told == Verdict::Committed;
    for (int i = 0; i < m_cluster.count(); ++i) {
        const QString kind = isThere ? u"commit"_s : u"void"_s;
        QTRY_COMPARE(m_cluster[i].executeAsRoot(look(token)).value(), kind);
        QCOMPARE(rows(m_cluster[i], id), isThere ? 1 : 0);
        QCOMPARE(fateOf(token, m_cluster[i].port()), told);
    }
}

void tst_CommitTraps::answerOfTheCommitLost()
{
    const CommitToken token = CommitToken::fresh();
    RootClient first;
    open(first, m_cluster[0].port());
    begin(first, ++m_id);
    const Answer committed = first.execute(insertion(token) + u"; COMMIT"_s);
    QVERIFY2(committed.ok, qPrintable(committed.errorString));
    QCOMPARE(fateOf(token, m_cluster[1].port()), Verdict::Committed);
    compare(token, m_id, Verdict::Committed);
}

// The first attempt is open elsewhere and goes on afterwards.
void tst_CommitTraps::voidBeforeTheCommit()
{
    const CommitToken token = CommitToken::fresh();
    RootClient first;
    open(first, m_cluster[0].port());
    begin(first, ++m_id);
    QVERIFY(first.execute(insertion(token)).ok);
    QCOMPARE(fateOf(token, m_cluster[1].port()), Verdict::NotCommitted);
    const Answer late = first.execute(u"COMMIT"_s);
    qInfo("the first attempt: %d %s", late.errorCode, qPrintable(late.errorString));
    QVERIFY(!late.ok);
    compare(token, m_id, Verdict::NotCommitted);
}

// The node has the request and executes it after the others have decided.
void tst_CommitTraps::nodeFrozenBeforeTheCommit()
{
    const CommitToken token = CommitToken::fresh();
    RootClient first;
    open(first, m_cluster[0].port());
    begin(first, ++m_id);
    QVERIFY(m_cluster[0].freeze());
    auto late = std::async(std::launch::async,
                           [&] { return first.execute(insertion(token) + u"; COMMIT"_s); });
    const Verdict told = fateOf(token, m_cluster[1].port());
    QVERIFY(m_cluster[0].thaw());
    const Answer answer = late.get();
    qInfo("the first attempt: %d %s", answer.errorCode, qPrintable(answer.errorString));
    QVERIFY(!answer.ok);
    QCOMPARE(told, Verdict::NotCommitted);
    waitUntilWhole();
    compare(token, m_id, Verdict::NotCommitted);
}

void tst_CommitTraps::nodeFrozenWithinTheCommit_data()
{
    QTest::addColumn<int>("ms");
    QTest::newRow("0.3 s") << 300;
    if (RunsAllData)
        QTest::newRow("0.9 s") << 900;
}

// Either may win; what is told is true.
void tst_CommitTraps::nodeFrozenWithinTheCommit()
{
    QFETCH(int, ms);
    const CommitToken token = CommitToken::fresh();
    RootClient first;
    open(first, m_cluster[0].port());
    begin(first, ++m_id);
    QVERIFY(m_cluster[1].freeze() && m_cluster[2].freeze());
    auto late = std::async(std::launch::async,
                           [&] { return first.execute(insertion(token) + u"; COMMIT"_s); });
    const QString inCommit = u"SELECT COUNT(*) FROM information_schema.processlist "
                             "WHERE info = 'COMMIT'"_s;
    QTRY_COMPARE(m_cluster[0].executeAsRoot(inCommit).value(), u"1"_s);
    QVERIFY(m_cluster[0].freeze());
    QVERIFY(m_cluster[1].thaw() && m_cluster[2].thaw());
    auto verdict = std::async(std::launch::async,
                              [&] { return fateOf(token, m_cluster[1].port()); });
    verdict.wait_for(std::chrono::milliseconds(ms));
    QVERIFY(m_cluster[0].thaw());
    const Answer answer = late.get();
    const Verdict told = verdict.get();
    qInfo("the first attempt: %d %s; told: %s", answer.errorCode, qPrintable(answer.errorString),
          told == Verdict::Committed ? "committed" : "not committed");
    QVERIFY(!answer.ok || told == Verdict::Committed);
    waitUntilWhole();
    compare(token, m_id, told);
}

void tst_CommitTraps::answerOfTheVoidLost_data()
{
    QTest::addColumn<int>("moment");
    QTest::newRow("before") << int(Relay::CutMoment::BeforeRequest);
    QTest::newRow("after") << int(Relay::CutMoment::AfterAnswer);
}

void tst_CommitTraps::answerOfTheVoidLost()
{
    QFETCH(int, moment);
    Relay relay(m_cluster[1].port());
    QVERIFY2(relay.isListening(), qPrintable(relay.errorString()));
    for (const bool isCommitted : {false, true}) {
        const CommitToken token = CommitToken::fresh();
        RootClient first;
        open(first, m_cluster[0].port());
        begin(first, ++m_id);
        if (isCommitted)
            QVERIFY(first.execute(insertion(token) + u"; COMMIT"_s).ok);
        relay.cutOnce("'void'", Relay::CutMoment(moment));
        CommitFate fate;
        QCOMPARE(ask(fate, token, relay.port()), CommitFate::Answer::Unknown);
        first.execute(u"ROLLBACK"_s);
        const Verdict told = fateOf(token, relay.port());
        QCOMPARE(told, isCommitted ? Verdict::Committed : Verdict::NotCommitted);
        compare(token, m_id, told);
    }
}

// The error ends the text, and leaves the transaction open.
void tst_CommitTraps::tokenTwice()
{
    const CommitToken token = CommitToken::fresh();
    Server &server = m_plain[0];
    RootClient one, two;
    open(one, server.port());
    open(two, server.port());
    begin(one, ++m_id);
    QVERIFY(one.execute(insertion(token) + u"; COMMIT"_s).ok);
    const int id = ++m_id;
    begin(two, id);
    QCOMPARE(two.execute(insertion(token) + u"; COMMIT"_s).errorCode, 1062);
    QCOMPARE(rows(server, id), 0);
    const QString own = u"SELECT COUNT(*) FROM test.t WHERE id = %1"_s.arg(id);
    QCOMPARE(two.execute(own).value(), u"1"_s); // so it is still open
    QVERIFY(two.execute(insertion(CommitToken::fresh()) + u"; COMMIT"_s).ok);
    QCOMPARE(rows(server, id), 1);
}

void tst_CommitTraps::outsideOfATransaction_data()
{
    QTest::addColumn<bool>("hasResult");
    QTest::newRow("token") << false;
    QTest::newRow("with result") << true;
}

// MySQL has nothing to ask for it, and adds the token alone.
void tst_CommitTraps::outsideOfATransaction()
{
    QFETCH(bool, hasResult);
    const CommitToken token = CommitToken::fresh();
    RootClient client;
    open(client, m_plain[0].port());
    QVERIFY(client.execute(u"BEGIN; ROLLBACK"_s).ok);
    const QString insert = hasResult ? sql(m_table.insertionWithResult(token, Flavour))
                                     : insertion(token);
    const Answer answer = client.execute(insert);
    QVERIFY2(answer.ok, qPrintable(answer.errorString));
    const bool isGuarded = Flavour == ServerFlavour::MariaDb;
    QCOMPARE(client.execute(u"SELECT ROW_COUNT()"_s).value(), isGuarded ? u"0"_s : u"1"_s);
    QVERIFY(client.execute(u"COMMIT"_s).ok);
    QCOMPARE(m_plain[0].executeAsRoot(look(token)).rows.size(), isGuarded ? 0 : 1);
}

void tst_CommitTraps::commentSwallowsTheCommit()
{
    Server &server = m_plain[0];
    RootClient client;
    open(client, server.port());
    const QString insert = u"BEGIN; INSERT INTO test.t VALUES (%1) -- note"_s.arg(++m_id);
    QVERIFY(client.execute(insert + u"; COMMIT"_s).ok);
    QCOMPARE(rows(server, m_id), 0);
    QVERIFY(client.execute(u"ROLLBACK"_s).ok);
    QVERIFY(client.execute(insert + u"\n; COMMIT"_s).ok);
    QCOMPARE(rows(server, m_id), 1);
}

void tst_CommitTraps::lookSeesOnlyCommitted()
{
    const CommitToken token = CommitToken::fresh();
    RootClient first, asking;
    open(first, m_plain[0].port());
    open(asking, m_plain[0].port());
    QVERIFY(asking.execute(u"SET SESSION TRANSACTION ISOLATION LEVEL READ UNCOMMITTED"_s).ok);
    begin(first, ++m_id);
    QVERIFY(first.execute(insertion(token)).ok);
    const Answer answer = asking.execute(look(token));
    QCOMPARE(answer.rows.size(), 0);
    QCOMPARE(answer.errorCode, 1205);
    QVERIFY(first.execute(u"COMMIT"_s).ok);
    QCOMPARE(asking.execute(look(token)).value(), u"commit"_s);
}

void tst_CommitTraps::emptyTableIsNotLocked_data()
{
    QTest::addColumn<bool>("isEmpty");
    QTest::addColumn<bool>("isOurs");
    QTest::addColumn<bool>("isLocked");
    QTest::newRow("as init makes it") << false << true << false;
    QTest::newRow("emptied by somebody") << true << true << false;
    QTest::newRow("sentinel, a plain INSERT") << false << false << false;
    // Else the rows above prove nothing.
    if (Flavour == ServerFlavour::MariaDb)
        QTest::newRow("emptied, a plain INSERT") << true << false << true;
}

// With both checks off MariaDB inserts into an empty table in bulk.
void tst_CommitTraps::emptyTableIsNotLocked()
{
    QFETCH(bool, isEmpty);
    QFETCH(bool, isOurs);
    const auto text = [&](const CommitToken &token) {
        return isOurs ? insertion(token)
                      : u"INSERT INTO %1 (token, kind) VALUES (%2, 'commit')"_s
                                .arg(m_table.name(), sql(token.literal()));
    };
    Server &server = m_plain[0];
    QVERIFY(server.executeAsRoot(u"TRUNCATE "_s + m_table.name()).ok);
    QVERIFY(isEmpty || server.executeAsRoot(m_table.statements().last()).ok);
    RootClient one, two;
    open(one, server.port());
    open(two, server.port());
    QVERIFY(one.execute(u"SET unique_checks = 0, foreign_key_checks = 0"_s).ok);
    begin(one, ++m_id);
    QVERIFY(one.execute(text(CommitToken::fresh())).ok);
    begin(two, ++m_id);
    QTEST(two.execute(text(CommitToken::fresh())).errorCode == 1205, "isLocked");
}

QTEST_GUILESS_MAIN(tst_CommitTraps)
#include "tst_committraps.moc"
