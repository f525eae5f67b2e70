// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "drain/plaintext.h"

#include <algorithm>

namespace qproxysql {

QString plainText(QString text, qsizetype longest)
{
    if (longest >= 0 && text.size() > longest)
        text.truncate(longest > 0 && text.at(longest - 1).isHighSurrogate() ? longest - 1 : longest);
    std::ranges::replace_if(
            text, [](QChar c) { return c.category() == QChar::Other_Control; }, QChar(u' '));
    return text;
}

} // namespace qproxysql
