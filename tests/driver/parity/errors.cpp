// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "parity/scenarios.h"

#include <QtSql/QSqlError>
#include <QtSql/QSqlQuery>

namespace qproxysql::parity {

namespace {

QSqlQuery makeTables(Observer &observer, const Target &target)
{
    QSqlDatabase db = target.add();
    observer.note(QStringLiteral("open"), db.open());
    QSqlQuery query(db);
    observer.exec(QStringLiteral("parent"), query,
                  QStringLiteral("CREATE TABLE p(id INT PRIMARY KEY, name VARCHAR(3) NOT NULL)"));
    observer.exec(QStringLiteral("child"), query,
                  QStringLiteral("CREATE TABLE c(id INT PRIMARY KEY, p INT NOT NULL, "
                                 "FOREIGN KEY (p) REFERENCES p(id))"));
    observer.exec(QStringLiteral("rows"), query,
                  QStringLiteral("INSERT INTO p VALUES (1, 'one'), (2, 'two')"));
    return query;
}

void statements(Observer &o, const Target &target)
{
    QSqlQuery query = makeTables(o, target);
    for (const char *const sql :
         {"SELEC 1", "SELECT * FROM nowhere", "SELECT nothing FROM p",
          "INSERT INTO p VALUES (1, 'x')", "INSERT INTO p VALUES (3, NULL)",
          "INSERT INTO p VALUES (3, 'too long')", "INSERT INTO c VALUES (1, 99)",
          "DELETE FROM p WHERE id = ", "USE nowhere",
          "SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'übel', MYSQL_ERRNO = 5555",
          "SELECT 1 FROM (SELECT 1 UNION SELECT 2) x WHERE (SELECT 1 UNION SELECT 2) = 1", ";",
          " "}) {
        const QString text = QString::fromUtf8(sql);
        o.exec(text + QLatin1String(" text"), query, text);
        o.note(text + QLatin1String(" prepare"), query.prepare(text));
        o.state(text + QLatin1String(" prepared"), query);
        o.exec(text + QLatin1String(" after prepare"), query);
    }
    o.exec(QStringLiteral("empty"), query, QString());
    o.note(QStringLiteral("empty prepare"), query.prepare(QString()));
    o.state(QStringLiteral("empty prepare"), query);
    o.exec(QStringLiteral("fine"), query, QStringLiteral("SELECT * FROM p"));
}

void failedPrepare(Observer &o, const Target &target)
{
    QSqlQuery query = makeTables(o, target);
    QSqlQuery fresh(QSqlDatabase::database(QStringLiteral("parity")));
    o.note(QStringLiteral("prepare"), fresh.prepare(QStringLiteral("SELEC ?")));
    fresh.addBindValue(QStringLiteral("it's"));
    o.exec(QStringLiteral("emulated"), fresh);
    o.note(QStringLiteral("prepare good"),
           query.prepare(QStringLiteral("SELECT * FROM p WHERE id = ?")));
    query.addBindValue(1);
    o.exec(QStringLiteral("good"), query);
    o.note(QStringLiteral("prepare bad"),
           query.prepare(QStringLiteral("SELECT * FROM q WHERE i = ?")));
    query.addBindValue(1);
    o.exec(QStringLiteral("bad"), query);
    o.exec(QStringLiteral("bad again"), query);
    o.exec(QStringLiteral("text"), query, QStringLiteral("SELECT 2"));
    o.note(QStringLiteral("prepare bad"), query.prepare(QStringLiteral("SELEC :name")));
    query.bindValue(QStringLiteral(":name"), 5);
    o.exec(QStringLiteral("emulated"), query);
    o.note(QStringLiteral("prepare several"), query.prepare(QStringLiteral("SELECT 1; SELECT 2")));
    o.exec(QStringLiteral("several"), query);
}

void neverPrepared(Observer &o, const Target &target)
{
    QSqlQuery query = makeTables(o, target);
    QSqlQuery fresh(QSqlDatabase::database(QStringLiteral("parity")));
    o.state(QStringLiteral("fresh"), fresh);
    o.exec(QStringLiteral("fresh exec"), fresh);
    fresh.addBindValue(1);
    o.exec(QStringLiteral("fresh bound"), fresh);
    o.note(QStringLiteral("fresh nextResult"), fresh.nextResult());
    o.note(QStringLiteral("fresh batch"), fresh.execBatch());
    fresh.finish();
    o.rows(QStringLiteral("finished"), fresh);
    o.exec(QStringLiteral("text"), query, QStringLiteral("SELECT name FROM p"));
    o.exec(QStringLiteral("text again"), query);
    query.addBindValue(1);
    o.exec(QStringLiteral("text bound"), query);
}

void executionErrors(Observer &o, const Target &target)
{
    QSqlQuery query = makeTables(o, target);
    o.note(QStringLiteral("prepare"), query.prepare(QStringLiteral("INSERT INTO p VALUES (?, ?)")));
    const QList<QVariantList> rows{{1, QStringLiteral("dup")},
                                   {3, QVariant(QMetaType(QMetaType::QString))},
                                   {3, QStringLiteral("too long")},
                                   {QStringLiteral("no number"), QStringLiteral("x")},
                                   {3, QStringLiteral("ok")}};
    for (const QVariantList &row : rows) {
        query.bindValue(0, row.at(0));
        query.bindValue(1, row.at(1));
        o.exec(QStringLiteral("insert"), query);
    }
    o.note(QStringLiteral("prepare select"), query.prepare(QStringLiteral("SELECT * FROM p")));
    o.exec(QStringLiteral("select"), query);
    o.note(QStringLiteral("first"), query.first());
    QSqlQuery other(QSqlDatabase::database(QStringLiteral("parity")));
    o.exec(QStringLiteral("rename"), other, QStringLiteral("SET FOREIGN_KEY_CHECKS = 0; "));
    o.exec(QStringLiteral("rename"), other, QStringLiteral("RENAME TABLE p TO p2"));
    o.exec(QStringLiteral("table gone"), query);
    o.exec(QStringLiteral("rename back"), other, QStringLiteral("RENAME TABLE p2 TO p"));
    o.exec(QStringLiteral("table back"), query);
}

void locks(Observer &o, const Target &target)
{
    QSqlQuery query = makeTables(o, target);
    QSqlDatabase db = QSqlDatabase::database(QStringLiteral("parity"));
    QSqlDatabase other = target.add(QStringLiteral("parity2"));
    o.note(QStringLiteral("open other"), other.open());
    QSqlQuery rival(other);
    o.exec(QStringLiteral("no waiting"), query,
           QStringLiteral("SET SESSION innodb_lock_wait_timeout = 0"));
    o.note(QStringLiteral("rival begins"), other.transaction());
    o.exec(QStringLiteral("rival"), rival, QStringLiteral("UPDATE p SET name = 'r' WHERE id = 1"));
    o.note(QStringLiteral("begin"), db.transaction());
    o.exec(QStringLiteral("first"), query, QStringLiteral("UPDATE p SET name = 'm' WHERE id = 2"));
    o.exec(QStringLiteral("locked"), query, QStringLiteral("UPDATE p SET name = 'm' WHERE id = 1"));
    o.note(QStringLiteral("commit"), db.commit());
    o.note(QStringLiteral("rival commits"), other.commit());
    o.exec(QStringLiteral("select"), query, QStringLiteral("SELECT * FROM p"));
}

} // namespace

std::vector<Scenario> errorScenarios()
{
    return {{"statement errors", 400, statements},
            {"failed prepare", 90, failedPrepare},
            {"never prepared", 60, neverPrepared},
            {"errors at execution", 90, executionErrors},
            {"lock wait", 60, locks}};
}

} // namespace qproxysql::parity
