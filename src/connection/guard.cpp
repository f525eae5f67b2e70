// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "connection/guard.h"

#include "connection/losstexts.h"
#include "inner/driversource.h"
#include "moves/connectionroster.h"
#include "moves/moverounds.h"
#include "moves/statementwatch.h"
#include "pool/poolregistry.h"
#include "session/handback.h"

#include <QtCore/QCoreApplication>

namespace qproxysql {

Guard::Guard(QObject *parent, Connection::Events events, Waiting waiting)
    : m_parent(parent)
    , m_events(std::move(events))
    , m_waiting(std::move(waiting))
{
}

bool Guard::open(const OpenRequest &request)
{
    if (m_isRunning)
        return failToOpen(LossTexts::calledFromWithin().databaseText());
    close();
    {
        const QScopedValueRollback running(m_isRunning, true);
        isOpen = establish(request);
    }
    if (!isOpen)
        close();
    return isOpen;
}

bool Guard::failToOpen(const QString &reason)
{
    openError = QSqlError(QCoreApplication::translate("QProxySql", "QPROXYSQL: Unable to connect"),
                          reason, QSqlError::ConnectionError);
    return false;
}

bool Guard::establish(const OpenRequest &request)
{
    const auto config = ConfigResolver::resolve(request);
    if (!config)
        return failToOpen(config.error());
    if (const auto source = DriverSource::of(config->pool.policy.peerDriver); !source)
        return failToOpen(source.error());
    const auto acquired = PoolRegistry::instance().acquire(config->pool);
    if (!acquired)
        return failToOpen(acquired.error());
    pool = *acquired;
    m_initSqlKeepsMode = !config->initSql.contains(QLatin1String("sql_mode"), Qt::CaseInsensitive);
    m_lastPeerName.clear();
    m_clientCharacterSet.clear();
    m_hasLoggedUntracked = false;
    m_lastingPins = {};
    m_state = SessionState(config->ignoreState);
    // Does not count as a use of the pool: a record that ends late must not keep the pool's name in use.
    m_record = std::make_shared<ConnectionRecord>(pool->shared_from_this(),
                                                  Supervisor::instance().watch(pool, config->logins),
                                                  *config);
    if (!acquire({}, &openError))
        return false;
    StatementWatch::begin();
    ConnectionRoster::instance().enroll(m_record);
    MoveRounds::instance().watch(pool);
    openError = {};
    return true;
}

void Guard::close()
{
    if (m_isRunning) {
        m_isCloseWanted = true;
        m_hasPendingEvents = true;
        return;
    }
    // The supervisor's rounds miss the answers to a connection that is open for less than a round.
    if (session && session->line()->lastAnswer() != Clock::time_point())
        m_record->watch()->answered(session->peer(), session->line()->lastAnswer());
    if (m_record)
        handBack(session, m_state, m_record->config().causalReads);
    dropSession();
    m_state = SessionState();
    m_isTransactionLost = false;
    m_unreportedLoss.reset();
    if (m_record) {
        ConnectionRoster::instance().strike(*m_record);
        m_record->close();
        m_record.reset();
    }
    pool.reset();
    isOpen = false;
}

// E.g. a message handler that writes the log over the connection that logs: it could move the session while
// the outer statement uses it.
bool Guard::refuse(QSqlError *error) const
{
    *error = LossTexts::calledFromWithin();
    return false;
}

// Handlers may run statements, close the connection or open it again, hence the copies.
void Guard::emitPendingEvents()
{
    m_hasPendingEvents = false;
    if (std::exchange(m_isCloseWanted, false))
        close();
    const Connection::Events events = m_events;
    const bool isLost = std::exchange(m_isLossPending, false);
    const std::vector<Move> moves = std::exchange(m_pendingMoves, {});
    if (isLost && events.transactionLost)
        events.transactionLost();
    if (!events.sessionMoved)
        return;
    for (const Move &move : moves)
        events.sessionMoved(move.from, move.to, move.reason);
}

void Guard::pin(SessionPin reason)
{
    const Claim claim(*session);
    m_state.pin(reason);
    m_record->publish(m_state);
}

} // namespace qproxysql
