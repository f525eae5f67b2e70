// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

namespace qproxysql {

class PeerSession;

enum class ResetNeed {
    None, ///< nothing but plain reads ran: the session is as it was opened
    Reset,
    ResetAndSchema ///< its schema may be another one
};

enum class ResetOutcome {
    Clean,   ///< as freshly opened
    Refused, ///< the server or a proxy before it does not know the reset
    Lost,    ///< the connection ended under it
    Spoilt   ///< anything else: setting it up failed, or the server has changed since it was opened
};

/// A used session becomes one that was just opened in two steps, each of which blocks, on a frozen
/// server until somebody cuts the session's line: run them on a worker. The caller must be the
/// session's only owner. Three round trips at most in all.
///
/// When it is handed back and was used for more than plain reads: what its user left on the server is
/// removed, and charset of client and server are restored (the reset, SET NAMES with what switches session
/// tracking on again). What survives a reset of the server itself (a role) must have been ruled out before:
/// see handBack().
ResetOutcome resetSession(PeerSession &session, bool mayHaveOtherSchema);

/// When it is taken: one request of schema, facts, CHECK_SQL and INIT_SQL. Not needed when a reset has
/// left neither schema nor INIT_SQL to be done, the server answered on it less than 1 s ago and its
/// facts (readiness, read_only, sql_mode, ...) were heard less than 5 s ago: so long the peer's health
/// is trusted, as it is for every session in use.
bool needsRenewal(const PeerSession &session);

/// False: it failed, or the server's facts are others than at the opening; the next connect learns
/// them anew.
bool renewSession(PeerSession &session);

} // namespace qproxysql
