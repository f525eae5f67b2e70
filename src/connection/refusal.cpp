// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "connection/refusal.h"

#include "sql/sqllexer.h"

#include <QtCore/QRegularExpression>
#include <QtCore/QStringList>

namespace qproxysql {

using namespace Qt::StringLiterals;

namespace {

constexpr int WrongSyntax = 1064;
constexpr int NoSchemaSelected = 1046;
constexpr int UnknownStatement = 1243;

template<int... codes>
constexpr bool is(int code)
{
    return ((code == codes) || ...);
}

// Errors of the text itself, but stored functions and triggers can raise most of them, too.
bool isOfParsing(int code)
{
    return is<WrongSyntax, 1065, 1115, 1149, 1193, 1221, 1228, 1229, 1234, 1235, 1238, 1248, 1253,
              1273, 1295, 1327, 1582, 1583>(code);
}

bool isOfLookingUp(int code)
{
    return is<1005, 1036, 1044, NoSchemaSelected, 1047, 1049, 1050, 1052, 1054, 1060, 1061, 1063,
              1066, 1067, 1068, 1072, 1074, 1075, 1099, 1100, 1101, 1109, 1110, 1111, 1118, 1136,
              1140, 1142, 1143, 1146, 1166, 1170, 1171, 1176, 1192, 1222, 1223, 1227, 1230, 1231,
              1232, 1233, UnknownStatement, 1241, 1247, 1250, 1286, 1290, 1298, 1305, 1318, 1347,
              1370, 1397, 1398, 1399, 1400, 1440, 1568, 1621, 1630, 1679, 1694, 1766, 1792, 1836,
              1874, 1881, 1959, 3530, 4078, 4079, 4161>(code);
}

bool isOfRoutines(int code)
{
    return is<1305, 1318, 1370, 1630>(code);
}

bool isOfTables(int code)
{
    return is<1044, 1049, 1142, 1146>(code);
}

bool isOfColumns(int code)
{
    return is<1052, 1054>(code);
}

bool isWord(const SqlToken &token, const char *word)
{
    return token.text.compare(QLatin1String(word), Qt::CaseInsensitive) == 0;
}

QStringView withoutQuotes(const SqlToken &token)
{
    return token.kind == TokenKind::QuotedIdentifier ? token.text.mid(1, token.text.size() - 2)
                                                     : token.text;
}

bool isIdentifierOf(const RefusedText &statement, QStringView name)
{
    SqlLexer lexer(statement.sql, statement.mode);
    for (SqlToken token = lexer.next(); token.kind != TokenKind::End; token = lexer.next()) {
        if (token.isIdentifier() && withoutQuotes(token).compare(name, Qt::CaseInsensitive) == 0)
            return true;
    }
    return false;
}

// "FUNCTION test.f does not exist", "... for table `test`.`t`", "Unknown column 'c' in ...".
QString nameIn(const RefusedText &statement)
{
    static const QRegularExpression qualified(QStringLiteral("[`']?[\\w$]+[`']?\\.[`']?([\\w$]+)"),
                                              QRegularExpression::UseUnicodePropertiesOption);
    static const QRegularExpression quoted(QStringLiteral("[`']([^`']+)[`']"));
    static const QRegularExpression inParentheses(QStringLiteral("\\(([\\w$]+)\\)"));
    const int code = statement.code;
    if (isOfColumns(code))
        return quoted.match(statement.message).captured(1).section(u'.', -1);
    QString name;
    auto matches = (isOfRoutines(code)         ? qualified
                    : code == UnknownStatement ? inParentheses
                                               : quoted)
                           .globalMatch(statement.message);
    while (matches.hasNext())
        name = matches.next().captured(1); // the last match, since an account may precede it
    return name.section(u'.', -1);
}

bool namesPartOf(const RefusedText &statement)
{
    const QString name = nameIn(statement);
    return !name.isEmpty() && isIdentifierOf(statement, name);
}

// "... near 'PRAGMA foreign_keys' at line 1" quotes up to 80 bytes of the text from the token that the parser
// rejects. SQL that the server runs from a string literal of this text does not begin at one of its tokens.
bool quotesPartOf(const RefusedText &statement)
{
    const qsizetype from = statement.message.indexOf(u'\'') + 1;
    QStringView excerpt = QStringView(statement.message)
                                  .mid(from, statement.message.lastIndexOf(u'\'') - from);
    const bool isCut = excerpt.endsWith(QLatin1String("...")) || excerpt.size() >= 80;
    if (excerpt.endsWith(QLatin1String("...")))
        excerpt.chop(3);
    QStringView text = statement.sql;
    while (!text.isEmpty() && (text.back().isSpace() || text.back() == u';'))
        text.chop(1);
    if (from == 0 || excerpt.isEmpty())
        return false;
    SqlLexer lexer(text, statement.mode);
    for (SqlToken token = lexer.next(); token.kind != TokenKind::End; token = lexer.next()) {
        const QStringView rest = text.mid(token.text.data() - text.data());
        if (isCut ? rest.startsWith(excerpt) : rest == excerpt)
            return true;
    }
    return false;
}

// MariaDB runs compound statements, and they can prepare and execute other texts.
bool mayRunOtherTexts(const RefusedText &statement)
{
    if (statement.traits.pins.testFlag(SessionPin::StoredProcedure))
        return true;
    static const QRegularExpression words(QStringLiteral("CALL|EXECUTE|PREPARE"),
                                          QRegularExpression::CaseInsensitiveOption);
    return statement.traits.mayRunOthers() && statement.sql.contains(words);
}

// SET evaluates each value before it resolves the names in the next one. The statement after
// SET STATEMENT ... FOR is resolved when all values are set.
bool evaluatesBeforeLookingUp(const RefusedText &statement)
{
    SqlLexer lexer(statement.sql, statement.mode);
    SqlToken token = lexer.next();
    if (!isWord(token, "SET"))
        return false;
    const bool isForOne = statement.traits.isForOneStatement;
    bool isList = isForOne;
    bool hasEffect = false;
    for (int assignments = 0; token.kind != TokenKind::End; token = lexer.next()) {
        if (isForOne && isWord(token, "FOR"))
            break;
        isList |= token.is(u',');
        if (token.text == QLatin1String(":="))
            ++assignments;
        hasEffect |= token.is(u'(') || assignments > 1;
    }
    return isList && hasEffect;
}

SqlToken verbOf(const RefusedText &statement)
{
    return SqlLexer(statement.sql, statement.mode).next();
}

// Triggers may run after the text's own values have been evaluated.
bool mayFireTriggers(const RefusedText &statement)
{
    static const QStringList verbs{"INSERT"_L1, "REPLACE"_L1, "UPDATE"_L1,  "DELETE"_L1,
                                   "LOAD"_L1,   "WITH"_L1,    "ANALYZE"_L1, "EXPLAIN"_L1};
    return statement.traits.isForOneStatement
           || verbs.contains(verbOf(statement).text, Qt::CaseInsensitive);
}

} // namespace

bool isRefusedUnexecuted(const RefusedText &statement)
{
    const int code = statement.code;
    const bool isParsing = isOfParsing(code);
    if (!isParsing && !isOfLookingUp(code))
        return false;
    const SessionPins pins = statement.traits.pins;
    if (mayRunOtherTexts(statement)) {
        if (code == WrongSyntax)
            return quotesPartOf(statement);
        return code == NoSchemaSelected
               || ((isOfRoutines(code) || code == UnknownStatement) && namesPartOf(statement));
    }
    const bool callsFunction = pins.testFlag(SessionPin::StoredFunction);
    const bool runsCode = callsFunction || mayFireTriggers(statement);
    // Functions and triggers do not parse texts. A full-text search raises this error, but without "near".
    if (code == WrongSyntax)
        return statement.message.contains(QLatin1String("near '"));
    if (isParsing)
        return !runsCode;
    if (pins.testFlag(SessionPin::Unknown) || evaluatesBeforeLookingUp(statement))
        return false;
    if (code == NoSchemaSelected || isWord(verbOf(statement), "PREPARE")) // PREPARE executes nothing
        return true;
    if (isOfRoutines(code) || isOfTables(code) || (isOfColumns(code) && !callsFunction))
        return namesPartOf(statement);
    return !runsCode;
}

} // namespace qproxysql
