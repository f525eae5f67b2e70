// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QFlags>
#include <QtCore/QStringList>

#include <span>
#include <string_view>

namespace qproxysql {

/// Kinds of session state that a statement may leave behind or rely on (docs/pins.md).
enum class SessionPin : quint32 {
    UserVariables = 1u << 0,
    TemporaryTables = 1u << 1,
    NamedLocks = 1u << 2,
    TableLocks = 1u << 3,
    BackupLocks = 1u << 4,
    Handlers = 1u << 5,
    SqlPrepared = 1u << 6,
    Roles = 1u << 7,
    SessionVariables = 1u << 8,
    OneShotVariables = 1u << 9, ///< insert_id, timestamp, pseudo_..., never re-applied
    Charset = 1u << 10,
    Schema = 1u << 11,
    Autocommit = 1u << 12, ///< off by a value that is no literal, or status flags are unavailable
    Isolation = 1u << 13,
    TransactionCharacteristics = 1u << 14, ///< of the next transaction only
    XaTransaction = 1u << 15,
    StoredProcedure = 1u << 16,
    StoredFunction = 1u << 17,
    Unknown = 1u << 18,
    NativeHandle = 1u << 19 ///< not from a statement: the application holds the session's handle
};
Q_DECLARE_FLAGS(SessionPins, SessionPin)
Q_DECLARE_OPERATORS_FOR_FLAGS(SessionPins)

/// True for a variable that serves one statement or differs by server, so that it is never copied
/// to another session. \a name is in upper case.
bool isOneShotVariable(std::string_view name);

struct SessionPinInfo
{
    SessionPin pin;
    QLatin1String name;
    bool isIgnorable; ///< IGNORE_STATE may name it
};

/// One row per pin, in the order of the enumeration.
std::span<const SessionPinInfo> sessionPins();

/// The names of \a pins, in the order of the enumeration.
QStringList pinNames(SessionPins pins);

} // namespace qproxysql
