// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "commits/commitsupport.h"
#include "commits/logging.h"
#include "connection/losstexts.h"
#include "connection/statementrun.h"
#include "replay/replayability.h"
#include "replay/statementtimes.h"
#include "replay/tablefactscache.h"

#include <algorithm>

namespace qproxysql {

using namespace std::chrono_literals;

namespace {

constexpr int DuplicateKey = 1062;
constexpr int MostForeignTokens = 3;
constexpr std::chrono::hours LongestSearch{1}; // far below the age at which tokens are removed
constexpr auto PauseBetweenQuestions = 100ms;

// Who can write nothing has written nothing, or COMMIT is refused, too: ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION,
// ER_OPTION_PREVENTS_STATEMENT, ER_READ_ONLY_MODE, ER_INNODB_READ_ONLY.
bool isReadOnly(int code)
{
    return code == 1792 || code == 1290 || code == 1836 || code == 1874;
}

bool hasLocks(SessionPins pins)
{
    return pins & (SessionPin::TableLocks | SessionPin::XaTransaction);
}

} // namespace

// A released session cannot be asked, nor given to the application.
bool StatementRun::isCommitWithToken() const
{
    const SessionState &state = m_connection.m_state;
    return m_statement.isCommit() && state.inTransaction()
           && m_connection.m_transaction.hasWritten()
           && !hasLocks(state.pins() | state.ignoredPins())
           && !(m_statement.isExecution()
                && m_statement.touch.sql.contains(QLatin1String("RELEASE"), Qt::CaseInsensitive));
}

// A temporary table may hide one that is transactional. The key of an INSERT is LAST_INSERT_ID() only if the
// server has generated it.
StatementRun::LoneWrite StatementRun::loneWrite() const
{
    const SessionState &state = m_connection.m_state;
    const StatementTraits &traits = m_statement.traits;
    const SessionPins pins = state.pins() | state.ignoredPins();
    if (m_connection.m_record->config().exactlyOnce != ExactlyOnce::Always
        || !m_statement.isExecution() || state.inTransaction() || !state.autocommit()
        || !traits.isSingle || traits.isPlainRead || traits.mayCommit || traits.pins
        || traits.transaction != TransactionVerb::None || traits.dependsOnPreviousStatement
        || hasLocks(pins) || pins.testFlag(SessionPin::TemporaryTables)
        || pins.testFlag(SessionPin::TransactionCharacteristics))
        return LoneWrite::No;
    const QString &sql = m_statement.touch.sql;
    if (sql.contains(QLatin1String("RETURNING"), Qt::CaseInsensitive)) // its rows are in the way
        return LoneWrite::No;
    const auto needs = replayNeeds(sql, traits, m_connection.m_lexerMode);
    if (!needs || needs->written.empty())
        return LoneWrite::No;
    const auto facts = TableFactsCache::instance().of(*m_connection.m_session,
                                                      state.settings().schema(), needs->written);
    if (!facts || !facts->obstacle().isEmpty())
        return LoneWrite::No;
    const QString generated = facts->generatedColumn(needs->written.front());
    const bool isKeyKnown = needs->rows == ReplayNeeds::Rows::None || generated.isEmpty()
                            || (needs->rows == ReplayNeeds::Rows::One && !needs->columns.isEmpty()
                                && !needs->columns.contains(generated, Qt::CaseInsensitive));
    return isKeyKnown && m_statement.touch.kind == Touch::Kind::Text && !sql.contains(u';')
                   ? LoneWrite::InOneText
                   : LoneWrite::Yes;
}

bool StatementRun::concernsSession(const QSqlError &error) const
{
    return endsSession(classifyError(Stage::Statement, error.nativeErrorCode().toInt(),
                                     error.databaseText(), m_connection.m_session->facts().flavour));
}

// As the call of the application that has failed would have it.
QSqlError StatementRun::ownError(const QSqlError &error) const
{
    if (m_statement.isExecution())
        return error;
    return QSqlError(QCoreApplication::translate("QMYSQLDriver", "Unable to commit transaction"),
                     error.databaseText(), QSqlError::TransactionError, error.nativeErrorCode());
}

bool StatementRun::attemptWithToken(AttemptFailure *failure)
{
    PeerSession &session = *m_connection.m_session;
    if (m_tries)
        m_tries->sentToken.reset();
    const bool isCommit = isCommitWithToken();
    const LoneWrite write = isCommit || isRecorded() ? LoneWrite::No : loneWrite();
    if (!isCommit && write == LoneWrite::No) {
        const StatementTraits &traits = m_statement.traits;
        if (m_statement.isExecution() && !traits.isPlainRead
            && (traits.transaction == TransactionVerb::None
                || traits.transaction == TransactionVerb::Savepoint))
            m_connection.m_transaction.noteWrite();
        return m_attempt(m_connection.m_session, failure);
    }
    CommitRequests requests(session, *m_connection.m_commits);
    if (m_statement.isExecution())
        requests.discardResults();
    const auto support = CommitSupport::of(session, *m_connection.m_commits);
    if (support && support->domain.isEmpty())
        return m_attempt(m_connection.m_session, failure);
    if (support)
        return isCommit ? commitWithToken(requests, support->domain, failure)
                        : writeWithToken(requests, support->domain, write, failure);
    failure->error = support.error();
    failure->beforeExecution = true;
    if (!concernsSession(support.error())) {
        if (isCommit && !requests.rollBack())
            session.line()->cut();
        failure->error = LossTexts::tokenRefused(support.error());
    }
    return false;
}

void StatementRun::noteToken(const CommitToken &token, const QString &domain)
{
    tries().sentToken = {token, domain, m_connection.m_session->facts().identities};
}

CommitRequests::Answer StatementRun::sendToken(CommitRequests &requests, const QString &domain)
{
    CommitRequests::Answer answer;
    for (int i = 0; i < MostForeignTokens; ++i) {
        const CommitToken token = CommitToken::fresh();
        noteToken(token, domain);
        answer = requests.commit(token, m_statement.isCommit() ? CommitRequests::Owner::Application
                                                               : CommitRequests::Owner::Driver);
        const bool isForeign = answer.stage == CommitRequests::Answer::Token
                               && answer.error->nativeErrorCode().toInt() == DuplicateKey;
        if (!isForeign)
            break;
    }
    return answer;
}

bool StatementRun::commitWithToken(CommitRequests &requests, const QString &domain,
                                   AttemptFailure *failure)
{
    const CommitRequests::Answer answer = sendToken(requests, domain);
    if (answer.isOk()) {
        failure->executed.emplace();
        return m_attempt(m_connection.m_session, failure);
    }
    if (answer.stage == CommitRequests::Answer::Token
        && isReadOnly(answer.error->nativeErrorCode().toInt())) {
        m_tries->sentToken.reset();
        return m_attempt(m_connection.m_session, failure);
    }
    return noteUndone(requests, answer, failure);
}

// Until the COMMIT is sent nothing can have been executed.
bool StatementRun::writeWithToken(CommitRequests &requests, const QString &domain, LoneWrite write,
                                  AttemptFailure *failure)
{
    if (write == LoneWrite::InOneText && requests.takesText(m_statement.touch.sql.size()))
        return writeInOneText(requests, domain, failure);
    failure->error = requests.execute("START TRANSACTION");
    failure->beforeExecution = failure->error.has_value();
    if (failure->error)
        return false;
    failure->isFollowed = true;
    if (!m_attempt(m_connection.m_session, failure)) {
        if (failure->error && concernsSession(*failure->error))
            failure->beforeExecution = true;
        else if (!requests.rollBack())
            m_connection.m_session->line()->cut();
        return false;
    }
    const CommitRequests::Answer answer = sendToken(requests, domain);
    return answer.isOk() || noteUndone(requests, answer, failure);
}

bool StatementRun::writeInOneText(CommitRequests &requests, const QString &domain,
                                  AttemptFailure *failure)
{
    const CommitToken token = CommitToken::fresh();
    noteToken(token, domain);
    m_tries->sentToken->hasNumbers = true;
    CommitRequests::Answer answer = requests.write(m_statement.touch.sql.toUtf8(), token);
    if (answer.stage == CommitRequests::Answer::Refused) {
        m_tries->sentToken.reset();
        return writeWithToken(requests, domain, LoneWrite::Yes, failure);
    }
    const bool isTokenLeft = answer.stage == CommitRequests::Answer::Token
                             && (!answer.error
                                 || answer.error->nativeErrorCode().toInt() == DuplicateKey);
    if (isTokenLeft) {
        const CommitRequests::Numbers numbers = answer.numbers;
        answer = sendToken(requests, domain);
        answer.numbers = numbers;
    }
    if (!answer.isOk())
        return noteUndone(requests, answer, failure);
    failure->isFollowed = true;
    failure->executed = {answer.numbers.affectedRows, answer.numbers.insertId};
    return m_attempt(m_connection.m_session, failure);
}

// False. The rules for conflicts and losses decide; other errors of the INSERT end the transaction.
bool StatementRun::noteUndone(CommitRequests &requests, const CommitRequests::Answer &answer,
                              AttemptFailure *failure)
{
    SessionLine &line = *m_connection.m_session->line();
    if (!answer.wasOpen) {
        m_tries->sentToken.reset();
        failure->error = ownError(LossTexts::endedUnnoticed());
        return false;
    }
    const QSqlError &error = *answer.error;
    failure->error = ownError(error);
    const ErrorClass errorClass = classifyError(Stage::Statement, error.nativeErrorCode().toInt(),
                                                error.databaseText(),
                                                m_connection.m_session->facts().flavour);
    if (endsSession(errorClass))
        return false;
    if (answer.stage == CommitRequests::Answer::Commit) {
        failure->isCommitDoubtful = errorClass != ErrorClass::Conflict;
        if (errorClass == ErrorClass::Conflict && !m_statement.isCommit() && !requests.rollBack())
            line.cut();
        return false;
    }
    m_tries->sentToken.reset();
    const bool isOwn = answer.stage == CommitRequests::Answer::Token
                       && errorClass != ErrorClass::Conflict && !provesNotExecuted(errorClass);
    if (isOwn)
        failure->error = LossTexts::tokenRefused(error);
    failure->beforeExecution = isOwn || answer.stage == CommitRequests::Answer::Begin;
    if ((isOwn || !m_statement.isCommit()) && !requests.rollBack())
        line.cut();
    return false;
}

// The lost session may still commit, so only the table tells.
StatementRun::Next StatementRun::seekFate(Loss loss, const AfterLoss &ifUnknown)
{
    const SentToken sent = *std::exchange(tries().sentToken, std::nullopt);
    const PeerId peer = m_connection.m_session->peer();
    noteFirstLoss(loss, peer);
    m_tries->lostSession = LostSession::of(*m_connection.m_session);
    m_tries->lostOn.push_back(peer);
    m_connection.dropSession();
    const CommitFate::Verdict verdict = findOut(sent, peer);
    if (verdict == CommitFate::Verdict::Unknown) {
        if (ifUnknown.transaction == AfterLoss::Transaction::AsItWas)
            m_connection.m_pool->count(peer, &PeerCounters::fatesUnknown);
        AfterLoss after = ifUnknown;
        after.error = LossTexts::fateNotFound(ifUnknown.error, m_error->databaseText());
        return loseTransaction(after, peer);
    }
    qCInfo(lcCommits).noquote() << "pool" << m_connection.m_pool->name() << "peer" << loss.peerName
                                << "was lost with a COMMIT, which was"
                                << (verdict == CommitFate::Verdict::Committed ? "executed"
                                                                              : "not executed")
                                << ":" << loss.cause().databaseText();
    const bool isCommitted = verdict == CommitFate::Verdict::Committed;
    m_connection.m_pool->count(peer, isCommitted ? &PeerCounters::fatesCommitted
                                                 : &PeerCounters::fatesNotCommitted);
    if (isCommitted)
        return asCommitted(loss, sent);
    loss.beforeExecution = loss.isNotCommitted = true;
    const AfterLoss after = afterLoss(loss, m_statement);
    if (after.replays) {
        m_connection.m_state.noteTransaction(TransactionVerb::Begin);
        m_connection.m_record->publish(m_connection.m_state);
        return beginReplay(loss, after, peer);
    }
    if (after.next == Next::Run)
        return Next::Run;
    return loseTransaction(after, peer);
}

StatementRun::Next StatementRun::asCommitted(const Loss &loss, const SentToken &sent)
{
    m_connection.m_transaction.end();
    m_connection.m_hasLostKey = true;
    if (const SessionPins pins = loss.held.pins())
        m_connection.m_unreportedLoss = LossTexts::stateLost(loss.peerName, pinNames(pins));
    AttemptFailure none;
    none.executed = {m_numbers.affectedRows, m_numbers.insertId};
    none.isFollowed = true;
    if (m_statement.isCommit() || sent.hasNumbers)
        m_attempt(m_connection.m_session, &none);
    return Next::Done;
}

CommitFate::Answer StatementRun::ask(CommitFate::Step step, const SentToken &sent,
                                     std::chrono::milliseconds left)
{
    PeerSession &session = *m_connection.m_session;
    const Claim claim(session);
    m_tries->lostSession.endOn(session, QDeadlineTimer(left));
    const StatementTimes times(session, left);
    std::optional<QSqlError> error;
    CommitRequests requests(session, *m_connection.m_commits);
    const CommitFate::Answer answer = requests.ask(step, sent.token, &error);
    m_numbers = requests.numbers();
    if (error)
        *m_error = *error;
    return answer;
}

// *m_error says why it is unknown.
CommitFate::Verdict StatementRun::findOut(const SentToken &sent, PeerId lostOn)
{
    const Clock &clock = m_connection.m_waiting.clock;
    const auto until = m_tries->firstReplay + m_connection.m_record->config().openDeadline;
    std::vector<PeerId> excluded;
    CommitFate fate;
    while (fate.step() != CommitFate::Step::Done && clock.now() < until
           && sent.token.age() < LongestSearch) {
        if (!m_connection.m_session && !acquireIn(sent, lostOn, &excluded)) {
            m_connection.m_waiting.pause(PauseBetweenQuestions);
            continue;
        }
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - clock.now());
        const CommitFate::Answer answer = ask(fate.step(), sent, std::max(left, 1000ms));
        fate.answered(answer);
        if (answer != CommitFate::Answer::Unknown)
            continue;
        const bool isRefused = isReadOnly(m_error->nativeErrorCode().toInt());
        if (isRefused) // the primary of the group can be asked
            excluded.push_back(m_connection.m_session->peer());
        if (isRefused || m_connection.m_session->line()->isClosed() || concernsSession(*m_error))
            m_connection.dropSession();
        else
            m_connection.m_waiting.pause(PauseBetweenQuestions);
    }
    return fate.verdict();
}

// A session on a server that has the commits of the lost one.
bool StatementRun::acquireIn(const SentToken &sent, PeerId lostOn, std::vector<PeerId> *excluded)
{
    const bool isOneServer = CommitSupport{sent.domain}.isOneServer();
    std::vector<PeerId> others = *excluded;
    if (isOneServer) {
        for (const PeerSnapshot &peer : m_connection.m_pool->peers()) {
            const bool isIt = std::ranges::any_of(peer.identities, [&](const QString &name) {
                return sent.identities.contains(name);
            });
            if (!peer.identities.isEmpty() && !isIt)
                others.push_back(peer.id);
        }
    }
    if (acquire({.avoid = isOneServer ? NoPeer : lostOn,
                 .excluded = others,
                 .isFresh = true,
                 .cause = m_tries->whyLost,
                 .causeCode = m_tries->whyLostCode})
        == Next::Fail) {
        excluded->clear(); // one of them may be another server now, or the primary
        return false;
    }
    PeerSession &session = *m_connection.m_session;
    const auto support = [&] {
        const Claim claim(session);
        return CommitSupport::of(session, *m_connection.m_commits);
    }();
    if (support && support->domain == sent.domain)
        return true;
    *m_error = support ? QSqlError() : support.error();
    if (!support && concernsSession(support.error())) {
        m_connection.dropSession();
        return false;
    }
    excluded->push_back(session.peer());
    m_connection.dropSession();
    return false;
}

} // namespace qproxysql
