// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QString>

#include <atomic>
#include <chrono>
#include <mutex>

namespace chaos {

/// The moment at which a fault strikes a peer. Calls that were under way there count themselves in when they
/// end. Any thread.
class Moment
{
public:
    using Clock = std::chrono::steady_clock;

    /// Call it just before the fault is made, by one thread.
    void strike(const QString &peer)
    {
        const std::lock_guard lock(m_mutex);
        ++m_fault;
        m_peer = peer;
        m_time = Clock::now();
        m_inFlight = 0;
    }
    /// The number of the last fault, from 1 on; 0 before the first.
    int fault() const { return m_fault; }
    /// Calls that the last fault found under way and that have ended since.
    int inFlight() const { return m_inFlight; }

    void noteCall(const QString &peer, Clock::time_point started, Clock::time_point ended)
    {
        const std::lock_guard lock(m_mutex);
        if (peer == m_peer && started < m_time && m_time <= ended)
            ++m_inFlight;
    }

private:
    std::mutex m_mutex;
    QString m_peer;
    Clock::time_point m_time;
    std::atomic<int> m_fault{0};
    std::atomic<int> m_inFlight{0};
};

} // namespace chaos
