// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "health/readinessquery.h"

QT_BEGIN_NAMESPACE
class QSqlDriver;
class QSqlQuery;
QT_END_NAMESPACE

namespace qproxysql {

/// A MySQL server as a member of a replication group (Group Replication, InnoDB Cluster). One that has
/// not joined, or sees no majority, answers like any other: what is written to the first is in no other
/// member, and what is written to the second waits.
class GroupMembership
{
public:
    /// Its rows need SELECT on performance_schema.replication_group_members, which accounts do not have
    /// by themselves (1142). No row: the plugin is not installed. MySQL 5.7+. No @@ in it, see
    /// ServerVocabulary.
    static QString members();
    static bool isOfMembers(const QString &firstColumn);
    static void readMembers(QSqlQuery &query, ReadinessQuery::Values *values);

    /// Whether the server was meant for a group: to be asked where it is not ONLINE. An error (1193)
    /// without the plugin.
    static QString groupName();

    /// There is a name, and what it is does not matter.
    static void noteHiddenName(ReadinessQuery::Values *values);
    static bool hasName(const ReadinessQuery::Values &values);
    static bool isNameMissing(const ReadinessQuery::Values &values); ///< groupName() is to be asked

    /// What speaks against the server, as ServerFacts::notReadyReason; empty: nothing.
    static QString objection(const ReadinessQuery::Values &values);

    static GroupStanding standing(const ReadinessQuery::Values &values);
    /// From the rows of members(), of a group, for the server that calls itself one of \a identities.
    static GroupStanding readStanding(QSqlQuery &query, const QStringList &identities);
    /// Asks over an open session of a group for the server that calls itself one of \a identities. Blocks for one
    /// round trip.
    static GroupStanding ask(const QSqlDriver &driver, const QStringList &identities);
};

} // namespace qproxysql
