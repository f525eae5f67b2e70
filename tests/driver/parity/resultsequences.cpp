// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "parity/fetching.h"
#include "parity/generator.h"
#include "parity/scenarios.h"

#include <QtSql/QSqlError>
#include <QtSql/QSqlQuery>
#include <QtSql/QSqlRecord>

#include <array>
#include <optional>

namespace qproxysql::parity {

using namespace Qt::StringLiterals;

namespace {

constexpr const char *Parts[] = {"SELECT 1 AS a, 'x' AS b",
                                 "SELECT * FROM s ORDER BY id",
                                 "SELECT id FROM s WHERE FALSE",
                                 "INSERT INTO s(t) VALUES ('n')",
                                 "INSERT INTO s(t) VALUES ('r') RETURNING id, t",
                                 "UPDATE s SET t = CONCAT(t, '+') WHERE id < 3",
                                 "DELETE FROM s WHERE id > 20",
                                 "DO 1",
                                 "SET @v = 1",
                                 "CALL none()",
                                 "CALL one(5)",
                                 "CALL three(2, @out)",
                                 "SELECT @out",
                                 "CALL failing()",
                                 "SELECT nothing",
                                 "INSERT INTO s(id, t) VALUES (1, 'dup')",
                                 "SHOW TABLES",
                                 "EXPLAIN SELECT 1",
                                 ""};

QSqlDatabase openWithProcedures(Observer &o, const Target &target)
{
    QSqlDatabase db = target.open(o);
    QSqlQuery query(db);
    for (const char *const sql :
         {"CREATE TABLE s(id INT PRIMARY KEY AUTO_INCREMENT, t VARCHAR(20))",
          "INSERT INTO s(t) VALUES ('a'), ('b'), ('c')", "CREATE PROCEDURE none() DO 1",
          "CREATE PROCEDURE one(n INT) SELECT seq, 'one' FROM seq_1_to_10 WHERE seq <= n",
          "CREATE PROCEDURE three(IN n INT, OUT result INT) BEGIN SELECT n; "
          "SELECT id, t FROM s ORDER BY id LIMIT n; SELECT COUNT(*) INTO result FROM s; "
          "SELECT NULL AS last; END",
          "CREATE PROCEDURE failing() BEGIN SELECT 1; SELECT * FROM nowhere; END"})
        o.note(QLatin1StringView(sql), query.exec(QLatin1StringView(sql)));
    return db;
}

// Reads the current result in one of the ways that applications have, at times not to its end.
void readSome(Observer &o, QSqlQuery &query, Generator &generator)
{
    o.state(u"result"_s, query);
    o.note(u"record"_s, query.record());
    switch (generator.below(4)) {
    case 0:
        break;
    case 1:
        if (query.next())
            o.row(u"one"_s, query, query.record().count());
        break;
    default:
        o.rows(u"all"_s, query);
    }
}

void drawnTexts(Observer &o, const Target &target)
{
    const QSqlDatabase db = openWithProcedures(o, target);
    Generator generator(target.seed());
    std::optional<QSqlQuery> query(db);
    for (int i = 0; i < 250; ++i) {
        QStringList parts;
        for (int left = 1 + generator.below(5); left > 0; --left)
            parts.append(QLatin1StringView(generator.oneOf(Parts)));
        const QString sql = parts.join(u"; "_s);
        o.section(sql);
        if (generator.chance(30)) {
            query.reset();
            query.emplace(db);
            query->setForwardOnly(generator.chance(30));
        }
        o.note(u"exec"_s, query->exec(sql));
        readSome(o, *query, generator);
        for (int left = generator.below(8); left > 0; --left) {
            o.note(u"nextResult"_s, query->nextResult());
            readSome(o, *query, generator);
        }
        if (generator.chance(20)) { // what is left over is in the way of others
            QSqlQuery other(db);
            o.exec(u"other"_s, other, u"SELECT COUNT(*) FROM s"_s);
        }
        if (generator.chance(20))
            query->finish();
        if (generator.chance(10))
            query->clear();
    }
}

// A prepared CALL without results, executed again and again: with results QMYSQL waits for ever in some
// orders.
void preparedCalls(Observer &o, const Target &target)
{
    const QSqlDatabase db = openWithProcedures(o, target);
    QSqlQuery making(db);
    o.note(u"create"_s,
           making.exec(u"CREATE PROCEDURE twice(IN n INT, OUT result INT, INOUT both INT) "
                       "BEGIN SET result = n * 2; SET both = both + n; "
                       "INSERT INTO s(t) VALUES (n); END"_s));
    for (int round = 0; round < 4; ++round) {
        QSqlQuery call(db);
        o.note(u"prepare"_s, call.prepare(u"CALL twice(?, @out, @both)"_s));
        call.addBindValue(round);
        o.exec(u"exec"_s, call);
        o.exec(u"again"_s, call);
        o.exec(u"out"_s, making, u"SELECT @out, @both"_s);
        QSqlQuery none(db);
        o.note(u"prepare"_s, none.prepare(u"CALL none()"_s));
        o.exec(u"none"_s, none);
        o.note(u"nextResult"_s, none.nextResult());
        o.state(u"none"_s, none);
    }
}

// Several queries on one connection, each with rows that are half read, text and prepared, while others
// run: all is buffered, so nothing is in the way.
void halfRead(Observer &o, const Target &target)
{
    const QSqlDatabase db = openWithProcedures(o, target);
    Generator generator(target.seed());
    std::array<std::optional<QSqlQuery>, 6> queries;
    for (int i = 0; i < 500; ++i) {
        std::optional<QSqlQuery> &slot = queries[size_t(generator.below(int(queries.size())))];
        const bool isNew = !slot || generator.chance(25);
        if (isNew) {
            slot.reset();
            slot.emplace(db);
            slot->setForwardOnly(generator.chance(30));
            const QString sql = u"SELECT seq, 'row' FROM seq_1_to_%1"_s.arg(5 + generator.below(3));
            o.section(sql);
            if (generator.chance(50)) {
                o.note(u"prepare"_s, slot->prepare(sql));
                o.note(u"exec"_s, slot->exec());
            } else {
                o.note(u"exec"_s, slot->exec(sql));
            }
        } else if (generator.chance(10)) {
            o.note(u"exec again"_s, slot->exec());
        } else if (generator.chance(10)) {
            slot->finish();
        }
        o.note(u"next"_s, slot->next());
        if (slot->isValid())
            o.row(u"row"_s, *slot, 2);
        o.state(u"state"_s, *slot);
    }
}

// A query handed about, and one that its database does not outlive: QSqlQuery::size() crashes then.
void owners(Observer &o, const Target &target)
{
    for (const bool isPrepared : {false, true}) {
        for (const bool isForwardOnly : {false, true}) {
            std::optional<QSqlQuery> kept;
            {
                const QSqlDatabase db = openWithProcedures(o, target);
                QSqlQuery first(db);
                first.setForwardOnly(isForwardOnly);
                const QString sql = u"SELECT * FROM s ORDER BY id"_s;
                o.note(u"run"_s, isPrepared ? first.prepare(sql) && first.exec() : first.exec(sql));
                o.note(u"next"_s, first.next());
                o.row(u"row"_s, first, 2);
                QSqlQuery moved(std::move(first));
                o.note(u"next"_s, moved.next());
                o.row(u"row"_s, moved, 2);
                QSqlQuery other(db);
                other = std::move(moved);
                o.state(u"assigned"_s, other);
                QSqlQuery swapped(db);
                swapped.swap(other);
                o.note(u"next"_s, swapped.next());
                o.row(u"row"_s, swapped, 2);
                o.state(u"empty"_s, other);
                o.exec(u"empty"_s, other);
                kept.emplace(std::move(swapped));
                QSqlQuery dropping(db);
                o.note(u"drop"_s,
                       dropping.exec(u"DROP TABLE s; DROP PROCEDURE none; DROP PROCEDURE one; "
                                     "DROP PROCEDURE three; DROP PROCEDURE failing"_s));
                while (dropping.nextResult()) {
                }
            }
            QSqlDatabase::removeDatabase(u"parity"_s);
            o.note(u"active"_s, kept->isActive());
            o.note(u"at"_s, kept->at());
            o.note(u"value"_s, kept->value(1));
            o.note(u"next"_s, kept->next());
            o.note(u"exec"_s, kept->exec());
            o.noteError(u"error"_s, kept->lastError());
        }
    }
}

} // namespace

std::vector<Scenario> resultSequenceScenarios()
{
    return {{"drawn texts of several statements", 8000, drawnTexts, true},
            {"prepared calls", 300, preparedCalls},
            {"half-read results", 3500, halfRead, true},
            {"owners of queries", 180, owners}};
}

} // namespace qproxysql::parity
