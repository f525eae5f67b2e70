// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "replay/tablefacts.h"
#include "replay/transactionrecord.h"
#include "session/peersession.h"

#include <QtCore/QDeadlineTimer>
#include <QtSql/QSqlError>

namespace qproxysql {

/// Runs the statements of a recorded transaction on a session and compares the answers with the recorded
/// ones (docs/transactions.md).
class Replay
{
public:
    /// \a next is the statement that follows in the application, if it may have to be undone, too; else null.
    /// \a mode is how the session reads texts. References must outlive the object.
    Replay(PeerSession &session, const TransactionRecord &record, LexerMode mode, QString next);

    enum class Outcome {
        Equal,   ///< the transaction is open on the session, as it was
        Differs, ///< or it cannot be replayed: whyNot(). The session must be closed
        Failed ///< by a loss, a refusal or a conflict: error(). Whether the session goes on is for the caller
    };

    /// No statement waits for a lock for longer than \a patience. The caller holds the claim. Several round
    /// trips.
    Outcome run(std::chrono::milliseconds patience);

    const NotReplayed &whyNot() const { return m_whyNot; }
    const QSqlError &error() const { return m_error; }

private:
    Outcome check();
    Outcome runAll(QDeadlineTimer deadline);
    Outcome runOne(const RecordedStatement &statement);
    bool execute(const RecordedStatement &statement, Answer *answer,
                 std::optional<QSqlError> *error);
    bool executeText(const QString &sql, Answer *answer, std::optional<QSqlError> *error);
    bool executePrepared(const RecordedStatement &statement, Answer *answer,
                         std::optional<QSqlError> *error);
    bool setInsertId(quint64 id, std::optional<QSqlError> *error);
    Outcome failed(const QSqlError &error);
    Outcome differs(NotReplayed::Reason reason, const QString &text);
    bool givesKey(const RecordedStatement &statement) const;
    Expected<ReplayNeeds, NotReplayed> needsOf(const QString &sql) const;

    PeerSession &m_session;
    const TransactionRecord &m_record;
    const ClientCalls *const m_calls;
    const LexerMode m_mode;
    const QString m_next;
    NotReplayed m_whyNot;
    QSqlError m_error;
    TableFacts m_tables;
};

/// Adds to \a answer what the application is told of an error.
void addError(const QSqlError &error, Answer *answer);

/// Adds to \a answer what the application is told of a text that was executed on \a mysql; \a rows may be
/// nullptr.
void addTextAnswer(const ClientCalls &calls, MYSQL *mysql, MYSQL_RES *rows, Answer *answer);
/// The same for a prepared statement.
void addPreparedAnswer(PreparedStatement &statement, Answer *answer);

} // namespace qproxysql
