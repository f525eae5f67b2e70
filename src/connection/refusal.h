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

/// True when the server provably refused the text before it executed any of it: while it parsed the text,
/// looked up its names, or checked rights and values. Then the session holds nothing that it did not hold
/// before. Procedures, functions, triggers and prepared texts raise the same numbers while they run, so these
/// count only where the message names a part of this text. Of several statements in one text the failure is the
/// first one's: a later one fails at nextResult(). Pure, thread-safe.
/// Source: the error references of MySQL and MariaDB; tst_refusals compares it with a real server.
bool isRefusedUnexecuted(const RefusedText &statement);

} // namespace qproxysql
