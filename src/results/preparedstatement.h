// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "results/clientcalls.h"
#include "results/columnbuffers.h"
#include "results/parameters.h"

#include <QtSql/QSqlRecord>

#include <memory>
#include <optional>

namespace qproxysql {

/// A statement that a server holds prepared, and the rows of its last execution, which are buffered in the
/// client.
///
/// It belongs to one MYSQL. Destroying it sends a request, unless the MYSQL was closed before. The rows
/// may be read as long as the MYSQL exists, whatever has become of its socket. Owner's thread only.
class PreparedStatement
{
public:
    /// nullptr: \a error says why. One round trip.
    static std::unique_ptr<PreparedStatement> prepare(const ClientCalls &calls, MYSQL *mysql,
                                                      const QString &sql, QSqlError *error);
    ~PreparedStatement();
    Q_DISABLE_COPY_MOVE(PreparedStatement)

    enum class Outcome {
        Executed,
        Failed,
        /// The server has forgotten the statement, or it was executed with other values than it has
        /// parameters: it was not executed.
        NotExecuted,
        /// It was executed, and a table has other columns than when it was prepared.
        Outdated
    };

    /// Discards results that are left and what the server has of the last execution. One round trip.
    bool reset(std::optional<QSqlError> *error);

    /// One round trip. \a error is set unless Executed.
    [[gnu::hot]] Outcome execute(const QVariantList &values, std::optional<QSqlError> *error);

    /// After Outdated, for a statement that must not be executed twice: reads the rows by the columns that
    /// the server has sent with them. False: \a error is set.
    bool readAsSent(std::optional<QSqlError> *error);

    const QString &sql() const { return m_sql; }
    /// Its rows could not be stored. libmariadb would wait for them in the next execution.
    bool mustReset() const { return m_mustReset; }
    bool mayBeKept() const { return !m_mustReset && !m_isOutdated && !m_isHandleGiven; }
    /// It was in a StatementCache before.
    bool wasKept() const { return m_wasKept; }
    void setKept() { m_wasKept = true; }
    bool hasColumns() const { return m_metadata; }
    int columnCount() const { return m_columns.count(); }
    /// Adds columns and all rows; afterwards the first row is the next one.
    void addRowsTo(AnswerDigest *digest);
    QSqlRecord record() const { return m_metadata ? recordOf(m_calls, m_metadata) : QSqlRecord(); }
    quint64 size() const { return m_calls.statementRowCount(m_statement); }
    quint64 affectedRows() const { return m_affectedRows; }
    quint64 insertId() const { return m_calls.statementInsertId(m_statement); }
    void freeRows() { m_calls.statementFreeResult(m_statement); }
    void forgetExecution(); ///< frees rows and values, so that keeping it costs little

    /// Handles for the application, after which the statement is neither kept nor replaced.
    MYSQL_STMT *giveHandle()
    {
        m_isHandleGiven = true;
        return m_statement;
    }
    MYSQL_RES *giveMetadata() ///< nullptr: it has no columns
    {
        m_isHandleGiven = true;
        return m_metadata;
    }

    /// Makes \a row the current one. False: there is none, or \a error is set.
    bool seek(int row, std::optional<QSqlError> *error);
    [[gnu::hot]] bool next(std::optional<QSqlError> *error);

    // These read the current row; \a column must exist.
    bool isNull(int column) const { return m_columns.isNull(column); }
    QVariant value(int column, QSql::NumericalPrecisionPolicy policy)
    {
        return m_columns.value(m_calls, m_statement, column, policy);
    }

private:
    PreparedStatement(const ClientCalls &calls, MYSQL_STMT *statement, const QString &sql);
    bool bindParameters(const QVariantList &values, std::optional<QSqlError> *error);
    Outcome afterFailure(std::optional<QSqlError> *error);
    bool storeRows(std::optional<QSqlError> *error);

    enum class Change { None, Types, Tables };
    Change changeSinceLast() const;

    const ClientCalls &m_calls;
    MYSQL_STMT *const m_statement;
    MYSQL_RES *const m_metadata;
    const ulong m_parameterCount;
    Parameters m_parameters;
    ColumnBuffers m_columns;
    std::vector<Column> m_executedColumns; ///< as sent with the last execution
    size_t m_executedTypes = 0;            ///< of the values
    quint64 m_affectedRows = 0;
    bool m_wasExecuted = false;
    bool m_isBound = false;
    bool m_mustReset = false;
    bool m_isOutdated = false;
    bool m_wasKept = false;
    bool m_isHandleGiven = false;
    const QString m_sql;
};

} // namespace qproxysql
