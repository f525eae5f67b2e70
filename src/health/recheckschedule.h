// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "health/judge.h"
#include "pool/randomsource.h"

#include <chrono>

namespace qproxysql {

/// How long until a peer's next probe. Pure but for the random source: jitter keeps the processes of
/// a fleet, and the peers of one pool, from probing in step.
class RecheckSchedule
{
public:
    using Delay = std::chrono::milliseconds;

    RecheckSchedule(Delay checkInterval, RandomSource &random)
        : m_interval(checkInterval)
        , m_random(random)
    {
    }

    /// \a failures: probes and opens that failed in a row so far, 1 for the first. Never called
    /// for Recheck::Never; Now is 0.
    Delay delay(Recheck recheck, int failures) const;

    /// True when the probe after \a failures is one of the early ones, which may be left out when
    /// there are too many peers to probe them all so often.
    static bool isEarly(Recheck recheck, int failures);

private:
    Delay jittered(Delay delay) const; ///< +/- 20 %
    Delay earlier(Delay delay) const;  ///< up to 20 % less

    Delay m_interval;
    RandomSource &m_random;
};

} // namespace qproxysql
