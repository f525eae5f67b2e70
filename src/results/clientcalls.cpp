// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "results/clientcalls.h"

#include "inner/clientlibrary.h"
#include "results/logging.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QHash>

#include <mutex>

namespace qproxysql {

namespace {

QSqlError errorOf(const char *what, const QString &serverText, uint number)
{
    return QSqlError(QLatin1String("QMYSQL: ") + QCoreApplication::translate("QMYSQLResult", what),
                     serverText, QSqlError::StatementError, QString::number(number));
}

// A test sets it to see the results of the inner driver.
bool isSwitchedOff()
{
    static const bool isOff = qEnvironmentVariableIsSet("QPROXYSQL_INNER_RESULTS");
    return isOff;
}

} // namespace

const ClientCalls *ClientCalls::of(const ClientLibrary &library)
{
    static std::mutex mutex;
    static auto *const known = new QHash<const ClientLibrary *, const ClientCalls *>;
    const std::scoped_lock lock(mutex);
    const auto it = known->constFind(&library);
    if (it != known->cend())
        return *it;
    auto calls = std::make_unique<ClientCalls>();
    if (isSwitchedOff() || !library.hasKnownLayout() || !calls->resolve(library)) {
        if (library.flavour() != ClientLibrary::Flavour::None)
            qCInfo(lcResults).noquote() << "the inner driver's own results are used: client library"
                                        << library.version() << "is not known";
        calls.reset();
    }
    return *known->insert(&library, calls.release());
}

bool ClientCalls::resolve(const ClientLibrary &library)
{
    leavesInsertId = library.flavour() == ClientLibrary::Flavour::MySql;
    bool isComplete = true;
    const auto load = [&](auto &function, const char *symbol) {
        function = reinterpret_cast<std::remove_reference_t<decltype(function)>>(
                library.resolve(symbol));
        isComplete &= function != nullptr;
    };
    load(init, "mysql_init");
    load(close, "mysql_close");
    load(realQuery, "mysql_real_query");
    load(storeResult, "mysql_store_result");
    load(nextResult, "mysql_next_result");
    load(fieldCount, "mysql_field_count");
    load(affectedRows, "mysql_affected_rows");
    load(insertId, "mysql_insert_id");
    load(errorNumber, "mysql_errno");
    load(errorText, "mysql_error");
    load(freeResult, "mysql_free_result");
    load(rowCount, "mysql_num_rows");
    load(columnCount, "mysql_num_fields");
    load(field, "mysql_fetch_field_direct");
    load(fetchRow, "mysql_fetch_row");
    load(fetchLengths, "mysql_fetch_lengths");
    load(seek, "mysql_data_seek");
    load(statementInit, "mysql_stmt_init");
    load(statementPrepare, "mysql_stmt_prepare");
    load(parameterCount, "mysql_stmt_param_count");
    load(bindParameters, "mysql_stmt_bind_param");
    load(statementReset, "mysql_stmt_reset");
    load(statementExecute, "mysql_stmt_execute");
    load(statementMetadata, "mysql_stmt_result_metadata");
    load(bindColumns, "mysql_stmt_bind_result");
    load(statementStore, "mysql_stmt_store_result");
    load(statementFreeResult, "mysql_stmt_free_result");
    load(statementFetch, "mysql_stmt_fetch");
    load(statementFetchColumn, "mysql_stmt_fetch_column");
    load(statementSeek, "mysql_stmt_data_seek");
    load(statementRowCount, "mysql_stmt_num_rows");
    load(statementAffectedRows, "mysql_stmt_affected_rows");
    load(statementInsertId, "mysql_stmt_insert_id");
    load(statementErrorNumber, "mysql_stmt_errno");
    load(statementErrorText, "mysql_stmt_error");
    load(statementClose, "mysql_stmt_close");
    return isComplete;
}

QString ClientCalls::textOfClosed() const
{
    MYSQL *const mysql = init(nullptr);
    MYSQL_STMT *const statement = mysql ? statementInit(mysql) : nullptr;
    if (mysql)
        close(mysql);
    if (!statement)
        return {};
    statementPrepare(statement, "", 0);
    const QString text = QString::fromLatin1(statementErrorText(statement));
    statementClose(statement);
    return text;
}

// QMYSQL decodes the texts of statements as Latin-1 and those of connections as UTF-8.
QSqlError ClientCalls::error(MYSQL *mysql, const char *what) const
{
    return errorOf(what, QString::fromUtf8(errorText(mysql)), errorNumber(mysql));
}

QSqlError ClientCalls::error(MYSQL_STMT *statement, const char *what) const
{
    return errorOf(what, QString::fromLatin1(statementErrorText(statement)),
                   statementErrorNumber(statement));
}

} // namespace qproxysql
