// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "docs/document.h"

namespace qproxysql::docs {

/// One program and its arguments, as a shell would start it. Value type.
struct ShellCommand
{
    QStringList variables; ///< NAME=value, set before it
    QStringList words;     ///< the program first; may be empty
};

/// The commands of a line, without sudo, loops and redirections. What $(...) contains stays one word.
QList<ShellCommand> commandsOf(const QString &line);

/// The lines of a block that are commands: all of ```sh, those behind "$ " of a block without a language.
/// Lines that end in a backslash are joined.
QStringList commandLines(const Document::Block &block);

} // namespace qproxysql::docs
