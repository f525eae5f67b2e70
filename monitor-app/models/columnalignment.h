// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QVariant>
#include <QtGui/QGuiApplication>
#include <QtWidgets/QStyle>

namespace qproxysql {

/// For Qt::TextAlignmentRole. The style mirrors it for right-to-left languages.
inline QVariant cellAlignment(Qt::Alignment alignment)
{
    return int(alignment | Qt::AlignVCenter);
}

/// The same for a header, which Qt 6.4 does not mirror.
inline QVariant headerAlignment(Qt::Alignment alignment)
{
    return cellAlignment(QStyle::visualAlignment(QGuiApplication::layoutDirection(), alignment));
}

/// The header of a column, for headerData().
inline QVariant headerOf(const QString &text, Qt::Alignment alignment, int role)
{
    return role == Qt::DisplayRole         ? QVariant(text)
           : role == Qt::TextAlignmentRole ? headerAlignment(alignment)
                                           : QVariant();
}

} // namespace qproxysql
