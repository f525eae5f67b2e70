// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "connect/serverfacts.h"
#include "drain/draintable.h"

#include <functional>

namespace qproxysql {

/// Changes the fleet's drain table on one server and appends to its log, in one transaction. Of
/// concurrent writers, on the same or on another node of a Galera cluster, one wins, and the others
/// decide again with its rows. Blocks for the server: use a worker thread.
class FleetLedger
{
public:
    /// Settings of a writing session.
    static QString sessionSql();

    /// \a facts: of the server. Keeps a reference to \a driver.
    FleetLedger(const QSqlDriver &driver, const ControlSchema &schema, const ServerFacts &facts);

    /// The rows to write, given the rows of the table while it is locked; nothing: refused. Called
    /// again after each conflict.
    using Decision =
            std::function<std::optional<QList<DrainRequest>>(const DrainTable::Reading &rows)>;

    struct Result
    {
        enum State {
            Done,
            Refused,  ///< by the decision
            Missing,  ///< the table does not exist
            NoRights, ///< the account lacks a privilege
            /// No write is possible now: no quorum, read-only, session lost, repeated conflicts.
            Unwritable,
            Failed ///< another server error
        };
        State state = Failed;
        QString error; ///< from the server, with its number
    };
    Result change(const Decision &decide) const;

    /// The rows of \a newest that are missing in the table or older there. Rows of a later format
    /// are neither copied nor replaced.
    static QList<DrainRequest> outdated(const DrainTable::Reading &rows,
                                        const QList<DrainRequest> &newest);

    /// False when readers would reject the row as too long (DrainTable::MostJson).
    static bool fits(const DrainRequest &entry);

private:
    std::optional<Result> attempt(const Decision &decide) const;
    std::optional<QSqlError> write(const QList<DrainRequest> &entries) const;
    std::optional<QSqlError> run(const QString &sql, const QVariantList &values = {}) const;
    std::optional<Result> resultOf(const QSqlError &error) const;

    const QSqlDriver &m_driver;
    const ControlSchema m_schema;
    const bool m_isGalera;
};

} // namespace qproxysql
