// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "connect/serverfacts.h"
#include "replay/answer.h"
#include "replay/notreplayed.h"

#include <QtCore/QString>
#include <QtCore/QVariantList>

#include <vector>

namespace qproxysql {

/// A statement of an open transaction, and what was reported to the application.
struct RecordedStatement
{
    QString sql;
    bool isPrepared = false;
    QVariantList values{}; ///< bound, if isPrepared
    AnswerDigest::Value answer{};
    quint64 insertId = 0;   ///< what lastInsertId() returned
    KeySteps steps{};       ///< if it may have generated several keys
    bool isCompared = true; ///< false: the answer says only that it succeeded
};

/// The transaction that is open on a session: its statements in order. It ends with the transaction. Rows are
/// not stored. Owner's thread only.
class TransactionRecord
{
public:
    /// REPLAY_LIMIT in bytes of statements and values; 0 records nothing.
    void setLimit(qint64 bytes) { m_limit = bytes; }
    bool isOn() const { return m_limit > 0; }

    /// The transaction may have written something. Also while nothing is recorded.
    void noteWrite() { m_hasWritten = true; }
    bool hasWritten() const { return m_hasWritten; }

    /// For the next answer.
    Answer &answer()
    {
        m_answer.clear();
        return m_answer;
    }

    /// A SET TRANSACTION for the transaction that comes next.
    void addPrelude(const QString &sql);
    bool hasPrelude() const { return m_hasPrelude; }
    void addBegin(); ///< by QSqlDriver::beginTransaction()
    /// The next statement begins the transaction.
    void noteBegin() { m_hasBegin = true; }
    bool hasBegin() const { return m_hasBegin; }
    /// A statement that the server has answered.
    void add(const QString &sql, const QVariantList *values, Answer &answer);
    /// Of the session, for the statement that was added last.
    void noteSteps(const KeySteps &steps);
    /// The transaction was replayed: its keys are what the record says, whatever happens to the cluster.
    void noteReplayed();
    void forbid(const NotReplayed &why); ///< the first one counts
    void end();                          ///< the transaction has ended

    /// Why the transaction cannot be replayed; empty: as far as the record shows, it can.
    const NotReplayed &obstacle() const { return m_obstacle; }
    const std::vector<RecordedStatement> &statements() const { return m_statements; }
    bool isEmpty() const { return m_statements.empty(); }

private:
    qint64 m_limit = 0;
    qint64 m_size = 0;
    bool m_hasPrelude = false;
    bool m_hasBegin = false;
    bool m_hasWritten = false;
    std::vector<RecordedStatement> m_statements;
    NotReplayed m_obstacle;
    Answer m_answer;
};

} // namespace qproxysql
