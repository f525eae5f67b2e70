// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "results/textrows.h"

#include "results/textvalue.h"

#include <utility>

namespace qproxysql {

void TextRows::take(const ClientCalls &calls, MYSQL_RES *rows)
{
    clear();
    m_calls = &calls;
    m_rows = rows;
    readColumns(calls, rows, &m_columns);
}

void TextRows::clear()
{
    if (m_rows)
        m_calls->freeResult(std::exchange(m_rows, nullptr));
    m_columns.clear();
    setRow(nullptr);
}

bool TextRows::seek(int row, std::optional<QSqlError> *error)
{
    if (!m_rows)
        return false;
    m_calls->seek(m_rows, quint64(row));
    return next(error);
}

bool TextRows::next(std::optional<QSqlError> *)
{
    return m_rows && setRow(m_calls->fetchRow(m_rows));
}

QVariant TextRows::value(int column, QSql::NumericalPrecisionPolicy policy)
{
    const Column &kind = m_columns[size_t(column)];
    if (isNull(column))
        return kind.null();
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
    if (kind.isBit())
        return bitValue(kind, m_row[column]);
#endif
    if (!m_lengths)
        m_lengths = m_calls->fetchLengths(m_rows);
    return textValue(kind, m_row[column], m_lengths[column], policy);
}

} // namespace qproxysql
