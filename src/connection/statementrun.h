// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "commits/commitrequests.h"
#include "connection/afterloss.h"
#include "connection/conflictbackoff.h"
#include "connection/connection.h"
#include "replay/lostsession.h"

namespace qproxysql {

/// One call of the application, from the liveness check to the result. It collects the Loss and carries out
/// what afterLoss() decides. Lives on the stack of Connection::run().
class StatementRun
{
public:
    StatementRun(Connection &connection, const Touch &touch, const Connection::Attempt &attempt,
                 QSqlError *error)
        : m_connection(connection)
        , m_attempt(attempt)
        , m_statement{touch, connection.traitsOf(touch, &m_ownTraits)}
        , m_error(error)
    {
    }

    [[gnu::hot]] bool run();

private:
    using Next = AfterLoss::Next;
    enum class Outcome {
        Succeeded,
        Failed,
        NotSent,    ///< the session was cut before anything was sent
        NotReplayed ///< the transaction cannot be continued
    };
    struct Tries;
    /// A token that was sent with a COMMIT.
    struct SentToken
    {
        CommitToken token;
        QString domain;
        QStringList identities;  ///< of the server
        bool hasNumbers = false; ///< the token's row says what the statement's answer was
    };

    Next reportLosses();
    [[gnu::hot]] Next makeReady();
    [[gnu::hot]] Outcome attemptOnce(AttemptFailure *failure);
    [[gnu::hot]] void noteReply(Reply reply);
    void noteMeaning(bool hasReport);
    void noteFailure(const AttemptFailure &failure);
    Next leaveClosedSession();
    Next recover(const AttemptFailure &failure);
    Next recoverCounted(const AttemptFailure &failure); // statementreplay.cpp
    Next acquire(SessionRequest request)
    {
        return m_connection.acquire(std::move(request), m_error) ? Next::Run : Next::Fail;
    }
    Next leaveSession(const Loss &loss, const AfterLoss &after);
    Tries &tries();

    // statementloss.cpp
    Loss lossOf(const AttemptFailure &failure);
    void noteAnswer(Loss *loss) const;
    void noteTries(Loss *loss);

    // statementreplay.cpp
    bool isRecorded() const;
    bool refusesLostKey() const;
    void record(Answer &answer, bool wasInTransaction, quint64 settings);
    KeySteps stepsBefore();
    void recordFailure(const AttemptFailure &failure);
    void noteReplay(Loss *loss);
    void noteFirstLoss(const Loss &loss, PeerId peer);
    Next beginReplay(const Loss &loss, const AfterLoss &after, PeerId left);
    Outcome replay(AttemptFailure *failure);
    Next loseReplay(const Loss &loss);
    Next loseTransaction(const AfterLoss &after, PeerId peer);
    bool maySettleElsewhere() const;

    // statementcommit.cpp
    [[gnu::cold]] bool attemptWithToken(AttemptFailure *failure);
    bool isCommitWithToken() const;
    enum class LoneWrite {
        No,
        Yes,
        InOneText ///< the table of tokens can say what its answer was
    };
    LoneWrite loneWrite() const;
    bool commitWithToken(CommitRequests &requests, const QString &domain, AttemptFailure *failure);
    bool writeWithToken(CommitRequests &requests, const QString &domain, LoneWrite write,
                        AttemptFailure *failure);
    bool writeInOneText(CommitRequests &requests, const QString &domain, AttemptFailure *failure);
    void noteToken(const CommitToken &token, const QString &domain);
    CommitRequests::Answer sendToken(CommitRequests &requests, const QString &domain);
    bool noteUndone(CommitRequests &requests, const CommitRequests::Answer &answer,
                    AttemptFailure *failure);
    QSqlError ownError(const QSqlError &error) const;
    bool concernsSession(const QSqlError &error) const;
    Next seekFate(Loss loss, const AfterLoss &ifUnknown);
    CommitFate::Answer ask(CommitFate::Step step, const SentToken &sent,
                           std::chrono::milliseconds left);
    CommitFate::Verdict findOut(const SentToken &sent, PeerId lostOn);
    bool acquireIn(const SentToken &sent, PeerId lostOn, std::vector<PeerId> *excluded);
    Next asCommitted(const Loss &loss, const SentToken &sent);

    /// How often the statement was tried, and why.
    struct Tries
    {
        ConflictBackoff conflicts;
        std::vector<PeerId> lostOn{};    ///< in the order of the losses
        std::vector<PeerId> refusedBy{}; ///< refused before execution; the session is still usable
        Clock::time_point refusedFirst{};
        Clock::time_point firstReplay{};
        AfterLoss ifNotReplayed{};  ///< the last decision to replay the transaction
        PeerId lostOnPeer = NoPeer; ///< where the transaction was open
        QString lostPeer{};
        QString whyLost{};
        int whyLostCode = 0;
        LostSession lostSession{};
        std::optional<SentToken> sentToken{}; ///< by the last attempt, whose answer is not known
        bool wasAttempted = false; ///< the statement that the replay is for may have been executed
    };

    Connection &m_connection;
    const Connection::Attempt &m_attempt;
    std::optional<StatementTraits> m_ownTraits;
    const Statement m_statement;
    QSqlError *const m_error;
    std::optional<Tries> m_tries;
    bool m_isReplayDue = false; ///< the session is new, or has lost a conflict
    NotReplayed m_whyNotReplayed;
    CommitRequests::Numbers m_numbers; ///< that were found with the token
};

} // namespace qproxysql
