// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "health/errorclassification.h"
#include "sql/statementtraits.h"

#include <QtCore/QtGlobal>

namespace qproxysql {

/// What was known when a statement failed.
struct FailedStatement
{
    ErrorClass errorClass = ErrorClass::StatementsOwn;
    bool isPrepare = false;          ///< only prepared: nothing was to be executed
    bool isTransactionBegin = false; ///< a BEGIN dies with its session and leaves nothing
    bool beforeExecution = false;    ///< the failing request came before the executing one
    bool inTransaction = false; ///< before the statement: a transaction open, or autocommit off
    bool isPinned = false;      ///< before the statement: the session held unrestorable state
    bool isSingle = false;
    bool isPlainRead = false;
    bool readsSessionRest = false;
    bool isOversized = false; ///< larger than the peer's max_allowed_packet: refused unread
    bool ownTimeout = false;  ///< the session's own MYSQL_OPT_READ_TIMEOUT had elapsed
    bool leavesState = false; ///< by its text: pins, or may commit what it did before it failed
    int earlierLosses = 0;    ///< of this same statement, on peers that have not answered since
};

/// True when the statement may be sent again on another peer: it provably was not executed, or
/// executing it twice cannot be told from executing it once. Rules and reasons: docs/reruns.md.
/// \a retryReads is the option RETRY_READS.
bool mayRunAgain(const FailedStatement &statement, int retryReads);

/// True when the peer takes no further statement of the open transaction, COMMIT included (1047 of a
/// Galera node without quorum): it can only be given up.
bool endsTransaction(const FailedStatement &statement);

/// True when the server has rolled back all that the statement did (1213), so that it may be sent
/// again on the same session.
bool mayRetryConflict(const FailedStatement &statement);

/// True when nobody can tell whether the server has executed the statement, and it matters.
bool isOutcomeUnknown(const FailedStatement &statement);

} // namespace qproxysql
