// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "sql/singlestatements.h"
#include "sql/sqllexer.h"
#include "sql/statementtraits.h"

#include <QtCore/QRandomGenerator>
#include <QtTest/QTest>

using namespace qproxysql;

class TestSqlLexer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tokens_data();
    void tokens();
    void doubt_data();
    void doubt();
    void conditionalTokens();
    void randomTexts();
    void randomMixesOfPieces();
    void cutPlainReads();
    void singleStatements_data();
    void singleStatements();
};

namespace {

// Tokens as "W:SELECT N:1", one letter a kind.
QString described(QStringView sql, LexerMode mode)
{
    static const char Letters[] = "-WQSNUVPO";
    QStringList parts;
    SqlLexer lexer(sql, mode);
    for (SqlToken token = lexer.next(); token.kind != TokenKind::End; token = lexer.next())
        parts += QString(QLatin1Char(Letters[int(token.kind)])) + u':' + token.text.toString();
    return parts.join(u' ');
}

} // namespace

void TestSqlLexer::tokens_data()
{
    QTest::addColumn<QString>("sql");
    QTest::addColumn<QString>("expected");
    QTest::addColumn<bool>("ansiQuotes");
    QTest::addColumn<bool>("noBackslashEscapes");
    const auto row = [](const char *sql, const char *expected, bool ansiQuotes = false,
                        bool noBackslashEscapes = false) {
        QTest::addRow("%d%d %s", ansiQuotes, noBackslashEscapes, sql)
                << QString::fromUtf8(sql) << QString::fromUtf8(expected) << ansiQuotes
                << noBackslashEscapes;
    };
    row("", "");
    row("SELECT 1", "W:SELECT N:1");
    row("a--b", "W:a O:- O:- W:b");
    row("a-- b\nc", "W:a W:c");
    row("a--\tb\nc", "W:a W:c");
    row("a--", "W:a");
    row("a#b\rc\nd", "W:a W:d");
    row("a/*b*/c", "W:a W:c");
    row("a/*/b*/c", "W:a W:c");
    row("a/**/c", "W:a W:c");
    row("a/*b/*c*/d", "W:a W:d");
    row("a*/b", "W:a O:* O:/ W:b");
    row("/*!50100 a */b", "W:a W:b");
    row("/*!501a*/b", "W:501a W:b");
    row("/*M!100100a*/b", "W:a W:b");
    row("/*+ a */b", "W:b");
    row("'a''b'c", "S:'a''b' W:c");
    row(R"('a\'b'c)", R"(S:'a\'b' W:c)");
    row(R"('a\'b)", R"(S:'a\' W:b)", false, true);
    row(R"('a\\'b)", R"(S:'a\\' W:b)");
    row(R"("a""b"c)", R"(S:"a""b" W:c)");
    row(R"("a\"b"c)", R"(S:"a\"b" W:c)");
    row(R"("a\"b)", R"(Q:"a\" W:b)", true);
    row(R"("a\"b)", R"(S:"a\" W:b)", false, true);
    row(R"(`a\`b)", R"(Q:`a\` W:b)");
    row("`a``b`c", "Q:`a``b` W:c");
    row("`a`.`b`.c", "Q:`a` O:. Q:`b` O:. W:c");
    row("x'4D'X'4d'b'01'B'1'", "S:x'4D' S:X'4d' S:b'01' S:B'1'");
    row("n'a' N'b' _utf8'c'", "W:n S:'a' W:N S:'b' W:_utf8 S:'c'");
    row("0x4D 0b01 0xG 0b2 0X1", "N:0x4D N:0b01 W:0xG W:0b2 W:0X1");
    row("1 1.5 .5 1. 1e5 1E+5 1e-5 1.5e5", "N:1 N:1.5 N:.5 N:1. N:1e5 N:1E+5 N:1e-5 N:1.5e5");
    row("1e 1e+ 1a 1.a 1e5a", "W:1e W:1e O:+ W:1a N:1. W:a N:1e5 W:a");
    row("a.5 a .5 a.5.6", "W:a O:. W:5 W:a N:.5 W:a O:. W:5 O:. W:6");
    row("a.1e5", "W:a O:. W:1e5");
    row("@a @a.b$c_ @'x y' @`x``y` @\"z\" @", "U:@a U:@a.b$c_ U:@'x y' U:@`x``y` U:@\"z\" U:@");
    row("@@a @@session.a @@`a` @@global.`a`", "V:@@a V:@@session.a V:@@`a` V:@@global.`a`");
    row("@a:=1", "U:@a O::= N:1");
    row("? :a :a_1 :", "P:? P::a P::a_1 O::");
    row("a<=>b||c", "W:a O:< O:= O:> W:b O:| O:| W:c");
    row("f(a,*);", "W:f O:( W:a O:, O:* O:) O:;");
    row("größe 日本 a\u00a0b", "W:größe W:日本 W:a\u00a0b");
    row("a$b _a", "W:a$b W:_a");
}

void TestSqlLexer::tokens()
{
    QFETCH(QString, sql);
    QFETCH(QString, expected);
    QFETCH(bool, ansiQuotes);
    QFETCH(bool, noBackslashEscapes);
    QCOMPARE(described(sql, {ansiQuotes, noBackslashEscapes}), expected);
}

void TestSqlLexer::doubt_data()
{
    QTest::addColumn<QString>("sql");
    QTest::addColumn<bool>("isDoubtful");
    const auto row = [](const char *sql, bool isDoubtful) {
        QTest::newRow(sql) << QString::fromUtf8(sql) << isDoubtful;
    };
    row("SELECT 'a', \"b\", `c` /* d */ -- e", false);
    row("/*!50100 a */", false);
    row("/*+ a */ b", false);
    row("'a", true);
    row("'a\\'", true);
    row("\"a", true);
    row("`a", true);
    row("/* a", true);
    row("/*!50100 a", true);
    row("/*! '*/' */", true);
    row("/*! /* a */ */", true);
    row("/*! -- */\n */", true);
    row("/*+ `a` */ b", true);
    row("$$a$$", true);
    row("x'1", true);
    row("b'2'", true);
    QTest::newRow("NUL") << QStringLiteral("a") + QChar(0) + QStringLiteral("b") << true;
    QTest::newRow("NUL in a comment") << QStringLiteral("-- a") + QChar(0) << true;
    QTest::newRow("NUL in a string")
            << QStringLiteral("'a") + QChar(0) + QStringLiteral("'") << false;
}

void TestSqlLexer::doubt()
{
    QFETCH(QString, sql);
    QFETCH(bool, isDoubtful);
    SqlLexer lexer(sql, {});
    while (lexer.next().kind != TokenKind::End) {
    }
    QCOMPARE(lexer.isDoubtful(), isDoubtful);
}

void TestSqlLexer::conditionalTokens()
{
    SqlLexer lexer(u"a /*!50100 b */ c", {});
    QVERIFY(!lexer.next().isConditional);
    QVERIFY(lexer.next().isConditional);
    QVERIFY(!lexer.next().isConditional);
}

// Whatever comes: it ends, every token is part of the text, in order, and never empty.
void TestSqlLexer::randomTexts()
{
    QRandomGenerator random(4711);
    for (int round = 0; round < 20000; ++round) {
        QString sql(random.bounded(60), Qt::Uninitialized);
        for (QChar &character : sql)
            character = QChar(
                    ushort(random.bounded(8) ? random.bounded(128) : random.bounded(65536)));
        const LexerMode mode{bool(round & 1), bool(round & 2), bool(round & 4)};
        SqlLexer lexer(sql, mode);
        const QChar *end = sql.constData();
        int tokens = 0;
        for (SqlToken token = lexer.next(); token.kind != TokenKind::End; token = lexer.next()) {
            QVERIFY(!token.text.isEmpty());
            QVERIFY(token.text.data() >= end);
            end = token.text.data() + token.text.size();
            QVERIFY(end <= sql.constData() + sql.size());
            QVERIFY(++tokens <= sql.size());
        }
        QVERIFY(lexer.next().kind == TokenKind::End);
        classifyStatement(sql, mode);
    }
}

// Texts that look more like SQL: what is doubtful or holds a known evil is never a plain read.
void TestSqlLexer::randomMixesOfPieces()
{
    static const char *const Pieces[] = {"SELECT", "FROM",      "(",      ")",       ",",
                                         ";",      ".",         "'",      "\"",      "`",
                                         "/*",     "*/",        "/*!",    "--",      "#",
                                         "\n",     " ",         "@",      "@@",      ":",
                                         "=",      "\\",        "SET",    "END",     "BEGIN",
                                         "CREATE", "PROCEDURE", "WITH",   "AS",      "a",
                                         "now",    "sleep",     "1",      "1e",      "x'",
                                         "*",      "FOR",       "UPDATE", "INTO",    "?",
                                         "CASE",   "VALUES",    "INSERT", "EXPLAIN", "SHOW",
                                         "TABLE",  "identity",  "$",      "/*+"};
    QRandomGenerator random(815);
    int plainReads = 0;
    for (int round = 0; round < 100000; ++round) {
        QString sql = round & 1 ? QStringLiteral("SELECT ") : QString();
        for (int pieces = random.bounded(14); pieces > 0; --pieces) {
            sql += QLatin1String(Pieces[random.bounded(int(std::size(Pieces)))]);
            if (random.bounded(3))
                sql += u' ';
        }
        const LexerMode mode{bool(round & 2), bool(round & 4), bool(round & 8)};
        const StatementTraits traits = classifyStatement(sql, mode);
        SqlLexer lexer(sql, mode);
        bool hasEvil = false;
        SqlToken token;
        do {
            token = lexer.next();
            hasEvil |= token.kind == TokenKind::UserVariable || token.isConditional;
        } while (token.kind != TokenKind::End);
        // SHOW has accounts, u@h, where others have variables.
        const bool isShow = sql.trimmed().startsWith(QLatin1String("SHOW"));
        if ((hasEvil && !isShow) || lexer.isDoubtful())
            QVERIFY2(!traits.isPlainRead, qPrintable(sql));
        if (lexer.isDoubtful())
            QVERIFY2(traits.pins && !traits.isSingle, qPrintable(sql));
        if (traits.isPlainRead) {
            ++plainReads;
            QVERIFY2(traits.isSingle && !traits.pins && !traits.dependsOnPreviousStatement,
                     qPrintable(sql));
        }
    }
    QVERIFY(plainReads > 100); // else nothing was tried
}

// Of every prefix: a token without an end is never a plain read.
void TestSqlLexer::cutPlainReads()
{
    const QString texts[] =
            {QStringLiteral(
                     "SELECT 'a\\'b''c', \"d\"\"e\", `f``g`, x'00', b'1' /* h */ FROM i -- j"),
             QStringLiteral("WITH a(b) AS (SELECT 'x; y') SELECT /*+ h */ * FROM a WHERE b = 'z'"),
             QStringLiteral("SHOW TABLES LIKE 'a%'")};
    for (const QString &text : texts) {
        QVERIFY(classifyStatement(text).isPlainRead);
        int cut = 0;
        for (qsizetype size = 0; size < text.size(); ++size) {
            const QStringView prefix = QStringView(text).left(size);
            SqlLexer lexer(prefix, {});
            while (lexer.next().kind != TokenKind::End) {
            }
            if (!lexer.isDoubtful())
                continue;
            ++cut;
            QVERIFY2(!classifyStatement(prefix).isPlainRead, qPrintable(prefix.toString()));
        }
        QVERIFY(cut > 2);
    }
}

void TestSqlLexer::singleStatements_data()
{
    QTest::addColumn<QString>("sql");
    QTest::addColumn<QStringList>("expected");
    QTest::addColumn<QString>("sqlMode");
    const auto row = [](const char *sql, const QStringList &expected, const char *sqlMode = "") {
        QTest::addRow("%s %s", sqlMode, sql)
                << QString::fromUtf8(sql) << expected << QString::fromUtf8(sqlMode);
    };
    const auto one = [&row](const char *sql, const char *sqlMode = "") {
        row(sql, {QString::fromUtf8(sql)}, sqlMode);
    };
    row("", {});
    row(" ; -- nothing\n;", {});
    one("USE other");
    row("USE other; SET @a = ';' ;SET @b=1;",
        {QStringLiteral("USE other"), QStringLiteral("SET @a = ';'"), QStringLiteral("SET @b=1")});
    row("SET @a=`x;y` /* ; */; USE b",
        {QStringLiteral("SET @a=`x;y` /* ; */"), QStringLiteral("USE b")});
    row("SET @a='\\'; SET @b=';'", {QStringLiteral("SET @a='\\'"), QStringLiteral("SET @b=';'")},
        "NO_BACKSLASH_ESCAPES");
    one("SET @a='\\'; SET @b='");
    one("BEGIN NOT ATOMIC SET @a=1; SET @b=2; END");
    one("IF 1 THEN SET @a=1; SET @b=2; END IF; USE x");
    one("USE b; SET @a='without an end");
    one("USE b /*!50000 ; SET @a=1 */");
}

void TestSqlLexer::singleStatements()
{
    QFETCH(QString, sql);
    QFETCH(QStringList, expected);
    QFETCH(QString, sqlMode);
    QCOMPARE(qproxysql::singleStatements(sql, LexerMode::of(sqlMode)), expected);
}

QTEST_GUILESS_MAIN(TestSqlLexer)
#include "tst_sqllexer.moc"
