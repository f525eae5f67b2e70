// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "parity/bindkinds.h"
#include "parity/generator.h"
#include "parity/scenarios.h"

#include <QtSql/QSqlError>
#include <QtSql/QSqlQuery>

#include <optional>

namespace qproxysql::parity {

using namespace Qt::StringLiterals;

namespace {

constexpr const char *BoundColumns[] = {"INT",      "BIGINT UNSIGNED",  "DECIMAL(20,6)",
                                        "DOUBLE",   "VARCHAR(60)",      "VARBINARY(60)",
                                        "LONGBLOB", "LONGTEXT",         "DATETIME(3)",
                                        "DATE",     "TIME(3)",          "TINYINT(1)",
                                        "BIT(16)",  "TIMESTAMP(3) NULL"};

constexpr QSql::ParamType BindFlags[] = {QSql::In, QSql::Out, QSql::InOut, QSql::In | QSql::Binary,
                                         QSql::Out | QSql::Binary};

QSqlDatabase openWithColumns(Observer &o, const Target &target)
{
    QSqlDatabase db = target.open(o);
    QSqlQuery query(db);
    QString columns = u"id INT PRIMARY KEY AUTO_INCREMENT"_s;
    int number = 0;
    for (const char *const column : BoundColumns)
        columns += u", c%1 %2"_s.arg(number++).arg(QLatin1StringView(column));
    o.note(u"create"_s, query.exec(u"CREATE TABLE w("_s + columns + u") CHARACTER SET utf8mb4"_s));
    return db;
}

void observeExec(Observer &o, QSqlQuery &query)
{
    o.state(u"bound"_s, query);
    o.exec(u"exec"_s, query);
}

// What it became, in the client's types and in the server's words.
void observeStored(Observer &o, const QSqlDatabase &db, int column)
{
    QSqlQuery query(db);
    o.exec(u"stored"_s, query,
           u"SELECT c%1, HEX(c%1), c%1 IS NULL FROM w ORDER BY id DESC LIMIT 1"_s.arg(column));
}

void bind(QSqlQuery &query, const QVariant &value, Generator &generator, bool isNamed)
{
    const QSql::ParamType flags = generator.oneOf(BindFlags);
    if (isNamed)
        query.bindValue(u":v"_s, value, flags);
    else if (generator.chance(50))
        query.addBindValue(value, flags);
    else
        query.bindValue(0, value, flags);
}

// A query is prepared anew or goes on with the next value, whose type may be another one.
void insertAll(Observer &o, const Target &target, const QString &mode)
{
    const QSqlDatabase db = openWithColumns(o, target);
    Generator generator(target.seed());
    QSqlQuery setting(db);
    o.note(mode, setting.exec(u"SET sql_mode = '%1', timestamp = 1700000000"_s.arg(mode)));
    const std::vector<BindKind> kinds = bindKinds();
    for (int column = 0; column < int(std::size(BoundColumns)); ++column) {
        std::optional<QSqlQuery> query;
        bool isNamed = false;
        for (const BindKind &kind : kinds) {
            o.section(u"%1 into %2"_s.arg(QLatin1StringView(kind.name),
                                          QLatin1StringView(BoundColumns[column])));
            if (!query || generator.chance(40)) {
                query.reset();
                query.emplace(db);
                isNamed = generator.chance(30);
                o.note(u"prepare"_s,
                       query->prepare(u"INSERT INTO w(c%1) VALUES (%2)"_s.arg(column).arg(
                               isNamed ? u":v"_s : u"?"_s)));
            }
            bind(*query, kind.value, generator, isNamed);
            observeExec(o, *query);
            observeStored(o, db, column);
        }
    }
}

void insertStrict(Observer &o, const Target &target)
{
    insertAll(o, target, u"STRICT_ALL_TABLES"_s);
}

void insertLax(Observer &o, const Target &target)
{
    insertAll(o, target, QString());
}

// The type that the server gives to a parameter shows what was sent.
void selectEach(Observer &o, const Target &target)
{
    const QSqlDatabase db = target.open(o);
    for (const char *const sql :
         {"SELECT ?", "SELECT ? + 0", "SELECT CONCAT(?, 'x')", "SELECT HEX(?)", "SELECT ? IS NULL",
          "SELECT IFNULL(?, 1.5)", "SELECT CAST(? AS DATETIME(6))", "SELECT COLLATION(?)"}) {
        std::optional<QSqlQuery> kept(db);
        o.note(u"prepare"_s, kept->prepare(QLatin1StringView(sql)));
        for (const BindKind &kind : bindKinds()) {
            // With libmariadb 3.4 QMYSQL cannot execute the statement again after its rows could not be
            // stored (2014).
            const bool isOutOfRange = kind.value.typeId() == QMetaType::Double
                                      && !qIsFinite(kind.value.toDouble())
                                      && QLatin1StringView(sql) == "SELECT ? + 0"_L1;
            if (isOutOfRange)
                continue;
            o.section(u"%1: %2"_s.arg(QLatin1StringView(sql), QLatin1StringView(kind.name)));
            kept->bindValue(0, kind.value);
            observeExec(o, *kept);
            QSqlQuery fresh(db);
            o.note(u"prepare"_s, fresh.prepare(QLatin1StringView(sql)));
            fresh.addBindValue(kind.value);
            observeExec(o, fresh);
            o.note(u"boundValue"_s, fresh.boundValue(0));
        }
    }
}

// Several values at once, of drawn types, compared by the server with what is stored.
void drawnRows(Observer &o, const Target &target)
{
    const QSqlDatabase db = openWithColumns(o, target);
    Generator generator(target.seed());
    QSqlQuery setting(db);
    o.note(u"lax"_s, setting.exec(u"SET sql_mode = '', timestamp = 1700000000"_s));
    const std::vector<BindKind> kinds = bindKinds();
    QSqlQuery query(db);
    for (int i = 0; i < 300; ++i) {
        QStringList columns;
        for (int column = 0; column < int(std::size(BoundColumns)); ++column) {
            if (columns.isEmpty() || generator.chance(40))
                columns.append(u"c%1"_s.arg(column));
        }
        const QString marks = QStringList(columns.size(), u"?"_s).join(u", "_s);
        const QString sql = u"INSERT INTO w(%1) VALUES (%2)"_s.arg(columns.join(u", "_s), marks);
        o.section(sql);
        o.note(u"prepare"_s, query.prepare(sql));
        for (int n = int(columns.size()); n > 0; --n) {
            const BindKind kind = generator.oneOf(kinds);
            o.note(QLatin1StringView(kind.name), kind.value);
            query.addBindValue(kind.value);
        }
        observeExec(o, query);
        o.exec(u"stored"_s, setting, u"SELECT * FROM w ORDER BY id DESC LIMIT 1"_s);
    }
}

} // namespace

std::vector<Scenario> boundValueScenarios()
{
    return {{"bound values, strict", 90'000, insertStrict, true},
            {"bound values, lax", 90'000, insertLax, true},
            {"bound values, selected", 60'000, selectEach},
            {"drawn rows of bound values", 20'000, drawnRows, true}};
}

} // namespace qproxysql::parity
