// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "results/textvalue.h"

#include <QtCore/QDateTime>
#include <QtCore/QRandomGenerator>
#include <QtTest/QtTest>

using namespace qproxysql;
using namespace Qt::StringLiterals;

/// The fast ways from text to value give what QString and QDateTime, which QMYSQL uses, give.
class tst_TextValue : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void integers_data();
    void integers();
    void decimals_data();
    void decimals();
    void drawnNumbers();
    void dates_data();
    void dates();
    void manyMoments();

private:
    static Column column(enum_field_types type, uint flags = 0)
    {
        MYSQL_FIELD field{};
        field.type = type;
        field.flags = flags;
        return Column(field);
    }
    static QVariant value(const Column &kind, const QByteArray &text,
                          QSql::NumericalPrecisionPolicy policy = QSql::LowPrecisionDouble)
    {
        return textValue(kind, text.constData(), size_t(text.size()), policy);
    }
    static QDateTime moment(QString text)
    {
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
        text.append(u'Z');
#endif
        return QDateTime::fromString(text, Qt::ISODate);
    }
};

void tst_TextValue::integers_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const char *text : {"0",
                             "-0",
                             "1",
                             "-1",
                             "007",
                             "+5",
                             " 5",
                             "5 ",
                             "",
                             "x",
                             "1x",
                             "127",
                             "-128",
                             "255",
                             "256",
                             "32768",
                             "65535",
                             "2147483647",
                             "2147483648",
                             "-2147483648",
                             "-2147483649",
                             "4294967295",
                             "4294967296",
                             "9223372036854775807",
                             "9223372036854775808",
                             "-9223372036854775808",
                             "-9223372036854775809",
                             "18446744073709551615",
                             "18446744073709551616",
                             "1.5",
                             "1e3",
                             "0x10"})
        QTest::newRow(text) << QByteArray(text);
}

void tst_TextValue::integers()
{
    QFETCH(const QByteArray, text);
    const QString string = QString::fromUtf8(text);
    QCOMPARE(value(column(MYSQL_TYPE_TINY), text), QVariant(string.toInt()));
    QCOMPARE(value(column(MYSQL_TYPE_SHORT, UNSIGNED_FLAG), text), QVariant(string.toUInt()));
    QCOMPARE(value(column(MYSQL_TYPE_LONG), text), QVariant(string.toInt()));
    QCOMPARE(value(column(MYSQL_TYPE_YEAR, UNSIGNED_FLAG), text), QVariant(string.toInt()));
    QCOMPARE(value(column(MYSQL_TYPE_LONGLONG), text), QVariant(string.toLongLong()));
    QCOMPARE(value(column(MYSQL_TYPE_LONGLONG, UNSIGNED_FLAG), text),
             QVariant(string.toULongLong()));
}

void tst_TextValue::decimals_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const char *text : {"0",
                             "-0",
                             "0.1",
                             "-0.50",
                             "1e10",
                             "1E-5",
                             "1e400",
                             "-1e400",
                             "1e-400",
                             "4.9406564584124654e-324",
                             "1.7976931348623157e308",
                             "inf",
                             "-inf",
                             "nan",
                             "infinity",
                             " 1",
                             "1 ",
                             "+1",
                             "1.",
                             ".5",
                             "",
                             "x",
                             "1x",
                             "0x1p3",
                             "1,5",
                             "123456789012345678901234567890.123456789",
                             "2147483648.5",
                             "-0.4"})
        QTest::newRow(text) << QByteArray(text);
}

void tst_TextValue::decimals()
{
    QFETCH(const QByteArray, text);
    const QString string = QString::fromUtf8(text);
    const Column kind = column(MYSQL_TYPE_NEWDECIMAL);
    bool isOk = false;
    const double number = string.toDouble(&isOk);
    const auto expected = [isOk](const QVariant &wanted) { return isOk ? wanted : QVariant(); };
    const QVariant seen = value(kind, text, QSql::LowPrecisionDouble);
    QCOMPARE(seen.isValid(), isOk);
    if (isOk && !qIsNaN(number))
        QVERIFY2(seen.toDouble() == number, qPrintable(seen.toString()));
    if (isOk && qAbs(number) < 2147483647) {
        QCOMPARE(value(kind, text, QSql::LowPrecisionInt32), expected(QVariant(number).toInt()));
        QCOMPARE(value(kind, text, QSql::LowPrecisionInt64),
                 expected(QVariant(number).toLongLong()));
    }
    QCOMPARE(value(kind, text, QSql::HighPrecision), QVariant(string));
}

void tst_TextValue::drawnNumbers()
{
    QRandomGenerator random(1);
    const Column kind = column(MYSQL_TYPE_DOUBLE);
    for (int i = 0; i < 20'000; ++i) {
        const quint64 bits = random.generate64();
        double number = 0;
        std::memcpy(&number, &bits, sizeof(number));
        if (qIsNaN(number))
            continue;
        const QByteArray text = QByteArray::number(number, 'g', random.bounded(1, 25));
        const QVariant seen = value(kind, text);
        bool isOk = false;
        const double expected = QString::fromUtf8(text).toDouble(&isOk);
        QCOMPARE(seen.isValid(), isOk);
        QVERIFY2(!isOk || seen.toDouble() == expected, text.constData());
    }
}

void tst_TextValue::dates_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const char *text : {"2024-02-29",
                             "2023-02-29",
                             "0000-00-00",
                             "2024-00-10",
                             "9999-12-31",
                             "0001-01-01",
                             "2024-2-9",
                             "2024/02/29",
                             "",
                             "x",
                             "20240229",
                             "2024-02-29 12:34:56",
                             "2024-02-29 24:00:00",
                             "2024-02-29 12:60:00",
                             "2024-02-29 12:34:56.5",
                             "2024-02-29 12:34:56.999999",
                             "2024-02-29 12:34:56.9995",
                             "2024-02-29T12:34:56",
                             "0000-00-00 00:00:00",
                             "2023-02-29 10:00:00",
                             "9999-12-31 23:59:59",
                             "20240229123456",
                             "2024-02-29 12:34",
                             "2024-02-29 1:2:3",
                             "2024-02-29 12:34:5x"})
        QTest::newRow(text) << QByteArray(text);
}

void tst_TextValue::dates()
{
    QFETCH(const QByteArray, text);
    const QString string = QString::fromUtf8(text);
    QCOMPARE(value(column(MYSQL_TYPE_DATE), text), QVariant(QDate::fromString(string, Qt::ISODate)));
    if (text.size() == 14) // the form of ancient servers
        return;
    const QVariant seen = value(column(MYSQL_TYPE_DATETIME), text);
    QCOMPARE(seen.typeId(), int(QMetaType::QDateTime));
    QCOMPARE(seen.toDateTime(), string.isEmpty() ? QDateTime() : moment(string));
    QCOMPARE(seen.toDateTime().timeSpec(),
             string.isEmpty() ? QDateTime().timeSpec() : moment(string).timeSpec());
}

void tst_TextValue::manyMoments()
{
    const Column kind = column(MYSQL_TYPE_TIMESTAMP);
    for (int i = 0; i < 365; ++i) {
        const QString text = QStringLiteral("2024-%1-%2 %3:%4:%5")
                                     .arg(i % 12 + 1, 2, 10, QLatin1Char('0'))
                                     .arg(i % 31 + 1, 2, 10, QLatin1Char('0'))
                                     .arg(i % 24, 2, 10, QLatin1Char('0'))
                                     .arg(i % 60, 2, 10, QLatin1Char('0'))
                                     .arg(i * 7 % 60, 2, 10, QLatin1Char('0'));
        QCOMPARE(value(kind, text.toLatin1()).toDateTime(), moment(text));
    }
}

QTEST_APPLESS_MAIN(tst_TextValue)
#include "tst_textvalue.moc"
