// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "replay/generatedkeys.h"

#include "config/coretexts.h"

#include <QtCore/QHash>
#include <QtCore/QVariant>

namespace qproxysql {

using Rows = ReplayNeeds::Rows;

namespace {

bool isMariaDb(const PeerSession &session)
{
    return session.facts().flavour == ServerFlavour::MariaDb;
}

// The rows of an INSERT that names its columns without the generated one get a key each.
bool generatesAll(const ReplayNeeds &needs, const TableFacts &tables)
{
    const QString column = tables.generatedColumn(needs.written.front());
    return !column.isEmpty() && !needs.columns.isEmpty()
           && !needs.columns.contains(column, Qt::CaseInsensitive);
}

// A server ignores an offset above the increment.
bool isOneOf(const KeySteps &steps, quint64 key)
{
    return steps.increment > 0
           && (steps.offset > steps.increment
               || key % steps.increment == steps.offset % steps.increment);
}

} // namespace

KeySteps GeneratedKeys::stepsOf(const PeerSession &session)
{
    const QLatin1String name("auto_increment");
    const ServerFacts &facts = session.facts();
    const bool isChanged = session.key().initSql.contains(name, Qt::CaseInsensitive)
                           || facts.sessionDefaults.contains(name,
                                                             Qt::CaseInsensitive); // init_connect
    return facts.isThroughProxy || isChanged ? KeySteps() : facts.keySteps;
}

// Nothing in the cluster has changed since, or the node has left it with the transaction.
bool GeneratedKeys::holdStill(const KeySteps &steps)
{
    if (steps.cluster.isEmpty())
        return true;
    QSqlQuery query(m_session.driver()->createResult());
    QHash<QString, QString> values;
    if (query.exec(QStringLiteral("SHOW GLOBAL STATUS WHERE Variable_name IN "
                                  "('wsrep_cluster_state_uuid', 'wsrep_cluster_conf_id', "
                                  "'wsrep_cluster_size', 'wsrep_incoming_addresses')"))) {
        while (query.next())
            values.insert(query.value(0).toString(), query.value(1).toString());
    }
    if (values.value(QStringLiteral("wsrep_cluster_state_uuid")) != steps.cluster)
        return false;
    const quint64 view = values.value(QStringLiteral("wsrep_cluster_conf_id")).toULongLong();
    const QStringList nodes = values.value(QStringLiteral("wsrep_incoming_addresses")).split(u',');
    const quint64 size = values.value(QStringLiteral("wsrep_cluster_size")).toULongLong();
    return view == steps.view
           || (view == steps.view + 1 && !steps.node.isEmpty() && size == quint64(nodes.size())
               && !nodes.contains(steps.node));
}

Expected<void, NotReplayed> GeneratedKeys::check(const RecordedStatement &statement,
                                                 const ReplayNeeds &needs, const TableFacts &tables)
{
    if (statement.insertId == 0 || (needs.rows != Rows::Listed && needs.rows != Rows::Several))
        return {};
    const bool canBeGiven = needs.rows == Rows::Listed && generatesAll(needs, tables)
                            && isOneOf(statement.steps, statement.insertId)
                            && !m_session.facts().isThroughProxy
                            && m_session.facts().keySteps.increment > 0 // to be set again
                            && holdStill(statement.steps);
    if (canBeGiven)
        return {};
    return Unexpected(
            NotReplayed{NotReplayed::Keys,
                        CoreTexts::tr(
                                "the server had generated keys for several rows of one INSERT")});
}

// MySQL has no SET STATEMENT, and would keep a key that the INSERT does not take for a later one. A Galera node sets
// the steps again for each statement, but not inside of SET STATEMENT. A proxy ties the session to one server.
GeneratedKeys::Giving GeneratedKeys::of(const RecordedStatement &statement,
                                        const ReplayNeeds &needs, const TableFacts &tables) const
{
    const bool isListed = needs.rows == Rows::Listed;
    if (statement.insertId == 0 || m_session.facts().isThroughProxy
        || !(isListed || needs.rows == Rows::One)
        || !(isMariaDb(m_session) || generatesAll(needs, tables)))
        return {};
    const auto setting = [](const KeySteps &steps) {
        return QStringLiteral("auto_increment_increment = %1, auto_increment_offset = %2")
                .arg(steps.increment)
                .arg(steps.offset);
    };
    QString all = QStringLiteral("insert_id = %1").arg(statement.insertId);
    if (isListed)
        all += QLatin1String(", ") + setting(statement.steps);
    if (isMariaDb(m_session))
        return {.prefix = QStringLiteral("SET STATEMENT %1 FOR ").arg(all)};
    const QLatin1String set("SET ");
    return {.before = set + all,
            .after = isListed ? set + setting(m_session.facts().keySteps) : QString()};
}

} // namespace qproxysql
