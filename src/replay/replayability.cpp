// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "replay/replayability.h"

#include "config/coretexts.h"
#include "sql/sqllexer.h"

#include <algorithm>
#include <initializer_list>

namespace qproxysql {

namespace {

/// Walks over the tokens of a single statement.
class Walk
{
public:
    Walk(const QString &sql, LexerMode mode)
        : m_lexer(sql, mode)
    {
        advance();
    }

    void advance()
    {
        if (m_token.is(u'('))
            ++m_depth;
        m_token = m_lexer.next();
        if (m_token.is(u')'))
            --m_depth;
        m_isConditional |= m_token.isConditional;
    }
    bool isWord(QLatin1String word) const
    {
        return m_token.kind == TokenKind::Word
               && m_token.text.compare(word, Qt::CaseInsensitive) == 0;
    }
    bool isOneOf(std::initializer_list<QLatin1String> words) const
    {
        return std::ranges::any_of(words, [this](QLatin1String word) { return isWord(word); });
    }
    bool accept(QLatin1String word)
    {
        const bool isIt = isWord(word);
        if (isIt)
            advance();
        return isIt;
    }
    bool accept(char16_t op)
    {
        const bool isIt = is(op);
        if (isIt)
            advance();
        return isIt;
    }
    void acceptAll(std::initializer_list<QLatin1String> words)
    {
        while (isOneOf(words))
            advance();
    }
    bool is(char16_t op) const { return m_token.is(op); }
    bool isEnd() const { return m_token.kind == TokenKind::End || is(u';'); }
    bool isAtTop() const { return m_depth == 0; }
    QString word() const { return m_token.text.toString().toUpper(); }

    /// From '(' to behind its ')'. False: the current token is none.
    bool passParentheses()
    {
        if (!is(u'('))
            return false;
        const int depth = m_depth;
        do {
            advance();
        } while (!isEnd() && m_depth > depth);
        if (is(u')'))
            advance();
        return true;
    }
    std::optional<TableName> tableName()
    {
        if (!m_token.isIdentifier())
            return std::nullopt;
        TableName table{{}, identifier()};
        if (!is(u'.'))
            return table;
        advance();
        if (!m_token.isIdentifier())
            return std::nullopt;
        return TableName{table.name, identifier()};
    }

    /// "s.a.*, b": tables from which a DELETE of several removes rows, by their names or aliases. False: it is none.
    bool passTargets()
    {
        do {
            if (!m_token.isIdentifier())
                return false;
            advance();
            while (accept(u'.'))
                advance();
        } while (accept(u','));
        return true;
    }

    bool hasConditionalCode() const { return m_isConditional; }
    bool isDoubtful() const { return m_lexer.isDoubtful(); }

private:
    QString identifier()
    {
        QString name = withoutQuotes(m_token.text).toString();
        if (m_token.kind == TokenKind::QuotedIdentifier) {
            const QChar quote = m_token.text.front();
            name.replace(QString(2, quote), QString(quote));
        }
        advance();
        return name;
    }

    SqlLexer m_lexer;
    SqlToken m_token;
    int m_depth = 0;
    bool m_isConditional = false;
};

using Needs = Expected<ReplayNeeds, NotReplayed>;

Needs refuse(const QString &text, NotReplayed::Reason reason = NotReplayed::Statement)
{
    return Unexpected(NotReplayed{reason, text});
}

Needs notUnderstood(const QString &verb)
{
    return refuse(CoreTexts::tr("%1 in this form is not replayed").arg(verb));
}

// UPDATE in "FOR UPDATE" only. INTO writes a variable or a file.
Needs query(Walk walk)
{
    const QString verb = walk.word();
    bool followsFor = false;
    for (; !walk.isEnd(); walk.advance()) {
        if (walk.isOneOf({QLatin1String("INTO"), QLatin1String("DELETE"), QLatin1String("INSERT")})
            || (walk.isWord(QLatin1String("UPDATE")) && !followsFor))
            return notUnderstood(verb);
        followsFor = walk.isWord(QLatin1String("FOR"));
    }
    return ReplayNeeds();
}

// From '(' to behind its ')'.
QStringList columnList(Walk &walk)
{
    QStringList columns;
    Walk names = walk;
    walk.passParentheses();
    names.advance();
    while (const auto column = names.tableName()) {
        columns << column->name;
        if (!names.is(u','))
            break;
        names.advance();
    }
    return columns;
}

ReplayNeeds::Rows rowsOf(Walk &walk, QStringList *columns)
{
    using Rows = ReplayNeeds::Rows;
    int count = 1;
    if (walk.accept(QLatin1String("SET"))) {
        while (!walk.isEnd() && !(walk.isAtTop() && walk.isWord(QLatin1String("ON"))))
            walk.advance();
    } else {
        if (walk.is(u'('))
            *columns = columnList(walk);
        if ((!walk.accept(QLatin1String("VALUES")) && !walk.accept(QLatin1String("VALUE")))
            || !walk.passParentheses())
            return Rows::Several;
        for (; walk.accept(u','); ++count) {
            if (!walk.passParentheses())
                return Rows::Several;
        }
    }
    const bool isPlain = walk.isEnd() || walk.isWord(QLatin1String("RETURNING"));
    if (count > 1)
        return isPlain ? Rows::Listed : Rows::Several;
    return isPlain ? Rows::One : Rows::Exchanged;
}

Needs insert(Walk walk)
{
    const QString verb = walk.word();
    const bool isReplace = walk.isWord(QLatin1String("REPLACE"));
    walk.advance();
    if (walk.isWord(QLatin1String("DELAYED")))
        return notUnderstood(verb);
    walk.acceptAll({QLatin1String("LOW_PRIORITY"), QLatin1String("HIGH_PRIORITY")});
    const bool ignores = walk.accept(QLatin1String("IGNORE"));
    walk.accept(QLatin1String("INTO"));
    const auto table = walk.tableName();
    if (!table)
        return notUnderstood(verb);
    ReplayNeeds needs{.written = {*table}};
    needs.rows = rowsOf(walk, &needs.columns);
    if (isReplace || ignores)
        needs.rows = needs.rows == ReplayNeeds::Rows::One ? ReplayNeeds::Rows::Exchanged
                                                          : ReplayNeeds::Rows::Several;
    return needs;
}

// The tables of an UPDATE, or of a DELETE of several. Which of them are written to depends on columns and aliases,
// so all of them count. Empty: not understood.
std::vector<TableName> tableReferences(Walk &walk, QLatin1String end)
{
    std::vector<TableName> tables;
    bool isTable = true;
    while (!walk.isEnd() && !(walk.isAtTop() && walk.isWord(end))) {
        if (isTable) {
            const auto table = walk.tableName();
            if (!table)
                return {};
            tables.push_back(*table);
            isTable = false;
            continue;
        }
        isTable = walk.isAtTop()
                  && (walk.is(u',')
                      || walk.isOneOf({QLatin1String("JOIN"), QLatin1String("STRAIGHT_JOIN")}));
        walk.advance();
    }
    return isTable ? std::vector<TableName>() : tables;
}

Needs update(Walk walk)
{
    const QString verb = walk.word();
    walk.advance();
    walk.acceptAll({QLatin1String("LOW_PRIORITY"), QLatin1String("IGNORE")});
    const auto tables = tableReferences(walk, QLatin1String("SET"));
    return walk.isEnd() || tables.empty() ? notUnderstood(verb)
                                          : Needs(ReplayNeeds{.written = tables});
}

Needs remove(Walk walk)
{
    const QString verb = walk.word();
    walk.advance();
    walk.acceptAll({QLatin1String("LOW_PRIORITY"), QLatin1String("QUICK"), QLatin1String("IGNORE")});
    if (walk.isWord(QLatin1String("HISTORY")))
        return notUnderstood(verb);
    const bool isFromFirst = walk.accept(QLatin1String("FROM"));
    Walk references = walk;
    if (references.passTargets()
        && references.accept(QLatin1String(isFromFirst ? "USING" : "FROM"))) {
        const auto tables = tableReferences(references, QLatin1String("WHERE"));
        return tables.empty() ? notUnderstood(verb) : Needs(ReplayNeeds{.written = tables});
    }
    const auto table = walk.tableName();
    if (!isFromFirst || !table || walk.is(u',') || walk.is(u'.'))
        return notUnderstood(verb);
    return ReplayNeeds{.written = {*table}};
}

bool hasConditionalCode(Walk walk)
{
    while (!walk.isEnd())
        walk.advance();
    return walk.hasConditionalCode() || walk.isDoubtful();
}

} // namespace

Needs replayNeeds(const QString &sql, const StatementTraits &traits, LexerMode mode)
{
    Walk walk(sql, mode);
    const QString verb = walk.word();
    const SessionPins pins = traits.pins & ~SessionPins(SessionPin::TransactionCharacteristics);
    if (!traits.isSingle)
        return refuse(CoreTexts::tr("it has several statements in one text"));
    if (pins)
        return refuse(CoreTexts::tr("it uses what only its session had: %1")
                              .arg(pinNames(pins).join(QLatin1String(", "))),
                      NotReplayed::State);
    const bool isBegin = traits.transaction == TransactionVerb::Begin
                         && walk.isOneOf({QLatin1String("BEGIN"), QLatin1String("START")});
    if (isBegin)
        return ReplayNeeds();
    if (traits.mayCommit)
        return refuse(CoreTexts::tr("%1 may commit").arg(verb));
    if (hasConditionalCode(walk))
        return refuse(
                CoreTexts::tr("it has an executable comment, or a text whose end is in doubt"));
    if (traits.transaction == TransactionVerb::Savepoint)
        return ReplayNeeds();
    const bool isCharacteristics = traits.pins
                                   == SessionPins(SessionPin::TransactionCharacteristics);
    if (walk.isWord(QLatin1String("SET")) && isCharacteristics && traits.settings.isEmpty())
        return ReplayNeeds();
    if (!traits.settings.isEmpty() || traits.mayChangeSession || traits.isForOneStatement)
        return refuse(CoreTexts::tr("%1 changes the session inside of the transaction").arg(verb),
                      NotReplayed::State);
    if (traits.isPlainRead || walk.isWord(QLatin1String("SHOW")))
        return ReplayNeeds();
    if (walk.is(u'(')
        || walk.isOneOf({QLatin1String("SELECT"), QLatin1String("WITH"), QLatin1String("VALUES"),
                         QLatin1String("TABLE")}))
        return query(walk);
    // What a read returns is compared; what is written is not.
    if (traits.dependsOnPreviousStatement)
        return refuse(CoreTexts::tr("%1 uses what an earlier statement left in its session")
                              .arg(verb),
                      NotReplayed::State);
    if (walk.isOneOf({QLatin1String("INSERT"), QLatin1String("REPLACE")}))
        return insert(walk);
    if (walk.isWord(QLatin1String("UPDATE")))
        return update(walk);
    return walk.isWord(QLatin1String("DELETE")) ? remove(walk) : notUnderstood(verb);
}

} // namespace qproxysql
