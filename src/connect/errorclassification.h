// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QString>

namespace qproxysql {

enum class Stage { Connect, Statement };

/// From the server's version string; ServerFlavour::Unknown before the greeting.
enum class ServerFlavour { Unknown, MariaDb, MySql };

/// The meaning of an error for peer and caller. Table and sources: docs/errors.md.
enum class ErrorClass {
    None,
    // at connect
    Down,
    NameResolution,
    NotReady,
    Overload,
    Blocked,
    Login,
    Configuration,
    TlsCertificate,
    Local,
    Soft,
    // at a statement
    NotSent,         ///< 2006: the statement was not sent
    AnswerLost,      ///< 2013 and similar: outcome unknown
    ShuttingDown,    ///< 1053 and similar
    RefusedNotReady, ///< 1047 WSREP, 3100 and 3796 [MySQL]: not executed
    IdleTimeout,     ///< 4031 [MySQL]: not executed, the peer is fine
    Killed,          ///< 1927 [MariaDB], 3169 [MySQL]
    BackendLost,     ///< 9001, 9002 of ProxySQL: not sent to any server
    SessionTied,     ///< 9006 of ProxySQL: not executed, and refused to this session only
    ReadOnly,        ///< 1290 read-only, 1836, 1874, 1881: not executed
    Conflict,        ///< 1213, 3101 and 1180 with 149 [MySQL]: rolled back by the server
    DiskFull,
    StatementsOwn ///< everything else: the peer is fine
};

/// Pure, thread-safe. SQLSTATE is not specific enough to classify errors.
ErrorClass classifyError(Stage stage, int code, QStringView text,
                         ServerFlavour flavour = ServerFlavour::Unknown);

/// The parts of a server that are read-only.
struct ReadOnlyParts
{
    bool tables = false;       ///< innodb_read_only, innodb_force_recovery
    bool transactions = false; ///< transaction_read_only is the default of new sessions

    friend bool operator==(const ReadOnlyParts &, const ReadOnlyParts &) = default;
};

/// True for 1036, 1005 and 1792 if the whole server refuses writes (ErrorClass::ReadOnly).
/// Otherwise they concern one table, or a transaction that the application itself made read-only.
bool isRefusedByReadOnlyServer(int code, QStringView text, ReadOnlyParts parts);

/// True for error numbers of servers, false for those of the client library.
constexpr bool isServersOwn(int code)
{
    return code != 0 && (code < 2000 || code >= 3000);
}

/// True if the session cannot be used any more after this error of a statement.
bool endsSession(ErrorClass errorClass);

/// True if the server certainly did not execute the statement.
bool provesNotExecuted(ErrorClass errorClass);

} // namespace qproxysql
