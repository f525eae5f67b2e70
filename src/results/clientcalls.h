// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtSql/QSqlError>

#include <mysql.h>

namespace qproxysql {

class ClientLibrary;

/// The functions of the client library that execute statements and read their results. They are those of
/// the library that the inner driver uses, not of the one that this code was built with.
///
/// MYSQL_FIELD, MYSQL_BIND and MYSQL_ROW have the same layout in libmariadb 3 and in libmysqlclient 5.7 to
/// 9; MYSQL, MYSQL_RES and MYSQL_STMT stay opaque. Thread-safe, as there is no state; a MYSQL and its
/// statements are used by one thread at a time.
struct ClientCalls
{
    /// nullptr when the library or the layout of its structures is not known. There is one per library,
    /// which is never destroyed.
    static const ClientCalls *of(const ClientLibrary &library);

    /// QMYSQL's errors: \a what is the text of its translation context QMYSQLResult.
    QSqlError error(MYSQL *mysql, const char *what) const;
    QSqlError error(MYSQL_STMT *statement, const char *what) const;

    /// The text of 2013 that the library has for a statement whose connection was closed. A driver of the
    /// library must exist.
    QString textOfClosed() const;

    /// libmysqlclient: an execution that gives no id leaves the previous one in place. A reset clears it.
    bool leavesInsertId = false;

    decltype(&mysql_init) init = nullptr;
    decltype(&mysql_close) close = nullptr;
    decltype(&mysql_real_query) realQuery = nullptr;
    decltype(&mysql_store_result) storeResult = nullptr;
    decltype(&mysql_next_result) nextResult = nullptr;
    decltype(&mysql_field_count) fieldCount = nullptr;
    decltype(&mysql_affected_rows) affectedRows = nullptr;
    decltype(&mysql_insert_id) insertId = nullptr;
    decltype(&mysql_errno) errorNumber = nullptr;
    decltype(&mysql_error) errorText = nullptr;

    decltype(&mysql_free_result) freeResult = nullptr;
    decltype(&mysql_num_rows) rowCount = nullptr;
    decltype(&mysql_num_fields) columnCount = nullptr;
    decltype(&mysql_fetch_field_direct) field = nullptr;
    decltype(&mysql_fetch_row) fetchRow = nullptr;
    decltype(&mysql_fetch_lengths) fetchLengths = nullptr;
    decltype(&mysql_data_seek) seek = nullptr;

    decltype(&mysql_stmt_init) statementInit = nullptr;
    decltype(&mysql_stmt_prepare) statementPrepare = nullptr;
    decltype(&mysql_stmt_param_count) parameterCount = nullptr;
    decltype(&mysql_stmt_bind_param) bindParameters = nullptr;
    decltype(&mysql_stmt_reset) statementReset = nullptr;
    decltype(&mysql_stmt_execute) statementExecute = nullptr;
    decltype(&mysql_stmt_result_metadata) statementMetadata = nullptr;
    decltype(&mysql_stmt_bind_result) bindColumns = nullptr;
    decltype(&mysql_stmt_store_result) statementStore = nullptr;
    decltype(&mysql_stmt_free_result) statementFreeResult = nullptr;
    decltype(&mysql_stmt_fetch) statementFetch = nullptr;
    decltype(&mysql_stmt_fetch_column) statementFetchColumn = nullptr;
    decltype(&mysql_stmt_data_seek) statementSeek = nullptr;
    decltype(&mysql_stmt_num_rows) statementRowCount = nullptr;
    decltype(&mysql_stmt_affected_rows) statementAffectedRows = nullptr;
    decltype(&mysql_stmt_insert_id) statementInsertId = nullptr;
    decltype(&mysql_stmt_errno) statementErrorNumber = nullptr;
    decltype(&mysql_stmt_error) statementErrorText = nullptr;
    decltype(&mysql_stmt_close) statementClose = nullptr;

private:
    bool resolve(const ClientLibrary &library);
};

} // namespace qproxysql
