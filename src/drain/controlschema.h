// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QStringList>

namespace qproxysql {

/// The tables of a drain directory that lives in the cluster, in a schema of their own (format:
/// docs/drain.md). Pure, any thread.
class ControlSchema
{
public:
    /// What this version writes into the column format.
    static constexpr int Format = 1;

    /// \a schema: one that CONTROL_SCHEMA allows.
    explicit ControlSchema(const QString &schema);

    QString name() const { return m_schema; }
    QString drainTable() const; ///< as SQL has it, with its schema
    QString logTable() const;

    /// Each makes what is missing and changes nothing that exists.
    QStringList statements() const;
    /// The statements for a person to run, and the grants for operators and for applications, whose
    /// accounts he must name.
    QString script() const;

private:
    QString m_schema;
};

} // namespace qproxysql
