// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "config/connectionconfig.h"
#include "connection/connection.h"
#include "connection/lastingpins.h"
#include "connection/rerunrules.h"
#include "health/supervisor.h"
#include "moves/connectionrecord.h"
#include "session/sessionopener.h"
#include "session/sessionstate.h"

#include <QtCore/QScopedValueRollback>

#include <chrono>
#include <vector>

namespace qproxysql {

/// What Connection::run() does; see there. Owner's thread only.
class Connection::Guard
{
public:
    Guard(QObject *parent, Events events);

    bool open(const OpenRequest &request);
    void close();
    bool run(const Touch &what, const Attempt &attempt, QSqlError *error)
    {
        if (Q_UNLIKELY(m_isRunning))
            return refuse(error);
        bool isOk = false;
        {
            const QScopedValueRollback running(m_isRunning, true);
            isOk = runStatement(what, attempt, error);
        }
        if (Q_UNLIKELY(m_hasNews))
            tell(); // nothing of ours is touched after it: the connection may be gone
        return isOk;
    }
    void pin(const QString &name);
    void discardResults();
    void noteResults();

    bool isOpen = false;
    QSqlError openError;
    std::shared_ptr<PeerPool> pool;
    std::shared_ptr<PeerSession> session;

private:
    enum class Entry { Proceed, Done, Failed };
    enum class Outcome {
        Succeeded,
        Failed,
        NotSent ///< the session was cut before anything was sent
    };

    [[gnu::hot]] bool runStatement(const Touch &what, const Attempt &attempt, QSqlError *error);
    bool refuse(QSqlError *error) const;
    bool establish(const OpenRequest &request);
    bool failToOpen(const QString &reason);
    void tell();
    [[gnu::hot]] const StatementTraits &traitsOf(const Touch &what,
                                                 std::optional<StatementTraits> *own);
    Entry enterLostTransaction(const Touch &what, const StatementTraits &traits, QSqlError *error);
    [[gnu::hot]] Entry makeReady(const Touch &what, const StatementTraits &traits, QSqlError *error);
    Entry leaveClosedSession(const Touch &what, const StatementTraits &traits, QSqlError *error);
    [[gnu::hot]] Outcome attemptOnce(const Touch &what, const StatementTraits &traits,
                                     const Attempt &attempt, AttemptFailure *failure);
    bool mayHaveBegun(const Touch &what, const StatementTraits &traits, bool succeeded,
                      uint status) const;
    uint believed(uint status) const;
    [[gnu::hot]] uint believedStatus(const Touch &what, const StatementTraits &traits,
                                     bool succeeded, bool *known);
    void noteStatus();
    [[gnu::hot]] void noteReply(const Touch &what, const StatementTraits &traits, bool succeeded);
    void noteFailure(const Touch &what, const StatementTraits &traits,
                     const AttemptFailure &failure);
    void noteChanges(const StatementTraits &traits, bool succeeded, bool hasReport);
    void followSqlMode();
    void warnOfLastingPins();
    struct Tries;
    ErrorClass confirmConflict(int code) const;
    FailedStatement describe(const Touch &what, const StatementTraits &traits,
                             const AttemptFailure &failure, ErrorClass errorClass,
                             int earlierLosses) const;
    int suspiciousLosses(const Tries &tries) const;
    ErrorClass asRefusal(ErrorClass errorClass, const StatementTraits &traits,
                         const QSqlError &error) const;
    QSqlError causeOf(const Touch &what, const AttemptFailure &failure, const Tries &tries,
                      bool *isOversized) const;
    bool isRefusalOvercome(const FailedStatement &failed, bool isOutdated, Tries *tries) const;
    Entry recover(const Touch &what, const StatementTraits &traits, const AttemptFailure &failure,
                  Tries *tries, QSqlError *error);

    bool retryConflict(Tries *tries);
    void meetOthers(int turn);
    bool maySettleElsewhere(const Touch &what, const StatementTraits &traits) const;
    ConnectionRecord::Offer takeOffer();
    void followOffer();
    bool acquire(PeerId avoid, const QString &reason, QSqlError *error, bool isFresh = false,
                 int code = 0);
    ArrivalNeeds arrivalNeeds() const;
    void settleOn(std::shared_ptr<PeerSession> opened, const QString &reason);
    void dropSession();
    bool reportLoss(const Touch &what, const StatementTraits &traits, QSqlError *error);
    void noteUnreportedLoss(const QString &peer, const QStringList &pins);
    /// By a COMMIT or ROLLBACK that failed, or a statement that may have committed.
    void loseTransaction(bool isEndedByThis, bool mayHaveCommitted);
    QSqlError transactionLost(bool isCommit, const QString &peer, const QString &why) const;
    bool isOwnTimeout() const;

    // What every statement needs comes first, on few cache lines.
    std::shared_ptr<ConnectionRecord> m_record; ///< nullptr while closed
    std::chrono::steady_clock::time_point m_lastUse;
    std::chrono::seconds m_readTimeout{0}; ///< MYSQL_OPT_READ_TIMEOUT of the application, 0: none
    StatementTraitsCache m_traits;
    LexerMode m_lexerMode;
    bool m_isLexerModeKnown = true;
    bool m_isRunning = false; ///< in runStatement() or establish()
    bool m_hasNews = false;
    bool m_isTransactionLost = false;
    bool m_mayHaveEnded = false; ///< the open transaction: by a statement that failed in it
    bool m_mayHaveBegun = true;  ///< a transaction: by the last statement, as far as its text tells
    SessionState m_state;
    std::optional<QSqlError> m_unreportedLoss; ///< for the next statement

    QObject *const m_parent;
    const Events m_events;
    struct Move
    {
        QString from;
        QString to;
        QString reason;
    };
    std::vector<Move> m_untoldMoves;
    bool m_isUntoldLoss = false;
    bool m_isCloseWanted = false;    ///< by a call from within a statement
    bool m_initSqlKeepsMode = true;  ///< false: INIT_SQL may have changed sql_mode
    QByteArray m_clientCharacterSet; ///< with which the connection goes on; empty: never changed
    bool m_hasSaidUntracked = false; ///< that session tracking does not arrive
    LastingPins m_lastingPins;
    QString m_lastPeerName;
    bool m_mayHaveCommitted = false; ///< the lost one: by a statement of unknown fate, not a COMMIT
    std::chrono::steady_clock::time_point m_started; ///< of the last attempt
};

} // namespace qproxysql
