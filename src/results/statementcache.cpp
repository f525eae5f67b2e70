// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "results/statementcache.h"

#include "sql/sqllexer.h"

#include <algorithm>

namespace qproxysql {

namespace {

bool isOneOf(const SqlToken &token, std::initializer_list<const char *> words)
{
    return token.kind == TokenKind::Word && std::ranges::any_of(words, [&token](const char *word) {
               return token.text.compare(QLatin1String(word), Qt::CaseInsensitive) == 0;
           });
}

bool isKeptVerb(const SqlToken &token)
{
    return token.is(u'(')
           || isOneOf(token, {"SELECT", "WITH", "INSERT", "UPDATE", "DELETE", "REPLACE"});
}

/// \a before a '*' makes it mean all columns. Elsewhere it multiplies, or stands in COUNT(*).
bool isBeforeAllColumns(const SqlToken &before)
{
    return before.is(u',') || before.is(u'.')
           || isOneOf(before,
                      {"SELECT", "ALL", "DISTINCT", "DISTINCTROW", "HIGH_PRIORITY", "STRAIGHT_JOIN",
                       "SQL_SMALL_RESULT", "SQL_BIG_RESULT", "SQL_BUFFER_RESULT", "SQL_NO_CACHE",
                       "SQL_CACHE", "SQL_CALC_FOUND_ROWS", "RETURNING"});
}

} // namespace

// Read in the default sql_mode: the mode of the session is not known here.
bool mayBeKept(QStringView sql)
{
    SqlLexer lexer(sql, {});
    SqlToken before = lexer.next();
    if (!isKeptVerb(before))
        return false;
    for (SqlToken token = lexer.next(); token.kind != TokenKind::End; token = lexer.next()) {
        if (token.isConditional || (token.is(u'*') && isBeforeAllColumns(before)))
            return false;
        before = token;
    }
    return !lexer.isDoubtful();
}

void StatementCache::setSize(int size)
{
    m_size = m_isOff ? 0 : size_t(size);
    if (m_statements.size() > m_size)
        retireFirst(m_statements.size() - m_size);
}

std::unique_ptr<PreparedStatement> StatementCache::take(const QString &sql)
{
    for (auto it = m_statements.rbegin(); it != m_statements.rend(); ++it) {
        if ((*it)->sql() == sql) {
            std::unique_ptr<PreparedStatement> statement = std::move(*it);
            m_statements.erase(std::next(it).base());
            return statement;
        }
    }
    return nullptr;
}

void StatementCache::giveBack(std::unique_ptr<PreparedStatement> statement, Age age)
{
    const QString &sql = statement->sql();
    const bool isKept = m_size > 0 && age == m_age && statement->mayBeKept()
                        && (statement->wasKept() || (hasSeen(sql) && mayBeKept(sql)))
                        && std::ranges::none_of(m_statements, [&sql](const auto &other) {
                               return other->sql() == sql;
                           });
    if (!isKept)
        return;
    statement->forgetExecution();
    statement->setKept();
    if (m_statements.size() == m_size)
        retireFirst(1);
    m_statements.push_back(std::move(statement));
}

void StatementCache::settingsChanged()
{
    ++m_age.settings;
    retireAll();
}

void StatementCache::tablesChanged()
{
    ++m_age.tables;
    retireAll();
}

void StatementCache::retireFirst(size_t count)
{
    const auto end = m_statements.begin() + qsizetype(count);
    std::move(m_statements.begin(), end, std::back_inserter(m_outdated));
    m_statements.erase(m_statements.begin(), end);
}

bool StatementCache::hasSeen(const QString &sql)
{
    const size_t hash = qHash(sql, size_t(1)) | 1; // never 0, the value of an empty place
    if (std::ranges::find(m_seen, hash) != m_seen.end())
        return true;
    m_seen[m_nextSeen++ % m_seen.size()] = hash;
    return false;
}

} // namespace qproxysql
