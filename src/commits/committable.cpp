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

// MySQL and MariaDB differ in the display width of BIGINT.
constexpr auto Shape =
        "SELECT t.ENGINE = 'InnoDB' AND (SELECT COUNT(*) FROM information_schema.COLUMNS c "
        "WHERE c.TABLE_SCHEMA = '%1' AND c.TABLE_NAME = '%2' AND ("
        "(c.COLUMN_NAME = 'token' AND c.COLUMN_TYPE = 'binary(16)' AND c.COLUMN_KEY = 'PRI') OR "
        "(c.COLUMN_NAME = 'kind' AND c.COLUMN_TYPE = 'enum(''commit'',''void'')') OR "
        "(c.COLUMN_NAME = 'insert_id' AND c.DATA_TYPE = 'bigint' AND c.COLUMN_TYPE LIKE "
        "'%unsigned') OR (c.COLUMN_NAME = 'affected' AND c.DATA_TYPE = 'bigint') OR "
        "(c.COLUMN_NAME = 'at' AND c.DATA_TYPE = 'timestamp'))) = 5 AND (SELECT COUNT(*) FROM "
        "information_schema.COLUMNS c WHERE c.TABLE_SCHEMA = '%1' AND c.TABLE_NAME = '%2' "
        "AND c.COLUMN_KEY = 'PRI') = 1 FROM information_schema.TABLES t "
        "WHERE t.TABLE_SCHEMA = '%1' AND t.TABLE_NAME = '%2' LIMIT 1"_L1;

} // namespace

QStringList CommitTable::uses() const
{
    return {"SELECT kind, insert_id, affected, at FROM "_L1 + m_name + " WHERE token = ?"_L1,
            "INSERT INTO "_L1 + m_name
                    + " (token, kind, insert_id, affected) VALUES (?, 'commit', 0, 0)"_L1,
            "DELETE FROM "_L1 + m_name + " WHERE token = ?"_L1};
}

QString CommitTable::shape() const
{
    return QString(Shape).replace("%1"_L1, m_schema).replace("%2"_L1, QLatin1String(BareName));
}

QStringList CommitTable::statements() const
{
    return {QString(MakeTable).arg(m_name), QString(AddSentinel).arg(m_name)};
}

// With both checks off an INSERT into an empty table locks it as a whole. The sentinel keeps it from being empty.
QByteArray CommitTable::insert(ServerFlavour flavour, Way way) const
{
    const QByteArray name = m_name.toUtf8();
    if (way == Way::ThroughProxy)
        return "INSERT INTO " + name;
    return flavour == ServerFlavour::MariaDb
                   ? "SET STATEMENT unique_checks = 1, foreign_key_checks = 1 FOR INSERT INTO "
                             + name
                   : "INSERT /*+ SET_VAR(unique_checks = ON) SET_VAR(foreign_key_checks = ON) */ "
                     "INTO " + name;
}

// MySQL has no such variable: there the status flags of the last answer have to do.
QByteArray CommitTable::insertion(const CommitToken &token, ServerFlavour flavour, Way way) const
{
    return flavour == ServerFlavour::MariaDb
                   ? insert(flavour, way) + " (token, kind) SELECT " + token.literal()
                             + ", 'commit' FROM DUAL WHERE @@in_transaction"
                   : insert(flavour, way) + " (token, kind) VALUES (" + token.literal()
                             + ", 'commit')";
}

QByteArray CommitTable::insertionWithResult(const CommitToken &token, ServerFlavour flavour,
                                            Way way) const
{
    const QByteArray values = token.literal() + ", 'commit', LAST_INSERT_ID(), ROW_COUNT()";
    const QByteArray begin = insert(flavour, way) + " (token, kind, insert_id, affected) ";
    return flavour == ServerFlavour::MariaDb
                   ? begin + "SELECT " + values + " FROM DUAL WHERE @@in_transaction"
                   : begin + "VALUES (" + values + ')';
}

QByteArray CommitTable::voiding(const CommitToken &token, ServerFlavour flavour, Way way) const
{
    return insert(flavour, way) + " (token, kind) VALUES (" + token.literal() + ", 'void')";
}

// Locks, so that a session that reads uncommitted rows does not take an open transaction for a committed one.
QByteArray CommitTable::look(const CommitToken &token) const
{
    return "SELECT kind, insert_id, affected FROM " + m_name.toUtf8() + " WHERE token = "
           + token.literal() + " LIMIT 1 LOCK IN SHARE MODE"; // sql_select_limit may be 0
}

} // namespace qproxysql
