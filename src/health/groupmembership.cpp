// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "health/groupmembership.h"

#include "inner/workers.h"

#include <QtSql/QSqlDriver>
#include <QtSql/QSqlQuery>
#include <QtSql/QSqlResult>

namespace qproxysql {

namespace {

const QLatin1String FirstColumn("qproxysql_member_id");
const QLatin1String Name("group_replication_group_name");
const QLatin1String State("group_replication_member_state");
const QLatin1String Members("group_replication_members");
const QLatin1String Reachable("group_replication_reachable_members");
const QLatin1String Online("ONLINE");

bool hasMajority(const ReadinessQuery::Values &values)
{
    return values.value(Reachable).toInt() * 2 > values.value(Members).toInt();
}

} // namespace

QString GroupMembership::members()
{
    return QLatin1String("SELECT MEMBER_ID AS ") + FirstColumn
           + QLatin1String(", MEMBER_STATE FROM performance_schema.replication_group_members");
}

bool GroupMembership::isOfMembers(const QString &firstColumn)
{
    return firstColumn == FirstColumn;
}

// A server that has never joined is told without an id.
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
            values->insert(State, state);
    }
    values->insert(Members, QString::number(members));
    values->insert(Reachable, QString::number(reachable));
}

QString GroupMembership::groupName()
{
    return ReadinessQuery::select({Name});
}

bool GroupMembership::hasName(const ReadinessQuery::Values &values)
{
    return !values.value(Name).isEmpty();
}

bool GroupMembership::isNameMissing(const ReadinessQuery::Values &values)
{
    return values.contains(State) && values.value(State) != Online && !values.contains(Name);
}

QString GroupMembership::objection(const ReadinessQuery::Values &values)
{
    switch (standing(values)) {
    case GroupStanding::Unknown:
    case GroupStanding::Online:
        break;
    case GroupStanding::Joining:
    case GroupStanding::Apart:
        return State + u'=' + values.value(State);
    case GroupStanding::Minority:
        return Reachable + u'=' + values.value(Reachable) + QLatin1String(", ") + Members + u'='
               + values.value(Members);
    }
    return {};
}

GroupStanding GroupMembership::standing(const ReadinessQuery::Values &values)
{
    const QString state = values.value(State);
    if (state == Online)
        return hasMajority(values) ? GroupStanding::Online : GroupStanding::Minority;
    if (state.isEmpty() || !hasName(values))
        return GroupStanding::Unknown;
    return state == QLatin1String("RECOVERING") ? GroupStanding::Joining : GroupStanding::Apart;
}

GroupStanding GroupMembership::ask(const QSqlDriver &driver, const QStringList &identities)
{
    QSqlQuery query(driver.createResult());
    ReadinessQuery::Values values;
    values.insert(QStringLiteral("server_uuid"), identities.value(0)); // the first that MySQL tells
    values.insert(Name, QStringLiteral("?")); // whoever asks knows that there is a group
    if (query.exec(members()))
        readMembers(query, &values);
    Workers::checkpoint();
    return standing(values);
}

} // namespace qproxysql
