// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "timeline.h"

namespace qproxysql::simulation {

void Timeline::at(Time when, std::function<void()> what)
{
    m_queue.push({std::max(when, m_now), ++m_events, std::move(what)});
}

void Timeline::run(Time end)
{
    while (!m_queue.empty() && m_queue.top().when <= end) {
        // The queue is ordered by members that a move leaves as they are.
        std::function<void()> what = std::move(const_cast<Event &>(m_queue.top()).what);
        m_now = m_queue.top().when;
        m_queue.pop();
        what();
    }
    m_now = end;
}

} // namespace qproxysql::simulation
