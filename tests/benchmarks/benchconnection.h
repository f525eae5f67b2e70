// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "sandbox/servergroup.h"

#include <QtSql/QSqlDatabase>
#include <QtSql/QSqlError>

#include <optional>

namespace qproxysql::bench {

/// A connection of one driver to the sandbox that is removed at the end of its block.
class BenchConnection
{
public:
    BenchConnection(const QString &driver, const QString &hosts, int port = -1)
        : m_name(driver + QString::number(quintptr(this), 16))
        , m_db(QSqlDatabase::addDatabase(driver, m_name))
    {
        m_db->setHostName(hosts);
        if (port > 0)
            m_db->setPort(port);
        m_db->setUserName(QStringLiteral("app"));
        m_db->setPassword(QStringLiteral("secret"));
        m_db->setDatabaseName(QStringLiteral("test"));
    }
    ~BenchConnection()
    {
        m_db.reset();
        QSqlDatabase::removeDatabase(m_name);
    }
    Q_DISABLE_COPY_MOVE(BenchConnection)

    QSqlDatabase &db() { return *m_db; }
    void open()
    {
        if (!m_db->open())
            qFatal("%s: %s", qPrintable(m_db->driverName()), qPrintable(m_db->lastError().text()));
    }

private:
    const QString m_name;
    std::optional<QSqlDatabase> m_db;
};

/// Starts \a servers with the tables that the rows of works.cpp need.
inline void startForBench(sandbox::ServerGroup &servers)
{
    if (!servers.start(QStringLiteral(
                "CREATE TABLE test.bench(id INT PRIMARY KEY AUTO_INCREMENT, a INT);"
                "CREATE TABLE test.mixed(id INT PRIMARY KEY, name VARCHAR(60), at DATETIME)"
                " SELECT seq AS id, CONCAT('name of number ', seq) AS name,"
                " '2026-01-01' + INTERVAL seq SECOND AS at FROM test.seq_1_to_10000")))
        qFatal("%s", qPrintable(servers.errorString()));
}

} // namespace qproxysql::bench
