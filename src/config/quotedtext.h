// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QString>

#include <optional>

namespace qproxysql {

/// A value in double quotes, in which a double quote is written twice, as in
/// "SET a=1; SET b=""x""". Connect options and pool files use this quoting.
struct QuotedText
{
    QString text;      ///< without the quotes
    qsizetype end = 0; ///< position after the closing quote

    /// Reads the quoted text whose opening quote is at \a from. Nothing if it is not closed.
    static std::optional<QuotedText> read(QStringView text, qsizetype from);
};

} // namespace qproxysql
