// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "pairedratio.h"

#include <algorithm>
#include <vector>

namespace qproxysql::bench {

namespace {

using Clock = std::chrono::steady_clock;

double nanosecondsOf(const std::function<void(int)> &way, int times)
{
    const Clock::time_point start = Clock::now();
    way(times);
    return double(std::chrono::nanoseconds(Clock::now() - start).count()) / times;
}

double quantile(std::vector<double> values, double which)
{
    std::sort(values.begin(), values.end());
    return values.at(size_t(which * double(values.size() - 1)));
}

int timesFor(const std::function<void(int)> &way, std::chrono::nanoseconds length)
{
    nanosecondsOf(way, 1);
    const double once = std::min(nanosecondsOf(way, 2), nanosecondsOf(way, 2));
    return std::max(1, int(double(length.count()) / once));
}

} // namespace

PairedRatio measure(const std::function<void(int)> &base, const std::function<void(int)> &other,
                    int rounds, std::chrono::microseconds roundLength)
{
    const int times = timesFor(base, roundLength);
    nanosecondsOf(other, times);
    std::vector<double> ratios, bases, others;
    for (int round = 0; round < rounds; ++round) {
        const bool isBaseFirst = round % 2 == 0;
        const double first = nanosecondsOf(isBaseFirst ? base : other, times);
        const double second = nanosecondsOf(isBaseFirst ? other : base, times);
        bases.push_back(isBaseFirst ? first : second);
        others.push_back(isBaseFirst ? second : first);
        ratios.push_back(others.back() / bases.back());
    }
    PairedRatio result;
    result.median = quantile(ratios, 0.5);
    result.lowerQuartile = quantile(ratios, 0.25);
    result.upperQuartile = quantile(ratios, 0.75);
    result.fastest = quantile(others, 0.1) / quantile(bases, 0.1);
    result.baseNanoseconds = quantile(bases, 0.5);
    result.otherNanoseconds = quantile(others, 0.5);
    result.rounds = rounds;
    return result;
}

} // namespace qproxysql::bench
