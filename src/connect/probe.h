// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "connect/fullconnect.h"

namespace qproxysql {

/// The facts of the server, or why it is not usable.
using ProbeOutcome = Expected<ServerFacts, ConnectFailure>;

/// A full connect that is closed cleanly at once, because aborted handshakes count towards the
/// server's max_connect_errors. Blocks; run it on a worker thread.
ProbeOutcome probe(const FullConnectRequest &request);

} // namespace qproxysql
