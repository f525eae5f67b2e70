// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "pool/clock.h"
#include "pool/randomsource.h"

#include <functional>
#include <queue>
#include <random>
#include <vector>

namespace qproxysql::simulation {

using namespace std::chrono_literals;
using Time = Clock::time_point;
using Span = Clock::time_point::duration;

/// The simulated clock: events in the order of their time, and of their creation at the same time.
class Timeline final : public Clock
{
public:
    Time now() const override { return m_now; }
    /// Nothing in a simulation blocks.
    bool wait(std::condition_variable &, std::unique_lock<std::mutex> &, time_point,
              const std::function<bool()> &) const override
    {
        qFatal("a simulated call blocks");
        return false;
    }

    void at(Time when, std::function<void()> what);
    void after(Span pause, std::function<void()> what) { at(m_now + pause, std::move(what)); }
    /// Runs the events until \a end.
    void run(Time end);

private:
    struct Event
    {
        Time when;
        quint64 number = 0;
        std::function<void()> what;
        bool operator<(const Event &other) const // the earliest is on top
        {
            return when != other.when ? when > other.when : number > other.number;
        }
    };
    Time m_now{1h}; // PoolMonitor takes the clock's zero for never
    quint64 m_events = 0;
    std::priority_queue<Event> m_queue;
};

/// The same numbers in every run with the same seed.
class Chance final : public RandomSource
{
public:
    explicit Chance(quint32 seed)
        : m_engine(seed)
    {
    }
    quint32 bounded(quint32 bound) override { return quint32((quint64(m_engine()) * bound) >> 32); }
    Span within(Span most)
    {
        return Span(qint64(double(m_engine()) / 4294967296.0 * double(most.count())));
    }

private:
    std::mt19937 m_engine;
};

inline double seconds(Span span)
{
    return std::chrono::duration<double>(span).count();
}

} // namespace qproxysql::simulation
