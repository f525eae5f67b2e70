// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "forwardedresult.h"

#include <QtCore/QCoreApplication>
#include <QtSql/QSqlRecord>

namespace qproxysql {

ForwardedResult::ForwardedResult(const ProxySqlDriver *driver)
    : DriverResult(driver)
{
}

ForwardedResult::~ForwardedResult()
{
    m_inner.reset();
    if (m_driver)
        m_driver->connection().noteResults();
}

void ForwardedResult::release()
{
    m_inner.reset();
    m_isInnerPrepared = false;
}

void ForwardedResult::connectionClosing()
{
    if (!isActive())
        release();
}

void ForwardedResult::settleOn(const std::shared_ptr<PeerSession> &session)
{
    if (!m_inner.isOn(*session)) {
        m_inner.create(session);
        m_isInnerPrepared = false;
    }
    m_inner->setForwardOnly(isForwardOnly());
    m_inner->setNumericalPrecisionPolicy(numericalPrecisionPolicy());
}

bool ForwardedResult::run(const Touch &touch, const std::function<bool(AttemptFailure *)> &attempt)
{
    QSqlError error;
    const bool isOk = m_driver->connection().run(
            touch,
            [&](const std::shared_ptr<PeerSession> &session, AttemptFailure *failure) {
                settleOn(session);
                const bool isDone = attempt(failure);
                if (!isDone)
                    failure->error = m_inner->lastError();
                followInner();
                return isDone;
            },
            &error);
    if (!isOk)
        setLastError(error);
    return isOk;
}

void ForwardedResult::followInner()
{
    setSelect(m_inner && m_inner->isSelect());
    setAt(m_inner ? m_inner->at() : int(QSql::BeforeFirstRow));
    setActive(m_inner && m_inner->isActive());
}

bool ForwardedResult::reset(const QString &sql)
{
    if (!m_driver || !m_driver->isOpen())
        return false;
    m_isPrepared = m_isInnerPrepared = false;
    return run({Touch::Kind::Text, sql},
               [this, &sql](AttemptFailure *) { return m_inner->exec(sql); });
}

bool ForwardedResult::prepareStatement()
{
    m_isInnerPrepared = false;
    return run({Touch::Kind::Prepare, m_sql},
               [this](AttemptFailure *failure) { return prepareInner(failure); });
}

bool ForwardedResult::prepareInner(AttemptFailure *failure)
{
    m_isInnerPrepared = m_inner->prepare(m_sql);
    failure->beforeExecution = !m_isInnerPrepared;
    return m_isInnerPrepared;
}

bool ForwardedResult::execPrepared()
{
    return run({Touch::Kind::ExecutePrepared, m_sql}, [this](AttemptFailure *failure) {
        return (m_isInnerPrepared || prepareInner(failure)) && executeInner(failure);
    });
}

bool ForwardedResult::executeInner(AttemptFailure *failure)
{
    for (qsizetype i = 0; i < values().size(); ++i)
        m_inner->bindValue(int(i), values()[i]);
    if (m_inner->exec())
        return true;
    // COM_STMT_RESET precedes the execution; only the text shows which of them failed.
    failure->beforeExecution = m_inner->lastError().driverText().endsWith(
            QCoreApplication::translate("QMYSQLResult", "Unable to reset statement"));
    failure->boundBytes = bytesOf(values());
    return false;
}

bool ForwardedResult::nextResult()
{
    if (!m_inner || !m_driver)
        return false;
    bool isOk = false;
    {
        const Claim claim(*m_inner.session());
        isOk = m_inner->nextResult();
    }
    followInner();
    if (!isOk && m_inner->lastError().isValid())
        setLastError(m_inner->lastError());
    m_driver->connection().noteResults();
    return isOk;
}

void ForwardedResult::detachFromResultSet()
{
    if (!m_inner)
        return;
    const Claim claim(*m_inner.session());
    m_inner->finish();
}

QVariant ForwardedResult::handle() const
{
    if (m_inner)
        return m_inner->result()->handle();
    const QSqlDriver *dormant = m_driver ? m_driver->dormant() : nullptr;
    return dormant ? QSqlQuery(dormant->createResult()).result()->handle() : QVariant();
}

bool ForwardedResult::moved(bool isOk)
{
    if (!m_inner)
        return false;
    setAt(m_inner->at());
    if (!isOk && m_inner->lastError().isValid())
        setLastError(m_inner->lastError());
    return isOk;
}

bool ForwardedResult::fetch(int row)
{
    return moved(m_inner && m_inner->seek(row));
}

bool ForwardedResult::fetchNext()
{
    return moved(m_inner && m_inner->next());
}

bool ForwardedResult::fetchPrevious()
{
    return moved(m_inner && m_inner->previous());
}

bool ForwardedResult::fetchFirst()
{
    return moved(m_inner && m_inner->first());
}

bool ForwardedResult::fetchLast()
{
    return moved(m_inner && m_inner->last());
}

QVariant ForwardedResult::data(int column)
{
    return m_inner ? m_inner->value(column) : QVariant();
}

bool ForwardedResult::isNull(int column)
{
    return !m_inner || m_inner->isNull(column);
}

int ForwardedResult::size()
{
    return m_inner ? m_inner->size() : -1;
}

int ForwardedResult::numRowsAffected()
{
    return m_inner ? m_inner->numRowsAffected() : -1;
}

QVariant ForwardedResult::lastInsertId() const
{
    return m_inner ? m_inner->lastInsertId() : QVariant();
}

QSqlRecord ForwardedResult::record() const
{
    return m_inner && isActive() ? m_inner->record() : QSqlRecord();
}

} // namespace qproxysql
