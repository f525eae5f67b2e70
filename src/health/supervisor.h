// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "config/connectionconfig.h"
#include "health/poolhealth.h"

#include <atomic>
#include <functional>

namespace qproxysql {

class PoolMonitor;

/// Work that the supervisor's thread repeats for all applications of the process. It is never
/// destroyed.
class Chore
{
public:
    /// \a work runs in the thread, at most once in \a pause, and must not block. It returns the time
    /// of its next run; Clock::time_point::max() for not before it or the supervisor is woken.
    explicit Chore(std::function<Clock::time_point()> work, std::chrono::milliseconds pause = {});

    void wake(); ///< runs it soon; any thread

private:
    friend class Supervisor;
    Clock::time_point runIfDue(bool isSupervisorWoken);

    const std::function<Clock::time_point()> m_work;
    const std::chrono::milliseconds m_pause;
    std::atomic<bool> m_isWoken{true};
    // Used by the supervisor's thread only.
    Clock::time_point m_lastRun;
    Clock::time_point m_due = Clock::time_point::max();
};

/// Keeps a pool watched while a copy exists: connections and pending attempts hold one. It does not
/// use the pool in the sense of PoolRegistry. Cheap to copy.
class PoolWatch
{
public:
    PoolWatch() = default;
    explicit operator bool() const { return m_hold != nullptr; }
    PoolHealth *operator->() const { return &**this; }
    PoolHealth &operator*() const;

    /// As in PoolMonitor. Probes use this connection's login from now on.
    void connectSucceeded(PeerId peer, const ServerFacts &facts) const;

private:
    friend class Supervisor;
    struct Hold;
    std::shared_ptr<const Hold> m_hold;
};

/// The background thread: runs the rechecks of all pools and other chores. It never calls a
/// QSqlDriver or MYSQL function of a session; blocking work runs on Workers.
///
/// Process-wide, never destroyed. The thread starts with the first watch, becomes idle after the
/// last, stops in a post routine of the QCoreApplication (which waits at most a second, since the
/// thread does not block) and starts again with the next application. Thread-safe; its mutex is
/// locked before that of any PoolMonitor.
class Supervisor
{
public:
    static Supervisor &instance();

    /// Watches \a pool while a copy of the returned handle lives. Rechecks use the logins that last
    /// succeeded on the pool, at first \a logins.
    PoolWatch watch(const std::shared_ptr<PeerPool> &pool, const Logins &logins);

    /// \a hook runs at the end of every watch() in the caller's thread without a lock. There is one
    /// hook.
    void setWatchHook(std::function<void(const std::shared_ptr<PeerPool> &, const Logins &)> hook);

    /// The logins of rechecks of \a pool; nullptr if it is not watched.
    std::shared_ptr<const Logins> loginsOf(const PeerPool &pool) const;

    /// The monitor of \a pool; nullptr if it was never watched.
    std::shared_ptr<PoolMonitor> monitorOf(const PeerPool &pool) const;

    /// Runs the chores that have no time of a next run. Starts the thread if there is an
    /// application.
    void wake();
    /// As wake(), but may be delayed by a second. Does nothing if the thread wakes up by then.
    void wakeWithinASecond();

    bool isRunning() const;
    bool isIdle() const; ///< no timer is armed

private:
    friend class Chore;
    friend class PoolWatch;
    Supervisor();
    struct State;
    State *m_state; ///< never freed
};

} // namespace qproxysql
