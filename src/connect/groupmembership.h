// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "connect/readinessquery.h"

QT_BEGIN_NAMESPACE
class QSqlDriver;
class QSqlQuery;
QT_END_NAMESPACE

namespace qproxysql {

/// The membership of a MySQL server in a replication group (Group Replication, InnoDB Cluster). A
/// server that has not joined, or sees no majority, answers like any other. But writes to the
/// former do not reach the other members, and writes to the latter wait.
class GroupMembership
{
public:
    /// Queries the members. Needs SELECT on performance_schema.replication_group_members, which
    /// accounts do not have by default (1142). Returns no row if the plugin is not installed. MySQL
    /// 5.7+. Contains no @@, see ServerVocabulary.
    static QString members();
    static bool isOfMembers(const QString &firstColumn);
    static void readMembers(QSqlQuery &query, ReadinessQuery::Values *values);

    /// Queries the name of the group that a server which is not ONLINE is configured for. Fails
    /// without the plugin (1193).
    static QString groupName();

    /// Records that the server has a group whose name the account may not read.
    static void noteHiddenName(ReadinessQuery::Values *values);
    static bool hasName(const ReadinessQuery::Values &values);
    static bool isNameMissing(const ReadinessQuery::Values &values); ///< groupName() has to be queried

    /// The ServerFacts::notReadyReason of the membership; empty if there is none.
    static QString objection(const ReadinessQuery::Values &values);

    static GroupStanding standing(const ReadinessQuery::Values &values);
    /// The standing, from the rows of members(), of the group member with one of \a identities.
    static GroupStanding readStanding(QSqlQuery &query, const QStringList &identities);
    /// The standing of the group member with one of \a identities, queried on an open session.
    /// Blocks for one round trip.
    static GroupStanding ask(const QSqlDriver &driver, const QStringList &identities);
};

} // namespace qproxysql
