// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "parity/scenarios.h"

#include <QtCore/QDateTime>
#include <QtCore/QTimeZone>
#include <QtSql/QSqlQuery>

namespace qproxysql::parity {

namespace {

QSqlQuery makeTable(Observer &observer, const Target &target)
{
    QSqlDatabase db = target.add();
    observer.note(QStringLiteral("open"), db.open());
    QSqlQuery query(db);
    observer.exec(QStringLiteral("create"), query,
                  QStringLiteral("CREATE TABLE t(id INT PRIMARY KEY AUTO_INCREMENT, a INT, "
                                 "b VARCHAR(20), c DOUBLE)"));
    return query;
}

const QString Insert = QStringLiteral("INSERT INTO t(a, b, c) VALUES (?, ?, ?)");
const QString SelectAll = QStringLiteral("SELECT * FROM t ORDER BY id");

void byPosition(Observer &o, const Target &target)
{
    QSqlQuery query = makeTable(o, target);
    o.note(QStringLiteral("prepare"), query.prepare(Insert));
    o.state(QStringLiteral("prepared"), query);
    query.addBindValue(1);
    query.addBindValue(QStringLiteral("one"));
    query.addBindValue(1.5);
    o.state(QStringLiteral("bound"), query);
    o.exec(QStringLiteral("insert"), query);
    query.bindValue(0, 2);
    query.bindValue(2, 2.5);
    o.exec(QStringLiteral("rebound"), query);
    query.bindValue(1, QVariant(QMetaType(QMetaType::QString)));
    o.exec(QStringLiteral("null"), query);
    o.note(QStringLiteral("boundValue"), query.boundValue(1));
    o.exec(QStringLiteral("select"), query, SelectAll);
}

void byName(Observer &o, const Target &target)
{
    QSqlQuery query = makeTable(o, target);
    o.note(QStringLiteral("prepare"),
           query.prepare(QStringLiteral("INSERT INTO t(a, b, c) VALUES (:a, ':no', :a + :c)")));
    query.bindValue(QStringLiteral(":a"), 4);
    query.bindValue(QStringLiteral(":c"), 0.25);
    query.bindValue(QStringLiteral(":absent"), 9);
    o.state(QStringLiteral("bound"), query);
    o.exec(QStringLiteral("insert"), query);
    o.note(QStringLiteral(":a"), query.boundValue(QStringLiteral(":a")));
    o.note(QStringLiteral(":c"), query.boundValue(QStringLiteral(":c")));
    o.note(QStringLiteral(":absent"), query.boundValue(QStringLiteral(":absent")));
    o.exec(QStringLiteral("select"), query, SelectAll);
    o.note(QStringLiteral("prepare select"),
           query.prepare(QStringLiteral("SELECT :x AS x, id FROM t WHERE a = :a")));
    query.bindValue(QStringLiteral(":x"), QStringLiteral("x'y\\z"));
    query.bindValue(QStringLiteral(":a"), 4);
    o.exec(QStringLiteral("select bound"), query);
}

void outValues(Observer &o, const Target &target)
{
    QSqlQuery query = makeTable(o, target);
    o.exec(QStringLiteral("procedure"), query,
           QStringLiteral("CREATE PROCEDURE twice(IN n INT, OUT result INT) SET result = n * 2"));
    o.note(QStringLiteral("prepare"), query.prepare(QStringLiteral("CALL twice(?, @result)")));
    query.addBindValue(21);
    o.exec(QStringLiteral("call"), query);
    o.exec(QStringLiteral("out"), query, QStringLiteral("SELECT @result"));
    o.note(QStringLiteral("prepare out"), query.prepare(QStringLiteral("CALL twice(?, ?)")));
    query.bindValue(0, 21);
    query.bindValue(1, 0, QSql::Out);
    o.exec(QStringLiteral("call out"), query);
    o.note(QStringLiteral("out value"), query.boundValue(1));
}

void batches(Observer &o, const Target &target)
{
    QSqlQuery query = makeTable(o, target);
    o.note(QStringLiteral("prepare"), query.prepare(Insert));
    query.addBindValue(QVariantList{1, 2, 3});
    query.addBindValue(QVariantList{QStringLiteral("a"), QVariant(QMetaType(QMetaType::QString)),
                                    QStringLiteral("c")});
    query.addBindValue(QVariantList{0.1, 0.2, 0.3});
    o.note(QStringLiteral("batch"), query.execBatch());
    o.state(QStringLiteral("batch"), query);
    o.note(QStringLiteral("again"), query.execBatch());
    o.state(QStringLiteral("again"), query);
    o.exec(QStringLiteral("select"), query, SelectAll);
    o.note(QStringLiteral("prepare key"),
           query.prepare(QStringLiteral("INSERT INTO t(id) VALUES (?)")));
    query.addBindValue(QVariantList{50, 51, 50, 52});
    o.note(QStringLiteral("duplicate"), query.execBatch());
    o.state(QStringLiteral("duplicate"), query);
    o.note(QStringLiteral("columns"), query.execBatch(QSqlQuery::ValuesAsColumns));
    o.state(QStringLiteral("columns"), query);
    o.exec(QStringLiteral("select"), query, SelectAll);
}

void countMismatch(Observer &o, const Target &target)
{
    QSqlQuery query = makeTable(o, target);
    o.note(QStringLiteral("prepare"), query.prepare(Insert));
    o.exec(QStringLiteral("nothing bound"), query);
    o.note(QStringLiteral("prepare few"), query.prepare(Insert));
    query.addBindValue(1);
    o.exec(QStringLiteral("too few"), query);
    o.note(QStringLiteral("prepare many"), query.prepare(Insert));
    for (int i = 0; i < 5; ++i)
        query.addBindValue(i);
    o.exec(QStringLiteral("too many"), query);
    o.note(QStringLiteral("prepare none"), query.prepare(QStringLiteral("SELECT 1")));
    query.addBindValue(7);
    o.exec(QStringLiteral("superfluous"), query);
    o.exec(QStringLiteral("select"), query, SelectAll);
}

void types(Observer &o, const Target &target)
{
    QSqlQuery query = makeTable(o, target);
    const QVariantList values{true,
                              42u,
                              qint64(-9223372036854775807),
                              quint64(18446744073709551615u),
                              3.14159265358979,
                              2.5f,
                              QChar(u'x'),
                              QByteArray("a\0b", 3),
                              QDate(2024, 2, 29),
                              QTime(23, 59, 58, 999),
                              QDateTime(QDate(2024, 2, 29), QTime(1, 2, 3, 4), QTimeZone::utc()),
                              QStringList{QStringLiteral("list")},
                              QVariant(),
                              QVariant(QMetaType(QMetaType::Int)),
                              QVariant(QMetaType(QMetaType::QByteArray)),
                              QVariant(QMetaType(QMetaType::QDateTime))};
    for (const QVariant &value : values) {
        const QString name = QLatin1String(value.isValid() ? value.typeName() : "invalid");
        o.note(name + QLatin1String(" prepare"), query.prepare(QStringLiteral("SELECT ? AS v")));
        query.addBindValue(value);
        o.exec(name, query);
    }
}

} // namespace

std::vector<Scenario> bindingScenarios()
{
    return {{"bind by position", 80, byPosition},
            {"bind by name", 60, byName},
            {"out values", 50, outValues},
            {"batches", 60, batches},
            {"bind count mismatch", 60, countMismatch},
            {"bind types", 200, types}};
}

} // namespace qproxysql::parity
