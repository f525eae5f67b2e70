// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QStringList>

namespace qproxysql {

/// Standard output and error of the program, in UTF-8, flushed after each line. All static.
class Terminal
{
public:
    static void setQuiet(bool isQuiet); ///< turns note() off

    /// True when standard output is a terminal that can move its cursor.
    static bool canRedraw();
    /// The same, and the user has not turned colours off (NO_COLOR).
    static bool hasColors();

    static void print(const QString &line); ///< a result
    static void note(const QString &line);  ///< progress, on standard output
    static void error(const QString &line);
    /// Replaces what redraw() has shown before. Lines that do not fit are cut. Needs canRedraw().
    static void redraw(const QStringList &lines);
};

} // namespace qproxysql
