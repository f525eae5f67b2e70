// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "parity/columntypes.h"

#include "parity/fetching.h"
#include "parity/scenarios.h"

#include <QtSql/QSqlError>
#include <QtSql/QSqlQuery>
#include <QtSql/QSqlRecord>

namespace qproxysql::parity {

using namespace Qt::StringLiterals;

namespace {

void fillTable(Observer &o, QSqlQuery &query, const ColumnType &type, Generator &generator)
{
    const QString definition = QString::fromUtf8(type.definition);
    o.section(definition);
    o.note(u"drop"_s, query.exec(u"DROP TABLE IF EXISTS c"_s));
    o.note(u"create"_s, query.exec(u"CREATE TABLE c(id INT AUTO_INCREMENT PRIMARY KEY, v %1) "
                                   "CHARACTER SET utf8mb4"_s.arg(definition)));
    QStringList literals = type.edges + QStringList{u"NULL"_s, u"DEFAULT"_s};
    for (int i = 0; i < 4; ++i)
        literals.append(type.draw(generator));
    literals.append(generator.literal());
    for (const QString &literal : std::as_const(literals)) {
        o.note(u"insert "_s + literal,
               query.exec(u"INSERT IGNORE INTO c(v) VALUES (%1)"_s.arg(literal)));
        o.noteError(u"insert "_s + literal, query.lastError());
    }
}

void observeTypes(Observer &o, const Target &target, const std::vector<ColumnType> &types)
{
    QSqlDatabase db = target.open(o);
    Generator generator(target.seed());
    QSqlQuery query(db);
    o.note(u"lax"_s, query.exec(u"SET sql_mode = '', timestamp = 1700000000"_s));
    for (const ColumnType &type : types) {
        fillTable(o, query, type, generator);
        // QMYSQL takes 4 GB for the buffer of such a column.
        const bool isOnlyText = QLatin1StringView(type.definition) == "GEOMETRY"_L1;
        for (const FetchMode &mode : fetchModes(true)) {
            if (mode.isPrepared && isOnlyText)
                continue;
            fetchIn(o, db, mode, u"SELECT v FROM c ORDER BY id"_s);
        }
        o.note(u"record"_s, db.record(u"c"_s));
    }
}

void numberTypes(Observer &o, const Target &target)
{
    observeTypes(o, target, numberColumns());
}

void timeTypes(Observer &o, const Target &target)
{
    observeTypes(o, target, timeColumns());
}

void textTypes(Observer &o, const Target &target)
{
    observeTypes(o, target, textColumns());
}

void otherTypes(Observer &o, const Target &target)
{
    observeTypes(o, target, otherColumns());
}

} // namespace

std::vector<Scenario> columnTypeScenarios()
{
    return {{"columns of numbers", 40'000, numberTypes, true},
            {"columns of times", 16'000, timeTypes, true},
            {"columns of texts and bytes", 30'000, textTypes, true},
            {"other columns", 7000, otherTypes, true}};
}

} // namespace qproxysql::parity
