// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QString>

#include <optional>

namespace qproxysql {

/// A value in double quotes, inside which a double quote is written twice, as in
/// "SET a=1; SET b=""x""". The one quoting of connect options and pool files.
struct QuotedText
{
    QString text;      ///< without the quotes
    qsizetype end = 0; ///< position after the closing quote

    /// Reads the quoted text whose opening quote stands at \a from; nothing when it is not closed.
    static std::optional<QuotedText> read(QStringView text, qsizetype from);
};

} // namespace qproxysql
