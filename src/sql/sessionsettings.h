// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QStringList>

#include <span>
#include <string_view>

namespace qproxysql {

/// One setting that can be copied from session to session by its value. Variables that serve one
/// statement or differ by server (insert_id, timestamp, auto_increment_offset, ...), need a
/// privilege (sql_log_bin) or change other settings (max_join_size) are not settings but pins.
struct SessionSetting
{
    enum class Kind { Schema, Charset, Isolation, Plain };
    /// Which servers have it. MariaDB refuses to track a variable that it lacks, MySQL only warns.
    enum class Server { Any, MySql, MariaDb };
    /// Where its value comes from. Each tracked name costs the server a microsecond whenever a
    /// session is opened or reset, so variables that are rarely changed by anything but a plain SET
    /// are not tracked.
    enum class Source { Report, Text };

    std::string_view name; ///< in lower case; the schema, which is no variable, is "schema"
    Kind kind = Kind::Plain;
    Server server = Server::Any;
    Source source = Source::Report;
};

/// The allow-list. The rest of the code refers to a setting by its index in this list.
std::span<const SessionSetting> sessionSettings();

/// The index of the variable \a name (upper or lower case), -1 if it is not on the list.
int findSessionSetting(std::string_view name);

/// Statements that switch on session tracking for a server that greets with \a greetedVersion, best
/// first: try the next if the server refuses one. Empty if the server has no session tracking
/// (before MySQL 5.7 and MariaDB 10.2) or its version is unknown.
QStringList trackingStatements(const QString &greetedVersion);

/// True for digits with or without a fraction: such a value must not be quoted.
bool isPlainNumber(QStringView value);

} // namespace qproxysql
