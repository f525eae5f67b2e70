// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "connection/rerunrules.h"

namespace qproxysql {

namespace {

bool isProvablyNotExecuted(const FailedStatement &statement)
{
    return statement.beforeExecution || statement.isOversized || statement.isPrepare
           || statement.isTransactionBegin || provesNotExecuted(statement.errorClass);
}

// The session is gone or the peer refused; a session that somebody killed was meant to end.
bool leavesThePeer(ErrorClass errorClass)
{
    return errorClass != ErrorClass::Killed
           && (endsSession(errorClass) || provesNotExecuted(errorClass));
}

} // namespace

bool mayRunAgain(const FailedStatement &statement, int retryReads)
{
    if (!leavesThePeer(statement.errorClass) || statement.earlierLosses > 0 || statement.ownTimeout
        || statement.isOversized) // peers are equivalent, so are their limits
        return false;
    if (statement.inTransaction || statement.isPinned || statement.readsSessionRest
        || !statement.isSingle)
        return false;
    return isProvablyNotExecuted(statement) || (statement.isPlainRead && retryReads > 0);
}

bool endsTransaction(const FailedStatement &statement)
{
    return statement.inTransaction && statement.errorClass == ErrorClass::RefusedNotReady;
}

bool mayRetryConflict(const FailedStatement &statement)
{
    return statement.errorClass == ErrorClass::Conflict && !statement.inTransaction
           && statement.isSingle && !statement.leavesState && !statement.readsSessionRest;
}

bool isOutcomeUnknown(const FailedStatement &statement)
{
    return (statement.errorClass == ErrorClass::AnswerLost
            || statement.errorClass == ErrorClass::ShuttingDown
            || statement.errorClass == ErrorClass::Killed)
           && !isProvablyNotExecuted(statement) && !statement.isPlainRead;
}

} // namespace qproxysql
