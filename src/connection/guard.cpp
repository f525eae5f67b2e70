// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "connection/guard_p.h"

#include "inner/innerplugin.h"
#include "moves/connectionroster.h"
#include "moves/moverounds.h"
#include "moves/statementwatch.h"
#include "pool/poolregistry.h"
#include "session/handback.h"

#include <QtCore/QCoreApplication>
#include <errmsg.h>

namespace qproxysql {

using namespace std::chrono_literals;

namespace {

// poll() costs 0.2 µs; on a session used a moment ago it would tell nothing new.
constexpr auto LivenessAfter = 1ms;
// SERVER_SESSION_STATE_CHANGED; neither library's headers have it as a plain number.
constexpr uint SessionStateChanged = 0x4000;
// SERVER_STATUS_IN_TRANS, SERVER_MORE_RESULTS_EXIST
constexpr uint OpenTransaction = 1;
constexpr uint MoreResults = 8;

StatementTraits makeTraitsOfCall(bool isPlainRead, bool mayCommit)
{
    StatementTraits traits;
    traits.isSingle = true;
    traits.isPlainRead = isPlainRead;
    traits.mayCommit = mayCommit;
    return traits;
}

const StatementTraits &traitsOfCall(Touch::Kind kind)
{
    static const auto *read = new StatementTraits(makeTraitsOfCall(true, false));
    static const auto *committing = new StatementTraits(makeTraitsOfCall(false, true));
    static const auto *rollback = new StatementTraits(makeTraitsOfCall(false, false));
    switch (kind) {
    case Touch::Kind::Metadata:
        return *read;
    case Touch::Kind::Begin:
    case Touch::Kind::Commit:
        return *committing;
    default:
        return *rollback;
    }
}

} // namespace

Connection::Guard::Guard(QObject *parent, Events events)
    : m_parent(parent)
    , m_events(std::move(events))
{
}

bool Connection::Guard::open(const OpenRequest &request)
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

bool Connection::Guard::failToOpen(const QString &reason)
{
    openError = QSqlError(QCoreApplication::translate("QProxySql", "QPROXYSQL: Unable to connect"),
                          reason, QSqlError::ConnectionError);
    return false;
}

bool Connection::Guard::establish(const OpenRequest &request)
{
    QString reason;
    std::optional<ConnectionConfig> config = ConfigResolver::resolve(request, &reason);
    if (!config || !InnerPlugin::isAvailable(config->pool.policy.peerDriver, &reason))
        return failToOpen(reason);
    pool = PoolRegistry::instance().acquire(config->pool, &reason);
    if (!pool)
        return failToOpen(reason);
    m_initSqlKeepsMode = !config->initSql.contains(QLatin1String("sql_mode"), Qt::CaseInsensitive);
    m_lastPeerName.clear();
    m_clientCharacterSet.clear();
    m_hasSaidUntracked = false;
    m_lastingPins = {};
    m_state = SessionState(config->ignoreState);
    // Without our use of the pool: what ends late must not keep the pool's name taken.
    m_record = std::make_shared<ConnectionRecord>(pool->shared_from_this(),
                                                  Supervisor::instance().watch(pool, config->logins),
                                                  *config);
    if (!acquire(NoPeer, {}, &openError))
        return false;
    StatementWatch::begin();
    ConnectionRoster::instance().enroll(m_record);
    MoveRounds::instance().watch(pool);
    openError = {};
    return true;
}

void Connection::Guard::close()
{
    if (m_isRunning) {
        m_isCloseWanted = true;
        m_hasNews = true;
        return;
    }
    // Nobody else would hear of the answers to a connection that lives shorter than a round.
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

bool Connection::Guard::runStatement(const Touch &what, const Attempt &attempt, QSqlError *error)
{
    std::optional<StatementTraits> own;
    const StatementTraits &traits = traitsOf(what, &own);
    if (m_isTransactionLost) {
        const Entry entry = enterLostTransaction(what, traits, error);
        if (entry != Entry::Proceed)
            return entry == Entry::Done;
    }
    if (m_unreportedLoss && reportLoss(what, traits, error))
        return false;
    for (std::optional<Tries> tries;;) {
        Entry entry = makeReady(what, traits, error);
        if (entry != Entry::Proceed)
            return entry == Entry::Done;
        AttemptFailure failure;
        const Outcome outcome = attemptOnce(what, traits, attempt, &failure);
        if (outcome == Outcome::Succeeded)
            return true;
        if (outcome == Outcome::NotSent)
            continue;
        if (!tries)
            tries.emplace(m_record->config().retryConflicts);
        entry = recover(what, traits, failure, &*tries, error);
        if (entry != Entry::Proceed)
            return entry == Entry::Done;
    }
}

// A message handler that keeps the log in the database, over the connection that logs: half of what the
// statement around it knows of its session would be another's.
bool Connection::Guard::refuse(QSqlError *error) const
{
    *error = LossTexts::calledFromWithin();
    return false;
}

// Handlers may do what applications do: run statements, close the connection, open it again.
void Connection::Guard::tell()
{
    m_hasNews = false;
    if (std::exchange(m_isCloseWanted, false))
        close();
    const Events events = m_events;
    const bool isLost = std::exchange(m_isUntoldLoss, false);
    const std::vector<Move> moves = std::exchange(m_untoldMoves, {});
    if (isLost && events.transactionLost)
        events.transactionLost();
    if (!events.sessionMoved)
        return;
    for (const Move &move : moves)
        events.sessionMoved(move.from, move.to, move.reason);
}

void Connection::Guard::pin(const QString &name)
{
    const Claim claim(*session);
    m_state.pin(name);
    m_record->publish(m_state);
}

// In the cache, or in \a own.
const StatementTraits &Connection::Guard::traitsOf(const Touch &what,
                                                   std::optional<StatementTraits> *own)
{
    switch (what.kind) {
    case Touch::Kind::Text:
    case Touch::Kind::Prepare:
    case Touch::Kind::ExecutePrepared:
        break;
    default:
        return traitsOfCall(what.kind);
    }
    const bool isDoubtful = !m_isLexerModeKnown
                            && (what.sql.contains(u'\\') || what.sql.contains(u'"'));
    const StatementTraits &traits = m_traits.of(what.sql, m_lexerMode);
    if (Q_LIKELY(!isDoubtful))
        return traits;
    own->emplace(traits);
    (*own)->isPlainRead = (*own)->isSingle = false;
    return **own;
}

Connection::Guard::Entry Connection::Guard::makeReady(const Touch &what,
                                                      const StatementTraits &traits,
                                                      QSqlError *error)
{
    if (!session)
        return acquire(NoPeer, LossTexts::closedByPeer(), error) ? Entry::Proceed : Entry::Failed;
    if (m_state.hasMoreResults())
        noteStatus(); // they may have been read, or thrown away, since: neither passes here
    if (traits.readsSessionRest && session->holdsRest() && !m_state.isUsed()
        && m_state.isMovable()) {
        dropSession(); // what it would read is another user's
        return acquire(NoPeer, LossTexts::anothersRest(), error, true) ? Entry::Proceed
                                                                       : Entry::Failed;
    }
    if (m_record->hasOffer() && maySettleElsewhere(what, traits))
        followOffer();
    const SessionLine &line = *session->line();
    const bool isInUse = std::chrono::steady_clock::now() - m_lastUse <= LivenessAfter;
    if (isInUse ? !line.isGone() : !line.isClosed())
        return Entry::Proceed;
    return leaveClosedSession(what, traits, error);
}

Connection::Guard::Entry Connection::Guard::leaveClosedSession(const Touch &what,
                                                               const StatementTraits &traits,
                                                               QSqlError *error)
{
    const QString peerName = session->peerName();
    const PeerId peer = session->peer();
    const SessionState lost = m_state;
    QString why = LossTexts::closedByPeer();
    if (!session->line()->isCut()) // a cut is ours, and tells nothing of the peer
        m_record->watch()->statementFailed(peer, CR_SERVER_GONE_ERROR, why,
                                           session->facts().flavour);
    else if (pool->peer(peer).service == Service::Draining)
        why = LossTexts::moved(MoveReason::Drain);
    else
        why = LossTexts::endedByUs();
    dropSession();
    if (lost.inTransaction()) {
        if (what.kind == Touch::Kind::Rollback || isRollbackText(what, traits))
            noteUnreportedLoss(peerName, lost.pins());
        if (what.kind == Touch::Kind::Rollback)
            return Entry::Done; // the server has rolled back already
        if (!isRollbackText(what, traits)) {
            loseTransaction(isCommit(what, traits), false);
            *error = LossTexts::withLostState(transactionLost(isCommit(what, traits), peerName, why),
                                              lost.pins());
            return Entry::Failed;
        }
    } else if (!lost.isMovable()) {
        *error = LossTexts::stateLost(peerName, lost.reasons());
        return Entry::Failed;
    } else if (traits.readsSessionRest && lost.isUsed()) {
        *error = LossTexts::stateLost(peerName, {LossTexts::previousResult()});
        return Entry::Failed;
    }
    return acquire(peer, why, error) ? Entry::Proceed : Entry::Failed;
}

// What the session holds is published before the claim is given back: whoever cuts an idle session
// must know. A cut that came between the look at the socket and the claim has found it idle.
Connection::Guard::Outcome Connection::Guard::attemptOnce(const Touch &what,
                                                          const StatementTraits &traits,
                                                          const Attempt &attempt,
                                                          AttemptFailure *failure)
{
    const Claim claim(*session);
    if (session->line()->isGone())
        return Outcome::NotSent;
    if (m_readTimeout > 0s)
        m_started = std::chrono::steady_clock::now();
    const bool succeeded = attempt(session, failure);
    m_lastUse = std::chrono::steady_clock::now();
    if (!succeeded) {
        m_record->doubt();
        return Outcome::Failed;
    }
    session->line()->answered(m_lastUse);
    noteReply(what, traits, true);
    return Outcome::Succeeded;
}

uint Connection::Guard::believed(uint status) const
{
    return m_mayHaveBegun || m_state.inTransaction() ? status : status & ~OpenTransaction;
}

uint Connection::Guard::believedStatus(const Touch &what, const StatementTraits &traits,
                                       bool succeeded, bool *known)
{
    const uint status = session->serverStatus(known);
    if (Q_UNLIKELY(what.kind == Touch::Kind::Prepare)) { // it neither begins nor ends a transaction
        return m_state.inTransaction() ? status | OpenTransaction : status & ~OpenTransaction;
    }
    if (Q_LIKELY(!(status & (OpenTransaction | MoreResults)) || m_state.inTransaction()))
        return status;
    m_mayHaveBegun = mayHaveBegun(what, traits, succeeded, status);
    return believed(status);
}

void Connection::Guard::noteStatus()
{
    bool known = false;
    const uint status = session->serverStatus(&known);
    if (known)
        m_state.noteStatus(believed(status));
}

void Connection::Guard::noteReply(const Touch &what, const StatementTraits &traits, bool succeeded)
{
    bool known = false;
    const uint status = believedStatus(what, traits, succeeded, &known);
    if (Q_UNLIKELY(m_mayHaveEnded) && succeeded && what.kind != Touch::Kind::Prepare)
        m_mayHaveEnded = false;
    const bool hasReport = succeeded && known && (status & SessionStateChanged);
    if (known && succeeded && !hasReport && isStatement(what)
        && m_state.isUnchangedBy(traits, status)) {
        m_record->publish(m_state);
        return;
    }
    if (known)
        m_state.noteStatus(status);
    if (isStatement(what)) {
        m_state.noteStatement(traits, known, succeeded);
        if (hasReport || SessionState::mayChangeSettings(traits))
            noteChanges(traits, succeeded, hasReport);
    } else if (!known && succeeded) {
        m_state.noteTransaction(what.kind == Touch::Kind::Begin,
                                what.kind == Touch::Kind::Commit
                                        || what.kind == Touch::Kind::Rollback);
    }
    if (!m_state.pins().isEmpty())
        warnOfLastingPins();
    m_record->publish(m_state);
}

} // namespace qproxysql
