// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QString>

#include <functional>

namespace qproxysql {

/// Makes this process report (docs/reports.md) from now on, in the supervisor's thread, while it has a
/// pool with CONTROL other than off, for this QCoreApplication and those to come. Call it in the
/// application's thread whenever a driver is made; the first call counts. Starts nothing by itself.
///
/// \a folder: that of the drain directory, asked for when reporting begins; empty: no reports. It is made
/// when it does not exist, unless the environment names it (QPROXYSQL_DIR).
/// \a generation: what the process obeys of the drain directory.
/// Both are called in the supervisor's thread and must not block.
void installReporter(std::function<QString()> folder, std::function<quint64()> generation);

} // namespace qproxysql
