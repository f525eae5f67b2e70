// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "config/connectionconfig.h"
#include "connection/connection.h"
#include "connection/lastingpins.h"
#include "connection/statement.h"
#include "health/supervisor.h"
#include "moves/connectionrecord.h"
#include "session/sessionopener.h"
#include "session/sessionstate.h"
#include "sql/statementtraits.h"

#include <QtCore/QScopedValueRollback>

#include <chrono>
#include <vector>

namespace qproxysql {

class StatementRun;
struct AfterLoss;

/// The implementation of Connection. guard.cpp opens and closes the connection, guardmoves.cpp gives it
/// sessions, guardcarries.cpp follows their state; a StatementRun runs a statement. Owner's thread only.
class Guard
{
public:
    Guard(QObject *parent, Connection::Events events, Waiting waiting);

    bool open(const OpenRequest &request);
    void close();
    bool run(const Touch &what, const Connection::Attempt &attempt, QSqlError *error)
    {
        if (Q_UNLIKELY(m_isRunning))
            return refuse(error);
        bool isOk = false;
        {
            const QScopedValueRollback running(m_isRunning, true);
            isOk = runStatement(what, attempt, error);
        }
        if (Q_UNLIKELY(m_hasPendingEvents))
            emitPendingEvents(); // a handler may delete the connection: use no member after it
        return isOk;
    }
    void pin(SessionPin reason);
    bool isRunning() const { return m_isRunning; }
    bool isPlainRead(const QString &sql);
    void noteResults();

    bool isOpen = false;
    QSqlError openError;
    std::shared_ptr<PeerPool> pool;
    std::shared_ptr<PeerSession> session;

private:
    friend class StatementRun;

    [[gnu::hot]] bool runStatement(const Touch &what, const Connection::Attempt &attempt,
                                   QSqlError *error);
    bool refuse(QSqlError *error) const;
    bool establish(const OpenRequest &request);
    bool failToOpen(const QString &reason);
    void emitPendingEvents();
    [[gnu::hot]] const StatementTraits &traitsOf(const Touch &what,
                                                 std::optional<StatementTraits> *own);
    bool mayHaveBegun(const Statement &statement, bool succeeded, uint status) const;
    uint believed(uint status) const;
    [[gnu::hot]] uint believedStatus(const Statement &statement, bool succeeded, bool *known);
    void noteStatus();
    void noteChanges(const StatementTraits &traits, bool succeeded, bool hasReport);
    void followSqlMode();
    void warnOfLastingPins();
    ArrivalNeeds arrivalNeeds() const;

    void meetOthers(int turn);
    ConnectionRecord::Offer takeOffer();
    void followOffer();
    bool acquire(OpenWish wish, QSqlError *error);
    void improve(OpenWish wish, const QString &reason);
    void settleOn(std::shared_ptr<PeerSession> opened, const QString &reason);
    void dropSession();
    void loseTransaction(const AfterLoss &after);

    // Members that every statement uses come first, on few cache lines.
    std::shared_ptr<ConnectionRecord> m_record; ///< nullptr while closed
    std::chrono::steady_clock::time_point m_lastUse;
    std::chrono::seconds m_readTimeout{0}; ///< MYSQL_OPT_READ_TIMEOUT of the application, 0: none
    StatementTraitsCache m_traits;
    LexerMode m_lexerMode;
    bool m_isLexerModeKnown = true;
    bool m_isRunning = false; ///< in runStatement() or establish()
    bool m_hasPendingEvents = false;
    bool m_isTransactionLost = false;
    bool m_mayHaveBegun = true; ///< a transaction: by the last statement, as far as its text tells
    SessionState m_state;
    std::optional<QSqlError> m_unreportedLoss; ///< for the next statement

    QObject *const m_parent;
    const Connection::Events m_events;
    const Waiting m_waiting;
    struct Move
    {
        QString from;
        QString to;
        QString reason;
    };
    std::vector<Move> m_pendingMoves;
    bool m_isLossPending = false;
    bool m_isCloseWanted = false;      ///< by a call from within a statement
    bool m_initSqlKeepsMode = true;    ///< false: INIT_SQL may have changed sql_mode
    QByteArray m_clientCharacterSet;   ///< carried over by a move; empty: never changed
    bool m_hasLoggedUntracked = false; ///< that the peer has no session tracking
    LastingPins m_lastingPins;
    QString m_lastPeerName;
    bool m_mayHaveCommitted = false; ///< AfterLoss::mayHaveCommitted of the lost transaction
    std::chrono::steady_clock::time_point m_started; ///< of the last attempt
};

} // namespace qproxysql
