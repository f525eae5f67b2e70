// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "connect/serverfacts.h"
#include "connection/statement.h"
#include "session/sessionline.h"
#include "session/sessionstate.h"

#include <chrono>
#include <optional>

namespace qproxysql {

/// Everything that is known after a session was found closed or an attempt on it failed. It is collected
/// before the decision: the state of the session before the statement (a lost session's flags are stale),
/// the peer's answer, and the present state of the pool's peers.
struct Loss
{
    bool isAttempted = true; ///< false: found closed, nothing was sent
    QString peerName;
    SessionState held;

    // The result of the attempt.
    std::optional<CutReason> cut; ///< why we ended the session; nothing: we did not
    QSqlError error; ///< the inner driver's error; for a closed session why it was closed
    ErrorClass seenAs = ErrorClass::StatementsOwn; ///< \c error as the peer's health classifies it
    bool beforeExecution = false;                  ///< see AttemptFailure
    bool isOwnTimeout = false;             ///< the session's own MYSQL_OPT_READ_TIMEOUT has elapsed
    qint64 bytes = 0;                      ///< lower bound of what was sent; 0: not determined
    qint64 packetLimit = 0;                ///< the peer's max_allowed_packet; 0: unknown
    ReadOnlyParts readOnlyParts;           ///< of the peer
    std::optional<GroupStanding> standing; ///< of a peer that answered 3101; asked afterwards

    // A COMMIT with a token.
    bool canSeekFate = false;      ///< the token was sent; whether it is there can be asked
    bool isCommitDoubtful = false; ///< COMMIT failed with an error that does not say what happened
    bool isNotCommitted = false;   ///< it was found out, and will never be

    // Earlier attempts of this statement.
    int losses = 0;
    int suspiciousLosses = 0; ///< losses on peers that have not answered since, or all if too many
    int conflicts = 0;        ///< including this one
    std::optional<std::chrono::milliseconds> conflictPause; ///< nothing: no further try
    int refusals = 0;                                       ///< including this one
    std::chrono::milliseconds refusedFor{0};                ///< time since the first of them

    // The pool.
    int peers = 1;
    bool isOtherSelectable = false;  ///< another peer can be chosen
    bool isEachAsked = false;        ///< all selectable peers have refused the statement
    std::optional<bool> hasWritable; ///< whether a peer accepts writes; nothing: not waited for yet
    std::chrono::milliseconds openDeadline{0}; ///< OPEN_DEADLINE
    int retryReads = 1;                        ///< RETRY_READS

    // The transaction that is open.
    bool isReplayable = false; ///< as far as its record and the time that is left show
    bool isDraining = false;   ///< the peer is

    /// Larger than the peer's max_allowed_packet, so it was not executed.
    bool isOversized() const;
    /// \c error, with a hint if the size of the statement may be the reason.
    QSqlError errorWithHint() const;
    /// The failure as it is reported to the application.
    QSqlError cause() const;
};

/// Whether a statement that is too large may cause an error with that number.
bool mayBeOversized(int code);

/// The decision about the statement and the session it was tried on.
struct AfterLoss
{
    enum class Next {
        Run, ///< run the statement, or run it again
        Done,
        Fail
    };
    enum class Transaction {
        AsItWas,
        Lost, ///< every statement fails until the application rolls back
        Over  ///< it is lost, and the application knows it or has asked for its end
    };

    Next next = Next::Fail;
    bool leavesSession = false;
    QSqlError error{}; ///< with Next::Fail
    /// Before the statement runs again; the old session is kept during the pause.
    std::chrono::milliseconds pause{0};
    /// First wait for a peer that accepts writes, then decide again with Loss::hasWritable.
    bool awaitsWritable = false;
    std::optional<int> meeting{}; ///< move first to PeerPool::meetingPoint() of this turn
    bool isCountedAsLoss = false;
    /// The open transaction is replayed before the statement. If that fails, the rest of this decision counts:
    /// \c error, and what becomes of the transaction.
    bool replays = false;
    /// First find out whether the COMMIT was executed. If that fails, the rest of this decision counts.
    bool seeksFate = false;
    Transaction transaction = Transaction::AsItWas;
    bool mayHaveCommitted =
            false;          ///< a statement of unknown fate may have committed the lost transaction
    QSqlError unreported{}; ///< valid: the next statement fails with it
};

/// The error class for this statement: a refusal by the server counts as the statement's own error when
/// part of the statement may have run.
ErrorClass classOf(const Loss &loss, const Statement &statement);

/// The rules of docs/reruns.md: a statement runs again if it provably was not executed, or if executing it
/// twice has the same effect as executing it once. Pure, thread-safe.
AfterLoss afterLoss(const Loss &loss, const Statement &statement);

/// The decision about a statement after a lost transaction that the application has not yet acknowledged:
/// the rest of that transaction must not run on another session. Pure, thread-safe.
AfterLoss afterLostTransaction(const Statement &statement, bool mayHaveCommitted,
                               const QString &peerName);

/// True if \a statement must fail with AfterLoss::unreported, the session state that was lost with a
/// transaction whose rollback succeeded.
bool mustReportLoss(const Statement &statement);

} // namespace qproxysql
