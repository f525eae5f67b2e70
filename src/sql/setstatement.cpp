// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "sql/statementparser.h"

#include "sql/sessionsettings.h"

#include <algorithm>

namespace qproxysql {

namespace {

// The text of a plain value, else null (DEFAULT and NULL, too). An empty string is not null. A
// quoted name is never a keyword.
QString unquoted(const SqlToken &token)
{
    QStringView text = token.text;
    if (token.kind == TokenKind::String || token.kind == TokenKind::QuotedIdentifier) {
        static constexpr QLatin1String Quotes("'\"`");
        if (text.size() < 2 || !Quotes.contains(text.front()))
            return {};
        text = withoutQuotes(text);
        const bool isPlain = std::ranges::none_of(text, [](QChar c) {
            return c == u'\\' || Quotes.contains(c);
        });
        return isPlain ? text.isEmpty() ? QLatin1String("") : text.toString() : QString();
    }
    if (token.kind == TokenKind::Number)
        return isPlainNumber(text) ? text.toString() : QString();
    if (token.kind != TokenKind::Word)
        return {};
    FoldedWord word;
    word.set(text);
    const std::string_view name = word.view();
    return name.empty() || name == "DEFAULT" || name == "NULL" ? QString() : text.toString();
}

int settingNamed(const SqlToken &token)
{
    FoldedWord name;
    name.set(withoutQuotes(token.text));
    return findSessionSetting(name.view());
}

} // namespace

void StatementParser::set()
{
    m_traits.mayChangeSession = true;
    m_isScopeDoubtful = false;
    m_watch.advance();
    if (accept("STATEMENT")) {
        setStatement();
        return;
    }
    if (m_watch.isWord("ROLE")) {
        m_watch.pin(SessionPin::Roles);
    } else if (m_watch.isWord("PASSWORD")
               || (m_watch.isWord("DEFAULT") && m_watch.followsWord("ROLE"))) {
        m_watch.setWatching(false); // concerns accounts, not the session
        commits();
    } else if (m_watch.isWord("TRANSACTION")) {
        setTransaction(Scope::NextTransaction);
    } else if (m_watch.isWord("RESOURCE") && m_watch.followsWord("GROUP")) {
        unknown();
    } else {
        setAssignment();
        while (m_watch.token().is(u',')) {
            m_watch.advance();
            setAssignment();
        }
        if (!m_watch.atStatementEnd())
            unknown();
    }
}

// MariaDB's SET STATEMENT ... FOR. The server restores the variables after the statement, even
// those that the statement itself sets.
void StatementParser::setStatement()
{
    QList<int> restored;
    bool isName = true;
    while (!m_watch.atStatementEnd() && !(m_watch.isWord("FOR") && m_watch.depth() == 0)) {
        if (isName && m_watch.token().isIdentifier())
            restored += settingNamed(m_watch.token());
        isName = m_watch.token().is(u',') && m_watch.depth() == 0;
        m_watch.advance();
    }
    if (m_watch.atStatementEnd()) {
        unknown();
        return;
    }
    m_traits.isForOneStatement = true;
    m_watch.advance();
    while (m_watch.token().is(u'('))
        m_watch.advance();
    const qsizetype before = m_traits.settings.size();
    dispatch();
    m_isRead = false;
    auto &settings = m_traits.settings;
    const auto inner = settings.begin() + std::min(before, settings.size());
    const auto isRestored = [&restored](const SettingChange &change) {
        return restored.contains(change.setting);
    };
    settings.erase(std::remove_if(inner, settings.end(), isRestored), settings.end());
}

void StatementParser::setTransaction(Scope scope)
{
    const bool isSession = scope == Scope::Session;
    if (scope == Scope::NextTransaction)
        m_watch.pin(SessionPin::TransactionCharacteristics);
    while (!m_watch.atStatementEnd()) {
        if (isSession && accept("ISOLATION"))
            setIsolation();
        else if (isSession && (m_watch.isWord("ONLY") || m_watch.isWord("WRITE")))
            m_watch.pin(SessionPin::SessionVariables);
        if (!m_watch.atStatementEnd())
            m_watch.advance();
    }
}

// Starts after SET SESSION TRANSACTION ISOLATION and ends at the last word of the level.
void StatementParser::setIsolation()
{
    const bool isConditional = m_watch.token().isConditional;
    accept("LEVEL");
    QString level;
    if (m_watch.isWord("SERIALIZABLE"))
        level = QStringLiteral("SERIALIZABLE");
    else if (m_watch.isWord("REPEATABLE") && m_watch.followsWord("READ"))
        level = QStringLiteral("REPEATABLE-READ");
    else if (m_watch.isWord("READ") && m_watch.followsWord("COMMITTED"))
        level = QStringLiteral("READ-COMMITTED");
    else if (m_watch.isWord("READ") && m_watch.followsWord("UNCOMMITTED"))
        level = QStringLiteral("READ-UNCOMMITTED");
    if (!m_watch.isWord("SERIALIZABLE"))
        m_watch.advance();
    changes("transaction_isolation", isConditional ? QString() : level);
}

void StatementParser::setAssignment()
{
    // Servers differ in whether GLOBAL applies to the next assignments: treat them as SESSION.
    const bool isGlobal = m_watch.isOneOf({"GLOBAL", "PERSIST", "PERSIST_ONLY"});
    const bool isSession = m_watch.isWord("SESSION") || m_watch.isWord("LOCAL");
    m_isScopeDoubtful |= isGlobal;
    if (isGlobal || isSession) {
        m_watch.advance();
        if (m_watch.isWord("TRANSACTION")) {
            setTransaction(isGlobal ? Scope::Global : Scope::Session);
            return;
        }
    }
    const SqlToken target = m_watch.token();
    if (m_watch.isOneOf({"NAMES", "CHARSET", "CHARACTER"}) && !m_watch.followsOperator(u'=')) {
        setNames();
        return;
    }
    FoldedWord name;
    Scope scope = isGlobal ? Scope::Global : Scope::Session;
    if (target.kind == TokenKind::UserVariable) {
        m_watch.advance();
    } else if (target.kind == TokenKind::SystemVariable) {
        const QStringView written = target.text.mid(2);
        const qsizetype dot = written.indexOf(u'.');
        FoldedWord prefix;
        prefix.set(written.left(std::max<qsizetype>(dot, 0)));
        const bool hasGlobal = prefix.view() == "GLOBAL" || prefix.view() == "PERSIST"
                               || prefix.view() == "PERSIST_ONLY";
        scope = dot < 0 ? Scope::NextTransaction : hasGlobal ? Scope::Global : Scope::Session;
        name.set(withoutQuotes(written.mid(dot + 1)));
        m_watch.setWatching(false); // written, not read
        m_watch.advance();
        m_watch.setWatching(true);
    } else if (target.isIdentifier()) {
        name.set(withoutQuotes(target.text));
        m_watch.advance();
        if (m_watch.token().is(u'.')) { // a variable of a plugin or a key cache
            name.clear();
            m_watch.advance();
            m_watch.advance();
        }
    } else {
        unknown();
        return;
    }
    if (!m_watch.token().is(u'=') && m_watch.token().text != QLatin1String(":=")) {
        unknown();
        return;
    }
    m_watch.advance();
    if (target.kind != TokenKind::UserVariable && scope != Scope::Global)
        setVariable(name.view(), scope);
    skipValue();
}

void StatementParser::setVariable(std::string_view name, Scope scope)
{
    const bool isIsolation = name == "TRANSACTION_ISOLATION" || name == "TX_ISOLATION";
    const bool isReadOnly = name == "TRANSACTION_READ_ONLY" || name == "TX_READ_ONLY";
    // In MySQL @@transaction_isolation without a scope sets the next transaction only.
    const bool isForNext = scope == Scope::NextTransaction;
    if (isForNext && (isIsolation || isReadOnly))
        m_watch.pin(SessionPin::TransactionCharacteristics);

    if (name == "AUTOCOMMIT") {
        setAutocommit();
    } else if (findSessionSetting(name) >= 0) {
        changes(name, isForNext && isIsolation ? QString() : plainValue());
    } else {
        m_watch.pin(isOneShotVariable(name) ? SessionPin::OneShotVariables
                                            : SessionPin::SessionVariables);
    }
}

// SET NAMES, SET CHARACTER SET.
void StatementParser::setNames()
{
    const bool isNames = m_watch.isWord("NAMES");
    if (m_watch.isWord("CHARACTER"))
        m_watch.advance();
    m_watch.advance();
    const SqlToken value = m_watch.token();
    QString names;
    QString collation;
    const bool hasCollation = m_watch.followsWord("COLLATE");
    if (!isNames || !hasCollation) {
        names = plainValue();
    } else if (!value.isConditional) {
        names = unquoted(value);
        m_watch.advance();
        m_watch.advance();
        collation = plainValue();
    }
    changes("character_set_client", names);
    changes("character_set_results", names);
    // SET CHARACTER SET takes character_set_connection from the schema. DEFAULT sets a collation.
    changes("character_set_connection", isNames ? names : QString());
    if (hasCollation || !isNames || names.isNull())
        changes("collation_connection", collation);
    skipValue();
}

void StatementParser::changes(std::string_view setting, const QString &value)
{
    const int index = findSessionSetting(setting);
    // Setting character_set_connection replaces a collation that was set before.
    if (setting == "character_set_connection" || setting == "CHARACTER_SET_CONNECTION") {
        const int collation = findSessionSetting("collation_connection");
        m_traits.settings.removeIf(
                [collation](const SettingChange &change) { return change.setting == collation; });
    }
    m_traits.settings += {index, value};
}

// The value at the current token if it is a literal that means the same on any server, else null.
QString StatementParser::plainValue() const
{
    const SqlToken value = m_watch.token();
    if (value.isConditional || m_isScopeDoubtful || !m_watch.followsEndOfValue())
        return {};
    return unquoted(value);
}

// The current token is the value. Switching autocommit on commits an open transaction.
void StatementParser::setAutocommit()
{
    const SqlToken value = m_watch.token();
    FoldedWord word;
    word.set(withoutQuotes(value.text));
    const bool isWhole = value.kind != TokenKind::Operator;
    const bool isOff = word.view() == "0" || word.view() == "OFF" || word.view() == "FALSE";
    const bool isOn = word.view() == "1" || word.view() == "ON" || word.view() == "TRUE";
    if (!(isWhole && isOff))
        commits();
    m_watch.advance();
    const bool isAlone = m_watch.atStatementEnd() || m_watch.token().is(u',');
    if (isWhole && isOn && isAlone)
        m_releases |= SessionPin::Autocommit;
    else
        m_watch.pin(SessionPin::Autocommit);
}

void StatementParser::skipValue()
{
    while (!m_watch.atStatementEnd() && !(m_watch.token().is(u',') && m_watch.depth() == 0))
        m_watch.advance();
}

} // namespace qproxysql
