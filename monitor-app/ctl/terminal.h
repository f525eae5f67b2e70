// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QString>

namespace qproxysql {

/// Standard output and error of the program, UTF-8, each line written at once. All static.
class Terminal
{
public:
    static void setQuiet(bool isQuiet); ///< note() says nothing from now on

    static void print(const QString &line); ///< what was asked for
    static void note(const QString &line);  ///< what happens meanwhile; on standard output
    static void error(const QString &line);
};

} // namespace qproxysql
