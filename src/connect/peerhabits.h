// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QString>

namespace qproxysql {

/// Remembers which form of the opening request a peer accepts, so that later sessions use it at
/// once. Entries expire after a minute because servers behind a proxy and rights of accounts
/// change. Process-wide, never destroyed, thread-safe.
class PeerHabits
{
public:
    enum class Habit {
        HungUp, ///< closed the connection at the opening request, but not for single statements
        OneStatementATime, ///< refuses several statements in one text
        IsServer,          ///< is a server and not a proxy that logs in by itself
        NoUseInTexts,      ///< USE among several statements is refused (ProxySQL, 1148)
        TiesSessions,      ///< a SET that it does not know ties a session (ProxySQL, 9006)
        HidesGroup,        ///< the account may not read replication_group_members
        HasHiddenGroup,    ///< as HidesGroup, and the server is configured for a group
        LacksStatements    ///< its clients have as many prepared statements as it allows (1461)
    };

    /// \a key is the peer's name, with the account's name if the habit depends on it.
    static bool has(Habit habit, const QString &key);
    static void note(Habit habit, const QString &key);
    static void forget(Habit habit, const QString &key);
};

} // namespace qproxysql
