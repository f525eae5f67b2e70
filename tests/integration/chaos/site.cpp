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

bool GaleraSite::readBack(QHash<quint64, int> *tokens, qint64 *counter)
{
    for (int i = 0; i < count(); ++i) {
        QHash<quint64, int> here;
        qint64 value = 0;
        // Not before this node has applied what the others have.
        const Answer waits = server(i).executeAsRoot(u"SET GLOBAL wsrep_sync_wait = 1"_s);
        if (!waits || !addRows(server(i), &here, &value)) {
            m_errorString += waits.errorString;
            return false;
        }
        if (i > 0 && (here != *tokens || value != *counter)) {
            m_errorString = u"the nodes do not hold the same rows"_s;
            return false;
        }
        *tokens = here;
        *counter = value;
    }
    return true;
}

} // namespace chaos
