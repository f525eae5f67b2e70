// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "connection/guard.h"

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

} // namespace

// ProxySQL reports transactions that do not exist: in the reply to every prepare, with results before the
// last one, and, after an error, in whatever it answers by itself. An error has no flags: those of the
// last reply stand.
bool Guard::mayHaveBegun(const Statement &statement, bool succeeded, uint status) const
{
    if (!session->facts().isThroughProxy || !(status & AutocommitIsOn))
        return true;
    if (!succeeded)
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

uint Guard::believed(uint status) const
{
    return m_mayHaveBegun || m_state.inTransaction() ? status : status & ~OpenTransaction;
}

uint Guard::believedStatus(const Statement &statement, bool succeeded, bool *known)
{
    const uint status = session->serverStatus(known);
    if (Q_UNLIKELY(statement.touch.kind == Touch::Kind::Prepare)) // neither begins nor ends one
        return m_state.inTransaction() ? status | OpenTransaction : status & ~OpenTransaction;
    if (Q_LIKELY(!(status & (OpenTransaction | MoreResults)) || m_state.inTransaction()))
        return status;
    m_mayHaveBegun = mayHaveBegun(statement, succeeded, status);
    return believed(status);
}

// What came of a statement, once its results have been read or thrown away.
void Guard::noteResults()
{
    if (m_isRunning || !session || !m_state.hasMoreResults())
        return;
    const Claim claim(*session);
    noteStatus();
    m_record->publish(m_state);
}

void Guard::noteStatus()
{
    bool known = false;
    const uint status = session->serverStatus(&known);
    if (known)
        m_state.noteStatus(believed(status));
}

void Guard::noteChanges(const StatementTraits &traits, bool succeeded, bool hasReport)
{
    const std::optional<SessionReport> report = hasReport ? session->report() : std::nullopt;
    m_state.noteChanges(traits, succeeded, report);
    if (m_state.settings().hasCharset())
        m_clientCharacterSet = session->clientCharacterSet();
    followSqlMode();
    const bool isKnownValue = std::ranges::any_of(traits.settings, [](const SettingChange &change) {
        return !change.value.isNull();
    });
    if (report || !succeeded || !traits.isSingle || !isKnownValue || m_hasLoggedUntracked)
        return;
    m_hasLoggedUntracked = true;
    qCInfo(lcSession).noquote()
            << "pool" << pool->name() << "peer" << session->peerName()
            << "does not report changes of the session (no session tracking), e.g. behind a proxy: "
               "the state of a session is known from the text of statements only, and settings "
               "that are not plain values pin it";
}

ArrivalNeeds Guard::arrivalNeeds() const
{
    return {m_record->config().causalReads, m_state.arrivalStatements(), m_clientCharacterSet,
            m_state.settings().schema()};
}

// sql_mode decides how the server reads quotes and backslashes.
void Guard::followSqlMode()
{
    const QString mode = m_state.sqlMode();
    m_lexerMode = LexerMode::of(mode.isNull() ? session->facts().sqlMode : mode);
    m_isLexerModeKnown = m_state.isSqlModeKnown() && (m_initSqlKeepsMode || !mode.isNull());
}

void Guard::warnOfLastingPins()
{
    const SessionPins lasting = m_lastingPins.note(m_state.pins(), m_state.stamp(), m_lastUse);
    if (!lasting)
        return;
    qCWarning(lcSession).noquote()
            << "pool" << pool->name() << "peer" << session->peerName() << "connection"
            << m_record->view().connection << "cannot leave its peer: its session has held"
            << pinNames(lasting).join(QLatin1String(", "))
            << "for a while, which cannot be carried over to another session. A drain of this peer "
               "waits for it, and a loss of the session fails a statement. See docs/pins.md";
}

} // namespace qproxysql
