// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "sql/sqllexer.h"

#include <QtCore/QString>

namespace qproxysql {

namespace {

bool isBlank(char16_t c)
{
    return c == u' ' || (c >= u'\t' && c <= u'\r');
}

bool isDigit(char16_t c)
{
    return c >= u'0' && c <= u'9';
}

bool isBinaryDigit(char16_t c)
{
    return c == u'0' || c == u'1';
}

bool isHexDigit(char16_t c)
{
    return isDigit(c) || (c >= u'a' && c <= u'f') || (c >= u'A' && c <= u'F');
}

// The server takes every character beyond ASCII for part of an identifier, even Unicode blanks.
bool isWordCharacter(char16_t c)
{
    return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || isDigit(c) || c == u'_'
           || c == u'$' || c >= 0x80;
}

} // namespace

SqlLexer::SqlLexer(QStringView sql, LexerMode mode)
    : m_text(sql.data())
    , m_size(sql.size())
    , m_mode(mode)
{
}

SqlToken SqlLexer::next()
{
    skipBlanks();
    const qsizetype start = m_position;
    if (start >= m_size) {
        if (m_isConditional)
            m_isDoubtful = true;
        return take(TokenKind::End, start);
    }

    const char16_t c = at(start);
    const char16_t following = at(start + 1);
    if (m_isAfterDot && isWordCharacter(c)) {
        passWord();
        return take(TokenKind::Word, start);
    }
    if (following == u'\'' && (c == u'x' || c == u'X' || c == u'b' || c == u'B')) {
        if (c == u'b' || c == u'B')
            passLiteral(isBinaryDigit);
        else
            passLiteral(isHexDigit);
        return take(TokenKind::String, start);
    }
    if (isDigit(c) || (c == u'.' && isDigit(following) && !m_isAfterName))
        return take(passNumberOrWord(), start);
    if (isWordCharacter(c)) {
        // Newer servers have dollar quotes, which may contain any text.
        m_isDoubtful |= c == u'$';
        passWord();
        return take(TokenKind::Word, start);
    }

    switch (c) {
    case u'\'':
        passQuoted(c);
        return take(TokenKind::String, start);
    case u'"':
        passQuoted(c);
        return take(m_mode.ansiQuotes ? TokenKind::QuotedIdentifier : TokenKind::String, start);
    case u'`':
        passQuoted(c);
        return take(TokenKind::QuotedIdentifier, start);
    case u'@':
        if (following == u'@') {
            passSystemVariable();
            return take(TokenKind::SystemVariable, start);
        }
        passUserVariable();
        return take(TokenKind::UserVariable, start);
    case u'?':
        ++m_position;
        return take(TokenKind::Placeholder, start);
    case u':':
        ++m_position;
        if (following == u'=') {
            ++m_position;
        } else if (isWordCharacter(following)) {
            passWord();
            return take(TokenKind::Placeholder, start);
        }
        return take(TokenKind::Operator, start);
    case u'\0':
        // In some states the server's lexer takes a NUL for the end of the text.
        m_isDoubtful = true;
        break;
    default:
        break;
    }
    ++m_position;
    return take(TokenKind::Operator, start);
}

SqlToken SqlLexer::take(TokenKind kind, qsizetype start)
{
    const SqlToken token{kind, m_isConditional, QStringView(m_text + start, m_position - start)};
    m_isAfterDot = token.is(u'.');
    m_isAfterName = token.isIdentifier();
    // A server that skips a conditional comment ends it at the first "*/", even a quoted one.
    if (m_isConditional && token.text.size() > 2 && token.text.contains(QLatin1String("*/")))
        m_isDoubtful = true;
    return token;
}

void SqlLexer::skipBlanks()
{
    while (m_position < m_size) {
        const char16_t c = at(m_position);
        const char16_t following = at(m_position + 1);
        if (isBlank(c)) {
            ++m_position;
        } else if (c == u'#') {
            skipLineComment();
        } else if (c == u'-' && following == u'-'
                   && (at(m_position + 2) <= u' ' || at(m_position + 2) == 0x7f)) {
            skipLineComment();
        } else if (c == u'/' && following == u'*') {
            skipComment();
        } else if (c == u'*' && following == u'/' && m_isConditional) {
            m_isConditional = false;
            m_position += 2;
        } else {
            return;
        }
        m_isAfterName = false;
    }
}

void SqlLexer::skipLineComment()
{
    const qsizetype start = m_position;
    while (m_position < m_size && at(m_position) != u'\n') {
        if (at(m_position) == u'\0')
            m_isDoubtful = true;
        ++m_position;
    }
    if (m_isConditional
        && QStringView(m_text + start, m_position - start).contains(QLatin1String("*/")))
        m_isDoubtful = true;
}

void SqlLexer::skipComment()
{
    const char16_t third = at(m_position + 2);
    const bool isExecutable = third == u'!' || (third == u'M' && at(m_position + 3) == u'!');
    if (m_isConditional)
        m_isDoubtful = true; // the end of a nested comment depends on the server
    if (isExecutable) {
        m_isConditional = true;
        m_position += third == u'!' ? 3 : 4;
        int digits = 0;
        while (digits < 6 && isDigit(at(m_position + digits)))
            ++digits;
        if (digits >= 5)
            m_position += digits;
        return;
    }

    const QStringView rest(m_text + m_position + 2, m_size - m_position - 2);
    const qsizetype end = rest.indexOf(QLatin1String("*/"));
    const QStringView content = end < 0 ? rest : rest.left(end);
    // An optimizer hint may contain a quoted "*/".
    const bool hasQuotedHint = third == u'+'
                               && (content.contains(u'`') || content.contains(u'\'')
                                   || content.contains(u'"'));
    if (end < 0 || hasQuotedHint || content.contains(QChar(u'\0')))
        m_isDoubtful = true;
    m_position = end < 0 ? m_size : m_position + 2 + end + 2;
}

template<typename Predicate>
void SqlLexer::passAll(Predicate isPart)
{
    while (isPart(at(m_position)))
        ++m_position;
}

void SqlLexer::passQuoted(char16_t quote)
{
    const bool backslashEscapes = !m_mode.noBackslashEscapes && quote != u'`'
                                  && !(quote == u'"' && m_mode.ansiQuotes);
    ++m_position;
    while (m_position < m_size) {
        const char16_t c = at(m_position++);
        if (c == quote) {
            if (at(m_position) != quote)
                return;
            ++m_position;
        } else if (c == u'\\' && backslashEscapes) {
            ++m_position;
        } else if (c == u'\0' && quote == u'`') {
            m_isDoubtful = true;
        }
    }
    m_position = m_size;
    m_isDoubtful = true;
}

void SqlLexer::passWord()
{
    passAll(isWordCharacter);
}

TokenKind SqlLexer::passNumberOrWord()
{
    const qsizetype start = m_position;
    passAll(isDigit);
    const char16_t c = at(m_position);
    const bool isPrefixed = m_position - start == 1 && at(start) == u'0';
    if (isPrefixed && c == u'x') {
        ++m_position;
        passAll(isHexDigit);
    } else if (isPrefixed && c == u'b') {
        ++m_position;
        passAll(isBinaryDigit);
    } else {
        // A fraction or an exponent ends the number: "1.for" and "1e5for" are two tokens.
        const bool hasFraction = c == u'.';
        if (hasFraction) {
            ++m_position;
            passAll(isDigit);
        }
        if (passExponent() || hasFraction)
            return TokenKind::Number;
    }
    if (!isWordCharacter(at(m_position)))
        return TokenKind::Number;
    passWord(); // identifiers may start with digits
    return TokenKind::Word;
}

bool SqlLexer::passExponent()
{
    if (at(m_position) != u'e' && at(m_position) != u'E')
        return false;
    const char16_t sign = at(m_position + 1);
    const qsizetype digits = m_position + (sign == u'+' || sign == u'-' ? 2 : 1);
    if (!isDigit(at(digits)))
        return false;
    m_position = digits;
    passAll(isDigit);
    return true;
}

template<typename Predicate>
void SqlLexer::passLiteral(Predicate isDigit)
{
    m_position += 2;
    passAll(isDigit);
    if (at(m_position) == u'\'')
        ++m_position;
    else
        m_isDoubtful = true;
}

void SqlLexer::passUserVariable()
{
    ++m_position;
    const char16_t c = at(m_position);
    if (c == u'\'' || c == u'"' || c == u'`') {
        passQuoted(c);
        return;
    }
    while (isWordCharacter(at(m_position)) || at(m_position) == u'.')
        ++m_position;
}

void SqlLexer::passSystemVariable()
{
    m_position += 2;
    while (passVariablePart() && at(m_position) == u'.')
        ++m_position;
}

bool SqlLexer::passVariablePart()
{
    if (at(m_position) == u'`' || (at(m_position) == u'"' && m_mode.ansiQuotes)) {
        passQuoted(at(m_position));
        return true;
    }
    if (!isWordCharacter(at(m_position)))
        return false;
    passWord();
    return true;
}

} // namespace qproxysql
