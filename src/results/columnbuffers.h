// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "results/answerdigest.h"
#include "results/clientcalls.h"
#include "results/column.h"
#include "results/parameters.h"

#include <QtCore/QVariant>
#include <QtSql/qtsqlglobal.h>

#include <cstring>
#include <vector>

namespace qproxysql {

/// Where the client library puts the values of a prepared statement's current row. Numbers and times are
/// put there with each row. A text stays with the row until it is asked for, so that a column costs the
/// memory of its values and not of its declared length.
class ColumnBuffers
{
public:
    explicit ColumnBuffers(std::vector<Column> columns);
    Q_DISABLE_COPY_MOVE(ColumnBuffers)

    void reset(std::vector<Column> columns);
    /// \a sent: the columns as the execution described them. "SELECT ?" has a type only then.
    void followTypes(const std::vector<Column> &sent);
    MYSQL_BIND *binds() { return m_binds.data(); }
    void forgetText() { m_text = {}; }
    /// Adds the values of the current row.
    void addTo(AnswerDigest *digest, const ClientCalls &calls, MYSQL_STMT *statement);
    int count() const { return int(m_columns.size()); }
    /// A value other than a text did not fit.
    bool isTruncated() const;

    bool isNull(int column) const { return m_cells[size_t(column)].isNull; }
    QVariant value(const ClientCalls &calls, MYSQL_STMT *statement, int column,
                   QSql::NumericalPrecisionPolicy policy);

private:
    struct Cell
    {
        union {
            char number[8];
            TimeBuffer time;
        };
        ulong length = 0;
        ClientFlag isNull = 0;
        ClientFlag isTruncated = 0;
        bool isLater = false;   ///< the value is fetched when it is asked for
        std::vector<char> text; ///< of a number that is converted to text
        Cell() { std::memset(static_cast<void *>(&time), 0, sizeof(time)); }
    };

    void bind(size_t column);
    void bindText(size_t column);
    void fetch(const ClientCalls &calls, MYSQL_STMT *statement, int column, char *to) const;
    QVariant integer(const Column &column, const Cell &cell) const;
    QVariant time(const Column &column, const Cell &cell) const;

    std::vector<Column> m_columns;
    std::vector<Cell> m_cells;
    std::vector<MYSQL_BIND> m_binds;
    std::vector<char> m_text; ///< the last text that was fetched
};

} // namespace qproxysql
