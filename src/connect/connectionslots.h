// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "connect/fullconnect.h"

#include <QtCore/QStringList>

#include <chrono>
#include <functional>
#include <map>
#include <mutex>
#include <vector>

namespace qproxysql {

/// Frees connection slots of a server that has none left: closes this process's idle sessions on
/// it, so that a login can be retried.
///
/// Process-wide, never destroyed. Any thread. No I/O happens under its mutex; callers must hold
/// none.
class ConnectionSlots
{
public:
    using Clock = std::chrono::steady_clock;

    /// A server by its peer name and its identities.
    struct Server
    {
        QString peer;           ///< PeerAddress::name()
        QStringList identities; ///< empty if unknown
    };

    /// The owner of the idle sessions.
    struct Keeper
    {
        std::function<std::vector<Server>()> servers; ///< the servers of its sessions
        /// Closes its sessions to these peers in every pool before it returns.
        std::function<void(const QStringList &peers)> close;
    };

    static ConnectionSlots &instance();

    void setKeeper(Keeper keeper);

    /// Reports that a session to that server is being closed, which frees a slot soon.
    void freed(const Server &server);

    /// Closes the idle sessions to that server. True if this process has freed slots now or a
    /// moment ago, so that another attempt makes sense.
    bool free(const Server &server);

    /// True for 1040, 1203, and 1226 for max_user_connections (not for hourly limits).
    static bool isExhausted(const ConnectFailure &failure);

private:
    void forgetOld();
    QStringList namesOf(const Server &server, const std::vector<Server> &others) const;

    std::mutex m_mutex;
    Keeper m_keeper;
    struct Freed
    {
        QStringList identities;
        Clock::time_point at;
    };
    std::map<QString, Freed> m_freed; ///< recently freed slots by peer
};

} // namespace qproxysql
