// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "pool/clock.h"
#include "pool/randomsource.h"

#include <optional>

namespace qproxysql {

/// When a statement that lost a conflict (1213, ER_LOCK_DEADLOCK: a deadlock, or a certification failure
/// on Galera) is tried again: at most RETRY_CONFLICTS times, for at most 5 s, with growing random pauses.
/// A try that took longer than that was held up, as by a group that waits for a lost member: after the first
/// one the 5 s begin anew. One object per statement.
class ConflictBackoff
{
public:
    ConflictBackoff(int atMost, RandomSource &random);

    /// The pause before the next try; nothing: do not try again.
    std::optional<std::chrono::milliseconds> next(Clock::time_point now);

    int tries() const { return m_tries; } ///< pauses given so far

private:
    const int m_atMost;
    RandomSource &m_random;
    int m_tries = 0;
    bool m_wasHeldUp = false;
    Clock::time_point m_first;
    Clock::time_point m_last;
};

} // namespace qproxysql
