// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "connection/connection.h"
#include "inneraccess.h"
#include "session/innerresult.h"

#include <QtSql/QSqlResult>

namespace qproxysql {

class ProxySqlDriver;

/// The result behind a QSqlQuery. It keeps bindings, texts and position; the inner result does the rest.
/// Calls that reach the server pass Connection::run(). Calls that belong to the session of the rows need
/// that session's claim, and never move. Rows are buffered in the client and need neither.
///
/// Owner's thread only. May outlive the driver, and then has no rows and nothing on a server.
class ProxySqlResult final : public QSqlResult
{
public:
    explicit ProxySqlResult(const ProxySqlDriver *driver);
    ~ProxySqlResult() override;

    QVariant handle() const override;

    // For ProxySqlDriver.
    void connectionClosing(); ///< keeps an active result with its rows, releases any other
    void driverDestroyed();   ///< releases the inner result
    ProxySqlResult *next() const { return m_next; }
    void linkBefore(ProxySqlResult *next);
    void unlink();

protected:
    [[gnu::hot]] void setAt(int at) override;
    [[gnu::hot]] void setActive(bool active) override;
    [[gnu::hot]] void setLastError(const QSqlError &error) override;
    void setForwardOnly(bool forward) override;
    [[gnu::hot]] void setNumericalPrecisionPolicy(QSql::NumericalPrecisionPolicy policy) override;

    [[gnu::hot]] bool reset(const QString &sql) override;
    bool prepare(const QString &sql) override;
    [[gnu::hot]] bool exec() override;
    bool nextResult() override;
    void detachFromResultSet() override;

    bool fetch(int row) override;
    [[gnu::hot]] bool fetchNext() override;
    bool fetchPrevious() override;
    bool fetchFirst() override;
    bool fetchLast() override;

    [[gnu::hot]] QVariant data(int column) override;
    bool isNull(int column) override;
    int size() override { return askInner<&InnerAccess::size>(-1); }
    int numRowsAffected() override
    {
        return askInner<&InnerAccess::numRowsAffected>(m_rowsAffected);
    }
    QVariant lastInsertId() const override
    {
        return askInner<&InnerAccess::lastInsertId>(QVariant());
    }
    QSqlRecord record() const override { return askInner<&InnerAccess::record>(QSqlRecord()); }

private:
    [[gnu::hot]] bool run(const Touch &touch, const Connection::Attempt &attempt);
    [[gnu::hot]] void settleOn(const std::shared_ptr<PeerSession> &session);
    bool prepareInner(const QString &sql, AttemptFailure *failure);
    [[gnu::hot]] bool execInner(AttemptFailure *failure);
    void releaseInner();
    template<auto Getter, typename Value>
    Value askInner(const Value &otherwise) const
    {
        return m_inner.get() ? (m_inner.get()->*Getter)() : otherwise;
    }
    template<auto Setter, typename Value>
    void setInInner(const Value &value);
    void mirrorAt(int at)
    {
        m_at = at;
        QSqlResult::setAt(at);
    }
    void syncState();
    [[gnu::hot]] void noteExecuted();
    template<auto Fetch, typename... Row>
    bool forwardFetch(Row... row);
    Q_DECL_COLD_FUNCTION Q_NEVER_INLINE void syncError();

    const ProxySqlDriver *m_driver; ///< nullptr once it is destroyed
    InnerResult m_inner;
    int m_at = QSql::BeforeFirstRow; ///< copy of at(), saves a call for each row
    bool m_isInnerPrepared = false;  ///< the inner result holds m_statement, prepared
    bool m_hasInnerError = false;
    bool m_isPrepared = false;   ///< exec() runs a prepared statement, not the last text
    bool m_hasStatement = false; ///< the last prepare() succeeded
    QString m_statement;
    int m_rowsAffected = 0; ///< set when the driver is destroyed
    QSqlError m_guardError; ///< a member, because constructing one allocates

    ProxySqlResult *m_next = nullptr;
    ProxySqlResult *m_previous = nullptr;
};

} // namespace qproxysql
