// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "sql/statementparser.h"

#include <algorithm>
#include <iterator>

namespace qproxysql {

struct VerbTable
{
    struct Entry
    {
        std::string_view verb;
        StatementParser::Handler handler;
    };
    using P = StatementParser;
    static constexpr Entry Entries[] = {
            {"ALTER", &P::definition},
            {"ANALYZE", &P::analyze},
            {"BACKUP", &P::backup},
            {"BEGIN", &P::begin},
            {"CACHE", &P::definition},
            {"CALL", &P::call},
            {"CHANGE", &P::definition},
            {"CHECK", &P::definition},
            {"CHECKSUM", &P::administration},
            {"COMMIT", &P::commit},
            {"CREATE", &P::create},
            {"DEALLOCATE", &P::deallocate},
            {"DELETE", &P::modify},
            {"DESC", &P::explain},
            {"DESCRIBE", &P::explain},
            {"DO", &P::expressions},
            {"DROP", &P::drop},
            {"EXECUTE", &P::execute},
            {"EXPLAIN", &P::explain},
            {"FLUSH", &P::flush},
            {"GET", &P::getDiagnostics},
            {"GRANT", &P::definition},
            {"HANDLER", &P::handlerVerb},
            {"HELP", &P::administration},
            {"IMPORT", &P::definition},
            {"INSERT", &P::insert},
            {"INSTALL", &P::definition},
            {"KILL", &P::administration},
            {"LOAD", &P::modify},
            {"LOCK", &P::lock},
            {"OPTIMIZE", &P::definition},
            {"PREPARE", &P::prepare},
            {"PURGE", &P::administration},
            {"RELEASE", &P::savepoint},
            {"RENAME", &P::definition},
            {"REPAIR", &P::definition},
            {"REPLACE", &P::insert},
            {"RESET", &P::definition},
            {"RESIGNAL", &P::expressions},
            {"REVOKE", &P::definition},
            {"ROLLBACK", &P::rollback},
            {"SAVEPOINT", &P::savepoint},
            {"SELECT", &P::query},
            {"SET", &P::set},
            {"SHOW", &P::show},
            {"SHUTDOWN", &P::administration},
            {"SIGNAL", &P::expressions},
            {"START", &P::start},
            {"STOP", &P::definition},
            {"TABLE", &P::query},
            {"TRUNCATE", &P::definition},
            {"UNINSTALL", &P::definition},
            {"UNLOCK", &P::unlock},
            {"UPDATE", &P::modify},
            {"USE", &P::use},
            {"VALUES", &P::query},
            {"WITH", &P::withQuery},
            {"XA", &P::xa},
    };
};

StatementParser::Handler StatementParser::handlerOf(std::string_view verb)
{
    static constexpr auto &Entries = VerbTable::Entries;
    static_assert(std::ranges::is_sorted(Entries, {}, &VerbTable::Entry::verb));
    const auto *entry = std::ranges::lower_bound(Entries, verb, {}, &VerbTable::Entry::verb);
    const bool isKnown = entry != std::end(Entries) && entry->verb == verb;
    return isKnown ? entry->handler : &StatementParser::unknown;
}

StatementParser::StatementParser(QStringView sql, LexerMode mode)
    : m_watch(sql, mode)
{
}

StatementTraits StatementParser::parse()
{
    int statements = 0;
    int separators = 0;
    bool isPlainRead = false;
    bool separatorsOnlyTrail = true;
    bool hasConditionalSeparator = false;
    while (!m_watch.atTextEnd()) {
        if (m_watch.atStatementEnd()) {
            ++separators;
            hasConditionalSeparator |= m_watch.token().isConditional;
            m_watch.advance();
            m_watch.startStatement();
            continue;
        }
        separatorsOnlyTrail &= separators == 0;
        ++statements;
        parseStatement();
        isPlainRead = m_isRead && m_watch.isRepeatable();
    }

    m_traits.isSingle = statements <= 1 && separators <= 1 && separatorsOnlyTrail
                        && !m_watch.isDoubtful() && !m_endsInBody;
    m_traits.dependsOnPreviousStatement = m_watch.dependsOnPreviousStatement();
    m_traits.isPlainRead = isPlainRead && m_traits.isSingle && !hasConditionalSeparator
                           && !m_traits.dependsOnPreviousStatement && !m_watch.pins();
    if (m_watch.isDoubtful() || m_endsInBody) {
        m_watch.pin(SessionPin::Unknown);
        m_traits.mayCommit = true;
    }
    m_traits.pins = m_watch.pins();
    if (m_traits.isSingle)
        m_traits.releases = m_releases;
    m_traits.leavesNothing = !m_traits.pins && !m_traits.releases && m_traits.settings.isEmpty()
                             && !m_traits.isForOneStatement;
    return m_traits;
}

void StatementParser::parseStatement()
{
    m_isRead = false;
    m_mayMixCode = false;
    while (m_watch.token().is(u'('))
        m_watch.advance();
    const bool verbIsConditional = m_watch.token().isConditional;
    const bool isNested = m_watch.depth() > 0;
    if (isNested && !m_watch.isOneOf({"SELECT", "WITH", "VALUES", "TABLE"}))
        unknown();
    else
        dispatch();
    m_watch.skipStatement();
    m_isRead &= !verbIsConditional && !m_watch.mixesConditionalCode();
    // The server may skip the words that decide what the statement does.
    if (m_watch.mixesConditionalCode() && (verbIsConditional || !m_mayMixCode))
        unknown();
}

void StatementParser::dispatch()
{
    (this->*handlerOf(m_watch.word()))();
}

void StatementParser::commits(TransactionVerb verb)
{
    m_traits.transaction = verb;
    m_traits.mayCommit = true;
}

bool StatementParser::accept(std::string_view keyword)
{
    if (!m_watch.isWord(keyword))
        return false;
    m_watch.advance();
    return true;
}

void StatementParser::passTableName()
{
    if (!m_watch.token().isIdentifier())
        return;
    m_watch.advance();
    while (m_watch.token().is(u'.')) {
        m_watch.advance();
        if (m_watch.token().isIdentifier())
            m_watch.advance();
    }
    m_watch.passedTableName();
}

// The release is certain only if the call is the whole query, so that it is always evaluated.
void StatementParser::noteReleaseOfAllLocks()
{
    if (!m_watch.isWord("RELEASE_ALL_LOCKS"))
        return;
    m_watch.advance();
    if (!m_watch.token().is(u'(') || !m_watch.followsOperator(u')'))
        return;
    m_watch.advance();
    m_watch.advance();
    if (m_watch.atStatementEnd())
        m_releases |= SessionPin::NamedLocks;
}

void StatementParser::query()
{
    m_isRead = true;
    m_mayMixCode = true;
    m_watch.expectColumnLists();
    if (accept("SELECT"))
        noteReleaseOfAllLocks();
}

void StatementParser::withQuery()
{
    m_watch.expectColumnLists();
    const int outside = m_watch.depth();
    while (!m_watch.atStatementEnd()) {
        if (m_watch.depth() == outside
            && m_watch.isOneOf(
                    {"SELECT", "VALUES", "TABLE", "UPDATE", "DELETE", "INSERT", "REPLACE"})) {
            dispatch();
            return;
        }
        m_watch.advance();
    }
}

void StatementParser::show()
{
    m_isRead = true;
    m_watch.advance();
    if (m_watch.isOneOf({"WARNINGS", "ERRORS", "COUNT", "PROFILE", "PROFILES"}))
        m_watch.noteDependence();
    // Names of procedures, accounts and the like follow, not expressions.
    if (m_watch.isOneOf({"GRANTS", "CREATE", "COUNT"}))
        m_watch.setWatching(false);
    else if (m_watch.isWord("PROCEDURE")) {
        m_watch.setWatching(false);
        m_watch.advance();
        m_watch.setWatching(true);
    }
}

void StatementParser::explain()
{
    m_watch.advance();
    m_watch.setWatching(true);
    accept("EXTENDED");
    accept("PARTITIONS");
    const bool executes = accept("ANALYZE");
    if (accept("FORMAT")) {
        if (m_watch.token().is(u'='))
            m_watch.advance();
        m_watch.advance();
    }
    while (m_watch.token().is(u'('))
        m_watch.advance();
    if (m_watch.isOneOf(
                {"SELECT", "WITH", "VALUES", "TABLE", "INSERT", "REPLACE", "UPDATE", "DELETE"})) {
        dispatch();
    } else if (!executes && m_watch.token().isIdentifier()) {
        m_isRead = true; // DESCRIBE table, EXPLAIN FOR CONNECTION
    }
}

void StatementParser::analyze()
{
    if (m_watch.followsWord("TABLE") || m_watch.followsWord("TABLES")
        || m_watch.followsWord("LOCAL") || m_watch.followsWord("NO_WRITE_TO_BINLOG"))
        definition();
    else
        explain();
}

void StatementParser::insert()
{
    m_mayMixCode = true;
    m_watch.advance();
    while (accept("LOW_PRIORITY") || accept("DELAYED") || accept("HIGH_PRIORITY")
           || accept("IGNORE") || accept("INTO")) {
    }
    passTableName();
    m_watch.expectColumnLists();
}

void StatementParser::modify()
{
    m_mayMixCode = true;
    m_watch.expectColumnLists();
}

void StatementParser::expressions()
{
    if (accept("DO"))
        noteReleaseOfAllLocks();
}

void StatementParser::call()
{
    m_watch.pin(SessionPin::StoredProcedure);
    m_traits.mayCommit = true;
    m_watch.advance();
    passTableName(); // a '(' after it opens a column list
}

void StatementParser::getDiagnostics()
{
    m_watch.noteDependence();
}

void StatementParser::use()
{
    m_traits.mayChangeSession = true;
    m_watch.advance();
    const SqlToken name = m_watch.token();
    QString schema;
    if (name.isIdentifier() && !name.isConditional && m_watch.followsEndOfValue()) {
        schema = withoutQuotes(name.text).toString();
        if (name.kind == TokenKind::QuotedIdentifier) {
            const QChar quote = name.text.front();
            schema.replace(QString(2, quote), QString(quote));
        }
    }
    m_traits.settings += {0, schema};
}

void StatementParser::unknown()
{
    m_watch.pin(SessionPin::Unknown);
    m_traits.mayCommit = true;
    m_watch.skipStatement();
}

StatementTraits classifyStatement(QStringView sql, LexerMode mode)
{
    return StatementParser(sql, mode).parse();
}

} // namespace qproxysql
