// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QString>

namespace qproxysql {

enum class Stage { Connect, Statement };

/// From the server's version string; ServerFlavour::Unknown before the greeting.
enum class ServerFlavour { Unknown, MariaDb, MySql };

/// What an error number means for the peer and for the caller. Table and sources:
/// docs/errors.md (MySQL and MariaDB error references, measured).
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
    NotSent,         ///< 2006: never left this host
    AnswerLost,      ///< 2013 and kin: outcome unknown
    ShuttingDown,    ///< 1053 and kin
    RefusedNotReady, ///< 1047 WSREP, 3100 and 3796 [MySQL]: not executed
    IdleTimeout,     ///< 4031 [MySQL]: refused before execution, peer is fine
    Killed,          ///< 1927 [MariaDB], 3169 [MySQL]
    BackendLost,     ///< 9001, 9002 of ProxySQL: never reached a server
    SessionTied,     ///< 9006 of ProxySQL: for this session only, refused before execution
    ReadOnly,        ///< 1290 read-only, 1836, 1874, 1881: refused before execution
    Conflict,        ///< 1213, 3101 and 1180 with 149 [MySQL]: rolled back by the server
    DiskFull,
    StatementsOwn ///< everything else: the peer is fine
};

/// Pure, thread-safe function of number, text, stage and flavour; SQLSTATE is useless for this.
ErrorClass classifyError(Stage stage, int code, QStringView text,
                         ServerFlavour flavour = ServerFlavour::Unknown);

/// What is read-only on a server as a whole.
struct ReadOnlyParts
{
    bool tables = false;       ///< innodb_read_only, innodb_force_recovery
    bool transactions = false; ///< transaction_read_only, as its sessions begin with it

    friend bool operator==(const ReadOnlyParts &, const ReadOnlyParts &) = default;
};

/// True for 1036, 1005 and 1792 where the server as a whole refuses writes: ErrorClass::ReadOnly then.
/// Elsewhere they concern one table, or a transaction that the application itself wanted read-only.
bool isRefusedByReadOnlyServer(int code, QStringView text, ReadOnlyParts parts);

/// True for an error number that a server has sent, false for those of the client library.
constexpr bool isServersOwn(int code)
{
    return code != 0 && (code < 2000 || code >= 3000);
}

/// True when the session that got this error at a statement can serve no further statement.
bool endsSession(ErrorClass errorClass);

/// True when the server provably did not execute the statement.
bool provesNotExecuted(ErrorClass errorClass);

} // namespace qproxysql
