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

/// One inner driver instance, known to no QSqlDatabase name, so that connectionNames() does not show
/// it; see DriverSource for how it is made and destroyed.
///
/// Used by one thread at a time; giveAway() and adopt() hand it over (QObject::moveToThread can
/// only push from the owning thread, so the giver pushes to no thread and the taker pulls).
class InnerConnection
{
public:
    /// Never nullptr; the errors are those of DriverSource.
    static Expected<std::unique_ptr<InnerConnection>> create(const QString &driverName);

    /// Closes, then destroys the driver. Results made on it must be destroyed after it and not be used
    /// any more (the third rule of docs/architecture.md).
    ~InnerConnection();

    InnerConnection(const InnerConnection &) = delete;
    InnerConnection &operator=(const InnerConnection &) = delete;

    /// Connects; a \c MYSQL_OPT_CONNECT_TIMEOUT among the login's options outweighs
    /// \a connectTimeoutSeconds, and the peer's socket any UNIX_SOCKET and MYSQL_OPT_PROTOCOL. Blocks
    /// up to that long per resolved address and, without bound, for the name lookup: run it on a worker
    /// thread. After false never reuse this instance (QMYSQL keeps a dangling handle); error() tells
    /// why.
    bool open(const PeerAddress &peer, const InnerLogin &login, int connectTimeoutSeconds);
    void close(); ///< sends COM_QUIT

    const QString &peerName() const { return m_peerName; } ///< of open()
    const QString &user() const { return m_user; }

    QSqlDriver *driver() const;
    QSqlError error() const;

    const ClientLibrary &library() const { return m_library; }
    void *mysql() const { return m_mysql; } ///< nullptr while closed or unknown
    /// The client library's, before anything was sent; empty when unknown.
    const QByteArray &openedCharacterSet() const { return m_openedCharacterSet; }

    void giveAway(); ///< called by the owning thread

    /// Called by the taking thread. The driver becomes \a parent's child, so that it follows
    /// moveToThread(), where \a parent lives in the calling thread too; driver() is nullptr once the
    /// parent has deleted it. A driver registered in the process (tests) never gets a parent.
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
