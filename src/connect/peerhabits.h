// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QString>

#include <atomic>
#include <chrono>

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

    /// One habit of one peer. Never destroyed; reading it takes no lock.
    class Entry
    {
    public:
        bool holds() const noexcept; ///< was noted within the last minute
        void note() noexcept { m_noted = std::chrono::steady_clock::now(); }
        void forget() noexcept { m_noted = std::chrono::steady_clock::time_point(); }

    private:
        std::atomic<std::chrono::steady_clock::time_point> m_noted{};
    };

    /// \a key is the peer's name, with the account's name if the habit depends on it.
    static Entry &entry(Habit habit, const QString &key);

    static bool has(Habit habit, const QString &key) { return entry(habit, key).holds(); }
    static void note(Habit habit, const QString &key) { entry(habit, key).note(); }
    static void forget(Habit habit, const QString &key) { entry(habit, key).forget(); }
};

} // namespace qproxysql
