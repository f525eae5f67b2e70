// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "parity/generator.h"
#include "parity/scenarios.h"

#include <QtCore/QDateTime>
#include <QtSql/QSqlError>
#include <QtSql/QSqlQuery>
#include <QtSql/QSqlRecord>

#include <optional>

namespace qproxysql::parity {

using namespace Qt::StringLiterals;

namespace {

// In an order in which all of them work, again and again.
constexpr const char *Kinds[] = {
        "CREATE TABLE k(id INT PRIMARY KEY AUTO_INCREMENT, s VARCHAR(20), UNIQUE (s))",
        "CREATE TABLE IF NOT EXISTS k(id INT)",
        "INSERT INTO k(s) VALUES ('a'), ('b'), ('c')",
        "INSERT INTO k VALUES (10, 'ten')",
        "INSERT INTO k(s) VALUES ('d') RETURNING id, s, id * 2 AS twice",
        "INSERT IGNORE INTO k(s) VALUES ('d'), ('e')",
        "INSERT INTO k(s) VALUES ('e') ON DUPLICATE KEY UPDATE s = 'f'",
        "INSERT INTO k(s) VALUES ('f') ON DUPLICATE KEY UPDATE id = LAST_INSERT_ID(id)",
        "INSERT INTO k(s) SELECT CONCAT('s', seq) FROM seq_1_to_5",
        "INSERT INTO k(s) SELECT 'none' FROM DUAL WHERE FALSE",
        "REPLACE INTO k(s) VALUES ('a')",
        "REPLACE INTO k(s) VALUES ('b') RETURNING id",
        "UPDATE k SET s = CONCAT(s, 'x') WHERE id > 10",
        "UPDATE k SET s = s",
        "UPDATE k SET s = 'z' WHERE FALSE",
        "UPDATE k SET id = LAST_INSERT_ID(id + 100) WHERE id = 10",
        "DELETE FROM k WHERE s LIKE 's%' RETURNING id, s",
        "DELETE FROM k WHERE FALSE RETURNING *",
        "DELETE FROM k WHERE id > 200",
        "SELECT LAST_INSERT_ID()",
        "SELECT ROW_COUNT()",
        "SELECT SQL_CALC_FOUND_ROWS * FROM k ORDER BY id LIMIT 2",
        "SELECT FOUND_ROWS()",
        "SELECT * FROM k ORDER BY id FOR UPDATE",
        "SELECT COUNT(*) INTO @count FROM k",
        "SELECT @count",
        "CREATE INDEX i ON k(s)",
        "DROP INDEX i ON k",
        "CREATE VIEW kv AS SELECT s FROM k",
        "SELECT * FROM kv ORDER BY 1",
        "SHOW CREATE VIEW kv",
        "DROP VIEW kv",
        "CREATE TEMPORARY TABLE kt AS SELECT * FROM k",
        "SELECT COUNT(*) FROM kt",
        "DROP TEMPORARY TABLE kt",
        "CREATE FUNCTION kf(n INT) RETURNS INT DETERMINISTIC RETURN n + 1",
        "SELECT kf(1)",
        "DROP FUNCTION kf",
        "CREATE PROCEDURE kp() UPDATE k SET s = s",
        "CALL kp()",
        "DROP PROCEDURE kp",
        "ALTER TABLE k ADD COLUMN more INT DEFAULT 5, COMMENT 'c'",
        "ALTER TABLE k DROP COLUMN more",
        "RENAME TABLE k TO k2, k2 TO k",
        "SHOW TABLES",
        "SHOW COLUMNS FROM k",
        "SHOW FULL COLUMNS FROM k",
        "SHOW CREATE TABLE k",
        "SHOW INDEX FROM k WHERE Key_name = 'PRIMARY'",
        "SHOW VARIABLES LIKE 'sql_mode'",
        "SHOW STATUS LIKE 'no such status'",
        "SHOW WARNINGS",
        "SHOW ERRORS",
        "SHOW DATABASES LIKE 'test'",
        "SHOW GRANTS",
        "SHOW CHARACTER SET LIKE 'utf8mb4'",
        "SHOW ENGINES",
        "DESCRIBE k",
        "DESC k s",
        "EXPLAIN SELECT * FROM k WHERE id = 1",
        "EXPLAIN FORMAT=JSON SELECT 1",
        "EXPLAIN EXTENDED SELECT 1",
        "EXPLAIN DELETE FROM k",
        "CHECK TABLE k",
        "CHECKSUM TABLE k",
        "OPTIMIZE TABLE k",
        "ANALYZE TABLE k",
        "FLUSH TABLES k",
        "HANDLER k OPEN",
        "HANDLER k READ FIRST",
        "HANDLER k CLOSE",
        "HELP 'SELECT'",
        "DO 1",
        "DO SLEEP(0), @done := 1",
        "SET @v = 1",
        "SET @v := 2, @w = 'w'",
        "SET SESSION sort_buffer_size = 262144",
        "SET NAMES utf8mb4",
        "SET STATEMENT sort_buffer_size = 262144 FOR SELECT 1",
        "USE test",
        "START TRANSACTION",
        "SAVEPOINT s",
        "INSERT INTO k(s) VALUES ('in transaction')",
        "ROLLBACK TO SAVEPOINT s",
        "RELEASE SAVEPOINT s",
        "COMMIT",
        "BEGIN",
        "ROLLBACK",
        "BEGIN NOT ATOMIC SELECT 1; END",
        "LOCK TABLES k WRITE",
        "UNLOCK TABLES",
        "PREPARE p FROM 'SELECT ? + 1'",
        "EXECUTE p USING @v",
        "DEALLOCATE PREPARE p",
        "EXECUTE IMMEDIATE 'SELECT 1'",
        "GET DIAGNOSTICS @number = NUMBER",
        "SELECT GET_LOCK('parity', 0)",
        "SELECT RELEASE_LOCK('parity')",
        "TRUNCATE TABLE k",
        "DROP TABLE k",
        "DROP TABLE IF EXISTS k",
        "COMMIT AND CHAIN",
        "COMMIT",
};

void ofEachKind(Observer &o, const Target &target, bool isPrepared, bool isOneQuery)
{
    QSqlDatabase db = target.open(o);
    for (int round = 0; round < 3; ++round) {
        std::optional<QSqlQuery> query;
        for (const char *const bytes : Kinds) {
            const QString sql = QString::fromUtf8(bytes);
            o.section(sql);
            if (!query || !isOneQuery) {
                query.reset();
                query.emplace(db);
            }
            if (isPrepared) {
                o.note(u"prepare"_s, query->prepare(sql));
                o.state(u"prepared"_s, *query);
                o.exec(u"exec"_s, *query);
            } else {
                o.exec(u"exec"_s, *query, sql);
            }
            o.noteError(u"database"_s, db.lastError());
        }
    }
}

void kindsText(Observer &o, const Target &target)
{
    ofEachKind(o, target, false, false);
}

void kindsTextReused(Observer &o, const Target &target)
{
    ofEachKind(o, target, false, true);
}

void kindsPrepared(Observer &o, const Target &target)
{
    ofEachKind(o, target, true, false);
}

void kindsPreparedReused(Observer &o, const Target &target)
{
    ofEachKind(o, target, true, true);
}

// Values of RETURNING, in every column type of importance.
void returning(Observer &o, const Target &target)
{
    QSqlDatabase db = target.open(o);
    QSqlQuery query(db);
    o.note(u"create"_s, query.exec(u"CREATE TABLE r(id INT PRIMARY KEY AUTO_INCREMENT, i SMALLINT, "
                                   "s VARCHAR(20), d DECIMAL(10,2), t DATETIME(3), b BLOB)"_s));
    for (const bool isForwardOnly : {false, true}) {
        for (const char *const sql :
             {"INSERT INTO r(i, s, d, t, b) VALUES (?, ?, ?, ?, ?) RETURNING *",
              "REPLACE INTO r(i, s, d, t, b) VALUES (?, ?, ?, ?, ?) RETURNING id, s, b",
              "DELETE FROM r WHERE i = ? OR s = ? OR d = ? OR t = ? OR b = ? RETURNING *"}) {
            for (int round = 0; round < 4; ++round) {
                o.section(QLatin1StringView(sql));
                QSqlQuery prepared(db);
                prepared.setForwardOnly(isForwardOnly);
                o.note(u"prepare"_s, prepared.prepare(QLatin1StringView(sql)));
                prepared.addBindValue(round);
                prepared.addBindValue(u"text %1"_s.arg(round));
                prepared.addBindValue(round * 1.5);
                prepared.addBindValue(QDateTime(QDate(2024, 2, 29), QTime(1, 2, 3, 456)));
                prepared.addBindValue(QByteArray("\0\xff", 2));
                o.exec(u"exec"_s, prepared);
                o.exec(u"again"_s, prepared);
            }
        }
    }
}

} // namespace

std::vector<Scenario> statementKindScenarios()
{
    return {{"kinds of statements, text", 6000, kindsText},
            {"kinds of statements, text, one query", 6000, kindsTextReused},
            {"kinds of statements, prepared", 8000, kindsPrepared},
            {"kinds of statements, prepared, one query", 8000, kindsPreparedReused},
            {"returning", 1200, returning}};
}

} // namespace qproxysql::parity
