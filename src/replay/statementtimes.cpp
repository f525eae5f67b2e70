// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "replay/statementtimes.h"

namespace qproxysql {

StatementTimes::StatementTimes(PeerSession &session, std::chrono::milliseconds limit)
    : m_session(session)
    , m_query(session.driver()->createResult())
    , m_isMariaDb(session.facts().flavour == ServerFlavour::MariaDb)
{
    if (!m_query.exec(QStringLiteral("SELECT @@innodb_lock_wait_timeout, @@lock_wait_timeout, @@")
                      + statementLimit())
        || !m_query.next())
        return;
    m_usual = {m_query.value(0).toLongLong(), m_query.value(1).toLongLong(),
               m_query.value(2).toDouble()};
    const qint64 seconds = std::chrono::ceil<std::chrono::seconds>(limit).count();
    const double all = double(seconds + 1) * (m_isMariaDb ? 1 : 1000); // locks are named first
    m_isChanged = set({std::min(m_usual->rowLocks, seconds), std::min(m_usual->tableLocks, seconds),
                       m_usual->statement > 0 ? std::min(m_usual->statement, all) : all});
}

StatementTimes::~StatementTimes()
{
    if (restore())
        m_session.line()->leaveSoon();
}

std::optional<QSqlError> StatementTimes::restore()
{
    m_isChanged = m_isChanged && !set(*m_usual);
    return m_isChanged ? std::optional(m_query.lastError()) : std::nullopt;
}

QString StatementTimes::statementLimit() const
{
    return m_isMariaDb ? QStringLiteral("max_statement_time")
                       : QStringLiteral("max_execution_time");
}

bool StatementTimes::set(const Times &times)
{
    return m_query.exec(
            QStringLiteral("SET innodb_lock_wait_timeout = %1, lock_wait_timeout = %2, %3 = %4")
                    .arg(times.rowLocks)
                    .arg(times.tableLocks)
                    .arg(statementLimit(),
                         QString::number(times.statement, 'f', m_isMariaDb ? 6 : 0)));
}

} // namespace qproxysql
