// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "connection/conflictbackoff.h"

#include <algorithm>
#include <utility>

namespace qproxysql {

using namespace std::chrono_literals;

namespace {

constexpr auto GiveUpAfter = 5s;
constexpr int LongestPauseExponent = 6; // 64 ms

} // namespace

ConflictBackoff::ConflictBackoff(int atMost, RandomSource &random)
    : m_atMost(atMost)
    , m_random(random)
{
}

std::optional<std::chrono::milliseconds> ConflictBackoff::next(Clock::time_point now)
{
    if (m_tries == 0)
        m_first = now;
    else if (now - m_last >= GiveUpAfter && !std::exchange(m_wasHeldUp, true))
        m_first = now;
    m_last = now;
    if (m_tries >= m_atMost || now - m_first >= GiveUpAfter)
        return {};
    const quint32 longest = 1u << std::min(m_tries++, LongestPauseExponent);
    return std::chrono::milliseconds(m_random.bounded(longest + 1));
}

} // namespace qproxysql
