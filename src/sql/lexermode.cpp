// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "sql/lexermode.h"

#include <QtCore/QStringView>

#include <algorithm>

namespace qproxysql {

namespace {

// Each of these modes includes ANSI_QUOTES and IGNORE_SPACE.
bool isCombination(QStringView mode)
{
    static constexpr const char *Names[] = {"ANSI",  "DB2",    "MAXDB",
                                            "MSSQL", "ORACLE", "POSTGRESQL"};
    return std::ranges::any_of(Names, [mode](const char *name) {
        return mode.compare(QLatin1String(name), Qt::CaseInsensitive) == 0;
    });
}

} // namespace

LexerMode LexerMode::of(const QString &sqlMode)
{
    LexerMode mode;
    for (const QStringView part : QStringView(sqlMode).split(u',')) {
        const auto is = [part](const char *name) {
            return part.compare(QLatin1String(name), Qt::CaseInsensitive) == 0;
        };
        const bool isSeveral = isCombination(part);
        mode.ansiQuotes |= isSeveral || is("ANSI_QUOTES");
        mode.ignoreSpace |= isSeveral || is("IGNORE_SPACE");
        mode.noBackslashEscapes |= is("NO_BACKSLASH_ESCAPES");
    }
    return mode;
}

} // namespace qproxysql
