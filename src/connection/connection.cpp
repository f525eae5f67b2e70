// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "connection/connection.h"
#include "commits/commitsupport.h"

#include "commits/commitcleaning.h"
#include "connection/losstexts.h"
#include "inner/driversource.h"
#include "moves/connectionroster.h"
#include "moves/connectionrounds.h"
#include "pool/poolregistry.h"
#include "session/handback.h"

#include <QtCore/QCoreApplication>

namespace qproxysql {

Connection::Connection(QObject *parent, Events events, Waiting waiting)
    : m_parent(parent)
    , m_events(std::move(events))
    , m_waiting(std::move(waiting))
{
}

Connection::~Connection()
{
    close();
}

bool Connection::open(const OpenRequest &request)
{
    if (m_isRunning)
        return failToOpen(LossTexts::calledFromWithin().databaseText());
    close();
    {
        const QScopedValueRollback running(m_isRunning, true);
        m_isOpen = establish(request);
    }
    if (!m_isOpen)
        close();
    return m_isOpen;
}

bool Connection::failToOpen(const QString &reason)
{
    m_openError = QSqlError(QCoreApplication::translate("QProxySql",
                                                        "QPROXYSQL: Unable to connect"),
                            reason, QSqlError::ConnectionError);
    return false;
}

bool Connection::establish(const OpenRequest &request)
{
    const auto config = ConfigResolver::resolve(request);
    if (!config)
        return failToOpen(config.error());
    if (const auto source = DriverSource::of(config->pool.policy.peerDriver); !source)
        return failToOpen(source.error());
    const auto acquired = PoolRegistry::instance().acquire(config->pool);
    if (!acquired)
        return failToOpen(acquired.error());
    m_pool = *acquired;
    m_initSqlKeepsMode = !config->initSql.contains(QLatin1String("sql_mode"), Qt::CaseInsensitive);
    m_lastPeerName.clear();
    m_clientCharacterSet.clear();
    m_hasLoggedUntracked = false;
    m_lastingPins = {};
    m_state = SessionState(config->ignoreState);
    m_transaction.setLimit(config->retryTransactions > 0 ? config->replayLimit * qint64(1024) : 0);
    // Does not count as a use of the pool: a record that ends late must not keep the pool's name in use.
    m_record = std::make_shared<ConnectionRecord>(m_pool->shared_from_this(),
                                                  Supervisor::instance().watch(m_pool,
                                                                               config->logins),
                                                  *config);
    m_commits.reset();
    if (config->exactlyOnce != ExactlyOnce::Off)
        m_commits.emplace(config->pool.policy.controlSchema);
    if (!acquire({}, &m_openError) || !checkCommits())
        return false;
    if (config->exactlyOnce != ExactlyOnce::Off)
        CommitCleaning::install();
    ConnectionRoster::instance().enroll(m_record);
    ConnectionRounds::instance().watch(m_pool);
    m_openError = {};
    return true;
}

// With EXACTLY_ONCE.
bool Connection::checkCommits()
{
    if (!m_commits)
        return true;
    if (!m_session->calls())
        return failToOpen(LossTexts::tokensNeedLibrary());
    const Claim claim(*m_session);
    const auto support = CommitSupport::of(*m_session, *m_commits);
    if (support)
        return true;
    const QSqlError error = support.error();
    const ErrorClass errorClass = classifyError(Stage::Statement, error.nativeErrorCode().toInt(),
                                                error.databaseText(), m_session->facts().flavour);
    // The next session is asked by its first COMMIT.
    return endsSession(errorClass) || provesNotExecuted(errorClass)
           || failToOpen(LossTexts::withoutCommits(m_lastPeerName, error));
}

void Connection::close()
{
    if (m_isRunning) {
        m_isCloseWanted = true;
        m_hasPendingEvents = true;
        return;
    }
    // The supervisor's rounds miss the answers to a connection that is open for less than a round.
    if (m_session && m_session->line()->lastAnswer() != Clock::time_point())
        m_record->watch()->answered(m_session->peer(), m_session->line()->lastAnswer());
    if (m_record)
        handBack(m_session, m_state, m_record->config().causalReads);
    dropSession();
    m_state = SessionState();
    m_isTransactionLost = m_hasLostKey = false;
    m_transaction.end();
    m_unreportedLoss.reset();
    if (m_record) {
        ConnectionRoster::instance().strike(*m_record);
        m_record->close();
        m_record.reset();
    }
    m_pool.reset();
    m_isOpen = false;
}

// E.g. a message handler that writes the log over the connection that logs: it could move the session while
// the outer statement uses it.
bool Connection::refuse(QSqlError *error) const
{
    *error = LossTexts::calledFromWithin();
    return false;
}

// Handlers may run statements, close the connection or open it again, hence the copies.
void Connection::emitPendingEvents()
{
    m_hasPendingEvents = false;
    if (std::exchange(m_isCloseWanted, false))
        close();
    const Events events = m_events;
    const bool isLost = std::exchange(m_isLossPending, false);
    const std::vector<Move> moves = std::exchange(m_pendingMoves, {});
    const std::vector<Move> replays = std::exchange(m_pendingReplays, {});
    if (isLost && events.transactionLost)
        events.transactionLost();
    const auto emitAll = [](const auto &event, const std::vector<Move> &all) {
        for (const Move &one : all) {
            if (event)
                event(one.from, one.to, one.reason);
        }
    };
    emitAll(events.sessionMoved, moves);
    emitAll(events.transactionReplayed, replays);
}

void Connection::pinForHandle()
{
    const Claim claim(*m_session);
    m_state.pin(SessionPin::NativeHandle);
    m_session->statements().turnOff(); // what the application does with it is not seen
    m_record->publish(m_state);
}

} // namespace qproxysql
