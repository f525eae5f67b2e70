// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "results/column.h"

#include <QtSql/QSqlField>

namespace qproxysql {

namespace {

QMetaType::Type valueTypeOf(const MYSQL_FIELD &field)
{
    const bool isUnsigned = field.flags & UNSIGNED_FLAG;
    switch (field.type) {
    case MYSQL_TYPE_TINY:
        return isUnsigned ? QMetaType::UChar : QMetaType::Char;
    case MYSQL_TYPE_SHORT:
        return isUnsigned ? QMetaType::UShort : QMetaType::Short;
    case MYSQL_TYPE_LONG:
    case MYSQL_TYPE_INT24:
        return isUnsigned ? QMetaType::UInt : QMetaType::Int;
    case MYSQL_TYPE_YEAR:
        return QMetaType::Int;
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
    case MYSQL_TYPE_BIT:
#endif
    case MYSQL_TYPE_LONGLONG:
        return isUnsigned ? QMetaType::ULongLong : QMetaType::LongLong;
    case MYSQL_TYPE_FLOAT:
    case MYSQL_TYPE_DOUBLE:
    case MYSQL_TYPE_DECIMAL:
    case MYSQL_TYPE_NEWDECIMAL:
        return QMetaType::Double;
    case MYSQL_TYPE_DATE:
        return QMetaType::QDate;
    case MYSQL_TYPE_DATETIME:
    case MYSQL_TYPE_TIMESTAMP:
        return QMetaType::QDateTime;
    case MYSQL_TYPE_STRING:
    case MYSQL_TYPE_VAR_STRING:
    case MYSQL_TYPE_BLOB:
    case MYSQL_TYPE_TINY_BLOB:
    case MYSQL_TYPE_MEDIUM_BLOB:
    case MYSQL_TYPE_LONG_BLOB:
    case MYSQL_TYPE_GEOMETRY:
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
    case MYSQL_TYPE_JSON:
#endif
        return field.flags & BINARY_FLAG ? QMetaType::QByteArray : QMetaType::QString;
    default:
        return QMetaType::QString;
    }
}

QSqlField recordField(const MYSQL_FIELD &field)
{
    QSqlField result(QString::fromUtf8(field.name), QMetaType(Column(field).valueType),
                     QString::fromUtf8(field.table));
    result.setRequired(IS_NOT_NULL(field.flags));
    result.setLength(int(field.length));
    result.setPrecision(int(field.decimals));
#if QT_VERSION < QT_VERSION_CHECK(6, 8, 0)
    result.setSqlType(field.type);
#endif
    result.setAutoValue(field.flags & AUTO_INCREMENT_FLAG);
    return result;
}

} // namespace

Column::Column(const MYSQL_FIELD &field)
    : type(field.type)
    , flags(field.flags)
    , length(field.length)
    , decimals(field.decimals)
    , valueType(valueTypeOf(field))
{
}

bool Column::isInteger() const
{
    switch (valueType) {
    case QMetaType::Char:
    case QMetaType::UChar:
    case QMetaType::Short:
    case QMetaType::UShort:
    case QMetaType::Int:
    case QMetaType::UInt:
    case QMetaType::LongLong:
    case QMetaType::ULongLong:
        return true;
    default:
        return false;
    }
}

bool Column::isBlob() const
{
    switch (type) {
    case MYSQL_TYPE_TINY_BLOB:
    case MYSQL_TYPE_BLOB:
    case MYSQL_TYPE_MEDIUM_BLOB:
    case MYSQL_TYPE_LONG_BLOB:
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
    case MYSQL_TYPE_JSON:
#endif
        return true;
    default:
        return false;
    }
}

bool Column::isDateOrTime() const
{
    return type == MYSQL_TYPE_DATE || type == MYSQL_TYPE_DATETIME || type == MYSQL_TYPE_TIMESTAMP;
}

void readColumns(const ClientCalls &calls, MYSQL_RES *rows, std::vector<Column> *columns)
{
    const uint count = rows ? calls.columnCount(rows) : 0;
    columns->reserve(count);
    for (uint i = 0; i < count; ++i)
        columns->emplace_back(*calls.field(rows, i));
}

QSqlRecord recordOf(const ClientCalls &calls, MYSQL_RES *rows)
{
    QSqlRecord record;
    const uint count = calls.columnCount(rows);
    for (uint i = 0; i < count; ++i)
        record.append(recordField(*calls.field(rows, i)));
    return record;
}

} // namespace qproxysql
