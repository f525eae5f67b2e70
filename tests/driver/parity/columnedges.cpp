// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "parity/columntypes.h"

namespace qproxysql::parity {

using namespace Qt::StringLiterals;

namespace {

QString drawnNumber(Generator &generator)
{
    return generator.number();
}

QString drawnDate(Generator &generator)
{
    return u'\'' + generator.date() + u'\'';
}

QString drawnTime(Generator &generator)
{
    return u'\'' + generator.time() + u'\'';
}

QString drawnDateTime(Generator &generator)
{
    return u'\'' + generator.dateTime() + u'\'';
}

QString drawnText(Generator &generator)
{
    return Generator::quoted(generator.text(60));
}

QString drawnBytes(Generator &generator)
{
    return u"X'%1'"_s.arg(QLatin1String(generator.bytes(60).toHex()));
}

QString drawnLiteral(Generator &generator)
{
    return generator.literal();
}

QString drawnPoint(Generator &generator)
{
    return u"POINT(%1, %2)"_s.arg(generator.below(1000)).arg(generator.below(1000));
}

const QStringList Small{u"0"_s, u"1"_s, u"-1"_s};
const QStringList Fractions{u"0"_s,    u"-0"_s,        u"1"_s,          u"-1"_s,  u"0.1"_s,
                            u"-0.1"_s, u"0.0000001"_s, u"99999999.9"_s, u"0.5"_s, u"1e30"_s};
const QStringList Dates{u"'0000-00-00'"_s, u"'2024-00-00'"_s, u"'2024-02-00'"_s, u"'0000-01-01'"_s,
                        u"'1000-01-01'"_s, u"'9999-12-31'"_s, u"'2024-02-29'"_s, u"'1970-01-01'"_s};
const QStringList Moments{u"'0000-00-00 00:00:00'"_s,        u"'2024-00-00 12:00:00'"_s,
                          u"'0000-01-01 00:00:00'"_s,        u"'1969-12-31 23:59:59.999999'"_s,
                          u"'1970-01-01 00:00:01'"_s,        u"'2024-02-29 23:59:59.999999'"_s,
                          u"'2024-07-01 12:00:00.000001'"_s, u"'2038-01-19 03:14:07.5'"_s,
                          u"'9999-12-31 23:59:59'"_s,        u"'2024-03-31 02:30:00.5'"_s};
const QStringList Times{u"'00:00:00'"_s,  u"'-00:00:00.5'"_s, u"'23:59:59.999999'"_s,
                        u"'24:00:00'"_s,  u"'838:59:59'"_s,   u"'-838:59:59.999999'"_s,
                        u"'-00:00:01'"_s, u"'100:00:00.1'"_s, u"'01:02:03.000004'"_s};
const QStringList Texts{u"''"_s,          u"'a'"_s,          u"'trailing  '"_s,
                        u"'grün 漢字'"_s, u"'🐬🐬'"_s,         u"'\\0nul'"_s,
                        u"'it''s'"_s,     u"'0'"_s,          u"'line\\nbreak\\t'"_s,
                        u"'\\\\'"_s,      u"'2024-02-29'"_s, u"'12345678901234567890'"_s};
const QStringList Bytes{u"''"_s,      u"X'00'"_s, u"X'0001020000'"_s, u"X'fffefd'"_s,
                        u"'ascii'"_s, u"X'c3'"_s, u"X'f09f90ac'"_s,   u"X'20202020'"_s};
const QStringList Long{u"REPEAT('ä', 300)"_s, u"REPEAT(X'00ff', 5000)"_s, u"REPEAT('x', 70000)"_s};

QStringList limits(const char *lowest, const char *highest)
{
    return Small + QStringList{QLatin1String(lowest), QLatin1String(highest)};
}

} // namespace

std::vector<ColumnType> numberColumns()
{
    return {{"TINYINT", limits("-128", "127"), drawnNumber},
            {"TINYINT UNSIGNED", limits("127", "255"), drawnNumber},
            {"TINYINT(1)", limits("-128", "127"), drawnNumber},
            {"BOOL NOT NULL DEFAULT TRUE", Small, drawnNumber},
            {"SMALLINT", limits("-32768", "32767"), drawnNumber},
            {"SMALLINT UNSIGNED", limits("32768", "65535"), drawnNumber},
            {"MEDIUMINT", limits("-8388608", "8388607"), drawnNumber},
            {"MEDIUMINT UNSIGNED", limits("8388608", "16777215"), drawnNumber},
            {"INT", limits("-2147483648", "2147483647"), drawnNumber},
            {"INT UNSIGNED", limits("2147483648", "4294967295"), drawnNumber},
            {"INT(10) ZEROFILL", limits("42", "4294967295"), drawnNumber},
            {"BIGINT", limits("-9223372036854775808", "9223372036854775807"), drawnNumber},
            {"BIGINT UNSIGNED", limits("9223372036854775808", "18446744073709551615"), drawnNumber},
            {"BIGINT(20) ZEROFILL DEFAULT 7", limits("7", "18446744073709551615"), drawnNumber},
            {"DECIMAL(10,0)", Fractions, drawnNumber},
            {"DECIMAL(1)", Fractions, drawnNumber},
            {"DECIMAL(12,4) UNSIGNED NOT NULL DEFAULT 1.5", Fractions, drawnNumber},
            {"DECIMAL(8,3) ZEROFILL", Fractions, drawnNumber},
            {"DECIMAL(30,30)", Fractions, drawnNumber},
            {"DECIMAL(65,10)",
             Fractions + limits("-1234567890123456789012345678901234567890.0123456789", "9e70"),
             drawnNumber},
            {"FLOAT", Fractions + limits("1.17549e-38", "3.40282e38"), drawnNumber},
            {"FLOAT(7,3)", Fractions, drawnNumber},
            {"FLOAT UNSIGNED ZEROFILL", Fractions, drawnNumber},
            {"DOUBLE", Fractions + limits("2.2250738585072014e-308", "-1.7976931348623157e308"),
             drawnNumber},
            {"DOUBLE(15,4)", Fractions, drawnNumber},
            {"DOUBLE UNSIGNED NOT NULL", Fractions, drawnNumber},
            {"BIT(1)", {u"0"_s, u"1"_s}, drawnNumber},
            {"BIT(7)", {u"0"_s, u"b'1010101'"_s, u"127"_s}, drawnNumber},
            {"BIT(8) NOT NULL DEFAULT b'11'", {u"0"_s, u"128"_s, u"255"_s}, drawnNumber},
            {"BIT(24)", {u"0"_s, u"49"_s, u"16777215"_s, u"6382179"_s}, drawnNumber},
            {"BIT(64)", {u"0"_s, u"1"_s, u"18446744073709551615"_s}, drawnNumber}};
}

std::vector<ColumnType> timeColumns()
{
    return {{"DATE", Dates, drawnDate},
            {"DATE NOT NULL DEFAULT '2001-02-03'", Dates, drawnDate},
            {"DATETIME", Moments, drawnDateTime},
            {"DATETIME(1)", Moments, drawnDateTime},
            {"DATETIME(3)", Moments, drawnDateTime},
            {"DATETIME(6) DEFAULT '2001-02-03 04:05:06.789'", Moments, drawnDateTime},
            {"TIMESTAMP NULL", Moments, drawnDateTime},
            {"TIMESTAMP(6) NOT NULL DEFAULT '2001-02-03 04:05:06.789'", Moments, drawnDateTime},
            {"TIME", Times, drawnTime},
            {"TIME(3)", Times, drawnTime},
            {"TIME(6) NOT NULL DEFAULT '-01:02:03.4'", Times, drawnTime},
            {"YEAR", {u"0"_s, u"1901"_s, u"2155"_s, u"'2024'"_s, u"69"_s}, drawnNumber}};
}

std::vector<ColumnType> textColumns()
{
    return {{"CHAR(10)", Texts, drawnText},
            {"CHAR(0)", Texts, drawnText},
            {"CHAR(5) COLLATE utf8mb4_bin NOT NULL DEFAULT 'x'", Texts, drawnText},
            {"VARCHAR(40)", Texts, drawnText},
            {"VARCHAR(1000) COLLATE utf8mb4_bin", Texts + Long, drawnText},
            {"VARCHAR(40) CHARACTER SET latin1", Texts, drawnText},
            {"VARCHAR(16000)", Texts + Long, drawnText},
            {"BINARY(6)", Bytes, drawnBytes},
            {"BINARY(1)", Bytes, drawnBytes},
            {"VARBINARY(300)", Bytes + Long, drawnBytes},
            {"VARBINARY(20) NOT NULL DEFAULT 'd'", Bytes, drawnBytes},
            {"TINYTEXT", Texts + Long, drawnText},
            {"TEXT", Texts + Long, drawnText},
            {"TEXT CHARACTER SET latin1 NOT NULL DEFAULT 'd'", Texts, drawnText},
            {"MEDIUMTEXT", Texts + Long, drawnText},
            {"LONGTEXT COLLATE utf8mb4_bin", Texts + Long, drawnText},
            {"TINYBLOB", Bytes + Long, drawnBytes},
            {"BLOB", Bytes + Long, drawnBytes},
            {"MEDIUMBLOB", Bytes + Long, drawnBytes},
            {"LONGBLOB", Bytes + Long, drawnBytes}};
}

std::vector<ColumnType> otherColumns()
{
    return {{"ENUM('a', 'ü', '', '3')",
             {u"'a'"_s, u"'ü'"_s, u"''"_s, u"'3'"_s, u"3"_s},
             drawnLiteral},
            {"ENUM('x') NOT NULL", {u"'x'"_s, u"0"_s}, drawnLiteral},
            {"SET('a', 'b', 'ü')", {u"''"_s, u"'a,ü'"_s, u"7"_s, u"'b'"_s}, drawnLiteral},
            {"JSON", {u"'{\"k\": [1, null, \"ü\"]}'"_s, u"'null'"_s, u"'[]'"_s}, drawnLiteral},
            {"INET6", {u"'::1'"_s, u"'1.2.3.4'"_s, u"'2001:db8::ff00:42:8329'"_s}, drawnLiteral},
            {"UUID",
             {u"'123e4567-e89b-12d3-a456-426655440000'"_s, u"UUID()"_s.left(0) + u"NULL"_s},
             drawnLiteral},
            {"GEOMETRY",
             {u"POINT(1, 2)"_s, u"ST_GeomFromText('LINESTRING(0 0, 1 1)')"_s},
             drawnPoint}};
}

} // namespace qproxysql::parity
