// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QCoreApplication>

namespace qproxysql {

/// How a failure of INIT_SQL is told, and how it is told to those who may not see the application's
/// statements. All static; no state.
struct InitFailureText
{
    /// "INIT_SQL failed: " and what the server said, which quotes the statement.
    static QString of(const QString &said)
    {
        return QCoreApplication::translate("QProxySql", "INIT_SQL failed: %1").arg(said);
    }

    /// \a text; where such a text is in it, without what the server said.
    static QString withoutStatement(const QString &text)
    {
        const QString intro = of(QString()).trimmed();
        const qsizetype found = text.indexOf(intro);
        if (found < 0)
            return text;
        QString shortened = text.left(found + intro.size());
        while (shortened.endsWith(u':'))
            shortened.chop(1);
        return shortened;
    }
};

} // namespace qproxysql
