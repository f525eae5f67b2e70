// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "inner/workers.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>

namespace qproxysql::test {

using namespace std::chrono_literals;

inline constexpr auto Patience = 60s;

/// Counts jobs that are inside, holds them there, and lets them out; at its end all of them.
class Gate
{
public:
    ~Gate()
    {
        open();
        Workers::instance().waitUntilIdle(Patience);
    }

    void pass()
    {
        std::unique_lock lock(m_mutex);
        ++m_inside;
        ++m_entered;
        m_mostInside = std::max(m_mostInside, m_inside);
        m_changed.notify_all();
        m_changed.wait(lock, [this] { return m_isOpen; });
        --m_inside;
        m_changed.notify_all();
    }

    bool waitForEntered(int count)
    {
        std::unique_lock lock(m_mutex);
        return m_changed.wait_for(lock, Patience, [&] { return m_entered >= count; });
    }

    void open()
    {
        const std::scoped_lock lock(m_mutex);
        m_isOpen = true;
        m_changed.notify_all();
    }

    int entered()
    {
        const std::scoped_lock lock(m_mutex);
        return m_entered;
    }

    int mostInside()
    {
        const std::scoped_lock lock(m_mutex);
        return m_mostInside;
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_changed;
    int m_inside = 0;
    int m_entered = 0;
    int m_mostInside = 0;
    bool m_isOpen = false;
};

} // namespace qproxysql::test
