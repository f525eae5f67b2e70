// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "docs/shelltext.h"

namespace qproxysql::docs {

/// What is wrong with a command that a reader may copy, a sentence; empty: nothing. Checked are the
/// project's programs and scripts, cmake's presets, targets and variables, the tests that ctest is given,
/// Debian's package names and QPROXYSQL's variables. Other programs must be on a list of known ones.
QString faultOfCommand(const ShellCommand &command);

} // namespace qproxysql::docs
