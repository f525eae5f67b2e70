// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "connect/groupmembership.h"
#include "connect/peerhabits.h"
#include "connection/statementrun.h"

#include <algorithm>

namespace qproxysql {

using namespace std::chrono_literals;

namespace {

constexpr size_t MostLosses = 3;
constexpr int RolledBackByGroup = 3101;

} // namespace

Loss StatementRun::lossOf(const AttemptFailure &failure)
{
    tries();
    const PeerSession &session = *m_connection.m_session;
    Loss loss;
    loss.peerName = session.peerName();
    loss.held = m_connection.m_state;
    if (session.line()->isCut())
        loss.cut = session.line()->cutReason();
    loss.error = failure.error.value_or(QSqlError());
    loss.beforeExecution = failure.beforeExecution;
    loss.isOwnTimeout = m_connection.m_readTimeout > 0s
                        && m_connection.m_lastUse - m_connection.m_started
                                   >= m_connection.m_readTimeout;
    loss.readOnlyParts = session.facts().readOnlyParts;
    loss.packetLimit = session.facts().maxAllowedPacket;
    if (mayBeOversized(loss.error.nativeErrorCode().toInt())) {
        loss.bytes = failure.boundBytes;
        if (m_statement.touch.kind != Touch::Kind::ExecutePrepared)
            loss.bytes += m_statement.touch.sql.toUtf8().size();
    }
    loss.losses = int(m_tries->lostOn.size());
    loss.isCommitDoubtful = failure.isCommitDoubtful;
    loss.canSeekFate = m_tries->sentToken.has_value();
    noteAnswer(&loss);
    noteReplay(&loss);
    noteTries(&loss);
    return loss;
}

// Reports the peer's answer to its health and, after 3101, asks for its standing in the group.
void StatementRun::noteAnswer(Loss *loss) const
{
    const PeerSession &session = *m_connection.m_session;
    const QSqlError error = loss->errorWithHint();
    const int code = error.nativeErrorCode().toInt();
    const ServerFlavour flavour = session.facts().flavour;
    PoolHealth &health = *m_connection.m_record->watch();
    // A server closes the connection when a packet is too large, and a cut is ours: neither concerns the
    // peer's health.
    loss->seenAs = loss->isOversized() || loss->cut
                           ? classifyError(Stage::Statement, code, error.databaseText(), flavour)
                           : health.statementFailed(session.peer(), code, error.databaseText(),
                                                    flavour);
    if (isServersOwn(code))
        session.line()->answered(m_connection.m_lastUse);
    if (loss->seenAs == ErrorClass::SessionTied)
        PeerHabits::note(PeerHabits::Habit::TiesSessions, session.peerName());
    if (loss->seenAs != ErrorClass::Conflict || code != RolledBackByGroup)
        return;
    const Claim claim(*m_connection.m_session);
    loss->standing = GroupMembership::ask(*session.driver(), session.facts().identities);
    if (classOf(*loss, m_statement) == ErrorClass::AnswerLost)
        health.checkNow(session.peer());
}

// If the peer of the first loss has answered since, the statement does not crash servers.
void StatementRun::noteTries(Loss *loss)
{
    PeerPool &pool = *m_connection.m_pool;
    const PeerId peer = m_connection.m_session->peer();
    const ConnectionConfig &config = m_connection.m_record->config();
    const Clock::time_point now = m_connection.m_waiting.clock.now();
    loss->retryReads = config.retryReads;
    loss->openDeadline = config.openDeadline;
    const auto isSuspicious = [&pool](PeerId lostOn) {
        return pool.peer(lostOn).health != Health::Up;
    };
    loss->suspiciousLosses = m_tries->lostOn.size() >= MostLosses
                                     ? loss->losses
                                     : int(std::ranges::count_if(m_tries->lostOn, isSuspicious));
    const ErrorClass errorClass = classOf(*loss, m_statement);
    if (errorClass == ErrorClass::Conflict) {
        loss->conflictPause = m_tries->conflicts.next(now);
        loss->conflicts = m_tries->conflicts.tries();
    }
    if (endsSession(errorClass) || !provesNotExecuted(errorClass))
        return;
    loss->peers = int(pool.peers().size());
    loss->isOtherSelectable = pool.hasSelectable(peer);
    if (loss->held.inTransaction() && errorClass != ErrorClass::ReadOnly)
        return;
    if (m_tries->refusedFirst == Clock::time_point())
        m_tries->refusedFirst = m_isReplayDue ? m_tries->firstReplay : now;
    m_tries->refusedBy.push_back(peer);
    loss->refusals = int(m_tries->refusedBy.size());
    loss->refusedFor = std::chrono::duration_cast<std::chrono::milliseconds>(
            now - m_tries->refusedFirst);
    loss->isEachAsked = pool.choose(m_tries->refusedBy) == NoPeer;
}

} // namespace qproxysql
