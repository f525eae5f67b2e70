// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

namespace qproxysql::sandbox {

/// What figures of tests are multiplied with: sanitizers and a machine that does other work slow
/// everything down.
#ifdef QPROXYSQL_SANITIZED
constexpr int Patience = 3;
#else
constexpr int Patience = 1;
#endif

} // namespace qproxysql::sandbox
