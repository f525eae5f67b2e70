// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "sql/sessionpins.h"
#include "sql/sqllexer.h"

#include <algorithm>
#include <initializer_list>
#include <string_view>

namespace qproxysql {

/// A word in upper case, for comparison with keywords. Empty if the word cannot be a keyword
/// because it is not ASCII or too long.
class FoldedWord
{
public:
    void set(QStringView word);
    void clear() { m_size = 0; }
    std::string_view view() const { return {m_characters, size_t(m_size)}; }

private:
    static constexpr int Capacity = 48;

    char m_characters[Capacity];
    int m_size = 0;
};

/// Walks over the tokens of a text and records what may occur anywhere in a statement: function
/// calls, variables, clauses that lock or write. StatementParser moves it with advance() and
/// switches watching with setWatching().
class TokenWatch
{
public:
    TokenWatch(QStringView sql, LexerMode mode);

    /// Moves to the next token. Examines the token that it leaves when watching is on.
    void advance();
    const SqlToken &token() const { return m_token; }

    /// The current token is the keyword \a keyword (upper case), unquoted and not after a dot.
    bool isWord(std::string_view keyword) const { return m_word.view() == keyword; }
    bool isOneOf(std::initializer_list<std::string_view> keywords) const
    {
        return std::ranges::find(keywords, m_word.view()) != keywords.end();
    }
    std::string_view word() const { return m_word.view(); }
    bool atStatementEnd() const { return m_token.kind == TokenKind::End || m_token.is(u';'); }
    bool atTextEnd() const { return m_token.kind == TokenKind::End; }
    int depth() const { return m_depth; } ///< of parentheses

    // These look at the token after the current one.
    bool followsWord(std::string_view keyword) const;
    bool followsOperator(char16_t op) const;
    bool followsEndOfValue() const; ///< the statement's end or ','

    /// Begins a new statement at the current token.
    void startStatement();
    void setWatching(bool isWatching) { m_isWatching = isWatching; }

    void skipStatement(); ///< advances to the end of the statement
    /// The last name was a table's: a '(' after it opens a column list.
    void passedTableName() { m_name.precededBy = Preceding::TableKeyword; }
    /// Names with column lists may follow: WITH a (x) AS (...).
    void expectColumnLists() { m_hasCommonTables = true; }

    // Since the start of the text.
    SessionPins pins() const { return m_pins; }
    bool dependsOnPreviousStatement() const { return m_dependsOnPreviousStatement; }
    bool isDoubtful() const { return m_lexer.isDoubtful(); }
    // Since the start of the statement.
    bool isRepeatable() const { return m_isRepeatable; }
    bool mixesConditionalCode() const { return m_sawConditional && m_sawUnconditional; }

    void pin(SessionPins pins) { m_pins |= pins; }
    void noteDependence() { m_dependsOnPreviousStatement = true; }

private:
    enum class Preceding { Nothing, OperandEnd, TableKeyword, With, Comma, Member, Other };
    struct Name
    {
        FoldedWord word;
        bool isActive = false; ///< the tokens up to the current one form a name: a, a.b, `a`.b
        bool isQuoted = false;
        bool isQualified = false;
        bool isConditional = false;
        Preceding precededBy = Preceding::Nothing;
        const QChar *end = nullptr;
    };

    void examine();
    void examineWord();
    void examineSystemVariable();
    void examineCall();
    bool isColumnListOfCommonTable() const;
    void noteName(Preceding before);
    Preceding asPreceding() const;
    void storedFunction();

    SqlLexer m_lexer;
    SqlToken m_token;
    FoldedWord m_word;
    Name m_name;
    SessionPins m_pins;
    int m_depth = 0;
    bool m_ignoresSpace;
    bool m_isWatching = true;
    bool m_isRepeatable = true;
    bool m_dependsOnPreviousStatement = false;
    bool m_hasCommonTables = false;
    bool m_sawConditional = false;
    bool m_sawUnconditional = false;
};

} // namespace qproxysql
