// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "replay/replayability.h"

#include <QtCore/QString>
#include <QtSql/QSqlDriver>
#include <QtSql/QSqlError>

#include <vector>

namespace qproxysql {

/// What a server says of tables that statements write to.
class TableFacts
{
public:
    /// One round trip, none without \a tables. The caller holds the claim of the session of \a inner.
    static Expected<TableFacts, QSqlError> ask(QSqlDriver &inner,
                                               const std::vector<TableName> &tables);

    /// Why a rollback may leave something: an engine that is not transactional, a trigger, which may write
    /// elsewhere. A phrase for an error text; empty: it undoes everything. What the account may not see
    /// counts as an obstacle.
    const QString &obstacle() const { return m_obstacle; }

    /// The AUTO_INCREMENT column; empty: there is none.
    QString generatedColumn(const TableName &table) const;

private:
    QString m_obstacle;
    std::vector<std::pair<TableName, QString>> m_generated;
};

} // namespace qproxysql
