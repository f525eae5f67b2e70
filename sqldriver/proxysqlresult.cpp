// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "proxysqlresult.h"

#include "inneraccess.h"
#include "proxysqldriver.h"

#include <QtCore/QCoreApplication>

namespace qproxysql {

namespace {

QString unableToReset()
{
    return QCoreApplication::translate("QMYSQLResult", "Unable to reset statement");
}

/// QMYSQL's error for a prepared statement whose connection was closed.
QSqlError closedUnderStatement()
{
    return QSqlError(QLatin1String("QMYSQL: ") + unableToReset(),
                     QStringLiteral("Lost connection to server during query"),
                     QSqlError::StatementError, QStringLiteral("2013"));
}

/// Size of the strings and byte arrays among \a values, as QMYSQL sends them.
qint64 bytesOf(const QVariantList &values)
{
    qint64 bytes = 0;
    for (const QVariant &value : values) {
        if (value.typeId() == QMetaType::QByteArray)
            bytes += value.toByteArray().size();
        else if (value.typeId() == QMetaType::QString)
            bytes += value.toString().toUtf8().size();
    }
    return bytes;
}

} // namespace

ProxySqlResult::ProxySqlResult(const ProxySqlDriver *driver)
    : QSqlResult(driver)
    , m_driver(driver)
{
    m_driver->enlist(this);
}

// Applications rely on it that destroying a QMYSQL query discards all pending result sets.
ProxySqlResult::~ProxySqlResult()
{
    if (!m_driver)
        return;
    m_driver->delist(this);
    const std::shared_ptr<PeerSession> &session = m_driver->connection().session();
    if (Q_LIKELY(session && m_inner.isOn(*session))) {
        m_inner.reset();
        m_driver->connection().noteResults();
    } else if (session) {
        m_driver->connection().discardResults();
    }
}

void ProxySqlResult::linkBefore(ProxySqlResult *next)
{
    m_next = next;
    if (next)
        next->m_previous = this;
}

void ProxySqlResult::unlink()
{
    if (m_next)
        m_next->m_previous = m_previous;
    if (m_previous)
        m_previous->m_next = m_next;
    m_next = m_previous = nullptr;
}

void ProxySqlResult::connectionClosing()
{
    if (!isActive())
        releaseInner();
}

void ProxySqlResult::driverDestroyed()
{
    m_driver->delist(this);
    m_driver = nullptr;
    m_rowsAffected = numRowsAffected();
    releaseInner();
}

void ProxySqlResult::releaseInner()
{
    m_inner.reset();
    m_isInnerPrepared = false;
}

// --- state that QSqlQuery sets, copied to the inner result ---

template<auto Setter, typename Value>
void ProxySqlResult::setInInner(const Value &value)
{
    if (QSqlResult *inner = m_inner.get())
        (inner->*Setter)(value);
}

void ProxySqlResult::setAt(int at)
{
    if (at == m_at)
        return; // the inner result has the same position
    mirrorAt(at);
    setInInner<&InnerAccess::setAt>(at);
}

void ProxySqlResult::setActive(bool active)
{
    QSqlResult::setActive(active);
    setInInner<&InnerAccess::setActive>(active);
}

void ProxySqlResult::setLastError(const QSqlError &error)
{
    QSqlResult::setLastError(error);
    if (!m_hasInnerError)
        return;
    m_hasInnerError = error.isValid();
    setInInner<&InnerAccess::setLastError>(error);
}

void ProxySqlResult::setForwardOnly(bool forward)
{
    QSqlResult::setForwardOnly(forward);
    setInInner<&InnerAccess::setForwardOnly>(forward);
}

void ProxySqlResult::setNumericalPrecisionPolicy(QSql::NumericalPrecisionPolicy policy)
{
    if (policy == numericalPrecisionPolicy())
        return; // QSqlQuery sets it before every statement
    QSqlResult::setNumericalPrecisionPolicy(policy);
    setInInner<&InnerAccess::setNumericalPrecisionPolicy>(policy);
}

// --- calls that reach a server ---

bool ProxySqlResult::reset(const QString &sql)
{
    if (!m_driver || !m_driver->isOpen())
        return false;
    m_isPrepared = false;
    m_isInnerPrepared = false;
    return run({Touch::Kind::Text, sql},
               [this, &sql](const std::shared_ptr<PeerSession> &session, AttemptFailure *failure) {
                   settleOn(session);
                   if (!(m_inner.get()->*&InnerAccess::reset)(sql)) {
                       failure->error = (m_inner.get()->*&InnerAccess::lastError)();
                       return false;
                   }
                   noteExecuted();
                   return true;
               });
}

bool ProxySqlResult::prepare(const QString &sql)
{
    if (!m_driver)
        return false;
    if (!m_driver->hasFeature(QSqlDriver::PreparedQueries))
        return QSqlResult::prepare(sql);
    m_hasStatement = false;
    m_statement = sql;
    const bool isOk = run({Touch::Kind::Prepare, sql},
                          [this, &sql](const std::shared_ptr<PeerSession> &session,
                                       AttemptFailure *failure) {
                              settleOn(session);
                              if (!prepareInner(sql, failure))
                                  return false;
                              syncState();
                              return true;
                          });
    if (isOk) {
        m_isPrepared = true;
        m_hasStatement = true;
    }
    return isOk;
}

bool ProxySqlResult::exec()
{
    if (!m_driver)
        return false;
    if (!m_isPrepared)
        return QSqlResult::exec();
    if (!m_hasStatement)
        return false;
    if (!m_driver->isOpen()) {
        setLastError(closedUnderStatement());
        return false;
    }
    return run({Touch::Kind::ExecutePrepared, m_statement},
               [this](const std::shared_ptr<PeerSession> &session, AttemptFailure *failure) {
                   settleOn(session);
                   if (!m_isInnerPrepared && !prepareInner(m_statement, failure))
                       return false;
                   if (!execInner(failure))
                       return false;
                   noteExecuted();
                   return true;
               });
}

// A successful attempt copies the inner result's state itself: handlers of the driver's signals run before
// run() returns and may close the connection, which must find the result active.
bool ProxySqlResult::run(const Touch &touch, const Connection::Attempt &attempt)
{
    if (m_driver->connection().run(touch, attempt, &m_guardError))
        return true;
    syncState();
    m_hasInnerError = true;
    setLastError(m_guardError);
    return false;
}

void ProxySqlResult::settleOn(const std::shared_ptr<PeerSession> &session)
{
    if (m_inner.isOn(*session))
        return;
    m_inner.create(session);
    m_isInnerPrepared = false;
    m_hasInnerError = false;
    QSqlResult *inner = m_inner.get();
    (inner->*&InnerAccess::setForwardOnly)(isForwardOnly());
    (inner->*&InnerAccess::setNumericalPrecisionPolicy)(numericalPrecisionPolicy());
    (inner->*&InnerAccess::setSelect)(isSelect());
#if QT_VERSION >= QT_VERSION_CHECK(6, 7, 0)
    (inner->*&InnerAccess::setPositionalBindingEnabled)(isPositionalBindingEnabled());
#endif
}

bool ProxySqlResult::prepareInner(const QString &sql, AttemptFailure *failure)
{
    m_isInnerPrepared = (m_inner.get()->*&InnerAccess::prepare)(sql);
    if (!m_isInnerPrepared) {
        failure->error = (m_inner.get()->*&InnerAccess::lastError)();
        failure->beforeExecution = true;
    }
    return m_isInnerPrepared;
}

bool ProxySqlResult::execInner(AttemptFailure *failure)
{
    QSqlResult *inner = m_inner.get();
    // The list is shared only during the call, so that the application's next bindValue() does not copy
    // it.
    InnerAccess::valuesOf(*inner) = InnerAccess::valuesOf(*this);
    const bool isOk = (inner->*static_cast<bool (QSqlResult::*)()>(&InnerAccess::exec))();
    InnerAccess::valuesOf(*inner) = {};
    if (!isOk) {
        failure->error = (inner->*&InnerAccess::lastError)();
        // COM_STMT_RESET precedes the execution; only the text shows which of them failed.
        failure->beforeExecution = failure->error->driverText().endsWith(unableToReset());
        failure->boundBytes = bytesOf(InnerAccess::valuesOf(*this));
    }
    return isOk;
}

// --- calls that belong to the session of the rows ---

bool ProxySqlResult::nextResult()
{
    QSqlResult *inner = m_inner.get();
    if (!inner || !m_driver)
        return false;
    std::optional<Claim> claim(std::in_place, *m_inner.session());
    const bool isOk = (inner->*&InnerAccess::nextResult)();
    claim.reset();
    syncState();
    if (!isOk)
        syncError();
    m_driver->connection().noteResults();
    return isOk;
}

void ProxySqlResult::detachFromResultSet()
{
    if (QSqlResult *inner = m_inner.get()) {
        const Claim claim(*m_inner.session());
        (inner->*&InnerAccess::detachFromResultSet)();
    }
}

QVariant ProxySqlResult::handle() const
{
    if (const QSqlResult *inner = m_inner.get())
        return inner->handle();
    const QSqlDriver *dormant = m_driver ? m_driver->dormant() : nullptr;
    return dormant ? std::unique_ptr<QSqlResult>(dormant->createResult())->handle() : QVariant();
}

// --- rows, buffered in the client ---

void ProxySqlResult::syncState()
{
    if (const QSqlResult *inner = m_inner.get()) {
        QSqlResult::setSelect((inner->*&InnerAccess::isSelect)());
        mirrorAt((inner->*&InnerAccess::at)());
        QSqlResult::setActive((inner->*&InnerAccess::isActive)());
    } else {
        mirrorAt(QSql::BeforeFirstRow);
        QSqlResult::setActive(false);
    }
}

// The fast form of syncState() after success: the result is active, before its first row.
void ProxySqlResult::noteExecuted()
{
    QSqlResult::setSelect((m_inner.get()->*&InnerAccess::isSelect)());
    if (m_at != QSql::BeforeFirstRow)
        mirrorAt(QSql::BeforeFirstRow);
    QSqlResult::setActive(true);
}

void ProxySqlResult::syncError()
{
    const QSqlError error = (m_inner.get()->*&InnerAccess::lastError)();
    if (error.isValid()) {
        m_hasInnerError = true;
        QSqlResult::setLastError(error);
    }
}

template<auto Fetch, typename... Row>
bool ProxySqlResult::forwardFetch(Row... row)
{
    QSqlResult *const inner = m_inner.get();
    if (!inner)
        return false;
    const bool isOk = (inner->*Fetch)(row...);
    mirrorAt((inner->*&InnerAccess::at)());
    if (Q_LIKELY(isOk))
        return true;
    syncError();
    return false;
}

bool ProxySqlResult::fetch(int row)
{
    return forwardFetch<&InnerAccess::fetch>(row);
}

// Called for every row. Success means one row further on, so the inner result's at() is not needed.
bool ProxySqlResult::fetchNext()
{
    QSqlResult *const inner = m_inner.get();
    if (Q_LIKELY(inner && (inner->*&InnerAccess::fetchNext)())) {
        mirrorAt(m_at + 1);
        return true;
    }
    if (inner) {
        mirrorAt((inner->*&InnerAccess::at)());
        syncError();
    }
    return false;
}

bool ProxySqlResult::fetchPrevious()
{
    return forwardFetch<&InnerAccess::fetchPrevious>();
}

bool ProxySqlResult::fetchFirst()
{
    return forwardFetch<&InnerAccess::fetchFirst>();
}

bool ProxySqlResult::fetchLast()
{
    const bool isOk = forwardFetch<&InnerAccess::fetchLast>();
    if (isOk)
        syncError(); // a forward-only result reads to its end and may meet an error there
    return isOk;
}

QVariant ProxySqlResult::data(int column)
{
    QSqlResult *const inner = m_inner.get();
    if (Q_UNLIKELY(!inner))
        return QVariant();
    return (inner->*&InnerAccess::data)(column);
}

bool ProxySqlResult::isNull(int column)
{
    return !m_inner.get() || (m_inner.get()->*&InnerAccess::isNull)(column);
}

} // namespace qproxysql
