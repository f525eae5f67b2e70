// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "health/serverfacts.h"

#include <QtCore/QHash>
#include <QtCore/QStringList>

namespace qproxysql {

/// What a server is asked when a session opens, and how its answers are read. Rules: docs/errors.md
/// and the manuals of MariaDB, MySQL, Galera and Percona XtraDB Cluster. No I/O.
class ReadinessQuery
{
public:
    /// Names in lower case, values as text.
    using Values = QHash<QString, QString>;

    /// What is asked for, in lower case. Variables that a server does not have are no error to
    /// showVariables() and showStatus(), which answer rows of two columns, name and value, on every
    /// MariaDB 10+ and MySQL 5.7+, without any privilege.
    static const QStringList &variables();
    static QString showVariables();
    static QString showStatus();

    /// The same values of \a names as one row, each column named as the variable: cheap, but one name
    /// that the server does not have is an error (1193).
    static QString select(const QStringList &names);

    static QString connectionId(); ///< a row with the value connection_id, which select() has too

    static bool isGalera(const Values &values); ///< wsrep_on

    /// The server that answered is not who greeted: it knows the connection under another number, or
    /// itself by another version. False where that is not known.
    static bool isThroughProxy(const Values &values, ulong greetedId, const QString &greetedVersion);

    /// Ready unless the values say otherwise; a value that a server does not have is no objection.
    /// Names a value that speaks against the server in notReadyReason.
    static ServerFacts judge(const Values &values);

    /// The answer of CHECK_SQL, first column of the first row: true unless it is NULL, empty, a zero,
    /// OFF or false.
    static bool isTrue(const QVariant &answer);
};

} // namespace qproxysql
