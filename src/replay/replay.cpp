// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "replay/replay.h"

#include "config/coretexts.h"
#include "connect/errorclassification.h"
#include "replay/statementtimes.h"
#include "replay/tablefactscache.h"

#include <QtCore/QDeadlineTimer>

namespace qproxysql {

namespace {

constexpr int LockWaitTimeout = 1205;
constexpr int StatementTimeout = 1969; // ER_STATEMENT_TIMEOUT
constexpr int QueryTimeout = 3024;     // ER_QUERY_TIMEOUT of MySQL

// The others are answers to the statement itself.
bool concernsSession(const QSqlError &error, ServerFlavour flavour)
{
    const ErrorClass kind = classifyError(Stage::Statement, error.nativeErrorCode().toInt(),
                                          error.databaseText(), flavour);
    return endsSession(kind) || provesNotExecuted(kind) || kind == ErrorClass::Conflict;
}

} // namespace

Replay::Replay(PeerSession &session, const TransactionRecord &record, LexerMode mode, QString next,
               QString schema)
    : m_session(session)
    , m_record(record)
    , m_calls(ClientCalls::of(session.inner().library()))
    , m_mode(mode)
    , m_next(std::move(next))
    , m_schema(std::move(schema))
    , m_keys(session)
{
}

Replay::Outcome Replay::differs(NotReplayed::Reason reason, const QString &text)
{
    m_whyNot = {reason, text};
    return Outcome::Differs;
}

Replay::Outcome Replay::failed(const QSqlError &error)
{
    const int code = error.nativeErrorCode().toInt();
    if (code == LockWaitTimeout || code == StatementTimeout || code == QueryTimeout)
        return differs(NotReplayed::Time, error.databaseText());
    if (!concernsSession(error, m_session.facts().flavour))
        return differs(NotReplayed::Changed, error.databaseText());
    m_error = error;
    return Outcome::Failed;
}

Replay::Outcome Replay::run(QDeadlineTimer deadline)
{
    if (!m_calls) {
        m_whyNot = NotReplayed::ofLibrary();
        return Outcome::Differs;
    }
    const auto left = std::chrono::milliseconds(std::max<qint64>(deadline.remainingTime(), 1000));
    StatementTimes times(m_session, left);
    Outcome outcome = check();
    if (outcome == Outcome::Equal)
        outcome = runAll(deadline);
    if (outcome != Outcome::Equal)
        return outcome;
    const std::optional<QSqlError> error = times.restore();
    return error ? failed(*error) : Outcome::Equal;
}

Replay::Outcome Replay::runAll(QDeadlineTimer deadline)
{
    // Not every conflict undoes the transaction of this session, and BEGIN would commit it.
    Answer ignored;
    std::optional<QSqlError> error;
    if (!executeText(QStringLiteral("ROLLBACK AND NO CHAIN NO RELEASE"), &ignored, &error))
        return failed(*error);
    for (size_t i = 0; i < m_needs.size(); ++i) {
        if (deadline.hasExpired()) {
            m_whyNot = NotReplayed::tooLate();
            return Outcome::Differs;
        }
        const Outcome outcome = runOne(m_record.statements()[i], m_needs[i]);
        if (outcome != Outcome::Equal)
            return outcome;
    }
    return Outcome::Equal;
}

// Before anything is written.
Replay::Outcome Replay::check()
{
    std::vector<TableName> written;
    const auto needsOf = [&](const QString &sql) {
        auto needs = replayNeeds(sql, classifyStatement(sql, m_mode), m_mode);
        if (!needs)
            m_whyNot = needs.error();
        else
            std::ranges::copy_if(needs->written, std::back_inserter(written),
                                 [&](const TableName &table) {
                                     return !std::ranges::count(written, table);
                                 });
        return needs;
    };
    for (const RecordedStatement &statement : m_record.statements()) {
        const auto needs = needsOf(statement.sql);
        if (!needs)
            return Outcome::Differs;
        m_needs.push_back(*needs);
    }
    if (!m_next.isNull() && !needsOf(m_next))
        return Outcome::Differs;
    const Outcome outcome = ask(written);
    return outcome == Outcome::Equal ? checkKeys() : outcome;
}

Replay::Outcome Replay::ask(const std::vector<TableName> &written)
{
    const auto tables = TableFactsCache::instance().of(m_session, m_schema, written);
    if (!tables)
        return concernsSession(tables.error(), m_session.facts().flavour)
                       ? failed(tables.error())
                       : differs(NotReplayed::Table,
                                 CoreTexts::tr(
                                         "the engines of its tables could not be looked up: %1")
                                         .arg(tables.error().databaseText()));
    m_tables = *tables;
    const QString obstacle = m_tables.obstacle();
    return obstacle.isEmpty() ? Outcome::Equal : differs(NotReplayed::Table, obstacle);
}

Replay::Outcome Replay::checkKeys()
{
    for (size_t i = 0; i < m_needs.size(); ++i) {
        const auto keys = m_keys.check(m_record.statements()[i], m_needs[i], m_tables);
        if (!keys) {
            m_whyNot = keys.error();
            return Outcome::Differs;
        }
    }
    return Outcome::Equal;
}

Replay::Outcome Replay::runOne(const RecordedStatement &statement, const ReplayNeeds &needs)
{
    std::optional<QSqlError> error;
    Answer answer;
    GeneratedKeys::Giving keys = m_keys.of(statement, needs, m_tables);
    if (!keys.before.isEmpty() && !executeText(keys.before, &answer, &error)) {
        if (concernsSession(*error, m_session.facts().flavour))
            return failed(*error);
        if (needs.rows != ReplayNeeds::Rows::One) // no privilege
            return differs(NotReplayed::Keys, error->databaseText());
        keys = {}; // the answer decides
        error.reset();
    }
    answer.clear();
    if (!execute(keys.prefix + statement.sql, statement, &answer, &error)) {
        answer.addError(*error);
        if (answer.digest.value() == statement.answer)
            return Outcome::Equal;
        if (!keys.before.isEmpty()) // it would be that of the next INSERT, which may be that of another replay
            m_session.line()->cut();
        return failed(*error);
    }
    if (statement.isCompared && answer.digest.value() != statement.answer)
        return differs(NotReplayed::Changed, CoreTexts::tr("its data has changed since"));
    if (!keys.after.isEmpty() && !executeText(keys.after, &answer, &error))
        return failed(*error);
    return Outcome::Equal;
}

bool Replay::execute(const QString &sql, const RecordedStatement &statement, Answer *answer,
                     std::optional<QSqlError> *error)
{
    return statement.isPrepared ? executePrepared(sql, statement.values, answer, error)
                                : executeText(sql, answer, error);
}

bool Replay::executeText(const QString &sql, Answer *answer, std::optional<QSqlError> *error)
{
    MYSQL *const mysql = m_session.mysql();
    const QByteArray text = sql.toUtf8();
    if (m_calls->realQuery(mysql, text.constData(), ulong(text.size())) != 0) {
        *error = m_calls->error(mysql, "Unable to execute query");
        return false;
    }
    MYSQL_RES *const rows = m_calls->storeResult(mysql);
    if (!rows && m_calls->fieldCount(mysql) > 0) {
        *error = m_calls->error(mysql, "Unable to store result");
        return false;
    }
    answer->addText(*m_calls, mysql, rows);
    if (rows)
        m_calls->freeResult(rows);
    return true;
}

bool Replay::executePrepared(const QString &sql, const QVariantList &values, Answer *answer,
                             std::optional<QSqlError> *error)
{
    QSqlError refusal;
    const auto prepared = PreparedStatement::prepare(*m_calls, m_session.mysql(), sql, &refusal);
    if (!prepared) {
        *error = refusal;
        return false;
    }
    if (prepared->execute(values, error) != PreparedStatement::Outcome::Executed)
        return false;
    answer->addPrepared(*prepared);
    return true;
}

} // namespace qproxysql
