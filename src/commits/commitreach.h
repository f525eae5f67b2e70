// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "commits/committable.h"

#include <optional>

QT_BEGIN_NAMESPACE
class QSqlDriver;
QT_END_NAMESPACE

namespace qproxysql {

/// Whether rows that one server writes to the commit table reach the other servers of its cluster. In Galera
/// and Group Replication the filters of the binary log keep them from the others (docs/measurements.md);
/// filters of replication (replicate_ignore_db and the like) do not.
///
/// The functions block on the server; the caller has the session to itself.
class CommitReach
{
public:
    /// The filter that keeps the table out, as in "binlog_ignore_db=qproxysql". Empty: there is none, or the
    /// account may not see it: MariaDB shows filters in SHOW MASTER STATUS (right BINLOG MONITOR), if log_bin
    /// is on, and from 11.7 on as variables. One round trip, two on MySQL before 8.2.
    static QString filter(const QSqlDriver &driver, const CommitTable &table, ServerFlavour flavour);
    static QString filterOf(const QString &doDb, const QString &ignoreDb, const QString &schema);

    /// On a Galera node: adds a void token and asks the node whether it has sent something to the others.
    /// Nothing: an error, or the node does not know. Three round trips.
    static std::optional<bool> prove(const QSqlDriver &driver, const CommitTable &table,
                                     ServerFlavour flavour);
};

} // namespace qproxysql
