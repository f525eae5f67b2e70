// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "pool/clock.h"

#include <mutex>

namespace qproxysql {

/// How many probes a process may start: a token bucket shared by all pools, so that a thousand peers
/// which are down cost an idle process next to nothing. What callers wait for (sweeps, a probe after
/// a loss) does not ask. Thread-safe.
class ProbeBudget
{
public:
    static constexpr double StartsPerSecond = 20;

    explicit ProbeBudget(const Clock &clock);

    /// What the pools' intervals need, in probes a second; more than StartsPerSecond raises the rate.
    void setDemand(double perSecond);

    bool take(); ///< false: not now, see nextAt()

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
