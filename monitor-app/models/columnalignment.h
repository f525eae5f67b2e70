// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QVariant>
#include <QtCore/Qt>
#include <QtGui/QGuiApplication>

namespace qproxysql {

/// For Qt::TextAlignmentRole: numbers are aligned to the end of the line, text to its beginning.
/// The style mirrors this for right-to-left languages.
inline QVariant cellAlignment(bool isNumber)
{
    return int((isNumber ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
}

/// The same for a header, which Qt 6.4 does not mirror.
inline QVariant headerAlignment(bool isNumber)
{
    const bool isRight = isNumber == (QGuiApplication::layoutDirection() != Qt::RightToLeft);
    return int((isRight ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignAbsolute | Qt::AlignVCenter);
}

} // namespace qproxysql
