// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "sql/sessionsettings.h"
#include "sql/statementtraits.h"

#include <QtTest/QTest>

using namespace qproxysql;

// What a row expects: letters of "1" one statement, "p" plain read, "r" reads the session's rest,
// "c" may commit; a transaction verb; pins; "-name" what it releases;
// "setting=value", "setting=?" where only the server knows; "once" variables of one statement.
class TestStatementTraits : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void classify_data();
    void classify();
    void modes_data();
    void modes();
    void doubtfulPrefixes();
};

namespace {

QByteArray described(const StatementTraits &traits)
{
    static const char *const Verbs[] = {"",          "Begin", "Commit",        "Rollback",
                                        "Savepoint", "Xa",    "ImplicitCommit"};
    QByteArray text;
    if (traits.isSingle)
        text += '1';
    if (traits.isPlainRead)
        text += 'p';
    if (traits.dependsOnPreviousStatement)
        text += 'r';
    if (traits.mayCommit)
        text += 'c';
    if (traits.transaction != TransactionVerb::None)
        text += QByteArray(" ") + Verbs[int(traits.transaction)];
    for (const QString &pin : pinNames(traits.pins))
        text += ' ' + pin.toLatin1();
    for (const QString &release : pinNames(traits.releases))
        text += " -" + release.toLatin1();
    for (const SettingChange &change : traits.settings) {
        const std::string_view name = sessionSettings()[size_t(change.setting)].name;
        text += ' ' + QByteArray(name.data(), qsizetype(name.size())) + '='
                + (change.value.isNull() ? QByteArray("?") : change.value.toUtf8());
    }
    if (traits.isForOneStatement)
        text += " once";
    return text;
}

struct Row
{
    const char *sql;
    const char *expected;
};

const Row Rows[] = {
#include "statementtraits_rows.inc"
};

} // namespace

void TestStatementTraits::classify_data()
{
    QTest::addColumn<QString>("sql");
    QTest::addColumn<QByteArray>("expected");
    int number = 0;
    for (const Row &row : Rows) {
        QTest::addRow("%d: %.60s", ++number, row.sql)
                << QString::fromUtf8(row.sql) << QByteArray(row.expected);
    }
}

void TestStatementTraits::classify()
{
    QFETCH(QString, sql);
    QFETCH(QByteArray, expected);
    QCOMPARE(described(classifyStatement(sql)), expected);
}

void TestStatementTraits::modes_data()
{
    QTest::addColumn<QString>("sql");
    QTest::addColumn<bool>("ansiQuotes");
    QTest::addColumn<bool>("noBackslashEscapes");
    QTest::addColumn<bool>("ignoreSpace");
    QTest::addColumn<QByteArray>("expected");

    const auto row = [](const char *sql, const char *mode, const char *expected) {
        const QByteArray letters(mode);
        QTest::addRow("%s: %s", mode, sql)
                << QString::fromUtf8(sql) << letters.contains('a') << letters.contains('b')
                << letters.contains('s') << QByteArray(expected);
    };
    row(R"(SELECT 'a\', UUID_SHORT(), ' -- ')", "", "1p");
    row(R"(SELECT 'a\', UUID_SHORT(), ' -- ')", "b", "1");
    row(R"(SELECT 'a\'; DO 1; -- ')", "", "1p");
    row(R"(SELECT 'a\'; DO 1; -- ')", "b", "");
    row(R"(SELECT "a\", UUID_SHORT(), " -- ")", "", "1p");
    row(R"(SELECT "a\", UUID_SHORT(), " -- ")", "a", "1");
    row(R"(SELECT "a\", UUID_SHORT(), " -- ")", "b", "1");
    row(R"(SELECT "f"(1))", "a", "1 stored_function");
    row(R"(SELECT "f" (1))", "", "1p");
    row(R"(SELECT "a" FROM "t")", "a", "1p");
    row(R"(SELECT @"a\", UUID_SHORT(), " -- ")", "a", "1 user_variables");
    row("SELECT COUNT (*) FROM t", "", "1 stored_function");
    row("SELECT COUNT (*) FROM t", "s", "1p");
    row("SELECT NOW/**/()", "", "1 stored_function");
    row("SELECT NOW/**/()", "s", "1p");
    row("SELECT SLEEP (1)", "s", "1p");
    row(R"(SELECT @@"identity")", "a", "1r");
}

void TestStatementTraits::modes()
{
    QFETCH(QString, sql);
    QFETCH(bool, ansiQuotes);
    QFETCH(bool, noBackslashEscapes);
    QFETCH(bool, ignoreSpace);
    QFETCH(QByteArray, expected);
    QCOMPARE(described(classifyStatement(sql, {ansiQuotes, noBackslashEscapes, ignoreSpace})),
             expected);
}

// A plain read cut off inside a string, a quoted name or a comment is never called a plain read.
void TestStatementTraits::doubtfulPrefixes()
{
    const QString sql = QStringLiteral("SELECT 'it''s; \\' fine', \"two\", `na``me` /* a ; b */ "
                                       "FROM t WHERE x'00' = b'1' AND n = 'z'");
    QVERIFY(classifyStatement(sql).isPlainRead);
    struct Range
    {
        QString begin;
        QString end;
    };
    for (const Range &range : {Range{QStringLiteral("'it"), QStringLiteral("fine'")},
                               Range{QStringLiteral("\"two"), QStringLiteral("two\"")},
                               Range{QStringLiteral("`na"), QStringLiteral("me`")},
                               Range{QStringLiteral("/* a"), QStringLiteral("b */")},
                               Range{QStringLiteral("'z"), QStringLiteral("z'")}}) {
        const qsizetype begin = sql.lastIndexOf(range.begin);
        const qsizetype end = sql.indexOf(range.end, begin) + range.end.size();
        // A doubled quote closes the token for one character.
        for (qsizetype size = begin + 2; size < end; ++size) {
            const QStringView prefix = QStringView(sql).left(size);
            const bool isClosed = prefix.endsWith(QLatin1String("it'"))
                                  || prefix.endsWith(QLatin1String("`na`"));
            QCOMPARE(classifyStatement(prefix).isPlainRead, isClosed);
        }
    }
}

QTEST_GUILESS_MAIN(TestStatementTraits)
#include "tst_statementtraits.moc"
