// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "inner/clientlibrary.h"

#include "inner/innerplugin.h"

#include <QtCore/QHash>
#include <QtCore/QLibrary>

#include <mutex>

#ifdef Q_OS_WIN
#include <qt_windows.h>
#endif

#include <mysql.h>

#if defined(MARIADB_BASE_VERSION) || defined(LIBMARIADB)
#define QPROXYSQL_MARIADB_HEADERS 1
#else
#define QPROXYSQL_MARIADB_HEADERS 0
#endif

namespace qproxysql {

namespace {

// enum mariadb_value of Connector/C 3, which only ever grows at its end. Its own name is not to be
// had when this is compiled with MySQL's headers.
constexpr int MariaDbServerStatus = 30;
// enum enum_session_state_type, of both libraries.
constexpr int TrackVariables = 0;
constexpr int TrackSchema = 1;
constexpr int TrackStateChange = 2;
static_assert(TrackVariables == SESSION_TRACK_SYSTEM_VARIABLES);
static_assert(TrackSchema == SESSION_TRACK_SCHEMA);
static_assert(TrackStateChange == SESSION_TRACK_STATE_CHANGE);
#if QPROXYSQL_MARIADB_HEADERS
static_assert(MariaDbServerStatus == MARIADB_CONNECTION_SERVER_STATUS);
#endif

// MYSQL is opaque here: declared by one library's headers, it may be another library's at run time.
using GetInfo = char (*)(void *mysql, int value, void *answer, ...);
using GetSocket = int (*)(void *mysql);
using GetText = const char *(*) (void *mysql);
using GetClientInfo = const char *(*) ();
using GetClientVersion = unsigned long (*)();
using NextResult = int (*)(void *mysql);
using GetCode = unsigned int (*)(void *mysql);
using GetThreadId = unsigned long (*)(void *mysql);
using ChangeUser = char (*)(void *mysql, const char *user, const char *password, const char *schema);
using SetByName = int (*)(void *mysql, const char *name);
using TrackReport = int (*)(void *mysql, int type, const char **data, size_t *length);
using ThreadEnd = void (*)();

QFunctionPointer resolve(const QString &pluginFile, const char *symbol)
{
#ifdef Q_OS_WIN
    // A plugin's handle shows only what the plugin itself exports.
    Q_UNUSED(pluginFile)
    for (const wchar_t *name : {L"libmariadb.dll", L"libmysql.dll"}) {
        if (const HMODULE module = GetModuleHandleW(name))
            return reinterpret_cast<QFunctionPointer>(GetProcAddress(module, symbol));
    }
    return nullptr;
#else
    return QLibrary(pluginFile).resolve(symbol);
#endif
}

#if !QPROXYSQL_MARIADB_HEADERS
constexpr unsigned long feature(unsigned long version)
{
    return version / 100; // 80036 -> 800
}
#endif

class LoadedLibrary final : public ClientLibrary
{
public:
    explicit LoadedLibrary(const QString &pluginFile)
    {
        load(m_clientInfo, pluginFile, "mysql_get_client_info");
        load(m_clientVersion, pluginFile, "mysql_get_client_version");
        load(m_info, pluginFile, "mariadb_get_infov");
        load(m_socket, pluginFile, "mysql_get_socket");
        load(m_serverInfo, pluginFile, "mysql_get_server_info");
        load(m_threadId, pluginFile, "mysql_thread_id");
        load(m_sslCipher, pluginFile, "mysql_get_ssl_cipher");
        load(m_errorNumber, pluginFile, "mysql_errno");
        load(m_characterSet, pluginFile, "mysql_character_set_name");
        load(m_changeUser, pluginFile, "mysql_change_user");
        load(m_selectSchema, pluginFile, "mysql_select_db");
        load(m_setCharacterSet, pluginFile, "mysql_set_character_set");
        load(m_fieldCount, pluginFile, "mysql_field_count");
        load(m_trackFirst, pluginFile, "mysql_session_track_get_first");
        load(m_trackNext, pluginFile, "mysql_session_track_get_next");
        load(m_nextResult, pluginFile, "mysql_next_result");
        load(m_threadEnd, pluginFile, "mysql_thread_end");
    }

    Flavour flavour() const override
    {
        if (m_info)
            return Flavour::MariaDb;
        return m_clientInfo ? Flavour::MySql : Flavour::None;
    }

    QString version() const override
    {
        return m_clientInfo ? QString::fromLatin1(m_clientInfo()) : QString();
    }

    int socketOf(void *mysql) const override
    {
        if (!mysql)
            return -1;
        if (m_socket)
            return m_socket(mysql);
#if !QPROXYSQL_MARIADB_HEADERS
        if (isAsCompiled())
            return int(static_cast<MYSQL *>(mysql)->net.fd);
#endif
        return -1;
    }

    [[gnu::hot]] uint serverStatus(void *mysql, bool *known) const override
    {
        uint status = 0;
        *known = mysql && m_info && m_info(mysql, MariaDbServerStatus, &status) == 0;
#if !QPROXYSQL_MARIADB_HEADERS
        if (mysql && isAsCompiled()) {
            *known = true;
            status = static_cast<MYSQL *>(mysql)->server_status;
        }
#endif
        return *known ? status : 0;
    }

    QString serverVersion(void *mysql) const override
    {
        return mysql && m_serverInfo ? QString::fromLatin1(m_serverInfo(mysql)) : QString();
    }

    ulong threadId(void *mysql) const override
    {
        return mysql && m_threadId ? m_threadId(mysql) : 0;
    }

    bool usesTls(void *mysql) const override
    {
        return mysql && m_sslCipher && m_sslCipher(mysql) != nullptr;
    }

    uint errorNumber(void *mysql) const override
    {
        return mysql && m_errorNumber ? m_errorNumber(mysql) : 0;
    }

    void clearError(void *mysql) const override
    {
        if (mysql && m_nextResult)
            m_nextResult(mysql);
    }

    QByteArray characterSet(void *mysql) const override
    {
        return mysql && m_characterSet ? QByteArray(m_characterSet(mysql)) : QByteArray();
    }

    std::optional<SessionReport> sessionReport(void *mysql) const override
    {
        if (!mysql || !m_fieldCount || !m_trackFirst || !m_trackNext || m_fieldCount(mysql) > 0)
            return std::nullopt;
        SessionReport report;
        const QByteArrayList variables = tracked(mysql, TrackVariables);
        for (qsizetype i = 0; i + 1 < variables.size(); i += 2)
            report.variables.emplace_back(variables[i], variables[i + 1]);
        const QByteArrayList schemas = tracked(mysql, TrackSchema);
        if (!schemas.isEmpty())
            report.schema = schemas.last();
        report.hasChanged = tracked(mysql, TrackStateChange).contains("1");
        return report;
    }

    bool changeUser(void *mysql, const QByteArray &user, const QByteArray &password,
                    const QByteArray &schema) const override
    {
        return mysql && m_changeUser
               && m_changeUser(mysql, user.constData(), password.constData(),
                               schema.isEmpty() ? nullptr : schema.constData())
                          == 0;
    }

    bool selectSchema(void *mysql, const QByteArray &schema) const override
    {
        return mysql && m_selectSchema && m_selectSchema(mysql, schema.constData()) == 0;
    }

    bool setCharacterSet(void *mysql, const char *name) const override
    {
        return mysql && m_setCharacterSet && m_setCharacterSet(mysql, name) == 0;
    }

    void threadEnd() const override
    {
        if (m_threadEnd)
            m_threadEnd();
    }

private:
    template<typename Function>
    static void load(Function &function, const QString &pluginFile, const char *symbol)
    {
        if (!pluginFile.isEmpty())
            function = reinterpret_cast<Function>(resolve(pluginFile, symbol));
    }

    QByteArrayList tracked(void *mysql, int type) const
    {
        QByteArrayList items;
        const char *data = nullptr;
        size_t length = 0;
        for (int end = m_trackFirst(mysql, type, &data, &length); end == 0;
             end = m_trackNext(mysql, type, &data, &length))
            items += QByteArray(data, qsizetype(length));
        return items;
    }

#if !QPROXYSQL_MARIADB_HEADERS
    // Fields of MYSQL may be read only when it is laid out as the headers say.
    bool isAsCompiled() const
    {
        return flavour() == Flavour::MySql && m_clientVersion
               && feature(m_clientVersion()) == feature(MYSQL_VERSION_ID);
    }
#endif

    GetClientInfo m_clientInfo = nullptr;
    GetClientVersion m_clientVersion = nullptr;
    GetInfo m_info = nullptr;
    GetSocket m_socket = nullptr;
    GetText m_serverInfo = nullptr;
    GetThreadId m_threadId = nullptr;
    GetText m_sslCipher = nullptr;
    GetCode m_errorNumber = nullptr;
    NextResult m_nextResult = nullptr;
    GetText m_characterSet = nullptr;
    ChangeUser m_changeUser = nullptr;
    SetByName m_selectSchema = nullptr;
    SetByName m_setCharacterSet = nullptr;
    GetCode m_fieldCount = nullptr;
    TrackReport m_trackFirst = nullptr;
    TrackReport m_trackNext = nullptr;
    ThreadEnd m_threadEnd = nullptr;
};

struct LoadedLibraries
{
    std::mutex mutex;
    QHash<QString, const ClientLibrary *> libraries; // by driver name
};

LoadedLibraries &known()
{
    static auto *const instance = new LoadedLibraries;
    return *instance;
}

} // namespace

const ClientLibrary &ClientLibrary::of(const QString &driverName)
{
    static const auto *const none = new LoadedLibrary({});
    QString error;
    if (!InnerPlugin::isAvailable(driverName, &error))
        return *none; // not remembered: the driver may be installed or registered later
    const std::scoped_lock lock(known().mutex);
    auto *&library = known().libraries[driverName];
    if (!library)
        library = new LoadedLibrary(InnerPlugin::fileOf(driverName));
    return *library;
}

void ClientLibrary::endThread()
{
    const std::scoped_lock lock(known().mutex);
    for (const auto *library : std::as_const(known().libraries))
        library->threadEnd();
}

void *ClientLibrary::mysqlOf(const QVariant &handle)
{
    const auto type = QByteArrayView(handle.metaType().name());
    if (type != QByteArrayView("MYSQL*") && type != QByteArrayView("st_mysql*"))
        return nullptr;
    return *static_cast<void *const *>(handle.constData());
}

} // namespace qproxysql
