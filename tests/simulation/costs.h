// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "timeline.h"

namespace qproxysql::simulation {

/// What a server can do and how long it takes, as measured (docs/simulation.md).
struct Costs
{
    double loginsPerSecond = 5'000;   ///< of one peer
    double acceptsPerSecond = 20'000; ///< of one peer, before the login
    Span loginTime = 1ms;             ///< beside the wait for its turn
    Span refusalTime = 500us;         ///< a closed port
    int backlog = 900;                ///< that wait to be accepted; further ones are dropped
    int maxConnections = 0;           ///< 0: enough
};

} // namespace qproxysql::simulation
