// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "proxysqldriver.h"

#include <QtSql/QSqlResult>

namespace qproxysql {

/// A result that its driver knows, so that it is told of the driver's end. May outlive the driver, and then
/// has no rows and nothing on a server. Owner's thread only.
class DriverResult : public QSqlResult
{
public:
    ~DriverResult() override;

    virtual void connectionClosing() = 0; ///< keeps an active result with its rows, releases any other
    void driverDestroyed();

    DriverResult *next() const { return m_next; }

protected:
    explicit DriverResult(const ProxySqlDriver *driver);

    bool prepare(const QString &sql) final;
    [[gnu::hot]] bool exec() final;
    virtual bool prepareStatement() = 0; ///< the one of m_sql
    virtual bool execPrepared() = 0; ///< the connection is open and the last prepare() succeeded
    /// What the client library says of a statement whose connection was closed.
    virtual QString textOfClosed() const;
    virtual void release() = 0;   ///< releases what is left of rows and statements
    const QVariantList &values(); ///< that are bound

    const ProxySqlDriver *m_driver; ///< nullptr once it is destroyed
    bool m_isPrepared = false;      ///< exec() runs a prepared statement, not the last text
    bool m_hasStatement = false;    ///< the last prepare() succeeded
    QString m_sql;                  ///< of the last prepare()

private:
    friend class ProxySqlDriver;

    DriverResult *m_next = nullptr;
    DriverResult *m_previous = nullptr;
};

/// Size of the strings and byte arrays among \a values, as they are sent.
qint64 bytesOf(const QVariantList &values);

} // namespace qproxysql
