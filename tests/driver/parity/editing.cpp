// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "parity/bindkinds.h"
#include "parity/generator.h"
#include "parity/scenarios.h"

#include <QtSql/QSqlError>
#include <QtSql/QSqlField>
#include <QtSql/QSqlIndex>
#include <QtSql/QSqlQuery>
#include <QtSql/QSqlQueryModel>
#include <QtSql/QSqlRecord>
#include <QtSql/QSqlRelationalTableModel>

namespace qproxysql::parity {

using namespace Qt::StringLiterals;

namespace {

/// Drawn edits of a table model: every cycle ends submitted or reverted, and the table is read again.
class Edits
{
public:
    Edits(Observer &observer, QSqlTableModel &model, quint32 seed)
        : m_observer(observer)
        , m_model(model)
        , m_generator(seed)
        , m_kinds(bindKinds())
    {
    }

    void run(int cycles)
    {
        for (int cycle = 0; cycle < cycles; ++cycle) {
            m_observer.section(u"cycle %1"_s.arg(cycle));
            note(u"select"_s, m_model.select());
            while (m_model.canFetchMore())
                m_model.fetchMore();
            for (int left = 1 + m_generator.below(6); left > 0; --left)
                edit();
            m_observer.model(u"edited"_s, m_model);
            note(u"dirty"_s, m_model.isDirty());
            if (m_generator.chance(70))
                note(u"submit"_s, m_model.submitAll());
            m_model.revertAll();
            m_observer.model(u"cycle"_s, m_model);
            m_observer.state(u"query"_s, m_model.query());
        }
    }

private:
    void note(const QString &what, bool isOk)
    {
        m_observer.note(what, isOk);
        m_observer.noteError(what, m_model.lastError());
    }

    QVariant drawnValue()
    {
        return m_generator.chance(50) ? m_generator.oneOf(m_kinds).value
                                      : QVariant(m_generator.text(8));
    }

    void edit()
    {
        const int rows = m_model.rowCount();
        const int row = m_generator.below(rows + 1);
        switch (m_generator.below(7)) {
        case 0:
            note(u"insert row"_s, m_model.insertRow(row));
            break;
        case 1:
            note(u"remove row"_s, m_model.removeRow(row));
            break;
        case 2: {
            QSqlRecord record = m_model.record();
            record.setGenerated(u"id"_s, false);
            record.setValue(u"name"_s, drawnValue());
            record.setValue(u"born"_s, drawnValue());
            note(u"insert record"_s,
                 m_model.insertRecord(m_generator.chance(50) ? -1 : row, record));
            break;
        }
        case 3:
            m_model.setFilter(m_generator.chance(50)
                                      ? QString()
                                      : u"person.id > %1"_s.arg(m_generator.below(5)));
            note(u"filter"_s, m_model.isDirty());
            break;
        case 4:
            m_model.setSort(m_generator.below(2),
                            m_generator.chance(50) ? Qt::AscendingOrder : Qt::DescendingOrder);
            note(u"sort"_s, m_model.select());
            break;
        default: {
            const int column = m_generator.below(m_model.columnCount());
            note(u"set %1, %2"_s.arg(row).arg(column),
                 m_model.setData(m_model.index(row, column), drawnValue()));
        }
        }
    }

    Observer &m_observer;
    QSqlTableModel &m_model;
    Generator m_generator;
    const std::vector<BindKind> m_kinds;
};

QSqlDatabase openWithPersons(Observer &o, const Target &target)
{
    QSqlDatabase db = target.open(o);
    QSqlQuery query(db);
    for (const char *const sql :
         {"SET timestamp = 1700000000", "CREATE TABLE city(id INT PRIMARY KEY, name VARCHAR(20))",
          "INSERT INTO city VALUES (1, 'one'), (2, 'two'), (3, 'three')",
          "CREATE TABLE person(id INT PRIMARY KEY AUTO_INCREMENT, name VARCHAR(20) NOT NULL, "
          "born DATETIME(3), photo BLOB, height DECIMAL(4,2) DEFAULT 1.75, city INT)",
          "INSERT INTO person(name, born, city) VALUES ('Ada', '1815-12-10 01:02:03.4', 1), "
          "('Grace', '1906-12-09', 2), ('Alan', NULL, 3), ('Edsger', '1930-05-11', 1)"})
        o.note(QLatin1StringView(sql), query.exec(QLatin1StringView(sql)));
    return db;
}

void tableEdits(Observer &o, const Target &target)
{
    const QSqlDatabase db = openWithPersons(o, target);
    for (const auto strategy : {QSqlTableModel::OnManualSubmit, QSqlTableModel::OnFieldChange,
                                QSqlTableModel::OnRowChange}) {
        QSqlTableModel model(nullptr, db);
        model.setEditStrategy(strategy);
        model.setTable(u"person"_s);
        Edits(o, model, target.seed() + quint32(strategy)).run(25);
    }
}

void relationalEdits(Observer &o, const Target &target)
{
    const QSqlDatabase db = openWithPersons(o, target);
    for (const auto mode :
         {QSqlRelationalTableModel::InnerJoin, QSqlRelationalTableModel::LeftJoin}) {
        QSqlRelationalTableModel model(nullptr, db);
        model.setEditStrategy(QSqlTableModel::OnManualSubmit);
        model.setTable(u"person"_s);
        model.setJoinMode(mode);
        model.setRelation(5, QSqlRelation(u"city"_s, u"id"_s, u"name"_s));
        Edits(o, model, target.seed() + 100 + quint32(mode)).run(20);
    }
}

// A transaction around edits, kept or thrown away.
void editsInTransactions(Observer &o, const Target &target)
{
    QSqlDatabase db = openWithPersons(o, target);
    Generator generator(target.seed());
    for (int i = 0; i < 12; ++i) {
        QSqlTableModel model(nullptr, db);
        model.setEditStrategy(QSqlTableModel::OnManualSubmit);
        model.setTable(u"person"_s);
        o.note(u"begin"_s, db.transaction());
        Edits(o, model, target.seed() + 200 + quint32(i)).run(2);
        o.note(u"end"_s, generator.chance(50) ? db.commit() : db.rollback());
        o.noteError(u"database"_s, db.lastError());
        QSqlQuery query(db);
        o.exec(u"after"_s, query, u"SELECT * FROM person ORDER BY id"_s);
    }
}

// A model over a prepared query, and one that is given other queries while views look at it.
void queryModels(Observer &o, const Target &target)
{
    const QSqlDatabase db = openWithPersons(o, target);
    QSqlQueryModel model;
    for (int round = 0; round < 4; ++round) {
        QSqlQuery query(db);
        o.note(u"prepare"_s, query.prepare(u"SELECT * FROM person WHERE id > ? ORDER BY id"_s));
        query.addBindValue(round);
        o.note(u"exec"_s, query.exec());
        model.setQuery(std::move(query));
        o.model(u"prepared"_s, model);
        o.note(u"record"_s, model.record(0));
        model.setQuery(u"SELECT name FROM person WHERE id > %1"_s.arg(round), db);
        o.model(u"text"_s, model);
        model.setQuery(u"SELECT nothing FROM person"_s, db);
        o.noteError(u"failed"_s, model.lastError());
        o.model(u"failed"_s, model);
        model.clear();
        o.model(u"cleared"_s, model);
    }
}

} // namespace

std::vector<Scenario> editingScenarios()
{
    return {{"edits of a table", 2500, tableEdits, true},
            {"edits of a table with relations", 1500, relationalEdits, true},
            {"edits in transactions", 1500, editsInTransactions, true},
            {"models of queries", 170, queryModels}};
}

} // namespace qproxysql::parity
