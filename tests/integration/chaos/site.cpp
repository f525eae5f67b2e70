// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "site.h"

#include "commits/committable.h"

namespace chaos {

using namespace Qt::StringLiterals;
using qproxysql::sandbox::Answer;

// What a server has acknowledged must outlive a kill -9 of it.
QStringList Site::serverFlags()
{
    return {u"--innodb-flush-log-at-trx-commit=2"_s, u"--thread-handling=pool-of-threads"_s,
            u"--thread-pool-size=2"_s, u"--thread-pool-max-threads=%1"_s.arg(PoolThreads)};
}

QString Site::tablesSql()
{
    return u"CREATE TABLE test.ledger (token BIGINT, part INT) ENGINE=InnoDB;"
           "CREATE TABLE test.hot (id INT PRIMARY KEY, n BIGINT) ENGINE=InnoDB;"
           "INSERT INTO test.hot VALUES (1, 0);"
           "CREATE DATABASE qproxysql;"_s
           + qproxysql::CommitTable(u"qproxysql"_s).statements().join(u';')
           + u";GRANT SELECT, INSERT, DELETE ON qproxysql.* TO app"_s;
}

bool Site::addRows(Server &server, QHash<quint64, int> *tokens, qint64 *counter)
{
    const Answer rows = server.executeAsRoot(
            u"SELECT token, COUNT(*) FROM test.ledger GROUP BY token"_s);
    const Answer hot = server.executeAsRoot(u"SELECT n FROM test.hot"_s);
    if (!rows || !hot) {
        m_errorString = server.name() + u": "_s + rows.errorString + hot.errorString;
        return false;
    }
    for (const QStringList &row : rows.rows)
        (*tokens)[row.at(0).toULongLong()] += row.at(1).toInt();
    *counter += hot.value().toLongLong();
    return true;
}

bool Site::readBackSame(const QString &wait, QHash<quint64, int> *tokens, qint64 *counter)
{
    for (int i = 0; i < count(); ++i) {
        QHash<quint64, int> here;
        qint64 value = 0;
        const Answer waits = server(i).executeAsRoot(wait);
        if (!waits || !addRows(server(i), &here, &value)) {
            m_errorString += waits.errorString;
            return false;
        }
        if (i > 0 && (here != *tokens || value != *counter)) {
            m_errorString = u"the servers do not hold the same rows"_s;
            return false;
        }
        *tokens = here;
        *counter = value;
    }
    return true;
}

PlainSite::PlainSite()
    : m_servers(3, serverFlags())
{
}

bool PlainSite::start()
{
    if (m_servers.start() && m_servers.executeEverywhere(tablesSql()))
        return true;
    m_errorString = m_servers.errorString();
    return false;
}

bool PlainSite::isWhole()
{
    for (int i = 0; i < count(); ++i) {
        if (!server(i).isRunning() || !server(i).executeAsRoot(u"SELECT n FROM test.hot"_s))
            return false;
    }
    return true;
}

bool PlainSite::readBack(QHash<quint64, int> *tokens, qint64 *counter)
{
    for (int i = 0; i < count(); ++i) {
        if (!addRows(server(i), tokens, counter))
            return false;
    }
    return true;
}

GaleraSite::GaleraSite(Timers timers)
    : m_cluster(3, serverFlags(), QString(), timers)
{
}

bool GaleraSite::start()
{
    if (!m_cluster.start()) {
        m_errorString = m_cluster.errorString();
        return false;
    }
    const Answer made = m_cluster[0].executeAsRoot(tablesSql());
    m_errorString = made.errorString;
    return made.ok;
}

bool GaleraSite::isWhole()
{
    for (int i = 0; i < count(); ++i) {
        if (!server(i).isRunning() || m_cluster.clusterSize(i) != count()
            || !server(i).executeAsRoot(u"SELECT n FROM test.hot"_s))
            return false;
    }
    return true;
}

// Not before a node has applied what the others have.
bool GaleraSite::readBack(QHash<quint64, int> *tokens, qint64 *counter)
{
    return readBackSame(u"SET GLOBAL wsrep_sync_wait = 1"_s, tokens, counter);
}

GroupSite::GroupSite(Mode mode)
    : m_mode(mode)
    , m_group(mode, 3, {u"--innodb-flush-log-at-trx-commit=2"_s})
{
}

// A group needs primary keys; and MySQL has no tables of numbers. A write that is done twice fails.
bool GroupSite::start()
{
    if (!m_group.start()) {
        m_errorString = m_group.errorString();
        return false;
    }
    const QString numbers =
            u"CREATE TABLE test.seq_1_to_%1 (seq INT PRIMARY KEY);"
            "INSERT INTO test.seq_1_to_%1 WITH RECURSIVE n (seq) AS (SELECT 1 UNION ALL "
            "SELECT seq + 1 FROM n WHERE seq < %1) SELECT seq FROM n;"_s;
    const Answer made = m_group.executeAsRoot(
            u"SET SESSION cte_max_recursion_depth = 100000;"_s + numbers.arg(10)
            + numbers.arg(20'000) + tablesSql()
            + u";ALTER TABLE test.ledger ADD PRIMARY KEY (token, part)"_s);
    m_errorString = made.errorString;
    return made.ok;
}

bool GroupSite::isWhole()
{
    for (int i = 0; i < count(); ++i) {
        if (!server(i).isRunning() || m_group.state(i) != u"ONLINE"
            || m_group.reachable(i) != count()
            || !server(i).executeAsRoot(u"SELECT n FROM test.hot"_s))
            return false;
    }
    return m_group.primary() >= 0;
}

// MySQL has no KILL USER. Some have ended meanwhile.
bool GroupSite::killSessions(RootClient *client)
{
    const Answer sessions = client->execute(
            u"SELECT id FROM performance_schema.processlist WHERE user = 'app'"_s);
    for (const QStringList &row : sessions.rows)
        client->execute(u"KILL "_s + row.value(0));
    return sessions.ok;
}

bool GroupSite::readBack(QHash<quint64, int> *tokens, qint64 *counter)
{
    return readBackSame(u"SET GLOBAL group_replication_consistency = 'BEFORE'"_s, tokens, counter);
}

} // namespace chaos
