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

    /// What the server has answered.
    struct Answer
    {
        enum Stage {
            Token, ///< the token's INSERT failed: the transaction is open, unless the session was lost
            Commit, ///< COMMIT failed
            Done
        };
        Stage stage = Done;
        std::optional<QSqlError> error{};
        bool wasOpen = true; ///< false: there was no transaction any more, and nothing was committed

        bool isOk() const { return stage == Done && wasOpen; }
    };
    /// INSERT token; COMMIT: one round trip, or two where a peer refuses several statements in one text.
    /// \a withResult: CommitTable::insertionWithResult().
    Answer commit(const CommitToken &token, bool withResult = false);

    /// A text without rows; empty: it succeeded.
    std::optional<QSqlError> execute(const QByteArray &sql);
    /// False: the session must not be used further.
    bool rollBack();
    /// Reads and drops results that nobody has fetched.
    void discardResults();

    /// Sends the request of \a step. With Answer::Unknown \a error says why.
    CommitFate::Answer ask(CommitFate::Step step, const CommitToken &token,
                           std::optional<QSqlError> *error);

private:
    QSqlError lastError() const;
    bool isInTransaction() const;
    Answer commitOneByOne(const QByteArray &insertion);
    CommitFate::Answer look(const CommitToken &token, std::optional<QSqlError> *error);

    PeerSession &m_session;
    const ClientCalls &m_calls;
    MYSQL *const m_mysql;
    const CommitTable &m_table;
};

} // namespace qproxysql
