// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "commits/commitrequests.h"

#include "connect/peerhabits.h"

namespace qproxysql {

namespace {

constexpr uint OpenTransaction = 1;       // SERVER_STATUS_IN_TRANS
constexpr int ParseError = 1064;          // ER_PARSE_ERROR
constexpr int DuplicateToken = 1062;      // ER_DUP_ENTRY
constexpr int ReadOnlyTransaction = 1792; // ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION
constexpr qint64 AroundText = 1024;       // what write() adds to it, with room to spare
constexpr auto CommitAlone = "COMMIT AND NO CHAIN NO RELEASE";

} // namespace

CommitRequests::CommitRequests(PeerSession &session, const CommitTable &table)
    : m_session(session)
    , m_calls(*session.calls())
    , m_mysql(static_cast<MYSQL *>(session.inner().mysql()))
    , m_table(table)
    , m_way(session.facts().isThroughProxy ? CommitTable::Way::ThroughProxy
                                           : CommitTable::Way::Direct)
{
}

QSqlError CommitRequests::lastError() const
{
    return m_calls.error(m_mysql, "Unable to execute query");
}

std::optional<QSqlError> CommitRequests::execute(const QByteArray &sql)
{
    if (m_calls.realQuery(m_mysql, sql.constData(), ulong(sql.size())) == 0)
        return std::nullopt;
    return lastError();
}

bool CommitRequests::rollBack()
{
    return !execute("ROLLBACK AND NO CHAIN NO RELEASE");
}

void CommitRequests::discardResults()
{
    while (m_calls.nextResult(m_mysql) == 0) {
        if (MYSQL_RES *rows = m_calls.storeResult(m_mysql))
            m_calls.freeResult(rows);
    }
}

bool CommitRequests::isInTransaction() const
{
    const std::optional<uint> status = m_session.serverStatus();
    return !status || (*status & OpenTransaction);
}

bool CommitRequests::takesTexts() const
{
    return !PeerHabits::has(PeerHabits::Habit::OneStatementATime, m_session.inner().peerName());
}

// A text that is too large together with the token is none alone.
bool CommitRequests::takesText(qsizetype length) const
{
    const qint64 limit = m_session.facts().maxAllowedPacket;
    return takesTexts() && (limit == 0 || length * 3 + AroundText < limit);
}

CommitRequests::Answer CommitRequests::commit(const CommitToken &token, Owner owner)
{
    const QByteArray insertion = m_table.insertion(token, m_session.facts().flavour, m_way);
    const QByteArray commit = owner == Owner::Application ? "COMMIT" : CommitAlone;
    if (!takesTexts())
        return commitOneByOne(insertion, commit);
    if (const auto error = execute(insertion + "\n;" + commit)) {
        if (error->nativeErrorCode().toInt() != ParseError) // nothing was executed
            return {Answer::Token, error};
        const Answer answer = commitOneByOne(insertion, commit);
        if (answer.isOk())
            PeerHabits::note(PeerHabits::Habit::OneStatementATime, m_session.inner().peerName());
        return answer;
    }
    return readCommit();
}

// A comment at the end of the statement ends with its line.
CommitRequests::Answer CommitRequests::write(const QByteArray &sql, const CommitToken &token)
{
    const QByteArray insertion = m_table.insertionWithResult(token, m_session.facts().flavour,
                                                             m_way);
    if (const auto error = execute("START TRANSACTION;\n" + sql + "\n;" + insertion + "\n;"
                                   + CommitAlone)) {
        if (error->nativeErrorCode().toInt() != ParseError)
            return {Answer::Begin, error};
        PeerHabits::note(PeerHabits::Habit::OneStatementATime, m_session.inner().peerName());
        return {Answer::Refused, error};
    }
    if (m_calls.nextResult(m_mysql) != 0)
        return {Answer::Statement, lastError()};
    const Numbers numbers{m_calls.affectedRows(m_mysql), m_calls.insertId(m_mysql)};
    Answer answer{.stage = Answer::Token};
    const int next = m_calls.nextResult(m_mysql);
    if (next > 0)
        answer.error = lastError();
    else if (next == 0)
        answer = readCommit();
    answer.numbers = numbers;
    return answer;
}

// After the answer to the token's INSERT.
CommitRequests::Answer CommitRequests::readCommit()
{
    const bool wasOpen = m_calls.affectedRows(m_mysql) == 1 && isInTransaction();
    if (m_calls.nextResult(m_mysql) != 0)
        return {Answer::Commit, lastError(), wasOpen};
    return {Answer::Done, std::nullopt, wasOpen};
}

// COMMIT must not be sent before the INSERT has succeeded: after a 1213 it answers OK, and has nothing to
// commit.
CommitRequests::Answer CommitRequests::commitOneByOne(const QByteArray &insertion,
                                                      const QByteArray &commit)
{
    if (const auto error = execute(insertion))
        return {Answer::Token, error};
    if (m_calls.affectedRows(m_mysql) != 1 || !isInTransaction())
        return {Answer::Done, std::nullopt, false};
    if (const auto error = execute(commit))
        return {Answer::Commit, error};
    return {};
}

// With autocommit=0 the INSERT has begun a transaction. A session may have been set to read only.
CommitFate::Answer CommitRequests::ask(CommitFate::Step step, const CommitToken &token,
                                       std::optional<QSqlError> *error)
{
    if (step == CommitFate::Step::Look)
        return look(token, error);
    const QByteArray voiding = m_table.voiding(token, m_session.facts().flavour, m_way);
    *error = execute(voiding);
    if (*error && (*error)->nativeErrorCode().toInt() == ReadOnlyTransaction) {
        *error = execute("START TRANSACTION READ WRITE");
        if (!*error)
            *error = execute(voiding);
    }
    const auto status = m_session.serverStatus();
    const bool mustCommit = !status || (*status & OpenTransaction);
    if (*error && (*error)->nativeErrorCode().toInt() == DuplicateToken) {
        if (mustCommit && !rollBack())
            return CommitFate::Answer::Unknown;
        error->reset();
        return CommitFate::Answer::TokenExists;
    }
    if (!*error && mustCommit)
        *error = execute(CommitAlone);
    return *error ? CommitFate::Answer::Unknown : CommitFate::Answer::Done;
}

CommitFate::Answer CommitRequests::look(const CommitToken &token, std::optional<QSqlError> *error)
{
    *error = execute(m_table.look(token));
    if (*error)
        return CommitFate::Answer::Unknown;
    MYSQL_RES *const rows = m_calls.storeResult(m_mysql);
    if (!rows) {
        *error = lastError();
        return CommitFate::Answer::Unknown;
    }
    const MYSQL_ROW row = m_calls.fetchRow(rows);
    const QByteArray kind = row ? QByteArray(row[0]) : QByteArray();
    if (row)
        m_numbers = {QByteArray(row[2]).toULongLong(), QByteArray(row[1]).toULongLong()};
    m_calls.freeResult(rows);
    if (isInTransaction() && !rollBack()) {
        *error = lastError();
        return CommitFate::Answer::Unknown;
    }
    return !row                                             ? CommitFate::Answer::IsMissing
           : QLatin1String(kind) == CommitTable::KindCommit ? CommitFate::Answer::IsCommit
                                                            : CommitFate::Answer::IsVoid;
}

} // namespace qproxysql
