// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "cluster.h"

#include <QtCore/QString>

namespace qproxysql::simulation {

/// One process with real connections that run a short read, think, and so on, until it is ended.
int runRealProcess(const QString &hosts, const Size &size);

/// The scenario "returns" with real servers and processes, and simulated: prints the connects of each
/// second of both, and draws them to \a svg. Returns the exit code.
int compareWithReal(const Size &size, const QString &svg);

} // namespace qproxysql::simulation
