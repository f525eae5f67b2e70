// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "connection/losstexts.h"
#include "connection/statementrun.h"
#include "replay/generatedkeys.h"
#include "replay/logging.h"
#include "replay/replay.h"

#include <algorithm>

namespace qproxysql {

using namespace std::chrono_literals;

namespace {

// InnoDB may have undone the whole transaction: with innodb_rollback_on_timeout, after the lock table was
// full, and with innodb_snapshot_isolation.
constexpr int LockWaitTimeout = 1205;
constexpr int LockTableFull = 1206;
constexpr int RecordChanged = 1020; // ER_CHECKREAD
constexpr auto KeyStepsAge = 1min;  // nodes come and go rarely

} // namespace

StatementRun::Next StatementRun::recoverCounted(const AttemptFailure &failure)
{
    const PeerId peer = m_connection.m_lastPeer;
    const Next next = recover(failure);
    if (next == Next::Run)
        m_connection.m_pool->count(peer, &PeerCounters::reruns);
    return next;
}

// What runs without a transaction is not recorded.
bool StatementRun::isRecorded() const
{
    const SessionState &state = m_connection.m_state;
    const StatementTraits &traits = m_statement.traits;
    const bool isAlone = !state.inTransaction() && state.autocommit()
                         && traits.transaction == TransactionVerb::None
                         && !traits.pins.testFlag(SessionPin::TransactionCharacteristics)
                         && m_connection.m_transaction.isEmpty();
    return !isAlone && (m_connection.m_transaction.isOn() || m_connection.m_commits);
}

// Written into a row, a value of 0 would not be noticed.
bool StatementRun::refusesLostKey() const
{
    const QString &sql = m_statement.touch.sql;
    const bool refuses = m_connection.m_hasLostKey && m_statement.isExecution()
                         && (sql.contains(QLatin1String("insert_id"), Qt::CaseInsensitive)
                             || sql.contains(QLatin1String("@@identity"), Qt::CaseInsensitive));
    if (refuses)
        *m_error = LossTexts::keyLost();
    return refuses;
}

// The state is that after the answer.
void StatementRun::record(Answer &answer, bool wasInTransaction, quint64 settings)
{
    TransactionRecord &record = m_connection.m_transaction;
    const Touch &touch = m_statement.touch;
    m_connection.m_hasLostKey &= m_connection.m_state.inTransaction() && answer.insertId == 0;
    if (!m_connection.m_state.inTransaction()) {
        const bool isPrelude = m_statement.isExecution()
                               && m_statement.traits.pins
                                          == SessionPins(SessionPin::TransactionCharacteristics);
        if (isPrelude)
            record.addPrelude(touch.sql);
        else if (m_statement.isExecution() || touch.kind == Touch::Kind::Commit
                 || touch.kind == Touch::Kind::Rollback)
            record.end();
        return;
    }
    // One that goes on without a BEGIN was begun by the server (completion_type).
    if (wasInTransaction
        && (m_statement.isBegin() || m_statement.isCommit() || m_statement.isRollbackCall()
            || m_statement.isRollbackText()))
        record.end();
    if (m_statement.isBegin())
        record.noteBegin();
    if (touch.kind == Touch::Kind::Begin)
        record.addBegin();
    else if (m_statement.isExecution())
        record.add(touch.sql, touch.kind == Touch::Kind::ExecutePrepared ? touch.values : nullptr,
                   answer);
    if (Q_UNLIKELY(answer.insertId != 0 && answer.affectedRows > 1))
        record.noteSteps(stepsBefore());
    if (settings != m_connection.m_state.settingsStamp())
        record.forbid(LossTexts::settingInTransaction());
}

// What has been heard meanwhile may be from after the statement: it counts for the next one.
KeySteps StatementRun::stepsBefore()
{
    const PeerSession &session = *m_connection.m_session;
    KeySteps &known = m_connection.m_keySteps;
    if (std::exchange(m_connection.m_keyStepsOf, session.generation()) != session.generation())
        known = GeneratedKeys::stepsOf(session);
    const KeySteps before = known;
    if (before.cluster.isEmpty())
        return before;
    const KeySteps now = m_connection.m_record->watch()->keySteps(session.peer(), KeyStepsAge);
    if (now.cluster == before.cluster && now.node == before.node && now.view > before.view)
        known = now;
    return before;
}

void StatementRun::recordFailure(const AttemptFailure &failure)
{
    TransactionRecord &record = m_connection.m_transaction;
    if (!isRecorded())
        return;
    // Outside of a transaction a replay would commit what succeeds this time. A SET TRANSACTION before it may have
    // been for this statement.
    if (!m_connection.m_state.inTransaction() && m_connection.m_state.autocommit()) {
        record.end();
        return;
    }
    const QSqlError error = failure.error.value_or(QSqlError());
    const int code = error.nativeErrorCode().toInt();
    const bool isUndone = code == LockWaitTimeout || code == LockTableFull || code == RecordChanged
                          || classifyError(Stage::Statement, code, error.databaseText(),
                                           m_connection.m_session->facts().flavour)
                                     == ErrorClass::Conflict;
    // Whether a COMMIT that fails has committed is not certain.
    if (isUndone || m_statement.isCommit()) {
        record.forbid(LossTexts::undoneByConflict());
        return;
    }
    if (!m_statement.isExecution() || failure.beforeExecution)
        return;
    Answer &answer = record.answer();
    answer.addError(error);
    const Touch &touch = m_statement.touch;
    record.add(touch.sql, touch.kind == Touch::Kind::ExecutePrepared ? touch.values : nullptr,
               answer);
}

void StatementRun::noteReplay(Loss *loss)
{
    const SessionState &held = loss->held;
    if (!held.inTransaction() && held.autocommit())
        return;
    const TransactionRecord &record = m_connection.m_transaction;
    const ConnectionConfig &config = m_connection.m_record->config();
    const Clock::time_point now = m_connection.m_waiting.clock.now();
    const bool isInTime = !m_tries || m_tries->firstReplay == Clock::time_point()
                          || now - m_tries->firstReplay < config.openDeadline;
    const bool lacksPrelude = held.pins().testFlag(SessionPin::TransactionCharacteristics)
                              && !record.hasPrelude();
    // Else the statements would run one by one, each committed by itself.
    const bool lacksBegin = held.autocommit() && !record.hasBegin();
    m_whyNotReplayed = record.obstacle();
    if (!isInTime)
        m_whyNotReplayed = NotReplayed::tooLate();
    loss->isReplayable = record.isOn() && isInTime && !lacksPrelude && !lacksBegin
                         && m_whyNotReplayed.isEmpty();
    loss->isDraining = m_connection.m_pool->peer(m_connection.m_session->peer()).service
                       == Service::Draining;
}

void StatementRun::noteFirstLoss(const Loss &loss, PeerId peer)
{
    Tries &tries = this->tries();
    if (tries.firstReplay != Clock::time_point())
        return;
    tries.whyLost = loss.cause().databaseText();
    tries.whyLostCode = loss.cause().nativeErrorCode().toInt();
    tries.firstReplay = m_connection.m_waiting.clock.now();
    tries.lostPeer = loss.peerName;
    tries.lostOnPeer = peer;
}

// Without a session: the old one has been left.
StatementRun::Next StatementRun::beginReplay(const Loss &loss, const AfterLoss &after, PeerId left)
{
    Tries &tries = this->tries();
    const QSqlError cause = loss.cause();
    noteFirstLoss(loss, left == NoPeer ? m_connection.m_session->peer() : left);
    tries.ifNotReplayed = after;
    tries.wasAttempted |= loss.isAttempted && !loss.beforeExecution;
    m_isReplayDue = true;
    if (m_connection.m_session)
        return Next::Run;
    if (acquire({.avoid = left,
                 .isFresh = loss.isAttempted,
                 .cause = cause.databaseText(),
                 .causeCode = cause.nativeErrorCode().toInt()})
        == Next::Fail) {
        m_whyNotReplayed = {NotReplayed::NoPeer, m_error->databaseText()};
        return loseTransaction(after, tries.lostOnPeer);
    }
    m_connection.m_state.noteTransaction(TransactionVerb::Begin);
    m_connection.m_record->publish(m_connection.m_state);
    return Next::Run;
}

// The caller holds the claim.
StatementRun::Outcome StatementRun::replay(AttemptFailure *failure)
{
    PeerSession &session = *m_connection.m_session;
    const bool isNextUndone = m_tries->wasAttempted && m_statement.isExecution()
                              && !m_statement.isCommit();
    Replay replay(session, m_connection.m_transaction, m_connection.m_lexerMode,
                  isNextUndone ? m_statement.touch.sql : QString(),
                  m_connection.m_state.settings().schema());
    const ConnectionConfig &config = m_connection.m_record->config();
    const auto spent = m_connection.m_waiting.clock.now() - m_tries->firstReplay;
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(config.openDeadline
                                                                            - spent);
    const QDeadlineTimer deadline(std::max(left, 1000ms));
    m_tries->lostSession.endOn(session, deadline);
    const Replay::Outcome outcome = replay.run(deadline);
    m_connection.m_lastUse = std::chrono::steady_clock::now();
    switch (outcome) {
    case Replay::Outcome::Differs:
        m_whyNotReplayed = replay.whyNot();
        return Outcome::NotReplayed;
    case Replay::Outcome::Failed:
        failure->error = replay.error();
        failure->beforeExecution = true;
        m_connection.m_record->doubt();
        return Outcome::Failed;
    case Replay::Outcome::Equal:
        break;
    }
    session.line()->answered(m_connection.m_lastUse,
                             quint64(m_connection.m_transaction.statements().size()));
    m_isReplayDue = false;
    m_connection.m_transaction.noteReplayed();
    m_connection.m_hasLostKey = std::ranges::none_of(m_connection.m_transaction.statements(),
                                                     &RecordedStatement::insertId);
    m_connection.m_pool->transactionReplayed(m_tries->lostOnPeer);
    if (const std::optional<uint> status = session.serverStatus())
        m_connection.m_state.noteStatus(*status);
    m_connection.m_record->publish(m_connection.m_state);
    m_connection.m_pendingReplays.push_back(
            {m_tries->lostPeer, session.peerName(), m_tries->whyLost});
    m_connection.m_hasPendingEvents = true;
    qCInfo(lcReplay).noquote().nospace()
            << "pool " << m_connection.m_pool->name() << ": peer " << session.peerName()
            << " has replayed a transaction of " << m_connection.m_transaction.statements().size()
            << " statements that was open on " << m_tries->lostPeer << ": " << m_tries->whyLost;
    return Outcome::Succeeded;
}

// The replay itself has failed, and there is no other try.
StatementRun::Next StatementRun::loseReplay(const Loss &loss)
{
    if (m_whyNotReplayed.isEmpty())
        m_whyNotReplayed.text = loss.cause().databaseText();
    return loseTransaction(m_tries->ifNotReplayed, m_tries->lostOnPeer);
}

StatementRun::Next StatementRun::loseTransaction(const AfterLoss &after, PeerId peer)
{
    const bool isLost = after.transaction != AfterLoss::Transaction::AsItWas;
    if (after.next == Next::Fail || after.replays)
        *m_error = isLost && !after.mayHaveCommitted && !m_whyNotReplayed.isEmpty()
                           ? LossTexts::notReplayed(after.error, m_whyNotReplayed.text)
                           : after.error;
    if (m_connection.m_session)
        m_connection.dropSession(); // what was replayed is undone with it
    if (isLost) {
        m_connection.m_pool->transactionLost(peer, m_whyNotReplayed.name());
        if (after.mayHaveCommitted)
            m_connection.m_pool->count(peer, &PeerCounters::fatesUnknown);
        m_connection.m_isTransactionLost = after.transaction == AfterLoss::Transaction::Lost;
        m_connection.m_mayHaveCommitted = after.mayHaveCommitted;
        m_connection.m_isLossPending = m_connection.m_hasPendingEvents = true;
    }
    m_connection.m_transaction.end();
    m_isReplayDue = false;
    return after.replays ? Next::Fail : after.next;
}

} // namespace qproxysql
