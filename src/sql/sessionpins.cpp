// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "sql/sessionpins.h"

namespace qproxysql {

namespace {

using enum SessionPin;

// IGNORE_STATE must not hide locks, transactions or a handle that the application holds.
constexpr SessionPinInfo Pins[] = {
        {UserVariables, QLatin1String("user_variables"), true},
        {TemporaryTables, QLatin1String("temporary_tables"), true},
        {NamedLocks, QLatin1String("named_locks"), false},
        {TableLocks, QLatin1String("table_locks"), false},
        {BackupLocks, QLatin1String("backup_locks"), false},
        {Handlers, QLatin1String("handlers"), true},
        {SqlPrepared, QLatin1String("sql_prepared"), true},
        {Roles, QLatin1String("roles"), true},
        {SessionVariables, QLatin1String("session_variables"), true},
        {OneShotVariables, QLatin1String("one_shot_variables"), true},
        {Charset, QLatin1String("charset"), true},
        {Schema, QLatin1String("schema"), true},
        {Autocommit, QLatin1String("autocommit"), false},
        {Isolation, QLatin1String("isolation"), true},
        {TransactionCharacteristics, QLatin1String("transaction_characteristics"), false},
        {XaTransaction, QLatin1String("xa_transaction"), false},
        {StoredProcedure, QLatin1String("stored_procedure"), true},
        {StoredFunction, QLatin1String("stored_function"), true},
        {Unknown, QLatin1String("unknown"), true},
        {NativeHandle, QLatin1String("native_handle"), false},
};

} // namespace

std::span<const SessionPinInfo> sessionPins()
{
    return Pins;
}

bool isOneShotVariable(std::string_view name)
{
    return name == "INSERT_ID" || name == "LAST_INSERT_ID" || name == "IDENTITY"
           || name == "TIMESTAMP" || name == "SERVER_ID" || name.substr(0, 9) == "RAND_SEED"
           || name.substr(0, 7) == "PSEUDO_" || name.substr(0, 5) == "GTID_";
}

QStringList pinNames(SessionPins pins)
{
    QStringList names;
    for (const SessionPinInfo &info : Pins) {
        if (pins.testFlag(info.pin))
            names += info.name;
    }
    return names;
}

} // namespace qproxysql
