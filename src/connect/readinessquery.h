// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "connect/serverfacts.h"

#include <QtCore/QHash>
#include <QtCore/QStringList>

namespace qproxysql {

/// The queries for readiness and identity of a server, and the evaluation of their results. The
/// rules are those of docs/errors.md and the manuals of MariaDB, MySQL, Galera and Percona XtraDB
/// Cluster. No I/O.
class ReadinessQuery
{
public:
    /// Names in lower case, values as text.
    using Values = QHash<QString, QString>;

    /// The names of the variables, in lower case. showVariables() and showStatus() return rows of
    /// name and value on every MariaDB 10+ and MySQL 5.7+ without any privilege. They skip
    /// variables that the server does not have.
    static const QStringList &variables();
    static QString showVariables();
    static QString showStatus();

    /// The values of \a names as one row with a column per variable. It is cheap, but fails if the
    /// server lacks one of them (1193).
    static QString select(const QStringList &names);

    static QString connectionId(); ///< a row with the value connection_id, which select() includes

    static bool isGalera(const Values &values); ///< wsrep_on

    /// True if connection id or version differ from the greeting, so that a proxy greeted. False if
    /// unknown.
    static bool isThroughProxy(const Values &values, ulong greetedId, const QString &greetedVersion);

    /// The facts of the server. A value that shows that it is not ready is named in notReadyReason;
    /// missing values are ignored.
    static ServerFacts judge(const Values &values);

    /// Evaluates the first value of CHECK_SQL: false for NULL, empty, zero, OFF and false, else
    /// true.
    static bool isTrue(const QVariant &answer);
};

} // namespace qproxysql
