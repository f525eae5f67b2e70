// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QString>
#include <QtSql/QSqlError>

#include <mutex>
#include <utility>
#include <vector>

/// What the workers of the example have seen. Thread-safe.
class Statistics
{
public:
    /// The peers are shown in this order: "db1:3306,db2:3306,db3:3306"
    explicit Statistics(const QString &hosts);

    /// One call of the database that took so long and ended so, on that peer.
    void count(const QString &peer, qint64 nanoseconds, const QSqlError &error);
    /// A write whose outcome was unknown.
    void countLookUp();

    /// What happened since the last line.
    QString secondLine(int second);
    QString summary() const;
    int failures() const;

private:
    int &queries(const QString &peer);

    mutable std::mutex m_mutex;
    std::vector<std::pair<QString, int>> m_queries; ///< per peer, since the last line
    qint64 m_longest = 0;                           ///< ns, since the last line
    QString m_lastError;
    int m_failuresInLine = 0;
    int m_allQueries = 0;
    int m_allFailures = 0;
    int m_lookUps = 0;
    qint64 m_longestOfAll = 0;
};
