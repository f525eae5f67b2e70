// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "connection/connection.h"

#include "session/logging.h"

#include <algorithm>

namespace qproxysql {

namespace {

constexpr uint AutocommitIsOn = 2;  // SERVER_STATUS_AUTOCOMMIT
constexpr uint OpenTransaction = 1; // SERVER_STATUS_IN_TRANS
constexpr uint MoreResults = 8;     // SERVER_MORE_RESULTS_EXIST

// What it does is not in the text of a statement.
bool mayHideTransactions(SessionPins pins)
{
    return pins
           & (SessionPin::Unknown | SessionPin::NativeHandle | SessionPin::StoredProcedure
              | SessionPin::SqlPrepared | SessionPin::XaTransaction);
}

StatementTraits makeTraitsOfCall(TransactionVerb verb)
{
    StatementTraits traits;
    traits.isSingle = true;
    traits.isPlainRead = verb == TransactionVerb::None;
    traits.mayCommit = verb == TransactionVerb::Begin || verb == TransactionVerb::Commit;
    traits.transaction = verb;
    return traits;
}

} // namespace

const StatementTraits &traitsOfCall(Touch::Kind kind)
{
    static const auto *read = new StatementTraits(makeTraitsOfCall(TransactionVerb::None));
    static const auto *begin = new StatementTraits(makeTraitsOfCall(TransactionVerb::Begin));
    static const auto *commit = new StatementTraits(makeTraitsOfCall(TransactionVerb::Commit));
    static const auto *rollback = new StatementTraits(makeTraitsOfCall(TransactionVerb::Rollback));
    switch (kind) {
    case Touch::Kind::Metadata:
        return *read;
    case Touch::Kind::Begin:
        return *begin;
    case Touch::Kind::Commit:
        return *commit;
    default:
        return *rollback;
    }
}

// In the cache, or in \a own.
const StatementTraits &Connection::traitsOf(const Touch &what, std::optional<StatementTraits> *own)
{
    switch (what.kind) {
    case Touch::Kind::Text:
    case Touch::Kind::Prepare:
    case Touch::Kind::ExecutePrepared:
        break;
    default:
        return traitsOfCall(what.kind);
    }
    const bool isDoubtful = !m_isLexerModeKnown
                            && (what.sql.contains(u'\\') || what.sql.contains(u'"'));
    const StatementTraits &traits = m_traits.of(what.sql, m_lexerMode);
    if (Q_LIKELY(!isDoubtful))
        return traits;
    own->emplace(traits);
    (*own)->isPlainRead = (*own)->isSingle = false;
    return **own;
}

StatementTraits Connection::traitsOf(const QString &sql)
{
    std::optional<StatementTraits> own;
    return traitsOf({Touch::Kind::ExecutePrepared, sql}, &own);
}

// ProxySQL reports transactions that do not exist: in the reply to every prepare, with results before the
// last one, and, after an error, in whatever it answers by itself. An error has no flags: those of the
// last reply stand.
bool Connection::mayHaveBegun(const Statement &statement, Reply reply, uint status) const
{
    if (!m_session->facts().isThroughProxy || !(status & AutocommitIsOn))
        return true;
    if (reply == Reply::Error)
        return m_state.hasMoreResults() && m_mayHaveBegun;
    if (!statement.isExecution())
        return statement.touch.kind != Touch::Kind::Metadata;
    const StatementTraits &traits = statement.traits;
    if (traits.transaction != TransactionVerb::None || traits.isForOneStatement)
        return true;
    if (!traits.isSingle && !m_isLexerModeKnown)
        return true;
    return mayHideTransactions(traits.pins | m_state.pins() | m_state.ignoredPins());
}

uint Connection::believed(uint status) const
{
    return m_mayHaveBegun || m_state.inTransaction() ? status : status & ~OpenTransaction;
}

std::optional<uint> Connection::believedStatus(const Statement &statement, Reply reply)
{
    const std::optional<uint> known = m_session->serverStatus();
    if (Q_UNLIKELY(!known))
        return known;
    const uint status = *known;
    if (Q_UNLIKELY(statement.touch.kind == Touch::Kind::Prepare)) // neither begins nor ends one
        return m_state.inTransaction() ? status | OpenTransaction : status & ~OpenTransaction;
    if (Q_LIKELY(!(status & (OpenTransaction | MoreResults)) || m_state.inTransaction()))
        return known;
    m_mayHaveBegun = mayHaveBegun(statement, reply, status);
    return believed(status);
}

void Connection::noteResults()
{
    if (m_isRunning || !m_session || !m_state.hasMoreResults())
        return;
    const Claim claim(*m_session);
    if (const std::optional<uint> status = m_session->serverStatus())
        m_state.noteStatus(believed(*status));
    if (!m_state.hasMoreResults())
        m_state.noteKnownEnd();
    m_record->publish(m_state);
}

void Connection::noteChanges(const StatementTraits &traits, Reply reply,
                             const std::optional<SessionReport> &report)
{
    m_state.noteChanges(traits, reply, report);
    if (m_state.settings().hasCharset())
        m_clientCharacterSet = m_session->clientCharacterSet();
    followSqlMode();
    const bool isKnownValue = std::ranges::any_of(traits.settings, [](const SettingChange &change) {
        return !change.value.isNull();
    });
    if (report || reply == Reply::Error || !traits.isSingle || !isKnownValue || m_hasLoggedUntracked)
        return;
    m_hasLoggedUntracked = true;
    qCInfo(lcSession).noquote()
            << "pool" << m_pool->name() << "peer" << m_session->peerName()
            << "does not report changes of the session (no session tracking), e.g. behind a proxy: "
               "the state of a session is known from the text of statements only, and settings "
               "that are not plain values pin it";
}

ArrivalNeeds Connection::arrivalNeeds() const
{
    return {m_record->config().causalReads, m_state.arrivalStatements(), m_clientCharacterSet,
            m_state.settings().schema()};
}

// sql_mode decides how the server reads quotes and backslashes.
void Connection::followSqlMode()
{
    const QString mode = m_state.sqlMode();
    m_lexerMode = LexerMode::of(mode.isNull() ? m_session->facts().sqlMode : mode);
    m_isLexerModeKnown = m_state.isSqlModeKnown() && (m_initSqlKeepsMode || !mode.isNull());
}

void Connection::warnOfLastingPins()
{
    const SessionPins lasting = m_lastingPins.note(m_state.pins(), m_state.stamp(), m_lastUse);
    if (!lasting)
        return;
    qCWarning(lcSession).noquote()
            << "pool" << m_pool->name() << "peer" << m_session->peerName() << "connection"
            << m_record->view().connection << "cannot leave its peer: its session has held"
            << pinNames(lasting).join(QLatin1String(", "))
            << "for a while, which cannot be carried over to another session. A drain of this peer "
               "waits for it, and a loss of the session fails a statement. How to avoid that:"
            << QStringLiteral(QPROXYSQL_DOCS "/pins.md");
}

} // namespace qproxysql
