// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "findings.h"

namespace qproxysql::simulation {

QByteArray tableHeader();
QByteArray tableRow(const Findings &found);

/// Second by second: connects by purpose, sessions and errors of each peer. Seconds count from the fault.
QByteArray csvOf(const Run &run);
/// Connects a second at each peer with their limit, and its sessions.
QByteArray chartOf(const Run &run, const Findings &found);

} // namespace qproxysql::simulation
