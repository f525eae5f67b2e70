// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QString>

#include <algorithm>
#include <optional>

namespace qproxysql {

/// At least one digit, and nothing but digits.
inline bool isDigits(QStringView text)
{
    return !text.isEmpty()
           && std::ranges::all_of(text, [](QChar c) { return c >= u'0' && c <= u'9'; });
}

/// A number from \a least to \a most that is written in digits only, and in no more of them than \a most
/// has.
inline std::optional<int> readWholeNumber(QStringView text, int least, int most)
{
    if (!isDigits(text) || text.size() > QString::number(most).size())
        return {};
    const int number = text.toInt();
    return number >= least && number <= most ? std::optional(number) : std::nullopt;
}

} // namespace qproxysql
