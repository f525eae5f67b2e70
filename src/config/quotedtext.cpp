// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "config/quotedtext.h"

namespace qproxysql {

std::optional<QuotedText> QuotedText::read(QStringView text, qsizetype from)
{
    QuotedText quoted;
    for (qsizetype i = from + 1; i < text.size(); ++i) {
        if (text[i] != u'"') {
            quoted.text += text[i];
        } else if (i + 1 < text.size() && text[i + 1] == u'"') {
            quoted.text += u'"';
            ++i;
        } else {
            quoted.end = i + 1;
            return quoted;
        }
    }
    return {};
}

} // namespace qproxysql
