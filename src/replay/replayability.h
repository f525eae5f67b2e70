// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "config/expected.h"
#include "replay/notreplayed.h"
#include "sql/statementtraits.h"

#include <vector>

namespace qproxysql {

/// A table as a statement names it.
struct TableName
{
    QString schema; ///< empty: the current one
    QString name;

    bool operator==(const TableName &) const = default;
};

/// What must be known to run a statement of a transaction again.
struct ReplayNeeds
{
    enum class Rows {
        None,   ///< no INSERT or REPLACE
        One,    ///< a plain INSERT, to which the key that was generated the first time can be given
        Listed, ///< a plain INSERT of several rows that its text lists: the same for all their keys
        Exchanged, ///< of one row that may replace another, or be refused: its answer decides
        Several    ///< or how many is not known: keys cannot be given
    };

    std::vector<TableName> written{}; ///< tables that it may write to; of an INSERT one
    Rows rows = Rows::None;
    QStringList columns{}; ///< that an INSERT with Rows::One or Listed names; empty: it names none
};

/// The rules of docs/transactions.md for one statement. An allow-list: what the lexer does not understand
/// is refused. \a sql is as the session reads it in \a mode. Pure, thread-safe.
Expected<ReplayNeeds, NotReplayed> replayNeeds(const QString &sql, const StatementTraits &traits,
                                               LexerMode mode = {});

} // namespace qproxysql
