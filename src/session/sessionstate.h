// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "inner/clientlibrary.h"
#include "session/carriedsettings.h"
#include "sql/statementtraits.h"

#include <QtCore/QStringList>

namespace qproxysql {

enum class Reply { Ok, Error };

/// The state of the connection's present session, as known from status flags, session tracking and the
/// lexer: settings, which a move carries over, and pins, which are named reasons against a move. Owner's
/// thread only.
class SessionState
{
public:
    /// \a ignored: pins that shall not keep the session (IGNORE_STATE).
    explicit SessionState(SessionPins ignored = {})
        : m_ignored(ignored)
    {
    }

    /// After a reply: the server's SERVER_STATUS_* flags.
    void noteStatus(uint serverStatus);

    /// After a statement was sent: what its text leaves behind, and, where \a statusKnown is false,
    /// what it does to transactions.
    void noteStatement(const StatementTraits &traits, bool statusKnown, Reply reply);

    /// After a statement that was refused before any of it was executed, in place of noteStatement().
    void noteRefusal()
    {
        m_isUsed = true;
        m_isClean = false;
    }

    /// noteStatement() and noteStatus() of a statement that succeeded would change nothing, and there are
    /// no pins. This is the fast path of most statements.
    bool isUnchangedBy(const StatementTraits &traits, uint serverStatus) const
    {
        return serverStatus == m_serverStatus && m_isUsed && traits.leavesNothing
               && (traits.isPlainRead || !m_isClean) && !m_pins;
    }

    /// noteChanges() has something to do even without a report.
    static bool mayChangeSettings(const StatementTraits &traits)
    {
        return !traits.settings.isEmpty() || traits.isForOneStatement;
    }
    /// After noteStatement(): the values of settings, from \a report if the server sent one. A change that
    /// neither the report nor the text explains pins the session.
    void noteChanges(const StatementTraits &traits, Reply reply,
                     const std::optional<SessionReport> &report);

    /// After a call through QtSql without a text, where the status flags are not known.
    void noteTransaction(TransactionVerb verb);

    /// After a statement that may have committed the open transaction before it failed: an error has no
    /// status flags.
    void noteDoubtfulEnd() { m_mayHaveEnded = m_inTransaction; }
    /// After a statement that succeeded: its status flags are known.
    void noteKnownEnd() { m_mayHaveEnded = false; }

    void pin(SessionPins pins);

    /// The session is another one now, or gone: pins and flags with it, not the settings.
    void forgetSession();

    /// Changes whenever reasons() or arrivalStatements() may change; never 0.
    quint64 stamp() const
    {
        return m_revision << 3 | (m_inTransaction ? 4 : 0) | (m_autocommit ? 2 : 0)
               | (m_hasMoreResults ? 1 : 0);
    }

    /// Changes whenever arrivalStatements() may change; never 0.
    quint64 settingsStamp() const
    {
        return m_settingsRevision << 2 | (m_setsAutocommit ? 2 : 0) | (m_autocommit ? 1 : 0);
    }

    bool inTransaction() const { return m_inTransaction; }
    bool mayHaveEnded() const { return m_mayHaveEnded; } ///< the transaction that is open
    bool autocommit() const { return m_autocommit; }
    bool hasMoreResults() const { return m_hasMoreResults; }
    /// A statement ran: LAST_INSERT_ID() and similar functions have a value.
    bool isUsed() const { return m_isUsed; }
    /// It is as it was opened: at most plain reads ran. LAST_INSERT_ID() is unchanged; FOUND_ROWS() and
    /// the warnings are not if it isUsed().
    bool isClean() const
    {
        return m_isClean && !m_hasMoreResults && !m_setsAutocommit && m_settings.isEmpty();
    }
    SessionPins pins() const { return m_pins; }
    SessionPins ignoredPins() const { return m_ignoredPins; } ///< held, and ignored

    /// Names of everything that prevents a move: transaction, results, pins.
    QStringList reasons() const;
    bool isMovable() const { return !m_inTransaction && !m_hasMoreResults && !m_pins; }

    const CarriedSettings &settings() const { return m_settings; }
    /// What makes another session like this one; see CarriedSettings::statements().
    QStringList arrivalStatements() const;
    QString sqlMode() const; ///< null: as the session was opened
    bool isSqlModeKnown() const { return m_isSqlModeKnown; }

private:
    void applyReport(const StatementTraits &traits, const SessionReport &report,
                     QList<int> *reported);
    void applyVariable(const QByteArray &name, const QByteArray &value, QList<int> *reported);
    bool isExplained(const StatementTraits &traits, const SessionReport &report) const;
    void followVerb(TransactionVerb verb);
    void forgetCollation();
    void carry(int setting, const QString &value);
    void pinSettings(const StatementTraits &traits);
    void release(SessionPins pins);

    uint m_serverStatus = 0; ///< of the last reply
    bool m_inTransaction = false;
    bool m_mayHaveEnded = false;
    bool m_autocommit = true;
    bool m_setsAutocommit = false; ///< somebody has set it: it is given to the next session
    bool m_hasMoreResults = false;
    bool m_isUsed = false;
    bool m_isClean = true;
    bool m_isSqlModeKnown = true;
    bool m_endsOneStatement = false; ///< what SET STATEMENT has set is reported with a later reply
    quint64 m_revision = 1;          ///< of m_pins and m_settings
    quint64 m_settingsRevision = 1;
    SessionPins m_pins;
    SessionPins m_ignored;
    SessionPins m_ignoredPins;
    CarriedSettings m_settings;
};

} // namespace qproxysql
