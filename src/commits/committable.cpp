// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "commits/committable.h"

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

constexpr auto MakeTable =
        "CREATE TABLE IF NOT EXISTS %1 (\n"
        "    token     BINARY(16)            NOT NULL PRIMARY KEY, -- UUIDv7, so ordered by time\n"
        "    kind      ENUM('commit','void') NOT NULL, -- void: will never be committed\n"
        "    insert_id BIGINT UNSIGNED       NOT NULL DEFAULT 0,\n"
        "    affected  BIGINT                NOT NULL DEFAULT 0,\n"
        "    at        TIMESTAMP             NOT NULL DEFAULT CURRENT_TIMESTAMP\n"
        ") ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin"_L1;

// The greatest token: cleaning does not reach it.
constexpr auto AddSentinel =
        "INSERT IGNORE INTO %1 (token, kind) VALUES (REPEAT(X'FF', 16), 'void')"_L1;

} // namespace

QStringList CommitTable::statements() const
{
    return {QString(MakeTable).arg(m_name), QString(AddSentinel).arg(m_name)};
}

// With both checks off an INSERT into an empty table locks it as a whole.
QByteArray CommitTable::insert(ServerFlavour flavour) const
{
    const QByteArray name = m_name.toUtf8();
    return flavour == ServerFlavour::MariaDb
                   ? "SET STATEMENT unique_checks = 1, foreign_key_checks = 1 FOR INSERT INTO "
                             + name
                   : "INSERT /*+ SET_VAR(unique_checks = ON) SET_VAR(foreign_key_checks = ON) */ "
                     "INTO " + name;
}

// MySQL has no such variable: there the status flags of the last answer have to do.
QByteArray CommitTable::insertion(const CommitToken &token, ServerFlavour flavour) const
{
    return flavour == ServerFlavour::MariaDb
                   ? insert(flavour) + " (token, kind) SELECT " + token.literal()
                             + ", 'commit' FROM DUAL WHERE @@in_transaction"
                   : insert(flavour) + " (token, kind) VALUES (" + token.literal() + ", 'commit')";
}

QByteArray CommitTable::insertionWithResult(const CommitToken &token, ServerFlavour flavour) const
{
    const QByteArray values = token.literal() + ", 'commit', LAST_INSERT_ID(), ROW_COUNT()";
    const QByteArray begin = insert(flavour) + " (token, kind, insert_id, affected) ";
    return flavour == ServerFlavour::MariaDb
                   ? begin + "SELECT " + values + " FROM DUAL WHERE @@in_transaction"
                   : begin + "VALUES (" + values + ')';
}

QByteArray CommitTable::voiding(const CommitToken &token, ServerFlavour flavour) const
{
    return insert(flavour) + " (token, kind) VALUES (" + token.literal() + ", 'void')";
}

// Locks, so that a session that reads uncommitted rows does not take an open transaction for a committed one.
QByteArray CommitTable::look(const CommitToken &token) const
{
    return "SELECT kind, insert_id, affected FROM " + m_name.toUtf8()
           + " WHERE token = " + token.literal() + " LOCK IN SHARE MODE";
}

} // namespace qproxysql
