// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QString>

namespace qproxysql {

/// How the session lexes, from its sql_mode: ANSI_QUOTES, NO_BACKSLASH_ESCAPES, IGNORE_SPACE.
struct LexerMode
{
    bool ansiQuotes = false;
    bool noBackslashEscapes = false;
    /// Blanks may stand between COUNT, NOW and their like and '('; without it `NOW ()` calls a stored
    /// function.
    bool ignoreSpace = false;

    static LexerMode of(const QString &sqlMode);

    friend bool operator==(LexerMode, LexerMode) = default;
};

} // namespace qproxysql
