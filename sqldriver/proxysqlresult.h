// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "driverresult.h"
#include "results/textrows.h"
#include "session/statementlease.h"

namespace qproxysql {

/// The result behind a QSqlQuery: it executes texts and prepared statements over the MYSQL of the session,
/// and reads their rows. An application observes what it would observe with QMYSQL (docs/architecture.md
/// has the exceptions).
///
/// Calls that reach the server pass Connection::run(). Calls that belong to the session of the rows need
/// that session's claim, and never move. Rows are buffered in the client and need neither.
///
/// Owner's thread only.
class ProxySqlResult final : public DriverResult
{
public:
    ProxySqlResult(const ProxySqlDriver *driver, const ClientCalls &calls);
    ~ProxySqlResult() override;

    QVariant handle() const override;
    void connectionClosing() override;

protected:
    [[gnu::hot]] bool reset(const QString &sql) override;
    bool prepareStatement() override;
    [[gnu::hot]] bool execPrepared() override;
    QString textOfClosed() const override { return m_calls.textOfClosed(); }
    bool nextResult() override;
    void detachFromResultSet() override;

    bool fetch(int row) override;
    [[gnu::hot]] bool fetchNext() override;
    bool fetchFirst() override;
    bool fetchLast() override;

    [[gnu::hot]] QVariant data(int column) override;
    bool isNull(int column) override;
    int size() override;
    int numRowsAffected() override { return int(m_rowsAffected); }
    QVariant lastInsertId() const override;
    QSqlRecord record() const override;

private:
    void release() override;
    [[gnu::hot]] bool run(const Touch &touch, const Connection::Attempt &attempt);
    bool executeText(PeerSession &session, const QString &sql, AttemptFailure *failure);
    bool takeKept();
    bool prepareOn(const std::shared_ptr<PeerSession> &session, AttemptFailure *failure);
    bool executePrepared(const std::shared_ptr<PeerSession> &session, AttemptFailure *failure);
    bool executeAgain(const std::shared_ptr<PeerSession> &session,
                      PreparedStatement::Outcome outcome, AttemptFailure *failure);
    bool namesItsColumns();
    void begin(PeerSession &session);
    bool discard(MYSQL *mysql);
    void end();
    bool storeRows(MYSQL *mysql, const char *unable, std::optional<QSqlError> *error);
    void noteExecuted(quint64 rowsAffected, quint64 insertId, bool isSelect);
    MYSQL *connectionOfRows() const;

    // nullptr when the rows are those of a text.
    PreparedStatement *preparedRows() const
    {
        return m_rows.handle() ? nullptr : m_statement.get();
    }
    int columnCount() const
    {
        const PreparedStatement *prepared = preparedRows();
        return prepared ? prepared->columnCount() : m_rows.columnCount();
    }
    template<typename Move>
    bool moveTo(int row, const Move &move);

    const ClientCalls &m_calls;
    TextRows m_rows; ///< of a text
    StatementLease m_statement;
    /// exec() resets the statement first, as QMYSQL always does: a procedure's results may be left, and
    /// ROW_COUNT() is 0 then.
    bool m_needsReset = false;
    bool m_isPlainRead = false;
    bool m_isFollowed = false;             ///< AttemptFailure::isFollowed
    std::optional<bool> m_namesItsColumns; ///< no "SELECT *"; empty: not asked yet
    quint64 m_session = 0;                 ///< generation of the session of the last execution
    quint64 m_rowsAffected = 0;
    quint64 m_insertId = 0;
    QSqlError m_error; ///< a member, because constructing one allocates
};

} // namespace qproxysql
