// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

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

    Next reportLosses();
    [[gnu::hot]] Next makeReady();
    [[gnu::hot]] Outcome attemptOnce(AttemptFailure *failure);
    [[gnu::hot]] void noteReply(Reply reply);
    void noteMeaning(bool hasReport);
    void noteFailure(const AttemptFailure &failure);
    Next leaveClosedSession();
    Next recover(const AttemptFailure &failure);
    Next recoverCounted(const AttemptFailure &failure); // statementreplay.cpp
    Next acquire(SessionRequest request);
    Next leaveSession(const Loss &loss, const AfterLoss &after);
    Loss lossOf(const AttemptFailure &failure);
    void noteAnswer(Loss *loss) const;
    void noteTries(Loss *loss);
    Tries &tries();

    // statementreplay.cpp
    bool isRecorded() const;
    bool refusesLostKey() const;
    void record(Answer &answer, bool wasInTransaction, quint64 settings);
    void recordFailure(const AttemptFailure &failure);
    void noteReplay(Loss *loss);
    Next beginReplay(const Loss &loss, const AfterLoss &after, PeerId left);
    Outcome replay(AttemptFailure *failure);
    Next loseTransaction(const AfterLoss &after, PeerId peer);
    bool maySettleElsewhere() const;

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
        LostSession lostSession{};
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
};

} // namespace qproxysql
