// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "connect/groupmembership.h"

#include "inner/workers.h"

#include <QtSql/QSqlDriver>
#include <QtSql/QSqlQuery>
#include <QtSql/QSqlResult>

namespace qproxysql {

namespace {

const QLatin1String MemberIdColumn("qproxysql_member_id");
const QLatin1String GroupNameVariable("group_replication_group_name");
const QLatin1String MemberStateKey("group_replication_member_state");
const QLatin1String MembersKey("group_replication_members");
const QLatin1String ReachableKey("group_replication_reachable_members");
const QLatin1String OnlineState("ONLINE");

bool hasMajority(const ReadinessQuery::Values &values)
{
    return values.value(ReachableKey).toInt() * 2 > values.value(MembersKey).toInt();
}

} // namespace

QString GroupMembership::members()
{
    return QLatin1String("SELECT MEMBER_ID AS ") + MemberIdColumn
           + QLatin1String(", MEMBER_STATE FROM performance_schema.replication_group_members");
}

bool GroupMembership::isOfMembers(const QString &firstColumn)
{
    return firstColumn == MemberIdColumn;
}

// A server that has never joined has an empty id.
void GroupMembership::readMembers(QSqlQuery &query, ReadinessQuery::Values *values)
{
    const QString self = values->value(QStringLiteral("server_uuid"));
    int members = 0;
    int reachable = 0;
    while (query.next()) {
        const QString id = query.value(0).toString();
        const QString state = query.value(1).toString();
        ++members;
        reachable += state != QLatin1String("UNREACHABLE");
        if (id.isEmpty() || id == self)
            values->insert(MemberStateKey, state);
    }
    values->insert(MembersKey, QString::number(members));
    values->insert(ReachableKey, QString::number(reachable));
}

QString GroupMembership::groupName()
{
    return ReadinessQuery::select({GroupNameVariable});
}

bool GroupMembership::hasName(const ReadinessQuery::Values &values)
{
    return !values.value(GroupNameVariable).isEmpty();
}

void GroupMembership::noteHiddenName(ReadinessQuery::Values *values)
{
    values->insert(GroupNameVariable, QStringLiteral("?"));
}

bool GroupMembership::isNameMissing(const ReadinessQuery::Values &values)
{
    return values.contains(MemberStateKey) && values.value(MemberStateKey) != OnlineState
           && !values.contains(GroupNameVariable);
}

QString GroupMembership::objection(const ReadinessQuery::Values &values)
{
    switch (standing(values)) {
    case GroupStanding::Unknown:
    case GroupStanding::Online:
        break;
    case GroupStanding::Joining:
    case GroupStanding::Apart:
        return MemberStateKey + u'=' + values.value(MemberStateKey);
    case GroupStanding::Minority:
        return ReachableKey + u'=' + values.value(ReachableKey) + QLatin1String(", ") + MembersKey
               + u'=' + values.value(MembersKey);
    }
    return {};
}

GroupStanding GroupMembership::standing(const ReadinessQuery::Values &values)
{
    const QString state = values.value(MemberStateKey);
    if (state == OnlineState)
        return hasMajority(values) ? GroupStanding::Online : GroupStanding::Minority;
    if (state.isEmpty() || !hasName(values))
        return GroupStanding::Unknown;
    return state == QLatin1String("RECOVERING") ? GroupStanding::Joining : GroupStanding::Apart;
}

GroupStanding GroupMembership::readStanding(QSqlQuery &query, const QStringList &identities)
{
    ReadinessQuery::Values values;
    values.insert(QStringLiteral("server_uuid"), identities.value(0)); // always first with MySQL
    noteHiddenName(&values); // the caller knows that there is a group
    readMembers(query, &values);
    return standing(values);
}

GroupStanding GroupMembership::ask(const QSqlDriver &driver, const QStringList &identities)
{
    QSqlQuery query(driver.createResult());
    const bool isAnswered = query.exec(members());
    Workers::checkpoint();
    return isAnswered ? readStanding(query, identities) : GroupStanding::Unknown;
}

} // namespace qproxysql
