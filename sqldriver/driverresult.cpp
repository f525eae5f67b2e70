// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "driverresult.h"

#include <QtCore/QCoreApplication>

namespace qproxysql {

namespace {

/// The error of QMYSQL for a prepared statement whose connection was closed.
QSqlError closedUnderStatement(const QString &text)
{
    return QSqlError(QLatin1String("QMYSQL: ")
                             + QCoreApplication::translate("QMYSQLResult",
                                                           "Unable to reset statement"),
                     text, QSqlError::StatementError, QStringLiteral("2013"));
}

} // namespace

DriverResult::DriverResult(const ProxySqlDriver *driver)
    : QSqlResult(driver)
    , m_driver(driver)
{
    m_driver->enlist(this);
}

DriverResult::~DriverResult()
{
    if (m_driver)
        m_driver->delist(this);
}

void DriverResult::driverDestroyed()
{
    m_driver->delist(this);
    m_driver = nullptr;
    release();
}

QString DriverResult::textOfClosed() const
{
    return QStringLiteral("Lost connection to server during query");
}

bool DriverResult::prepare(const QString &sql)
{
    if (!m_driver)
        return false;
    if (!m_driver->hasFeature(QSqlDriver::PreparedQueries))
        return QSqlResult::prepare(sql);
    m_hasStatement = false;
    m_sql = sql;
    m_hasStatement = prepareStatement();
    m_isPrepared |= m_hasStatement;
    return m_hasStatement;
}

bool DriverResult::exec()
{
    if (!m_driver)
        return false;
    if (!m_isPrepared)
        return QSqlResult::exec();
    if (!m_hasStatement)
        return false;
    if (m_driver->isOpen())
        return execPrepared();
    setLastError(closedUnderStatement(textOfClosed()));
    return false;
}

const QVariantList &DriverResult::values()
{
#if QT_VERSION >= QT_VERSION_CHECK(6, 6, 0)
    return boundValues(Qt::Disambiguated);
#else
    return boundValues();
#endif
}

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

} // namespace qproxysql
