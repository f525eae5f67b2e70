// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <span>

namespace qproxysql {

/// A row of a program's command line. Texts are source texts of the context QProxySqlCtl.
struct CommandOption
{
    const char *name;
    const char *valueName; ///< nullptr: a switch
    const char *verbs;     ///< the verbs of qproxysql-ctl that take it; nullptr: all
    const char *text;
};

/// The options that qproxysql-ctl and qproxysql-monitor share.
std::span<const CommandOption> commonOptions();

} // namespace qproxysql
