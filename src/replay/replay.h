// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "replay/generatedkeys.h"
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
    /// \a mode is how the session reads texts, \a schema its current one, null: that of its login. References
    /// must outlive the object.
    Replay(PeerSession &session, const TransactionRecord &record, LexerMode mode, QString next,
           QString schema);

    enum class Outcome {
        Equal,   ///< the transaction is open on the session, as it was
        Differs, ///< or it cannot be replayed: whyNot(). The session must be closed
        Failed ///< by a loss, a refusal or a conflict: error(). Whether the session goes on is for the caller
    };

    /// No statement begins after \a deadline, or waits for a lock for longer than is left at the beginning. The
    /// caller holds the claim. Several round trips.
    Outcome run(QDeadlineTimer deadline);

    const NotReplayed &whyNot() const { return m_whyNot; }
    const QSqlError &error() const { return m_error; }

private:
    Outcome check();
    Outcome ask(const std::vector<TableName> &written);
    Outcome checkKeys();
    Outcome runAll(QDeadlineTimer deadline);
    Outcome runOne(const RecordedStatement &statement, const ReplayNeeds &needs);
    bool execute(const QString &sql, const RecordedStatement &statement, Answer *answer,
                 std::optional<QSqlError> *error);
    bool executeText(const QString &sql, Answer *answer, std::optional<QSqlError> *error);
    bool executePrepared(const QString &sql, const QVariantList &values, Answer *answer,
                         std::optional<QSqlError> *error);
    Outcome failed(const QSqlError &error);
    Outcome differs(NotReplayed::Reason reason, const QString &text);

    PeerSession &m_session;
    const TransactionRecord &m_record;
    const ClientCalls *const m_calls;
    const LexerMode m_mode;
    const QString m_next;
    const QString m_schema;
    NotReplayed m_whyNot;
    QSqlError m_error;
    std::vector<ReplayNeeds> m_needs; ///< of each statement of the record
    TableFacts m_tables;
    GeneratedKeys m_keys;
};

} // namespace qproxysql
