// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "connection/statement.h"
#include "health/serverfacts.h"
#include "session/sessionline.h"
#include "session/sessionstate.h"

#include <chrono>
#include <optional>

namespace qproxysql {

/// All that is known when a session was found closed or an attempt on it failed. It is gathered before
/// anything is decided: what the session held before the statement, since a lost session's flags are
/// stale, what the peer said, and how the peers of the pool are now.
struct Loss
{
    bool isAttempted = true; ///< false: found closed, nothing was sent
    QString peerName;
    SessionState held;

    // What the attempt came to.
    std::optional<CutReason> cut; ///< why we have ended the session; nothing: we have not
    QSqlError told;               ///< by the inner driver; of a closed session why it was closed
    ErrorClass seenAs = ErrorClass::StatementsOwn; ///< \c told, as the peer's health takes it
    bool beforeExecution = false;                  ///< see AttemptFailure
    bool isOwnTimeout = false;             ///< the session's own MYSQL_OPT_READ_TIMEOUT had elapsed
    qint64 bytes = 0;                      ///< that were sent, at least; 0: not asked for
    qint64 packetLimit = 0;                ///< the peer's max_allowed_packet; 0: not known
    ReadOnlyParts readOnlyParts;           ///< of the peer
    std::optional<GroupStanding> standing; ///< of a peer that said 3101, asked for since

    // What this statement met before.
    int losses = 0;
    int suspiciousLosses = 0; ///< on peers that have not answered since, or too many
    int conflicts = 0;        ///< this one included
    std::optional<std::chrono::milliseconds> conflictPause; ///< nothing: it was tried often enough
    int refusals = 0;                                       ///< this one included
    std::chrono::milliseconds refusedFor{0};                ///< since the first of them

    // The pool.
    int peers = 1;
    bool isOtherSelectable = false;  ///< another than this peer
    bool isEachAsked = false;        ///< all that can be chosen have refused the statement
    std::optional<bool> hasWritable; ///< whether a peer takes writes; nothing: not waited for yet
    std::chrono::milliseconds openDeadline{0}; ///< OPEN_DEADLINE
    int retryReads = 1;                        ///< RETRY_READS

    /// Larger than the peer's max_allowed_packet: it was refused unread.
    bool isOversized() const;
    /// \c told, with a hint where the size of the statement may be the reason.
    QSqlError toldWithHint() const;
    /// What the application is told of the failure itself.
    QSqlError cause() const;
};

/// Whether an error with that number may come of a statement that is too large.
bool mayBeOversized(int code);

/// What becomes of the statement and of the session it was tried on.
struct AfterLoss
{
    enum class Next {
        Run, ///< the statement, again where it was tried already
        Done,
        Fail
    };
    enum class Transaction {
        AsItWas,
        Lost, ///< every statement fails until the application rolls back
        Over  ///< it is lost, and the application knows or asked for its end
    };

    Next next = Next::Fail;
    bool leavesSession = false;
    QSqlError error; ///< with Next::Fail
    /// Before the statement runs again, with the old session still there.
    std::chrono::milliseconds pause{0};
    /// Before that: wait for a peer that takes writes, and decide again with Loss::hasWritable.
    bool awaitsWritable = false;
    std::optional<int> meeting; ///< the turn of PeerPool::meetingPoint() to move to first
    bool isCountedAsLoss = false;
    Transaction transaction = Transaction::AsItWas;
    bool mayHaveCommitted = false; ///< the lost transaction, by a statement of unknown fate
    QSqlError unreported;          ///< valid: the next statement fails with it
};

/// What the failure means for this statement: a refusal of the server as a whole is its own when part of
/// the statement may have run.
ErrorClass classOf(const Loss &loss, const Statement &statement);

/// The rules of docs/reruns.md: a statement runs again where it provably was not executed, or where
/// executing it twice cannot be told from executing it once. Pure, thread-safe.
AfterLoss afterLoss(const Loss &loss, const Statement &statement);

/// A statement that comes after a transaction was lost, and before the application has said that it knows:
/// nothing of that transaction may go on elsewhere. Pure, thread-safe.
AfterLoss afterLostTransaction(const Statement &statement, bool mayHaveCommitted,
                               const QString &peerName);

/// True where \a statement has to be told of what went with the session that a rollback was lost with.
bool mustHearOfLoss(const Statement &statement);

} // namespace qproxysql
