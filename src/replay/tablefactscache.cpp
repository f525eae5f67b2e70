// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "replay/tablefactscache.h"

namespace qproxysql {

using namespace std::chrono_literals;

namespace {

constexpr auto Remembered = 1min;
constexpr qsizetype Most = 10'000; // tables, times accounts and peers

} // namespace

TableFactsCache &TableFactsCache::instance()
{
    static auto *const cache = new TableFactsCache;
    return *cache;
}

Expected<TableFacts, QSqlError> TableFactsCache::of(PeerSession &session, const QString &schema,
                                                    const std::vector<TableName> &tables,
                                                    std::chrono::steady_clock::time_point now)
{
    const InnerLogin &login = session.key().login;
    const QString current = schema.isNull() ? login.database : schema;
    const QString initSql = schema.isNull() ? session.key().initSql : QString();
    const QString server = session.facts().identities.value(0);
    const auto keyOf = [&](const TableName &table) {
        const bool isCurrent = table.schema.isEmpty();
        return Key{session.peerName(),
                   login.user,
                   login.options,
                   isCurrent ? initSql : QString(),
                   isCurrent ? current : table.schema,
                   table.name};
    };
    TableFacts facts;
    std::vector<TableName> unknown;
    quint64 generation = 0;
    {
        const std::scoped_lock lock(m_mutex);
        generation = m_generation;
        for (const TableName &table : tables) {
            const auto found = m_entries.constFind(keyOf(table));
            if (found != m_entries.cend() && found->server == server
                && now - found->asked < Remembered)
                facts.add(table, found->fact);
            else
                unknown.push_back(table);
        }
    }
    if (unknown.empty())
        return facts;
    const auto asked = TableFacts::ask(*session.driver(), unknown);
    if (!asked)
        return asked;
    const std::scoped_lock lock(m_mutex);
    if (m_entries.size() >= Most)
        m_entries.clear();
    for (const TableName &table : unknown) {
        const TableFact &fact = *asked->of(table);
        facts.add(table, fact);
        if (generation == m_generation) // else it may be from before the DDL
            m_entries.insert(keyOf(table), {fact, server, now});
    }
    return facts;
}

void TableFactsCache::forget()
{
    const std::scoped_lock lock(m_mutex);
    ++m_generation;
    m_entries.clear();
}

} // namespace qproxysql
