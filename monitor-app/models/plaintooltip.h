// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QString>

namespace qproxysql {

/// For tool tips whose text somebody else has written (servers, applications, operators): shown letter
/// by letter. QToolTip would take what looks like HTML for HTML, load its pictures included.
inline QString plainToolTip(const QString &text)
{
    if (text.isEmpty())
        return {}; // an empty element would be an empty tool tip
    return QStringLiteral("<span>")
           + text.toHtmlEscaped().replace(QLatin1Char('\n'), QLatin1String("<br/>"))
           + QStringLiteral("</span>");
}

} // namespace qproxysql
