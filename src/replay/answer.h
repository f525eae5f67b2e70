// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "results/answerdigest.h"
#include "results/preparedstatement.h"

namespace qproxysql {

/// What one answer of the server reports to the application. Filled in by the attempt that executes a statement,
/// if a transaction is recorded.
struct Answer
{
    AnswerDigest digest;
    quint64 insertId = 0; ///< what lastInsertId() returns
    quint64 affectedRows = 0;
    bool isKnown = false;

    void clear();
    /// Of a text that was executed on \a mysql; \a rows may be nullptr.
    void addText(const ClientCalls &calls, MYSQL *mysql, MYSQL_RES *rows);
    void addPrepared(PreparedStatement &statement);
    void addError(const QSqlError &error);

private:
    void addNumbers(quint64 rows, quint64 id);
};

} // namespace qproxysql
