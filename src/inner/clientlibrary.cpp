// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "inner/clientlibrary.h"

#include "inner/driversource.h"

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

// From enum mariadb_value of Connector/C 3 (stable values), which MySQL's headers lack.
constexpr int MariaDbServerStatus = 30;
// From enum enum_session_state_type, which both libraries have.
constexpr int TrackVariables = 0;
constexpr int TrackSchema = 1;
constexpr int TrackStateChange = 2;
static_assert(TrackVariables == SESSION_TRACK_SYSTEM_VARIABLES);
static_assert(TrackSchema == SESSION_TRACK_SCHEMA);
static_assert(TrackStateChange == SESSION_TRACK_STATE_CHANGE);
#if QPROXYSQL_MARIADB_HEADERS
static_assert(MariaDbServerStatus == MARIADB_CONNECTION_SERVER_STATUS);
#endif

QFunctionPointer symbolOf(const QString &pluginFile, const char *symbol)
{
#ifdef Q_OS_WIN
    // On Windows the plugin's handle resolves only symbols that the plugin itself exports.
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

ClientLibrary::ClientLibrary(const QString &pluginFile)
    : m_pluginFile(pluginFile)
{
    if (pluginFile.isEmpty())
        return;
    const auto load = [&pluginFile](auto &function, const char *symbol) {
        function = reinterpret_cast<std::remove_reference_t<decltype(function)>>(
                symbolOf(pluginFile, symbol));
    };
    load(m_clientInfo, "mysql_get_client_info");
    load(m_clientVersion, "mysql_get_client_version");
    load(m_info, "mariadb_get_infov");
    load(m_socket, "mysql_get_socket");
    load(m_serverInfo, "mysql_get_server_info");
    load(m_threadId, "mysql_thread_id");
    load(m_sslCipher, "mysql_get_ssl_cipher");
    load(m_errorNumber, "mysql_errno");
    load(m_characterSet, "mysql_character_set_name");
    load(m_changeUser, "mysql_change_user");
    load(m_selectSchema, "mysql_select_db");
    load(m_setCharacterSet, "mysql_set_character_set");
    load(m_fieldCount, "mysql_field_count");
    load(m_trackFirst, "mysql_session_track_get_first");
    load(m_trackNext, "mysql_session_track_get_next");
    load(m_nextResult, "mysql_next_result");
    load(m_threadEnd, "mysql_thread_end");
}

QFunctionPointer ClientLibrary::resolve(const char *symbol) const
{
    return m_pluginFile.isEmpty() ? nullptr : symbolOf(m_pluginFile, symbol);
}

const ClientLibrary &ClientLibrary::of(const QString &driverName)
{
    static const auto *const none = new ClientLibrary({});
    const auto source = DriverSource::of(driverName);
    if (!source)
        return *none; // not stored because the driver may be installed or registered later
    const std::scoped_lock lock(known().mutex);
    auto *&library = known().libraries[driverName];
    if (!library)
        library = new ClientLibrary((*source)->file());
    return *library;
}

void ClientLibrary::endThread()
{
    const std::scoped_lock lock(known().mutex);
    for (const auto *library : std::as_const(known().libraries))
        library->threadEnd();
}

ClientLibrary::Flavour ClientLibrary::flavour() const
{
    if (m_info)
        return Flavour::MariaDb;
    return m_clientInfo ? Flavour::MySql : Flavour::None;
}

QString ClientLibrary::version() const
{
    return m_clientInfo ? QString::fromLatin1(m_clientInfo()) : QString();
}

bool ClientLibrary::hasKnownLayout() const
{
    const ulong version = m_clientVersion ? m_clientVersion() : 0;
    return m_info ? version / 10'000 == 3 : version >= 50'700 && version < 100'000;
}

/// Fields of MYSQL may be read only if its layout is that of the headers.
bool ClientLibrary::isAsCompiled() const
{
    constexpr ulong PatchLevels = 100; // 80036 is 8.0.36
    return !QPROXYSQL_MARIADB_HEADERS && flavour() == Flavour::MySql && m_clientVersion
           && m_clientVersion() / PatchLevels == MYSQL_VERSION_ID / PatchLevels;
}

int ClientLibrary::socketOf(void *mysql) const
{
    if (!mysql)
        return -1;
    if (m_socket)
        return m_socket(mysql);
    return isAsCompiled() ? int(static_cast<MYSQL *>(mysql)->net.fd) : -1;
}

[[gnu::hot]] uint ClientLibrary::serverStatus(void *mysql, bool *known) const
{
    uint status = 0;
    *known = mysql && m_info && m_info(mysql, MariaDbServerStatus, &status) == 0;
    if (!m_info && mysql && isAsCompiled()) {
        *known = true;
        status = static_cast<MYSQL *>(mysql)->server_status;
    }
    return *known ? status : 0;
}

QString ClientLibrary::serverVersion(void *mysql) const
{
    return mysql && m_serverInfo ? QString::fromLatin1(m_serverInfo(mysql)) : QString();
}

ulong ClientLibrary::threadId(void *mysql) const
{
    return mysql && m_threadId ? m_threadId(mysql) : 0;
}

bool ClientLibrary::usesTls(void *mysql) const
{
    return mysql && m_sslCipher && m_sslCipher(mysql) != nullptr;
}

uint ClientLibrary::errorNumber(void *mysql) const
{
    return mysql && m_errorNumber ? m_errorNumber(mysql) : 0;
}

void ClientLibrary::clearError(void *mysql) const
{
    if (mysql && m_nextResult)
        m_nextResult(mysql);
}

QByteArray ClientLibrary::characterSet(void *mysql) const
{
    return mysql && m_characterSet ? QByteArray(m_characterSet(mysql)) : QByteArray();
}

std::optional<SessionReport> ClientLibrary::sessionReport(void *mysql) const
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

QByteArrayList ClientLibrary::tracked(void *mysql, int type) const
{
    QByteArrayList items;
    const char *data = nullptr;
    size_t length = 0;
    for (int end = m_trackFirst(mysql, type, &data, &length); end == 0;
         end = m_trackNext(mysql, type, &data, &length))
        items += QByteArray(data, qsizetype(length));
    return items;
}

bool ClientLibrary::changeUser(void *mysql, const QByteArray &user, const QByteArray &password,
                               const QByteArray &schema) const
{
    return mysql && m_changeUser
           && m_changeUser(mysql, user.constData(), password.constData(),
                           schema.isEmpty() ? nullptr : schema.constData())
                      == 0;
}

bool ClientLibrary::selectSchema(void *mysql, const QByteArray &schema) const
{
    return mysql && m_selectSchema && m_selectSchema(mysql, schema.constData()) == 0;
}

bool ClientLibrary::setCharacterSet(void *mysql, const char *name) const
{
    return mysql && m_setCharacterSet && m_setCharacterSet(mysql, name) == 0;
}

void ClientLibrary::threadEnd() const
{
    if (m_threadEnd)
        m_threadEnd();
}

void *ClientLibrary::mysqlOf(const QVariant &handle)
{
    const auto type = QByteArrayView(handle.metaType().name());
    if (type != QByteArrayView("MYSQL*") && type != QByteArrayView("st_mysql*"))
        return nullptr;
    return *static_cast<void *const *>(handle.constData());
}

} // namespace qproxysql
