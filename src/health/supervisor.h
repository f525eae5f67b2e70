// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "config/connectionconfig.h"
#include "health/poolhealth.h"

#include <functional>

namespace qproxysql {

class PoolMonitor;

/// Keeps a pool watched while any connection, or an attempt of one that ends late, holds one. No use
/// of the pool in the sense of PoolRegistry. Cheap to copy.
class PoolWatch
{
public:
    PoolWatch() = default;
    explicit operator bool() const { return m_hold != nullptr; }
    PoolHealth *operator->() const { return &**this; }
    PoolHealth &operator*() const;

    /// See PoolMonitor. Probes log in with this connection's login from now on.
    void connectSucceeded(PeerId peer, const ServerFacts &facts) const;

private:
    friend class Supervisor;
    struct Hold;
    std::shared_ptr<const Hold> m_hold;
};

/// The one background thread: recheck timers (QTimer) of all pools, and later everything else that
/// nobody may be made to wait for. It never calls a QSqlDriver or MYSQL function of a session; what
/// blocks runs on Workers.
///
/// Process-wide, never destroyed. The thread starts with the first watch, goes idle after the last,
/// stops in a post routine of the QCoreApplication (waiting a second at most: nothing in it blocks) and
/// starts again with the next one. Thread-safe; its mutex comes before that of any PoolMonitor.
class Supervisor
{
public:
    static Supervisor &instance();

    /// Watches \a pool for as long as the returned handle or a copy lives. Rechecks log in with the
    /// logins that last succeeded on the pool, until then with \a logins.
    PoolWatch watch(const std::shared_ptr<PeerPool> &pool, const Logins &logins);

    /// \a hook runs in every watch() before it returns, in the caller's thread and without a lock. One
    /// hook, set once.
    void setWatchHook(std::function<void(const std::shared_ptr<PeerPool> &, const Logins &)> hook);

    /// What rechecks of \a pool log in with now; nullptr while nobody watches it.
    std::shared_ptr<const Logins> loginsOf(const PeerPool &pool) const;

    /// What watches \a pool, or has watched it; nullptr: nobody ever has.
    std::shared_ptr<PoolMonitor> monitorOf(const PeerPool &pool) const;

    /// \a chore runs in the thread whenever it wakes up, and returns when it wants to run next
    /// (Clock::time_point::max(): not before wake()). It must not block. Kept for ever; runs for all
    /// applications to come.
    void addChore(std::function<Clock::time_point()> chore);

    /// Runs what is due; starts the thread where there is an application.
    void wake();
    /// The same for what can wait for a second: costs nothing while something is due by then.
    void wakeWithinASecond();

    bool isRunning() const;
    bool isIdle() const; ///< no timer is armed: nothing is due before somebody reports something

private:
    friend class PoolWatch;
    Supervisor();
    struct State;
    State *m_state; ///< never freed
};

} // namespace qproxysql
