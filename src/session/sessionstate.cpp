// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "session/sessionstate.h"

#include "sql/sessionsettings.h"

#include <mysql.h>

#include <algorithm>

namespace qproxysql {

namespace {

SessionPin pinOf(int setting)
{
    switch (sessionSettings()[size_t(setting)].kind) {
    case SessionSetting::Kind::Schema:
        return SessionPin::Schema;
    case SessionSetting::Kind::Charset:
        return SessionPin::Charset;
    case SessionSetting::Kind::Isolation:
        return SessionPin::Isolation;
    case SessionSetting::Kind::Plain:
        break;
    }
    return SessionPin::SessionVariables;
}

const int SqlMode = findSessionSetting("sql_mode");
const int ConnectionCharset = findSessionSetting("character_set_connection");
const int ConnectionCollation = findSessionSetting("collation_connection");

// SERVER_MORE_RESULTS_EXIST to MariaDB's headers, SERVER_MORE_RESULTS_EXISTS to MySQL's.
constexpr uint MoreResultsExist = 8;

} // namespace

void SessionState::noteStatus(uint serverStatus)
{
    const bool wasInTransaction = m_inTransaction;
    m_serverStatus = serverStatus;
    m_inTransaction = serverStatus & SERVER_STATUS_IN_TRANS;
    if (wasInTransaction && !m_inTransaction) // they ended with the transaction
        release(SessionPin::TransactionCharacteristics);
    m_autocommit = serverStatus & SERVER_STATUS_AUTOCOMMIT;
    m_hasMoreResults = serverStatus & MoreResultsExist;
    m_isClean &= !m_inTransaction;
}

void SessionState::noteStatement(const StatementTraits &traits, bool statusKnown, Reply reply)
{
    m_isUsed = true;
    m_isClean &= traits.isPlainRead && statusKnown && reply == Reply::Ok;
    m_setsAutocommit |= traits.pins.testFlag(SessionPin::Autocommit);
    SessionPins pins = traits.pins;
    if (statusKnown)
        pins.setFlag(SessionPin::Autocommit, false);
    pin(pins);
    if (reply == Reply::Ok) {
        m_setsAutocommit |= traits.releases.testFlag(SessionPin::Autocommit);
        m_ignoredPins &= ~traits.releases;
        release(traits.releases);
    }
    if (!statusKnown && reply == Reply::Ok)
        followVerb(traits.transaction);
}

void SessionState::followVerb(TransactionVerb verb)
{
    switch (verb) {
    case TransactionVerb::Begin:
    case TransactionVerb::Savepoint:
        m_inTransaction = true;
        break;
    case TransactionVerb::Commit:
    case TransactionVerb::Rollback:
    case TransactionVerb::ImplicitCommit:
        m_inTransaction = false;
        break;
    case TransactionVerb::Xa:
        pin(SessionPin::XaTransaction);
        break;
    case TransactionVerb::None:
        break;
    }
}

void SessionState::noteTransaction(TransactionVerb verb)
{
    m_isClean = false;
    followVerb(verb);
}

void SessionState::noteChanges(const StatementTraits &traits, Reply reply,
                               const std::optional<SessionReport> &report)
{
    m_isClean = false;
    if (reply == Reply::Error) {
        if (traits.settings.size() > 1)
            pinSettings(traits); // it may have done the first of them
        return;
    }
    QList<int> reported;
    if (report)
        applyReport(traits, *report, &reported);
    m_endsOneStatement = traits.isForOneStatement || (m_endsOneStatement && !report);
    if (!traits.isSingle) {
        pinSettings(traits); // it is not known which of them were executed
        return;
    }
    for (const SettingChange &change : traits.settings) {
        if (reported.contains(change.setting))
            continue;
        if (change.setting == ConnectionCharset)
            forgetCollation();
        carry(change.setting, change.value);
    }
}

void SessionState::applyReport(const StatementTraits &traits, const SessionReport &report,
                               QList<int> *reported)
{
    const bool isExplained = this->isExplained(traits, report);
    if (!traits.isForOneStatement) {
        for (const auto &[name, value] : report.variables)
            applyVariable(name, value, reported);
        // The charset changes the collation, too, which the server does not report.
        if (reported->contains(ConnectionCharset) && !reported->contains(ConnectionCollation))
            forgetCollation();
    }
    if (report.schema) {
        *reported += 0;
        carry(0, QString::fromUtf8(*report.schema));
    }
    if (!isExplained)
        pin(SessionPin::Unknown);
}

void SessionState::applyVariable(const QByteArray &name, const QByteArray &value,
                                 QList<int> *reported)
{
    const int setting = findSessionSetting({name.constData(), size_t(name.size())});
    if (setting >= 0) {
        *reported += setting;
        carry(setting, QString::fromUtf8(value));
    } else if (name == "autocommit") {
        m_setsAutocommit = true;
    } else if (name != "last_gtid" && name != "statement_id") { // reported after every statement
        const QByteArray folded = name.toUpper();
        pin(isOneShotVariable({folded.constData(), size_t(folded.size())})
                    ? SessionPin::OneShotVariables
                    : SessionPin::SessionVariables);
    }
}

// False for a reported change that names no variable and is no known effect of the text.
bool SessionState::isExplained(const StatementTraits &traits, const SessionReport &report) const
{
    return !report.hasChanged || traits.mayChangeSession || traits.pins || m_endsOneStatement
           || report.schema || std::ranges::any_of(report.variables, [](const auto &variable) {
                  return variable.first != "last_gtid" && variable.first != "statement_id";
              });
}

void SessionState::forgetCollation()
{
    m_settings.forget(ConnectionCollation);
    ++m_settingsRevision;
}

void SessionState::carry(int setting, const QString &value)
{
    const bool isCarried = m_settings.carry(setting, value);
    ++m_revision;
    ++m_settingsRevision;
    if (!isCarried)
        pin(pinOf(setting));
    if (setting == SqlMode)
        m_isSqlModeKnown = isCarried;
}

void SessionState::pinSettings(const StatementTraits &traits)
{
    for (const SettingChange &change : traits.settings) {
        pin(pinOf(change.setting));
        m_isSqlModeKnown &= change.setting != SqlMode;
    }
}

void SessionState::forgetSession()
{
    m_inTransaction = false;
    m_mayHaveEnded = false;
    m_hasMoreResults = false;
    m_isUsed = false;
    m_isClean = true;
    m_isSqlModeKnown = true;
    m_endsOneStatement = false;
    if (!m_setsAutocommit)
        m_autocommit = true;
    m_pins = {};
    m_ignoredPins = {};
    ++m_revision;
}

void SessionState::pin(SessionPins pins)
{
    m_isClean &= !pins;
    m_ignoredPins |= pins & m_ignored;
    const SessionPins added = pins & ~(m_ignored | m_pins);
    m_pins |= added;
    m_revision += added ? 1 : 0;
}

void SessionState::release(SessionPins pins)
{
    m_revision += (m_pins & pins) ? 1 : 0;
    m_pins &= ~pins;
}

QStringList SessionState::reasons() const
{
    QStringList names;
    if (m_inTransaction)
        names << QStringLiteral("transaction");
    if (m_hasMoreResults)
        names << QStringLiteral("pending_results");
    return names + pinNames(m_pins);
}

QStringList SessionState::arrivalStatements() const
{
    return m_settings.statements(m_setsAutocommit ? std::optional(m_autocommit) : std::nullopt);
}

QString SessionState::sqlMode() const
{
    return m_settings.value(SqlMode);
}

} // namespace qproxysql
