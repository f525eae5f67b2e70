// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "sql/sessionpins.h"

namespace qproxysql {

namespace {

QString nameOf(SessionPin pin)
{
    switch (pin) {
    case SessionPin::UserVariables:
        return QStringLiteral("user_variables");
    case SessionPin::TemporaryTables:
        return QStringLiteral("temporary_tables");
    case SessionPin::NamedLocks:
        return QStringLiteral("named_locks");
    case SessionPin::TableLocks:
        return QStringLiteral("table_locks");
    case SessionPin::BackupLocks:
        return QStringLiteral("backup_locks");
    case SessionPin::Handlers:
        return QStringLiteral("handlers");
    case SessionPin::SqlPrepared:
        return QStringLiteral("sql_prepared");
    case SessionPin::Roles:
        return QStringLiteral("roles");
    case SessionPin::SessionVariables:
        return QStringLiteral("session_variables");
    case SessionPin::OneShotVariables:
        return QStringLiteral("one_shot_variables");
    case SessionPin::Charset:
        return QStringLiteral("charset");
    case SessionPin::Schema:
        return QStringLiteral("schema");
    case SessionPin::Autocommit:
        return QStringLiteral("autocommit");
    case SessionPin::Isolation:
        return QStringLiteral("isolation");
    case SessionPin::TransactionCharacteristics:
        return QStringLiteral("transaction_characteristics");
    case SessionPin::XaTransaction:
        return QStringLiteral("xa_transaction");
    case SessionPin::StoredProcedure:
        return QStringLiteral("stored_procedure");
    case SessionPin::StoredFunction:
        return QStringLiteral("stored_function");
    case SessionPin::Unknown:
        break;
    }
    return QStringLiteral("unknown");
}

} // namespace

bool isOneShotVariable(std::string_view name)
{
    return name == "INSERT_ID" || name == "LAST_INSERT_ID" || name == "IDENTITY"
           || name == "TIMESTAMP" || name == "SERVER_ID" || name.substr(0, 9) == "RAND_SEED"
           || name.substr(0, 7) == "PSEUDO_" || name.substr(0, 5) == "GTID_";
}

QStringList pinNames(SessionPins pins)
{
    QStringList names;
    for (quint32 bit = 1; bit <= quint32(SessionPin::Unknown); bit <<= 1) {
        if (pins.testFlag(SessionPin(bit)))
            names += nameOf(SessionPin(bit));
    }
    return names;
}

} // namespace qproxysql
