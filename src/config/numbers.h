// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QString>

#include <algorithm>
#include <optional>

namespace qproxysql {

/// A number from \a least to \a most, in digits only, at most as many as \a most has.
inline std::optional<int> readWholeNumber(QStringView text, int least, int most)
{
    const bool isDigits = std::ranges::all_of(text, [](QChar c) { return c >= u'0' && c <= u'9'; });
    if (text.isEmpty() || !isDigits || text.size() > QString::number(most).size())
        return {};
    const int number = text.toInt();
    return number >= least && number <= most ? std::optional(number) : std::nullopt;
}

} // namespace qproxysql
