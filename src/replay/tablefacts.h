// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "replay/replayability.h"

#include <QtCore/QString>
#include <QtSql/QSqlDriver>
#include <QtSql/QSqlError>

#include <vector>

namespace qproxysql {

/// What a server says of a table that a statement writes to.
struct TableFact
{
    /// Why a rollback may leave something: an engine that is not transactional, a trigger, which may write
    /// elsewhere. A phrase for an error text; empty: it undoes everything. What the account may not see
    /// counts as an obstacle.
    QString obstacle{};
    QString generatedColumn{}; ///< the AUTO_INCREMENT one; empty: there is none
};

/// The facts of the tables of a transaction, or of a statement.
class TableFacts
{
public:
    /// One round trip, none without \a tables. The caller holds the claim of the session of \a inner. Asks in
    /// any case, see TableFactsCache.
    static Expected<TableFacts, QSqlError> ask(QSqlDriver &inner,
                                               const std::vector<TableName> &tables);

    void add(const TableName &table, const TableFact &fact) { m_facts.emplace_back(table, fact); }

    QString obstacle() const; ///< the first one; empty: a rollback undoes everything
    /// nullptr: it was not asked for.
    const TableFact *of(const TableName &table) const;
    QString generatedColumn(const TableName &table) const;

private:
    std::vector<std::pair<TableName, TableFact>> m_facts;
};

} // namespace qproxysql
