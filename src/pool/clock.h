// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>

namespace qproxysql {

/// The time source of the core, injected so that tests need not wait. Thread-safe.
class Clock
{
public:
    using time_point = std::chrono::steady_clock::time_point;

    virtual ~Clock() = default;
    virtual time_point now() const = 0;
    /// Waits on \a changed until \a isDone, at most until \a until. Returns isDone().
    virtual bool wait(std::condition_variable &changed, std::unique_lock<std::mutex> &lock,
                      time_point until, const std::function<bool()> &isDone) const = 0;

    /// The machine's monotonic clock. Never destroyed.
    static const Clock &steady();
};

inline const Clock &Clock::steady()
{
    struct SteadyClock final : Clock
    {
        time_point now() const override { return std::chrono::steady_clock::now(); }
        bool wait(std::condition_variable &changed, std::unique_lock<std::mutex> &lock,
                  time_point until, const std::function<bool()> &isDone) const override
        {
            return changed.wait_until(lock, until, isDone);
        }
    };
    static const auto *clock = new SteadyClock;
    return *clock;
}

} // namespace qproxysql
