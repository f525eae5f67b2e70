// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "health/recheckschedule.h"

#include <algorithm>
#include <array>

using namespace std::chrono_literals;

namespace qproxysql {
namespace {

constexpr std::array<RecheckSchedule::Delay, 3> EarlyDelays{1s, 3s, 5s};
constexpr RecheckSchedule::Delay SoonAtMost = 5s;
constexpr RecheckSchedule::Delay LongAtLeast = 5min;
constexpr RecheckSchedule::Delay ShortestSweepPause = 1s;
constexpr RecheckSchedule::Delay StatementsWait = 10s; ///< OPEN_DEADLINE, unless it was set
constexpr RecheckSchedule::Delay LongestSweepPause = 5s;
constexpr int LongestPauseDoublings = 2;

} // namespace

RecheckSchedule::Delay RecheckSchedule::jittered(Delay delay) const
{
    const auto spread = quint32(delay.count() * 2 / 5);
    return delay - Delay(spread / 2) + Delay(m_random.bounded(spread + 1));
}

RecheckSchedule::Delay RecheckSchedule::earlier(Delay delay) const
{
    return delay - Delay(m_random.bounded(quint32(delay.count() / 5) + 1));
}

// All processes of a fleet lose a peer at the same moment. These delays let them see its return at
// different ones.
RecheckSchedule::Delay RecheckSchedule::spread(Delay delay) const
{
    return delay / 8 + Delay(m_random.bounded(quint32(delay.count() * 7 / 4) + 1));
}

RecheckSchedule::Delay RecheckSchedule::sweepPause(Delay outage) const
{
    if (outage <= StatementsWait)
        return ShortestSweepPause;
    const Delay longest = std::clamp<Delay>(outage / 4, ShortestSweepPause, LongestSweepPause);
    const Delay shortest = std::max(longest / 2, ShortestSweepPause);
    return shortest + Delay(m_random.bounded(quint32((longest - shortest).count()) + 1));
}

bool RecheckSchedule::isEarly(Recheck recheck, int failures)
{
    return recheck == Recheck::BackOff && failures >= 1 && failures <= int(EarlyDelays.size());
}

RecheckSchedule::Delay RecheckSchedule::delay(Recheck recheck, int failures) const
{
    const auto step = size_t(std::clamp(failures, 1, int(EarlyDelays.size()) + 1) - 1);
    switch (recheck) {
    case Recheck::BackOff:
        if (step < EarlyDelays.size() && EarlyDelays[step] < m_interval)
            return spread(EarlyDelays[step]);
        return jittered(m_interval);
    case Recheck::Soon:
        return earlier(std::min({step < EarlyDelays.size() ? EarlyDelays[step] : SoonAtMost,
                                 SoonAtMost, m_interval}));
    case Recheck::Pause:
        return (1s + Delay(m_random.bounded(1'001)))
               * (1 << std::clamp(failures - 1, 0, LongestPauseDoublings));
    case Recheck::Steady:
        return jittered(m_interval);
    case Recheck::Long:
        return jittered(std::max(LongAtLeast, 4 * m_interval));
    case Recheck::Now:
    case Recheck::Never:
        break;
    }
    return 0ms;
}

} // namespace qproxysql
