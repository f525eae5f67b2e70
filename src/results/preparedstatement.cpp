// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "results/preparedstatement.h"

#include <errmsg.h>

namespace qproxysql {

namespace {

// Names of the server's errors are no macros of the client library.
constexpr uint UnknownStatement = 1243;   // ER_UNKNOWN_STMT_HANDLER
constexpr uint NeedsPreparing = 1615;     // ER_NEED_REPREPARE: its tables change all the time
constexpr uint ColumnsHaveChanged = 2057; // CR_NEW_STMT_METADATA, which MySQL's headers lack

constexpr const char *UnableToPrepare = "Unable to prepare statement";
constexpr const char *UnableToExecute = "Unable to execute statement";
constexpr const char *UnableToBindColumns = "Unable to bind outvalues";

std::vector<Column> columnsOf(const ClientCalls &calls, MYSQL_RES *metadata)
{
    std::vector<Column> columns;
    readColumns(calls, metadata, &columns);
    return columns;
}

} // namespace

std::unique_ptr<PreparedStatement> PreparedStatement::prepare(const ClientCalls &calls,
                                                              MYSQL *mysql, const QString &sql,
                                                              QSqlError *error)
{
    MYSQL_STMT *const statement = calls.statementInit(mysql);
    if (!statement) {
        *error = calls.error(mysql, UnableToPrepare);
        return nullptr;
    }
    const QByteArray text = sql.toUtf8();
    if (calls.statementPrepare(statement, text.constData(), ulong(text.size())) == 0)
        return std::unique_ptr<PreparedStatement>(new PreparedStatement(calls, statement, sql));
    *error = calls.error(statement, UnableToPrepare);
    calls.statementClose(statement);
    return nullptr;
}

PreparedStatement::PreparedStatement(const ClientCalls &calls, MYSQL_STMT *statement,
                                     const QString &sql)
    : m_calls(calls)
    , m_statement(statement)
    , m_metadata(calls.statementMetadata(statement))
    , m_parameterCount(calls.parameterCount(statement))
    , m_parameters(m_parameterCount)
    , m_columns(columnsOf(calls, m_metadata))
    , m_sql(sql)
{
}

PreparedStatement::~PreparedStatement()
{
    m_calls.statementClose(m_statement);
    if (m_metadata)
        m_calls.freeResult(m_metadata);
}

bool PreparedStatement::reset(std::optional<QSqlError> *error)
{
    if (m_calls.statementReset(m_statement) == 0) {
        m_mustReset = false;
        return true;
    }
    *error = m_calls.error(m_statement, "Unable to reset statement");
    return false;
}

PreparedStatement::Outcome PreparedStatement::execute(const QVariantList &values,
                                                      std::optional<QSqlError> *error)
{
    const bool hasAllValues = size_t(values.size()) == m_parameterCount;
    if (m_parameterCount > 0 && !hasAllValues && m_isBound)
        return Outcome::NotExecuted; // the client library would send the previous values
    if (m_parameterCount > 0 && hasAllValues && !bindParameters(values, error))
        return Outcome::Failed;
    if (m_calls.statementExecute(m_statement) != 0)
        return afterFailure(error);
    m_affectedRows = m_calls.statementAffectedRows(m_statement);
    if (!m_metadata)
        return Outcome::Executed;
    const Change change = m_wasExecuted ? changeSinceLast() : Change::Types;
    if (Q_UNLIKELY(change == Change::Tables)) {
        m_isOutdated = true;
        return Outcome::Outdated;
    }
    if (change == Change::Types) {
        m_executedColumns = columnsOf(m_calls, m_metadata);
        m_columns.followTypes(m_executedColumns);
    }
    m_wasExecuted = true;
    m_executedTypes = m_parameters.types();
    return storeRows(error) ? Outcome::Executed : Outcome::Failed;
}

PreparedStatement::Outcome PreparedStatement::afterFailure(std::optional<QSqlError> *error)
{
    *error = m_calls.error(m_statement, UnableToExecute);
    if (m_isHandleGiven) // it cannot be replaced
        return Outcome::Failed;
    switch (m_calls.statementErrorNumber(m_statement)) {
    case UnknownStatement:
    case NeedsPreparing:
        m_isOutdated = true;
        return Outcome::NotExecuted;
    case ColumnsHaveChanged:
        m_isOutdated = m_mustReset = true; // the rows are still to be read
        return Outcome::Outdated;
    default:
        return Outcome::Failed;
    }
}

// The client library updates the metadata, but for names, with each execution. Other values change lengths of
// columns that belong to no table, and values of other types change their types, too.
PreparedStatement::Change PreparedStatement::changeSinceLast() const
{
    const bool hasOtherTypes = m_parameters.types() != m_executedTypes;
    Change change = Change::None;
    for (size_t i = 0; i < m_executedColumns.size(); ++i) {
        const MYSQL_FIELD &field = *m_calls.field(m_metadata, uint(i));
        if (m_executedColumns[i] == Column(field))
            continue;
        const bool isOfTable = field.org_table && *field.org_table;
        const bool hasOtherType = m_executedColumns[i].type != field.type;
        if (!m_isHandleGiven && (isOfTable || (hasOtherType && !hasOtherTypes)))
            return Change::Tables;
        change = Change::Types;
    }
    return change;
}

bool PreparedStatement::readAsSent(std::optional<QSqlError> *error)
{
    if (m_calls.statementErrorNumber(m_statement) != 0) {
        *error = m_calls.error(m_statement, UnableToExecute);
        return false;
    }
    m_executedColumns = columnsOf(m_calls, m_metadata);
    m_columns.reset(m_executedColumns);
    return storeRows(error);
}

bool PreparedStatement::bindParameters(const QVariantList &values, std::optional<QSqlError> *error)
{
    m_isBound = true;
    if (m_calls.bindParameters(m_statement, m_parameters.bind(values)) == 0)
        return true;
    *error = m_calls.error(m_statement, "Unable to bind value");
    return false;
}

bool PreparedStatement::storeRows(std::optional<QSqlError> *error)
{
    const char *failed = nullptr;
    if (m_calls.bindColumns(m_statement, m_columns.binds()) != 0)
        failed = UnableToBindColumns;
    else if (m_calls.statementStore(m_statement) != 0)
        failed = "Unable to store statement results";
    m_mustReset = failed != nullptr;
    if (failed)
        *error = m_calls.error(m_statement, failed);
    return !failed;
}

void PreparedStatement::addRowsTo(AnswerDigest *digest)
{
    digest->addColumns(m_calls, m_metadata);
    if (!m_metadata)
        return;
    digest->addNumber(size());
    for (int outcome = m_calls.statementFetch(m_statement);
         outcome == 0 || outcome == MYSQL_DATA_TRUNCATED;
         outcome = m_calls.statementFetch(m_statement))
        m_columns.addTo(digest, m_calls, m_statement);
    m_calls.statementSeek(m_statement, 0);
}

// libmariadb frees only rows that have not been read to their end.
void PreparedStatement::forgetExecution()
{
    if (m_metadata && size() > 0)
        m_calls.statementSeek(m_statement, 0);
    freeRows();
    m_parameters.forgetValues();
    m_columns.forgetText();
}

bool PreparedStatement::seek(int row, std::optional<QSqlError> *error)
{
    m_calls.statementSeek(m_statement, quint64(row));
    return next(error);
}

bool PreparedStatement::next(std::optional<QSqlError> *error)
{
    const int outcome = m_calls.statementFetch(m_statement);
    if (Q_LIKELY(outcome == 0))
        return true;
    const bool isTruncated = outcome == MYSQL_DATA_TRUNCATED;
    if (isTruncated && !m_columns.isTruncated())
        return true;
    if (isTruncated || outcome == 1)
        *error = m_calls.error(m_statement, "Unable to fetch data");
    return false;
}

} // namespace qproxysql
