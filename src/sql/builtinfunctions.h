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
    Syntax,        ///< not a function: a keyword that '(' may follow
    Quantifier,    ///< ANY and SOME before a sub-select, else Unknown
    NotRepeatable, ///< waits, counts or reads the state of one peer; leaves nothing in the session
    DependsOnPreviousStatement, ///< reads what an earlier statement left in the session
    LastInsertId, ///< DependsOnPreviousStatement without an argument, NotRepeatable with one
    TakesNamedLock
};

/// Knows the documented functions of MySQL 5.7 to 9 and MariaDB 10.5 to 12. A function of one
/// flavour is Unknown if users of the other are likely to have a stored function of that name
/// (ENCODE, AREA, CONTAINS, DISTANCE). Thread-safe, does not allocate.
FunctionEffect functionEffect(std::string_view upperCaseName);

} // namespace qproxysql
