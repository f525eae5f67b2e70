// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "parity/fetching.h"
#include "parity/generator.h"
#include "parity/scenarios.h"

#include <QtSql/QSqlError>
#include <QtSql/QSqlQuery>
#include <QtSql/QSqlRecord>

namespace qproxysql::parity {

using namespace Qt::StringLiterals;

namespace {

// The table e has a row of NULLs and rows of values.
constexpr const char *Expressions[] = {
        "NULL",
        "1",
        "-1",
        "0x41",
        "b'1'",
        "TRUE",
        "1 = 1",
        "'text'",
        "''",
        "N'national'",
        "_latin1'caf\\xe9'",
        "_binary'x'",
        "CAST('x' AS BINARY)",
        "CAST(1 AS CHAR)",
        "CAST(-1 AS UNSIGNED)",
        "CAST('1.23456' AS DECIMAL(10,3))",
        "CAST('2024-02-29' AS DATE)",
        "CAST('2024-02-29 01:02:03.456' AS DATETIME(3))",
        "CAST('-12:34:56.7' AS TIME(1))",
        "CAST(1.5 AS DOUBLE)",
        "CAST(1.5 AS FLOAT)",
        "1.5",
        "1e0",
        "-0e0",
        "1e308 * 10",
        "1 / 3",
        "1e0 / 3",
        "5 DIV 2",
        "-5 % 3",
        "1 / 0",
        "9223372036854775807",
        "18446744073709551615",
        "99999999999999999999999",
        "-9223372036854775808",
        "DATE '2024-02-29'",
        "TIME '01:02:03.5'",
        "TIMESTAMP '2024-02-29 01:02:03.999'",
        "NOW() > '2000-01-01'",
        "DATE_ADD('2024-02-29', INTERVAL 1 DAY)",
        "DATE_ADD(d, INTERVAL 1 MICROSECOND)",
        "TIMEDIFF(d, '2024-01-01 00:00:00')",
        "SEC_TO_TIME(360000)",
        "STR_TO_DATE('00/00/0000', '%m/%d/%Y')",
        "FROM_UNIXTIME(0)",
        "UNIX_TIMESTAMP('2024-02-29')",
        "YEAR('2024-02-29')",
        "CONCAT(s, i)",
        "CONCAT(b, s)",
        "LENGTH(s)",
        "CHAR(65, 66)",
        "HEX(s)",
        "UNHEX('00ff')",
        "MD5('x')",
        "REPEAT('ä', 100)",
        "SPACE(0)",
        "IF(i > 0, i, s)",
        "IFNULL(i, 'none')",
        "COALESCE(d, s)",
        "CASE WHEN i > 0 THEN 1 ELSE 1.5 END",
        "GREATEST(i, 1.5)",
        "LEAST(s, 'b')",
        "JSON_OBJECT('k', i)",
        "JSON_EXTRACT('[1, 2]', '$[1]')",
        "INET6_ATON('::1')",
        "INET_ATON('1.2.3.4')",
        "CRC32('x')",
        "BIT_COUNT(7)",
        "5 & 3",
        "~0",
        "i <=> NULL",
        "s LIKE 'a%'",
        "EXISTS (SELECT 1)",
        "(SELECT MAX(i) FROM e)",
        "DATABASE()",
        "CHARSET(s)",
        "@@sql_mode",
        "@@autocommit",
        "@@max_allowed_packet",
        "@@version_comment IS NULL",
        "@nothing",
        "@number",
        "@decimal",
        "@real",
        "ROW_NUMBER() OVER (ORDER BY i)",
        "SUM(i) OVER ()",
        "ROUND(x, 2)",
        "ROUND(1.005, 1)",
        "FLOOR(-1.5)",
        "FORMAT(1234567.891, 2)",
        "SIGN(x)",
        "POW(2, 70)",
        "PI()",
};
constexpr const char *Aggregates[] = {
        "COUNT(*)",         "COUNT(DISTINCT s)",
        "SUM(i)",           "SUM(x)",
        "SUM(m)",           "AVG(i)",
        "AVG(x)",           "MIN(d)",
        "MAX(s)",           "MAX(b)",
        "STD(i)",           "VARIANCE(x)",
        "BIT_OR(i)",        "BIT_AND(i)",
        "GROUP_CONCAT(s)",  "MAX(t)",
        "MIN(u)",           "SUM(u)",
        "MAX(i) + 1",       "SUM(i > 0)",
        "JSON_ARRAYAGG(i)",
};
constexpr const char *Selects[] = {
        "SELECT 1 UNION SELECT 'a'",
        "SELECT 1 AS a UNION ALL SELECT 1.5 UNION ALL SELECT NULL",
        "SELECT NULL UNION SELECT NULL",
        "SELECT CAST(1 AS UNSIGNED) AS a UNION SELECT -1",
        "SELECT '2024-02-29' AS d UNION SELECT CURRENT_DATE() > 0",
        "SELECT d FROM e UNION SELECT t FROM e ORDER BY 1",
        "SELECT s FROM e UNION SELECT b FROM e ORDER BY 1",
        "SELECT 1 AS a, 2 AS a, 3 AS `b.c`, 4 AS ``, 5 AS 'ü'",
        "SELECT e.*, f.* FROM e LEFT JOIN e AS f ON f.i = e.i + 1 ORDER BY 1, 2",
        "SELECT * FROM e WHERE FALSE",
        "SELECT i, COUNT(*) FROM e GROUP BY i WITH ROLLUP",
        "SELECT DISTINCT i IS NULL FROM e",
        "SELECT * FROM (SELECT i AS inner_i FROM e) AS derived ORDER BY 1",
        "WITH RECURSIVE c AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM c WHERE n < 5) SELECT * "
        "FROM c",
        "SELECT * FROM v ORDER BY 1",
        "VALUES (1, 'a'), (2, 'b')",
        "(SELECT 1)",
        "/* a comment */ SELECT 1 -- and another",
        "SELECT 1;",
        "SELECT table_name, table_rows FROM information_schema.tables WHERE table_schema = 'test' "
        "ORDER BY 1",
        "SELECT * FROM mysql.help_topic WHERE FALSE",
        "SELECT :name",
        "SELECT ?",
        "SELECT '?', ':a', `i` FROM e -- ? :b",
};

QSqlDatabase openWithExpressions(Observer &o, const Target &target)
{
    QSqlDatabase db = target.open(o);
    QSqlQuery query(db);
    for (const char *const sql :
         {"SET sql_mode = '', timestamp = 1700000000, @number = 5, @decimal = 1.50, @real = 2e0",
          "CREATE TABLE e(i INT, u BIGINT UNSIGNED, x DOUBLE, m DECIMAL(12,3), s VARCHAR(20), "
          "b VARBINARY(20), d DATETIME(3), t TIME(2)) CHARACTER SET utf8mb4",
          "INSERT INTO e VALUES (1, 18446744073709551615, 0.1, 0.100, 'äbc', 'bin', "
          "'2024-02-29 01:02:03.456', '25:00:00.5'), (-2, 0, -1e300, -99.999, '', X'00ff', "
          "'0000-00-00', '-00:00:01'), (NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)",
          "CREATE VIEW v AS SELECT i AS vi, s AS vs FROM e"})
        o.note(QLatin1StringView(sql), query.exec(QLatin1StringView(sql)));
    return db;
}

void expressions(Observer &o, const Target &target)
{
    const QSqlDatabase db = openWithExpressions(o, target);
    for (const FetchMode &mode : fetchModes(true)) {
        for (const char *const expression : Expressions)
            fetchIn(o, db, mode,
                    u"SELECT %1 FROM e ORDER BY i"_s.arg(QString::fromUtf8(expression)));
    }
}

void aggregates(Observer &o, const Target &target)
{
    const QSqlDatabase db = openWithExpressions(o, target);
    for (const FetchMode &mode : fetchModes(true)) {
        for (const char *const expression : Aggregates) {
            const QLatin1StringView text(expression);
            fetchIn(o, db, mode, u"SELECT %1 FROM e"_s.arg(text));
            fetchIn(o, db, mode, u"SELECT %1 FROM e WHERE FALSE"_s.arg(text));
            fetchIn(o, db, mode, u"SELECT i, %1 FROM e GROUP BY i ORDER BY 1"_s.arg(text));
        }
    }
}

void selects(Observer &o, const Target &target)
{
    const QSqlDatabase db = openWithExpressions(o, target);
    for (const FetchMode &mode : fetchModes(true)) {
        for (const char *const sql : Selects)
            fetchIn(o, db, mode, QString::fromUtf8(sql));
    }
}

void drawnSelects(Observer &o, const Target &target)
{
    const QSqlDatabase db = openWithExpressions(o, target);
    Generator generator(target.seed());
    const QList<FetchMode> modes = fetchModes(true);
    for (int i = 0; i < 200; ++i) {
        QStringList columns;
        for (int left = 1 + generator.below(12); left > 0; --left)
            columns.append(generator.chance(30) ? generator.literal()
                                                : QString::fromUtf8(generator.oneOf(Expressions)));
        fetchIn(o, db, generator.oneOf(modes),
                u"SELECT "_s + columns.join(u", "_s)
                        + u" FROM e ORDER BY i LIMIT %1"_s.arg(generator.below(5)));
    }
}

} // namespace

std::vector<Scenario> expressionScenarios()
{
    return {{"expressions", 80'000, expressions},
            {"aggregates", 50'000, aggregates},
            {"selects", 20'000, selects},
            {"drawn selects", 10'000, drawnSelects, true}};
}

} // namespace qproxysql::parity
