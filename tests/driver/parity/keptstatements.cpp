// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "parity/scenarios.h"

#include <QtSql/QSqlError>
#include <QtSql/QSqlQuery>
#include <QtSql/QSqlRecord>

#include <array>
#include <optional>

namespace qproxysql::parity {

using namespace Qt::StringLiterals;

namespace {

/// A change after which the same text means something else, or nothing, and one that undoes it.
struct Trap
{
    const char *statement; ///< is prepared and executed before, after, and after the change was undone
    const char *change;
    const char *undo;
};

constexpr Trap Traps[] = {
        {"SELECT * FROM t", "ALTER TABLE t ADD COLUMN n INT DEFAULT 7",
         "ALTER TABLE t DROP COLUMN n"},
        {"SELECT * FROM t", "ALTER TABLE t DROP COLUMN s", "ALTER TABLE t ADD COLUMN s VARCHAR(20)"},
        {"SELECT * FROM t", "ALTER TABLE t MODIFY s LONGTEXT", "ALTER TABLE t MODIFY s VARCHAR(20)"},
        {"SELECT s FROM t", "ALTER TABLE t MODIFY s VARCHAR(200)", "UPDATE t SET s = REPEAT(s, 30)"},
        {"SELECT id FROM t", "ALTER TABLE t MODIFY id BIGINT", "ALTER TABLE t MODIFY id INT"},
        {"SELECT * FROM t", "ALTER TABLE t MODIFY s VARCHAR(20) FIRST",
         "ALTER TABLE t MODIFY s VARCHAR(20) AFTER id"},
        {"SELECT s FROM t", "ALTER TABLE t CHANGE s z VARCHAR(20)",
         "ALTER TABLE t CHANGE z s VARCHAR(20)"},
        {"INSERT INTO t VALUES (9, 'nine', NULL)", "ALTER TABLE t ADD COLUMN n INT",
         "ALTER TABLE t DROP COLUMN n"},
        {"SELECT * FROM t",
         "DROP TABLE t; CREATE TABLE t(x DOUBLE, y DATE); INSERT INTO t VALUES (1.5, NULL)",
         "DROP TABLE t; CREATE TABLE t(id INT, s VARCHAR(20), at TIMESTAMP NULL)"},
        {"SELECT * FROM t", "DROP TABLE t",
         "CREATE TABLE t(id INT, s VARCHAR(20), at TIMESTAMP NULL)"},
        {"SELECT * FROM t", "RENAME TABLE t TO old, u TO t", "RENAME TABLE t TO u, old TO t"},
        {"SELECT * FROM t", "TRUNCATE TABLE t", "INSERT INTO t(id, s) VALUES (1, 'one')"},
        {"SELECT * FROM v", "CREATE OR REPLACE VIEW v AS SELECT s, id, 1.5 FROM t",
         "CREATE OR REPLACE VIEW v AS SELECT id FROM t"},
        {"SELECT * FROM v", "DROP VIEW v", "CREATE VIEW v AS SELECT id FROM t"},
        {"SELECT * FROM v", "ALTER TABLE t MODIFY id BIGINT UNSIGNED",
         "ALTER TABLE t MODIFY id INT"},
        {"SELECT f(2)", "CREATE OR REPLACE FUNCTION f(n INT) RETURNS VARCHAR(9) RETURN 'text'",
         "CREATE OR REPLACE FUNCTION f(n INT) RETURNS INT RETURN n"},
        {"SELECT f(2)", "DROP FUNCTION f", "CREATE FUNCTION f(n INT) RETURNS INT RETURN n"},
        {"CALL p()", "CREATE OR REPLACE PROCEDURE p() SET @p = 2", "DROP PROCEDURE p"},
        {"SELECT * FROM t", "USE other", "USE test"},
        {"SELECT DATABASE()", "USE other", "USE test"},
        {"SELECT * FROM t", "EXECUTE IMMEDIATE 'USE other'", "EXECUTE IMMEDIATE 'USE test'"},
        {"SELECT * FROM t", "CREATE TEMPORARY TABLE t(shadow INT)", "DROP TEMPORARY TABLE t"},
        {"SELECT * FROM t", "CREATE TEMPORARY TABLE t AS SELECT 'shadow' AS id", "DROP TABLE t"},
        {"SELECT * FROM t", "CALL shadow()", "DROP TEMPORARY TABLE t"},
        {"SELECT * FROM t", "LOCK TABLES u READ", "UNLOCK TABLES"},
        {"INSERT INTO t(id) VALUES (5)", "SET SESSION TRANSACTION READ ONLY",
         "SET SESSION TRANSACTION READ WRITE"},
        {"INSERT INTO t(id) VALUES (6)", "START TRANSACTION READ ONLY", "ROLLBACK"},
        {"SELECT \"id\" FROM t", "SET sql_mode = 'ANSI_QUOTES'", "SET sql_mode = DEFAULT"},
        {"SELECT \"id\" FROM t", "CALL ansi()", "SET sql_mode = DEFAULT"},
        {"SELECT \"id\" FROM t", "SET @@session.sql_mode = CONCAT(@@sql_mode, ',ANSI')",
         "SET sql_mode = DEFAULT"},
        {"SELECT 'a' || 'b'", "SET sql_mode = 'PIPES_AS_CONCAT'", "SET sql_mode = DEFAULT"},
        {"SELECT 'a\\'||'", "SET sql_mode = 'NO_BACKSLASH_ESCAPES,PIPES_AS_CONCAT'",
         "SET sql_mode = DEFAULT"},
        {"SELECT CAST(0 AS UNSIGNED) - 1", "SET sql_mode = 'NO_UNSIGNED_SUBTRACTION'",
         "SET sql_mode = DEFAULT"},
        {"SELECT NOT 1 BETWEEN -5 AND 5", "SET sql_mode = 'HIGH_NOT_PRECEDENCE'",
         "SET sql_mode = DEFAULT"},
        {"SELECT COUNT (*) FROM t", "SET sql_mode = 'IGNORE_SPACE'", "SET sql_mode = DEFAULT"},
        {"SELECT id FROM t GROUP BY s", "SET sql_mode = 'ONLY_FULL_GROUP_BY'",
         "SET sql_mode = DEFAULT"},
        {"INSERT INTO t(id, s) VALUES (7, 'longer than it may be, by far')", "SET sql_mode = ''",
         "SET sql_mode = DEFAULT"},
        {"CREATE OR REPLACE TABLE made(x REAL)", "SET sql_mode = 'REAL_AS_FLOAT'",
         "SET sql_mode = DEFAULT"},
        {"SELECT 'ü', HEX('ü'), s FROM t", "SET NAMES latin1", "SET NAMES utf8mb4"},
        {"SELECT 'ü' AS `ü`, LENGTH('ü')", "SET character_set_client = latin1", "SET NAMES utf8mb4"},
        {"SELECT 'ü', s FROM t", "SET character_set_results = latin1", "SET NAMES utf8mb4"},
        {"SELECT 'a' = 'A'", "SET collation_connection = utf8mb4_bin", "SET NAMES utf8mb4"},
        {"SELECT CHARSET('a'), COLLATION(CONCAT(1, 'x'))", "SET NAMES utf8mb3", "SET NAMES utf8mb4"},
        {"SELECT at, UNIX_TIMESTAMP('2024-07-01 12:00:00') FROM t", "SET time_zone = '+05:00'",
         "SET time_zone = DEFAULT"},
        {"SELECT FROM_UNIXTIME(0), TIMESTAMP '2024-01-01 00:00:00'", "SET time_zone = '-11:00'",
         "SET time_zone = DEFAULT"},
        {"SELECT 1 / 3", "SET div_precision_increment = 20",
         "SET div_precision_increment = DEFAULT"},
        {"SELECT GROUP_CONCAT(s) FROM t", "SET group_concat_max_len = 4",
         "SET group_concat_max_len = DEFAULT"},
        {"SELECT DATE_FORMAT('2024-02-29', '%W')", "SET lc_time_names = 'de_DE'",
         "SET lc_time_names = DEFAULT"},
        {"SELECT WEEK('2024-02-29')", "SET default_week_format = 3",
         "SET default_week_format = DEFAULT"},
        {"SELECT * FROM t", "SET sql_select_limit = 1", "SET sql_select_limit = DEFAULT"},
        {"SELECT * FROM t WHERE id IS NULL", "SET sql_auto_is_null = 1", "SET sql_auto_is_null = 0"},
        {"SELECT NOW(6)", "SET timestamp = 12345", "SET timestamp = 1700000000"},
        {"SELECT @v, @v + 1", "SET @v = 'a text of some length'", "SET @v = 5"},
        {"SELECT @v", "SET @v = 1.5e0", "SET @v = NULL"},
        {"SELECT @@autocommit, @@sql_mode", "SET autocommit = 0", "SET autocommit = 1"},
        {"SELECT REPEAT('x', 2000)", "SET max_statement_time = 100",
         "SET max_statement_time = DEFAULT"},
        {"SELECT LAST_INSERT_ID(), ROW_COUNT()", "INSERT INTO a(x) VALUES (1), (2)",
         "DELETE FROM a"},
        {"INSERT INTO a(x) VALUES (3)", "SET insert_id = 1000", "SET auto_increment_increment = 5"},
};

void makeTrapTables(Observer &o, const QSqlDatabase &db)
{
    QSqlQuery query(db);
    for (const char *const sql :
         {"SET timestamp = 1700000000", "CREATE OR REPLACE TABLE u(other INT)",
          "INSERT INTO u VALUES (77)", "DROP TABLE IF EXISTS old",
          "CREATE OR REPLACE TABLE t(id INT, s VARCHAR(20), at TIMESTAMP NULL)",
          "INSERT INTO t VALUES (1, 'one', '2024-07-01 12:00:00'), (2, 'zwö', NULL)",
          "CREATE OR REPLACE TABLE a(i INT PRIMARY KEY AUTO_INCREMENT, x INT)",
          "CREATE OR REPLACE VIEW v AS SELECT id FROM t",
          "CREATE OR REPLACE FUNCTION f(n INT) RETURNS INT RETURN n",
          "CREATE OR REPLACE PROCEDURE p() SET @p = 1",
          "CREATE OR REPLACE PROCEDURE shadow() CREATE TEMPORARY TABLE t(shadow DATE)",
          "CREATE OR REPLACE PROCEDURE ansi() SET SESSION sql_mode = 'ANSI_QUOTES'"})
        o.note(QString::fromUtf8(sql), query.exec(QString::fromUtf8(sql)));
}

// A kept statement's prepare() sends nothing: which of the two calls fails, and so the driver's part of
// the error, is all that may differ.
void prepareAndExec(Observer &o, const QSqlDatabase &db, const QString &sql)
{
    QSqlQuery query(db);
    if (query.prepare(sql) && query.exec()) {
        o.rows(u"executed"_s, query);
        return;
    }
    const QSqlError error = query.lastError();
    o.note(u"fails"_s,
           u"%1 %2 %3"_s.arg(error.type()).arg(error.nativeErrorCode(), error.databaseText()));
}

void prepareAndExecOften(Observer &o, const QSqlDatabase &db, const QString &sql)
{
    for (int round = 0; round < 3; ++round)
        prepareAndExec(o, db, sql);
}

void change(Observer &o, const QSqlDatabase &db, const char *text)
{
    QSqlQuery query(db);
    const QString sql = QString::fromUtf8(text);
    o.note(sql, query.exec(sql));
    while (query.nextResult()) {
    }
}

// Each on a connection of its own: a trap may leave behind what cannot be undone.
void spring(Observer &o, const Target &target, bool isByOther)
{
    QSqlDatabase server = target.open(o, u"setup"_s);
    change(o, server, "CREATE DATABASE IF NOT EXISTS other");
    change(o, server, "CREATE TABLE IF NOT EXISTS other.t(there INT, s TEXT)");
    for (const Trap &trap : Traps) {
        makeTrapTables(o, server);
        {
            QSqlDatabase db = target.open(o, u"trap"_s);
            change(o, db, "SET timestamp = 1700000000");
            const QSqlDatabase &changing = isByOther ? server : db;
            const QString sql = QString::fromUtf8(trap.statement);
            o.section(u"%1: %2"_s.arg(sql, QString::fromUtf8(trap.change)));
            prepareAndExecOften(o, db, sql);
            change(o, changing, trap.change);
            prepareAndExecOften(o, db, sql);
            change(o, changing, trap.undo);
            prepareAndExecOften(o, db, sql);
            change(o, changing, trap.change);
            prepareAndExecOften(o, db, sql);
            if (isByOther) { // the next one begins with a session as it was
                server.close();
                o.note(u"reopen"_s, server.open());
            }
        }
        QSqlDatabase::removeDatabase(u"trap"_s);
    }
}

void traps(Observer &o, const Target &target)
{
    spring(o, target, false);
}

void trapsByOthers(Observer &o, const Target &target)
{
    spring(o, target, true);
}

// A connection that is closed and opened may get the same session, with what was kept.
void keptOverReopen(Observer &o, const Target &target)
{
    QSqlDatabase db = target.open(o);
    makeTrapTables(o, db);
    for (const char *const before :
         {"DO 1", "SET NAMES latin1", "SET sql_mode = 'ANSI_QUOTES'", "USE other",
          "CREATE TEMPORARY TABLE t(shadow INT)", "SET @v = 1"}) {
        o.section(QLatin1StringView(before));
        for (const char *const sql : {"SELECT * FROM t", "SELECT \"id\", 'ü' FROM t", "SELECT @v"})
            prepareAndExecOften(o, db, QString::fromUtf8(sql));
        change(o, db, before);
        db.close();
        o.note(u"reopen"_s, db.open());
        for (const char *const sql : {"SELECT * FROM t", "SELECT \"id\", 'ü' FROM t", "SELECT @v"})
            prepareAndExecOften(o, db, QString::fromUtf8(sql));
    }
}

// One text in five queries: each has its rows, values and position.
void fiveAtOnce(Observer &o, const Target &target)
{
    const QSqlDatabase db = target.open(o);
    for (int round = 0; round < 4; ++round) {
        std::array<std::optional<QSqlQuery>, 5> queries;
        int value = 0;
        for (std::optional<QSqlQuery> &query : queries) {
            query.emplace(db);
            query->setForwardOnly(value % 2);
            o.note(u"prepare"_s, query->prepare(u"SELECT seq, ? FROM seq_1_to_9 WHERE seq > ?"_s));
            query->addBindValue(value % 2 ? QVariant(value) : QVariant(u"text"_s));
            query->addBindValue(value++);
            o.note(u"exec"_s, query->exec());
        }
        for (int step = 0; step < 40; ++step) {
            const size_t i = size_t(step * 7 + round) % queries.size();
            QSqlQuery &query = *queries[i];
            o.note(u"next of %1"_s.arg(i), query.next());
            if (query.isValid())
                o.row(u"row"_s, query, 2);
            if (step % 11 == 10) {
                query.bindValue(1, step % 9);
                o.note(u"exec"_s, query.exec());
            }
            if (step % 13 == 12)
                query.finish();
            o.state(u"state"_s, query);
        }
        queries[size_t(round)].reset();
        for (std::optional<QSqlQuery> &query : queries) {
            if (query)
                o.exec(u"last"_s, *query);
        }
    }
}

} // namespace

std::vector<Scenario> keptStatementScenarios()
{
    return {{"traps of kept statements", 10'000, traps},
            {"traps by other connections", 10'000, trapsByOthers},
            {"kept over a reopen", 2000, keptOverReopen},
            {"one text in five queries", 1800, fiveAtOnce}};
}

} // namespace qproxysql::parity
