// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QString>

namespace qproxysql {

/// For tool tips with text from others (servers, applications, operators): shown literally.
/// QToolTip would render text that looks like HTML and load its images.
inline QString plainToolTip(const QString &text)
{
    if (text.isEmpty())
        return {}; // an empty element would be an empty tool tip
    return QStringLiteral("<span>")
           + text.toHtmlEscaped().replace(QLatin1Char('\n'), QLatin1String("<br/>"))
           + QStringLiteral("</span>");
}

} // namespace qproxysql
