// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "connection/guard_p.h"

#include "health/groupmembership.h"
#include "health/peerhabits.h"
#include "session/logging.h"

#include <algorithm>
#include <errmsg.h>
#include <thread>

namespace qproxysql {

using namespace std::chrono_literals;

namespace {

constexpr size_t MostLosses = 3;
constexpr int RolledBackByGroup = 3101;
constexpr int TooLargeForServer = 1153; // ER_NET_PACKET_TOO_LARGE
constexpr int TooLargeForClient = 2020; // CR_NET_PACKET_TOO_LARGE
constexpr auto RefusalPause = 100ms;
constexpr std::chrono::milliseconds LongestRefusalPause = 1s;

} // namespace

// Nothing of a lost transaction may continue on another peer, so every statement fails until the
// application has said that it knows.
Connection::Guard::Entry Connection::Guard::enterLostTransaction(const Touch &what,
                                                                 const StatementTraits &traits,
                                                                 QSqlError *error)
{
    if (what.kind == Touch::Kind::Rollback) {
        m_isTransactionLost = false;
        return Entry::Done;
    }
    if (isRollbackText(what, traits)) {
        m_isTransactionLost = false;
        return Entry::Proceed;
    }
    if (what.kind == Touch::Kind::Metadata)
        return Entry::Proceed;
    if (isCommit(what, traits)) {
        m_isTransactionLost = false;
        *error = m_mayHaveCommitted ? LossTexts::perhapsCommitted(m_lastPeerName)
                                    : LossTexts::nothingCommitted(m_lastPeerName);
    } else {
        *error = LossTexts::transactionStillLost(m_lastPeerName);
    }
    return Entry::Failed;
}

// A rollback succeeds on a lost session; what else the session held is told to the next statement.
bool Connection::Guard::reportLoss(const Touch &what, const StatementTraits &traits,
                                   QSqlError *error)
{
    if (what.kind == Touch::Kind::Rollback || what.kind == Touch::Kind::Metadata
        || isRollbackText(what, traits))
        return false;
    *error = *std::exchange(m_unreportedLoss, std::nullopt);
    return true;
}

void Connection::Guard::noteUnreportedLoss(const QString &peer, const QStringList &pins)
{
    if (!pins.isEmpty())
        m_unreportedLoss = LossTexts::stateLost(peer, pins);
}

// What the session held before the statement decides: a lost session's flags are stale.
FailedStatement Connection::Guard::describe(const Touch &what, const StatementTraits &traits,
                                            const AttemptFailure &failure, ErrorClass errorClass,
                                            int earlierLosses) const
{
    FailedStatement failed;
    failed.errorClass = errorClass;
    failed.isPrepare = what.kind == Touch::Kind::Prepare;
    // Inside a transaction BEGIN commits that one.
    failed.isTransactionBegin = isBegin(what, traits) && !m_state.inTransaction();
    failed.beforeExecution = failure.beforeExecution;
    failed.inTransaction = m_state.inTransaction() || !m_state.autocommit();
    failed.isPinned = !m_state.isMovable();
    failed.isSingle = traits.isSingle;
    failed.isPlainRead = traits.isPlainRead;
    failed.readsSessionRest = traits.readsSessionRest && m_state.isUsed();
    failed.ownTimeout = isOwnTimeout();
    failed.leavesState = !traits.pins.isEmpty() || !traits.settings.isEmpty() || traits.mayCommit;
    failed.earlierLosses = earlierLosses;
    return failed;
}

// A member that leaves its group says 3101 to all that wait for the group's decision, and the others may
// have what it rolls back.
ErrorClass Connection::Guard::confirmConflict(int code) const
{
    if (code != RolledBackByGroup)
        return ErrorClass::Conflict;
    const Claim claim(*session);
    switch (GroupMembership::ask(*session->driver(), session->facts().identities)) {
    case GroupStanding::Online:
        return ErrorClass::Conflict;
    case GroupStanding::Unknown:
        break;
    default:
        m_record->watch()->checkNow(session->peer());
        return ErrorClass::AnswerLost;
    }
    return ErrorClass::StatementsOwn;
}

// A statement may be what takes servers down, so it is not sent from one to the next. It is not where
// the peer that it was lost on first has answered since.
int Connection::Guard::suspiciousLosses(const Tries &tries) const
{
    if (tries.lostOn.size() >= MostLosses)
        return int(tries.lostOn.size());
    return int(std::ranges::count_if(tries.lostOn, [this](PeerId lostOn) {
        return pool->peer(lostOn).health != Health::Up;
    }));
}

// A session keeps the transaction_read_only that it began with when the server takes writes again. And
// what runs several statements, or drops several tables, may have done some of it before one of them was
// refused: it is not run again.
ErrorClass Connection::Guard::asRefusal(ErrorClass errorClass, const StatementTraits &traits,
                                        const QSqlError &error) const
{
    const int code = error.nativeErrorCode().toInt();
    const bool runsOthers = traits.pins.contains(QLatin1String("stored_procedure"))
                            || traits.pins.contains(QLatin1String("unknown"));
    const bool isRefusal = errorClass == ErrorClass::ReadOnly
                           || errorClass == ErrorClass::RefusedNotReady;
    if (isRefusal && runsOthers && !m_state.inTransaction())
        return ErrorClass::StatementsOwn;
    if (!isRefusedByReadOnlyServer(code, error.databaseText(), {true, true}))
        return errorClass;
    const bool mayBeDoneInPart = runsOthers || (code == 1036 && traits.mayCommit);
    if (mayBeDoneInPart)
        return ErrorClass::StatementsOwn;
    return isRefusedByReadOnlyServer(code, error.databaseText(), session->facts().readOnlyParts)
                   ? ErrorClass::ReadOnly
                   : errorClass;
}

// What the application is told of the failure itself.
QSqlError Connection::Guard::causeOf(const Touch &what, const AttemptFailure &failure,
                                     const Tries &tries, bool *isOversized) const
{
    const QSqlError told = failure.error.value_or(QSqlError());
    const int code = told.nativeErrorCode().toInt();
    if (code == TooLargeForClient)
        return LossTexts::tooLargeForClient(told);
    const bool isGone = code == CR_SERVER_GONE_ERROR || code == CR_SERVER_LOST;
    if (!isGone && code != TooLargeForServer)
        return told;
    const qint64 limit = session->facts().maxAllowedPacket;
    const qint64 bytes = failure.boundBytes
                         + (what.kind == Touch::Kind::ExecutePrepared ? 0
                                                                      : what.sql.toUtf8().size());
    *isOversized = limit > 0 && bytes >= limit;
    if (*isOversized)
        return LossTexts::oversized(told, session->peerName(), bytes, limit);
    const bool isStruckAgain = code == CR_SERVER_GONE_ERROR && !tries.lostOn.empty() && limit == 0;
    return code == TooLargeForServer || isStruckAgain ? LossTexts::perhapsOversized(told) : told;
}

// A statement that peers refuse goes on to the next one until all that can be chosen have refused it; for
// a Galera node that will be ready soon it waits. A session whose read-only mode is outdated, or that a
// proxy has tied to some of its servers, is replaced, on the same peer, too. True: the statement may be run again.
bool Connection::Guard::isRefusalOvercome(const FailedStatement &failed, bool isOutdated,
                                          Tries *tries) const
{
    const auto now = std::chrono::steady_clock::now();
    if (tries->refusedBy.empty())
        tries->refusedFirst = now;
    tries->refusedBy.push_back(session->peer());
    if (isOutdated)
        return tries->refusedBy.size() <= size_t(pool->peers().size());
    const bool isEachAsked = pool->choose(tries->refusedBy) == NoPeer;
    if (failed.errorClass != ErrorClass::RefusedNotReady)
        return !isEachAsked;
    if (now - tries->refusedFirst >= m_record->config().openDeadline)
        return false;
    if (isEachAsked) // those that say they are ready refuse all the same
        std::this_thread::sleep_for(
                std::min<std::chrono::milliseconds>(int(tries->refusedBy.size()) * RefusalPause,
                                                    LongestRefusalPause));
    return true;
}

Connection::Guard::Entry Connection::Guard::recover(const Touch &what,
                                                    const StatementTraits &traits,
                                                    const AttemptFailure &failure, Tries *tries,
                                                    QSqlError *error)
{
    const bool isPathDead = session->line()->isPathDead(); // and nothing is wrong with the peer
    const bool isCut = session->line()->isCut();
    bool isOversized = false;
    const QSqlError told = causeOf(what, failure, *tries, &isOversized);
    const QSqlError cause = isPathDead ? LossTexts::pathDead(told)
                            : isCut    ? LossTexts::cutInFlight(told)
                                       : told;
    *error = cause;
    const PeerId peer = session->peer();
    const QString peerName = session->peerName();
    const int code = told.nativeErrorCode().toInt();
    const ServerFlavour flavour = session->facts().flavour;
    // Who is sent too much hangs up, and a cut is ours: neither tells anything of the peer.
    const ErrorClass seenClass = isOversized || isCut
                                         ? classifyError(Stage::Statement, code,
                                                         told.databaseText(), flavour)
                                         : m_record->watch()->statementFailed(peer, code,
                                                                              told.databaseText(),
                                                                              flavour);
    const ErrorClass errorClass = seenClass == ErrorClass::Conflict ? confirmConflict(code)
                                  : failure.beforeExecution         ? seenClass
                                                            : asRefusal(seenClass, traits, told);
    if (isServersOwn(code))
        session->line()->answered(m_lastUse);
    if (errorClass == ErrorClass::SessionTied)
        PeerHabits::note(PeerHabits::Habit::TiesSessions, peerName);
    FailedStatement failed = describe(what, traits, failure, errorClass, suspiciousLosses(*tries));
    failed.isOversized = isOversized;
    if (mayRetryConflict(failed) && retryConflict(tries))
        return Entry::Proceed;
    // A refusal is left only where somebody may do better, or a new session of the same peer.
    if (!endsSession(failed.errorClass)) {
        const bool isOutdated = errorClass == ErrorClass::SessionTied
                                || (errorClass == ErrorClass::ReadOnly
                                    && seenClass == ErrorClass::StatementsOwn);
        const bool isLeft = endsTransaction(failed)
                                    ? pool->hasSelectable(peer)
                                    : provesNotExecuted(failed.errorClass)
                                              && mayRunAgain(failed, m_record->config().retryReads)
                                              && isRefusalOvercome(failed, isOutdated, tries);
        if (!isLeft) {
            noteFailure(what, traits, failure);
            return Entry::Failed;
        }
    }
    const SessionState lost = m_state;
    dropSession();

    if (lost.inTransaction()) {
        if (what.kind == Touch::Kind::Rollback) {
            noteUnreportedLoss(peerName, lost.pins());
            return Entry::Done; // the server rolls back what it has lost
        }
        if (isRollbackText(what, traits) && lost.pins().isEmpty() && tries->lostOn.empty()) {
            tries->lostOn.push_back(peer);
            return acquire(peer, cause.databaseText(), error, true, code) ? Entry::Proceed
                                                                          : Entry::Failed;
        }
        const bool isUnknown = traits.mayCommit && isOutcomeUnknown(failed);
        loseTransaction(isCommit(what, traits) || isRollbackText(what, traits), isUnknown);
        if (!m_mayHaveCommitted)
            *error = LossTexts::transactionLost(peerName, cause);
        else if (isCommit(what, traits))
            *error = isUnknown ? LossTexts::outcomeUnknown(peerName, cause)
                               : LossTexts::perhapsCommitted(peerName);
        else
            *error = LossTexts::transactionOutcomeUnknown(peerName, cause);
        *error = LossTexts::withLostState(*error, lost.pins());
        return Entry::Failed;
    }
    if (!mayRunAgain(failed, m_record->config().retryReads)) {
        if (isOutcomeUnknown(failed))
            *error = LossTexts::withLostState(LossTexts::outcomeUnknown(peerName, cause),
                                              lost.reasons());
        else if (!lost.isMovable())
            *error = LossTexts::stateLost(peerName, lost.reasons(), cause);
        return Entry::Failed;
    }
    const bool isLoss = endsSession(failed.errorClass);
    qCInfo(lcSession).noquote() << "pool" << pool->name() << "peer" << peerName
                                << (isLoss ? "lost" : "refused")
                                << "a statement that is run again on another peer:"
                                << cause.nativeErrorCode() << cause.databaseText();
    if (isLoss)
        tries->lostOn.push_back(peer);
    return acquire(peer, cause.databaseText(), error, true, code) ? Entry::Proceed : Entry::Failed;
}

// Of a closed session, before anything was sent.
QSqlError Connection::Guard::transactionLost(bool isCommit, const QString &peer,
                                             const QString &why) const
{
    if (isCommit)
        return m_mayHaveCommitted ? LossTexts::perhapsCommitted(peer)
                                  : LossTexts::nothingCommitted(peer);
    if (!m_mayHaveCommitted)
        return LossTexts::transactionLost(peer, why);
    return LossTexts::transactionOutcomeUnknown(peer,
                                                QSqlError({}, why, QSqlError::StatementError,
                                                          QString::number(CR_SERVER_GONE_ERROR)));
}

void Connection::Guard::loseTransaction(bool isEndedByThis, bool mayHaveCommitted)
{
    m_isTransactionLost = !isEndedByThis;
    m_mayHaveCommitted = std::exchange(m_mayHaveEnded, false) || mayHaveCommitted;
    m_isUntoldLoss = true;
    m_hasNews = true;
}

bool Connection::Guard::isOwnTimeout() const
{
    return m_readTimeout > 0s && m_lastUse - m_started >= m_readTimeout;
}

} // namespace qproxysql
