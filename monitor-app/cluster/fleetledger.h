// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "drain/draintable.h"
#include "health/serverfacts.h"

#include <functional>

namespace qproxysql {

/// Changes the fleet's drain table on one server, and adds to its log, in one transaction. Of those
/// who change it at the same time, there or on another node of a Galera cluster, one is first, and
/// the others decide anew over what he has written. Blocks for the server: on a worker thread.
class FleetLedger
{
public:
    /// Settings of a session that writes.
    static QString sessionSql();

    /// \a facts: of the server. A reference to \a driver is kept.
    FleetLedger(const QSqlDriver &driver, const ControlSchema &schema, const ServerFacts &facts);

    /// What is to be written, given what the table holds while nobody else can write; nothing:
    /// refused. Runs once more after each conflict.
    using Decision =
            std::function<std::optional<QList<DrainRequest>>(const DrainTable::Reading &rows)>;

    struct Result
    {
        enum State {
            Done,
            Refused,  ///< by the decision
            Missing,  ///< no such table
            NoRights, ///< the account may not
            Unwritable, ///< nobody may there now: no quorum, read-only, the session was lost, always a conflict
            Failed ///< another error of the server
        };
        State state = Failed;
        QString error; ///< of the server, with its number
    };
    Result change(const Decision &decide) const;

    /// Those of \a newest that the table has not, or has older. Rows of a later format are left to
    /// that version: neither copied nor replaced.
    static QList<DrainRequest> outdated(const DrainTable::Reading &rows,
                                        const QList<DrainRequest> &newest);

    /// False: nobody would read the row, DrainTable::MostJson.
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
