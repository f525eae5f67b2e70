// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "sql/statementtraits.h"

#include <QtCore/QString>
#include <QtCore/QVariantList>

namespace qproxysql {

/// One call that reaches the server, as the plugin describes it.
struct Touch
{
    enum class Kind {
        Text,            ///< QSqlResult::reset()
        Prepare,         ///< QSqlResult::prepare()
        ExecutePrepared, ///< QSqlResult::exec() after prepare()
        Begin,           ///< QSqlDriver::beginTransaction()
        Commit,
        Rollback,
        Metadata ///< tables(), record(), primaryIndex(): a read
    };

    Kind kind = Kind::Text;
    // Both must outlive the call of run().
    const QString &sql;                   ///< for Text, Prepare, ExecutePrepared
    const QVariantList *values = nullptr; ///< that are bound, for ExecutePrepared
};

/// The traits of a call without a text.
const StatementTraits &traitsOfCall(Touch::Kind kind);

/// A call of the application and the traits of its text. Both must outlive this object.
struct Statement
{
    const Touch &touch;
    const StatementTraits &traits;

    /// It executes a text: it is neither a prepare nor a call without a text.
    bool isExecution() const
    {
        return touch.kind == Touch::Kind::Text || touch.kind == Touch::Kind::ExecutePrepared;
    }
    /// As a number of statements: prepare() and exec() together are one.
    quint64 count() const { return touch.kind != Touch::Kind::Prepare; }
    bool isRollbackCall() const { return touch.kind == Touch::Kind::Rollback; }
    bool isRollbackText() const { return isExecution() && is(TransactionVerb::Rollback); }
    bool isBegin() const { return is(TransactionVerb::Begin); }
    bool isCommit() const { return is(TransactionVerb::Commit); }

private:
    bool is(TransactionVerb verb) const
    {
        return touch.kind != Touch::Kind::Prepare && traits.isSingle && traits.transaction == verb;
    }
};

} // namespace qproxysql
