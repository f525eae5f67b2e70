// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "replay/tablefacts.h"

#include "config/coretexts.h"

#include <QtCore/QStringList>
#include <QtCore/QVariant>
#include <QtSql/QSqlError>
#include <QtSql/QSqlQuery>

#include <algorithm>

namespace qproxysql {

namespace {

// As a hexadecimal literal, which reads the same under every sql_mode and character set.
QString literal(const QString &text)
{
    return QStringLiteral("_utf8mb4 X'%1'").arg(QString::fromLatin1(text.toUtf8().toHex()));
}

// The account without its roles, whose privileges need not be those of the session.
QString account()
{
    return QStringLiteral("CONCAT('''', LEFT(CURRENT_USER(), CHAR_LENGTH(CURRENT_USER()) - 1 "
                          "- CHAR_LENGTH(SUBSTRING_INDEX(CURRENT_USER(), '@', -1))), '''@''', "
                          "SUBSTRING_INDEX(CURRENT_USER(), '@', -1), '''')");
}

// information_schema.TRIGGERS is empty for who lacks the privilege TRIGGER.
QString question(size_t index, const TableName &table)
{
    const QString schema = table.schema.isEmpty() ? QStringLiteral("DATABASE()")
                                                  : literal(table.schema);
    return QStringLiteral(
                   "SELECT %4, t.TABLE_NAME, IF(MAX(t.TABLE_TYPE) = 'SEQUENCE', 'NO', "
                   "COALESCE(MAX(e.TRANSACTIONS), 'NO')), "
                   "(SELECT COUNT(*) FROM information_schema.TRIGGERS r "
                   "WHERE r.EVENT_OBJECT_SCHEMA = %1 AND r.EVENT_OBJECT_TABLE = %2), "
                   "(SELECT COUNT(*) FROM information_schema.USER_PRIVILEGES "
                   "WHERE PRIVILEGE_TYPE = 'TRIGGER' AND GRANTEE = %3) + "
                   "(SELECT COUNT(*) FROM information_schema.SCHEMA_PRIVILEGES "
                   "WHERE PRIVILEGE_TYPE = 'TRIGGER' AND GRANTEE = %3 AND %1 LIKE TABLE_SCHEMA) + "
                   "(SELECT COUNT(*) FROM information_schema.TABLE_PRIVILEGES "
                   "WHERE PRIVILEGE_TYPE = 'TRIGGER' AND GRANTEE = %3 AND TABLE_SCHEMA = %1 "
                   "AND TABLE_NAME = %2), "
                   "(SELECT MAX(COLUMN_NAME) FROM information_schema.COLUMNS c "
                   "WHERE c.TABLE_SCHEMA = %1 AND c.TABLE_NAME = %2 "
                   "AND c.EXTRA LIKE '%auto_increment%'), "
                   "(SELECT COUNT(*) FROM information_schema.COLUMNS c "
                   "WHERE c.TABLE_SCHEMA = %1 AND c.TABLE_NAME = %2 "
                   "AND c.COLUMN_DEFAULT LIKE '%lastval%') "
                   "FROM information_schema.TABLES t LEFT JOIN information_schema.ENGINES e "
                   "ON e.ENGINE = t.ENGINE WHERE t.TABLE_SCHEMA = %1 AND t.TABLE_NAME = %2 "
                   "GROUP BY t.TABLE_NAME")
            .arg(schema, literal(table.name), account(), QString::number(index));
}

enum Column {
    Index,
    Name,
    IsTransactional,
    Triggers,
    TriggerPrivileges,
    Generated,
    SessionDefaults
};

QString obstacleIn(const QSqlQuery &row)
{
    const QString name = row.value(Name).toString();
    if (row.value(IsTransactional).toString() != QLatin1String("YES"))
        return CoreTexts::tr("%1 is a view, or not transactional").arg(name);
    if (row.value(Triggers).toInt() > 0)
        return CoreTexts::tr("%1 has a trigger").arg(name);
    if (row.value(TriggerPrivileges).toInt() == 0)
        return CoreTexts::tr("the account may not see whether %1 has triggers (privilege TRIGGER)")
                .arg(name);
    if (row.value(SessionDefaults).toInt() > 0)
        return CoreTexts::tr("%1 uses what an earlier statement left in its session").arg(name);
    return {};
}

} // namespace

// Two tables may differ in case only.
Expected<TableFacts, QSqlError> TableFacts::ask(QSqlDriver &inner,
                                                const std::vector<TableName> &tables)
{
    TableFacts facts;
    if (tables.empty())
        return facts;
    QStringList questions;
    for (size_t i = 0; i < tables.size(); ++i)
        questions << question(i, tables[i]);
    QSqlQuery query(inner.createResult());
    query.setForwardOnly(true);
    if (!query.exec(questions.join(QStringLiteral(" UNION ALL "))))
        return Unexpected(query.lastError());
    while (query.next())
        facts.add(tables[size_t(query.value(Index).toInt())],
                  {obstacleIn(query), query.value(Generated).toString()});
    for (const TableName &table : tables) {
        if (!facts.of(table))
            facts.add(table,
                      {CoreTexts::tr("%1 is no table that the account can see").arg(table.name)});
    }
    return facts;
}

QString TableFacts::obstacle() const
{
    for (const auto &[table, fact] : m_facts) {
        if (!fact.obstacle.isEmpty())
            return fact.obstacle;
    }
    return {};
}

const TableFact *TableFacts::of(const TableName &table) const
{
    const auto found = std::ranges::find(m_facts, table, &decltype(m_facts)::value_type::first);
    return found == m_facts.end() ? nullptr : &found->second;
}

QString TableFacts::generatedColumn(const TableName &table) const
{
    const TableFact *const fact = of(table);
    return fact ? fact->generatedColumn : QString();
}

} // namespace qproxysql
