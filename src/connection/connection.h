// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "commits/committable.h"
#include "config/configresolver.h"
#include "connection/lastingpins.h"
#include "connection/statement.h"
#include "moves/connectionrecord.h"
#include "pool/clock.h"
#include "pool/randomsource.h"
#include "replay/transactionrecord.h"
#include "session/sessionopener.h"
#include "session/sessionstate.h"
#include "sql/statementtraits.h"

#include <QtCore/QScopedValueRollback>
#include <QtSql/QSqlError>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <thread>
#include <vector>

namespace qproxysql {

/// What a failed attempt reports.
struct AttemptFailure
{
    std::optional<QSqlError> error; ///< set by an attempt that returns false; optional, as it allocates
    bool beforeExecution = false;  ///< failed at prepare or COM_STMT_RESET: provably not executed
    bool isCommitDoubtful = false; ///< see Loss
    qint64 boundBytes = 0;         ///< lower bound of the size of the bound values
    /// Set by the caller when it records a transaction: the attempt adds what it reports to the application.
    Answer *answer = nullptr;
    /// Set by the caller when it has executed the statement: the attempt sends nothing.
    struct Executed
    {
        quint64 affectedRows = 0;
        quint64 insertId = 0;
    };
    std::optional<Executed> executed{};
    /// Set by the caller when it sends requests of its own after the statement.
    bool isFollowed = false;
};

/// How a statement waits before it is tried again. Tests inject their own.
struct Waiting
{
    const Clock &clock = Clock::steady();
    RandomSource &random = RandomSource::system();
    std::function<void(std::chrono::milliseconds)> pause = [](std::chrono::milliseconds length) {
        std::this_thread::sleep_for(length);
    };
};

class StatementRun;

/// The core of one QSqlDatabase: logically open from open() to close(), even while it has no session.
/// Every call of the application that reaches the server passes run(), which does claims, liveness
/// checks, error classification, moves and re-runs. connection.cpp opens and closes it, connectionmoves.cpp
/// gives it sessions, connectioncarries.cpp follows their state; a StatementRun runs a statement.
///
/// Owner's thread only. Construction and destruction may happen in another thread while nobody else uses
/// the object (removeDatabase() from the main thread after a worker has finished). The destructor joins
/// no thread and does not use QtSql's registry.
class Connection
{
public:
    /// Called in the owner's thread at the end of run(), so that a handler may use the connection in any
    /// way.
    struct Events
    {
        std::function<void(const QString &from, const QString &to, const QString &reason)>
                sessionMoved;
        std::function<void()> transactionLost;
        std::function<void(const QString &from, const QString &to, const QString &reason)>
                transactionReplayed{};
    };

    /// \a parent becomes the parent of adopted inner drivers, so that they follow moveToThread().
    Connection(QObject *parent, Events events, Waiting waiting = {});
    ~Connection();
    Q_DISABLE_COPY_MOVE(Connection)

    bool open(const OpenRequest &request); ///< false: openError() has the reason
    void close();                          ///< from within run(): takes effect at its end
    bool isOpen() const { return m_isOpen; }
    QSqlError openError() const { return m_openError; }

    using Attempt = std::function<bool(const std::shared_ptr<PeerSession> &, AttemptFailure *)>;

    /// Runs \a attempt on a session whose socket is open. If the session is lost and the rules allow it
    /// (docs/reruns.md), the connection moves and the attempt runs on another peer, where it must
    /// prepare and execute anew. False: \a error is the error for the application. While a transaction is lost, a
    /// rollback succeeds without an attempt. Handlers of events may have closed the connection when it
    /// returns. Only while open. A call from within itself (a message handler) fails.
    bool run(const Touch &what, const Attempt &attempt, QSqlError *error)
    {
        if (Q_UNLIKELY(m_isRunning))
            return refuse(error);
        bool isOk = false;
        {
            const QScopedValueRollback running(m_isRunning, true);
            isOk = runStatement(what, attempt, error);
        }
        if (Q_UNLIKELY(!isOk))
            m_pool->count(m_lastPeer, &PeerCounters::errors);
        if (Q_UNLIKELY(m_hasPendingEvents))
            emitPendingEvents(); // a handler may delete the connection: use no member after it
        return isOk;
    }

    /// nullptr while closed, and between a loss and the next statement.
    const std::shared_ptr<PeerSession> &session() const { return m_session; }

    /// In run(): the session must not be used otherwise.
    bool isRunning() const { return m_isRunning; }

    StatementTraits traitsOf(const QString &sql); ///< under the present sql_mode

    /// Notes that pending results were read or discarded outside of run(): after nextResult() and after a
    /// result's end. Does nothing when there are none.
    void noteResults();

    /// The application has the MYSQL handle: from now on the session cannot move.
    void pinForHandle();

    /// Its name; empty while there is no session.
    QString currentPeer() const { return m_session ? m_session->peerName() : QString(); }
    std::shared_ptr<PeerPool> pool() const { return m_pool; } ///< nullptr while closed

private:
    friend class StatementRun;

    [[gnu::hot]] bool runStatement(const Touch &what, const Attempt &attempt, QSqlError *error);
    bool refuse(QSqlError *error) const;
    bool establish(const OpenRequest &request);
    bool failToOpen(const QString &reason);
    bool checkCommits();
    void emitPendingEvents();
    [[gnu::hot]] const StatementTraits &traitsOf(const Touch &what,
                                                 std::optional<StatementTraits> *own);
    bool mayHaveBegun(const Statement &statement, Reply reply, uint status) const;
    uint believed(uint status) const;
    [[gnu::hot]] std::optional<uint> believedStatus(const Statement &statement, Reply reply);
    void noteChanges(const StatementTraits &traits, Reply reply,
                     const std::optional<SessionReport> &report);
    void followSqlMode();
    void warnOfLastingPins();
    ArrivalNeeds arrivalNeeds() const;

    void meetOthers(int turn);
    ConnectionRecord::Offer takeOffer();
    void followOffer();
    bool acquire(SessionRequest request, QSqlError *error);
    void improve(SessionRequest request, const QString &reason);
    void settleOn(std::shared_ptr<PeerSession> opened, const QString &reason);
    void dropSession();

    // Members that every statement uses come first, on few cache lines.
    std::shared_ptr<PeerSession> m_session;
    std::shared_ptr<ConnectionRecord> m_record; ///< nullptr while closed
    std::chrono::steady_clock::time_point m_lastUse;
    std::chrono::seconds m_readTimeout{0}; ///< MYSQL_OPT_READ_TIMEOUT of the application, 0: none
    StatementTraitsCache m_traits;
    LexerMode m_lexerMode;
    bool m_isOpen = false;
    bool m_isLexerModeKnown = true;
    bool m_isRunning = false; ///< in runStatement() or establish()
    bool m_hasPendingEvents = false;
    bool m_isTransactionLost = false;
    bool m_mayHaveBegun = true; ///< a transaction: by the last statement, as far as its text shows
    SessionState m_state;
    std::optional<QSqlError> m_unreportedLoss; ///< for the next statement

    std::shared_ptr<PeerPool> m_pool;
    QSqlError m_openError;
    QObject *const m_parent;
    const Events m_events;
    const Waiting m_waiting;
    struct Move
    {
        QString from;
        QString to;
        QString reason;
    };
    std::vector<Move> m_pendingMoves;
    std::vector<Move> m_pendingReplays;
    bool m_isLossPending = false;
    bool m_isCloseWanted = false;      ///< by a call from within a statement
    bool m_initSqlKeepsMode = true;    ///< false: INIT_SQL may have changed sql_mode
    QByteArray m_clientCharacterSet;   ///< carried over by a move; empty: never changed
    bool m_hasLoggedUntracked = false; ///< that the peer has no session tracking
    LastingPins m_lastingPins;
    QString m_lastPeerName;
    PeerId m_lastPeer = NoPeer;
    bool m_mayHaveCommitted = false; ///< AfterLoss::mayHaveCommitted of the lost transaction
    std::chrono::steady_clock::time_point m_started; ///< of the last attempt
    /// LAST_INSERT_ID() from before is not known to the session, to which a transaction was moved.
    bool m_hasLostKey = false;
    TransactionRecord m_transaction;      ///< of the transaction that is open
    KeySteps m_keySteps;                  ///< of its session, as known before the next INSERT
    quint64 m_keyStepsOf = 0;             ///< the session's generation
    std::optional<CommitTable> m_commits; ///< EXACTLY_ONCE is on
};

} // namespace qproxysql
