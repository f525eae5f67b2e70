// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "parity/generator.h"

namespace qproxysql::parity {

using namespace Qt::StringLiterals;

namespace {

QString padded(int number, int width)
{
    return QString::number(number).rightJustified(width, u'0');
}

} // namespace

qint64 Generator::integer()
{
    // All magnitudes alike: else nearly every number has 19 digits.
    return qint64(m_random.generate64()) >> below(64);
}

QString Generator::number()
{
    switch (below(3)) {
    case 0:
        return QString::number(integer());
    case 1:
        return u"%1.%2"_s.arg(integer()).arg(padded(below(1'000'000'000), 9));
    default:
        return u"%1.%2e%3"_s.arg(integer() % 10).arg(below(1'000'000)).arg(below(600) - 300);
    }
}

QString Generator::text(int longest)
{
    static constexpr struct
    {
        char32_t first;
        int count;
    } blocks[] = {{0x20, 95}, {0xa1, 95}, {0x3b1, 24}, {0x4e00, 2000}, {0x1f400, 100}, {0x1, 31}};
    QString result;
    for (int left = below(longest + 1); left > 0; --left) {
        const auto block = oneOf(blocks);
        const char32_t character = block.first + char32_t(below(block.count));
        result += QString::fromUcs4(&character, 1);
    }
    return result;
}

QByteArray Generator::bytes(int longest)
{
    QByteArray result(below(longest + 1), '\0');
    for (char &byte : result)
        byte = char(below(256));
    return result;
}

QString Generator::fraction()
{
    const int digits = below(7);
    return digits ? u'.' + padded(below(1'000'000), 6).left(digits) : QString();
}

QString Generator::date()
{
    const bool hasZeros = chance(10);
    return u"%1-%2-%3"_s.arg(padded(chance(5) ? 0 : below(10'000), 4),
                             padded(hasZeros && chance(50) ? 0 : 1 + below(12), 2),
                             padded(hasZeros ? 0 : 1 + below(28), 2));
}

QString Generator::minutes()
{
    return u":%1:%2"_s.arg(padded(below(60), 2), padded(below(60), 2)) + fraction();
}

QString Generator::time()
{
    const QString sign = chance(30) ? u"-"_s : QString();
    return sign + padded(below(chance(50) ? 24 : 839), 2) + minutes();
}

QString Generator::dateTime()
{
    return date() + u' ' + padded(below(24), 2) + minutes();
}

QString Generator::literal()
{
    switch (below(8)) {
    case 0:
        return u"NULL"_s;
    case 1:
        return u'\'' + date() + u'\'';
    case 2:
        return u'\'' + time() + u'\'';
    case 3:
        return u'\'' + dateTime() + u'\'';
    case 4:
        return u"X'%1'"_s.arg(QLatin1String(bytes(40).toHex()));
    case 5:
        return quoted(text(30));
    default:
        return number();
    }
}

QString Generator::quoted(const QString &text)
{
    QString result = text;
    result.replace(u'\\', u"\\\\"_s).replace(u'\'', u"''"_s);
    return u'\'' + result + u'\'';
}

} // namespace qproxysql::parity
