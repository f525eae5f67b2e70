// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "health/probebudget.h"

#include <algorithm>

namespace qproxysql {

ProbeBudget::ProbeBudget(const Clock &clock)
    : m_clock(clock)
    , m_filledAt(clock.now())
{
}

void ProbeBudget::setDemand(double perSecond)
{
    const std::lock_guard lock(m_mutex);
    refill();
    m_rate = std::max(StartsPerSecond, perSecond);
}

void ProbeBudget::refill()
{
    const Clock::time_point now = m_clock.now();
    const std::chrono::duration<double> passed = now - m_filledAt;
    m_tokens = std::min(m_rate, m_tokens + passed.count() * m_rate);
    m_filledAt = now;
}

bool ProbeBudget::take()
{
    const std::lock_guard lock(m_mutex);
    refill();
    if (m_tokens < 1)
        return false;
    m_tokens -= 1;
    return true;
}

Clock::time_point ProbeBudget::nextAt() const
{
    const std::lock_guard lock(m_mutex);
    if (m_tokens >= 1)
        return m_filledAt;
    const std::chrono::duration<double> missing((1 - m_tokens) / m_rate);
    return m_filledAt + std::chrono::duration_cast<Clock::time_point::duration>(missing)
           + std::chrono::milliseconds(1);
}

} // namespace qproxysql
