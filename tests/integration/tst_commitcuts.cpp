// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "cutscript.h"
#include "scopeddatabase.h"

#include "commits/committable.h"
#include "sandbox/fulltests.h"
#include "sandbox/relay.h"
#include "sandbox/servergroup.h"

#include <QtCore/QRandomGenerator>
#include <QtTest/QtTest>

#include <algorithm>
#include <memory>

using namespace qproxysql;
using namespace qproxysql::sandbox;
using namespace Qt::StringLiterals;

/// With EXACTLY_ONCE the connection is cut at each request in turn, before and after the server has executed it.
/// The peers are two ways to one server.
class tst_CommitCuts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void transactions_data();
    void transactions();
    void loneWrites_data();
    void loneWrites();

private:
    using Moment = Relay::CutMoment;
    static constexpr int MostRequests = 60;

    QString hosts() { return m_ways[0]->address() + u',' + m_ways[1]->address(); }
    QString value(const QString &sql) { return m_servers[0].executeAsRoot(sql).value(); }
    /// What a lost session has locked may stand in the way.
    bool insert(const QString &sql)
    {
        return m_servers.executeEverywhere(sql) || m_servers.executeEverywhere(sql);
    }
    void disarm()
    {
        for (const auto &way : m_ways)
            way->cutAt(1'000'000, Moment::AfterAnswer);
    }
    /// False: the cut was not reached.
    bool cutScript(const QStringList &steps, bool isPrepared, int number, Moment moment,
                   int secondNumber);
    bool cutWrite(const QString &kind, bool isPrepared, int number, Moment moment, int secondNumber);

#ifdef COMMITCUTS_MYSQL
    ServerGroup m_servers{1, {}, {}, ServerKind::MySql};
#else
    ServerGroup m_servers{1};
#endif
    std::unique_ptr<Relay> m_ways[2];
    QRandomGenerator m_random{QRandomGenerator::global()->generate()};
    int m_number = 0;
    int m_failures = 0;
    int m_unknown = 0;
};

void tst_CommitCuts::initTestCase()
{
    const QString tokens = CommitTable(u"qproxysql"_s).statements().join(u';');
    QVERIFY2(m_servers.start(u"CREATE TABLE test.t (id INT PRIMARY KEY, v INT) ENGINE=InnoDB;"
                             "CREATE TABLE test.w (id INT AUTO_INCREMENT PRIMARY KEY, n INT, "
                             "v INT, KEY (n)) ENGINE=InnoDB;"
                             "CREATE DATABASE qproxysql;"_s
                             + tokens + u";GRANT SELECT, INSERT, DELETE ON qproxysql.* TO app"_s),
             qPrintable(m_servers.errorString()));
    for (auto &way : m_ways) {
        way = std::make_unique<Relay>(m_servers[0].port());
        QVERIFY2(way->isListening(), qPrintable(way->errorString()));
    }
}

void tst_CommitCuts::transactions_data()
{
    QTest::addColumn<QStringList>("script");
    const auto row = [](const QStringList &script) {
        QTest::newRow(qPrintable(script.join(u' '))) << script;
    };
    row({u"("_s, u"+1"_s, u"-"_s, u"+10"_s, u")"_s, u"("_s, u"+100"_s, u")"_s});
    row({u"BEGIN"_s, u"+1"_s, u"+10"_s, u"COMMIT"_s});
    row({u"BEGIN"_s, u"+1"_s, u"?COMMIT"_s, u"BEGIN"_s, u"+10"_s, u"?COMMIT"_s});
    row({u"BEGIN"_s, u"+1"_s, u"COMMIT AND CHAIN"_s, u"+10"_s, u"COMMIT"_s});
    row({u"BEGIN"_s, u"+1"_s, u"COMMIT RELEASE"_s});
    row({u"BEGIN"_s, u"+1"_s, u"COMMIT -- note"_s});
    row({u"BEGIN"_s, u"+1"_s, u"BEGIN"_s, u"+10"_s, u"COMMIT"_s});
    row({u"("_s, u"+1"_s, u"!"_s, u"("_s, u"+10"_s, u")"_s});
    row({u"("_s, u"+1"_s, u"CREATE TABLE made (a INT)"_s, u"("_s, u"+10"_s, u")"_s});
    row({u"SET autocommit=0"_s, u"+1"_s, u"COMMIT"_s, u"-"_s, u"+10"_s, u")"_s});
    row({u"SET autocommit=0"_s, u"+1"_s, u"SET autocommit=1"_s, u"("_s, u"+10"_s, u")"_s});
    row({u"("_s, u"+1"_s, u"SAVEPOINT a"_s, u"+10"_s, u"ROLLBACK TO a"_s, u"+100"_s, u")"_s});
    row({u"SET SESSION TRANSACTION ISOLATION LEVEL READ UNCOMMITTED"_s, u"("_s, u"+1"_s, u")"_s});
    row({u"SET TRANSACTION ISOLATION LEVEL SERIALIZABLE"_s, u"("_s, u"+1"_s, u")"_s});
    row({u"SET SESSION TRANSACTION READ ONLY"_s, u"START TRANSACTION READ WRITE"_s, u"+1"_s,
         u"COMMIT"_s});
    if (RunsAllData) {
        row({u"SET SESSION sql_mode='ORACLE,ANSI_QUOTES'"_s, u"START TRANSACTION"_s, u"+1"_s,
             u"COMMIT"_s});
        row({u"SET SESSION sql_select_limit=0"_s, u"("_s, u"+1"_s, u")"_s});
        row({u"SET SESSION completion_type=1"_s, u"("_s, u"+1"_s, u")"_s});
    }
    row({u"SET unique_checks=0"_s, u"SET foreign_key_checks=0"_s, u"("_s, u"+1"_s, u")"_s});
    row({u"("_s, u"+1"_s, u"DO 1; COMMIT"_s, u"("_s, u"+10"_s, u")"_s});
}

void tst_CommitCuts::transactions()
{
    QFETCH(QStringList, script);
    m_failures = m_unknown = 0;
    int runs = 0;
    for (const bool isPrepared : {false, true}) {
        for (const Moment moment : {Moment::BeforeRequest, Moment::AfterAnswer}) {
            for (const bool isTwice : {false, true}) {
                if (!RunsAllData && isPrepared != isTwice)
                    continue;
                const int step = RunsAllData || !isTwice ? 1 : 2;
                for (int number = 1; number < MostRequests; number += step, ++runs) {
                    const int second = isTwice ? 1 + int(m_random.bounded(12)) : 0;
                    const bool isCut = cutScript(script, isPrepared, number, moment, second);
                    if (QTest::currentTestFailed())
                        return;
                    if (!isCut)
                        break;
                }
            }
        }
    }
    qInfo("%d runs, %d failures, %d of them of unknown fate", runs, m_failures, m_unknown);
}

bool tst_CommitCuts::cutScript(const QStringList &steps, bool isPrepared, int number, Moment moment,
                               int secondNumber)
{
    CutScript script;
    script.id = ++m_number;
    script.steps = steps;
    script.isPrepared = isPrepared;
    script.before = [&](int step, const QString &) {
        if (step > 0)
            return;
        m_ways[0]->cutAt(number, moment);
        if (secondNumber > 0)
            m_ways[1]->cutAt(secondNumber, m_random.bounded(2) ? moment : Moment::AfterAnswer);
    };
    if (!insert(u"INSERT INTO test.t VALUES (%1, 0)"_s.arg(m_number))) {
        QTest::qFail("no row", __FILE__, __LINE__);
        return false;
    }
    disarm();
    // Kept sessions of so many pools would take all of the server's connections.
    ScopedDatabase db(hosts(), u"BALANCE=first;EXACTLY_ONCE=transactions;CHECK_INTERVAL=600;"
                               "MAX_IDLE=0;POOL=commitcuts%1"_s.arg(m_number));
    if (!db.openOn(m_ways[0]->address())) {
        QTest::qFail(qPrintable(db.error().text()), __FILE__, __LINE__);
        return false;
    }
    script.run(db);
    const bool isCut = !m_ways[0]->isArmed();
    disarm();
    db.get().close();
    const int seen = value(u"SELECT v FROM test.t WHERE id = %1 FOR UPDATE"_s.arg(m_number)).toInt();
    m_failures += script.failedStep().isEmpty() ? 0 : 1;
    m_unknown += script.isUnknown() ? 1 : 0;
    // After these a transaction cannot be continued, nor with state that is not carried.
    const bool mayFail = secondNumber > 0 || script.told().contains(u"took with it"_s)
                         || std::ranges::any_of(steps, [](const QString &step) {
                                return step.contains(u"CHAIN"_s) || step.contains(u';')
                                       || step.startsWith(u"SET TRANSACTION"_s)
                                       || step.startsWith(u"SET SESSION TRANSACTION READ"_s)
                                       || step.contains(u"completion_type"_s);
                            });
    const bool isAllowed = script.failedStep().isEmpty() || script.mayBeUnknown()
                           || (mayFail && !script.isUnknown());
    if (!script.belief().allows(seen) || !isAllowed) {
        QTest::qFail(qPrintable(
                             u"cut at %1 (then %2), moment %3, prepared %4: %5 instead of %6. %7"_s
                                     .arg(number)
                                     .arg(secondNumber)
                                     .arg(int(moment))
                                     .arg(isPrepared)
                                     .arg(seen)
                                     .arg(script.belief().text(), script.told())),
                     __FILE__, __LINE__);
    }
    return isCut;
}

void tst_CommitCuts::loneWrites_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<bool>("isPrepared");
    for (const bool isPrepared : {false, true}) {
        for (const char *kind : {"INSERT", "UPDATE", "DELETE"})
            QTest::addRow("%s, %s", kind, isPrepared ? "prepared" : "text")
                    << QString::fromLatin1(kind) << isPrepared;
    }
}

void tst_CommitCuts::loneWrites()
{
    QFETCH(QString, kind);
    QFETCH(bool, isPrepared);
    const int rounds = RunsAllData ? 200 : 10;
    int requests = MostRequests;
    for (int run = 0; run < rounds; ++run) {
        const int number = 1 + run / 2 % requests;
        const int second = run / 2 < requests ? 0 : 1 + int(m_random.bounded(8));
        if (!cutWrite(kind, isPrepared, number, Moment(run % 2), second) && number < requests)
            requests = std::max(1, number - 1);
        if (QTest::currentTestFailed())
            return;
    }
    qInfo("%d runs, %d requests", rounds, requests);
}

// Rows of n before: two with v = 0. INSERT adds a third, the others concern the two.
bool tst_CommitCuts::cutWrite(const QString &kind, bool isPrepared, int number, Moment moment,
                              int secondNumber)
{
    const int n = ++m_number;
    if (!insert(u"INSERT INTO test.w (n, v) VALUES (%1, 0), (%1, 0)"_s.arg(n))) {
        QTest::qFail("no rows", __FILE__, __LINE__);
        return false;
    }
    const bool isInsert = kind == u"INSERT";
    const QString sql = isInsert            ? u"INSERT INTO w (n, v) VALUES (%1, 7)"_s
                        : kind == u"UPDATE" ? u"UPDATE w SET v = v + 1 WHERE n = %1"_s
                                            : u"DELETE FROM w WHERE n = %1"_s;
    disarm();
    ScopedDatabase db(hosts(), u"BALANCE=first;EXACTLY_ONCE=always;CHECK_INTERVAL=600;"
                               "MAX_IDLE=0;POOL=commitcuts%1"_s.arg(n));
    if (!db.openOn(m_ways[0]->address())) {
        QTest::qFail(qPrintable(db.error().text()), __FILE__, __LINE__);
        return false;
    }
    QSqlQuery query(db.get());
    m_ways[0]->cutAt(number, moment);
    if (secondNumber > 0)
        m_ways[1]->cutAt(secondNumber, Moment(m_random.bounded(2)));
    bool isOk = false;
    if (isPrepared) {
        isOk = query.prepare(QString(sql).replace(u"%1"_s, u"?"_s));
        query.addBindValue(n);
        isOk = isOk && query.exec();
    } else {
        isOk = query.exec(sql.arg(n));
    }
    const bool isCut = !m_ways[0]->isArmed();
    disarm();
    const int affected = query.numRowsAffected();
    const QString key = query.lastInsertId().toString();
    const QString error = query.lastError().text();
    db.get().close();
    const auto state = [&] {
        return value(u"SELECT CONCAT(COUNT(*), ':', COALESCE(SUM(v), 0)) FROM "
                     "(SELECT v FROM test.w WHERE n = %1 FOR UPDATE) r"_s.arg(n));
    };
    const QString seen = state();
    const QString done = isInsert ? u"3:7"_s : kind == u"UPDATE" ? u"2:2"_s : u"0:0"_s;
    const bool isUnknown = error.contains(u"may or may not"_s);
    const bool isRight =
            isOk ? seen == done && affected == (isInsert ? 1 : 2)
                            && (!isInsert
                                || key
                                           == value(u"SELECT id FROM test.w WHERE n = %1 "
                                                    "AND v = 7"_s.arg(n)))
                 : secondNumber > 0 && !isUnknown && seen == u"2:0";
    if (!isRight)
        QTest::qFail(qPrintable(u"cut at %1 (then %2), moment %3: %4; %5 rows, key %6; server: %7"_s
                                        .arg(number)
                                        .arg(secondNumber)
                                        .arg(int(moment))
                                        .arg(isOk ? u"ok"_s : error)
                                        .arg(affected)
                                        .arg(key, seen)),
                     __FILE__, __LINE__);
    return isCut;
}

QTEST_MAIN(tst_CommitCuts)
#include "tst_commitcuts.moc"
