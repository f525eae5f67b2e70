// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "config/connectionconfig.h"

#include <memory>

namespace qproxysql {

class PeerSession;
class SessionState;

/// Gives the session of a closing connection to the SessionPool. A session on which only plain reads ran
/// is parked without a reset. It is not given back when
/// * it holds state that a reset would not remove,
/// * results made on it are alive (their rows stay readable),
/// * the application has its MYSQL handle,
/// * it belongs to another thread than the caller's, or
/// * it needs a reset, is on a Galera node and \a causalReads is on: after a reset it cannot read
///   causally.
/// True: \a session is empty then. False: the caller keeps it. Does not block.
bool handBack(std::shared_ptr<PeerSession> &session, const SessionState &state,
              CausalReads causalReads);

} // namespace qproxysql
