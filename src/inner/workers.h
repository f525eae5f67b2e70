// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <chrono>
#include <functional>
#include <memory>

namespace qproxysql {

/// A thread pool for blocking opens and probes.
///
/// At most four jobs run at once; others queue in order. A stalled job no longer counts, so that
/// one that hangs in a name lookup or on a frozen server does not keep healthy peers from being
/// opened. There are never more than 64 threads. Threads end after a few idle seconds. exit() waits
/// a quarter of a second for running jobs and then abandons them. Thread-safe, process-wide, never
/// destroyed; workers are never joined.
///
/// The jobs of a pool's peers form a lane, so that a pool whose peers all hang does not block other
/// pools. A free place goes to the lane with the fewest threads, a lane never takes more than half
/// of what the others leave, and each lane has one place of its own beyond both limits.
class Workers
{
public:
    class Ticket; ///< one started job

    static Workers &instance();

    /// \a lane is an address that identifies it. Jobs without a lane may take all 64 threads.
    std::shared_ptr<Ticket> start(std::function<void()> job, const void *lane = nullptr);

    /// Lets another job run beside this one because it takes long. Idempotent.
    void markStalled(const std::shared_ptr<Ticket> &ticket);

    /// Waits until no job runs or is queued, at most \a atMost; true when idle. For exit and tests.
    bool waitUntilIdle(std::chrono::milliseconds atMost);

    /// Drops queued jobs because the process ends. A thread that returns from a job stops for ever,
    /// so that it does not use library state that exit() destroys.
    void abandonAll();

    /// Call it on a worker after each blocking call: stops the thread if the process is ending.
    /// Does nothing on other threads.
    static void checkpoint();

private:
    Workers();
    struct State;
    State *m_state; ///< never freed
};

} // namespace qproxysql
