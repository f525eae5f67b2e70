// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "commits/commitreach.h"

#include "inner/workers.h"

#include <QtCore/QVariant>
#include <QtSql/QSqlDriver>
#include <QtSql/QSqlQuery>
#include <QtSql/QSqlRecord>
#include <QtSql/QSqlResult>

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

bool lists(const QString &databases, const QString &schema)
{
    for (const QString &one : databases.split(u',', Qt::SkipEmptyParts)) {
        if (one.trimmed().compare(schema, Qt::CaseInsensitive) == 0)
            return true;
    }
    return false;
}

std::optional<QString> lastWritten(const QSqlDriver &driver)
{
    QSqlQuery query(driver.createResult());
    const bool isOk = query.exec(u"SELECT WSREP_LAST_WRITTEN_GTID()"_s) && query.next();
    Workers::checkpoint();
    return isOk ? std::optional(query.value(0).toString()) : std::nullopt;
}

} // namespace

QString CommitReach::filterOf(const QString &doDb, const QString &ignoreDb, const QString &schema)
{
    if (lists(ignoreDb, schema))
        return "binlog_ignore_db="_L1 + ignoreDb;
    if (!doDb.isEmpty() && !lists(doDb, schema))
        return "binlog_do_db="_L1 + doDb;
    return {};
}

QString CommitReach::filter(const QSqlDriver &driver, const CommitTable &table,
                            ServerFlavour flavour)
{
    QSqlQuery query(driver.createResult());
    const bool isAnswered = (flavour == ServerFlavour::MySql
                             && query.exec(u"SHOW BINARY LOG STATUS"_s))
                            || query.exec(u"SHOW MASTER STATUS"_s);
    Workers::checkpoint();
    if (!isAnswered || !query.next())
        return {};
    return filterOf(query.value(u"Binlog_Do_DB"_s).toString(),
                    query.value(u"Binlog_Ignore_DB"_s).toString(), table.schema());
}

// The GTID is that of the session's last write that was replicated.
std::optional<bool> CommitReach::prove(const QSqlDriver &driver, const CommitTable &table,
                                       ServerFlavour flavour)
{
    const auto before = lastWritten(driver);
    if (!before)
        return {};
    QSqlQuery query(driver.createResult());
    const bool isOk = query.exec(QString::fromUtf8(table.voiding(CommitToken::fresh(), flavour)));
    Workers::checkpoint();
    const auto after = isOk ? lastWritten(driver) : std::nullopt;
    return after ? std::optional(*after != *before) : std::nullopt;
}

} // namespace qproxysql
