// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "config/connectionconfig.h"

#include <QtCore/QByteArray>
#include <QtSql/QSqlError>

#include <memory>

QT_BEGIN_NAMESPACE
class QObject;
class QSqlDriver;
QT_END_NAMESPACE

namespace qproxysql {

class ClientLibrary;
class OwnedDriver;

/// One inner driver instance. It has no QSqlDatabase name, so connectionNames() does not show it.
/// See DriverSource.
///
/// Used by one thread at a time; giveAway() and adopt() hand it over. QObject::moveToThread() can
/// only push from the owning thread, so giveAway() moves the driver to no thread and adopt() pulls
/// it.
class InnerConnection
{
public:
    /// Never nullptr. The errors are those of DriverSource::of().
    static Expected<std::unique_ptr<InnerConnection>> create(const QString &driverName);

    /// Closes, then destroys the driver. Its results must not be used any more, and must be
    /// destroyed after it (the third rule of docs/architecture.md).
    ~InnerConnection();

    InnerConnection(const InnerConnection &) = delete;
    InnerConnection &operator=(const InnerConnection &) = delete;

    /// Connects. \c MYSQL_OPT_CONNECT_TIMEOUT among the login's options overrides \a
    /// connectTimeoutSeconds, and the peer's socket overrides UNIX_SOCKET and MYSQL_OPT_PROTOCOL.
    /// Blocks up to the time-out per resolved address, and without limit for the name lookup: run
    /// it on a worker thread. If it returns false error() is the reason; do not reuse the instance,
    /// because QMYSQL keeps a dangling handle.
    bool open(const PeerAddress &peer, const InnerLogin &login, int connectTimeoutSeconds);
    void close(); ///< sends COM_QUIT

    const QString &peerName() const { return m_peerName; } ///< as given to open()
    const QString &user() const { return m_user; }

    QSqlDriver *driver() const;
    QSqlError error() const;

    const ClientLibrary &library() const { return m_library; }
    void *mysql() const { return m_mysql; } ///< nullptr while closed or unknown
    /// The client library's character set right after open(); empty when unknown.
    const QByteArray &openedCharacterSet() const { return m_openedCharacterSet; }

    void giveAway(); ///< called by the owning thread

    /// Called by the taking thread. The driver becomes a child of \a parent if that lives in this
    /// thread, so that it follows moveToThread(). driver() is nullptr after the parent has deleted
    /// it. A driver registered in the process (tests) never gets a parent.
    void adopt(QObject *parent);

private:
    explicit InnerConnection(std::unique_ptr<OwnedDriver> driver, const ClientLibrary &library);

    const std::unique_ptr<OwnedDriver> m_driver;
    const ClientLibrary &m_library;
    void *m_mysql = nullptr;
    QString m_peerName;
    QString m_user;
    QByteArray m_openedCharacterSet;
};

} // namespace qproxysql
