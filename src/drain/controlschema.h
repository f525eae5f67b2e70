// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QStringList>

namespace qproxysql {

/// The drain tables in the cluster and the table of commit tokens, in a schema of their own (formats:
/// docs/drain.md, docs/transactions.md). Pure, any thread.
class ControlSchema
{
public:
    /// The value that this version writes into the column format.
    static constexpr int Format = 1;

    /// \a schema: a name that CONTROL_SCHEMA allows.
    explicit ControlSchema(const QString &schema);

    QString name() const { return m_schema; }
    QString drainTable() const; ///< quoted for SQL, with the schema
    QString logTable() const;

    /// Each creates what is missing and changes nothing that exists.
    QStringList statements() const;
    /// The statements for a person to run, and the grants for operators and applications, with
    /// placeholders for their accounts.
    QString script() const;

private:
    QString m_schema;
};

} // namespace qproxysql
