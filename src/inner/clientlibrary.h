// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QString>
#include <QtCore/QVariant>

#include <optional>
#include <utility>
#include <vector>

namespace qproxysql {

/// What the server told of the session with its last reply (session tracking).
struct SessionReport
{
    std::vector<std::pair<QByteArray, QByteArray>> variables; ///< names in lower case, new values
    std::optional<QByteArray> schema;                         ///< empty: none is in use any more
    bool hasChanged = false; ///< anything a session may hold, whether a variable or not
};

/// Functions of the client library that the inner plugin itself links (libmariadb on Debian),
/// resolved at run time through the plugin file, so that never two libraries touch one MYSQL.
///
/// A function that the library does not have degrades to the answer named at each member. Members
/// take the MYSQL of the session in question and may only be called by the holder of its claim.
/// Instances are made once per driver name and never destroyed. Thread-safe. A driver that was
/// registered in the process has no library: Flavour::None and every answer "unknown".
class ClientLibrary
{
public:
    enum class Flavour { None, MariaDb, MySql };

    static const ClientLibrary &of(const QString &driverName);

    /// threadEnd() of every library that of() has found so far.
    static void endThread();

    virtual ~ClientLibrary() = default;

    virtual Flavour flavour() const = 0;
    virtual QString version() const = 0; ///< mysql_get_client_info(), empty when unknown

    /// The MYSQL behind QSqlDriver::handle(), nullptr when it is none. The QVariant's type name is
    /// "st_mysql*" (libmariadb) or "MYSQL*"; both are read.
    static void *mysqlOf(const QVariant &handle);

    virtual int socketOf(void *mysql) const = 0; ///< -1 when it cannot be told
    virtual uint serverStatus(void *mysql,
                              bool *known) const = 0; ///< SERVER_STATUS_* flags of the last reply
    virtual QString serverVersion(void *mysql) const = 0; ///< as greeted; empty when unknown
    virtual ulong threadId(void *mysql) const = 0;        ///< connection id, 0 when unknown
    virtual bool usesTls(void *mysql) const = 0;
    virtual uint errorNumber(void *mysql) const = 0; ///< of the last call, 0: none or unknown
    /// Makes errorNumber() 0, by asking for a next result where none is left. Only after the connection
    /// has been cut: otherwise it might read from it.
    virtual void clearError(void *mysql) const = 0;
    virtual QByteArray characterSet(void *mysql) const = 0; ///< the client's; empty when unknown
    /// Only after a reply with SERVER_SESSION_STATE_CHANGED among its flags. Nothing where the library
    /// cannot tell, or the reply had a result set: libmariadb shows an earlier report then.
    virtual std::optional<SessionReport> sessionReport(void *mysql) const = 0;

    /// COM_CHANGE_USER: logs in again on the same connection; an empty schema is none. Variables, temporary
    /// tables, locks, an open transaction and all prepared statements are gone, and what the account and
    /// the schema give a session is as they are now. Blocks for one round trip, or more where the account's
    /// kind of authentication needs them. False: errorNumber() tells why, 0 when the library cannot do it;
    /// the server has hung up.
    virtual bool changeUser(void *mysql, const QByteArray &user, const QByteArray &password,
                            const QByteArray &schema) const = 0;
    /// COM_INIT_DB, which every proxy takes; \a schema in the client's charset. Blocks for one round trip.
    /// False as well when the library cannot do it.
    virtual bool selectSchema(void *mysql, const QByteArray &schema) const = 0;
    /// SET NAMES, for server and client alike. Blocks for one round trip.
    virtual bool setCharacterSet(void *mysql, const char *name) const = 0;

    virtual void threadEnd() const = 0; ///< call as the last thing of a worker thread
};

} // namespace qproxysql
