// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "statistics.h"

#include <QtCore/QStringList>

#include <algorithm>
#include <utility>

static QString milliseconds(qint64 nanoseconds)
{
    return QStringLiteral("%1 ms").arg(double(nanoseconds) / 1e6, 0, 'f', 1);
}

Statistics::Statistics(const QString &hosts)
{
    const QStringList names = hosts.split(QLatin1Char(','));
    for (const QString &name : names) {
        if (name.contains(QLatin1Char(':'))) // else the driver knows the peer by a fuller name
            queries(name);
    }
}

int &Statistics::queries(const QString &peer)
{
    for (auto &[known, queries] : m_queries) {
        if (known == peer)
            return queries;
    }
    return m_queries.emplace_back(peer, 0).second;
}

void Statistics::count(const QString &peer, qint64 nanoseconds, const QSqlError &error)
{
    const std::lock_guard guard(m_mutex);
    if (!peer.isEmpty())
        ++queries(peer);
    ++m_allQueries;
    m_longest = std::max(m_longest, nanoseconds);
    m_longestOfAll = std::max(m_longestOfAll, nanoseconds);
    if (error.type() != QSqlError::NoError) {
        ++m_failuresInLine;
        ++m_allFailures;
        m_lastError = error.nativeErrorCode() + QLatin1Char(' ') + error.text();
    }
}

void Statistics::countLookUp()
{
    const std::lock_guard guard(m_mutex);
    ++m_lookUps;
}

QString Statistics::secondLine(int second)
{
    const std::lock_guard guard(m_mutex);
    QString line = QStringLiteral("%1 s  ").arg(second, 3);
    for (auto &[peer, queries] : m_queries)
        line += QStringLiteral("%1: %2  ").arg(peer).arg(std::exchange(queries, 0), 5);
    line += QStringLiteral("failures: %1  longest call: %2")
                    .arg(std::exchange(m_failuresInLine, 0))
                    .arg(milliseconds(std::exchange(m_longest, 0)));
    if (!m_lastError.isEmpty())
        line += QStringLiteral("  (%1)").arg(std::exchange(m_lastError, QString()).simplified());
    return line;
}

QString Statistics::summary() const
{
    const std::lock_guard guard(m_mutex);
    return QStringLiteral("The application noticed %1: %2 calls, %3 failures, %4 writes of unknown "
                          "outcome; its longest call took %5.")
            .arg(m_allFailures + m_lookUps == 0 ? QStringLiteral("nothing")
                                                : QStringLiteral("something"))
            .arg(m_allQueries)
            .arg(m_allFailures)
            .arg(m_lookUps)
            .arg(milliseconds(m_longestOfAll));
}

int Statistics::failures() const
{
    const std::lock_guard guard(m_mutex);
    return m_allFailures;
}
