// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "sql/lexermode.h"

#include <QtCore/QStringView>

#include <algorithm>

namespace qproxysql {

namespace {

/// Each of these modes includes ANSI_QUOTES and IGNORE_SPACE.
constexpr const char *Combinations[] = {"ANSI", "DB2", "MAXDB", "MSSQL", "ORACLE", "POSTGRESQL"};

} // namespace

LexerMode LexerMode::of(const QString &sqlMode)
{
    LexerMode mode;
    for (const QStringView part : QStringView(sqlMode).split(u',')) {
        const auto is = [part](const char *name) {
            return part.compare(QLatin1String(name), Qt::CaseInsensitive) == 0;
        };
        const bool isSeveral = std::ranges::any_of(Combinations, is);
        mode.ansiQuotes |= isSeveral || is("ANSI_QUOTES");
        mode.ignoreSpace |= isSeveral || is("IGNORE_SPACE");
        mode.noBackslashEscapes |= is("NO_BACKSLASH_ESCAPES");
    }
    return mode;
}

} // namespace qproxysql
