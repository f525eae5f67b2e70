// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <chrono>
#include <functional>
#include <memory>

namespace qproxysql {

/// Short-lived threads on which opens and probes block, so that nobody else has to.
///
/// At most four run at once; further jobs queue in order. A job marked stalled no longer counts: one
/// that hangs in a name lookup or on a frozen server must not keep healthy peers from being opened
/// (a hard cap of 64 threads bounds that). Threads end after a few idle seconds. exit() gives running
/// jobs a quarter of a second to end cleanly and then abandons all. Thread-safe, process-wide, never
/// destroyed; nothing ever joins a worker.
///
/// Jobs of one pool's peers form a lane, so that a pool whose peers all hang does not keep those of other
/// pools waiting: a free place goes to the lane that holds the fewest threads, a lane never takes more than
/// half of what the others leave, and each lane has one place of its own beyond four and 64.
class Workers
{
public:
    class Ticket; ///< one started job

    static Workers &instance();

    /// \a lane: an address that stands for it; nullptr: jobs that are no pool's opens or probes,
    /// such as resets, which may take all 64.
    std::shared_ptr<Ticket> start(std::function<void()> job, const void *lane = nullptr);

    /// The job is taking long: let another one run beside it. Idempotent.
    void markStalled(const std::shared_ptr<Ticket> &ticket);

    /// Waits until no job runs or is queued, or the time is over; true when idle. For exit and tests.
    bool waitUntilIdle(std::chrono::milliseconds atMost);

    /// The process is ending: queued jobs are dropped and a thread that returns from a job parks for
    /// ever instead of touching library state that exit() is taking down.
    void abandonAll();

    /// For code that runs on a worker and has just come back from something that blocks: parks when
    /// the process is ending, so that no half-dismantled state is touched. Nothing on other threads.
    static void checkpoint();

private:
    Workers();
    void close(); ///< takes no job any more; those that run go on
    struct State;
    State *m_state; ///< never freed
};

} // namespace qproxysql
