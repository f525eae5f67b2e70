// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "connection/afterloss.h"

#include "connection/losstexts.h"

#include <algorithm>
#include <errmsg.h>

namespace qproxysql {

using namespace std::chrono_literals;

namespace {

using Next = AfterLoss::Next;
using Transaction = AfterLoss::Transaction;

constexpr int ReadOnlyTable = 1036;     // ER_OPEN_AS_READONLY
constexpr int TooLargeForServer = 1153; // ER_NET_PACKET_TOO_LARGE
constexpr int TooLargeForClient = 2020; // CR_NET_PACKET_TOO_LARGE
constexpr auto RefusalPause = 100ms;
constexpr std::chrono::milliseconds LongestRefusalPause = 1s;
constexpr int ConflictsBeforeMeeting = 3;

int codeOf(const QSqlError &error)
{
    return error.nativeErrorCode().toInt();
}

// A session keeps its initial transaction_read_only when the server becomes writable. A text of several
// statements, or a DROP of several tables, may have been executed in part before the refusal: it is not
// run again.
ErrorClass classOfRefusal(const Loss &loss, const StatementTraits &traits)
{
    const bool runsOthers = traits.mayRunOthers();
    const bool isRefusal = loss.seenAs == ErrorClass::ReadOnly
                           || loss.seenAs == ErrorClass::RefusedNotReady;
    if (isRefusal && runsOthers && !loss.held.inTransaction())
        return ErrorClass::StatementsOwn;
    const int code = codeOf(loss.error);
    const QString text = loss.error.databaseText();
    if (!isRefusedByReadOnlyServer(code, text, {true, true}))
        return loss.seenAs;
    if (runsOthers || (code == ReadOnlyTable && traits.mayCommit))
        return ErrorClass::StatementsOwn;
    return isRefusedByReadOnlyServer(code, text, loss.readOnlyParts) ? ErrorClass::ReadOnly
                                                                     : loss.seenAs;
}

/// The rules for one statement.
class Rules
{
public:
    Rules(const Loss &loss, const Statement &statement)
        : m_loss(loss)
        , m_statement(statement)
        , m_traits(statement.traits)
        , m_class(classOf(loss, statement))
    {
    }

    AfterLoss decide() const
    {
        return m_loss.isAttempted && !endsSession(m_class) ? onSameSession() : onNewSession();
    }

private:
    bool isInTransaction() const
    {
        return m_loss.held.inTransaction() || !m_loss.held.autocommit();
    }
    bool dependsOnLostStatement() const
    {
        return m_traits.dependsOnPreviousStatement && m_loss.held.isUsed();
    }

    // A lost BEGIN has no effect. Inside a transaction it commits that one.
    bool isProvablyNotExecuted() const
    {
        return m_loss.beforeExecution || m_loss.isOversized()
               || m_statement.touch.kind == Touch::Kind::Prepare
               || (m_statement.isBegin() && !m_loss.held.inTransaction())
               || provesNotExecuted(m_class);
    }

    bool isOutcomeUnknown() const
    {
        return (m_class == ErrorClass::AnswerLost || m_class == ErrorClass::ShuttingDown
                || m_class == ErrorClass::Killed)
               && !isProvablyNotExecuted() && !m_traits.isPlainRead;
    }

    // A statement may crash servers, so it is not sent to one after the other. A server that has refused it, or has
    // found a conflict, has not crashed: the run that is allowed after a loss is still to come.
    bool mayCrashServers() const
    {
        const bool isLoss = !m_loss.isAttempted || endsSession(m_class);
        return m_loss.suspiciousLosses > (isLoss ? 0 : 1);
    }

    // A session that an operator killed was meant to end. Equivalent peers have the same packet limit.
    bool mayRunAgain() const
    {
        const bool leavesPeer = m_class != ErrorClass::Killed
                                && (endsSession(m_class) || provesNotExecuted(m_class));
        if (!leavesPeer || mayCrashServers() || m_loss.isOwnTimeout || m_loss.isOversized())
            return false;
        if (isInTransaction() || !m_loss.held.isMovable() || dependsOnLostStatement()
            || !m_traits.isSingle)
            return false;
        return isProvablyNotExecuted() || (m_traits.isPlainRead && m_loss.retryReads > 0);
    }

    // The server has rolled back the whole statement.
    bool mayRetryConflict() const
    {
        const bool leavesState = m_traits.pins || !m_traits.settings.isEmpty()
                                 || m_traits.mayCommit;
        return m_class == ErrorClass::Conflict && !isInTransaction() && m_traits.isSingle
               && !leavesState && !dependsOnLostStatement();
    }

    // What is undone with the session may be done again. A COMMIT that lost a conflict has committed nothing.
    bool mayReplay() const
    {
        const SessionState &held = m_loss.held;
        const SessionPins pins = (held.pins() | held.ignoredPins())
                                 & ~SessionPins(SessionPin::TransactionCharacteristics);
        if (!isInTransaction() || !m_loss.isReplayable || pins || held.mayHaveEnded()
            || mayCrashServers() || m_loss.isOwnTimeout || m_loss.isOversized()
            || dependsOnLostStatement())
            return false;
        if (!m_loss.isAttempted || isProvablyNotExecuted())
            return true;
        if (m_class == ErrorClass::Conflict && m_statement.isCommit())
            return true;
        return m_traits.isSingle && !m_traits.mayCommit && !m_traits.pins;
    }

    // Before a COMMIT or DDL that it refuses as read-only a server may have ended the transaction.
    bool mayReplayWrite() const
    {
        return m_class == ErrorClass::ReadOnly && mayReplay()
               && (!m_traits.mayCommit || m_loss.beforeExecution);
    }

    AfterLoss replayed(AfterLoss after) const
    {
        after.next = Next::Run;
        after.replays = true;
        after.isCountedAsLoss = m_loss.isAttempted && endsSession(m_class);
        return after;
    }

    AfterLoss onSameSession() const
    {
        AfterLoss after{.error = m_loss.cause()};
        if (m_class == ErrorClass::Conflict && m_loss.conflictPause && mayReplay()) {
            after.pause = *m_loss.conflictPause;
            after.leavesSession = m_loss.isDraining;
            return replayed(after);
        }
        if (mayRetryConflict() && m_loss.conflictPause) {
            after.next = Next::Run;
            after.pause = *m_loss.conflictPause;
            if (m_loss.conflicts % ConflictsBeforeMeeting == 0)
                after.meeting = m_loss.conflicts / ConflictsBeforeMeeting - 1;
            return after;
        }
        // After a refusal the session is left only if another peer, or a new session, may succeed.
        // Without another one yet, as in a group before its next primary, a replay waits for it.
        if (isInTransaction() && m_class == ErrorClass::RefusedNotReady) {
            const bool mayWait = m_loss.peers > 1 && mayReplay();
            return m_loss.isOtherSelectable || mayWait ? onNewSession() : after;
        }
        if (!provesNotExecuted(m_class) || !(mayRunAgain() || mayReplayWrite()))
            return after;
        const auto pause = pauseAfterRefusal();
        after.awaitsWritable = !pause && isRefusedByAllAsReadOnly() && !m_loss.hasWritable;
        if (!pause)
            return after;
        after = onNewSession();
        after.pause = *pause;
        return after;
    }

    // A new session of the same peer may do better.
    bool isOutdated() const
    {
        return m_class == ErrorClass::SessionTied
               || (m_class == ErrorClass::ReadOnly && m_loss.seenAs == ErrorClass::StatementsOwn);
    }
    bool isRefusedByAllAsReadOnly() const
    {
        return m_class == ErrorClass::ReadOnly && !isOutdated() && m_loss.isEachAsked;
    }

    // A refused statement is tried on the next peer until all selectable ones have refused it. Then it waits for
    // a node that becomes ready, or for the next primary. A session whose read-only mode is outdated, or
    // that a proxy has tied to some of its servers, is replaced, also on the same peer. Nothing: the statement fails.
    std::optional<std::chrono::milliseconds> pauseAfterRefusal() const
    {
        const bool isWorthWaiting = m_class == ErrorClass::RefusedNotReady;
        const bool isOvercome = isOutdated()     ? m_loss.refusals <= m_loss.peers
                                : isWorthWaiting ? m_loss.refusedFor < m_loss.openDeadline
                                : isRefusedByAllAsReadOnly() ? m_loss.hasWritable.value_or(false)
                                                             : !m_loss.isEachAsked;
        if (!isOvercome)
            return std::nullopt;
        if (!isWorthWaiting || !m_loss.isEachAsked)
            return 0ms;
        // Peers report that they are ready and still refuse.
        return std::min<std::chrono::milliseconds>(m_loss.refusals * RefusalPause,
                                                   LongestRefusalPause);
    }

    AfterLoss onNewSession() const
    {
        AfterLoss after = m_loss.held.inTransaction() ? withLostTransaction()
                                                      : withoutTransaction();
        after.leavesSession = true;
        return after;
    }

    AfterLoss withoutTransaction() const
    {
        const SessionState &held = m_loss.held;
        const QString &peer = m_loss.peerName;
        const QSqlError cause = m_loss.cause();
        if (m_loss.isAttempted && mayReplay() && !mayRunAgain()) // autocommit is off
            return replayed({.error = LossTexts::outcomeUnknown(peer, cause)});
        if (!m_loss.isAttempted) {
            if (!held.isMovable())
                return {.error = LossTexts::stateLost(peer, held.reasons())};
            if (!dependsOnLostStatement())
                return {.next = Next::Run};
            return {.error = LossTexts::stateLost(peer, {LossTexts::previousResult()})};
        }
        if (mayRunAgain())
            return {.next = Next::Run, .isCountedAsLoss = endsSession(m_class)};
        if (isOutcomeUnknown())
            return {.error = LossTexts::withLostState(LossTexts::outcomeUnknown(peer, cause),
                                                      held.reasons()),
                    .seeksFate = m_loss.canSeekFate};
        if (m_loss.isNotCommitted)
            return {.error = LossTexts::withLostState(LossTexts::notExecuted(peer, cause),
                                                      held.reasons())};
        return {.error = held.isMovable() ? cause
                                          : LossTexts::stateLost(peer, held.reasons(), cause)};
    }

    // The server rolls back a lost session, so a rollback has succeeded. A ROLLBACK text runs once more on a new
    // session, for its result.
    AfterLoss withLostTransaction() const
    {
        const SessionPins pins = m_loss.held.pins();
        const bool runsAgain = m_statement.isRollbackText()
                               && (!m_loss.isAttempted || (!pins && m_loss.losses == 0));
        if (m_statement.isRollbackCall() || runsAgain) {
            AfterLoss after{.next = runsAgain ? Next::Run : Next::Done,
                            .isCountedAsLoss = runsAgain && m_loss.isAttempted};
            if (pins)
                after.unreported = LossTexts::stateLost(m_loss.peerName, pinNames(pins));
            return after;
        }
        const bool isUnknown = m_traits.mayCommit && isOutcomeUnknown();
        AfterLoss after;
        after.mayHaveCommitted = m_loss.held.mayHaveEnded() || isUnknown;
        const bool isEnd = m_statement.isCommit() || m_statement.isRollbackText();
        after.transaction = isEnd ? Transaction::Over : Transaction::Lost;
        after.error = LossTexts::withLostState(lostTransaction(isUnknown, after.mayHaveCommitted),
                                               pinNames(pins));
        after.seeksFate = isUnknown && m_loss.canSeekFate;
        return mayReplay() ? replayed(after) : after;
    }

    QSqlError lostTransaction(bool isUnknown, bool mayHaveCommitted) const
    {
        const QString &peer = m_loss.peerName;
        const QSqlError cause = m_loss.cause();
        if (m_loss.isNotCommitted)
            return LossTexts::notCommitted(peer, cause);
        if (m_statement.isCommit() && isUnknown)
            return LossTexts::outcomeUnknown(peer, cause);
        if (m_statement.isCommit() && mayHaveCommitted)
            return LossTexts::perhapsCommitted(peer);
        if (mayHaveCommitted)
            return LossTexts::transactionOutcomeUnknown(peer, cause);
        if (m_loss.isAttempted)
            return LossTexts::transactionLost(peer, cause);
        return m_statement.isCommit() ? LossTexts::nothingCommitted(peer)
                                      : LossTexts::transactionLost(peer, cause.databaseText());
    }

    const Loss &m_loss;
    const Statement &m_statement;
    const StatementTraits &m_traits;
    const ErrorClass m_class;
};

} // namespace

bool mayBeOversized(int code)
{
    return code == CR_SERVER_GONE_ERROR || code == CR_SERVER_LOST || code == TooLargeForServer;
}

bool Loss::isOversized() const
{
    return mayBeOversized(codeOf(error)) && packetLimit > 0 && bytes >= packetLimit;
}

QSqlError Loss::errorWithHint() const
{
    const int code = codeOf(error);
    if (code == TooLargeForClient)
        return LossTexts::tooLargeForClient(error);
    if (isOversized())
        return LossTexts::oversized(error, peerName, bytes, packetLimit);
    const bool isStruckAgain = code == CR_SERVER_GONE_ERROR && losses > 0 && packetLimit == 0;
    return code == TooLargeForServer || isStruckAgain ? LossTexts::perhapsOversized(error) : error;
}

QSqlError Loss::cause() const
{
    return cut ? LossTexts::cutInFlight(errorWithHint(), *cut) : errorWithHint();
}

// A member that leaves its group answers 3101 to all transactions that wait for the group's decision. The
// other members may have committed them.
ErrorClass classOf(const Loss &loss, const Statement &statement)
{
    if (loss.isCommitDoubtful && loss.seenAs == ErrorClass::StatementsOwn)
        return ErrorClass::AnswerLost;
    if (loss.seenAs != ErrorClass::Conflict)
        return loss.beforeExecution || !loss.isAttempted ? loss.seenAs
                                                         : classOfRefusal(loss, statement.traits);
    switch (loss.standing.value_or(GroupStanding::Online)) {
    case GroupStanding::Online:
        return ErrorClass::Conflict;
    case GroupStanding::Unknown:
        return ErrorClass::StatementsOwn;
    default:
        return ErrorClass::AnswerLost;
    }
}

AfterLoss afterLoss(const Loss &loss, const Statement &statement)
{
    return Rules(loss, statement).decide();
}

AfterLoss afterLostTransaction(const Statement &statement, bool mayHaveCommitted,
                               const QString &peerName)
{
    AfterLoss after;
    if (statement.isRollbackCall() || statement.isRollbackText() || statement.isCommit())
        after.transaction = Transaction::Over;
    if (statement.isRollbackCall())
        after.next = Next::Done;
    else if (statement.isRollbackText() || statement.touch.kind == Touch::Kind::Metadata)
        after.next = Next::Run;
    else if (!statement.isCommit())
        after.error = LossTexts::transactionStillLost(peerName);
    else
        after.error = mayHaveCommitted ? LossTexts::perhapsCommitted(peerName)
                                       : LossTexts::nothingCommitted(peerName);
    return after;
}

// A rollback succeeds when its session is lost.
bool mustReportLoss(const Statement &statement)
{
    return !statement.isRollbackCall() && !statement.isRollbackText()
           && statement.touch.kind != Touch::Kind::Metadata;
}

} // namespace qproxysql
