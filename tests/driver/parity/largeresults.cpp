// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "parity/fetching.h"
#include "parity/generator.h"
#include "parity/scenarios.h"
#include "sandbox/fulltests.h"

#include <QtSql/QSqlError>
#include <QtSql/QSqlQuery>
#include <QtSql/QSqlQueryModel>
#include <QtSql/QSqlRecord>

namespace qproxysql::parity {

using namespace Qt::StringLiterals;

namespace {

constexpr int LargeRows = sandbox::RunsAllData ? 10'000 : 3'000;
constexpr int LargeValue = sandbox::RunsAllData ? 3'000'000 : 300'000; // bytes

QString selectOf(int rows)
{
    return u"SELECT seq, REPEAT('ü', seq % 50), seq / 7, IF(seq % 3, NULL, seq) FROM seq_1_to_%1"_s
            .arg(rows);
}

void run(Observer &o, QSqlQuery &query, const FetchMode &mode, const QString &sql)
{
    query.setForwardOnly(mode.isForwardOnly);
    if (mode.isPrepared) {
        o.note(u"prepare"_s, query.prepare(sql));
        o.note(u"exec"_s, query.exec());
    } else {
        o.note(u"exec"_s, query.exec(sql));
    }
}

// Never last(), which leaves a forward-only query on no row, where value() crashes QMYSQL.
void step(Observer &o, QSqlQuery &query, Generator &generator, int rows, bool isForwardOnly)
{
    switch (generator.below(isForwardOnly ? 4 : 8)) {
    case 0:
        o.note(u"next"_s, query.next());
        break;
    case 1: {
        const int by = generator.below(20) + 1;
        o.note(u"seek by %1"_s.arg(by), query.seek(by, true));
        break;
    }
    case 2: {
        const int row = query.at() + 1 + generator.below(rows / 20 + 1);
        o.note(u"seek %1"_s.arg(row), query.seek(row));
        break;
    }
    case 3:
        o.note(u"previous"_s, query.previous());
        break;
    case 4: {
        const int row = generator.below(rows + 20) - 10;
        o.note(u"seek %1"_s.arg(row), query.seek(row));
        break;
    }
    case 5: {
        const int by = generator.below(rows) - rows / 2;
        o.note(u"seek by %1"_s.arg(by), query.seek(by, true));
        break;
    }
    case 6:
        o.note(u"last"_s, query.last());
        break;
    case 7:
        o.note(u"first"_s, query.first());
        break;
    }
    o.note(u"at"_s, query.at());
    o.note(u"valid"_s, query.isValid());
    if (query.isValid())
        o.row(u"row"_s, query, 4);
    o.noteError(u"error"_s, query.lastError());
}

void randomSeeks(Observer &o, const Target &target)
{
    QSqlDatabase db = target.open(o);
    Generator generator(target.seed());
    for (const int rows : {0, 1, 2, 100, LargeRows}) {
        for (const FetchMode &mode : fetchModes(false)) {
            o.section(u"%1 rows, %2"_s.arg(rows).arg(mode.name()));
            QSqlQuery query(db);
            const QString sql = rows ? selectOf(rows) : selectOf(1) + u" WHERE FALSE"_s;
            run(o, query, mode, sql);
            for (int i = 0; i < 120; ++i) {
                const bool wasBehind = query.at() == QSql::AfterLastRow;
                step(o, query, generator, rows, mode.isForwardOnly);
                if (mode.isForwardOnly && (wasBehind || query.at() == QSql::AfterLastRow))
                    break;
            }
            o.state(u"end"_s, query);
        }
    }
}

void allRows(Observer &o, const Target &target)
{
    QSqlDatabase db = target.open(o);
    for (const FetchMode &mode : fetchModes(false)) {
        o.section(mode.name());
        QSqlQuery query(db);
        run(o, query, mode, selectOf(LargeRows));
        o.rows(u"all"_s, query);
        if (!mode.isForwardOnly) {
            while (query.previous())
                o.note(u"backwards"_s, query.value(3));
            o.state(u"before"_s, query);
        }
    }
}

void largeValues(Observer &o, const Target &target)
{
    QSqlDatabase db = target.open(o);
    QSqlQuery query(db);
    o.note(u"create"_s, query.exec(u"CREATE TABLE l(i INT, t LONGTEXT, b LONGBLOB)"_s));
    for (const int size : {0, 1, 255, 256, 65535, 65536, LargeValue}) {
        o.note(u"prepare"_s, query.prepare(u"INSERT INTO l VALUES (?, ?, ?)"_s));
        query.addBindValue(size);
        query.addBindValue(QString(size / 2, u'ä'));
        query.addBindValue(QByteArray(size, '\xfe'));
        o.note(u"insert"_s, query.exec());
    }
    for (const FetchMode &mode : fetchModes(false)) {
        fetchIn(o, db, mode, u"SELECT * FROM l ORDER BY i"_s);
        fetchIn(o, db, mode, u"SELECT * FROM l ORDER BY i DESC"_s);
        fetchIn(o, db, mode, u"SELECT t FROM l WHERE i < 0"_s);
    }
}

void largeModel(Observer &o, const Target &target)
{
    QSqlDatabase db = target.open(o);
    QSqlQueryModel model;
    model.setQuery(selectOf(LargeRows), db);
    o.note(u"rows"_s, model.rowCount());
    Generator generator(target.seed());
    for (int i = 0; i < 300; ++i) {
        const int row = generator.below(LargeRows);
        const int column = generator.below(5);
        o.note(u"%1, %2"_s.arg(row).arg(column), model.data(model.index(row, column)));
    }
    o.note(u"record"_s, model.record(LargeRows - 1));
}

} // namespace

std::vector<Scenario> largeResultScenarios()
{
    return {{"random seeks", 4000, randomSeeks, true},
            {"all rows of a large result", 3 * LargeRows, allRows},
            {"large values", 900, largeValues},
            {"model of a large result", 300, largeModel, true}};
}

} // namespace qproxysql::parity
