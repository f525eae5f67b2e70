// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "commits/commitfate.h"
#include "commits/committable.h"
#include "results/clientcalls.h"
#include "session/peersession.h"

#include <optional>

namespace qproxysql {

/// The requests around a COMMIT with a token, on one session whose claim the caller holds. Owner's thread
/// only.
class CommitRequests
{
public:
    /// PeerSession::calls() of \a session must not be nullptr.
    CommitRequests(PeerSession &session, const CommitTable &table);

    /// What a statement that writes is answered with.
    struct Numbers
    {
        quint64 affectedRows = 0;
        quint64 insertId = 0;
    };

    /// What the server has answered.
    struct Answer
    {
        enum Stage {
            Refused,   ///< of write(): the peer refuses such texts, and nothing was executed
            Begin,     ///< of write(): nothing was executed
            Statement, ///< of write(): the transaction is open, unless the session was lost
            Token, ///< the token's INSERT failed: the transaction is open, unless the session was lost
            Commit, ///< COMMIT failed
            Done
        };
        Stage stage = Done;
        std::optional<QSqlError> error{};
        bool wasOpen = true; ///< false: there was no transaction any more, and nothing was committed
        Numbers numbers{};   ///< of write(), from stage Token on

        bool isOk() const { return stage == Done && wasOpen; }
    };
    /// Whose transaction it is: only the application's goes on as it has set (completion_type).
    enum class Owner { Application, Driver };
    /// INSERT token; COMMIT: one round trip, or two where a peer refuses several statements in one text.
    Answer commit(const CommitToken &token, Owner owner);
    /// START TRANSACTION; \a sql; INSERT token; COMMIT in one round trip. \a sql is one statement without rows and
    /// without a semicolon. Stage Token without an error: the end of \a sql has hidden what follows.
    Answer write(const QByteArray &sql, const CommitToken &token);
    /// Whether write() may be used for a text of this length in UTF-16. Other threads may find out meanwhile
    /// that the peer refuses such texts.
    bool takesText(qsizetype length) const;

    /// A text without rows; empty: it succeeded.
    std::optional<QSqlError> execute(const QByteArray &sql);
    /// False: the session must not be used further.
    bool rollBack();
    /// Reads and drops results that nobody has fetched.
    void discardResults();

    /// Sends the request of \a step. With Answer::Unknown \a error says why.
    CommitFate::Answer ask(CommitFate::Step step, const CommitToken &token,
                           std::optional<QSqlError> *error);
    /// With Answer::IsCommit: as write() has noted them.
    const Numbers &numbers() const { return m_numbers; }

private:
    QSqlError lastError() const;
    bool isInTransaction() const;
    Answer readCommit();
    bool takesTexts() const;
    Answer commitOneByOne(const QByteArray &insertion, const QByteArray &commit);
    CommitFate::Answer look(const CommitToken &token, std::optional<QSqlError> *error);

    PeerSession &m_session;
    const ClientCalls &m_calls;
    MYSQL *const m_mysql;
    const CommitTable &m_table;
    const CommitTable::Way m_way;
    Numbers m_numbers;
};

} // namespace qproxysql
