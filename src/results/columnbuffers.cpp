// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "results/columnbuffers.h"

#include "results/textvalue.h"

#include <QtCore/QDateTime>

#include <algorithm>

namespace qproxysql {

namespace {

// The client library rounds these to the length of the buffer, so it must be that of QMYSQL.
bool isRoundedToBuffer(enum_field_types type)
{
    return type == MYSQL_TYPE_FLOAT || type == MYSQL_TYPE_DOUBLE;
}

template<typename Number>
Number numberIn(const char *data)
{
    Number number;
    std::memcpy(&number, data, sizeof(number));
    return number;
}

} // namespace

ColumnBuffers::ColumnBuffers(std::vector<Column> columns)
{
    reset(std::move(columns));
}

void ColumnBuffers::reset(std::vector<Column> columns)
{
    m_columns = std::move(columns);
    m_cells = std::vector<Cell>(m_columns.size());
    m_binds.assign(m_columns.size(), {});
    for (size_t i = 0; i < m_columns.size(); ++i)
        bind(i);
}

void ColumnBuffers::bind(size_t column)
{
    const Column &kind = m_columns[column];
    Cell &cell = m_cells[column];
    MYSQL_BIND &bind = m_binds[column];
    bind.is_null = &cell.isNull;
    bind.length = &cell.length;
    bind.error = &cell.isTruncated;
    bind.is_unsigned = (kind.flags & UNSIGNED_FLAG) != 0;
    bind.buffer_type = kind.type;
    bind.buffer = &cell.number;
    if (kind.isDateOrTime()) {
        bind.buffer_length = sizeof(MYSQL_TIME);
    } else if (kind.isInteger()) {
        bind.buffer_length = sizeof(cell.number);
    } else if (isRoundedToBuffer(kind.type)) {
        bindText(column);
    } else {
        cell.isLater = true;
        bind.buffer_type = MYSQL_TYPE_STRING;
        bind.buffer_length = 0;
    }
}

void ColumnBuffers::bindText(size_t column)
{
    Cell &cell = m_cells[column];
    MYSQL_BIND &bind = m_binds[column];
    constexpr ulong Longest = 512; // more than any number needs
    cell.text.resize(std::min(m_columns[column].length + 1, Longest));
    cell.isLater = false;
    bind.buffer_type = MYSQL_TYPE_STRING;
    bind.buffer = cell.text.data();
    bind.buffer_length = ulong(cell.text.size());
}

void ColumnBuffers::followTypes(const std::vector<Column> &sent)
{
    for (size_t i = 0; i < m_cells.size(); ++i) {
        bind(i);
        if (m_cells[i].isLater && isRoundedToBuffer(sent[i].type))
            bindText(i);
    }
}

// Like QMYSQL, which has a buffer of the declared length for each column that is no blob: "SELECT ?" declares
// nothing.
bool ColumnBuffers::isTruncated() const
{
    for (size_t i = 0; i < m_cells.size(); ++i) {
        const Cell &cell = m_cells[i];
        const bool isTooLong = cell.isLater ? !m_columns[i].isBlob()
                                                      && cell.length > m_columns[i].length + 1
                                            : cell.isTruncated != 0;
        if (isTooLong && !cell.isNull)
            return true;
    }
    return false;
}

QVariant ColumnBuffers::value(const ClientCalls &calls, MYSQL_STMT *statement, int column,
                              QSql::NumericalPrecisionPolicy policy)
{
    const Column &kind = m_columns[size_t(column)];
    const Cell &cell = m_cells[size_t(column)];
    if (cell.isNull)
        return kind.null();
    if (kind.isInteger())
        return integer(kind, cell);
    if (kind.isDateOrTime())
        return time(kind, cell);
    if (!cell.isLater)
        return textValue(kind, cell.text.data(), cell.length, policy);
    if (kind.valueType == QMetaType::QByteArray) {
        QByteArray bytes(qsizetype(cell.length), Qt::Uninitialized);
        fetch(calls, statement, column, bytes.data());
        return QVariant(bytes);
    }
    m_text.resize(cell.length + 1); // a text of no length is not null
    fetch(calls, statement, column, m_text.data());
    return textValue(kind, m_text.data(), cell.length, policy);
}

void ColumnBuffers::addTo(AnswerDigest *digest, const ClientCalls &calls, MYSQL_STMT *statement)
{
    for (int i = 0; i < count(); ++i) {
        const Cell &cell = m_cells[size_t(i)];
        if (cell.isNull) {
            digest->addNull();
        } else if (!cell.isLater) {
            const bool isText = !cell.text.empty();
            const MYSQL_BIND &bind = m_binds[size_t(i)];
            const size_t size = isText ? std::min(size_t(cell.length), cell.text.size())
                                       : size_t(bind.buffer_length);
            digest->addBytes(static_cast<const char *>(bind.buffer), size);
        } else {
            m_text.resize(cell.length + 1);
            fetch(calls, statement, i, m_text.data());
            digest->addBytes(m_text.data(), cell.length);
        }
    }
}

void ColumnBuffers::fetch(const ClientCalls &calls, MYSQL_STMT *statement, int column,
                          char *to) const
{
    MYSQL_BIND bind{};
    ClientFlag isNull = 0;
    ClientFlag isTruncated = 0;
    ulong length = 0;
    bind.buffer_type = MYSQL_TYPE_STRING;
    bind.buffer = to;
    bind.buffer_length = m_cells[size_t(column)].length;
    bind.length = &length;
    bind.is_null = &isNull;
    bind.error = &isTruncated;
    if (calls.statementFetchColumn(statement, &bind, uint(column), 0) != 0)
        std::memset(to, 0, bind.buffer_length); // there is no current row
}

QVariant ColumnBuffers::integer(const Column &column, const Cell &cell) const
{
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
    if (column.isBit())
        return bitValue(column, cell.number);
#endif
    switch (column.valueType) {
    case QMetaType::Char: // never a variant of char
        return QVariant(int(cell.number[0]));
    case QMetaType::UChar:
        return QVariant(uint(uchar(cell.number[0])));
    case QMetaType::Int:
        return QVariant(numberIn<int>(cell.number));
    case QMetaType::LongLong:
        return QVariant(numberIn<qlonglong>(cell.number));
    default:
        return QVariant(QMetaType(column.valueType), cell.number);
    }
}

QVariant ColumnBuffers::time(const Column &column, const Cell &cell) const
{
    const MYSQL_TIME &from = cell.time.time;
    const QDate date(int(from.year), int(from.month), int(from.day));
    if (column.valueType == QMetaType::QDate)
        return QVariant(date);
    const QTime time(int(from.hour), int(from.minute), int(from.second),
                     int(from.second_part / 1000));
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
    return QVariant(QDateTime(date, time, Qt::UTC));
#else
    return QVariant(QDateTime(date, time));
#endif
}

} // namespace qproxysql
