// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "session/peersession.h"

#include <QtSql/QSqlError>
#include <QtSql/QSqlQuery>

#include <chrono>
#include <optional>

namespace qproxysql {

/// Shortens the time that statements of a session take and wait for locks, while it exists. Where that is
/// refused the time stays. MySQL has a limit for reads only. The caller holds the claim.
class StatementTimes
{
public:
    StatementTimes(PeerSession &session, std::chrono::milliseconds limit);
    ~StatementTimes();
    /// Its error may be a conflict, which has undone the transaction: only the first statement after it is told.
    std::optional<QSqlError> restore();
    Q_DISABLE_COPY_MOVE(StatementTimes)

private:
    struct Times
    {
        qint64 rowLocks;   ///< s
        qint64 tableLocks; ///< s
        double statement;  ///< s on MariaDB, else ms; 0: no limit
    };

    QString statementLimit() const;
    bool set(const Times &times);

    PeerSession &m_session;
    QSqlQuery m_query;
    const bool m_isMariaDb;
    std::optional<Times> m_usual;
    bool m_isChanged = false;
};

} // namespace qproxysql
