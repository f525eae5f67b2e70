// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "drain/controlschema.h"

#include "commits/committable.h"

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

// Names are compared case-sensitively, as in the file.
constexpr auto MakeDrainTable =
        "CREATE TABLE IF NOT EXISTS %1 (\n"
        "    peer         VARCHAR(300)    NOT NULL, -- host:port, or what the server calls itself\n"
        "    pool         VARCHAR(300)    NOT NULL DEFAULT '', -- empty: in every pool\n"
        "    state        VARCHAR(16)     NOT NULL, -- draining, inService\n"
        "    generation   BIGINT UNSIGNED NOT NULL, -- the highest that means a peer holds\n"
        "    reason       VARCHAR(1000)   NOT NULL DEFAULT '',\n"
        "    requested_by VARCHAR(1000)   NOT NULL DEFAULT '',\n"
        "    requested_at DATETIME(3)     NOT NULL DEFAULT CURRENT_TIMESTAMP(3), -- UTC\n"
        "    identities   TEXT, -- other names of the server: a list in JSON\n"
        "    more         TEXT, -- what a later version has besides: an object in JSON\n"
        "    format       INT UNSIGNED    NOT NULL DEFAULT 1,\n"
        "    PRIMARY KEY (peer, pool),\n"
        "    KEY generation (generation)\n"
        ") ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin"_L1;

// Without AUTO_INCREMENT: a writer inserts the number after the last one that it has read, so one of two
// simultaneous writers, on one server or on two Galera nodes, gets a duplicate key error.
constexpr auto MakeLogTable =
        "CREATE TABLE IF NOT EXISTS %1 (\n"
        "    id           BIGINT UNSIGNED NOT NULL PRIMARY KEY,\n"
        "    peer         VARCHAR(300)    NOT NULL,\n"
        "    pool         VARCHAR(300)    NOT NULL DEFAULT '',\n"
        "    state        VARCHAR(16)     NOT NULL,\n"
        "    generation   BIGINT UNSIGNED NOT NULL,\n"
        "    reason       VARCHAR(1000)   NOT NULL DEFAULT '',\n"
        "    requested_by VARCHAR(1000)   NOT NULL DEFAULT '',\n"
        "    account      VARCHAR(384)    NOT NULL, -- CURRENT_USER() of the writer\n"
        "    requested_at DATETIME(3)     NOT NULL\n"
        ") ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin"_L1;

constexpr auto Grants =
        "-- Applications read. Put each account in the place of 'APPLICATION'@'%'.\n"
        "GRANT SELECT ON %1 TO 'APPLICATION'@'%';\n"
        "-- With EXACTLY_ONCE they write tokens and remove old ones.\n"
        "GRANT SELECT, INSERT, DELETE ON %3 TO 'APPLICATION'@'%';\n"
        "\n"
        "-- Operators drain, resume and add to the log; nobody changes the log. PROCESS is for "
        "the\n"
        "-- server's own list of sessions; without it that is \"not checked\".\n"
        "GRANT SELECT, INSERT, UPDATE ON %1 TO 'OPERATOR'@'%';\n"
        "GRANT SELECT, INSERT ON %2 TO 'OPERATOR'@'%';\n"
        "GRANT PROCESS ON *.* TO 'OPERATOR'@'%';\n"_L1;

} // namespace

ControlSchema::ControlSchema(const QString &schema)
    : m_schema(schema)
{
}

QString ControlSchema::drainTable() const
{
    return u"`%1`.qproxysql_drain"_s.arg(m_schema);
}

QString ControlSchema::logTable() const
{
    return u"`%1`.qproxysql_drain_log"_s.arg(m_schema);
}

QStringList ControlSchema::statements() const
{
    QStringList all{u"CREATE DATABASE IF NOT EXISTS `%1` DEFAULT CHARACTER SET utf8mb4"_s.arg(
                            m_schema),
                    QString(MakeDrainTable).arg(drainTable()),
                    QString(MakeLogTable).arg(logTable())};
    return all + CommitTable(m_schema).statements();
}

QString ControlSchema::script() const
{
    return statements().join(";\n\n"_L1) + ";\n\n"_L1
           + QString(Grants)
                     .replace("%1"_L1, drainTable())
                     .replace("%2"_L1, logTable())
                     .replace("%3"_L1, CommitTable(m_schema).name());
}

} // namespace qproxysql
