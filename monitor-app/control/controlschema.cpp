// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "control/controlschema.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

constexpr auto DrainTable =
        "CREATE TABLE IF NOT EXISTS `%1`.qproxysql_drain (\n"
        "    peer         VARCHAR(255)    NOT NULL, -- host:port, or what the server calls itself\n"
        "    pool         VARCHAR(64)     NOT NULL DEFAULT '', -- empty: in every pool\n"
        "    state        VARCHAR(16)     NOT NULL, -- draining, inService\n"
        "    generation   BIGINT UNSIGNED NOT NULL, -- the highest that means a peer holds\n"
        "    reason       VARCHAR(1000)   NOT NULL DEFAULT '',\n"
        "    requested_by VARCHAR(1000)   NOT NULL DEFAULT '',\n"
        "    requested_at DATETIME(3)     NOT NULL, -- UTC\n"
        "    PRIMARY KEY (peer, pool)\n"
        ") ENGINE=InnoDB DEFAULT CHARSET=utf8mb4"_L1;

constexpr auto LogTable =
        "CREATE TABLE IF NOT EXISTS `%1`.qproxysql_drain_log (\n"
        "    id           BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,\n"
        "    peer         VARCHAR(255)    NOT NULL,\n"
        "    pool         VARCHAR(64)     NOT NULL DEFAULT '',\n"
        "    state        VARCHAR(16)     NOT NULL,\n"
        "    generation   BIGINT UNSIGNED NOT NULL,\n"
        "    reason       VARCHAR(1000)   NOT NULL DEFAULT '',\n"
        "    requested_by VARCHAR(1000)   NOT NULL DEFAULT '',\n"
        "    account      VARCHAR(384)    NOT NULL, -- CURRENT_USER() of the writer\n"
        "    requested_at DATETIME(3)     NOT NULL\n"
        ") ENGINE=InnoDB DEFAULT CHARSET=utf8mb4"_L1;

constexpr auto Grants =
        "-- Applications read. Put each account in the place of 'APPLICATION'@'%'.\n"
        "GRANT SELECT ON `%1`.qproxysql_drain TO 'APPLICATION'@'%';\n"
        "\n"
        "-- Operators drain, resume and add to the log; nobody changes the log. PROCESS is for "
        "the\n"
        "-- server's own list of sessions; without it that is \"not checked\".\n"
        "GRANT SELECT, INSERT, UPDATE ON `%1`.qproxysql_drain TO 'OPERATOR'@'%';\n"
        "GRANT SELECT, INSERT ON `%1`.qproxysql_drain_log TO 'OPERATOR'@'%';\n"
        "GRANT PROCESS ON *.* TO 'OPERATOR'@'%';\n"_L1;

} // namespace

ControlSchema::ControlSchema(const QString &schema)
    : m_schema(schema)
{
}

bool ControlSchema::isAllowedName(const QString &schema)
{
    return !schema.isEmpty() && schema.size() <= 64 && std::ranges::all_of(schema, [](QChar c) {
        return c.unicode() < 128 && (c.isLetterOrNumber() || c == u'_');
    });
}

QStringList ControlSchema::statements() const
{
    return {u"CREATE DATABASE IF NOT EXISTS `%1` DEFAULT CHARACTER SET utf8mb4"_s.arg(m_schema),
            QString(DrainTable).arg(m_schema), QString(LogTable).arg(m_schema)};
}

QString ControlSchema::script() const
{
    return statements().join(";\n\n"_L1) + ";\n\n"_L1 + QString(Grants).replace("%1"_L1, m_schema);
}

} // namespace qproxysql
