// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "health/judge.h"
#include "pool/randomsource.h"

#include <chrono>

namespace qproxysql {

/// Computes the delay until a peer's next probe. Jitter keeps the processes of a fleet, and the
/// peers of a pool, from probing at the same time.
class RecheckSchedule
{
public:
    using Delay = std::chrono::milliseconds;

    RecheckSchedule(Delay checkInterval, RandomSource &random)
        : m_interval(checkInterval)
        , m_random(random)
    {
    }

    /// \a failures counts consecutive failed probes and opens, 1 for the first. Not to be called
    /// for Recheck::Never; the delay of Now is 0.
    Delay delay(Recheck recheck, int failures) const;

    /// Until the next sweep over peers of which none can be used, for \a outage so far.
    Delay sweepPause(Delay outage) const;

    /// True if the probe after \a failures is an early one, skipped if there are too many peers.
    static bool isEarly(Recheck recheck, int failures);

private:
    Delay jittered(Delay delay) const; ///< +/- 20 %
    Delay earlier(Delay delay) const;  ///< up to 20 % less
    Delay spread(Delay delay) const;   ///< +/- 7/8

    Delay m_interval;
    RandomSource &m_random;
};

} // namespace qproxysql
