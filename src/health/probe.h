// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "health/fullconnect.h"

namespace qproxysql {

/// What a probe found out.
struct ProbeOutcome
{
    bool isUp = false;
    ServerFacts facts;      ///< when it is up
    ConnectFailure failure; ///< when it is not
};

/// A full connect that is closed cleanly at once: aborted handshakes count towards the server's
/// max_connect_errors. Blocks; run it on a worker thread.
ProbeOutcome probe(const FullConnectRequest &request);

} // namespace qproxysql
