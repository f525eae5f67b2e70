// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "sql/tokenwatch.h"

#include "sql/builtinfunctions.h"

#include <algorithm>
#include <iterator>

namespace qproxysql {

void FoldedWord::set(QStringView word)
{
    m_size = 0;
    if (word.size() > Capacity)
        return;
    for (const QChar character : word) {
        const char16_t c = character.unicode();
        if (c >= 0x80) {
            m_size = 0;
            return;
        }
        m_characters[m_size++] = char(c >= u'a' && c <= u'z' ? c - (u'a' - u'A') : c);
    }
}

static bool isKeyword(const SqlToken &token, std::string_view keyword)
{
    FoldedWord word;
    word.set(token.text);
    return token.kind == TokenKind::Word && word.view() == keyword;
}

TokenWatch::TokenWatch(QStringView sql, LexerMode mode)
    : m_lexer(sql, mode)
    , m_ignoresSpace(mode.ignoreSpace)
{
    m_token = m_lexer.next();
    startStatement();
}

void TokenWatch::startStatement()
{
    m_name = {};
    m_depth = 0;
    m_isRepeatable = true;
    m_isWatching = true;
    m_hasCommonTables = false;
    m_sawConditional = m_token.isConditional;
    m_sawUnconditional = !m_token.isConditional;
    m_word.clear();
    if (m_token.kind == TokenKind::Word)
        m_word.set(m_token.text);
    if (m_token.isIdentifier())
        noteName(Preceding::Nothing);
}

void TokenWatch::advance()
{
    if (m_isWatching)
        examine();
    if (m_token.is(u'('))
        ++m_depth;
    else if (m_token.is(u')'))
        --m_depth;

    const Preceding before = asPreceding();
    const bool wasConditional = m_token.isConditional;
    const bool continuesName = m_token.is(u'.') && m_name.isActive;
    if (m_token.is(u'('))
        m_name.isActive = false;
    m_token = m_lexer.next();
    m_word.clear();
    if (m_token.isIdentifier()) {
        if (continuesName) {
            m_name.isQualified = true;
            m_name.word.set(m_token.text);
            m_name.end = m_token.text.data() + m_token.text.size();
        } else {
            if (m_token.kind == TokenKind::Word)
                m_word.set(m_token.text);
            noteName(wasConditional == m_token.isConditional ? before : Preceding::Other);
        }
    } else if (!m_token.is(u'.') && !m_token.is(u'(')) {
        m_name.isActive = false;
    }
    if (!atStatementEnd()) {
        m_sawConditional |= m_token.isConditional;
        m_sawUnconditional |= !m_token.isConditional;
    }
}

void TokenWatch::skipStatement()
{
    while (!atStatementEnd())
        advance();
}

bool TokenWatch::followsWord(std::string_view keyword) const
{
    SqlLexer ahead = m_lexer;
    return isKeyword(ahead.next(), keyword);
}

bool TokenWatch::followsOperator(char16_t op) const
{
    SqlLexer ahead = m_lexer;
    return ahead.next().is(op);
}

bool TokenWatch::followsEndOfValue() const
{
    SqlLexer ahead = m_lexer;
    const SqlToken next = ahead.next();
    return next.kind == TokenKind::End || next.is(u';') || next.is(u',');
}

void TokenWatch::noteName(Preceding before)
{
    m_name.isActive = true;
    m_name.isQuoted = m_token.kind == TokenKind::QuotedIdentifier;
    m_name.isQualified = false;
    m_name.isConditional = m_token.isConditional;
    m_name.precededBy = before;
    m_name.end = m_token.text.data() + m_token.text.size();
    m_name.word.set(withoutQuotes(m_token.text));
}

TokenWatch::Preceding TokenWatch::asPreceding() const
{
    switch (m_token.kind) {
    case TokenKind::String:
    case TokenKind::Number:
    case TokenKind::UserVariable:
    case TokenKind::SystemVariable:
    case TokenKind::Placeholder:
        return Preceding::OperandEnd;
    case TokenKind::Operator:
        if (m_token.is(u')'))
            return Preceding::OperandEnd;
        return m_token.is(u',') ? Preceding::Comma : Preceding::Other;
    case TokenKind::Word:
        if (isOneOf({"AS", "INTO", "TABLE"}))
            return Preceding::TableKeyword;
        if (isWord("WITH") || isWord("RECURSIVE"))
            return Preceding::With;
        return isWord("MEMBER") ? Preceding::Member : Preceding::Other;
    case TokenKind::QuotedIdentifier:
    case TokenKind::End:
        break;
    }
    return Preceding::Other;
}

void TokenWatch::examine()
{
    switch (m_token.kind) {
    case TokenKind::Word:
    case TokenKind::QuotedIdentifier:
        examineWord();
        break;
    case TokenKind::UserVariable:
        m_isRepeatable = false;
        m_pins |= SessionPin::UserVariables;
        break;
    case TokenKind::SystemVariable:
        examineSystemVariable();
        break;
    case TokenKind::Operator:
        if (m_token.is(u'(') && m_name.isActive)
            examineCall();
        break;
    default:
        break;
    }
}

void TokenWatch::examineWord()
{
    static constexpr std::string_view Suspects[] = {"DELETE",  "FOR",  "INSERT",   "INTO",
                                                    "LOCK",    "NEXT", "PREVIOUS", "PROCEDURE",
                                                    "REPLACE", "SQL",  "UPDATE"};
    static_assert(std::ranges::is_sorted(Suspects));

    if (m_name.isQualified) {
        // In sql_mode=ORACLE sequence.NEXTVAL and sequence.CURRVAL are expressions.
        const std::string_view name = m_name.word.view();
        if (name == "NEXTVAL" || name == "CURRVAL") {
            m_isRepeatable = false;
            m_dependsOnPreviousStatement |= name == "CURRVAL";
        }
        return;
    }
    if (!std::ranges::binary_search(Suspects, word()))
        return;
    if (isWord("FOR")) {
        if (followsWord("UPDATE") || followsWord("SHARE"))
            m_isRepeatable = false;
    } else if (isWord("NEXT") || isWord("PREVIOUS")) {
        SqlLexer ahead = m_lexer;
        if (isKeyword(ahead.next(), "VALUE") && isKeyword(ahead.next(), "FOR")) {
            m_isRepeatable = false;
            m_dependsOnPreviousStatement |= isWord("PREVIOUS");
        }
    } else if (isWord("SQL")) { // SQL%ROWCOUNT of sql_mode=ORACLE
        SqlLexer ahead = m_lexer;
        if (ahead.next().is(u'%') && isKeyword(ahead.next(), "ROWCOUNT")) {
            m_isRepeatable = false;
            m_dependsOnPreviousStatement = true;
        }
    } else if (!((isWord("INSERT") || isWord("REPLACE")) && followsOperator(u'('))) {
        m_isRepeatable = false;
    }
}

void TokenWatch::examineSystemVariable()
{
    static constexpr std::string_view Variables[] = {"ERROR_COUNT",    "IDENTITY",
                                                     "INSERT_ID",      "LAST_GTID",
                                                     "LAST_INSERT_ID", "WARNING_COUNT"};
    static_assert(std::ranges::is_sorted(Variables));

    const QStringView name = m_token.text.mid(2);
    FoldedWord folded;
    folded.set(withoutQuotes(name.mid(name.lastIndexOf(u'.') + 1)));
    const std::string_view word = folded.view();
    // A blank may stand before the dot of a name, and a non-ASCII name may match by collation.
    const bool isOdd = word.empty() || followsOperator(u'.');
    if (isOdd || std::ranges::binary_search(Variables, word)) {
        m_isRepeatable = false;
        m_dependsOnPreviousStatement = true;
    }
}

void TokenWatch::examineCall()
{
    const Name &name = m_name;
    if (name.precededBy == Preceding::OperandEnd || name.precededBy == Preceding::TableKeyword)
        return;
    if (m_hasCommonTables && !name.isQualified
        && (name.precededBy == Preceding::With || name.precededBy == Preceding::Comma)
        && isColumnListOfCommonTable())
        return;
    if (name.precededBy == Preceding::Member && name.word.view() == "OF")
        return;
    if (name.isQualified || name.isConditional != m_token.isConditional) {
        storedFunction();
        return;
    }
    const FunctionEffect effect = functionEffect(name.word.view());
    if (name.isQuoted)
        storedFunction(); // the server takes a quoted keyword for the name of a stored function
    switch (effect) {
    case FunctionEffect::Plain:
    case FunctionEffect::Syntax:
        break;
    case FunctionEffect::PlainIfGlued:
        if (!m_ignoresSpace && name.end != m_token.text.data())
            storedFunction();
        break;
    case FunctionEffect::Quantifier:
        if (!followsOperator(u'(') && !followsWord("SELECT") && !followsWord("WITH")
            && !followsWord("VALUES") && !followsWord("TABLE"))
            storedFunction();
        break;
    case FunctionEffect::NotRepeatable:
        m_isRepeatable = false;
        break;
    case FunctionEffect::LastInsertId:
        m_isRepeatable = false;
        m_dependsOnPreviousStatement |= followsOperator(u')');
        break;
    case FunctionEffect::DependsOnPreviousStatement:
        m_isRepeatable = false;
        m_dependsOnPreviousStatement = true;
        break;
    case FunctionEffect::TakesNamedLock:
        m_isRepeatable = false;
        m_pins |= SessionPin::NamedLocks;
        break;
    case FunctionEffect::Unknown:
        storedFunction();
        break;
    }
}

// The current token is '('. "( a, b ) AS (" cannot be part of a call.
bool TokenWatch::isColumnListOfCommonTable() const
{
    SqlLexer ahead = m_lexer;
    SqlToken token = ahead.next();
    while (token.isIdentifier() || token.is(u','))
        token = ahead.next();
    if (!token.is(u')'))
        return false;
    return isKeyword(ahead.next(), "AS") && ahead.next().is(u'(');
}

void TokenWatch::storedFunction()
{
    m_isRepeatable = false;
    m_pins |= SessionPin::StoredFunction;
}

} // namespace qproxysql
