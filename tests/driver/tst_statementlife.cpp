// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "../integration/scopeddatabase.h"

#include "sandbox/servergroup.h"

#include <QtCore/QFile>
#include <QtSql/QSqlResult>
#include <QtTest/QtTest>

using namespace qproxysql::sandbox;
using namespace Qt::StringLiterals;

/// When a prepared statement is kept, and what becomes of it. The server counts the preparations.
class tst_StatementLife : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(m_servers.start(
                         u"CREATE TABLE test.t (a INT, b LONGTEXT, c LONGBLOB, d GEOMETRY);"
                         "INSERT INTO test.t VALUES (1, 'text', 'bytes', POINT(1, 2)), (2, NULL, "
                         "NULL, NULL);"
                         "CREATE PROCEDURE test.three() BEGIN SELECT 11; SELECT 22; SELECT 33; END"_s),
                 qPrintable(m_servers.errorString()));
    }

    void keptFromTheSecondUseOn();
    void keepsNone();
    void leastRecentlyUsedGoes();
    void notKeptOnceTheHandleIsOut();
    void sameTextInFiveQueries();
    void survivesAnotherOpen();
    void resetForgets();
    void killedSession();
    void tooManyStatements();
    void tooManyStatementsOfOthers_data();
    void tooManyStatementsOfOthers();
    void pendingResults_data();
    void pendingResults();
    void anExpressionIsExecutedOnce();
    void lastRowOfForwardOnly();
    void memoryOfLongColumns();

private:
    QString options(const QString &more = {}) const { return u"CHECK_INTERVAL=5;"_s + more; }
    static bool use(QSqlDatabase db, const QString &sql, const QVariant &value = 1)
    {
        QSqlQuery query(db);
        if (!query.prepare(sql))
            return false;
        query.addBindValue(value);
        return query.exec() && query.next() && query.value(0) == value;
    }
    static int preparations(QSqlDatabase db)
    {
        QSqlQuery query(db);
        query.exec(u"SHOW SESSION STATUS LIKE 'Com_stmt_prepare'"_s);
        return query.next() ? query.value(1).toInt() : -1;
    }
    static qint64 peakOfMemory() // in KiB
    {
        QFile file(u"/proc/self/status"_s);
        if (!file.open(QIODevice::ReadOnly))
            return 0;
        const QList<QByteArray> lines = file.readAll().split('\n');
        for (const QByteArray &line : lines) {
            if (line.startsWith("VmHWM:"))
                return line.mid(6).simplified().split(' ').constFirst().toLongLong();
        }
        return 0;
    }

    const QString m_one = u"SELECT ? + 0"_s;
    const QString m_select = u"SELECT a FROM t WHERE a = ?"_s;
    ServerGroup m_servers{1};
};

void tst_StatementLife::keptFromTheSecondUseOn()
{
    ScopedDatabase db(m_servers[0].address(), options());
    QVERIFY2(db.open(), qPrintable(db.error().text()));
    const int before = preparations(db.get());
    for (const int expected : {1, 2, 2, 2}) {
        QVERIFY(use(db.get(), m_select));
        QCOMPARE(preparations(db.get()) - before, expected);
    }
    QSqlQuery query(db.get());
    for (int i = 0; i < 3; ++i) { // one query prepares its own text again
        QVERIFY(query.prepare(m_select));
        query.addBindValue(2);
        QVERIFY(query.exec() && query.next());
    }
    QCOMPARE(preparations(db.get()) - before, 2);
}

void tst_StatementLife::keepsNone()
{
    ScopedDatabase db(m_servers[0].address(), options(u"STATEMENT_CACHE=0"_s));
    QVERIFY2(db.open(), qPrintable(db.error().text()));
    const int before = preparations(db.get());
    for (int i = 0; i < 4; ++i)
        QVERIFY(use(db.get(), m_select));
    QCOMPARE(preparations(db.get()) - before, 4);
}

void tst_StatementLife::leastRecentlyUsedGoes()
{
    ScopedDatabase db(m_servers[0].address(), options(u"STATEMENT_CACHE=2"_s));
    QVERIFY2(db.open(), qPrintable(db.error().text()));
    const QStringList texts{u"SELECT 1 = ?"_s, u"SELECT 1 + 0 = ?"_s, u"SELECT 1 + 0 + 0 = ?"_s};
    for (int i = 0; i < 2; ++i) {
        for (const QString &text : texts)
            QVERIFY(use(db.get(), text));
    }
    const int before = preparations(db.get()); // the last two are kept
    QVERIFY(use(db.get(), texts.at(1)));
    QVERIFY(use(db.get(), texts.at(2)));
    QCOMPARE(preparations(db.get()) - before, 0);
    QVERIFY(use(db.get(), texts.at(0)));
    QCOMPARE(preparations(db.get()) - before, 1);
    QVERIFY(use(db.get(), texts.at(2)));
    QCOMPARE(preparations(db.get()) - before, 1);
    QVERIFY(use(db.get(), texts.at(1)));
    QCOMPARE(preparations(db.get()) - before, 2);
}

void tst_StatementLife::notKeptOnceTheHandleIsOut()
{
    ScopedDatabase db(m_servers[0].address(), options());
    QVERIFY2(db.open(), qPrintable(db.error().text()));
    QVERIFY(use(db.get(), m_select) && use(db.get(), m_select) && use(db.get(), m_select));
    const int before = preparations(db.get());
    {
        QSqlQuery query(db.get());
        QVERIFY(query.prepare(m_select));
        QVERIFY(query.result()->handle().isValid());
    }
    QVERIFY(use(db.get(), m_select));
    QCOMPARE(preparations(db.get()) - before, 1);
}

void tst_StatementLife::sameTextInFiveQueries()
{
    ScopedDatabase db(m_servers[0].address(), options());
    QVERIFY2(db.open(), qPrintable(db.error().text()));
    QVERIFY(use(db.get(), m_select) && use(db.get(), m_select));
    const int before = preparations(db.get());
    {
        std::vector<QSqlQuery> queries;
        for (int i = 0; i < 5; ++i) {
            QSqlQuery &query = queries.emplace_back(db.get());
            QVERIFY(query.prepare(m_select));
            query.addBindValue(i % 2 + 1);
            QVERIFY(query.exec() && query.next());
        }
        for (int i = 0; i < 5; ++i)
            QCOMPARE(queries[size_t(i)].value(0).toInt(), i % 2 + 1);
    }
    QCOMPARE(preparations(db.get()) - before, 4);
    QVERIFY(use(db.get(), m_select));
    QCOMPARE(preparations(db.get()) - before, 4);
}

// Nothing but reads ran, so the session is handed on as it is.
void tst_StatementLife::survivesAnotherOpen()
{
    ScopedDatabase db(m_servers[0].address(), options());
    QVERIFY2(db.open(), qPrintable(db.error().text()));
    QVERIFY(use(db.get(), m_select) && use(db.get(), m_select));
    const int before = preparations(db.get());
    QVERIFY(db.reopensSameSession());
    QVERIFY(use(db.get(), m_select));
    QCOMPARE(preparations(db.get()) - before, 0);
}

// The server forgets all statements of the session. Executing one would fail as if the connection was lost.
void tst_StatementLife::resetForgets()
{
    ScopedDatabase db(m_servers[0].address(), options());
    QVERIFY2(db.open(), qPrintable(db.error().text()));
    for (int i = 0; i < 3; ++i) {
        QVERIFY(use(db.get(), m_select) && use(db.get(), m_select));
        QSqlQuery(u"SET @a = 1"_s, db.get());
        QVERIFY(use(db.get(), m_select) && use(db.get(), m_select));
        QVERIFY(db.reopensSameSession());
    }
    QVERIFY(use(db.get(), m_select));
}

// prepare() sends nothing; exec() finds the session dead and prepares on another one.
void tst_StatementLife::killedSession()
{
    ScopedDatabase db(m_servers[0].address(), options());
    QVERIFY2(db.open(), qPrintable(db.error().text()));
    QVERIFY(use(db.get(), m_select) && use(db.get(), m_select));
    QSqlQuery kept(db.get());
    QVERIFY(kept.prepare(m_select));
    QSqlQuery id(u"SELECT CONNECTION_ID()"_s, db.get());
    QVERIFY(id.next());
    QVERIFY(m_servers[0].executeAsRoot(u"KILL "_s + id.value(0).toString()));
    QTRY_COMPARE(m_servers[0].connectionCount(), 0);
    kept.addBindValue(2);
    QVERIFY2(kept.exec(), qPrintable(kept.lastError().text()));
    QVERIFY(kept.next());
    QCOMPARE(kept.value(0).toInt(), 2);
    QVERIFY(use(db.get(), m_select) && use(db.get(), m_select));
}

void tst_StatementLife::tooManyStatements()
{
    ServerGroup servers(1); // of which nothing is remembered
    QVERIFY2(servers.start(), qPrintable(servers.errorString()));
    ScopedDatabase db(servers[0].address(), options());
    QVERIFY2(db.open(), qPrintable(db.error().text()));
    for (int i = 0; i < 2; ++i) {
        for (const QString &text :
             {u"SELECT ? + 1 - 1"_s, u"SELECT ? + 2 - 2"_s, u"SELECT ? + 3 - 3"_s})
            QVERIFY(use(db.get(), text));
    }
    QVERIFY(servers[0].executeAsRoot(u"SET GLOBAL max_prepared_stmt_count = 3"_s));
    QVERIFY2(use(db.get(), m_one), "the kept statements must make room");
    const int before = preparations(db.get());
    for (int i = 0; i < 3; ++i)
        QVERIFY(use(db.get(), m_one));
    QCOMPARE(preparations(db.get()) - before, 3); // keeps none for a minute
}

void tst_StatementLife::tooManyStatementsOfOthers_data()
{
    QTest::addColumn<bool>("isIdle");
    QTest::newRow("an idle session") << true;
    QTest::newRow("a session in use") << false;
}

// All sessions of the process give their kept statements back: whoever keeps none would fail otherwise.
void tst_StatementLife::tooManyStatementsOfOthers()
{
    QFETCH(const bool, isIdle);
    ServerGroup servers(1);
    QVERIFY2(servers.start(), qPrintable(servers.errorString()));
    ScopedDatabase other(servers[0].address(), options());
    QVERIFY2(other.open(), qPrintable(other.error().text()));
    ScopedDatabase db(servers[0].address(), options());
    QVERIFY2(db.open(), qPrintable(db.error().text()));
    for (int i = 0; i < 2; ++i) {
        for (const QString &text : {m_one, u"SELECT ? + 2 - 2"_s})
            QVERIFY(use(other.get(), text));
    }
    QVERIFY(servers[0].executeAsRoot(u"SET GLOBAL max_prepared_stmt_count = 2"_s));
    if (isIdle) {
        other.get().close();
    } else {
        QVERIFY2(!use(db.get(), m_one), "the other session keeps two");
        QCOMPARE(other.value(u"SELECT 1"_s).toInt(), 1);
    }
    QVERIFY(use(db.get(), m_one));
    QVERIFY(other.open());
    const int before = preparations(other.get());
    for (int i = 0; i < 3; ++i)
        QVERIFY(use(other.get(), m_one));
    QCOMPARE(preparations(other.get()) - before, 3);
}

void tst_StatementLife::pendingResults_data()
{
    QTest::addColumn<QString>("sql");
    QTest::addColumn<int>("results");
    QTest::newRow("selects") << u"SELECT 11; SELECT 22; SELECT 33"_s << 3;
    QTest::newRow("set and selects") << u"SET @a = 1; SELECT 22; SELECT 33"_s << 2;
    QTest::newRow("ddl between") << u"SELECT 11; CREATE OR REPLACE TABLE made(a INT); SELECT 33"_s
                                 << 2;
    QTest::newRow("call") << u"CALL three()"_s << 3;
}

// Closing a statement while results are pending would discard them.
void tst_StatementLife::pendingResults()
{
    QFETCH(const QString, sql);
    QFETCH(const int, results);
    ScopedDatabase db(m_servers[0].address(), options());
    QVERIFY2(db.open(), qPrintable(db.error().text()));
    QVERIFY(use(db.get(), m_select) && use(db.get(), m_select));
    QSqlQuery query(db.get());
    QVERIFY2(query.exec(sql), qPrintable(query.lastError().text()));
    int seen = 0;
    do {
        seen += query.isSelect() && query.next();
    } while (query.nextResult());
    QCOMPARE(seen, results);
    QVERIFY(use(db.get(), m_select) && use(db.get(), m_select));
}

// A plain read of another width is no altered table.
void tst_StatementLife::anExpressionIsExecutedOnce()
{
    ScopedDatabase db(m_servers[0].address(), options());
    QVERIFY2(db.open(), qPrintable(db.error().text()));
    QSqlQuery query(db.get());
    QVERIFY(query.prepare(u"SELECT CONCAT(?, a), ROUND(1.23456789, ?) FROM t WHERE a = 1"_s));
    const int before = preparations(db.get());
    for (int i = 1; i < 5; ++i) {
        query.addBindValue(QString(i * 3, u'x'));
        query.addBindValue(i);
        QVERIFY(query.exec());
        query.finish();
    }
    QCOMPARE(preparations(db.get()) - before, 0);
}

void tst_StatementLife::lastRowOfForwardOnly()
{
    ScopedDatabase db(m_servers[0].address(), options());
    QVERIFY2(db.open(), qPrintable(db.error().text()));
    for (const bool isPrepared : {false, true}) {
        const QString sql = u"SELECT a, b FROM t ORDER BY a DESC"_s;
        QSqlQuery query(db.get());
        query.setForwardOnly(true);
        QVERIFY(isPrepared ? query.prepare(sql) && query.exec() : query.exec(sql));
        QVERIFY(query.last());
        QCOMPARE(query.value(0).toInt(), 1);
        QCOMPARE(query.value(1).toString(), u"text"_s);
        QVERIFY(!query.next());
    }
}

// A column costs the memory of its value, not of the 4 GiB that it may hold.
void tst_StatementLife::memoryOfLongColumns()
{
    ScopedDatabase db(m_servers[0].address(), options());
    QVERIFY2(db.open(), qPrintable(db.error().text()));
    constexpr qint64 Most = 32 * 1024;
    const qint64 before = peakOfMemory();
    QVERIFY(before > 0);
    QSqlQuery query(db.get());
    QVERIFY(query.prepare(u"SELECT b, c, d FROM t WHERE a = ?"_s));
    query.addBindValue(1);
    QVERIFY2(query.exec() && query.next(), qPrintable(query.lastError().text()));
    QCOMPARE(query.value(0).toString(), u"text"_s);
    QCOMPARE(query.value(1).toByteArray(), QByteArray("bytes"));
    QCOMPARE(query.value(2).toByteArray().size(), 25);
    QVERIFY2(peakOfMemory() - before < Most, qPrintable(QString::number(peakOfMemory() - before)));
}

QTEST_GUILESS_MAIN(tst_StatementLife)
#include "tst_statementlife.moc"
