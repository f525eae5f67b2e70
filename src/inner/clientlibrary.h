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

/// Changes of session state that the server reported with its last reply (session tracking).
struct SessionReport
{
    std::vector<std::pair<QByteArray, QByteArray>> variables; ///< names in lower case, new values
    std::optional<QByteArray> schema;                         ///< empty if none is in use any more
    bool hasChanged = false; ///< any session state has changed, also other than variables
};

/// Functions of the client library that the inner plugin links (libmariadb on Debian). They are
/// resolved at run time through the plugin file, so that two libraries never use the same MYSQL.
///
/// If the library lacks a function, the member returns the value documented for "unknown". Members
/// take the MYSQL of a session and may only be called by the holder of its claim. There is one
/// instance per driver name, which is never destroyed. Thread-safe. A driver that was registered in
/// the process has no library: Flavour::None, and all values are unknown.
class ClientLibrary
{
public:
    enum class Flavour { None, MariaDb, MySql };

    static const ClientLibrary &of(const QString &driverName);

    /// threadEnd() of every library that of() has found so far.
    static void endThread();

    Flavour flavour() const;
    QString version() const; ///< mysql_get_client_info(), empty when unknown
    /// MYSQL_FIELD and MYSQL_BIND have the layout of libmariadb 3 and libmysqlclient 5.7 to 9.
    bool hasKnownLayout() const;
    QFunctionPointer resolve(const char *symbol) const; ///< nullptr if the library lacks it

    /// The MYSQL in QSqlDriver::handle(), whose type name is "st_mysql*" (libmariadb) or "MYSQL*";
    /// nullptr for any other type.
    static void *mysqlOf(const QVariant &handle);

    int socketOf(void *mysql) const;                   ///< -1 when unknown
    uint serverStatus(void *mysql, bool *known) const; ///< SERVER_STATUS_* flags of the last reply
    QString serverVersion(void *mysql) const;          ///< as greeted; empty when unknown
    ulong threadId(void *mysql) const;                 ///< connection id, 0 when unknown
    bool usesTls(void *mysql) const;
    uint errorNumber(void *mysql) const; ///< of the last call, 0: none or unknown
    /// Makes errorNumber() 0 by requesting a next result. Call it only after the connection was
    /// cut, since it might read from the connection otherwise.
    void clearError(void *mysql) const;
    QByteArray characterSet(void *mysql) const; ///< the client's; empty when unknown
    /// Call it only after a reply with the flag SERVER_SESSION_STATE_CHANGED. Returns nothing if
    /// the library cannot read reports, or if the reply had a result set, after which libmariadb
    /// returns an earlier report.
    std::optional<SessionReport> sessionReport(void *mysql) const;

    /// COM_CHANGE_USER: logs in again on the same connection, without a schema if \a schema is
    /// empty. The server discards variables, temporary tables, locks, an open transaction and all
    /// prepared statements. Blocks for one round trip, or more if the authentication plugin needs
    /// them. If it fails the server has closed the connection, and errorNumber() is the reason (0
    /// if the library lacks the function).
    bool changeUser(void *mysql, const QByteArray &user, const QByteArray &password,
                    const QByteArray &schema) const;
    /// COM_INIT_DB, which every proxy supports; \a schema in the client's charset. Blocks for one
    /// round trip. Returns false also if the library lacks the function.
    bool selectSchema(void *mysql, const QByteArray &schema) const;
    /// SET NAMES for server and client. Blocks for one round trip.
    bool setCharacterSet(void *mysql, const char *name) const;

    void threadEnd() const; ///< the last call of a worker thread

private:
    explicit ClientLibrary(const QString &pluginFile); ///< empty: no library
    QByteArrayList tracked(void *mysql, int type) const;
    bool isAsCompiled() const;

    const QString m_pluginFile;
    // MYSQL is opaque because the library at run time may not match the headers of the build.
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
