// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "scopeddatabase.h"

#include "commits/committable.h"
#include "sandbox/relay.h"
#include "sandbox/rootclient.h"
#include "sandbox/servergroup.h"

#include <QtTest/QtTest>

#include <future>
#include <memory>

using namespace qproxysql;
using namespace qproxysql::sandbox;
using namespace Qt::StringLiterals;

/// A COMMIT with a token that the server answers with an error, whether it was executed or not.
class DoubtfulCommit final : public Interceptor
{
public:
    enum Kind {
        Off,
        Executed,
        NotExecuted,
        Vanished ///< BEGIN and INSERT before it did not reach the server, which has said OK
    };
    struct Order
    {
        std::atomic<Kind> kind{Off};
        std::atomic<quint16> code{0};
    };
    explicit DoubtfulCommit(Order *order)
        : m_order(*order)
    {
    }

    QByteArray greeting(const QByteArray &packet, const void *) override { return packet; }
    Verdict judge(const RequestCounter::Request &request, const void *) override
    {
        if (m_order.kind == Vanished
            && (request.text.startsWith("BEGIN") || request.text.startsWith("INSERT INTO t "))) {
            if (request.text.startsWith("INSERT"))
                m_order.kind = Off;
            return {QByteArray::fromHex("0700000100010103000000"), false};
        }
        if (m_order.kind != NotExecuted || !isIt(request))
            return {};
        m_order.kind = Off;
        QByteArray answer;
        for (int i = 1; i <= answersBefore(request); ++i) // one row, in a transaction, more follow
            answer += QByteArray::fromHex("070000") + char(i)
                      + QByteArray::fromHex("0001010b000000");
        return {answer + error(answersBefore(request) + 1), false};
    }
    void alter(const RequestCounter::Request &request, const void *, QByteArray *bytes) override
    {
        if (m_order.kind != Executed || !isIt(request))
            return;
        qsizetype kept = 0;
        for (; kept < bytes->size() && m_passed < answersBefore(request); ++m_passed)
            kept += 4 + quint8(bytes->at(kept));
        if (kept == bytes->size()) // the rest is still to come
            return;
        m_order.kind = Off;
        m_passed = 0;
        *bytes = bytes->left(kept) + error(answersBefore(request) + 1);
    }

private:
    static bool isIt(const RequestCounter::Request &request)
    {
        return request.text.contains("qproxysql_commit") && request.text.contains("COMMIT");
    }
    /// To the statements before COMMIT.
    static int answersBefore(const RequestCounter::Request &request)
    {
        return request.text.contains("START") ? 3 : 1;
    }
    QByteArray error(int number) const
    {
        const quint16 code = m_order.code;
        const QByteArray payload = QByteArray("\xff") + char(code & 0xff) + char(code >> 8)
                                   + "#HY000no";
        return QByteArray(1, char(payload.size())) + QByteArray("\0\0", 2) + char(number) + payload;
    }

    Order &m_order;
    int m_passed = 0; ///< answers to the request under way
};

/// Errors of a COMMIT with a token: what is told is what happened, and the connection can be used afterwards.
class tst_CommitErrors : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();

    void openIsCut_data();
    void openIsCut();
    void doubtfulCommit_data();
    void doubtfulCommit();
    void vanishedTransaction();
    void refusedToken_data();
    void refusedToken();
    void questionLost_data();
    void questionLost();
    void heldCommit_data();
    void heldCommit();

private:
    QString hosts() { return m_way->address() + u',' + m_servers[0].address(); }
    QString options(const QString &exactlyOnce)
    {
        return u"BALANCE=first;EXACTLY_ONCE=%1;POOL=commiterrors%2"_s.arg(exactlyOnce).arg(++m_pool);
    }
    Answer root(const QString &sql) { return m_servers[0].executeAsRoot(sql); }
    QString rows()
    {
        return root(u"SELECT GROUP_CONCAT(n ORDER BY n) FROM test.t FOR UPDATE"_s).value();
    }
    /// Inserts \a n, in a transaction or alone.
    static bool write(const ScopedDatabase &db, bool isAlone, int n, QString *error);
    static void addWays();

    DoubtfulCommit::Order m_order;
    ServerGroup m_servers{1};
    std::unique_ptr<Relay> m_way;
    int m_pool = 0;
};

void tst_CommitErrors::initTestCase()
{
    const QString tokens = CommitTable(u"qproxysql"_s).statements().join(u';');
    QVERIFY2(m_servers.start(u"CREATE TABLE test.t (id INT AUTO_INCREMENT PRIMARY KEY, n INT) "
                             "ENGINE=InnoDB;"
                             "CREATE DATABASE qproxysql;"_s
                             + tokens
                             + u";CREATE TABLE test.refusals (n INT) ENGINE=Aria;"
                               "INSERT INTO test.refusals VALUES (0);"
                               "GRANT SELECT, INSERT, DELETE ON qproxysql.* TO app"_s),
             qPrintable(m_servers.errorString()));
    m_way = std::make_unique<Relay>(m_servers[0].port(), 0,
                                    std::make_unique<DoubtfulCommit>(&m_order));
    QVERIFY2(m_way->isListening(), qPrintable(m_way->errorString()));
}

void tst_CommitErrors::init()
{
    QVERIFY(root(u"DELETE FROM test.t"_s).ok);
}

void tst_CommitErrors::addWays()
{
    QTest::addColumn<bool>("isAlone");
    QTest::newRow("transaction") << false;
    QTest::newRow("alone") << true;
}

bool tst_CommitErrors::write(const ScopedDatabase &db, bool isAlone, int n, QString *error)
{
    QSqlQuery query(db.get());
    const QString sql = u"INSERT INTO t (n) VALUES (%1)"_s.arg(n);
    bool isOk = isAlone || db.get().transaction();
    isOk = isOk && query.exec(sql);
    *error = query.lastError().text();
    if (isOk && !isAlone) {
        isOk = db.get().commit();
        *error = db.error().text();
    }
    return isOk && (!isAlone || (query.numRowsAffected() == 1 && query.lastInsertId().isValid()));
}

void tst_CommitErrors::openIsCut_data()
{
    QTest::addColumn<int>("moment");
    QTest::newRow("before") << int(Relay::CutMoment::BeforeRequest);
    QTest::newRow("after") << int(Relay::CutMoment::AfterAnswer);
}

// While it asks whether the server can take tokens.
void tst_CommitErrors::openIsCut()
{
    QFETCH(int, moment);
    const QString schema = u"tokens%1"_s.arg(++m_pool); // of which nothing is remembered
    QVERIFY(m_servers.executeEverywhere(
            u"CREATE DATABASE %1;%2;GRANT SELECT, INSERT, DELETE ON %1.* TO app"_s
                    .arg(schema, CommitTable(schema).statements().join(u';'))));
    ScopedDatabase db(hosts(), options(u"transactions;CONTROL_SCHEMA="_s + schema));
    m_way->cutOnce("innodb_flush_log_at_trx_commit", Relay::CutMoment(moment));
    QVERIFY2(db.open(), qPrintable(db.error().text()));
    QVERIFY(!m_way->isArmed());
    QString error;
    QVERIFY2(write(db, false, 7, &error), qPrintable(error));
    QCOMPARE(rows(), u"7"_s);
    QVERIFY(root(u"SELECT COUNT(*) FROM %1.qproxysql_commit"_s.arg(schema)).value() == u"2");
}

void tst_CommitErrors::doubtfulCommit_data()
{
    QTest::addColumn<int>("code");
    QTest::addColumn<bool>("isAlone");
    QTest::addColumn<bool>("isExecuted");
    for (const int code : {1020, 1180, 1205, 1317, 1927, 1969}) {
        for (const bool isAlone : {false, true}) {
            for (const bool isExecuted : {false, true})
                QTest::addRow("%d, %s, %s", code, isAlone ? "alone" : "transaction",
                              isExecuted ? "executed" : "not executed")
                        << code << isAlone << isExecuted;
        }
    }
}

// None of these errors says what happened.
void tst_CommitErrors::doubtfulCommit()
{
    QFETCH(int, code);
    QFETCH(bool, isAlone);
    QFETCH(bool, isExecuted);
    ScopedDatabase db(hosts(), options(isAlone ? u"always"_s : u"transactions"_s));
    QVERIFY2(db.openOn(m_way->address()), qPrintable(db.error().text()));
    m_order.code = quint16(code);
    m_order.kind = isExecuted ? DoubtfulCommit::Executed : DoubtfulCommit::NotExecuted;
    // What an operator kills is not run again alone.
    const bool isEnded = code == 1927 && isAlone && !isExecuted;
    QString error;
    QVERIFY2(write(db, isAlone, 7, &error) != isEnded, qPrintable(error));
    QCOMPARE(m_order.kind, DoubtfulCommit::Off);
    QCOMPARE(rows(), isEnded ? QString() : u"7"_s);
    QVERIFY(!error.contains(u"may or may not"_s));
    QVERIFY2(write(db, isAlone, 8, &error), qPrintable(error));
    QCOMPARE(rows(), isEnded ? u"8"_s : u"7,8"_s);
}

// COMMIT would succeed, with nothing to commit.
void tst_CommitErrors::vanishedTransaction()
{
    ScopedDatabase db(hosts(), options(u"transactions"_s));
    QVERIFY2(db.openOn(m_way->address()), qPrintable(db.error().text()));
    m_order.kind = DoubtfulCommit::Vanished;
    QString error;
    QVERIFY2(write(db, false, 7, &error), qPrintable(error));
    QCOMPARE(m_order.kind, DoubtfulCommit::Off);
    QCOMPARE(rows(), u"7"_s);
}

void tst_CommitErrors::refusedToken_data()
{
    QTest::addColumn<int>("code");
    QTest::addColumn<int>("times");
    QTest::addColumn<bool>("isAlone");
    QTest::addColumn<bool>("isWritten");
    for (const bool isAlone : {false, true}) {
        const char *const how = isAlone ? "alone" : "transaction";
        QTest::addRow("foreign token, %s", how) << 1062 << 2 << isAlone << true;
        QTest::addRow("foreign tokens only, %s", how) << 1062 << 100 << isAlone << false;
        QTest::addRow("no right, %s", how) << 1142 << 1 << isAlone << false;
        QTest::addRow("table full, %s", how) << 1114 << 1 << isAlone << false;
    }
}

// The INSERT of the token fails: the transaction is still open then.
void tst_CommitErrors::refusedToken()
{
    QFETCH(int, code);
    QFETCH(int, times);
    QFETCH(bool, isAlone);
    QFETCH(bool, isWritten);
    const QString trigger =
            u"CREATE OR REPLACE TRIGGER qproxysql.refusing BEFORE INSERT ON "
            "qproxysql.qproxysql_commit FOR EACH ROW BEGIN "
            "IF NEW.kind = 'commit' AND (SELECT n FROM test.refusals) > 0 THEN "
            "UPDATE test.refusals SET n = n - 1; "
            "SIGNAL SQLSTATE '45000' SET MYSQL_ERRNO = %1, MESSAGE_TEXT = 'refused'; "
            "END IF; END"_s.arg(code);
    const Answer made = root(trigger);
    QVERIFY2(made.ok, qPrintable(made.errorString));
    const auto drop = qScopeGuard([&] { root(u"DROP TRIGGER qproxysql.refusing"_s); });
    ScopedDatabase db(hosts(), options(isAlone ? u"always"_s : u"transactions"_s));
    QVERIFY2(db.openOn(m_way->address()), qPrintable(db.error().text()));
    QVERIFY(root(u"UPDATE test.refusals SET n = %1"_s.arg(times)).ok);
    QString error;
    QVERIFY2(write(db, isAlone, 7, &error) == isWritten, qPrintable(error));
    QVERIFY(isWritten || error.contains(u"refused"_s));
    QCOMPARE(rows(), isWritten ? u"7"_s : QString());
    QVERIFY(root(u"UPDATE test.refusals SET n = 0"_s).ok);
    QVERIFY2(write(db, isAlone, 8, &error), qPrintable(error));
    QCOMPARE(rows(), isWritten ? u"7,8"_s : u"8"_s);
}

void tst_CommitErrors::questionLost_data()
{
    QTest::addColumn<bool>("isAlone");
    QTest::addColumn<int>("first");
    QTest::addColumn<int>("second");
    QTest::addColumn<QByteArray>("question");
    const std::pair<const char *, Relay::CutMoment> moments[] =
            {{"before", Relay::CutMoment::BeforeRequest}, {"after", Relay::CutMoment::AfterAnswer}};
    for (const bool isAlone : {false, true}) {
        const char *const how = isAlone ? "alone" : "transaction";
        for (const auto &[secondName, second] : moments) {
            for (const auto &[firstName, first] : moments)
                QTest::addRow("%s, commit %s, void %s", how, firstName, secondName)
                        << isAlone << int(first) << int(second) << QByteArray(", 'void')");
            QTest::addRow("%s, commit after, look %s", how, secondName)
                    << isAlone << int(Relay::CutMoment::AfterAnswer) << int(second)
                    << QByteArray("LOCK IN SHARE");
        }
    }
}

// The way on which the fate is asked is cut, too.
void tst_CommitErrors::questionLost()
{
    QFETCH(bool, isAlone);
    QFETCH(int, first);
    QFETCH(int, second);
    QFETCH(QByteArray, question);
    Relay other(m_servers[0].port());
    QVERIFY2(other.isListening(), qPrintable(other.errorString()));
    ScopedDatabase db(m_way->address() + u',' + other.address(),
                      options(isAlone ? u"always"_s : u"transactions"_s));
    QVERIFY2(db.openOn(m_way->address()), qPrintable(db.error().text()));
    m_way->cutOnce("qproxysql_commit", Relay::CutMoment(first));
    other.cutOnce(question, Relay::CutMoment(second));
    QString error;
    const bool isOk = write(db, isAlone, 7, &error);
    QVERIFY(!m_way->isArmed() && !other.isArmed());
    // After a second loss nothing is run again before the peer of the first has answered.
    QVERIFY2(isOk || (!error.isEmpty() && !error.contains(u"may or may not"_s)), qPrintable(error));
    QVERIFY2(isOk || first == int(Relay::CutMoment::BeforeRequest), qPrintable(error));
    QCOMPARE(rows(), isOk ? u"7"_s : QString());
    db.get().rollback();
    QVERIFY2(write(db, isAlone, 8, &error), qPrintable(error));
    QCOMPARE(rows(), isOk ? u"7,8"_s : u"8"_s);
}

void tst_CommitErrors::heldCommit_data()
{
    addWays();
}

// The session is lost while the server executes the COMMIT, and it goes on afterwards.
void tst_CommitErrors::heldCommit()
{
    QFETCH(bool, isAlone);
    ScopedDatabase db(hosts(), options(isAlone ? u"always"_s : u"transactions"_s));
    QVERIFY2(db.openOn(m_way->address()), qPrintable(db.error().text()));
    RootClient backup;
    QVERIFY(backup.open(m_servers[0].port()));
    for (const char *stage : {"START", "FLUSH", "BLOCK_DDL", "BLOCK_COMMIT"})
        QVERIFY(backup.execute(u"BACKUP STAGE %1"_s.arg(QLatin1String(stage))).ok);
    const QString inCommit = u"SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE "
                             "USER = 'app' AND INFO LIKE 'COMMIT%'"_s;
    const QString asks = u"SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE "
                         "USER = 'app' AND INFO LIKE '%''void'')'"_s;
    auto fault = std::async(std::launch::async, [&] {
        const auto waitFor = [&](const QString &sql) {
            const QDeadlineTimer deadline(20'000);
            while (m_servers[0].executeAsRoot(sql).value() != u"1" && !deadline.hasExpired())
                std::this_thread::sleep_for(std::chrono::milliseconds(5));
            return !deadline.hasExpired();
        };
        const bool wasInCommit = waitFor(inCommit);
        m_way->cutConnections();
        const bool hasAsked = waitFor(asks);
        backup.execute(u"BACKUP STAGE END"_s);
        return wasInCommit && hasAsked;
    });
    QString error;
    const bool isOk = write(db, isAlone, 7, &error);
    QVERIFY(fault.get());
    QVERIFY2(isOk, qPrintable(error));
    QCOMPARE(rows(), u"7"_s);
}

QTEST_MAIN(tst_CommitErrors)
#include "tst_commiterrors.moc"
