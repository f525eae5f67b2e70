// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <chrono>
#include <functional>
#include <vector>

namespace qproxysql::bench {

/// The time of one way over that of another, taken round by round.
struct PairedRatio
{
    double median = 0;
    double lowerQuartile = 0;
    double upperQuartile = 0;
    double fastest = 0; ///< ratio of the fastest tenth of either
};

/// Several ways to do one thing, timed by turns in many short rounds, so that whatever else happens on the
/// machine hits all alike. The ratio of each round is taken for itself; the median of those is the
/// figure, their quartiles are its spread. On a busy machine the ratio of the fastest tenths is the
/// steadier figure.
class PairedRounds
{
public:
    using Way = std::function<void(int times)>;

    /// A round of the first way takes about \a roundLength; the others do the thing as often.
    PairedRounds(const std::vector<Way> &ways, int rounds,
                 std::chrono::microseconds roundLength = std::chrono::milliseconds(1));

    PairedRatio ratio(size_t way, size_t base) const;
    double microseconds(size_t way) const; ///< median of one time

private:
    std::vector<std::vector<double>> m_nanoseconds; ///< by way and round, of one time
};

} // namespace qproxysql::bench
