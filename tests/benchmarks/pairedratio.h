// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <chrono>
#include <functional>

namespace qproxysql::bench {

/// Two ways to do one thing, timed by turns in many short rounds, so that whatever else happens on the
/// machine hits both alike. The ratio of each round is taken for itself; the median of those is the
/// figure, their quartiles are its spread. On a busy machine the ratio of the fastest tenths is the
/// steadier figure.
struct PairedRatio
{
    double median = 0;
    double lowerQuartile = 0;
    double upperQuartile = 0;
    double fastest = 0;          ///< ratio of the fastest tenth of either
    double baseNanoseconds = 0;  ///< median of one operation, the first way
    double otherNanoseconds = 0; ///< the second way
    int rounds = 0;
};

/// \a base and \a other do the thing as many times as they are told.
PairedRatio measure(const std::function<void(int)> &base, const std::function<void(int)> &other,
                    int rounds,
                    std::chrono::microseconds roundLength = std::chrono::milliseconds(1));

} // namespace qproxysql::bench
