// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "parity/bindkinds.h"
#include "parity/generator.h"
#include "parity/scenarios.h"

#include <QtCore/QDateTime>
#include <QtSql/QSqlError>
#include <QtSql/QSqlQuery>

namespace qproxysql::parity {

using namespace Qt::StringLiterals;

namespace {

QSqlDatabase openWithBindTable(Observer &o, const Target &target)
{
    QSqlDatabase db = target.open(o);
    QSqlQuery query(db);
    o.note(u"create"_s, query.exec(u"CREATE TABLE b(id INT PRIMARY KEY AUTO_INCREMENT, i INT, "
                                   "s VARCHAR(30), x DOUBLE)"_s));
    return db;
}

void prepareAndNote(Observer &o, QSqlQuery &query, const char *sql)
{
    o.section(QLatin1StringView(sql));
    o.note(u"prepare"_s, query.prepare(QLatin1StringView(sql)));
    o.state(u"prepared"_s, query);
}

void execTwice(Observer &o, QSqlQuery &query)
{
    o.state(u"bound"_s, query);
    o.exec(u"exec"_s, query);
    o.exec(u"again"_s, query);
}

// Negative positions, and batches whose later columns are shorter, crash QtSql itself.

// Placeholders that are repeated, out of order, within quotes and comments, or hard to read.
void names(Observer &o, const Target &target)
{
    const QSqlDatabase db = openWithBindTable(o, target);
    QSqlQuery query(db);
    for (int round = 0; round < 3; ++round) {
        for (const char *const sql :
             {"SELECT :a, :b", "SELECT :b, :a", "SELECT :a, :a, :b",
              "SELECT :a + 1, ':a', \"b\", :b", "SELECT :aa, :a, :b",
              "SELECT /* :a */ :a, :b -- :c", "INSERT INTO b(i, s) VALUES (:a, :b)",
              "SELECT i FROM b WHERE i = :a OR s = :b OR i = :a ORDER BY id", "SELECT :a :b",
              "SELECT @v := :a, :b", "SELECT :a_1, :a1, :b", "SELECT :a, ?",
              "SELECT `:a`, :b FROM b", "SELECT :\u00e4, :b", "SELECT ::a, :b",
              "SELECT 1 AS a, :b LIMIT :a"}) {
            prepareAndNote(o, query, sql);
            query.bindValue(u":a"_s, round);
            query.bindValue(u":b"_s, u"text"_s);
            query.bindValue(u":aa"_s, 1.5);
            query.bindValue(u":nowhere"_s, 9);
            query.bindValue(u"a"_s, 8);
            execTwice(o, query);
            for (const QString &name : {u":a"_s, u":b"_s, u":aa"_s, u":nowhere"_s, u"a"_s})
                o.note(u"boundValue "_s + name, query.boundValue(name));
            query.bindValue(u":b"_s, QVariant(QMetaType(QMetaType::QString)));
            o.exec(u"rebound"_s, query);
            query.bindValue(1, 77);
            o.exec(u"rebound by position"_s, query);
            query.addBindValue(78);
            o.exec(u"added"_s, query);
        }
    }
}

// Too few, too many, at wrong positions. Not fewer or more than before with a query that was executed:
// QMYSQL then reads the values of the last execution, which are gone.
void counts(Observer &o, const Target &target)
{
    const QSqlDatabase db = openWithBindTable(o, target);
    for (const char *const sql :
         {"SELECT 1", "SELECT ?", "SELECT ?, ?", "INSERT INTO b(i, s, x) VALUES (?, ?, ?)"}) {
        for (int values = 0; values < 6; ++values) {
            QSqlQuery query(db);
            prepareAndNote(o, query, sql);
            for (int i = 0; i < values; ++i)
                query.addBindValue(i);
            execTwice(o, query);
            QSqlQuery positions(db);
            prepareAndNote(o, positions, sql);
            positions.bindValue(values, u"at"_s);
            execTwice(o, positions);
            o.note(u"boundValue"_s, query.boundValue(values));
            o.note(u"boundValue of none"_s, query.boundValue(u":none"_s));
        }
    }
    QSqlQuery query(db);
    o.exec(u"all"_s, query, u"SELECT * FROM b ORDER BY id"_s);
}

// A query whose values change between executions, in any order, with failures in between.
void rebinding(Observer &o, const Target &target)
{
    const QSqlDatabase db = openWithBindTable(o, target);
    Generator generator(target.seed());
    const std::vector<BindKind> kinds = bindKinds();
    for (const char *const sql :
         {"INSERT INTO b(id, s, x) VALUES (?, ?, ?)",
          "SELECT id, ?, s FROM b WHERE id >= ? OR x = ? ORDER BY id",
          "REPLACE INTO b(id, s, x) VALUES (?, ?, ?)", "UPDATE b SET s = ?, x = ? WHERE id < ?"}) {
        QSqlQuery query(db);
        prepareAndNote(o, query, sql);
        for (int position = 0; position < 3; ++position)
            query.bindValue(position, position);
        for (int i = 0; i < 60; ++i) {
            const BindKind kind = generator.oneOf(kinds);
            const int position = generator.below(3);
            o.section(u"%1: %2 at %3"_s.arg(QLatin1StringView(sql), QLatin1StringView(kind.name))
                              .arg(position));
            query.bindValue(position, kind.value);
            if (generator.chance(20))
                query.finish();
            o.state(u"bound"_s, query);
            o.exec(u"exec"_s, query);
        }
    }
    QSqlQuery query(db);
    o.exec(u"all"_s, query, u"SELECT * FROM b ORDER BY id"_s);
}

void batchModes(Observer &o, const Target &target)
{
    const QSqlDatabase db = openWithBindTable(o, target);
    const QVariant null{QMetaType(QMetaType::QString)};
    const QList<QList<QVariantList>> batches{{{1, 2, 3}, {u"a"_s, null, u"c"_s}},
                                             {{4, 5, 4, 6},
                                              {u"x"_s, u"duplicate"_s, u"of"_s, u"x"_s}},
                                             {{9}, {u"longer"_s, u"than"_s}},
                                             {{}, {}},
                                             {{10, 11.5, 12},
                                              {1.5, QByteArray("\0b", 2), QDate(2024, 2, 29)}},
                                             {{13, 14}, {QVariant(), true}}};
    for (const auto mode : {QSqlQuery::ValuesAsRows, QSqlQuery::ValuesAsColumns}) {
        QSqlQuery emptying(db);
        o.note(u"empty"_s, emptying.exec(u"DELETE FROM b"_s));
        for (const QList<QVariantList> &batch : batches) {
            QSqlQuery query(db);
            prepareAndNote(o, query, "INSERT INTO b(id, s) VALUES (?, ?)");
            for (const QVariantList &column : batch)
                query.addBindValue(column);
            o.note(u"batch"_s, query.execBatch(mode));
            o.state(u"batch"_s, query);
            o.note(u"again"_s, query.execBatch(mode));
            o.state(u"again"_s, query);
        }
        for (const char *const sql :
             {"INSERT INTO b(id, s) VALUES (:i, :s)", "SELECT * FROM b WHERE id = :i OR s = :s",
              "UPDATE b SET s = :s WHERE id = :i", "SELEC :s, :i"}) {
            QSqlQuery query(db);
            prepareAndNote(o, query, sql);
            query.bindValue(u":s"_s, QVariantList{u"list"_s, 7});
            query.bindValue(u":i"_s, QVariantList{20, 21});
            o.note(u"batch"_s, query.execBatch(mode));
            o.rows(u"batch"_s, query);
            query.bindValue(u":s"_s, QVariantList{u"a"_s, u"b"_s});
            query.bindValue(u":i"_s, QVariantList{u"22"_s, QVariant()});
            o.note(u"batch"_s, query.execBatch(mode));
            o.rows(u"batch"_s, query);
            query.bindValue(u":s"_s, 6);
            query.bindValue(u":i"_s, 5);
            o.note(u"no batch"_s, query.execBatch(mode));
            o.state(u"no batch"_s, query);
        }
        o.exec(u"all"_s, emptying, u"SELECT * FROM b ORDER BY id"_s);
    }
}

// A batch between executions of the same text, which is kept by then.
void batchesOfKept(Observer &o, const Target &target)
{
    const QSqlDatabase db = openWithBindTable(o, target);
    for (int round = 0; round < 4; ++round) {
        QSqlQuery single(db);
        prepareAndNote(o, single, "INSERT INTO b(i, s) VALUES (?, ?)");
        single.addBindValue(round);
        single.addBindValue(u"single"_s);
        execTwice(o, single);
        QSqlQuery query(db);
        prepareAndNote(o, query, "INSERT INTO b(i, s) VALUES (?, ?)");
        query.addBindValue(QVariantList{1, 2, 3});
        query.addBindValue(QVariantList{u"a"_s, u"b"_s, u"c"_s});
        o.note(u"batch"_s, query.execBatch());
        o.state(u"batch"_s, query);
        o.exec(u"all"_s, single, u"SELECT * FROM b ORDER BY id"_s);
    }
}

} // namespace

std::vector<Scenario> bindingWayScenarios()
{
    return {{"placeholders' names", 5000, names},
            {"counts of bound values", 2500, counts},
            {"rebinding", 6000, rebinding, true},
            {"modes of batches", 800, batchModes},
            {"batches of a kept statement", 400, batchesOfKept}};
}

} // namespace qproxysql::parity
