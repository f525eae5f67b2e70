// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <chrono>

namespace qproxysql {

/// Time as the core sees it; injected so that tests need not wait. Thread-safe.
class Clock
{
public:
    using time_point = std::chrono::steady_clock::time_point;

    virtual ~Clock() = default;
    virtual time_point now() const = 0;

    /// The machine's monotonic clock. Never destroyed.
    static const Clock &steady();
};

} // namespace qproxysql
