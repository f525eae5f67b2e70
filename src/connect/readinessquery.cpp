// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "connect/readinessquery.h"

#include "connect/groupmembership.h"

#include <QtCore/QVariant>

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

bool isOn(const QString &value)
{
    return value.compare("ON"_L1, Qt::CaseInsensitive) == 0 || value == "1"_L1;
}

bool isOff(const QString &value)
{
    return value.isEmpty() || value.compare("OFF"_L1, Qt::CaseInsensitive) == 0 || value == "0"_L1;
}

QString value(const ReadinessQuery::Values &values, const char *name)
{
    return values.value(QLatin1String(name));
}

QString objection(const ReadinessQuery::Values &values)
{
    const auto assignment = [&values](const char *name) {
        return QLatin1String(name) + u'=' + value(values, name);
    };
    if (isOn(value(values, "offline_mode")))
        return assignment("offline_mode");
    if (!isOn(value(values, "wsrep_on")))
        return GroupMembership::objection(values);
    if (values.contains("wsrep_ready"_L1) && !isOn(value(values, "wsrep_ready"))) {
        const auto status = value(values, "wsrep_cluster_status");
        return status.isEmpty()
                       ? assignment("wsrep_ready")
                       : assignment("wsrep_ready") + ", "_L1 + assignment("wsrep_cluster_status");
    }
    const auto rejected = value(values, "wsrep_reject_queries");
    if (!rejected.isEmpty() && rejected.compare("NONE"_L1, Qt::CaseInsensitive) != 0)
        return assignment("wsrep_reject_queries");
    return {};
}

bool isDesynced(const ReadinessQuery::Values &values)
{
    const auto maintenance = value(values, "pxc_maint_mode");
    if (!maintenance.isEmpty() && maintenance.compare("DISABLED"_L1, Qt::CaseInsensitive) != 0)
        return true;
    const auto donor = "2"_L1; // wsrep_local_state: donor or desynced
    return ReadinessQuery::isGalera(values)
           && (isOn(value(values, "wsrep_desync")) || value(values, "wsrep_local_state") == donor);
}

/// Global variables that are the defaults of new sessions, by their names on all servers.
const QStringList &sessionDefaultNames()
{
    static const auto *const names = new QStringList(
            u"autocommit character_set_server collation_server default_storage_engine "
            "foreign_key_checks group_concat_max_len init_connect "
            "innodb_lock_wait_timeout interactive_timeout lock_wait_timeout "
            "max_allowed_packet max_execution_time max_statement_time "
            "sql_select_limit time_zone transaction_isolation tx_isolation"_s.split(u' '));
    return *names;
}

QString sessionDefaults(const ReadinessQuery::Values &values)
{
    QStringList texts;
    for (const QString &name : sessionDefaultNames()) {
        if (values.contains(name))
            texts += name + u'=' + values.value(name);
    }
    return texts.join(u'\n');
}

QStringList identities(const ReadinessQuery::Values &values)
{
    QStringList names;
    const auto add = [&names](const QString &name) {
        if (!name.isEmpty() && !names.contains(name))
            names += name;
    };
    const auto host = value(values, "hostname");
    const auto port = value(values, "port");
    const auto socket = value(values, "socket");
    const bool isWithoutNetwork = port == "0"_L1; // skip_networking
    add(value(values, "server_uuid"));
    // MariaDB derives server_uid from machine and port, so that servers without port share it.
    if (!isWithoutNetwork)
        add(value(values, "server_uid"));
    if (isOn(value(values, "wsrep_on")))
        add(value(values, "wsrep_node_name"));
    if (host.isEmpty())
        return names;
    if (!port.isEmpty() && !isWithoutNetwork)
        add(host + u':' + port);
    // The hostname of many machines is localhost.
    const bool isSocket = socket.startsWith(u'/') || socket.startsWith(u'@');
    if (isWithoutNetwork && isSocket && host != "localhost"_L1)
        add(host + u':' + socket);
    return names;
}

// What the node reports of its cluster may be from after a change, and the steps from before. A node that joined
// at the same time as another one may lack that one in its list of nodes until the next change.
KeySteps keySteps(const ReadinessQuery::Values &values)
{
    KeySteps steps{value(values, "auto_increment_increment").toULongLong(),
                   value(values, "auto_increment_offset").toULongLong()};
    if (!ReadinessQuery::isGalera(values) || !isOn(value(values, "wsrep_auto_increment_control")))
        return steps;
    const quint64 size = value(values, "wsrep_cluster_size").toULongLong();
    const qsizetype index = value(values, "wsrep_local_index").toInt();
    if (steps.increment != size || steps.offset != quint64(index) + 1)
        return {};
    steps.cluster = value(values, "wsrep_cluster_state_uuid");
    steps.view = value(values, "wsrep_cluster_conf_id").toULongLong();
    const QStringList nodes = value(values, "wsrep_incoming_addresses").split(u',');
    if (quint64(nodes.size()) == size)
        steps.node = nodes.value(index);
    return steps.cluster.isEmpty() ? KeySteps() : steps;
}

// MySQL refuses writes (1836) from innodb_force_recovery=4 on, MariaDB (1036) from 5 on.
void noteReadOnly(const ReadinessQuery::Values &values, ServerFacts *facts)
{
    const int recovery = value(values, "innodb_force_recovery").toInt();
    const bool isRecovering = recovery >= (facts->flavour == ServerFlavour::MariaDb ? 5 : 4);
    facts->readOnlyParts.tables = isOn(value(values, "innodb_read_only")) || isRecovering;
    facts->readOnlyParts.transactions = isOn(value(values, "tx_read_only"))
                                        || isOn(value(values, "transaction_read_only"));
    if (!isOff(value(values, "read_only")) || !isOff(value(values, "super_read_only")))
        facts->readOnlyBy = u"read_only=ON"_s;
    else if (isRecovering)
        facts->readOnlyBy = u"innodb_force_recovery=%1"_s.arg(recovery);
    else if (facts->readOnlyParts.tables)
        facts->readOnlyBy = u"innodb_read_only=ON"_s;
    else if (facts->readOnlyParts.transactions)
        facts->readOnlyBy = u"transaction_read_only=ON"_s;
}

} // namespace

const QStringList &ReadinessQuery::variables()
{
    static const auto *const names = new QStringList(
            u"version hostname port server_uuid server_uid wait_timeout read_only "
            "super_read_only offline_mode pxc_maint_mode wsrep_on wsrep_node_name "
            "wsrep_desync wsrep_reject_queries sql_mode socket tx_read_only "
            "transaction_read_only innodb_read_only innodb_force_recovery "
            "auto_increment_increment auto_increment_offset "
            "wsrep_auto_increment_control"_s.split(u' ')
            + sessionDefaultNames());
    return *names;
}

QString ReadinessQuery::showVariables()
{
    return "SHOW GLOBAL VARIABLES WHERE Variable_name IN ('"_L1 + variables().join("','"_L1)
           + "')"_L1;
}

QString ReadinessQuery::showStatus()
{
    return u"SHOW GLOBAL STATUS WHERE Variable_name IN ('wsrep_ready',"
           "'wsrep_local_state','wsrep_cluster_status','wsrep_cluster_state_uuid',"
           "'wsrep_cluster_conf_id','wsrep_cluster_size','wsrep_local_index',"
           "'wsrep_incoming_addresses')"_s;
}

QString ReadinessQuery::select(const QStringList &names)
{
    QStringList columns;
    for (const QString &name : names)
        columns += "@@GLOBAL."_L1 + name + " AS "_L1 + name;
    columns += "CONNECTION_ID() AS connection_id"_L1;
    return "SELECT "_L1 + columns.join(", "_L1);
}

QString ReadinessQuery::connectionId()
{
    return u"SELECT CONNECTION_ID() AS connection_id"_s;
}

bool ReadinessQuery::isThroughProxy(const Values &values, ulong greetedId,
                                    const QString &greetedVersion)
{
    const auto id = quint32(value(values, "connection_id").toULongLong()); // greeting: 32 bits
    const QString version = value(values, "version");
    return (greetedId != 0 && id != 0 && id != greetedId)
           || (!greetedVersion.isEmpty() && !greetedVersion.endsWith(version)); // "5.5.5-10.11.2"
}

bool ReadinessQuery::isGalera(const Values &values)
{
    return isOn(value(values, "wsrep_on"));
}

ServerFacts ReadinessQuery::judge(const Values &values)
{
    ServerFacts facts;
    facts.version = value(values, "version");
    if (!facts.version.isEmpty()) {
        facts.flavour = facts.version.contains("MariaDB"_L1, Qt::CaseInsensitive)
                                ? ServerFlavour::MariaDb
                                : ServerFlavour::MySql;
    }
    facts.identities = identities(values);
    if (isGalera(values))
        facts.clusterId = value(values, "wsrep_cluster_state_uuid");
    facts.keySteps = keySteps(values);
    facts.standing = GroupMembership::standing(values);
    facts.isOfGroup = facts.standing == GroupStanding::Online || GroupMembership::hasName(values);
    facts.notReadyReason = objection(values);
    noteReadOnly(values, &facts);
    facts.isDesynced = isDesynced(values);
    facts.waitTimeoutSeconds = value(values, "wait_timeout").toInt();
    facts.maxAllowedPacket = value(values, "max_allowed_packet").toLongLong();
    facts.sqlMode = value(values, "sql_mode");
    facts.sessionDefaults = sessionDefaults(values);
    return facts;
}

bool ReadinessQuery::isTrue(const QVariant &answer)
{
    if (answer.isNull())
        return false;
    const auto text = answer.toString().trimmed();
    if (isOff(text) || text.compare("false"_L1, Qt::CaseInsensitive) == 0)
        return false;
    bool isNumber = false;
    const double number = text.toDouble(&isNumber);
    return !isNumber || number != 0;
}

} // namespace qproxysql
