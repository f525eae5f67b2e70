// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QStringList>

namespace qproxysql {

/// The tables of a drain directory that lives in the cluster, in a schema of their own. Pure.
class ControlSchema
{
public:
    /// \a schema: 1 to 64 letters, digits or '_'.
    explicit ControlSchema(const QString &schema);

    static bool isAllowedName(const QString &schema);

    /// Each makes what is missing and changes nothing that exists.
    QStringList statements() const;
    /// The statements for a person to run, and the grants for operators and for applications, whose
    /// accounts he must name.
    QString script() const;

private:
    QString m_schema;
};

} // namespace qproxysql
