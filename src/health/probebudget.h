// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "pool/clock.h"

#include <mutex>

namespace qproxysql {

/// Limits the probes that a process starts: a token bucket shared by all pools, so that a thousand
/// peers that are down cost an idle process little. Probes that callers wait for (sweeps, after a
/// loss) are not limited. Thread-safe.
class ProbeBudget
{
public:
    static constexpr double StartsPerSecond = 20;

    explicit ProbeBudget(const Clock &clock);

    /// The probes per second that the pools need. More than StartsPerSecond raises the rate.
    void setDemand(double perSecond);

    bool take(); ///< false if no token is left, see nextAt()

    /// When the next take() will succeed.
    Clock::time_point nextAt() const;

private:
    void refill();

    const Clock &m_clock;
    mutable std::mutex m_mutex;
    double m_rate = StartsPerSecond;
    double m_tokens = StartsPerSecond;
    Clock::time_point m_filledAt;
};

} // namespace qproxysql
