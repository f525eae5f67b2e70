// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "config/connectionconfig.h"

#include <memory>

namespace qproxysql {

class PeerSession;
class SessionState;

/// Hands the session of a connection that closes to the SessionPool, unless it holds something that
/// a reset would not remove, results made on it live (their rows stay readable), the application got
/// hold of its MYSQL, it belongs to another thread than the caller's, or it would have to be reset and is
/// one of a Galera node, which cannot read causally after that, and \a causalReads wants that. One on
/// which nothing but plain reads ran is kept as it is. True: \a session is empty then; false: it is the
/// caller's as before. Does not block.
bool handBack(std::shared_ptr<PeerSession> &session, const SessionState &state,
              CausalReads causalReads);

} // namespace qproxysql
