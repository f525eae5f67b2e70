// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "config/coretexts.h"

namespace qproxysql {

/// The text of a failure of INIT_SQL, for the application and for those who must not see its SQL.
struct InitFailureText
{
    /// "INIT_SQL failed: " and the server's text, which quotes the statement.
    static QString of(const QString &said)
    {
        return CoreTexts::tr("INIT_SQL failed: %1").arg(said);
    }

    /// \a text, without the server's text if it contains the failure of INIT_SQL.
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
