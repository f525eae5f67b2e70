// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "sql/lexermode.h"

#include <QtCore/QStringView>

namespace qproxysql {

enum class TokenKind : quint8 {
    End,
    Word,             ///< unquoted identifier or keyword; after '.' always an identifier
    QuotedIdentifier, ///< `...`, and "..." under ANSI_QUOTES
    String,           ///< '...' and "..."; hexadecimal and bit literals x'..', b'..'
    Number,
    UserVariable,   ///< @name, @'name', @`name`
    SystemVariable, ///< @@name, @@session.name, @@`name`
    Placeholder,    ///< ? or :name
    Operator        ///< one character, or := as one; ';' ends a statement
};

struct SqlToken
{
    TokenKind kind = TokenKind::End;
    bool isConditional = false; ///< inside an executable comment, which the server may skip
    QStringView text;           ///< as written, quotes included

    bool is(char16_t op) const
    {
        return kind == TokenKind::Operator && text.size() == 1 && text.front().unicode() == op;
    }
    bool isIdentifier() const
    {
        return kind == TokenKind::Word || kind == TokenKind::QuotedIdentifier;
    }
};

/// \a text without the quotes around it, if it has any.
inline QStringView withoutQuotes(QStringView text)
{
    const bool isQuoted = text.startsWith(u'`') || text.startsWith(u'"') || text.startsWith(u'\'');
    return isQuoted ? text.mid(1, text.size() - 2) : text;
}

/// Splits SQL text into tokens as MySQL and MariaDB do, without comments, in one pass and without
/// allocating. Copy the lexer to look ahead. The text must outlive it.
class SqlLexer
{
public:
    SqlLexer(QStringView sql, LexerMode mode);

    /// The next token; its kind is End once the text has ended.
    SqlToken next();

    /// The server may split this text differently: it contains an unterminated string or comment, a
    /// NUL, a dollar quote, or a conditional comment whose end depends on whether the server skips
    /// it.
    bool isDoubtful() const { return m_isDoubtful; }

private:
    char16_t at(qsizetype position) const
    {
        return position < m_size ? m_text[position].unicode() : u'\0';
    }
    void skipBlanks();
    void skipLineComment();
    void skipComment();
    SqlToken take(TokenKind kind, qsizetype start);
    template<typename Predicate>
    void passAll(Predicate isPart);
    void passQuoted(char16_t quote);
    void passWord();
    TokenKind passNumberOrWord();
    bool passExponent();
    template<typename Predicate>
    void passLiteral(Predicate isDigit);
    void passUserVariable();
    void passSystemVariable();
    bool passVariablePart();

    const QChar *m_text;
    qsizetype m_size;
    qsizetype m_position = 0;
    LexerMode m_mode;
    bool m_isConditional = false;
    bool m_isAfterDot = false;
    bool m_isAfterName = false;
    bool m_isDoubtful = false;
};

} // namespace qproxysql
