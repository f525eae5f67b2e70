// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QString>

namespace qproxysql {

/// How a peer wants to be asked, so that the next session asks in the form that works at once. Each entry holds for a minute: a proxy gets other servers, an account other rights.
/// Process-wide, never destroyed, thread-safe.
class PeerHabits
{
public:
    enum class Habit {
        HungUp, ///< the connection was lost over the opening request, and not when asked one by one
        OneStatementATime, ///< the opening request must not be one text of several statements
        IsServer,          ///< it is no proxy that logs in by itself
        NoUseInTexts,      ///< USE among several statements is refused (ProxySQL, 1148)
        TiesSessions,      ///< a SET that it does not know ties a session (ProxySQL, 9006)
        HidesGroup,        ///< the account may not read replication_group_members
        HasHiddenGroup     ///< so, and there is a group
    };

    /// \a key: the peer's name, with the account's where the habit depends on it.
    static bool has(Habit habit, const QString &key);
    static void note(Habit habit, const QString &key);
    static void forget(Habit habit, const QString &key);
};

} // namespace qproxysql
