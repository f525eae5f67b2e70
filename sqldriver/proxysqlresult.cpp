// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "proxysqlresult.h"

namespace qproxysql {

namespace {

// A firewall may have forgotten the connection. When a reset gets no answer, the write was not sent and can
// be run on another session.
bool hasBeenQuiet(const PeerSession &session)
{
    constexpr auto Quiet = std::chrono::seconds(1);
    return Clock::steady().now() - session.line()->lastAnswer() > Quiet;
}

} // namespace

ProxySqlResult::ProxySqlResult(const ProxySqlDriver *driver, const ClientCalls &calls)
    : DriverResult(driver)
    , m_calls(calls)
{
}

// Applications rely on it that destroying a query discards all pending result sets.
ProxySqlResult::~ProxySqlResult()
{
    if (m_driver)
        end();
}

void ProxySqlResult::end()
{
    Connection &connection = m_driver->connection();
    const std::shared_ptr<PeerSession> &session = connection.session();
    if (Q_LIKELY(session && !session->line()->isGone() && !connection.isRunning())) {
        const Claim claim(*session);
        begin(*session);
    } else {
        release();
    }
    connection.noteResults();
}

// nullptr once the connection has left the session of the last execution.
MYSQL *ProxySqlResult::connectionOfRows() const
{
    const PeerSession *const session = m_driver ? m_driver->connection().session().get() : nullptr;
    const bool isSame = session && session->generation() == m_session && !session->line()->isGone();
    return isSame ? session->mysql() : nullptr;
}

void ProxySqlResult::connectionClosing()
{
    if (!isActive())
        end();
}

void ProxySqlResult::release()
{
    m_rows.clear();
    m_statement.end();
}

/// What QMYSQL does before each statement: discards rows, and all pending result sets of the connection.
/// False: it still has unread results, those of a procedure's prepared call.
bool ProxySqlResult::discard(MYSQL *mysql)
{
    m_rows.clear();
    int outcome = m_calls.nextResult(mysql);
    for (; outcome == 0; outcome = m_calls.nextResult(mysql)) {
        if (MYSQL_RES *rows = m_calls.storeResult(mysql))
            m_calls.freeResult(rows);
    }
    setAt(QSql::BeforeFirstRow);
    setActive(false);
    return outcome < 0;
}

// --- calls that reach a server ---

bool ProxySqlResult::run(const Touch &touch, const Connection::Attempt &attempt)
{
    m_isFollowed = false;
    if (m_driver->connection().run(touch, attempt, &m_error))
        return true;
    if (Q_UNLIKELY(m_isFollowed))
        setActive(false); // it was executed, and rolled back
    setLastError(m_error);
    return false;
}

bool ProxySqlResult::reset(const QString &sql)
{
    if (!m_driver || !m_driver->isOpen())
        return false;
    m_isPrepared = false;
    return run({Touch::Kind::Text, sql},
               [this, &sql](const std::shared_ptr<PeerSession> &session, AttemptFailure *failure) {
                   return executeText(*session, sql, failure);
               });
}

void ProxySqlResult::begin(PeerSession &session)
{
    m_session = session.generation();
    const bool isClear = discard(session.mysql());
    m_statement.end();
    StatementCache &kept = session.statements();
    if (Q_UNLIKELY(!kept.isEmpty() && session.lacksStatements()))
        kept.retireAll();
    if (Q_UNLIKELY(isClear && kept.hasOutdated()))
        kept.closeOutdated();
}

bool ProxySqlResult::executeText(PeerSession &session, const QString &sql, AttemptFailure *failure)
{
    begin(session);
    m_isFollowed = failure->isFollowed;
    if (Q_UNLIKELY(failure->executed)) {
        noteExecuted(failure->executed->affectedRows, failure->executed->insertId, false);
        return true;
    }
    MYSQL *const mysql = session.mysql();
    const QByteArray text = sql.toUtf8();
    if (Q_LIKELY(m_calls.realQuery(mysql, text.constData(), ulong(text.size())) == 0)) {
        if (!storeRows(mysql, "Unable to store result", &failure->error))
            return false;
        if (Q_UNLIKELY(failure->answer))
            failure->answer->addText(m_calls, mysql, m_rows.handle());
        return true;
    }
    failure->error = m_calls.error(mysql, "Unable to execute query");
    return false;
}

bool ProxySqlResult::storeRows(MYSQL *mysql, const char *unable, std::optional<QSqlError> *error)
{
    MYSQL_RES *const rows = m_calls.storeResult(mysql);
    const bool isSelect = rows || m_calls.fieldCount(mysql) > 0;
    if (Q_UNLIKELY(!rows && isSelect)) {
        *error = m_calls.error(mysql, unable);
        return false;
    }
    m_rows.take(m_calls, rows);
    // A prepared query may be given the next result of another one; the id stays its own.
    noteExecuted(m_calls.affectedRows(mysql), m_statement ? m_insertId : m_calls.insertId(mysql),
                 isSelect);
    return true;
}

// Part of the attempt: handlers of the driver's signals run before Connection::run() returns and may close
// the connection, which must find the result active.
void ProxySqlResult::noteExecuted(quint64 rowsAffected, quint64 insertId, bool isSelect)
{
    m_rowsAffected = rowsAffected;
    m_insertId = insertId;
    setSelect(isSelect);
    if (isSelect)
        setAt(QSql::BeforeFirstRow);
    setActive(true);
}

bool ProxySqlResult::prepareStatement()
{
    m_namesItsColumns.reset();
    const StatementTraits traits = m_driver->connection().traitsOf(m_sql);
    m_isPlainRead = traits.isPlainRead;
    m_needsReset = traits.dependsOnPreviousStatement || !traits.leavesNothing;
    return takeKept()
           || run({Touch::Kind::Prepare, m_sql},
                  [this](const std::shared_ptr<PeerSession> &session, AttemptFailure *failure) {
                      return prepareOn(session, failure);
                  });
}

// It sends nothing: exec() finds out whether the session and the statement still exist.
bool ProxySqlResult::takeKept()
{
    Connection &connection = m_driver->connection();
    const std::shared_ptr<PeerSession> &session = connection.session();
    if (!session || (session->statements().isEmpty() && !m_statement) || session->line()->isGone()
        || connection.isRunning())
        return false;
    {
        const Claim claim(*session);
        begin(*session);
        m_statement.takeKept(session, m_sql);
    }
    connection.noteResults();
    if (m_statement)
        setSelect(m_statement->hasColumns());
    return bool(m_statement);
}

bool ProxySqlResult::prepareOn(const std::shared_ptr<PeerSession> &session, AttemptFailure *failure)
{
    begin(*session);
    QSqlError error;
    failure->beforeExecution = !m_statement.prepare(m_calls, session, m_sql, &error);
    if (failure->beforeExecution) {
        failure->error = error;
        return false;
    }
    setSelect(m_statement->hasColumns());
    return true;
}

bool ProxySqlResult::execPrepared()
{
    return run({Touch::Kind::ExecutePrepared, m_sql, &values()},
               [this](const std::shared_ptr<PeerSession> &session, AttemptFailure *failure) {
                   return executePrepared(session, failure);
               });
}

// Each execution after a change of tables asks.
bool ProxySqlResult::namesItsColumns()
{
    if (!m_namesItsColumns)
        m_namesItsColumns = mayBeKept(m_sql);
    return *m_namesItsColumns;
}

bool ProxySqlResult::executePrepared(const std::shared_ptr<PeerSession> &session,
                                     AttemptFailure *failure)
{
    m_isFollowed = failure->isFollowed;
    if (Q_UNLIKELY(failure->executed)) {
        noteExecuted(failure->executed->affectedRows, failure->executed->insertId, false);
        return true;
    }
    if (!m_statement.isOn(*session)) {
        if (!prepareOn(session, failure))
            return false;
    } else if (Q_UNLIKELY(m_statement.areOnlyTablesChanged()) && !namesItsColumns()
               && m_statement->mayBeKept()) {
        m_statement.renew(m_calls, m_sql); // "SELECT *" may have other columns
    }
    m_session = session->generation();
    m_rows.clear();
    if (Q_UNLIKELY(m_statement->mustReset())) { // libmariadb 3.4 refuses it then
        std::optional<QSqlError> refused;
        if (!m_statement->reset(&refused) && !prepareOn(session, failure))
            return false;
    }
    const bool hasOldId = m_calls.leavesInsertId
                          && (m_statement->insertId() != 0
                              || m_calls.insertId(session->mysql()) != 0);
    if (Q_UNLIKELY(m_needsReset || hasOldId || (!m_isPlainRead && hasBeenQuiet(*session)))
        && !m_statement->reset(&failure->error)) {
        failure->beforeExecution = true;
        return false;
    }
    const PreparedStatement::Outcome outcome = m_statement->execute(values(), &failure->error);
    if (Q_UNLIKELY(outcome != PreparedStatement::Outcome::Executed)
        && !executeAgain(session, outcome, failure)) {
        // The reset that QMYSQL sends before gives the statement the id of the connection.
        m_insertId = m_calls.leavesInsertId && m_statement ? m_statement->insertId()
                                                           : m_calls.insertId(session->mysql());
        failure->boundBytes = bytesOf(values());
        return false;
    }
    noteExecuted(m_statement->affectedRows(), m_statement->insertId(), m_statement->hasColumns());
    if (Q_UNLIKELY(failure->answer))
        failure->answer->addPrepared(*m_statement.get());
    return true;
}

// The server has forgotten a kept statement, or one of its tables has been altered.
bool ProxySqlResult::executeAgain(const std::shared_ptr<PeerSession> &session,
                                  PreparedStatement::Outcome outcome, AttemptFailure *failure)
{
    constexpr int MostTries = 3; // a table may be altered again
    using Outcome = PreparedStatement::Outcome;
    for (int i = 0; i < MostTries; ++i) {
        if (outcome == Outcome::Failed || outcome == Outcome::Executed)
            break;
        if (outcome == Outcome::Outdated && !m_isPlainRead)
            return m_statement->readAsSent(&failure->error);
        if (!prepareOn(session, failure))
            return false;
        outcome = m_statement->execute(values(), &failure->error);
    }
    return outcome == Outcome::Executed;
}

// --- calls that belong to the session of the rows ---

bool ProxySqlResult::nextResult()
{
    if (!m_driver)
        return false;
    setAt(QSql::BeforeFirstRow);
    setActive(false);
    setSelect(false);
    m_rows.clear();
    MYSQL *const mysql = connectionOfRows();
    if (!mysql)
        return false;
    std::optional<QSqlError> error;
    std::optional<Claim> claim(std::in_place, *m_driver->connection().session());
    const int outcome = m_calls.nextResult(mysql);
    if (outcome > 0)
        error = m_calls.error(mysql, "Unable to execute next query");
    const bool isOk = outcome == 0 && storeRows(mysql, "Unable to store next result", &error);
    claim.reset();
    if (error)
        setLastError(*error);
    m_driver->connection().noteResults();
    return isOk;
}

void ProxySqlResult::detachFromResultSet()
{
    if (!m_statement)
        return;
    const Claim claim(*m_statement.session());
    m_statement->freeRows();
}

QVariant ProxySqlResult::lastInsertId() const
{
    if (!isActive() || !m_driver)
        return QVariant();
    MYSQL *const mysql = m_statement || m_isFollowed ? nullptr : connectionOfRows();
    const quint64 id = mysql ? m_calls.insertId(mysql) : m_insertId;
    return id ? QVariant(id) : QVariant();
}

} // namespace qproxysql
