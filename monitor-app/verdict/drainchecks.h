// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "verdict/drainassessment.h"
#include "verdict/drainsides.h"

#include <chrono>

namespace qproxysql {

/// The checks of a drain, in the order in which they are shown. quiet: how long the peer has had no
/// session; needed: how long it must have none.
QList<DrainCheck> drainChecks(const DrainEvidence &evidence, const DrainSides &sides,
                              std::chrono::seconds quiet, std::chrono::seconds needed);

/// Which applications keep sessions on the peer and why, a sentence each.
QStringList drainObstacles(const DrainSides &sides, quint64 generation);

} // namespace qproxysql
