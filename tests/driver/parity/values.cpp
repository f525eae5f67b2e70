// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "parity/scenarios.h"

#include <QtCore/QDateTime>
#include <QtCore/QTimeZone>
#include <QtSql/QSqlDriver>
#include <QtSql/QSqlQuery>

namespace qproxysql::parity {

namespace {

QSqlQuery openQuery(Observer &observer, const Target &target)
{
    QSqlDatabase db = target.add();
    observer.note(QStringLiteral("open"), db.open());
    return QSqlQuery(db);
}

void both(Observer &o, QSqlQuery &query, const QString &what, const QString &sql)
{
    o.exec(what + QLatin1String(" text"), query, sql);
    o.note(what + QLatin1String(" prepare"), query.prepare(sql));
    o.exec(what + QLatin1String(" prepared"), query);
}

void numbers(Observer &o, const Target &target)
{
    QSqlQuery query = openQuery(o, target);
    o.exec(QStringLiteral("create"), query,
           QStringLiteral(
                   "CREATE TABLE v(ti TINYINT, tu TINYINT UNSIGNED, si SMALLINT, "
                   "su SMALLINT UNSIGNED, mi MEDIUMINT, i INT, iu INT UNSIGNED, bi BIGINT, "
                   "bu BIGINT UNSIGNED, b BIT(1), b64 BIT(64), bo BOOL, y YEAR, f FLOAT, "
                   "d DOUBLE, de DECIMAL(10,3), big DECIMAL(40,10), un DECIMAL(5) UNSIGNED)"));
    o.exec(QStringLiteral("extremes"), query,
           QStringLiteral(
                   "INSERT INTO v VALUES "
                   "(-128, 255, -32768, 65535, -8388608, -2147483648, 4294967295, "
                   "-9223372036854775808, 18446744073709551615, 1, 18446744073709551615, "
                   "TRUE, 2155, 1.5e30, 1.7976931348623157e308, -1234567.891, "
                   "123456789012345678901234567890.0123456789, 99999), "
                   "(127, 0, 32767, 0, 8388607, 2147483647, 0, 9223372036854775807, 0, 0, 0, "
                   "FALSE, 1901, -0.1, 0.1, 0.001, -0.0000000001, 0), "
                   "(NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, "
                   "NULL, NULL, NULL, NULL, NULL, NULL)"));
    both(o, query, QStringLiteral("numbers"), QStringLiteral("SELECT * FROM v"));
    for (const char *const literal :
         {"0.1", "1e400", "1/3", "-5 DIV 2", "SUM(de)", "AVG(i)", "COUNT(*)", "MAX(bu)", "1=1"})
        both(o, query, QLatin1String(literal),
             QStringLiteral("SELECT %1 FROM v").arg(QLatin1String(literal)));
}

void policies(Observer &o, const Target &target)
{
    QSqlQuery query = openQuery(o, target);
    QSqlDatabase db = QSqlDatabase::database(QStringLiteral("parity"));
    o.note(QStringLiteral("default"), db.numericalPrecisionPolicy());
    const QString sql = QStringLiteral("SELECT CAST('12345678901234567890.123456789' AS "
                                       "DECIMAL(30,9)) AS d, 1e0/3 AS f, 7 AS i, 12345678901 AS l");
    for (const auto policy : {QSql::LowPrecisionInt32, QSql::LowPrecisionInt64,
                              QSql::LowPrecisionDouble, QSql::HighPrecision}) {
        query.setNumericalPrecisionPolicy(policy);
        both(o, query, QStringLiteral("query %1").arg(policy), sql);
        db.setNumericalPrecisionPolicy(policy);
        o.note(QStringLiteral("database"), db.numericalPrecisionPolicy());
        o.note(QStringLiteral("driver"), db.driver()->numericalPrecisionPolicy());
        QSqlQuery other(db);
        both(o, other, QStringLiteral("database %1").arg(policy), sql);
        o.note(QStringLiteral("exec"), other.exec(sql));
        o.note(QStringLiteral("next"), other.next());
        other.setNumericalPrecisionPolicy(QSql::LowPrecisionInt32);
        o.note(QStringLiteral("changed while active"), other.value(0));
        other.clear();
        o.note(QStringLiteral("cleared"), other.numericalPrecisionPolicy());
    }
}

void textsAndBlobs(Observer &o, const Target &target)
{
    QSqlQuery query = openQuery(o, target);
    o.exec(QStringLiteral("create"), query,
           QStringLiteral(
                   "CREATE TABLE s(id INT PRIMARY KEY, c CHAR(10), v VARCHAR(200), t LONGTEXT, "
                   "bin BINARY(4), vb VARBINARY(300), bl LONGBLOB, e ENUM('a','ü'), "
                   "st SET('x','y'), j JSON) CHARACTER SET utf8mb4"));
    const QString sql = QStringLiteral("INSERT INTO s VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    QByteArray allBytes;
    for (int i = 0; i < 256; ++i)
        allBytes.append(char(i));
    const QByteArray large(1 << 20, '\xfe');
    const QString unicode = QStringLiteral("grün 漢字 ") + QString::fromUtf8("\xF0\x9F\x90\xAC")
                            + QStringLiteral(" 'quoted' \"double\" back\\slash \n\t%_");
    const QList<QVariantList> rows{{1, QStringLiteral("a"), unicode, unicode.repeated(3000),
                                    QByteArray("ab"), allBytes, large, QStringLiteral("ü"),
                                    QStringLiteral("x,y"), QStringLiteral("{\"k\": [1, null]}")},
                                   {2, QString(QLatin1String("")), QString(QLatin1String("")),
                                    QString(QLatin1String("")), QByteArray(""), QByteArray(""),
                                    QByteArray(""), QStringLiteral("a"), QString(QLatin1String("")),
                                    QStringLiteral("null")},
                                   {3, QString(), QString(), QString(), QByteArray(), QByteArray(),
                                    QByteArray(), QString(), QString(), QString()}};
    for (const QVariantList &row : rows) {
        o.note(QStringLiteral("prepare"), query.prepare(sql));
        for (const QVariant &value : row)
            query.addBindValue(value);
        o.exec(QStringLiteral("insert"), query);
    }
    both(o, query, QStringLiteral("texts"), QStringLiteral("SELECT * FROM s ORDER BY id"));
    both(o, query, QStringLiteral("search"),
         QStringLiteral("SELECT id FROM s WHERE v LIKE '%漢字%'"));
}

void dates(Observer &o, const Target &target)
{
    QSqlQuery query = openQuery(o, target);
    o.exec(QStringLiteral("create"), query,
           QStringLiteral("CREATE TABLE d(id INT PRIMARY KEY, dt DATETIME, dt3 DATETIME(3), "
                          "dt6 DATETIME(6), t TIME, t3 TIME(3), da DATE, ts TIMESTAMP(3) NULL)"));
    o.exec(QStringLiteral("zone"), query, QStringLiteral("SET time_zone = '+00:00'"));
    const QString sql = QStringLiteral("INSERT INTO d VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
    int id = 0;
    for (const QDateTime &value :
         {QDateTime(QDate(2024, 2, 29), QTime(23, 59, 59, 999), QTimeZone::utc()),
          QDateTime(QDate(2024, 7, 1), QTime(12, 0, 0, 1)),
          QDateTime(QDate(1000, 1, 1), QTime(0, 0), QTimeZone::utc()), QDateTime()}) {
        o.note(QStringLiteral("prepare"), query.prepare(sql));
        query.addBindValue(++id);
        for (int i = 0; i < 3; ++i)
            query.addBindValue(value);
        query.addBindValue(value.time());
        query.addBindValue(value.time());
        query.addBindValue(value.date());
        query.addBindValue(id == 3 ? QVariant(QMetaType(QMetaType::QDateTime)) : QVariant(value));
        o.exec(QStringLiteral("insert"), query);
    }
    o.exec(QStringLiteral("texts"), query,
           QStringLiteral("INSERT INTO d VALUES (10, '2024-01-02 03:04:05', "
                          "'2024-01-02 03:04:05.678', '2024-01-02 03:04:05.678901', '-838:59:59', "
                          "'838:59:59', '9999-12-31', '2001-02-03 04:05:06.007')"));
    o.exec(QStringLiteral("zero"), query,
           QStringLiteral("SET sql_mode = ''; INSERT INTO d(id, dt, da) VALUES "
                          "(11, '0000-00-00 00:00:00', '0000-00-00')"));
    query.clear();
    both(o, query, QStringLiteral("dates"), QStringLiteral("SELECT * FROM d ORDER BY id"));
}

void records(Observer &o, const Target &target)
{
    QSqlQuery query = openQuery(o, target);
    both(o, query, QStringLiteral("aliases"),
         QStringLiteral("SELECT 1 AS a, 2 AS a, 'x' AS `strange name`, NULL, NOW() > 0"));
    both(o, query, QStringLiteral("no rows"), QStringLiteral("SELECT 1 AS a FROM DUAL WHERE FALSE"));
    both(o, query, QStringLiteral("show"), QStringLiteral("SHOW TABLES"));
    both(o, query, QStringLiteral("comment"), QStringLiteral("/* c */ SELECT 1 -- end"));
    both(o, query, QStringLiteral("blanks"), QStringLiteral("  \n SELECT 1 ;  "));
    both(o, query, QStringLiteral("do"), QStringLiteral("DO 1"));
}

} // namespace

std::vector<Scenario> valueScenarios()
{
    return {{"numbers", 250, numbers},
            {"precision policies", 200, policies},
            {"texts and blobs", 100, textsAndBlobs},
            {"dates", 100, dates},
            {"records", 150, records}};
}

} // namespace qproxysql::parity
