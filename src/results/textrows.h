// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "results/clientcalls.h"
#include "results/column.h"

#include <QtCore/QVariant>
#include <QtSql/QSqlRecord>

#include <optional>
#include <vector>

namespace qproxysql {

/// The rows of an executed text, buffered in the client: they own their memory and never use the
/// connection. Owner's thread only.
class TextRows
{
public:
    TextRows() = default;
    ~TextRows() { clear(); }
    Q_DISABLE_COPY_MOVE(TextRows)

    void take(const ClientCalls &calls, MYSQL_RES *rows); ///< \a rows may be nullptr: no columns
    void clear();

    MYSQL_RES *handle() const { return m_rows; }
    int columnCount() const { return int(m_columns.size()); }
    quint64 size() const { return m_rows ? m_calls->rowCount(m_rows) : 0; }
    QSqlRecord record() const { return m_rows ? recordOf(*m_calls, m_rows) : QSqlRecord(); }

    /// Makes \a row the current one. False: there is none. Reading it cannot fail.
    bool seek(int row, std::optional<QSqlError> *error);
    [[gnu::hot]] bool next(std::optional<QSqlError> *error);

    // These read the current row; \a column must exist.
    bool isNull(int column) const { return !m_row || !m_row[column]; }
    [[gnu::hot]] QVariant value(int column, QSql::NumericalPrecisionPolicy policy);

private:
    bool setRow(MYSQL_ROW row)
    {
        m_row = row;
        m_lengths = nullptr;
        return row;
    }

    const ClientCalls *m_calls = nullptr;
    MYSQL_RES *m_rows = nullptr;
    MYSQL_ROW m_row = nullptr;
    const unsigned long *m_lengths = nullptr; ///< of the row, once a value of it was read
    std::vector<Column> m_columns;
};

} // namespace qproxysql
