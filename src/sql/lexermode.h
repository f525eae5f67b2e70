// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QString>

namespace qproxysql {

/// The flags of sql_mode that change how a server splits text into tokens.
struct LexerMode
{
    bool ansiQuotes = false;
    bool noBackslashEscapes = false;
    /// Built-in functions such as COUNT and NOW may have blanks before '('. Without this flag `NOW
    /// ()` calls a stored function.
    bool ignoreSpace = false;

    static LexerMode of(const QString &sqlMode);

    friend bool operator==(LexerMode, LexerMode) = default;
};

} // namespace qproxysql
