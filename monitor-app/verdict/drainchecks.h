// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "verdict/drainassessment.h"
#include "verdict/drainsides.h"

#include <chrono>

namespace qproxysql {

/// The checks of a drain, in the order in which people read them.  quiet: for how long there has been
/// no session;  needed: for how long there must be none.
QList<DrainCheck> drainChecks(const DrainEvidence &evidence, const DrainSides &sides,
                              std::chrono::seconds quiet, std::chrono::seconds needed);

/// Who keeps sessions on the peer and why, a sentence each.
QStringList drainObstacles(const DrainSides &sides, quint64 generation);

} // namespace qproxysql
