// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

namespace qproxysql {

/// Why the supervisor wants a connection to take another session.
enum class MoveReason { Drain, Rebalance };

} // namespace qproxysql
