// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "commits/committoken.h"
#include "connect/errorclassification.h"

#include <QtCore/QStringList>

namespace qproxysql {

/// The table of commit tokens in the schema CONTROL_SCHEMA, and the SQL for it. Pure, any thread.
class CommitTable
{
public:
    /// \a schema: a name that CONTROL_SCHEMA allows.
    explicit CommitTable(const QString &schema)
        : m_schema(schema)
        , m_name(QStringLiteral("`%1`.%2").arg(schema, QLatin1String(BareName)))
    {
    }

    QString schema() const { return m_schema; }
    QString name() const { return m_name; } ///< quoted for SQL, with the schema
    static constexpr auto BareName = "qproxysql_commit";

    /// Each creates what is missing and changes nothing that exists. The table is never empty: an INSERT into an
    /// empty one locks it as a whole, if unique_checks and foreign_key_checks are off.
    QStringList statements() const;

    /// A proxy would take SET STATEMENT for a SET that it does not know, and tie the session.
    enum class Way { Direct, ThroughProxy };

    /// Adds the token to the transaction that is open. On MariaDB it adds no row outside of a transaction.
    QByteArray insertion(const CommitToken &token, ServerFlavour flavour,
                         Way way = Way::Direct) const;
    /// The same, with LAST_INSERT_ID() and ROW_COUNT() of the statement before.
    QByteArray insertionWithResult(const CommitToken &token, ServerFlavour flavour,
                                   Way way = Way::Direct) const;
    /// Takes the token out of use, committed by itself: its transaction can be committed no more. 1062: it has
    /// been, or another request has done this.
    QByteArray voiding(const CommitToken &token, ServerFlavour flavour, Way way = Way::Direct) const;
    /// What an application does with the table, as statements to be prepared: they fail where a right or a column
    /// is missing.
    QStringList uses() const;
    /// One row with 1 if the table is as statements() makes it. No row: it is missing, or the account may not
    /// see it.
    QString shape() const;
    /// One row (kind, insert_id, affected), or none. Waits for a transaction that holds the token.
    QByteArray look(const CommitToken &token) const;

    static constexpr auto KindCommit = QLatin1String("commit");
    static constexpr auto KindVoid = QLatin1String("void");

private:
    QByteArray insert(ServerFlavour flavour, Way way) const;

    QString m_schema;
    QString m_name;
};

} // namespace qproxysql
