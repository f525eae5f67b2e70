// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "pool/peerpool.h"

#include <atomic>
#include <mutex>
#include <random>

namespace qproxysql::test {

/// The same numbers in every run.
class SeededRandom final : public RandomSource
{
public:
    explicit SeededRandom(quint32 seed = 1)
        : m_engine(seed)
    {
    }

    quint32 bounded(quint32 bound) override
    {
        const std::lock_guard lock(m_mutex);
        return std::uniform_int_distribution<quint32>(0, bound - 1)(m_engine);
    }

private:
    std::mutex m_mutex;
    std::mt19937 m_engine;
};

/// Always the lowest number (no jitter upwards) or the highest.
class ExtremeRandom final : public RandomSource
{
public:
    explicit ExtremeRandom(bool highest)
        : m_highest(highest)
    {
    }
    quint32 bounded(quint32 bound) override { return m_highest ? bound - 1 : 0; }

private:
    const bool m_highest;
};

/// Stands still until it is moved.
class ManualClock final : public Clock
{
public:
    time_point now() const override
    {
        return time_point(std::chrono::nanoseconds(m_nanoseconds.load()));
    }
    bool wait(std::condition_variable &changed, std::unique_lock<std::mutex> &lock,
              time_point until, const std::function<bool()> &isDone) const override
    {
        while (!isDone() && now() < until)
            changed.wait_for(lock, std::chrono::milliseconds(1)); // advance() notifies nobody
        return isDone();
    }
    void advance(std::chrono::nanoseconds by) { m_nanoseconds += by.count(); }

private:
    std::atomic<qint64> m_nanoseconds{1'000'000'000'000};
};

/// As a probe, or an open, tells it.
inline void setHealth(PeerPool &pool, PeerId peer, Health health, const PeerError &error = {},
                      Clock::time_point nextCheck = {})
{
    pool.announce(pool.recordHealth(peer, health, error, nextCheck));
}

inline void setIdentities(PeerPool &pool, PeerId peer, const QStringList &identities)
{
    pool.announce(pool.recordIdentities(peer, identities));
}

} // namespace qproxysql::test
