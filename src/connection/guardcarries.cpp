// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "connection/guard_p.h"

#include "connection/refusal.h"
#include "session/innerresult.h"
#include "session/logging.h"

#include <algorithm>

namespace qproxysql {

namespace {

constexpr int ParseError = 1064; // ER_PARSE_ERROR
constexpr uint AutocommitIsOn = 2; // SERVER_STATUS_AUTOCOMMIT

// What it does is not in the text of a statement.
bool mayHideTransactions(const QStringList &pins)
{
    return std::ranges::any_of(pins, [](const QString &pin) {
        return pin == QLatin1String("unknown") || pin == QLatin1String("native_handle")
               || pin == QLatin1String("stored_procedure") || pin == QLatin1String("sql_prepared")
               || pin == QLatin1String("xa_transaction");
    });
}

} // namespace

// ProxySQL says of transactions that are none: of every prepare, of results before the last one, and, after
// an error, of whatever it answers by itself. An error has no flags: those of the last reply stand.
bool Connection::Guard::mayHaveBegun(const Touch &what, const StatementTraits &traits,
                                     bool succeeded, uint status) const
{
    if (!session->facts().isThroughProxy || !(status & AutocommitIsOn))
        return true;
    if (!succeeded)
        return m_state.hasMoreResults() && m_mayHaveBegun;
    if (!isStatement(what))
        return what.kind != Touch::Kind::Metadata;
    if (traits.transaction != TransactionVerb::None || traits.isForOneStatement)
        return true;
    if (!traits.isSingle && !m_isLexerModeKnown)
        return true;
    return mayHideTransactions(traits.pins) || mayHideTransactions(m_state.pins())
           || mayHideTransactions(m_state.ignoredPins());
}

// What came of a statement, once its results have been read or thrown away.
void Connection::Guard::noteResults()
{
    if (m_isRunning || !session || !m_state.hasMoreResults())
        return;
    const Claim claim(*session);
    noteStatus();
    m_record->publish(m_state);
}

// Any result of the inner driver reads them to their end when it is destroyed.
void Connection::Guard::discardResults()
{
    if (m_isRunning || !session || !m_state.hasMoreResults() || session->line()->isGone())
        return;
    const QScopedValueRollback running(m_isRunning, true);
    const Claim claim(*session);
    InnerResult reader;
    reader.create(session);
    reader.reset();
    noteStatus();
    m_record->publish(m_state);
}

// What was refused before any of it ran is as good as never sent, but for the errors that SHOW WARNINGS
// tells.
void Connection::Guard::noteFailure(const Touch &what, const StatementTraits &traits,
                                    const AttemptFailure &failure)
{
    const QSqlError error = failure.error.value_or(QSqlError());
    const int code = error.nativeErrorCode().toInt();
    // DDL commits before it fails, and an error has no status flags.
    if (isStatement(what) && traits.mayCommit && !failure.beforeExecution && code != ParseError
        && !isCommit(what, traits))
        m_mayHaveEnded = m_state.inTransaction();
    if (!isStatement(what)
        || !(failure.beforeExecution
             || isRefusedUnexecuted({what.sql, traits, m_lexerMode, code, error.databaseText()}))) {
        noteReply(what, traits, false);
        return;
    }
    bool known = false;
    const uint status = believedStatus(what, traits, false, &known);
    if (known)
        m_state.noteStatus(status);
    m_state.noteRefusal();
    m_record->publish(m_state);
}

void Connection::Guard::noteChanges(const StatementTraits &traits, bool succeeded, bool hasReport)
{
    const std::optional<SessionReport> report = hasReport ? session->report() : std::nullopt;
    m_state.noteChanges(traits, succeeded, report);
    if (m_state.settings().hasCharset())
        m_clientCharacterSet = session->clientCharacterSet();
    followSqlMode();
    const bool isTold = std::ranges::any_of(traits.settings, [](const SettingChange &change) {
        return !change.value.isNull();
    });
    if (report || !succeeded || !traits.isSingle || !isTold || m_hasSaidUntracked)
        return;
    m_hasSaidUntracked = true;
    qCInfo(lcSession).noquote()
            << "pool" << pool->name() << "peer" << session->peerName()
            << "does not report changes of the session (session tracking), as through a proxy: "
               "what "
               "a session holds is judged by the text of statements alone, and settings that are "
               "not plain values keep it where it is";
}

ArrivalNeeds Connection::Guard::arrivalNeeds() const
{
    return {m_record->config().causalReads, m_state.arrivalStatements(), m_clientCharacterSet,
            m_state.settings().schema()};
}

// How the session reads quotes and backslashes.
void Connection::Guard::followSqlMode()
{
    const QString mode = m_state.sqlMode();
    m_lexerMode = LexerMode::of(mode.isNull() ? session->facts().sqlMode : mode);
    m_isLexerModeKnown = m_state.isSqlModeKnown() && (m_initSqlKeepsMode || !mode.isNull());
}

void Connection::Guard::warnOfLastingPins()
{
    const QStringList names = m_lastingPins.note(m_state.pins(), m_state.stamp(), m_lastUse);
    if (names.isEmpty())
        return;
    qCWarning(lcSession).noquote()
            << "pool" << pool->name() << "peer" << session->peerName() << "connection"
            << m_record->view().connection << "cannot leave its peer: its session holds"
            << names.join(QLatin1String(", "))
            << "for a while, which no other session can be given. A drain of this peer waits for "
               "it, "
               "and a loss of the session fails a statement. What it means and how to avoid it: "
               "docs/pins.md";
}

} // namespace qproxysql
