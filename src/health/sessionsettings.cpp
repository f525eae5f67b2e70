// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "health/sessionsettings.h"

#include <QtCore/QVersionNumber>

#include <algorithm>
#include <array>

namespace qproxysql {

namespace {

using Kind = SessionSetting::Kind;
using Server = SessionSetting::Server;

// In the order in which they are given to another session: the charset of the connection before its
// collation, which it sets, too.
constexpr std::array Settings{
        SessionSetting{"schema", Kind::Schema},
        SessionSetting{"character_set_client", Kind::Charset},
        SessionSetting{"character_set_connection", Kind::Charset},
        SessionSetting{"character_set_results", Kind::Charset},
        SessionSetting{"collation_connection", Kind::Charset},
        SessionSetting{"transaction_isolation", Kind::Isolation, Server::MySql},
        SessionSetting{"time_zone"},
        SessionSetting{"sql_mode"},
        SessionSetting{"lc_time_names"},
        SessionSetting{"lc_messages"},
        SessionSetting{"foreign_key_checks"},
        SessionSetting{"unique_checks"},
        SessionSetting{"sql_safe_updates"},
        SessionSetting{"sql_select_limit"},
        SessionSetting{"sql_big_selects"},
        SessionSetting{"sql_auto_is_null"},
        SessionSetting{"sql_notes"},
        SessionSetting{"sql_warnings"},
        SessionSetting{"group_concat_max_len"},
        SessionSetting{"div_precision_increment"},
        SessionSetting{"default_week_format"},
        SessionSetting{"lock_wait_timeout"},
        SessionSetting{"innodb_lock_wait_timeout"},
        SessionSetting{"wait_timeout"},
        SessionSetting{"interactive_timeout"},
        SessionSetting{"net_read_timeout"},
        SessionSetting{"net_write_timeout"},
        SessionSetting{"max_statement_time", Kind::Plain, Server::MariaDb},
        SessionSetting{"max_execution_time", Kind::Plain, Server::MySql},
        SessionSetting{"optimizer_switch"},
        SessionSetting{"sort_buffer_size"},
        SessionSetting{"join_buffer_size"},
        SessionSetting{"read_buffer_size"},
        SessionSetting{"read_rnd_buffer_size"},
        SessionSetting{"tmp_table_size"},
        SessionSetting{"max_heap_table_size"},
        // Not every MariaDB is built with it; there its value is taken from the statement.
        SessionSetting{"wsrep_sync_wait", Kind::Plain, Server::MySql},
};

char folded(char c)
{
    return c >= 'A' && c <= 'Z' ? char(c + ('a' - 'A')) : c;
}

bool isSame(std::string_view name, std::string_view other)
{
    return std::ranges::equal(name, other, [](char a, char b) { return folded(a) == folded(b); });
}

QString trackingStatement(const QString &variables)
{
    return QLatin1String("SET session_track_state_change=1,session_track_schema=1,"
                         "session_track_system_variables='")
           + variables + u'\'';
}

// '*' reports the position in the binary log with every write (MariaDB, last_gtid) and an id with
// every statement (MySQL, statement_id), which would have to be read each time.
QString trackedNames(Server without)
{
    QStringList names{QStringLiteral("autocommit"), QStringLiteral("tx_isolation")};
    for (const SessionSetting &setting : Settings) {
        if (setting.kind != Kind::Schema && setting.server != without)
            names += QString::fromLatin1(setting.name.data(), qsizetype(setting.name.size()));
    }
    return names.join(u',');
}

} // namespace

std::span<const SessionSetting> sessionSettings()
{
    return Settings;
}

int findSessionSetting(std::string_view name)
{
    if (isSame(name, "tx_isolation"))
        name = "transaction_isolation"; // MariaDB's and MySQL 5.7's name of it
    const auto found = std::ranges::find_if(Settings, [name](const SessionSetting &setting) {
        return setting.kind != Kind::Schema && isSame(setting.name, name);
    });
    return found == Settings.end() ? -1 : int(found - Settings.begin());
}

QStringList trackingStatements(const QString &greetedVersion)
{
    // Before MariaDB 11 it puts this before its version for clients that may not know it.
    const QLatin1String prefix("5.5.5-");
    const auto version = QVersionNumber::fromString(
            greetedVersion.startsWith(prefix) ? greetedVersion.mid(prefix.size()) : greetedVersion);
    if (greetedVersion.contains(QLatin1String("MariaDB"), Qt::CaseInsensitive)) {
        // What one of its versions does not have may be named by none: then all are tracked.
        if (version >= QVersionNumber(10, 2))
            return {trackingStatement(trackedNames(Server::MySql)),
                    trackingStatement(QStringLiteral("*"))};
    } else if (version >= QVersionNumber(5, 7)) {
        return {trackingStatement(trackedNames(Server::MariaDb))};
    }
    return {};
}

} // namespace qproxysql
