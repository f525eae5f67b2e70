// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QString>

#include <functional>

namespace qproxysql {

/// Lets this process serve reports (docs/reports.md) in the supervisor's thread while it has a pool with
/// CONTROL other than off, for this QCoreApplication and later ones. Call it in the application's thread
/// whenever a driver is made; later calls only update the application's name. It starts no thread.
///
/// \a folder: the drain directory's folder; called when reporting begins; empty: no reports. The folder is
/// created if it does not exist, unless the environment names it (QPROXYSQL_DIR).
/// \a generation: the newest drain request that the process obeys.
/// Both are called in the supervisor's thread and must not block.
void installReporter(std::function<QString()> folder, std::function<quint64()> generation);

} // namespace qproxysql
