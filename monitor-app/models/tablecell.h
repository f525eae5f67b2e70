// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QVariant>

#include <optional>

namespace qproxysql {

/// The text of a table's cell and the value by which it is sorted. By default the value is not
/// known: a dash that sorts last.
struct TableCell
{
    TableCell() = default;
    TableCell(const QString &shown, const QVariant &value)
        : text(shown)
        , sort(value)
    {
    }
    TableCell(const QString &known) ///< empty: not known
    {
        if (!known.isEmpty())
            *this = {known, known};
    }
    TableCell(int number)
        : TableCell(QString::number(number), number)
    {
    }
    TableCell(const std::optional<int> &number)
    {
        if (number)
            *this = *number;
    }

    QString text{u'–'};
    QVariant sort; ///< invalid: not known

    friend bool operator==(const TableCell &, const TableCell &) = default;
};

} // namespace qproxysql
