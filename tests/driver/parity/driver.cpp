// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "parity/scenarios.h"

#include <QtCore/QDateTime>
#include <QtSql/QSqlDriver>
#include <QtSql/QSqlError>
#include <QtSql/QSqlField>
#include <QtSql/QSqlIndex>
#include <QtSql/QSqlQuery>
#include <QtSql/QSqlRecord>

namespace qproxysql::parity {

namespace {

void features(Observer &o, const QString &what, const QSqlDatabase &db)
{
    for (int i = QSqlDriver::Transactions; i <= QSqlDriver::CancelQuery; ++i)
        o.note(QStringLiteral("%1 feature %2").arg(what).arg(i),
               db.driver()->hasFeature(QSqlDriver::DriverFeature(i)));
#ifdef QPROXYSQL_SQL_PRIVATE_HEADERS
    o.note(what + QLatin1String(" dbms"), db.driver()->dbmsType());
#endif
    o.note(what + QLatin1String(" handle"), QLatin1String(db.driver()->handle().typeName()));
    o.note(what + QLatin1String(" handle valid"), db.driver()->handle().isValid());
    o.note(what + QLatin1String(" open"), db.isOpen());
    o.note(what + QLatin1String(" open error"), db.isOpenError());
    o.note(what + QLatin1String(" driver open"), db.driver()->isOpen());
    o.note(what + QLatin1String(" valid"), db.isValid());
    o.note(what + QLatin1String(" policy"), db.driver()->numericalPrecisionPolicy());
    o.note(what + QLatin1String(" notifications"), db.driver()->subscribedToNotifications());
    o.note(what + QLatin1String(" subscribe"),
           db.driver()->subscribeToNotification(QStringLiteral("n")));
    o.note(what + QLatin1String(" unsubscribe"),
           db.driver()->unsubscribeFromNotification(QStringLiteral("n")));
    o.note(what + QLatin1String(" cancel"), db.driver()->cancelQuery());
    for (const auto type : {QSqlDriver::FieldName, QSqlDriver::TableName})
        o.note(what + QLatin1String(" identifier length"),
               db.driver()->maximumIdentifierLength(type));
}

void states(Observer &o, const Target &target)
{
    QSqlDatabase db = target.add();
    features(o, QStringLiteral("before"), db);
    o.note(QStringLiteral("open"), db.open());
    o.noteError(QStringLiteral("error"), db.lastError());
    features(o, QStringLiteral("open"), db);
    db.close();
    features(o, QStringLiteral("closed"), db);
    o.note(QStringLiteral("reopen"), db.open());
    features(o, QStringLiteral("reopened"), db);
    db.setPassword(QStringLiteral("wrong"));
    o.note(QStringLiteral("fails"), db.open());
    features(o, QStringLiteral("failed"), db);
    db.close();
    features(o, QStringLiteral("failed, closed"), db);
    db.setPassword(QStringLiteral("secret"));
    o.note(QStringLiteral("open again"), db.open());
    features(o, QStringLiteral("open again"), db);
}

void identifiers(Observer &o, const QString &what, const QSqlDriver &driver)
{
    for (const QString &name :
         {QStringLiteral("a"), QStringLiteral("`a`"), QStringLiteral("a.b"), QStringLiteral("a`b"),
          QStringLiteral("\"a\""), QString(), QStringLiteral("`"), QStringLiteral("ä ö")}) {
        for (const auto type : {QSqlDriver::FieldName, QSqlDriver::TableName}) {
            o.note(what + name + QLatin1String(" escaped"), driver.escapeIdentifier(name, type));
            o.note(what + name + QLatin1String(" is escaped"),
                   driver.isIdentifierEscaped(name, type));
            o.note(what + name + QLatin1String(" stripped"), driver.stripDelimiters(name, type));
        }
    }
}

void formats(Observer &o, const QString &what, const QSqlDriver &driver)
{
    QSqlRecord record;
    for (const QVariant &value :
         {QVariant(1), QVariant(1.23456789), QVariant(QStringLiteral("it's \\ \"x\" grün  ")),
          QVariant(QByteArray("a\0'\\\"\n\xff", 7)), QVariant(QDate(2024, 1, 2)),
          QVariant(QTime(1, 2, 3, 4)), QVariant(QDateTime(QDate(2024, 1, 2), QTime(3, 4, 5, 6))),
          QVariant(true), QVariant(QMetaType(QMetaType::QString)), QVariant(qint64(1) << 40)}) {
        QSqlField field(QLatin1String(value.typeName()), value.metaType());
        field.setValue(value);
        for (const bool trim : {false, true})
            o.note(what + field.name(), driver.formatValue(field, trim));
        field.setGenerated(true);
        record.append(field);
    }
    for (int type = QSqlDriver::WhereStatement; type <= QSqlDriver::DeleteStatement; ++type) {
        for (const bool prepared : {false, true})
            o.note(what + QStringLiteral("statement %1").arg(type),
                   driver.sqlStatement(QSqlDriver::StatementType(type), QStringLiteral("s.t"),
                                       record, prepared));
    }
}

void identifiersAndFormats(Observer &o, const Target &target)
{
    QSqlDatabase db = target.add();
    identifiers(o, QStringLiteral("before "), *db.driver());
    formats(o, QStringLiteral("before "), *db.driver());
    o.note(QStringLiteral("open"), db.open());
    identifiers(o, QStringLiteral("open "), *db.driver());
    formats(o, QStringLiteral("open "), *db.driver());
    db.close();
    identifiers(o, QStringLiteral("closed "), *db.driver());
    formats(o, QStringLiteral("closed "), *db.driver());
}

void metadata(Observer &o, const Target &target)
{
    QSqlDatabase db = target.add();
    // tables() before open() is left out: QMYSQL follows a null pointer there.
    o.note(QStringLiteral("record before"), db.record(QStringLiteral("t")));
    o.note(QStringLiteral("index before"), db.primaryIndex(QStringLiteral("t")));
    o.note(QStringLiteral("open"), db.open());
    QSqlQuery query(db);
    for (const char *const sql :
         {"CREATE TABLE t(a INT NOT NULL AUTO_INCREMENT, b VARCHAR(7) DEFAULT 'it''s', c "
          "DECIMAL(9,4), "
          "d DATETIME(3) DEFAULT CURRENT_TIMESTAMP(3), e BLOB, PRIMARY KEY (b, a), KEY (a))",
          "CREATE TABLE `strange table`(`strange column` INT PRIMARY KEY)",
          "CREATE TABLE nokey(x INT)", "CREATE VIEW v AS SELECT a, b FROM t"})
        o.note(QLatin1String(sql), query.exec(QLatin1String(sql)));
    for (const auto type : {QSql::Tables, QSql::Views, QSql::SystemTables, QSql::AllTables})
        o.note(QStringLiteral("tables %1").arg(type), db.tables(QSql::TableType(type)));
    for (const QString &table :
         {QStringLiteral("t"), QStringLiteral("`t`"), QStringLiteral("test.t"),
          QStringLiteral("strange table"), QStringLiteral("nokey"), QStringLiteral("v"),
          QStringLiteral("nowhere"), QStringLiteral("information_schema.tables"), QString()}) {
        o.note(table + QLatin1String(" record"), db.record(table));
        const QSqlIndex index = db.primaryIndex(table);
        o.note(table + QLatin1String(" index"), index);
        o.note(table + QLatin1String(" index name"), index.name());
        o.note(table + QLatin1String(" index cursor"), index.cursorName());
    }
    o.noteError(QStringLiteral("error"), db.lastError());
    db.close();
    o.note(QStringLiteral("record after"), db.record(QStringLiteral("t")));
    o.note(QStringLiteral("index after"), db.primaryIndex(QStringLiteral("t")));
}

void transactions(Observer &o, const Target &target)
{
    QSqlDatabase db = target.add();
    o.note(QStringLiteral("begin before open"), db.transaction());
    o.note(QStringLiteral("commit before open"), db.commit());
    o.note(QStringLiteral("rollback before open"), db.rollback());
    o.noteError(QStringLiteral("error"), db.lastError());
    o.note(QStringLiteral("open"), db.open());
    QSqlQuery query(db);
    o.exec(QStringLiteral("create"), query, QStringLiteral("CREATE TABLE t(i INT PRIMARY KEY)"));
    const auto step = [&](const char *what, bool isOk) {
        const QString name = QLatin1String(what);
        o.note(name, isOk);
        o.noteError(name + QLatin1String(" error"), db.lastError());
        o.exec(name + QLatin1String(" rows"), query, QStringLiteral("SELECT * FROM t"));
    };
    const auto insert = [&](int i) {
        o.exec(QStringLiteral("insert"), query, QStringLiteral("INSERT INTO t VALUES (%1)").arg(i));
    };
    step("begin", db.transaction());
    insert(1);
    step("commit", db.commit());
    step("begin", db.transaction());
    insert(2);
    step("rollback", db.rollback());
    step("begin", db.transaction());
    insert(3);
    step("begin in between", db.transaction());
    step("rollback", db.rollback());
    step("commit without begin", db.commit());
    step("rollback without begin", db.rollback());
    for (const char *const sql :
         {"START TRANSACTION", "INSERT INTO t VALUES (4)", "SAVEPOINT s",
          "INSERT INTO t VALUES (5)", "ROLLBACK TO s", "COMMIT", "SET autocommit = 0",
          "INSERT INTO t VALUES (6)", "ROLLBACK", "SET autocommit = 1",
          "START TRANSACTION READ ONLY", "INSERT INTO t VALUES (7)", "COMMIT"})
        step(sql, query.exec(QLatin1String(sql)));
    step("driver begins", db.driver()->beginTransaction());
    insert(8);
    step("duplicate in transaction", query.exec(QStringLiteral("INSERT INTO t VALUES (8)")));
    step("driver commits", db.driver()->commitTransaction());
    step("begin", db.transaction());
    insert(9);
    db.close();
    o.note(QStringLiteral("reopen"), db.open());
    query = QSqlQuery(db);
    o.exec(QStringLiteral("closed in a transaction"), query, QStringLiteral("SELECT * FROM t"));
    db.close();
    o.note(QStringLiteral("begin after close"), db.transaction());
    o.note(QStringLiteral("driver begins after close"), db.driver()->beginTransaction());
    o.noteError(QStringLiteral("error"), db.lastError());
}

} // namespace

std::vector<Scenario> driverScenarios()
{
    return {{"driver states", 150, states},
            {"identifiers and formats", 200, identifiersAndFormats},
            {"metadata", 60, metadata},
            {"transactions", 300, transactions}};
}

} // namespace qproxysql::parity
