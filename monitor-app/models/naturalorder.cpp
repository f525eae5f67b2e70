// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "models/naturalorder.h"

namespace qproxysql {

namespace {

bool isDigit(QChar c)
{
    return c >= u'0' && c <= u'9';
}

/// Takes the digits at the front of \a text, without leading zeros.
QStringView takeNumber(QStringView *text)
{
    qsizetype end = 0;
    while (end < text->size() && isDigit(text->at(end)))
        ++end;
    QStringView digits = text->first(end);
    while (digits.size() > 1 && digits.front() == u'0')
        digits = digits.sliced(1);
    *text = text->sliced(end);
    return digits;
}

int compareCharacters(QChar one, QChar other)
{
    return int(one.toCaseFolded().unicode()) - int(other.toCaseFolded().unicode());
}

} // namespace

int compareNaturally(QStringView one, QStringView other)
{
    QStringView left = one;
    QStringView right = other;
    while (!left.isEmpty() && !right.isEmpty()) {
        if (isDigit(left.front()) && isDigit(right.front())) {
            const QStringView leftNumber = takeNumber(&left);
            const QStringView rightNumber = takeNumber(&right);
            if (leftNumber.size() != rightNumber.size())
                return leftNumber.size() < rightNumber.size() ? -1 : 1;
            if (const int order = leftNumber.compare(rightNumber))
                return order;
            continue;
        }
        if (const int order = compareCharacters(left.front(), right.front()))
            return order;
        left = left.sliced(1);
        right = right.sliced(1);
    }
    if (left.isEmpty() != right.isEmpty())
        return left.isEmpty() ? -1 : 1;
    return one.compare(other); // "db02" and "db2", "DB" and "db": any fixed order
}

} // namespace qproxysql
