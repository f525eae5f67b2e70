// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "pool/clock.h"
#include "verdict/drainassessment.h"
#include "verdict/drainevidence.h"

namespace qproxysql {

struct DrainSides;

/// Draws the verdict over one peer's drain, from evidence that is gathered about once a second. A
/// peer is safe to stop when no check fails, sessions could be counted, and another peer is proven
/// to be up. A check that could not be made is shown as unchecked, never as passed. One thread at a
/// time; no I/O.
class DrainVerdict
{
public:
    static constexpr std::chrono::seconds QuietTime{10};
    /// A drain stalls when no session has left for this long. An idle session needs two seconds.
    static constexpr std::chrono::seconds StallTime{5};
    /// After a longer gap between two assessments the quiet time starts again: there may have been
    /// sessions meanwhile.
    static constexpr std::chrono::seconds LongestGap{5};

    explicit DrainVerdict(const Clock &clock)
        : m_clock(clock)
    {
    }

    DrainAssessment assess(const DrainEvidence &evidence);

private:
    struct Sample
    {
        Clock::time_point when;
        int left = 0;
    };

    void begin(quint64 generation, Clock::time_point now);
    void note(const DrainSides &sides, Clock::time_point now);
    std::chrono::seconds quietTime(Clock::time_point now) const;
    DrainState stateOf(const DrainEvidence &evidence, const DrainSides &sides, bool isSafe,
                       Clock::time_point now) const;
    std::optional<double> timeLeft(int left) const;

    const Clock &m_clock;
    bool m_isDraining = false;
    quint64 m_generation = 0;
    Clock::time_point m_since;                     ///< when the drain was first seen
    Clock::time_point m_assessed;                  ///< last assessment
    Clock::time_point m_changed;                   ///< when the number of sessions last changed
    std::optional<Clock::time_point> m_quietSince; ///< no session since then
    int m_left = 0;
    int m_peak = 0;
    QList<Sample> m_samples; ///< the last three that fell
};

} // namespace qproxysql
