// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "health/fullconnect.h"

#include <QtCore/QStringList>

#include <chrono>
#include <functional>
#include <map>
#include <mutex>
#include <vector>

namespace qproxysql {

/// Keeps this process's own idle sessions from taking the last connection slots of a server: when a
/// login finds none free, they are closed and the login is tried again.
///
/// Process-wide, never destroyed. Any thread; no I/O under its mutex, and none of its callers' may be
/// held.
class ConnectionSlots
{
public:
    using Clock = std::chrono::steady_clock;

    /// A server as a peer names it and as it names itself.
    struct Server
    {
        QString peer;           ///< PeerAddress::name()
        QStringList identities; ///< empty: not known
    };

    /// Who keeps idle sessions.
    struct Keeper
    {
        std::function<std::vector<Server>()> servers; ///< of the peers that it has sessions of
        /// Closes its sessions of the peers of these names, in every pool, before it returns.
        std::function<void(const QStringList &peers)> close;
    };

    static ConnectionSlots &instance();

    void setKeeper(Keeper keeper);

    /// A session of that server is being closed; the server may take a moment to free its slot.
    void freed(const Server &server);

    /// Closes the idle sessions of that server. True when slots of it have been freed by this process, now or
    /// a moment ago, so that another attempt makes sense.
    bool free(const Server &server);

    /// 1040, 1203, and 1226 for the number of connections at a time (not an hour).
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
    std::map<QString, Freed> m_freed; ///< by peer: those of a moment ago
};

} // namespace qproxysql
