// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "cluster/clusterevents.h"

#include <deque>

namespace qproxysql {

/// Recognises an event that several sources report. One thread.
class RecentEvents
{
public:
    /// An event that another source reported within this time is the same.
    static constexpr std::chrono::seconds SameWithin{10};

    explicit RecentEvents(const Clock &clock)
        : m_clock(clock)
    {
    }

    /// Those that no other source has reported. \a source: an address, for comparison only.
    QList<ClusterEvent> take(const void *source, const QList<ClusterEvent> &events);

private:
    struct Recent
    {
        Clock::time_point when;
        const void *source;
        ClusterEvent event;
    };
    bool isKnown(const void *source, const ClusterEvent &event) const;

    const Clock &m_clock;
    std::deque<Recent> m_recent; ///< the oldest first
};

} // namespace qproxysql
