// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "sql/statementtraits.h"

namespace qproxysql {

/// A statement that failed, with the server's number and text.
struct RefusedText
{
    const QString &sql;
    const StatementTraits &traits; ///< of \c sql
    LexerMode mode;
    int code = 0;
    QString message;
};

/// True when the server provably refused the text before it executed any part of it: while it parsed the text,
/// resolved names, or checked rights and values. Then the session's state is unchanged. Procedures,
/// functions, triggers and prepared texts raise the same numbers while they run, so a number counts only
/// if the message quotes a part of this text. In a text of several statements the error belongs to the first
/// one: a later one fails at nextResult(). Pure, thread-safe.
/// Source: the error references of MySQL and MariaDB; tst_refusals checks it with a real server.
bool isRefusedUnexecuted(const RefusedText &statement);

} // namespace qproxysql
