// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "sql/statementtraits.h"

#include <QtTest/QTest>

#include <algorithm>

using namespace qproxysql;

class TestStatementTraitsCache : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answersLikeTheClassifier();
    void keepsWhatIsAskedFor();
    void forgetsWhatIsNot();
    void longTextsAreNotKept();
    void modeDecides();
    void textThatIsNotOwned();
    void hit();
    void shortText();
    void longText();
};

namespace {

QString numbered(int number)
{
    return QStringLiteral("SELECT a FROM t WHERE id = %1").arg(number);
}

} // namespace

void TestStatementTraitsCache::answersLikeTheClassifier()
{
    StatementTraitsCache cache;
    for (int round = 0; round < 2; ++round) {
        const StatementTraits &read = cache.of(QStringLiteral("SELECT 1"));
        QVERIFY(read.isPlainRead);
        const StatementTraits &set = cache.of(QStringLiteral("SET @a = 1"));
        QVERIFY(!set.isPlainRead);
        QCOMPARE(set.pins, SessionPin::UserVariables);
    }
}

void TestStatementTraitsCache::textThatIsNotOwned()
{
    StatementTraitsCache cache;
    QString buffer = QStringLiteral("SELECT a FROM t");
    buffer.detach();
    const QString raw = QString::fromRawData(buffer.constData(), buffer.size());
    QVERIFY(cache.of(raw).isPlainRead);
    std::ranges::copy(QStringLiteral("DELETE   FROM t"), buffer.data());
    QVERIFY(!cache.of(raw).isPlainRead);
    std::ranges::copy(QStringLiteral("SELECT a FROM t"), buffer.data());
    QVERIFY(cache.of(raw).isPlainRead);
}

// A hit hands out what is stored, so the same list answers twice.
void TestStatementTraitsCache::keepsWhatIsAskedFor()
{
    StatementTraitsCache cache;
    const QString asked = QStringLiteral("USE a");
    const void *const stored = cache.of(asked).settings.constData();
    for (int number = 0; number < 5000; ++number) {
        cache.of(numbered(number));
        if (number % 100 == 0)
            QCOMPARE(static_cast<const void *>(cache.of(asked).settings.constData()), stored);
    }
}

void TestStatementTraitsCache::forgetsWhatIsNot()
{
    StatementTraitsCache cache;
    const QString asked = QStringLiteral("USE a");
    const QList<SettingChange> kept = cache.of(asked).settings; // keeps the list's address taken
    for (int number = 0; number < 1001; ++number)
        cache.of(numbered(number));
    QVERIFY(cache.of(asked).settings.constData() != kept.constData());

    // Long texts fill it sooner.
    const QList<SettingChange> again = cache.of(asked).settings;
    for (int number = 0; number < 400; ++number)
        cache.of(numbered(number) + QString(1900, u' '));
    QVERIFY(cache.of(asked).settings.constData() != again.constData());
}

void TestStatementTraitsCache::longTextsAreNotKept()
{
    StatementTraitsCache cache;
    const QString text = QStringLiteral("USE a") + QString(2100, u' ');
    const QList<SettingChange> first = cache.of(text).settings;
    QCOMPARE(first.size(), 1);
    QVERIFY(cache.of(text).settings.constData() != first.constData());
}

void TestStatementTraitsCache::modeDecides()
{
    StatementTraitsCache cache;
    const QString text = QStringLiteral("SELECT \"f\"(1)");
    QVERIFY(!cache.of(text).pins);
    QVERIFY(cache.of(text, {true, false, false}).pins);
    QVERIFY(!cache.of(text).pins);
}

void TestStatementTraitsCache::hit()
{
    StatementTraitsCache cache;
    for (int number = 0; number < 400; ++number)
        cache.of(numbered(number));
    const QString text = numbered(7);
    bool isPlainRead = true;
    QBENCHMARK
    {
        isPlainRead &= cache.of(text).isPlainRead;
    }
    QVERIFY(isPlainRead);
}

void TestStatementTraitsCache::shortText()
{
    const QString text = numbered(7);
    bool isPlainRead = true;
    QBENCHMARK
    {
        isPlainRead &= classifyStatement(text).isPlainRead;
    }
    QVERIFY(isPlainRead);
}

void TestStatementTraitsCache::longText()
{
    QString text = QStringLiteral("INSERT INTO t (a, b) VALUES (1, 'x')");
    while (text.size() < 1024 * 1024)
        text += QStringLiteral(", (12345, 'some text of middling length')");
    bool isSingle = true;
    QBENCHMARK
    {
        isSingle &= classifyStatement(text).isSingle;
    }
    QVERIFY(isSingle);
}

QTEST_GUILESS_MAIN(TestStatementTraitsCache)
#include "tst_statementtraitscache.moc"
