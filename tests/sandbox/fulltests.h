// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

namespace qproxysql::sandbox {

/// Whether a test tries all of its data (scripts/test --full) or one of each kind.
#ifdef QPROXYSQL_FULL_TESTS
constexpr bool RunsAllData = true;
#else
constexpr bool RunsAllData = false;
#endif

} // namespace qproxysql::sandbox
