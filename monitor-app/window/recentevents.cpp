// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "window/recentevents.h"

#include <algorithm>

namespace qproxysql {

bool RecentEvents::isKnown(const void *source, const ClusterEvent &event) const
{
    return std::ranges::any_of(m_recent, [&](const Recent &recent) {
        const ClusterEvent &known = recent.event;
        return recent.source != source && known.kind == event.kind && known.pool == event.pool
               && known.peer == event.peer && known.text == event.text;
    });
}

QList<ClusterEvent> RecentEvents::take(const void *source, const QList<ClusterEvent> &events)
{
    const Clock::time_point now = m_clock.now();
    while (!m_recent.empty() && now - m_recent.front().when > SameWithin)
        m_recent.pop_front();
    QList<ClusterEvent> fresh;
    for (const ClusterEvent &event : events) {
        if (isKnown(source, event))
            continue;
        m_recent.push_back({now, source, event});
        fresh.append(event);
    }
    return fresh;
}

} // namespace qproxysql
