// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "ctl/session.h"

namespace qproxysql {

/// Waits until a draining peer is safe to stop and prints the progress, within the command line's
/// --timeout. Returns the program's exit code. Never resumes.
int waitUntilSafe(Session &session, const PeerSearch &peer);

} // namespace qproxysql
