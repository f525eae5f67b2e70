// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QString>

namespace qproxysql {

/// Standard output and error of the program, in UTF-8, flushed after each line. All static.
class Terminal
{
public:
    static void setQuiet(bool isQuiet); ///< turns note() off

    static void print(const QString &line); ///< a result
    static void note(const QString &line);  ///< progress, on standard output
    static void error(const QString &line);
};

} // namespace qproxysql
