// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

namespace qproxysql {

class PeerSession;
struct SessionKey;

enum class ResetNeed {
    None, ///< nothing but plain reads ran: the session is as it was opened
    Reset
};

enum class ResetOutcome {
    Clean,        ///< as freshly opened
    Refused,      ///< the server or a proxy before it does not know the reset
    LoginRefused, ///< 1045: the account, or its password, is not what it was
    Unfit,        ///< a login gives this account's sessions more than a reset can
    Lost,         ///< the connection ended under it
    Spoilt ///< anything else: setting it up failed, or the server has changed since it was opened
};

/// False for a session that only a login can make what it must be: MariaDB forgets what client flags
/// have made of its variables, and without a user name the client library takes the system's.
bool mayBeReset(const SessionKey &key);

/// A used session becomes one that was just opened in two steps, each of which blocks, on a frozen
/// server until somebody cuts the session's line: run them on a worker. The caller must be the
/// session's only owner. Usually three round trips in all; more where the account's kind of authentication, the
/// client library or a schema that is not ASCII needs them.
///
/// When it is handed back and was used for more than plain reads: it logs in again (COM_CHANGE_USER), which
/// removes what its user left on the server and gives it what account, schema and server give a session
/// now; then charset and session tracking are set as at the opening. What even that does not rebuild,
/// and the server tells (an active role of MariaDB, init_connect), makes it Unfit; the rest must have
/// been ruled out before: see handBack().
ResetOutcome resetSession(PeerSession &session);

/// When it is taken: one request of facts, CHECK_SQL and INIT_SQL; with CHECK_SQL, unless it was reset
/// less than 1 s ago, another one before it, whether the schema is what it was. Not needed when a reset
/// has left no INIT_SQL to be done, the server answered on it less than 1 s ago and its facts (readiness,
/// read_only, sql_mode, ...) were heard less than 5 s ago: so long the peer's health is trusted, as it is
/// for every session in use.
bool needsRenewal(const PeerSession &session);

/// False: it failed, or the server's facts are others than at the opening; the next connect learns
/// them anew.
bool renewSession(PeerSession &session);

} // namespace qproxysql
