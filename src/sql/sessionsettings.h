// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QStringList>

#include <span>
#include <string_view>

namespace qproxysql {

/// One setting of a session that can be given to another session: its value is all there is to it.
/// Not among them, so that they pin: what means one statement or another thing on each server
/// (insert_id, timestamp, auto_increment_offset, ...), what needs a privilege (sql_log_bin), and what
/// changes other settings on its way (max_join_size).
struct SessionSetting
{
    enum class Kind { Schema, Charset, Isolation, Plain };
    /// Whose server has it: naming one to be tracked that MariaDB does not have is an error there, MySQL
    /// only warns.
    enum class Server { Any, MySql, MariaDb };
    /// Where its value comes from. Each name that is tracked costs the server a microsecond whenever a
    /// session is opened or reset, so what hardly anything but a plain SET changes is not.
    enum class Source { Report, Text };

    std::string_view name; ///< in lower case; the schema, which is no variable, is "schema"
    Kind kind = Kind::Plain;
    Server server = Server::Any;
    Source source = Source::Report;
};

/// The allow-list. An index into it is how the rest of the code names a setting.
std::span<const SessionSetting> sessionSettings();

/// The index of a variable by its name in upper or lower case; -1: not on the list.
int findSessionSetting(std::string_view name);

/// What switches session tracking on for a server that greets with \a greetedVersion, best first; the
/// later ones are for a server that refuses the earlier. Empty: it has no session tracking (before
/// MySQL 5.7 and MariaDB 10.2), or nobody knows.
QStringList trackingStatements(const QString &greetedVersion);

/// Digits, perhaps with a fraction: a value that must not stand in quotes.
bool isPlainNumber(QStringView value);

} // namespace qproxysql
