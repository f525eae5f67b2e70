// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <chrono>

namespace qproxysql {

/// The time source of the core, injected so that tests need not wait. Thread-safe.
class Clock
{
public:
    using time_point = std::chrono::steady_clock::time_point;

    virtual ~Clock() = default;
    virtual time_point now() const = 0;

    /// The machine's monotonic clock. Never destroyed.
    static const Clock &steady();
};

inline const Clock &Clock::steady()
{
    struct SteadyClock final : Clock
    {
        time_point now() const override { return std::chrono::steady_clock::now(); }
    };
    static const auto *clock = new SteadyClock;
    return *clock;
}

} // namespace qproxysql
