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

    Flavour flavour() const;
    QString version() const; ///< mysql_get_client_info(), empty when unknown

    /// The MYSQL behind QSqlDriver::handle(), nullptr when it is none. The QVariant's type name is
    /// "st_mysql*" (libmariadb) or "MYSQL*"; both are read.
    static void *mysqlOf(const QVariant &handle);

    int socketOf(void *mysql) const;                   ///< -1 when it cannot be told
    uint serverStatus(void *mysql, bool *known) const; ///< SERVER_STATUS_* flags of the last reply
    QString serverVersion(void *mysql) const;          ///< as greeted; empty when unknown
    ulong threadId(void *mysql) const;                 ///< connection id, 0 when unknown
    bool usesTls(void *mysql) const;
    uint errorNumber(void *mysql) const; ///< of the last call, 0: none or unknown
    /// Makes errorNumber() 0, by asking for a next result where none is left. Only after the connection
    /// has been cut: otherwise it might read from it.
    void clearError(void *mysql) const;
    QByteArray characterSet(void *mysql) const; ///< the client's; empty when unknown
    /// Only after a reply with SERVER_SESSION_STATE_CHANGED among its flags. Nothing where the library
    /// cannot tell, or the reply had a result set: libmariadb shows an earlier report then.
    std::optional<SessionReport> sessionReport(void *mysql) const;

    /// COM_CHANGE_USER: logs in again on the same connection; an empty schema is none. Variables, temporary
    /// tables, locks, an open transaction and all prepared statements are gone, and what the account and
    /// the schema give a session is as they are now. Blocks for one round trip, or more where the account's
    /// kind of authentication needs them. False: errorNumber() tells why, 0 when the library cannot do it;
    /// the server has hung up.
    bool changeUser(void *mysql, const QByteArray &user, const QByteArray &password,
                    const QByteArray &schema) const;
    /// COM_INIT_DB, which every proxy takes; \a schema in the client's charset. Blocks for one round trip.
    /// False as well when the library cannot do it.
    bool selectSchema(void *mysql, const QByteArray &schema) const;
    /// SET NAMES, for server and client alike. Blocks for one round trip.
    bool setCharacterSet(void *mysql, const char *name) const;

    void threadEnd() const; ///< call as the last thing of a worker thread

private:
    explicit ClientLibrary(const QString &pluginFile); ///< empty: no library
    QByteArrayList tracked(void *mysql, int type) const;
    bool isAsCompiled() const;

    // MYSQL is opaque: declared by one library's headers, it may be another library's at run time.
    using GetText = const char *(*) (void *mysql);
    using GetCode = uint (*)(void *mysql);
    using SetByName = int (*)(void *mysql, const char *name);
    using GetTracked = int (*)(void *mysql, int type, const char **data, size_t *length);

    char (*m_info)(void *mysql, int value, void *answer, ...) = nullptr;
    const char *(*m_clientInfo)() = nullptr;
    ulong (*m_clientVersion)() = nullptr;
    int (*m_socket)(void *mysql) = nullptr;
    GetText m_serverInfo = nullptr;
    ulong (*m_threadId)(void *mysql) = nullptr;
    GetText m_sslCipher = nullptr;
    GetCode m_errorNumber = nullptr;
    int (*m_nextResult)(void *mysql) = nullptr;
    GetText m_characterSet = nullptr;
    char (*m_changeUser)(void *mysql, const char *user, const char *password,
                         const char *schema) = nullptr;
    SetByName m_selectSchema = nullptr;
    SetByName m_setCharacterSet = nullptr;
    GetCode m_fieldCount = nullptr;
    GetTracked m_trackFirst = nullptr;
    GetTracked m_trackNext = nullptr;
    void (*m_threadEnd)() = nullptr;
};

} // namespace qproxysql
