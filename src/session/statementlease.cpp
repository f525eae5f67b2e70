// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "session/statementlease.h"

#include "connect/connectionslots.h"

#include <array>
#include <thread>

namespace qproxysql {

namespace {

using namespace std::chrono_literals;

/// A server forgets the statements of a session within milliseconds after COM_QUIT.
constexpr std::array PausesForRoom{0ms, 5ms, 15ms, 30ms, 50ms};

bool isForLackOfRoom(const QSqlError &error)
{
    constexpr uint TooManyStatements = 1461; // ER_MAX_PREPARED_STMT_COUNT_REACHED
    return error.nativeErrorCode().toUInt() == TooManyStatements;
}

} // namespace

bool StatementLease::begin(const std::shared_ptr<PeerSession> &session,
                           std::unique_ptr<PreparedStatement> statement)
{
    if (!statement)
        return false;
    m_statement = std::move(statement);
    m_session = session;
    m_age = session->statements().age();
    ++session->m_liveResults;
    return true;
}

bool StatementLease::takeKept(const std::shared_ptr<PeerSession> &session, const QString &sql)
{
    end();
    return begin(session, session->statements().take(sql));
}

// The server has a limit for all its clients together, so what is only kept is given back: by this session
// and the idle ones now, by those in use at their next statement.
bool StatementLease::prepare(const ClientCalls &calls, const std::shared_ptr<PeerSession> &session,
                             const QString &sql, QSqlError *error)
{
    end();
    auto *const mysql = session->mysql();
    auto statement = PreparedStatement::prepare(calls, mysql, sql, error);
    if (!statement && isForLackOfRoom(*error)) {
        session->noteLackOfStatements();
        session->statements().retireAll();
        session->statements().closeOutdated();
        const bool hasClosed = ConnectionSlots::instance().free(session->server());
        for (const auto pause : PausesForRoom) {
            if (statement || !isForLackOfRoom(*error) || (pause > 0ms && !hasClosed))
                break;
            std::this_thread::sleep_for(pause);
            statement = PreparedStatement::prepare(calls, mysql, sql, error);
        }
    }
    return begin(session, std::move(statement));
}

void StatementLease::renew(const ClientCalls &calls, const QString &sql)
{
    QSqlError error;
    auto *const mysql = m_session->mysql();
    auto statement = PreparedStatement::prepare(calls, mysql, sql, &error);
    if (!statement)
        return;
    m_statement = std::move(statement);
    m_age = m_session->statements().age();
}

bool StatementLease::areOnlyTablesChanged() const
{
    const StatementCache::Age now = m_session->statements().age();
    return now.tables != m_age.tables && now.settings == m_age.settings;
}

void StatementLease::end()
{
    if (!m_statement)
        return;
    m_session->leaseDone(std::move(m_statement), m_age);
    m_session.reset();
}

} // namespace qproxysql
