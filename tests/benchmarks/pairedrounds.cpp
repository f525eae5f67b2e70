// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "pairedrounds.h"

#include <algorithm>

namespace qproxysql::bench {

namespace {

using Clock = std::chrono::steady_clock;

double nanosecondsOf(const PairedRounds::Way &way, int times)
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

int timesFor(const PairedRounds::Way &way, std::chrono::nanoseconds length)
{
    nanosecondsOf(way, 1);
    const double once = std::min(nanosecondsOf(way, 2), nanosecondsOf(way, 2));
    return std::max(1, int(double(length.count()) / once));
}

} // namespace

PairedRounds::PairedRounds(const std::vector<Way> &ways, int rounds,
                           std::chrono::microseconds roundLength)
    : m_nanoseconds(ways.size())
{
    const int times = timesFor(ways.front(), roundLength);
    for (const Way &way : ways)
        nanosecondsOf(way, times);
    for (size_t round = 0; round < size_t(rounds); ++round) {
        for (size_t turn = 0; turn < ways.size(); ++turn) {
            const size_t which = (round % 2 == 0 ? round + turn : round + ways.size() - turn)
                                 % ways.size();
            m_nanoseconds[which].push_back(nanosecondsOf(ways[which], times));
        }
    }
}

PairedRatio PairedRounds::ratio(size_t way, size_t base) const
{
    const std::vector<double> &times = m_nanoseconds[way];
    const std::vector<double> &baseTimes = m_nanoseconds[base];
    std::vector<double> ratios;
    for (size_t round = 0; round < times.size(); ++round)
        ratios.push_back(times[round] / baseTimes[round]);
    return {quantile(ratios, 0.5), quantile(ratios, 0.25), quantile(ratios, 0.75),
            quantile(times, 0.1) / quantile(baseTimes, 0.1)};
}

double PairedRounds::microseconds(size_t way) const
{
    return quantile(m_nanoseconds[way], 0.5) / 1000;
}

} // namespace qproxysql::bench
