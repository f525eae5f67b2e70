// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "parity/scenarios.h"

#include <QtSql/QSqlError>
#include <QtSql/QSqlQuery>

namespace qproxysql::parity {

namespace {

QSqlQuery makeRows(Observer &observer, const Target &target)
{
    QSqlDatabase db = target.add();
    observer.note(QStringLiteral("open"), db.open());
    QSqlQuery query(db);
    observer.exec(QStringLiteral("create"), query,
                  QStringLiteral("CREATE TABLE n(i INT PRIMARY KEY) AS "
                                 "SELECT seq AS i FROM seq_0_to_4"));
    return query;
}

const QString SelectTens = QStringLiteral("SELECT i, i * 10 AS ten FROM n ORDER BY i");

void step(Observer &o, const char *what, QSqlQuery &query, bool isOk)
{
    const QString name = QLatin1String(what);
    o.note(name, isOk);
    o.state(name, query);
    o.note(name + QLatin1String(" value"), query.value(0));
    o.note(name + QLatin1String(" value by name"), query.value(QStringLiteral("ten")));
    o.note(name + QLatin1String(" no such column"), query.value(5));
    o.note(name + QLatin1String(" isNull"), query.isNull(0));
}

void walk(Observer &o, QSqlQuery &query)
{
    step(o, "start", query, true);
    step(o, "next", query, query.next());
    step(o, "next", query, query.next());
    step(o, "previous", query, query.previous());
    step(o, "previous", query, query.previous());
    step(o, "previous before", query, query.previous());
    step(o, "last", query, query.last());
    step(o, "next after", query, query.next());
    step(o, "next after all", query, query.next());
    step(o, "previous from after", query, query.previous());
    step(o, "first", query, query.first());
    step(o, "first again", query, query.first());
    step(o, "seek 3", query, query.seek(3));
    step(o, "seek 4", query, query.seek(4));
    step(o, "seek 9", query, query.seek(9));
    step(o, "seek -1 relative", query, query.seek(-1, true));
    step(o, "seek 0", query, query.seek(0));
    step(o, "seek 2 relative", query, query.seek(2, true));
    step(o, "seek -2 relative", query, query.seek(-2, true));
    step(o, "seek -2 relative", query, query.seek(-2, true));
    step(o, "seek 1 relative", query, query.seek(1, true));
    step(o, "seek -5", query, query.seek(-5));
    query.finish();
    step(o, "finished", query, true);
    step(o, "next of finished", query, query.next());
}

// After last() and behind the end of a forward-only query value() crashes QMYSQL.
void walkForward(Observer &o, QSqlQuery &query)
{
    step(o, "start", query, true);
    step(o, "first", query, query.first());
    if (query.isValid()) {
        step(o, "next", query, query.next());
        step(o, "previous", query, query.previous());
        step(o, "first of forward-only", query, query.first());
        step(o, "seek 3", query, query.seek(3));
        step(o, "seek 1", query, query.seek(1));
        step(o, "seek 1 relative", query, query.seek(1, true));
        step(o, "seek -1 relative", query, query.seek(-1, true));
    }
    o.note(QStringLiteral("last"), query.last());
    o.state(QStringLiteral("last"), query);
    o.note(QStringLiteral("next after"), query.next());
    o.state(QStringLiteral("next after"), query);
    query.finish();
    step(o, "finished", query, true);
    step(o, "next of finished", query, query.next());
}

void seeks(Observer &o, const Target &target, bool isPrepared, bool isForwardOnly)
{
    QSqlQuery query = makeRows(o, target);
    query.setForwardOnly(isForwardOnly);
    for (const QString &sql : {SelectTens, SelectTens + QStringLiteral(" LIMIT 0")}) {
        if (isPrepared) {
            o.note(QStringLiteral("prepare"), query.prepare(sql));
            o.note(QStringLiteral("exec"), query.exec());
        } else {
            o.note(QStringLiteral("exec"), query.exec(sql));
        }
        if (isForwardOnly)
            walkForward(o, query);
        else
            walk(o, query);
    }
}

void seeksText(Observer &o, const Target &target)
{
    seeks(o, target, false, false);
}

void seeksPrepared(Observer &o, const Target &target)
{
    seeks(o, target, true, false);
}

void forwardText(Observer &o, const Target &target)
{
    seeks(o, target, false, true);
}

void forwardPrepared(Observer &o, const Target &target)
{
    seeks(o, target, true, true);
}

void severalResults(Observer &o, const Target &target)
{
    QSqlQuery query = makeRows(o, target);
    o.exec(QStringLiteral("several"), query,
           QStringLiteral("SELECT 1 AS a; SELECT 2 AS b, 3 AS c; "
                          "INSERT INTO n VALUES (100), (101); DELETE FROM n WHERE i = 100; "
                          "SELECT i FROM n WHERE i > 3"));
    for (int i = 0; i < 6; ++i) {
        const QString name = QStringLiteral("result %1").arg(i);
        o.note(name, query.nextResult());
        o.rows(name, query);
    }
    o.exec(QStringLiteral("error in the middle"), query,
           QStringLiteral("SELECT 1; SELECT * FROM nowhere; SELECT 3"));
    o.note(QStringLiteral("middle"), query.nextResult());
    o.rows(QStringLiteral("middle"), query);
    o.note(QStringLiteral("after the error"), query.nextResult());
    o.rows(QStringLiteral("after the error"), query);
    o.exec(QStringLiteral("pending"), query, QStringLiteral("SELECT 1; SELECT 2"));
    QSqlDatabase db = QSqlDatabase::database(QStringLiteral("parity"));
    {
        QSqlQuery other(db);
        o.exec(QStringLiteral("out of sync"), other, QStringLiteral("SELECT 'other'"));
        o.note(QStringLiteral("out of sync prepare"), other.prepare(SelectTens));
        o.state(QStringLiteral("out of sync prepare"), other);
        o.note(QStringLiteral("out of sync begin"), db.transaction());
        o.noteError(QStringLiteral("out of sync error"), db.lastError());
    }
    query.finish();
    o.exec(QStringLiteral("same query again"), query, QStringLiteral("SELECT 4; SELECT 5"));
    query.clear();
    o.exec(QStringLiteral("cleared"), query, QStringLiteral("SELECT 6"));
}

void procedures(Observer &o, const Target &target)
{
    QSqlQuery query = makeRows(o, target);
    o.exec(QStringLiteral("create"), query,
           QStringLiteral("CREATE PROCEDURE p(IN n INT, INOUT m INT) BEGIN "
                          "SELECT i FROM n WHERE i < n; SET m = m + n; SELECT m; END"));
    o.exec(QStringLiteral("set"), query, QStringLiteral("SET @m = 5"));
    o.exec(QStringLiteral("call"), query, QStringLiteral("CALL p(2, @m)"));
    for (int i = 0; i < 3; ++i) {
        o.note(QStringLiteral("next"), query.nextResult());
        o.rows(QStringLiteral("next"), query);
    }
    o.exec(QStringLiteral("out"), query, QStringLiteral("SELECT @m"));
    o.exec(QStringLiteral("no such procedure"), query, QStringLiteral("CALL q()"));
    o.exec(QStringLiteral("drop"), query, QStringLiteral("DROP PROCEDURE p"));
}

void interleaved(Observer &o, const Target &target)
{
    QSqlQuery first = makeRows(o, target);
    QSqlDatabase db = QSqlDatabase::database(QStringLiteral("parity"));
    QSqlQuery second(db);
    QSqlQuery third(db);
    o.exec(QStringLiteral("table"), first,
           QStringLiteral("CREATE TABLE a(id INT PRIMARY KEY AUTO_INCREMENT, x INT)"));
    o.exec(QStringLiteral("insert 1"), first, QStringLiteral("INSERT INTO a(x) VALUES (1), (2)"));
    o.note(QStringLiteral("prepare"),
           second.prepare(QStringLiteral("INSERT INTO a(x) VALUES (?)")));
    second.addBindValue(3);
    o.exec(QStringLiteral("insert 2"), second);
    o.state(QStringLiteral("first"), first);
    o.exec(QStringLiteral("select"), third, SelectTens);
    o.state(QStringLiteral("first"), first);
    o.state(QStringLiteral("second"), second);
    o.exec(QStringLiteral("update"), first, QStringLiteral("UPDATE a SET x = x + 1 WHERE id < 3"));
    o.state(QStringLiteral("second"), second);
    o.state(QStringLiteral("third"), third);
    o.exec(QStringLiteral("update nothing"), first, QStringLiteral("UPDATE a SET x = x"));
    o.exec(QStringLiteral("insert 3"), second);
    o.state(QStringLiteral("first"), first);
    o.note(QStringLiteral("third first"), third.first());
    o.note(QStringLiteral("third value"), third.value(1));
    o.exec(QStringLiteral("delete"), third, QStringLiteral("DELETE FROM a"));
    o.state(QStringLiteral("second"), second);
}

void copies(Observer &o, const Target &target)
{
    QSqlQuery query = makeRows(o, target);
    o.note(QStringLiteral("exec"), query.exec(SelectTens));
    QSqlQuery moved(std::move(query));
    o.note(QStringLiteral("next"), moved.next());
    o.state(QStringLiteral("moved"), moved);
    QSqlQuery assigned(QSqlDatabase::database(QStringLiteral("parity")));
    o.state(QStringLiteral("fresh"), assigned);
    assigned = std::move(moved);
    o.note(QStringLiteral("next"), assigned.next());
    o.rows(QStringLiteral("assigned"), assigned);
    assigned.setNumericalPrecisionPolicy(QSql::HighPrecision);
    assigned.setForwardOnly(true);
    assigned.clear();
    o.state(QStringLiteral("cleared"), assigned);
    QSqlQuery swapped(QStringLiteral("SELECT 7"), QSqlDatabase::database(QStringLiteral("parity")));
    assigned.swap(swapped);
    o.rows(QStringLiteral("swapped"), assigned);
    assigned.finish();
    o.state(QStringLiteral("finished"), assigned);
    o.note(QStringLiteral("exec without prepare"), assigned.exec());
    o.rows(QStringLiteral("exec without prepare"), assigned);
}

void reuse(Observer &o, const Target &target)
{
    QSqlQuery query = makeRows(o, target);
    o.note(QStringLiteral("prepare"), query.prepare(QStringLiteral("SELECT i FROM n WHERE i > ?")));
    for (int i = 1; i < 4; ++i) {
        query.bindValue(0, i);
        o.exec(QStringLiteral("prepared"), query);
    }
    query.finish();
    o.state(QStringLiteral("finished"), query);
    o.exec(QStringLiteral("after finish"), query);
    o.exec(QStringLiteral("text in between"), query, SelectTens);
    o.exec(QStringLiteral("text again"), query);
    o.note(QStringLiteral("prepare again"), query.prepare(SelectTens));
    o.note(QStringLiteral("next of prepared"), query.next());
    o.exec(QStringLiteral("prepared again"), query);
    o.note(QStringLiteral("first"), query.first());
    o.exec(QStringLiteral("exec at a row"), query);
    o.note(QStringLiteral("nextResult of prepared"), query.nextResult());
    o.state(QStringLiteral("nextResult of prepared"), query);
}

} // namespace

std::vector<Scenario> resultScenarios()
{
    return {{"seek text", 500, seeksText},
            {"seek prepared", 500, seeksPrepared},
            {"forward-only text", 150, forwardText},
            {"forward-only prepared", 150, forwardPrepared},
            {"several results", 150, severalResults},
            {"procedures", 90, procedures},
            {"interleaved queries", 150, interleaved},
            {"copies and moves", 60, copies},
            {"reuse", 120, reuse}};
}

} // namespace qproxysql::parity
