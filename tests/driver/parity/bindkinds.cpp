// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "parity/bindkinds.h"

#include <QtCore/QBitArray>
#include <QtCore/QDateTime>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtCore/QLocale>
#include <QtCore/QRect>
#include <QtCore/QRegularExpression>
#include <QtCore/QTimeZone>
#include <QtCore/QUrl>
#include <QtCore/QUuid>

#include <limits>

namespace {

/// Nothing converts it to a text.
struct Opaque
{
    int number = 7;
};

/// A converter makes a text of it.
struct Convertible
{
    QString text = QStringLiteral("converted ü");
};

} // namespace

Q_DECLARE_METATYPE(Opaque)
Q_DECLARE_METATYPE(Convertible)
Q_DECLARE_METATYPE(long double)

namespace qproxysql::parity {

using namespace Qt::StringLiterals;

namespace {

void add(std::vector<BindKind> &all, std::initializer_list<BindKind> kinds)
{
    all.insert(all.end(), kinds);
}

template<typename Number>
void addLimits(std::vector<BindKind> &all, const char *name)
{
    using Limits = std::numeric_limits<Number>;
    add(all, {{name, QVariant::fromValue(Number(0))},
              {name, QVariant::fromValue(Number(1))},
              {name, QVariant::fromValue(Limits::lowest())},
              {name, QVariant::fromValue(Limits::max())}});
}

void addNumbers(std::vector<BindKind> &all)
{
    add(all, {{"true", true}, {"false", false}});
    addLimits<char>(all, "char");
    addLimits<signed char>(all, "signed char");
    addLimits<unsigned char>(all, "unsigned char");
    addLimits<short>(all, "short");
    addLimits<unsigned short>(all, "unsigned short");
    addLimits<int>(all, "int");
    addLimits<unsigned int>(all, "unsigned int");
    addLimits<long>(all, "long");
    addLimits<unsigned long>(all, "unsigned long");
    addLimits<qint64>(all, "qint64");
    addLimits<quint64>(all, "quint64");
    addLimits<float>(all, "float");
    addLimits<double>(all, "double");
    addLimits<long double>(all, "long double");
    add(all, {{"0.1f", 0.1f},
              {"0.1", 0.1},
              {"-0.0", -0.0},
              {"denormal", std::numeric_limits<double>::denorm_min()},
              {"infinity", std::numeric_limits<double>::infinity()},
              {"-infinity", -std::numeric_limits<double>::infinity()},
              {"nan", std::numeric_limits<double>::quiet_NaN()},
              {"float nan", std::numeric_limits<float>::quiet_NaN()},
              {"float infinity", std::numeric_limits<float>::infinity()},
              {"enum", QVariant::fromValue(Qt::AlignRight)},
              {"char16_t", QVariant::fromValue(u'ä')}});
}

void addTexts(std::vector<BindKind> &all)
{
    add(all, {{"text", u"text"_s},
              {"null text", QString()},
              {"empty text", u""_s},
              {"text of all planes", u"grün 漢字 🐬 \\ ' \" % _ \n\t"_s},
              {"text with NUL", QString(u"a\0b"_s)},
              {"lone surrogate", QString(QChar(0xd83d))},
              {"text of a number", u"42"_s},
              {"text of a date", u"2024-02-29 01:02:03.456"_s},
              {"long text", QString(70, u'ü')},
              {"bytes", QByteArray("bytes")},
              {"null bytes", QByteArray()},
              {"empty bytes", QByteArray("")},
              {"bytes with NUL", QByteArray("\0a\0\xff\xfe", 5)},
              {"bytes of a number", QByteArray("42")},
              {"long bytes", QByteArray(70, '\xfe')},
              {"QChar", QChar(u'ü')},
              {"null QChar", QChar()},
              {"QStringList", QStringList{u"a"_s, u"b"_s}},
              {"one in QStringList", QStringList{u"one"_s}},
              {"empty QStringList", QStringList()},
              {"QVariantList", QVariantList{1, u"x"_s}},
              {"QVariantMap", QVariantMap{{u"k"_s, 1}}},
              {"const char *", QVariant::fromValue<const char *>("pointer")}});
}

void addTimes(std::vector<BindKind> &all)
{
    const QDate day(2024, 7, 1);
    const QTime time(23, 59, 58, 999);
    add(all, {{"QDate", day},
              {"null QDate", QDate()},
              {"no such day", QDate(2024, 2, 30)},
              {"QDate of year 1", QDate(1, 1, 1)},
              {"QDate before Christ", QDate(-5, 1, 1)},
              {"QDate of year 10000", QDate(10000, 1, 1)},
              {"QTime", time},
              {"midnight", QTime(0, 0)},
              {"null QTime", QTime()},
              {"no such time", QTime(24, 0)},
              {"local QDateTime", QDateTime(day, time)},
              {"UTC QDateTime", QDateTime(day, time, QTimeZone::utc())},
              {"QDateTime with offset", QDateTime(day, time, QTimeZone(-3 * 3600))},
              {"QDateTime with zone", QDateTime(day, time, QTimeZone("Asia/Tokyo"))},
              {"QDateTime in the gap", QDateTime(QDate(2024, 3, 31), QTime(2, 30))},
              {"QDateTime in both hours", QDateTime(QDate(2024, 10, 27), QTime(2, 30))},
              {"null QDateTime", QDateTime()},
              {"QDateTime without time", QDateTime(day, QTime())},
              {"QDateTime of year 1", QDateTime(QDate(1, 1, 1), QTime(0, 0), QTimeZone::utc())},
              {"QDateTime of year 9999", QDateTime(QDate(9999, 12, 31), time, QTimeZone::utc())}});
}

void addOthers(std::vector<BindKind> &all)
{
    if (!QMetaType::hasRegisteredConverterFunction<Convertible, QString>())
        QMetaType::registerConverter<Convertible, QString>(
                [](const Convertible &from) { return from.text; });
    const QJsonObject object{{u"k"_s, QJsonArray{1, u"ü"_s}}};
    add(all, {{"QUuid", QUuid(u"{123e4567-e89b-12d3-a456-426655440000}"_s)},
              {"null QUuid", QUuid()},
              {"QUrl", QUrl(u"https://example.com/ü?a=1"_s)},
              {"empty QUrl", QUrl()},
              {"QJsonObject", QVariant::fromValue(object)},
              {"QJsonArray", QVariant::fromValue(QJsonArray{1, 2})},
              {"QJsonValue text", QVariant::fromValue(QJsonValue(u"text"_s))},
              {"QJsonValue number", QVariant::fromValue(QJsonValue(1.5))},
              {"QJsonValue null", QVariant::fromValue(QJsonValue())},
              {"QJsonDocument", QVariant::fromValue(QJsonDocument(object))},
              {"QRect", QRect(1, 2, 3, 4)},
              {"QBitArray", QBitArray(9, true)},
              {"QLocale", QLocale::c()},
              {"QRegularExpression", QRegularExpression(u"a+"_s)},
              {"nullptr", QVariant::fromValue(nullptr)},
              {"opaque", QVariant::fromValue(Opaque())},
              {"convertible", QVariant::fromValue(Convertible())}});
}

void addNulls(std::vector<BindKind> &all)
{
    all.push_back({"invalid", QVariant()});
    for (const auto type : {QMetaType::Bool,        QMetaType::Int,         QMetaType::UInt,
                            QMetaType::LongLong,    QMetaType::ULongLong,   QMetaType::Double,
                            QMetaType::Float,       QMetaType::Short,       QMetaType::Char,
                            QMetaType::QChar,       QMetaType::QString,     QMetaType::QByteArray,
                            QMetaType::QStringList, QMetaType::QDate,       QMetaType::QTime,
                            QMetaType::QDateTime,   QMetaType::QUuid,       QMetaType::QUrl,
                            QMetaType::QJsonObject, QMetaType::QVariantList})
        all.push_back({"null variant", QVariant(QMetaType(type))});
}

} // namespace

std::vector<BindKind> bindKinds()
{
    std::vector<BindKind> all;
    addNumbers(all);
    addTexts(all);
    addTimes(all);
    addOthers(all);
    addNulls(all);
    return all;
}

} // namespace qproxysql::parity
