// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

namespace qproxysql {

class PeerSession;
struct SessionKey;

enum class ResetNeed {
    None, ///< only plain reads ran: the session is as it was opened
    Reset
};

enum class ResetOutcome {
    Clean,        ///< like a new session
    Refused,      ///< the server, or a proxy before it, does not know the reset
    LoginRefused, ///< 1045: the account or its password was changed
    Unfit,        ///< a reset does not restore everything that this account's login does
    Lost,         ///< the connection ended during the reset
    Spoilt        ///< anything else: the set-up failed, or the server has changed since the login
};

/// False for a session that needs a new login: a reset in MariaDB loses the variables that client flags
/// have set, and without a user name the client library takes the system's.
bool mayBeReset(const SessionKey &key);

/// Two steps make a used session like a new one, usually in three round trips. Both block; on a frozen server
/// they block until somebody cuts the session's line. Run them on a worker, as the session's only owner.
///
/// The first step runs when the session is given back after more than plain reads. It logs in again
/// (COM_CHANGE_USER), which removes the state that its user left on the server and applies the present
/// settings of account, schema and server; then it sets charset and session tracking as after a login.
/// State that even this does not restore and that the server reports (an active role of MariaDB,
/// init_connect) makes the session Unfit. Other such state must have been ruled out before: see
/// handBack().
ResetOutcome resetSession(PeerSession &session);

/// The second step runs when the session is taken: one request with the facts, CHECK_SQL and INIT_SQL. With
/// CHECK_SQL, and unless the session was reset less than 1 s ago, another request before it checks that the
/// schema is unchanged. The step is not needed when no INIT_SQL is due, the server answered less than
/// 1 s ago and its facts are less than 5 s old: as long as the health of a peer in use is trusted.
bool needsRenewal(const PeerSession &session);

/// False: it failed, or the server's facts have changed since the login; the next connect reads the
/// new ones.
bool renewSession(PeerSession &session);

} // namespace qproxysql
