// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "replay/replayability.h"

#include <QtTest/QtTest>

using namespace qproxysql;
using namespace Qt::StringLiterals;

using Rows = ReplayNeeds::Rows;
Q_DECLARE_METATYPE(Rows)

/// What may be replayed, and what a replay must know of it: the allow-list of docs/transactions.md.
class tst_Replayability : public QObject
{
    Q_OBJECT

    static QStringList written(const ReplayNeeds &needs)
    {
        QStringList names;
        for (const TableName &table : needs.written)
            names << (table.schema.isEmpty() ? table.name : table.schema + u'/' + table.name);
        return names;
    }

private Q_SLOTS:
    void allowed_data()
    {
        QTest::addColumn<QString>("sql");
        QTest::addColumn<QStringList>("tables");
        QTest::addColumn<Rows>("rows");
        QTest::addColumn<QStringList>("columns");
        const auto row = [](const char *sql, const QStringList &tables = {}, Rows rows = Rows::None,
                            const QStringList &columns = {}) {
            QTest::newRow(sql) << QString::fromUtf8(sql) << tables << rows << columns;
        };
        row("BEGIN");
        row("START TRANSACTION READ ONLY");
        row("SAVEPOINT a");
        row("ROLLBACK TO SAVEPOINT a");
        row("RELEASE SAVEPOINT a");
        row("SET TRANSACTION ISOLATION LEVEL READ COMMITTED");
        row("SELECT * FROM t");
        row("SELECT * FROM t WHERE a = 1 FOR UPDATE");
        row("SELECT a FROM t LOCK IN SHARE MODE");
        row("(SELECT 1) UNION (SELECT 2 FOR UPDATE)");
        row("WITH x AS (SELECT 1) SELECT * FROM x FOR UPDATE SKIP LOCKED");
        row("SELECT LAST_INSERT_ID()");
        row("SHOW TABLES");
        const QStringList t{u"t"_s};
        row("INSERT INTO t (v) VALUES (1)", t, Rows::One, {u"v"_s});
        row("INSERT t VALUES (1, (2 + 3), 'a,b')", t, Rows::One);
        row("insert low_priority into `my``t` (`a b`, c) value (f.x, NOW()) ;", {u"my`t"_s},
            Rows::One, {u"a b"_s, u"c"_s});
        row("INSERT INTO s.t SET a = 1, b = (SELECT 2)", {u"s/t"_s}, Rows::One);
        row("INSERT INTO t (v) VALUES (1) RETURNING id", t, Rows::One, {u"v"_s});
        row("INSERT INTO t (v) VALUES (1), (2)", t, Rows::Listed, {u"v"_s});
        row("INSERT INTO t (`v`, w) VALUES (1, (2)),(2, ')'), (3, 4);", t, Rows::Listed,
            {u"v"_s, u"w"_s});
        row("INSERT INTO t VALUES (1), (2) RETURNING id", t, Rows::Listed);
        row("INSERT IGNORE INTO t (v) VALUES (1), (2)", t, Rows::Several);
        row("REPLACE INTO t (v) VALUES (1), (2)", t, Rows::Several);
        row("INSERT INTO t (v) VALUES (1), (2) ON DUPLICATE KEY UPDATE v = 2", t, Rows::Several);
        row("INSERT INTO t (v) VALUES ROW(1), ROW(2)", t, Rows::Several);
        row("INSERT INTO t (v) SELECT v FROM u", t, Rows::Several);
        row("INSERT INTO t SELECT 1", t, Rows::Several);
        row("INSERT IGNORE INTO t (v) VALUES (1)", t, Rows::Exchanged);
        row("REPLACE INTO t (v) VALUES (1)", t, Rows::Exchanged);
        row("INSERT INTO t (v) VALUES (1) ON DUPLICATE KEY UPDATE v = 2", t, Rows::Exchanged);
        row("INSERT INTO t SET v = 1 ON DUPLICATE KEY UPDATE v = 2", t, Rows::Exchanged);
        row("UPDATE t SET a = 1", t);
        row("UPDATE LOW_PRIORITY IGNORE s . t AS x SET a = 1 WHERE b = 2", {u"s/t"_s});
        row("UPDATE t JOIN u ON t.a = u.a LEFT JOIN s.v USING (a), w SET t.b = 1",
            {u"t"_s, u"u"_s, u"s/v"_s, u"w"_s});
        row("DELETE FROM t WHERE a = 1 ORDER BY a LIMIT 1", t);
        row("DELETE QUICK FROM s.t", {u"s/t"_s});
        row("DELETE FROM t WHERE a = CONVERT('x' USING utf8)", t);
        row("DELETE t FROM t JOIN u", {u"t"_s, u"u"_s});
        row("DELETE IGNORE a.*, s . b.* FROM t AS a LEFT JOIN s.u b USING (a, b), w WHERE a.x IN "
            "(SELECT v FROM v, y JOIN z)",
            {u"t"_s, u"s/u"_s, u"w"_s});
        row("DELETE FROM t, s.u USING t PARTITION (p, q) STRAIGHT_JOIN s.u ON t.a = u.a AND "
            "t.b IN (1, 2)",
            {u"t"_s, u"s/u"_s});
        row("DELETE FROM a.*, b USING t a NATURAL JOIN u b", {u"t"_s, u"u"_s});
    }

    void allowed()
    {
        QFETCH(QString, sql);
        const auto needs = replayNeeds(sql, classifyStatement(sql));
        QVERIFY2(needs, qPrintable(needs.error().text));
        QTEST(written(*needs), "tables");
        QTEST(needs->rows, "rows");
        if (needs->rows == Rows::One || needs->rows == Rows::Listed)
            QTEST(needs->columns, "columns");
    }

    void refused_data()
    {
        QTest::addColumn<QString>("why");
        const auto row = [](const char *sql, const char *why) {
            QTest::newRow(sql) << QString::fromLatin1(why);
        };
        const char *const form = "in this form is not replayed";
        row("COMMIT AND CHAIN", "COMMIT may commit");
        row("ROLLBACK AND CHAIN", form);
        row("CREATE TABLE u (a INT)", "CREATE may commit");
        row("SET autocommit = 1", "SET may commit");
        row("CALL p()", "stored_procedure");
        row("SELECT f()", "stored_function");
        row("UPDATE t SET a = s.f(1)", "stored_function");
        row("SET @a = 1", "user_variables");
        row("INSERT INTO t VALUES (@a)", "user_variables");
        row("CREATE TEMPORARY TABLE u (a INT)", "temporary_tables");
        row("SELECT GET_LOCK('a', 1)", "named_locks");
        row("LOCK TABLES t WRITE", "table_locks");
        row("XA START 'a'", "xa_transaction");
        row("PREPARE s FROM 'SELECT 1'", "sql_prepared");
        row("SET time_zone = '+01:00'", "changes the session");
        row("USE other", "changes the session");
        row("SET STATEMENT max_statement_time = 1 FOR SELECT 1", "changes the session");
        row("INSERT INTO t (v) VALUES (LAST_INSERT_ID())", "an earlier statement");
        row("UPDATE t SET v = ROW_COUNT()", "an earlier statement");
        row("DO 1; DO 2", "several statements");
        row("SELECT 1 INTO OUTFILE '/tmp/x'", form);
        row("LOAD DATA INFILE 'x' INTO TABLE t", "not replayed");
        row("INSERT DELAYED INTO t VALUES (1)", form);
        row("UPDATE (SELECT 1) x SET a = 1", "stored_function");
        row("UPDATE t, (SELECT 1) x SET t.a = 1", form);
        row("DELETE t FROM t, (SELECT 1) x", form);
        row("DELETE t FROM (t JOIN u)", form);
        row("DELETE FROM t USING", form);
        row("DELETE FROM t, u", form);
        row("DELETE t, FROM t", form);
        row("DELETE 1 FROM t", form);
        row("DELETE t", form);
        row("DELETE HISTORY FROM t", form);
        row("WITH x AS (SELECT 1) DELETE FROM t", form);
        row("WITH x AS (SELECT 1) UPDATE t SET a = 1", form);
        row("HANDLER t OPEN", "handlers");
        row("DO SLEEP(1)", form);
        row("UPDATE t SET a = 1 /*!50000 , b = 2 */", "executable comment");
        row("UPDATE t SET a = 'open", "several statements");
    }

    void refusedInOracleMode_data()
    {
        QTest::addColumn<QString>("why");
        const auto row = [](const char *sql, const char *why) {
            QTest::newRow(sql) << QString::fromLatin1(why);
        };
        const char *const block = "several statements";
        row("BEGIN UPDATE t SET v = 1; END", block);
        row("BEGIN NULL; END;", block);
        row("DECLARE x INT := 1; BEGIN UPDATE t SET v = x; END;", block);
        row("<<a>> BEGIN NULL; END;", block);
        row("BEGIN NOT ATOMIC UPDATE t SET v = 1; END", block);
        row("IF 1 THEN UPDATE t SET v = 1; END IF;", block);
        row("FOR i IN 1..3 LOOP INSERT INTO t VALUES (i); END LOOP;", block);
        row("EXECUTE IMMEDIATE 'UPDATE t SET v = 1'", "unknown");
        row("p", "unknown");
        row("s.p(1)", "unknown");
        row("x := 1", "unknown");
        row("SELECT v INTO x FROM t", "in this form is not replayed");
        row("INSERT INTO t VALUES (s.CURRVAL)", "an earlier statement");
        row("UPDATE t SET v = SQL%ROWCOUNT", "an earlier statement");
        row("UPDATE t SET v = f(1)", "stored_function");
    }

    void refusedInOracleMode()
    {
        QFETCH(QString, why);
        const LexerMode mode = LexerMode::of(
                u"PIPES_AS_CONCAT,ANSI_QUOTES,IGNORE_SPACE,ORACLE,NO_KEY_OPTIONS,NO_TABLE_OPTIONS,"
                "NO_FIELD_OPTIONS,NO_AUTO_CREATE_USER,SIMULTANEOUS_ASSIGNMENT"_s);
        const QString sql = QString::fromLatin1(QTest::currentDataTag());
        const auto needs = replayNeeds(sql, classifyStatement(sql, mode), mode);
        QVERIFY2(!needs, "allowed");
        QVERIFY2(needs.error().text.contains(why), qPrintable(needs.error().text));
    }

    void refused()
    {
        QFETCH(QString, why);
        const QString sql = QString::fromLatin1(QTest::currentDataTag());
        const auto needs = replayNeeds(sql, classifyStatement(sql));
        QVERIFY2(!needs, "allowed");
        QVERIFY2(needs.error().text.contains(why), qPrintable(needs.error().text));
    }
};

QTEST_APPLESS_MAIN(tst_Replayability)
#include "tst_replayability.moc"
