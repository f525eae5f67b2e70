// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "cluster/clusterevents.h"
#include "pool/clock.h"

#include <map>

namespace qproxysql {

/// Decides which events an operator is notified of who does not look: those of isWorthTelling(), at
/// most one in Interval for each peer and kind. The next one says how many were suppressed. An event
/// that was suppressed is told after the interval if it still holds and contradicts what was told
/// last, so that the last word is true. One thread; no I/O. The caller owns it and may use one for
/// several sources.
class EventThrottle
{
public:
    static constexpr std::chrono::seconds Interval{60};

    struct Notice
    {
        ClusterEvent event;
        int suppressed = 0; ///< events of this peer and kind since the last notice

        QJsonObject toJson() const; ///< the event's, with "suppressed"
    };

    explicit EventThrottle(const Clock &clock = Clock::steady())
        : m_clock(clock)
    {
    }

    static bool isWorthTelling(ClusterEvent::Kind kind);

    /// The notices that are due now. Call it after each poll, also without an event. \a events: of
    /// this poll; \a view: its result.
    QList<Notice> take(const QList<ClusterEvent> &events, const ClusterView &view);

private:
    using Kind = ClusterEvent::Kind;
    enum class Topic { Health, Request, Progress, Age };
    using Key = std::pair<QString, Kind>; ///< peer
    struct Told
    {
        Clock::time_point when; ///< the last notice
        int suppressed = 0;
        std::optional<ClusterEvent> held; ///< the last one that was suppressed
    };
    static Topic topicOf(Kind kind);
    Notice tell(const Key &key, const ClusterEvent &event);
    void suppress(const Key &key, const ClusterEvent &event);
    QList<Notice> release(const ClusterView &view);

    const Clock &m_clock;
    std::map<Key, Told> m_told;
    std::map<std::pair<QString, Topic>, Kind> m_lastWords;
};

} // namespace qproxysql
