// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "results/textvalue.h"

#include <QtCore/QDateTime>

#include <charconv>
#include <cmath>
#include <cstdint>

namespace qproxysql {

namespace {

// What is no plain number is read as QMYSQL reads it, by QString's functions.
template<typename Number>
bool readNumber(const char *data, size_t length, Number *number)
{
    const auto [end, error] = std::from_chars(data, data + length, *number);
    return error == std::errc() && end == data + length;
}

QString stringOf(const char *data, size_t length)
{
    return QString::fromUtf8(data, qsizetype(length));
}

template<typename Number, auto Convert>
QVariant integer(const char *data, size_t length)
{
    Number number{};
    if (Q_LIKELY(readNumber(data, length, &number)))
        return QVariant(number);
    return QVariant((stringOf(data, length).*Convert)(nullptr, 10));
}

QVariant decimal(const char *data, size_t length, QSql::NumericalPrecisionPolicy policy)
{
    if (policy == QSql::HighPrecision)
        return QVariant(stringOf(data, length));
    double number = 0;
    bool isOk = readNumber(data, length, &number) && std::isfinite(number);
    if (Q_UNLIKELY(!isOk))
        number = stringOf(data, length).toDouble(&isOk);
    if (!isOk && policy != QSql::HighPrecision)
        return QVariant();
    switch (policy) {
    case QSql::LowPrecisionInt32:
        return QVariant(QVariant(number).toInt());
    case QSql::LowPrecisionInt64:
        return QVariant(QVariant(number).toLongLong());
    case QSql::LowPrecisionDouble:
        return QVariant(number);
    default: // none of the policies
        return QVariant(stringOf(data, length));
    }
}

/// The number in \a count digits, or -1.
int digits(const char *data, int count)
{
    int number = 0;
    for (int i = 0; i < count; ++i) {
        const uint digit = uint(data[i] - '0');
        if (digit > 9)
            return -1;
        number = number * 10 + int(digit);
    }
    return number;
}

/// Reads "YYYY-MM-DD". False for any other form.
bool readDate(const char *data, QDate *date)
{
    const int year = digits(data, 4);
    const int month = digits(data + 5, 2);
    const int day = digits(data + 8, 2);
    if (year < 0 || month < 0 || day < 0 || data[4] != '-' || data[7] != '-')
        return false;
    *date = QDate(year, month, day);
    return true;
}

/// Reads "hh:mm:ss". False for any other form, and for 24:00:00, which is the next day's midnight.
bool readTime(const char *data, QTime *time)
{
    const int hour = digits(data, 2);
    const int minute = digits(data + 3, 2);
    const int second = digits(data + 6, 2);
    if (hour < 0 || hour > 23 || minute < 0 || second < 0 || data[2] != ':' || data[5] != ':')
        return false;
    *time = QTime(hour, minute, second);
    return true;
}

QVariant date(const char *data, size_t length)
{
    constexpr size_t DateLength = 10;
    QDate date;
    if (length == DateLength && readDate(data, &date))
        return QVariant(date);
    const QString text = stringOf(data, length);
    return QVariant(text.isEmpty() ? QDate() : QDate::fromString(text, Qt::ISODate));
}

QDateTime dateTimeOf(QString text)
{
    if (text.isEmpty())
        return QDateTime();
    if (text.size() == 14) // yyyyMMddhhmmss
        text.insert(4, u'-').insert(7, u'-').insert(10, u'T').insert(13, u':').insert(16, u':');
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
    if (!text.endsWith(u'Z'))
        text.append(u'Z');
#endif
    return QDateTime::fromString(text, Qt::ISODate);
}

QVariant dateTime(const char *data, size_t length)
{
    constexpr size_t DateTimeLength = 19;
    QDate date;
    QTime time;
    if (length != DateTimeLength || data[10] != ' ' || !readDate(data, &date)
        || !readTime(data + 11, &time))
        return QVariant(dateTimeOf(stringOf(data, length)));
    if (!date.isValid() || !time.isValid())
        return QVariant(QDateTime());
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
    return QVariant(QDateTime(date, time, Qt::UTC));
#else
    return QVariant(QDateTime(date, time));
#endif
}

} // namespace

QVariant textValue(const Column &column, const char *data, size_t length,
                   QSql::NumericalPrecisionPolicy policy)
{
    switch (column.valueType) {
    case QMetaType::Char:
    case QMetaType::Short:
    case QMetaType::Int:
        return integer<int, &QString::toInt>(data, length);
    case QMetaType::UChar:
    case QMetaType::UShort:
    case QMetaType::UInt:
        return integer<uint, &QString::toUInt>(data, length);
    case QMetaType::LongLong:
        return integer<qlonglong, &QString::toLongLong>(data, length);
    case QMetaType::ULongLong:
        return integer<qulonglong, &QString::toULongLong>(data, length);
    case QMetaType::Double:
        return decimal(data, length, policy);
    case QMetaType::QDate:
        return date(data, length);
    case QMetaType::QDateTime:
        return dateTime(data, length);
    case QMetaType::QByteArray:
        return QVariant(QByteArray(data, qsizetype(length)));
    default:
        return QVariant(stringOf(data, length));
    }
}

QVariant bitValue(const Column &column, const char *data)
{
    std::uint64_t value = 0; // the variant's type is that of QMYSQL, not quint64
    for (ulong i = 0; i < (column.length + 7) / 8; ++i)
        value = value << 8 | quint8(data[i]);
    return QVariant::fromValue(value);
}

} // namespace qproxysql
