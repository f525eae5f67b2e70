// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <string_view>

namespace qproxysql {

/// What calling a function by its unqualified name does to the session or the server.
enum class FunctionEffect {
    Unknown,       ///< a stored or loadable function: may do anything
    Plain,         ///< no side effect, may be evaluated twice
    PlainIfGlued,  ///< the same, but a stored function when blanks precede '(' (no IGNORE_SPACE)
    Syntax,        ///< no function at all: a keyword that '(' may follow
    Quantifier,    ///< ANY and SOME before a sub-select, else Unknown
    NotRepeatable, ///< waits, counts up, reads one peer's own state; leaves nothing in the session
    ReadsSessionRest, ///< reads what an earlier statement left in the session
    LastInsertId,     ///< ReadsSessionRest without an argument, NotRepeatable with one
    TakesNamedLock
};

/// By the union of MySQL 5.7 to 9 and MariaDB 10.5 to 12, as documented in their manuals; functions of
/// one flavour with names that the other's users give their own (ENCODE, AREA, CONTAINS, DISTANCE) are
/// Unknown. Thread-safe, does not allocate.
FunctionEffect functionEffect(std::string_view upperCaseName);

} // namespace qproxysql
