// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

namespace qproxysql {

/// Lets this process serve reports (docs/reports.md) in the supervisor's thread while it has a pool with
/// CONTROL other than off, for this QCoreApplication and later ones. Call it in the application's thread
/// whenever a driver is made; later calls only update the application's name. It starts no thread. The
/// folder is created if it does not exist, unless the environment names it (QPROXYSQL_DIR).
void installReporter();

} // namespace qproxysql
