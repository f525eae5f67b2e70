// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "connection/statementrun.h"

#include "connection/losstexts.h"
#include "connection/refusal.h"
#include "replay/tablefactscache.h"
#include "session/logging.h"

#include <algorithm>
#include <errmsg.h>

namespace qproxysql {

using namespace std::chrono_literals;

namespace {

// Asking the socket costs 0.4 µs; it is not needed on a session that was used a moment ago.
constexpr auto LivenessAfter = 1ms;
// SERVER_SESSION_STATE_CHANGED, which is no macro in the headers of either library.
constexpr uint SessionStateChanged = 0x4000;
constexpr int ParseError = 1064; // ER_PARSE_ERROR

} // namespace

bool Connection::runStatement(const Touch &what, const Attempt &attempt, QSqlError *error)
{
    return StatementRun(*this, what, attempt, error).run();
}

bool StatementRun::run()
{
    Next next = Next::Run;
    if (Q_UNLIKELY(m_connection.m_isTransactionLost || m_connection.m_unreportedLoss))
        next = reportLosses();
    if (Q_UNLIKELY(m_statement.traits.dependsOnPreviousStatement) && refusesLostKey())
        return false;
    while (next == Next::Run) {
        next = makeReady();
        if (next != Next::Run)
            break;
        AttemptFailure failure;
        const Outcome outcome = attemptOnce(&failure);
        if (outcome == Outcome::Succeeded)
            return true;
        if (outcome == Outcome::Failed)
            next = recoverCounted(failure);
        else if (Q_UNLIKELY(outcome == Outcome::NotReplayed))
            next = loseTransaction(m_tries->ifNotReplayed, m_tries->lostOnPeer);
    }
    return next == Next::Done;
}

StatementRun::Next StatementRun::reportLosses()
{
    if (m_connection.m_isTransactionLost) {
        const AfterLoss after = afterLostTransaction(m_statement, m_connection.m_mayHaveCommitted,
                                                     m_connection.m_lastPeerName);
        if (after.transaction == AfterLoss::Transaction::Over)
            m_connection.m_isTransactionLost = false;
        if (after.next == Next::Fail)
            *m_error = after.error;
        if (after.next != Next::Run)
            return after.next;
    }
    if (!m_connection.m_unreportedLoss || !mustReportLoss(m_statement))
        return Next::Run;
    *m_error = *std::exchange(m_connection.m_unreportedLoss, std::nullopt);
    return Next::Fail;
}

bool StatementRun::maySettleElsewhere() const
{
    const Touch::Kind kind = m_statement.touch.kind;
    return m_connection.m_state.isMovable()
           && !(m_statement.traits.dependsOnPreviousStatement && m_connection.m_state.isUsed())
           && kind != Touch::Kind::Commit && kind != Touch::Kind::Rollback;
}

StatementRun::Next StatementRun::makeReady()
{
    const std::shared_ptr<PeerSession> &session = m_connection.m_session;
    if (!session)
        return acquire({.cause = LossTexts::closedByPeer()});
    const SessionState &state = m_connection.m_state;
    if (m_statement.traits.dependsOnPreviousStatement && session->holdsPreviousStatement()
        && !state.isUsed() && state.isMovable()) {
        m_connection.dropSession(); // the statement would read state of the session's previous user
        return acquire({.isFresh = true, .cause = LossTexts::heldPreviousStatement()});
    }
    if (m_connection.m_record->hasOffer() && maySettleElsewhere())
        m_connection.followOffer();
    const SessionLine &line = *session->line();
    if (Q_UNLIKELY(line.isToBeLeft()) && maySettleElsewhere()) {
        const PeerId peer = session->peer();
        m_connection.dropSession();
        return acquire({.avoid = peer, .cause = LossTexts::endedByUs(CutReason::Apart)});
    }
    const bool isInUse = std::chrono::steady_clock::now() - m_connection.m_lastUse <= LivenessAfter;
    if (isInUse ? !line.isGone() : !line.isClosed())
        return Next::Run;
    return leaveClosedSession();
}

// The session's state is published before the claim ends, so that nobody cuts a session that has become
// pinned. A cut between the liveness check and the claim found the session idle.
StatementRun::Outcome StatementRun::attemptOnce(AttemptFailure *failure)
{
    PeerSession &session = *m_connection.m_session;
    const Claim claim(session);
    if (session.line()->isGone())
        return Outcome::NotSent;
    if (m_connection.m_readTimeout > 0s)
        m_connection.m_started = std::chrono::steady_clock::now();
    if (Q_UNLIKELY(m_isReplayDue)) {
        const Outcome outcome = replay(failure);
        if (outcome != Outcome::Succeeded)
            return outcome;
        m_connection.m_started = std::chrono::steady_clock::now();
    }
    const bool isRecorded = this->isRecorded();
    const bool wasInTransaction = m_connection.m_state.inTransaction();
    const quint64 settings = m_connection.m_state.settingsStamp();
    if (Q_UNLIKELY(isRecorded || m_connection.m_hasLostKey))
        failure->answer = &m_connection.m_transaction.answer();
    const bool succeeded = Q_UNLIKELY(m_connection.m_commits)
                                   ? attemptWithToken(failure)
                                   : m_attempt(m_connection.m_session, failure);
    TableFactsCache::noteExecuted(m_statement.traits);
    m_connection.m_lastUse = std::chrono::steady_clock::now();
    if (!succeeded) {
        m_connection.m_record->doubt();
        return Outcome::Failed;
    }
    session.line()->answered(m_connection.m_lastUse, m_statement.count());
    noteReply(Reply::Ok);
    if (Q_UNLIKELY(isRecorded))
        record(*failure->answer, wasInTransaction, settings);
    else if (Q_UNLIKELY(m_connection.m_hasLostKey))
        m_connection.m_hasLostKey = failure->answer->insertId == 0;
    return Outcome::Succeeded;
}

void StatementRun::noteReply(Reply reply)
{
    SessionState &state = m_connection.m_state;
    const StatementTraits &traits = m_statement.traits;
    const bool isOk = reply == Reply::Ok;
    const std::optional<uint> status = m_connection.believedStatus(m_statement, reply);
    const bool isPrepare = m_statement.touch.kind == Touch::Kind::Prepare;
    if (isOk && !isPrepare)
        state.noteKnownEnd();
    const bool hasReport = isOk && status && (*status & SessionStateChanged);
    if (Q_UNLIKELY(hasReport || traits.mayChangeMeaning()) && m_statement.isExecution())
        noteMeaning(hasReport);
    if (status && isOk && !hasReport && m_statement.isExecution()
        && state.isUnchangedBy(traits, *status)) {
        m_connection.m_record->publish(state);
        return;
    }
    if (status)
        state.noteStatus(*status);
    if (m_statement.isExecution()) {
        state.noteStatement(traits, status.has_value(), reply);
        if (hasReport || SessionState::mayChangeSettings(traits))
            m_connection.noteChanges(traits, reply,
                                     hasReport ? m_connection.m_session->report() : std::nullopt);
    } else if (!status && isOk) {
        state.noteTransaction(isPrepare ? TransactionVerb::None : traits.transaction);
    }
    // The status is that of the first result.
    if (isOk && traits.mayCommit && state.hasMoreResults())
        state.noteDoubtfulEnd();
    if (state.pins())
        m_connection.warnOfLastingPins();
    m_connection.m_record->publish(state);
}

// Kept statements are those whose texts still mean the same.
void StatementRun::noteMeaning(bool hasReport)
{
    StatementCache &kept = m_connection.m_session->statements();
    const StatementTraits &traits = m_statement.traits;
    if (hasReport || !traits.leavesNothing || !traits.isSingle)
        kept.settingsChanged();
    else
        kept.tablesChanged();
}

// A statement that was refused before its execution changes only what SHOW WARNINGS returns.
void StatementRun::noteFailure(const AttemptFailure &failure)
{
    const QSqlError error = failure.error.value_or(QSqlError());
    const int code = error.nativeErrorCode().toInt();
    const StatementTraits &traits = m_statement.traits;
    // DDL commits before it fails, and an error has no status flags. A COMMIT that lost a conflict has committed
    // nothing.
    const bool isUndone = m_statement.isCommit()
                          && classifyError(Stage::Statement, code, error.databaseText(),
                                           m_connection.m_session->facts().flavour)
                                     == ErrorClass::Conflict;
    if ((m_statement.isExecution() || m_statement.isCommit()) && traits.mayCommit
        && !failure.beforeExecution && code != ParseError && !isUndone)
        m_connection.m_state.noteDoubtfulEnd();
    if (!m_statement.isExecution()
        || !(failure.beforeExecution
             || isRefusedUnexecuted({m_statement.touch.sql, traits, m_connection.m_lexerMode, code,
                                     error.databaseText()}))) {
        noteReply(Reply::Error);
        return;
    }
    if (const auto status = m_connection.believedStatus(m_statement, Reply::Error))
        m_connection.m_state.noteStatus(*status);
    m_connection.m_state.noteRefusal();
    m_connection.m_record->publish(m_connection.m_state);
}

StatementRun::Next StatementRun::leaveClosedSession()
{
    const PeerSession &session = *m_connection.m_session;
    const PeerId peer = session.peer();
    QString why = LossTexts::closedByPeer();
    if (!session.line()->isCut()) // a cut is ours and does not concern the peer's health
        m_connection.m_record->watch()->statementFailed(peer, CR_SERVER_GONE_ERROR, why,
                                                        session.facts().flavour);
    else if (m_connection.m_pool->peer(peer).service == Service::Draining)
        why = LossTexts::moved(MoveReason::Drain);
    else
        why = LossTexts::endedByUs(session.line()->cutReason());
    Loss loss;
    loss.isAttempted = false;
    loss.peerName = session.peerName();
    loss.held = m_connection.m_state;
    loss.error = QSqlError({}, why, QSqlError::StatementError,
                           QString::number(CR_SERVER_GONE_ERROR));
    noteReplay(&loss);
    return leaveSession(loss, afterLoss(loss, m_statement));
}

StatementRun::Next StatementRun::recover(const AttemptFailure &failure)
{
    Loss loss = lossOf(failure);
    AfterLoss after = afterLoss(loss, m_statement);
    if (after.awaitsWritable) {
        const std::chrono::milliseconds patience = loss.openDeadline;
        m_tries->refusedBy.clear();
        loss.hasWritable = m_connection.m_record->watch()->awaitWritable(m_tries->refusedFirst
                                                                                 + patience,
                                                                         patience);
        after = afterLoss(loss, m_statement);
    }
    if (after.meeting)
        m_connection.meetOthers(*after.meeting);
    if (after.pause > 0ms)
        m_connection.m_waiting.pause(after.pause);
    if (after.seeksFate)
        return seekFate(std::move(loss), after);
    if (after.leavesSession)
        return leaveSession(loss, after);
    if (after.replays)
        return beginReplay(loss, after, NoPeer);
    if (after.next == Next::Fail && m_isReplayDue)
        return loseReplay(loss);
    if (after.next == Next::Fail) {
        recordFailure(failure);
        noteFailure(failure);
        *m_error = after.error;
    }
    return after.next;
}

StatementRun::Next StatementRun::leaveSession(const Loss &loss, const AfterLoss &after)
{
    const PeerId peer = m_connection.m_session->peer();
    if (after.replays)
        tries().lostSession = LostSession::of(*m_connection.m_session);
    m_connection.dropSession();
    if (after.isCountedAsLoss)
        tries().lostOn.push_back(peer);
    if (after.replays)
        return beginReplay(loss, after, peer);
    if (after.unreported.isValid())
        m_connection.m_unreportedLoss = after.unreported;
    if (after.next != Next::Run)
        return loseTransaction(after, peer);
    m_connection.m_transaction.end();
    const QSqlError cause = loss.cause();
    if (loss.isAttempted && !loss.held.inTransaction())
        qCInfo(lcSession).noquote()
                << "pool" << m_connection.m_pool->name() << "peer" << loss.peerName
                << (after.isCountedAsLoss ? "lost" : "refused")
                << "a statement that is run again on another peer:" << cause.nativeErrorCode()
                << cause.databaseText();
    return acquire({.avoid = peer,
                    .isFresh = loss.isAttempted,
                    .cause = cause.databaseText(),
                    .causeCode = cause.nativeErrorCode().toInt()});
}

StatementRun::Tries &StatementRun::tries()
{
    if (!m_tries)
        m_tries.emplace(Tries{
                {m_connection.m_record->config().retryConflicts, m_connection.m_waiting.random}});
    return *m_tries;
}

} // namespace qproxysql
