// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "sql/builtinfunctions.h"

#include <algorithm>
#include <iterator>

namespace qproxysql {

namespace {

struct Entry
{
    std::string_view name;
    FunctionEffect effect;
};

constexpr auto Plain = FunctionEffect::Plain;
constexpr auto Glued = FunctionEffect::PlainIfGlued;
constexpr auto Once = FunctionEffect::NotRepeatable;
constexpr auto Rest = FunctionEffect::DependsOnPreviousStatement;
constexpr auto Syntax = FunctionEffect::Syntax;
constexpr auto LastInsertId = FunctionEffect::LastInsertId;
constexpr auto NamedLock = FunctionEffect::TakesNamedLock;
constexpr auto Quantifier = FunctionEffect::Quantifier;

// clang-format off
constexpr Entry Table[] = {
    {"ABS", Plain}, {"ACOS", Plain}, {"ADDDATE", Glued}, {"ADDTIME", Plain}, {"ADD_MONTHS", Plain},
    {"AES_DECRYPT", Plain}, {"AES_ENCRYPT", Plain}, {"ALL", Syntax}, {"AND", Syntax},
    {"ANY", Quantifier}, {"ANY_VALUE", Plain}, {"AS", Syntax}, {"ASCII", Plain}, {"ASIN", Plain},
    {"ATAN", Plain}, {"ATAN2", Plain}, {"AVG", Plain}, {"BENCHMARK", Once}, {"BETWEEN", Syntax},
    {"BIGINT", Syntax}, {"BIN", Plain}, {"BINARY", Syntax}, {"BINLOG_GTID_POS", Once},
    {"BIN_TO_UUID", Plain}, {"BIT_AND", Glued}, {"BIT_COUNT", Plain}, {"BIT_LENGTH", Plain},
    {"BIT_OR", Glued}, {"BIT_XOR", Glued}, {"BY", Syntax}, {"CASE", Syntax}, {"CAST", Glued},
    {"CEIL", Plain}, {"CEILING", Plain}, {"CHAR", Plain}, {"CHARACTER", Syntax},
    {"CHARACTER_LENGTH", Plain}, {"CHARSET", Plain}, {"CHAR_LENGTH", Plain}, {"CHR", Plain},
    {"COALESCE", Plain}, {"COERCIBILITY", Plain}, {"COLLATION", Plain}, {"COLUMN_ADD", Plain},
    {"COLUMN_CHECK", Plain}, {"COLUMN_CREATE", Plain}, {"COLUMN_DELETE", Plain},
    {"COLUMN_EXISTS", Plain}, {"COLUMN_GET", Plain}, {"COLUMN_JSON", Plain}, {"COLUMN_LIST", Plain},
    {"COMPRESS", Plain}, {"CONCAT", Plain}, {"CONCAT_WS", Plain}, {"CONNECTION_ID", Plain},
    {"CONV", Plain}, {"CONVERT", Plain}, {"CONVERT_TZ", Plain}, {"COS", Plain}, {"COT", Plain},
    {"COUNT", Glued}, {"CRC32", Plain}, {"CRC32C", Plain}, {"CUME_DIST", Plain}, {"CURDATE", Glued},
    {"CURRENT_DATE", Plain}, {"CURRENT_ROLE", Plain}, {"CURRENT_TIME", Plain},
    {"CURRENT_TIMESTAMP", Plain}, {"CURRENT_USER", Plain}, {"CURTIME", Glued}, {"DATABASE", Plain},
    {"DATE", Plain}, {"DATEDIFF", Plain}, {"DATE_ADD", Glued}, {"DATE_FORMAT", Plain},
    {"DATE_SUB", Glued}, {"DAY", Plain}, {"DAYNAME", Plain}, {"DAYOFMONTH", Plain},
    {"DAYOFWEEK", Plain}, {"DAYOFYEAR", Plain}, {"DEC", Syntax}, {"DECIMAL", Syntax},
    {"DEFAULT", Plain}, {"DEGREES", Plain}, {"DENSE_RANK", Plain}, {"DISTINCT", Syntax},
    {"DISTINCTROW", Syntax}, {"DIV", Syntax}, {"DOUBLE", Syntax}, {"ELSE", Syntax}, {"ELT", Plain},
    {"EXCEPT", Syntax}, {"EXISTS", Syntax}, {"EXP", Plain}, {"EXPORT_SET", Plain},
    {"EXTRACT", Glued}, {"EXTRACTVALUE", Plain}, {"FIELD", Plain}, {"FIND_IN_SET", Plain},
    {"FIRST_VALUE", Plain}, {"FLOAT", Syntax}, {"FLOOR", Plain}, {"FORMAT", Plain},
    {"FORMAT_BYTES", Plain}, {"FORMAT_PICO_TIME", Plain}, {"FOUND_ROWS", Rest}, {"FROM", Syntax},
    {"FROM_BASE64", Plain}, {"FROM_DAYS", Plain}, {"FROM_UNIXTIME", Plain},
    {"GEOMETRYCOLLECTION", Plain}, {"GET_FORMAT", Plain}, {"GET_LOCK", NamedLock},
    {"GREATEST", Plain}, {"GROUP", Syntax}, {"GROUPING", Plain}, {"GROUP_CONCAT", Glued},
    {"GTID_SUBSET", Plain}, {"GTID_SUBTRACT", Plain}, {"HAVING", Syntax}, {"HEX", Plain},
    {"HOUR", Plain}, {"ICU_VERSION", Plain}, {"IF", Plain}, {"IFNULL", Plain}, {"IN", Syntax},
    {"INDEX", Syntax}, {"INET6_ATON", Plain}, {"INET6_NTOA", Plain}, {"INET_ATON", Plain},
    {"INET_NTOA", Plain}, {"INSERT", Plain}, {"INSTR", Plain}, {"INT", Syntax}, {"INTEGER", Syntax},
    {"INTERSECT", Syntax}, {"INTERVAL", Plain}, {"INTO", Syntax}, {"IS", Syntax}, {"ISNULL", Plain},
    {"IS_FREE_LOCK", Once}, {"IS_IPV4", Plain}, {"IS_IPV4_COMPAT", Plain},
    {"IS_IPV4_MAPPED", Plain}, {"IS_IPV6", Plain}, {"IS_USED_LOCK", Once}, {"IS_UUID", Plain},
    {"JOIN", Syntax}, {"JSON_ARRAY", Plain}, {"JSON_ARRAYAGG", Plain}, {"JSON_ARRAY_APPEND", Plain},
    {"JSON_ARRAY_INSERT", Plain}, {"JSON_ARRAY_INTERSECT", Plain}, {"JSON_COMPACT", Plain},
    {"JSON_CONTAINS", Plain}, {"JSON_CONTAINS_PATH", Plain}, {"JSON_DEPTH", Plain},
    {"JSON_DETAILED", Plain}, {"JSON_EQUALS", Plain}, {"JSON_EXISTS", Plain},
    {"JSON_EXTRACT", Plain}, {"JSON_INSERT", Plain}, {"JSON_KEYS", Plain},
    {"JSON_KEY_VALUE", Plain}, {"JSON_LENGTH", Plain}, {"JSON_LOOSE", Plain}, {"JSON_MERGE", Plain},
    {"JSON_MERGE_PATCH", Plain}, {"JSON_MERGE_PRESERVE", Plain}, {"JSON_NORMALIZE", Plain},
    {"JSON_OBJECT", Plain}, {"JSON_OBJECTAGG", Plain}, {"JSON_OBJECT_FILTER_KEYS", Plain},
    {"JSON_OBJECT_TO_ARRAY", Plain}, {"JSON_OVERLAPS", Plain}, {"JSON_PRETTY", Plain},
    {"JSON_QUERY", Plain}, {"JSON_QUOTE", Plain}, {"JSON_REMOVE", Plain}, {"JSON_REPLACE", Plain},
    {"JSON_SCHEMA_VALID", Plain}, {"JSON_SCHEMA_VALIDATION_REPORT", Plain}, {"JSON_SEARCH", Plain},
    {"JSON_SET", Plain}, {"JSON_STORAGE_FREE", Plain}, {"JSON_STORAGE_SIZE", Plain},
    {"JSON_TABLE", Plain}, {"JSON_TYPE", Plain}, {"JSON_UNQUOTE", Plain}, {"JSON_VALID", Plain},
    {"JSON_VALUE", Plain}, {"KDF", Plain}, {"KEY", Syntax}, {"LAG", Plain}, {"LASTVAL", Rest},
    {"LAST_DAY", Plain}, {"LAST_INSERT_ID", LastInsertId}, {"LAST_VALUE", Plain},
    {"LATERAL", Syntax}, {"LCASE", Plain}, {"LEAD", Plain}, {"LEAST", Plain}, {"LEFT", Plain},
    {"LENGTH", Plain}, {"LENGTHB", Plain}, {"LIKE", Syntax}, {"LIMIT", Syntax},
    {"LINESTRING", Plain}, {"LN", Plain}, {"LOAD_FILE", Once}, {"LOCALTIME", Plain},
    {"LOCALTIMESTAMP", Plain}, {"LOCATE", Plain}, {"LOG", Plain}, {"LOG10", Plain}, {"LOG2", Plain},
    {"LOWER", Plain}, {"LPAD", Plain}, {"LTRIM", Plain}, {"MAKEDATE", Plain}, {"MAKETIME", Plain},
    {"MAKE_SET", Plain}, {"MASTER_GTID_WAIT", Once}, {"MASTER_POS_WAIT", Once}, {"MATCH", Plain},
    {"MAX", Glued}, {"MBRCONTAINS", Plain}, {"MBRCOVEREDBY", Plain}, {"MBRCOVERS", Plain},
    {"MBRDISJOINT", Plain}, {"MBREQUALS", Plain}, {"MBRINTERSECTS", Plain}, {"MBROVERLAPS", Plain},
    {"MBRTOUCHES", Plain}, {"MBRWITHIN", Plain}, {"MD5", Plain}, {"MEDIAN", Plain},
    {"MEDIUMINT", Syntax}, {"MICROSECOND", Plain}, {"MID", Glued}, {"MIN", Glued},
    {"MINUTE", Plain}, {"MOD", Plain}, {"MONTH", Plain}, {"MONTHNAME", Plain},
    {"MONTHS_BETWEEN", Plain}, {"MULTILINESTRING", Plain}, {"MULTIPOINT", Plain},
    {"MULTIPOLYGON", Plain}, {"NAME_CONST", Plain}, {"NATURAL_SORT_KEY", Plain}, {"NEXTVAL", Once},
    {"NOT", Syntax}, {"NOW", Glued}, {"NTH_VALUE", Plain}, {"NTILE", Plain}, {"NULLIF", Plain},
    {"NUMERIC", Syntax}, {"NVL", Plain}, {"NVL2", Plain}, {"OCT", Plain}, {"OCTET_LENGTH", Plain},
    {"ON", Syntax}, {"OR", Syntax}, {"ORD", Plain}, {"OVER", Syntax}, {"PARTITION", Syntax},
    {"PERCENTILE_CONT", Plain}, {"PERCENTILE_DISC", Plain}, {"PERCENT_RANK", Plain},
    {"PERIOD_ADD", Plain}, {"PERIOD_DIFF", Plain}, {"PI", Plain}, {"POINT", Plain},
    {"POLYGON", Plain}, {"POSITION", Glued}, {"POW", Plain}, {"POWER", Plain},
    {"PS_CURRENT_THREAD_ID", Plain}, {"PS_THREAD_ID", Plain}, {"QUARTER", Plain}, {"QUOTE", Plain},
    {"RADIANS", Plain}, {"RAND", Plain}, {"RANDOM_BYTES", Plain}, {"RANK", Plain}, {"REAL", Syntax},
    {"REGEXP", Syntax}, {"REGEXP_INSTR", Plain}, {"REGEXP_LIKE", Plain}, {"REGEXP_REPLACE", Plain},
    {"REGEXP_SUBSTR", Plain}, {"RELEASE_ALL_LOCKS", Once}, {"RELEASE_LOCK", Once},
    {"REPEAT", Plain}, {"REPLACE", Plain}, {"RETURNING", Syntax}, {"REVERSE", Plain},
    {"RIGHT", Plain}, {"RLIKE", Syntax}, {"ROUND", Plain}, {"ROW", Syntax}, {"ROW_COUNT", Rest},
    {"ROW_NUMBER", Plain}, {"RPAD", Plain}, {"RTRIM", Plain}, {"SCHEMA", Plain}, {"SECOND", Plain},
    {"SEC_TO_TIME", Plain}, {"SELECT", Syntax}, {"SESSION_USER", Glued}, {"SET", Syntax},
    {"SETVAL", Once}, {"SFORMAT", Plain}, {"SHA", Plain}, {"SHA1", Plain}, {"SHA2", Plain},
    {"SIGN", Plain}, {"SIN", Plain}, {"SLEEP", Plain}, {"SMALLINT", Syntax}, {"SOME", Quantifier},
    {"SOUNDEX", Plain}, {"SOURCE_POS_WAIT", Once}, {"SPACE", Plain}, {"SQRT", Plain},
    {"STATEMENT_DIGEST", Plain}, {"STATEMENT_DIGEST_TEXT", Plain}, {"STD", Glued},
    {"STDDEV", Glued}, {"STDDEV_POP", Glued}, {"STDDEV_SAMP", Glued}, {"STRAIGHT_JOIN", Syntax},
    {"STRCMP", Plain}, {"STRING_TO_VECTOR", Plain}, {"STR_TO_DATE", Plain}, {"ST_AREA", Plain},
    {"ST_ASBINARY", Plain}, {"ST_ASGEOJSON", Plain}, {"ST_ASTEXT", Plain}, {"ST_ASWKB", Plain},
    {"ST_ASWKT", Plain}, {"ST_BOUNDARY", Plain}, {"ST_BUFFER", Plain},
    {"ST_BUFFER_STRATEGY", Plain}, {"ST_CENTROID", Plain}, {"ST_COLLECT", Plain},
    {"ST_CONTAINS", Plain}, {"ST_CONVEXHULL", Plain}, {"ST_CROSSES", Plain},
    {"ST_DIFFERENCE", Plain}, {"ST_DIMENSION", Plain}, {"ST_DISJOINT", Plain},
    {"ST_DISTANCE", Plain}, {"ST_DISTANCE_SPHERE", Plain}, {"ST_ENDPOINT", Plain},
    {"ST_ENVELOPE", Plain}, {"ST_EQUALS", Plain}, {"ST_EXTERIORRING", Plain},
    {"ST_FRECHETDISTANCE", Plain}, {"ST_GEOHASH", Plain}, {"ST_GEOMCOLLFROMTEXT", Plain},
    {"ST_GEOMCOLLFROMWKB", Plain}, {"ST_GEOMETRYCOLLECTIONFROMTEXT", Plain},
    {"ST_GEOMETRYCOLLECTIONFROMWKB", Plain}, {"ST_GEOMETRYFROMTEXT", Plain},
    {"ST_GEOMETRYFROMWKB", Plain}, {"ST_GEOMETRYN", Plain}, {"ST_GEOMETRYTYPE", Plain},
    {"ST_GEOMFROMGEOJSON", Plain}, {"ST_GEOMFROMTEXT", Plain}, {"ST_GEOMFROMWKB", Plain},
    {"ST_HAUSDORFFDISTANCE", Plain}, {"ST_INTERIORRINGN", Plain}, {"ST_INTERSECTION", Plain},
    {"ST_INTERSECTS", Plain}, {"ST_ISCLOSED", Plain}, {"ST_ISEMPTY", Plain}, {"ST_ISRING", Plain},
    {"ST_ISSIMPLE", Plain}, {"ST_ISVALID", Plain}, {"ST_LATFROMGEOHASH", Plain},
    {"ST_LATITUDE", Plain}, {"ST_LENGTH", Plain}, {"ST_LINEFROMTEXT", Plain},
    {"ST_LINEFROMWKB", Plain}, {"ST_LINEINTERPOLATEPOINT", Plain},
    {"ST_LINEINTERPOLATEPOINTS", Plain}, {"ST_LINESTRINGFROMTEXT", Plain},
    {"ST_LINESTRINGFROMWKB", Plain}, {"ST_LONGFROMGEOHASH", Plain}, {"ST_LONGITUDE", Plain},
    {"ST_MAKEENVELOPE", Plain}, {"ST_MLINEFROMTEXT", Plain}, {"ST_MLINEFROMWKB", Plain},
    {"ST_MPOINTFROMTEXT", Plain}, {"ST_MPOINTFROMWKB", Plain}, {"ST_MPOLYFROMTEXT", Plain},
    {"ST_MPOLYFROMWKB", Plain}, {"ST_MULTILINESTRINGFROMTEXT", Plain},
    {"ST_MULTILINESTRINGFROMWKB", Plain}, {"ST_MULTIPOINTFROMTEXT", Plain},
    {"ST_MULTIPOINTFROMWKB", Plain}, {"ST_MULTIPOLYGONFROMTEXT", Plain},
    {"ST_MULTIPOLYGONFROMWKB", Plain}, {"ST_NUMGEOMETRIES", Plain}, {"ST_NUMINTERIORRING", Plain},
    {"ST_NUMINTERIORRINGS", Plain}, {"ST_NUMPOINTS", Plain}, {"ST_OVERLAPS", Plain},
    {"ST_POINTATDISTANCE", Plain}, {"ST_POINTFROMGEOHASH", Plain}, {"ST_POINTFROMTEXT", Plain},
    {"ST_POINTFROMWKB", Plain}, {"ST_POINTN", Plain}, {"ST_POINTONSURFACE", Plain},
    {"ST_POLYFROMTEXT", Plain}, {"ST_POLYFROMWKB", Plain}, {"ST_POLYGONFROMTEXT", Plain},
    {"ST_POLYGONFROMWKB", Plain}, {"ST_RELATE", Plain}, {"ST_SIMPLIFY", Plain}, {"ST_SRID", Plain},
    {"ST_STARTPOINT", Plain}, {"ST_SWAPXY", Plain}, {"ST_SYMDIFFERENCE", Plain},
    {"ST_TOUCHES", Plain}, {"ST_TRANSFORM", Plain}, {"ST_UNION", Plain}, {"ST_VALIDATE", Plain},
    {"ST_WITHIN", Plain}, {"ST_X", Plain}, {"ST_Y", Plain}, {"SUBDATE", Glued}, {"SUBSTR", Glued},
    {"SUBSTRB", Plain}, {"SUBSTRING", Glued}, {"SUBSTRING_INDEX", Plain}, {"SUBTIME", Plain},
    {"SUM", Glued}, {"SYSDATE", Glued}, {"SYSTEM_USER", Glued}, {"SYS_GUID", Plain}, {"TAN", Plain},
    {"THEN", Syntax}, {"TIME", Plain}, {"TIMEDIFF", Plain}, {"TIMESTAMP", Plain},
    {"TIMESTAMPADD", Plain}, {"TIMESTAMPDIFF", Plain}, {"TIME_FORMAT", Plain},
    {"TIME_TO_SEC", Plain}, {"TINYINT", Syntax}, {"TO_BASE64", Plain}, {"TO_CHAR", Plain},
    {"TO_DAYS", Plain}, {"TO_SECONDS", Plain}, {"TRIM", Glued}, {"TRUNCATE", Plain},
    {"UCASE", Plain}, {"UNCOMPRESS", Plain}, {"UNCOMPRESSED_LENGTH", Plain}, {"UNHEX", Plain},
    {"UNION", Syntax}, {"UNIX_TIMESTAMP", Plain}, {"UPDATEXML", Plain}, {"UPPER", Plain},
    {"USER", Plain}, {"USING", Syntax}, {"UTC_DATE", Plain}, {"UTC_TIME", Plain},
    {"UTC_TIMESTAMP", Plain}, {"UUID", Plain}, {"UUID_SHORT", Once}, {"UUID_TO_BIN", Plain},
    {"UUID_V4", Plain}, {"UUID_V7", Plain}, {"VALIDATE_PASSWORD_STRENGTH", Plain},
    {"VALUE", Syntax}, {"VALUES", Syntax}, {"VARBINARY", Syntax}, {"VARCHAR", Syntax},
    {"VARCHARACTER", Syntax}, {"VARIANCE", Glued}, {"VAR_POP", Glued}, {"VAR_SAMP", Glued},
    {"VECTOR_DIM", Plain}, {"VECTOR_TO_STRING", Plain}, {"VEC_DISTANCE", Plain},
    {"VEC_DISTANCE_COSINE", Plain}, {"VEC_DISTANCE_EUCLIDEAN", Plain}, {"VEC_FROMTEXT", Plain},
    {"VEC_TOTEXT", Plain}, {"VERSION", Plain}, {"WAIT_FOR_EXECUTED_GTID_SET", Once},
    {"WAIT_UNTIL_SQL_THREAD_AFTER_GTIDS", Once}, {"WEEK", Plain}, {"WEEKDAY", Plain},
    {"WEEKOFYEAR", Plain}, {"WEIGHT_STRING", Plain}, {"WHEN", Syntax}, {"WHERE", Syntax},
    {"WSREP_LAST_SEEN_GTID", Rest}, {"WSREP_LAST_WRITTEN_GTID", Rest},
    {"WSREP_SYNC_WAIT_UPTO_GTID", Once}, {"XOR", Syntax}, {"YEAR", Plain}, {"YEARWEEK", Plain},
};
// clang-format on

static_assert(std::ranges::is_sorted(Table, {}, &Entry::name));

} // namespace

FunctionEffect functionEffect(std::string_view upperCaseName)
{
    const auto *entry = std::ranges::lower_bound(Table, upperCaseName, {}, &Entry::name);
    const bool isKnown = entry != std::end(Table) && entry->name == upperCaseName;
    return isKnown ? entry->effect : FunctionEffect::Unknown;
}

} // namespace qproxysql
