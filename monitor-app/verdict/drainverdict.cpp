// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "verdict/drainverdict.h"

#include "verdict/drainchecks.h"

#include <algorithm>

using namespace std::chrono_literals;

namespace qproxysql {

namespace {

constexpr auto SampleInterval = 1s;
constexpr qsizetype FallingSamples = 3;

} // namespace

DrainAssessment DrainVerdict::assess(const DrainEvidence &evidence)
{
    const Clock::time_point now = m_clock.now();
    const DrainSides sides(evidence);
    DrainAssessment assessment;
    if (!evidence.isDraining) {
        m_isDraining = false;
        assessment.left = sides.sessions;
        return assessment;
    }
    if (!m_isDraining || m_generation != evidence.generation)
        begin(evidence.generation, now);
    note(sides, now);
    assessment.left = sides.sessions;
    assessment.peak = evidence.sessionsBefore ? std::max(m_peak, *evidence.sessionsBefore) : 0;
    assessment.timeLeft = timeLeft(sides.sessions);
    assessment.checks = drainChecks(evidence, sides, quietTime(now), QuietTime);
    // The peer may be the last one that works, so missing evidence is not enough.
    const bool isSafe = sides.canSee() && evidence.otherPeersUp.value_or(0) > 0
                        && std::ranges::none_of(assessment.checks, [](const DrainCheck &check) {
                               return check.state == DrainCheck::State::Fail;
                           });
    assessment.state = stateOf(evidence, sides, isSafe, now);
    assessment.obstacles = drainObstacles(sides, evidence.generation);
    return assessment;
}

void DrainVerdict::begin(quint64 generation, Clock::time_point now)
{
    m_isDraining = true;
    m_generation = generation;
    m_since = m_changed = m_assessed = now;
    m_quietSince.reset();
    m_left = m_peak = 0;
    m_samples.clear();
}

void DrainVerdict::note(const DrainSides &sides, Clock::time_point now)
{
    const int left = sides.sessions;
    if (left != m_left)
        m_changed = now;
    m_left = left;
    m_peak = std::max(m_peak, left);
    if (left > 0 || !sides.canSee())
        m_quietSince.reset();
    else if (!m_quietSince || now - m_assessed > LongestGap)
        m_quietSince = now;
    m_assessed = now;

    if (!m_samples.isEmpty() && left > m_samples.constLast().left)
        m_samples.clear();
    if (!m_samples.isEmpty() && now - m_samples.constLast().when < SampleInterval)
        return;
    if (!m_samples.isEmpty() && left == m_samples.constLast().left)
        m_samples.clear();
    m_samples.append({now, left});
    if (m_samples.size() > FallingSamples)
        m_samples.removeFirst();
}

std::optional<double> DrainVerdict::timeLeft(int left) const
{
    if (m_samples.size() < FallingSamples || left == 0)
        return std::nullopt;
    const Sample &first = m_samples.constFirst();
    const Sample &last = m_samples.constLast();
    const std::chrono::duration<double> took = last.when - first.when;
    return left * took.count() / (first.left - last.left);
}

std::chrono::seconds DrainVerdict::quietTime(Clock::time_point now) const
{
    return m_quietSince ? std::chrono::floor<std::chrono::seconds>(now - *m_quietSince) : 0s;
}

DrainState DrainVerdict::stateOf(const DrainEvidence &evidence, const DrainSides &sides,
                                 bool isSafe, Clock::time_point now) const
{
    if (isSafe) {
        return evidence.reach == DrainEvidence::Reach::NotReached ? DrainState::Stopped
                                                                  : DrainState::SafeToStop;
    }
    // An application that never learns of the drain is an obstacle.
    if (!sides.unaware.isEmpty() && now - m_since < StallTime)
        return DrainState::Requested;
    if (sides.sessions == 0)
        return DrainState::Empty;
    return now - m_changed < StallTime ? DrainState::Draining : DrainState::Stalled;
}

} // namespace qproxysql
