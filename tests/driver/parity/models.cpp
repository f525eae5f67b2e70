// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "parity/scenarios.h"

#include <QtSql/QSqlError>
#include <QtSql/QSqlIndex>
#include <QtSql/QSqlQuery>
#include <QtSql/QSqlQueryModel>
#include <QtSql/QSqlRecord>
#include <QtSql/QSqlRelationalTableModel>

namespace qproxysql::parity {

namespace {

QSqlDatabase openWithTables(Observer &observer, const Target &target)
{
    QSqlDatabase db = target.add();
    observer.note(QStringLiteral("open"), db.open());
    QSqlQuery query(db);
    for (const char *const sql :
         {"CREATE TABLE city(id INT PRIMARY KEY, name VARCHAR(20))",
          "INSERT INTO city VALUES (1, 'Zürich'), (2, 'Bern'), (3, 'Basel')",
          "CREATE TABLE person(id INT PRIMARY KEY AUTO_INCREMENT, name VARCHAR(20) NOT NULL, "
          "born DATE, city INT, photo BLOB, height DECIMAL(4,2) DEFAULT 1.75)",
          "INSERT INTO person(name, born, city) VALUES ('Ada', '1815-12-10', 1), "
          "('Grace', '1906-12-09', 2), ('Alan', NULL, 3)"})
        observer.note(QLatin1String(sql), query.exec(QString::fromUtf8(sql)));
    return db;
}

void queryModel(Observer &o, const Target &target)
{
    QSqlDatabase db = openWithTables(o, target);
    QSqlQueryModel model;
    model.setQuery(QStringLiteral("SELECT * FROM person ORDER BY id"), db);
    o.noteError(QStringLiteral("error"), model.lastError());
    o.model(QStringLiteral("model"), model);
    o.note(QStringLiteral("record"), model.record(1));
    o.note(QStringLiteral("header"), model.record());
    o.state(QStringLiteral("query"), model.query());
    model.setQuery(QStringLiteral("SELECT * FROM nowhere"), db);
    o.noteError(QStringLiteral("error"), model.lastError());
    o.model(QStringLiteral("failed"), model);
    model.setQuery(QStringLiteral("SELECT seq FROM seq_1_to_600"), db);
    o.note(QStringLiteral("rows"), model.rowCount());
    o.note(QStringLiteral("can fetch more"), model.canFetchMore());
    while (model.canFetchMore())
        model.fetchMore();
    o.note(QStringLiteral("rows"), model.rowCount());
    o.note(QStringLiteral("last"), model.data(model.index(599, 0)));
    model.clear();
    o.model(QStringLiteral("cleared"), model);
}

void editTable(Observer &o, QSqlTableModel &model)
{
    o.note(QStringLiteral("set"), model.setData(model.index(0, 1), QStringLiteral("Ada L.")));
    o.note(QStringLiteral("dirty"), model.isDirty(model.index(0, 1)));
    o.note(QStringLiteral("insert row"), model.insertRow(1));
    o.note(QStringLiteral("set"), model.setData(model.index(1, 1), QStringLiteral("Edsger")));
    o.note(QStringLiteral("set"), model.setData(model.index(1, 4), QByteArray("\0\xff'\\", 4)));
    o.note(QStringLiteral("remove"), model.removeRow(model.rowCount() - 1));
    o.model(QStringLiteral("edited"), model);
}

void tableModel(Observer &o, const Target &target, QSqlTableModel::EditStrategy strategy)
{
    QSqlDatabase db = openWithTables(o, target);
    QSqlTableModel model(nullptr, db);
    model.setEditStrategy(strategy);
    model.setTable(QStringLiteral("person"));
    o.note(QStringLiteral("key"), model.primaryKey());
    model.setSort(0, Qt::AscendingOrder);
    o.note(QStringLiteral("select"), model.select());
    o.model(QStringLiteral("model"), model);
    editTable(o, model);
    model.revertAll();
    o.model(QStringLiteral("reverted"), model);
    editTable(o, model);
    o.note(QStringLiteral("submit"), model.submitAll());
    o.noteError(QStringLiteral("error"), model.lastError());
    o.note(QStringLiteral("select"), model.select());
    o.model(QStringLiteral("submitted"), model);
    model.setFilter(QStringLiteral("name LIKE 'A%'"));
    o.note(QStringLiteral("statement"), model.query().lastQuery());
    o.model(QStringLiteral("filtered"), model);
    o.note(QStringLiteral("null name"), model.setData(model.index(0, 1), QVariant()));
    o.note(QStringLiteral("submit"), model.submitAll());
    o.noteError(QStringLiteral("error"), model.lastError());
    model.revertAll();
    QSqlRecord record = model.record();
    record.setGenerated(QStringLiteral("id"), false);
    record.setValue(QStringLiteral("name"), QStringLiteral("Anita"));
    o.note(QStringLiteral("insert record"), model.insertRecord(-1, record));
    o.note(QStringLiteral("submit"), model.submitAll());
    o.noteError(QStringLiteral("error"), model.lastError());
    o.note(QStringLiteral("select"), model.select());
    o.model(QStringLiteral("inserted"), model);
    o.note(QStringLiteral("remove"), model.removeRows(0, model.rowCount()));
    o.note(QStringLiteral("submit"), model.submitAll());
    model.setFilter(QString());
    o.note(QStringLiteral("select"), model.select());
    o.model(QStringLiteral("removed"), model);
    model.setTable(QStringLiteral("nowhere"));
    o.note(QStringLiteral("select nowhere"), model.select());
    o.noteError(QStringLiteral("error"), model.lastError());
}

void tableModelManual(Observer &o, const Target &target)
{
    tableModel(o, target, QSqlTableModel::OnManualSubmit);
}

void tableModelField(Observer &o, const Target &target)
{
    tableModel(o, target, QSqlTableModel::OnFieldChange);
}

void tableModelRow(Observer &o, const Target &target)
{
    tableModel(o, target, QSqlTableModel::OnRowChange);
}

void relationalModel(Observer &o, const Target &target)
{
    QSqlDatabase db = openWithTables(o, target);
    QSqlRelationalTableModel model(nullptr, db);
    model.setTable(QStringLiteral("person"));
    model.setRelation(3, QSqlRelation(QStringLiteral("city"), QStringLiteral("id"),
                                      QStringLiteral("name")));
    model.setEditStrategy(QSqlTableModel::OnManualSubmit);
    o.note(QStringLiteral("select"), model.select());
    o.note(QStringLiteral("statement"), model.query().lastQuery());
    model.sort(3, Qt::DescendingOrder);
    o.model(QStringLiteral("model"), model);
    if (QSqlTableModel *relation = model.relationModel(3))
        o.model(QStringLiteral("relation"), *relation);
    o.note(QStringLiteral("set"), model.setData(model.index(0, 3), 2));
    o.model(QStringLiteral("changed"), model);
    o.note(QStringLiteral("submit"), model.submitAll());
    o.noteError(QStringLiteral("error"), model.lastError());
    o.model(QStringLiteral("submitted"), model);
    model.setJoinMode(QSqlRelationalTableModel::LeftJoin);
    o.note(QStringLiteral("select"), model.select());
    o.model(QStringLiteral("left join"), model);
}

} // namespace

std::vector<Scenario> modelScenarios()
{
    return {{"query model", 50, queryModel},
            {"table model, manual submit", 150, tableModelManual},
            {"table model, on field change", 150, tableModelField},
            {"table model, on row change", 150, tableModelRow},
            {"relational table model", 100, relationalModel}};
}

} // namespace qproxysql::parity
