// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "sql/sessionsettings.h"

#include <QtCore/QVersionNumber>

#include <algorithm>
#include <array>

namespace qproxysql {

namespace {

using Kind = SessionSetting::Kind;
using Server = SessionSetting::Server;

constexpr SessionSetting rarelySet(std::string_view name)
{
    return {name, Kind::Plain, Server::Any, SessionSetting::Source::Text};
}

// Settings are applied in this order. character_set_connection comes before collation_connection
// because it sets the collation, too.
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
        rarelySet("lc_messages"),
        SessionSetting{"foreign_key_checks"},
        SessionSetting{"unique_checks"},
        SessionSetting{"sql_safe_updates"},
        SessionSetting{"sql_select_limit"},
        rarelySet("sql_big_selects"),
        rarelySet("sql_auto_is_null"),
        rarelySet("sql_notes"),
        rarelySet("sql_warnings"),
        SessionSetting{"group_concat_max_len"},
        rarelySet("div_precision_increment"),
        rarelySet("default_week_format"),
        SessionSetting{"lock_wait_timeout"},
        SessionSetting{"innodb_lock_wait_timeout"},
        SessionSetting{"wait_timeout"},
        rarelySet("interactive_timeout"),
        rarelySet("net_read_timeout"),
        rarelySet("net_write_timeout"),
        SessionSetting{"max_statement_time", Kind::Plain, Server::MariaDb},
        SessionSetting{"max_execution_time", Kind::Plain, Server::MySql},
        SessionSetting{"optimizer_switch"},
        rarelySet("sort_buffer_size"),
        rarelySet("join_buffer_size"),
        rarelySet("read_buffer_size"),
        rarelySet("read_rnd_buffer_size"),
        rarelySet("tmp_table_size"),
        rarelySet("max_heap_table_size"),
        rarelySet("wsrep_sync_wait"), // not every server is built with it
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

// '*' would also report last_gtid with every write (MariaDB) and statement_id with every statement
// (MySQL), and each report has to be read.
QString trackedNames(Server without)
{
    QStringList names{QStringLiteral("autocommit"), QStringLiteral("tx_isolation")};
    for (const SessionSetting &setting : Settings) {
        if (setting.kind != Kind::Schema && setting.server != without
            && setting.source == SessionSetting::Source::Report)
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
        name = "transaction_isolation"; // tx_isolation is its name in MariaDB and MySQL 5.7
    const auto found = std::ranges::find_if(Settings, [name](const SessionSetting &setting) {
        return setting.kind != Kind::Schema && isSame(setting.name, name);
    });
    return found == Settings.end() ? -1 : int(found - Settings.begin());
}

QStringList trackingStatements(const QString &greetedVersion)
{
    // MariaDB before 11 greets with this prefix for old replication clients.
    const QLatin1String prefix("5.5.5-");
    const auto version = QVersionNumber::fromString(
            greetedVersion.startsWith(prefix) ? greetedVersion.mid(prefix.size()) : greetedVersion);
    if (greetedVersion.contains(QLatin1String("MariaDB"), Qt::CaseInsensitive)) {
        // MariaDB refuses unknown names. '*' is the fallback for releases that lack one.
        if (version >= QVersionNumber(10, 2))
            return {trackingStatement(trackedNames(Server::MySql)),
                    trackingStatement(QStringLiteral("*"))};
    } else if (version >= QVersionNumber(5, 7)) {
        return {trackingStatement(trackedNames(Server::MariaDb))};
    }
    return {};
}

bool isPlainNumber(QStringView value)
{
    const auto isDigit = [](QChar c) { return c >= u'0' && c <= u'9'; };
    const qsizetype dot = value.indexOf(u'.');
    const QStringView whole = dot < 0 ? value : value.left(dot);
    const QStringView fraction = dot < 0 ? QStringView(u"0") : value.mid(dot + 1);
    return !whole.isEmpty() && !fraction.isEmpty() && std::ranges::all_of(whole, isDigit)
           && std::ranges::all_of(fraction, isDigit);
}

} // namespace qproxysql
