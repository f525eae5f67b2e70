// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "parity/generator.h"
#include "parity/scenarios.h"

#include <QtSql/QSqlDriver>
#include <QtSql/QSqlError>
#include <QtSql/QSqlQuery>
#include <QtSql/QSqlRecord>

namespace qproxysql::parity {

using namespace Qt::StringLiterals;

namespace {

constexpr const char *Failing[] = {
        "SELEC 1",
        "SELECT",
        "SELECT * FROM nowhere",
        "SELECT nothing FROM f",
        "SELECT * FROM nowhere.f",
        "SELECT f()",
        "SELECT 1 FROM f GROUP BY nothing",
        "INSERT INTO f VALUES (1, 'dup', 1)",
        "INSERT INTO f(id) VALUES (5), (6), (1), (7)",
        "INSERT INTO f VALUES (10, 'much too long', 1)",
        "INSERT INTO f VALUES (11, NULL, 1)",
        "INSERT INTO f VALUES (12, 'x', 1000)",
        "INSERT INTO f VALUES (13, 'x', 'text')",
        "INSERT INTO f VALUES (14, 'x', 1 / 0)",
        "INSERT INTO f VALUES (15, 'x')",
        "INSERT INTO g VALUES (1, 99)",
        "DELETE FROM f WHERE id = 1",
        "UPDATE f SET id = 1 WHERE id = 2",
        "UPDATE f SET id = 'x'",
        "SELECT (SELECT id FROM f)",
        // These fail while rows are on their way.
        "SELECT IF(seq = 500, (SELECT 1 UNION SELECT 2), seq) FROM seq_1_to_1000",
        "SELECT seq, EXP(seq * 10) FROM seq_1_to_100",
        "SELECT 1e308 * seq FROM seq_1_to_10",
        "SET STATEMENT max_statement_time = 0.001 FOR SELECT SLEEP(2)",
        "SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'übel % %1', MYSQL_ERRNO = 5555",
        "SIGNAL SQLSTATE '01000'",
        "CALL nowhere()",
        "CALL failing(1)",
        "KILL QUERY CONNECTION_ID()",
        "KILL 999999999",
        "USE nowhere",
        "SET nothing = 1",
        "SET sql_mode = 'NO_SUCH_MODE'",
        "CREATE TABLE f(id INT)",
        "DROP TABLE nowhere",
        "ALTER TABLE f ADD COLUMN id INT",
        "GRANT ALL ON *.* TO nobody",
        "PREPARE s FROM 'SELEC 1'",
        "EXECUTE nothing",
        "EXECUTE IMMEDIATE 'SELEC 1'",
        "DEALLOCATE PREPARE nothing",
        "LOCK TABLES nowhere READ",
        "ROLLBACK TO SAVEPOINT nothing",
        "SELECT 1; SELECT 2",
        "SELECT ?; SELECT ?",
        ";",
        " ",
        "-- nothing",
        "/* nothing */",
        "SELECT '",
        "SELECT `",
        "SELECT /* 1",
        "SELECT 1 INTO @v, @w",
        "LOAD DATA LOCAL INFILE '/nowhere' INTO TABLE f",
        "SELECT LOAD_FILE('/nowhere')",
};

QSqlDatabase openForFaults(Observer &o, const Target &target)
{
    QSqlDatabase db = target.open(o);
    QSqlQuery query(db);
    for (const char *const sql :
         {"SET sql_mode = 'STRICT_ALL_TABLES,ERROR_FOR_DIVISION_BY_ZERO'",
          "CREATE TABLE f(id INT PRIMARY KEY, s VARCHAR(5) NOT NULL DEFAULT '', n TINYINT)",
          "CREATE TABLE g(id INT PRIMARY KEY, f INT, FOREIGN KEY (f) REFERENCES f(id))",
          "INSERT INTO f VALUES (1, 'one', 1), (2, 'two', 2), (3, 'three', NULL)",
          "INSERT INTO g VALUES (1, 1)",
          "CREATE PROCEDURE failing(n INT) BEGIN SELECT n; SELECT * FROM nowhere; END"})
        o.note(QLatin1StringView(sql), query.exec(QString::fromUtf8(sql)));
    return db;
}

// Every call that may come after an error. Executing a prepared query of QMYSQL's after nextResult() writes
// into freed memory.
enum class NextResult { Asked, NotAsked };

void goOn(Observer &o, QSqlQuery &query, NextResult nextResult)
{
    o.note(u"next"_s, query.next());
    o.note(u"first"_s, query.first());
    o.note(u"previous"_s, query.previous());
    o.note(u"seek"_s, query.seek(2));
    o.note(u"seek by"_s, query.seek(-1, true));
    o.state(u"moved"_s, query);
    o.note(u"value"_s, query.isValid() ? query.value(0) : QVariant());
    o.note(u"value by name"_s, query.value(u"id"_s));
    o.note(u"isNull"_s, query.isNull(0));
    o.note(u"isNull of none"_s, query.isNull(99));
    o.note(u"record"_s, query.record());
    if (nextResult == NextResult::Asked) {
        o.note(u"nextResult"_s, query.nextResult());
        o.state(u"next result"_s, query);
    }
    query.finish();
    o.state(u"finished"_s, query);
}

void failures(Observer &o, const Target &target)
{
    QSqlDatabase db = openForFaults(o, target);
    for (const char *const bytes : Failing) {
        const QString sql = QString::fromUtf8(bytes);
        o.section(u"text: "_s + sql);
        QSqlQuery text(db);
        o.exec(u"exec"_s, text, sql);
        goOn(o, text, NextResult::Asked);
        o.note(u"exec again"_s, text.exec());
        goOn(o, text, NextResult::Asked);
        o.section(u"prepared: "_s + sql);
        for (int round = 0; round < 3; ++round) {
            QSqlQuery query(db);
            o.note(u"prepare"_s, query.prepare(sql));
            o.state(u"prepared"_s, query);
            o.exec(u"exec"_s, query);
            goOn(o, query, NextResult::NotAsked);
            o.note(u"exec again"_s, query.exec());
            goOn(o, query, NextResult::Asked);
        }
        o.noteError(u"database"_s, db.lastError());
    }
}

// A query that held rows, and then fails; and one that failed, and then has rows.
void failuresBetween(Observer &o, const Target &target)
{
    QSqlDatabase db = openForFaults(o, target);
    Generator generator(target.seed());
    QSqlQuery query(db);
    for (int i = 0; i < 300; ++i) {
        const QString good = generator.chance(50) ? u"SELECT * FROM f ORDER BY id"_s
                                                  : u"UPDATE f SET n = n WHERE id < 3"_s;
        const QString sql = generator.chance(40) ? good
                                                 : QString::fromUtf8(generator.oneOf(Failing));
        o.section(sql);
        switch (generator.below(4)) {
        case 0:
            o.note(u"exec"_s, query.exec(sql));
            break;
        case 1:
            o.note(u"exec of what is there"_s, query.exec());
            break;
        default:
            o.note(u"prepare"_s, query.prepare(sql));
            o.state(u"prepared"_s, query);
            if (generator.chance(80))
                o.note(u"exec"_s, query.exec());
        }
        o.state(u"executed"_s, query);
        if (generator.chance(30))
            goOn(o, query, NextResult::NotAsked);
        else if (generator.chance(60))
            o.rows(u"rows"_s, query);
    }
}

// Executions that fail and succeed in turn, by what is bound.
void failuresByValue(Observer &o, const Target &target)
{
    QSqlDatabase db = openForFaults(o, target);
    for (int round = 0; round < 3; ++round) {
        QSqlQuery query(db);
        o.note(u"prepare"_s, query.prepare(u"INSERT INTO f(id, s) VALUES (?, ?)"_s));
        const QList<QVariantList> rows{{1, u"dup"_s},
                                       {100 + round, u"good"_s},
                                       {200 + round, u"too long"_s},
                                       {300 + round, QVariant(QMetaType(QMetaType::QString))},
                                       {u"none"_s, u"x"_s},
                                       {400 + round, u"good"_s},
                                       {1e300, u"far"_s},
                                       {500 + round, QByteArray("\xff")}};
        for (const QVariantList &row : rows) {
            o.section(Observer::textOf(row.at(0)) + Observer::textOf(row.at(1)));
            query.bindValue(0, row.at(0));
            query.bindValue(1, row.at(1));
            o.exec(u"exec"_s, query);
            goOn(o, query, NextResult::NotAsked);
        }
        QSqlQuery select(db);
        o.note(u"prepare"_s, select.prepare(u"SELECT id, EXP(id * ?) FROM f ORDER BY id"_s));
        for (const double value : {0.0, 1000.0, 0.01, 10.0}) {
            select.bindValue(0, value);
            o.exec(u"select"_s, select);
            goOn(o, select, NextResult::NotAsked);
        }
    }
}

} // namespace

std::vector<Scenario> faultScenarios()
{
    return {{"failures", 16'000, failures},
            {"failures between others", 6000, failuresBetween, true},
            {"failures by value", 1600, failuresByValue}};
}

} // namespace qproxysql::parity
