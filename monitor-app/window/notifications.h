// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "cluster/eventthrottle.h"
#include "window/desktop.h"

namespace qproxysql {

class MonitorSettings;
class MonitorSources;
class WatchedSource;

/// Turns events into desktop notifications, those that the settings want. Several of one kind at
/// once are one notification. Does not own its arguments.
class Notifications : public QObject
{
    Q_OBJECT

public:
    using Kind = ClusterEvent::Kind;
    static constexpr std::array Kinds{Kind::Down, Kind::UpAgain, Kind::Stalled, Kind::SafeToStop,
                                      Kind::Forgotten}; ///< a setting each
    static QString titleOf(Kind kind);

    Notifications(const MonitorSources &sources, const MonitorSettings &settings, Desktop &desktop,
                  const Clock &clock = Clock::steady());

    /// Call it after each poll of a source, also without an event.
    void take(const WatchedSource *source, const QList<ClusterEvent> &events);

private:
    void notify(Kind kind, const QList<EventThrottle::Notice> &notices);

    const MonitorSources &m_sources;
    const MonitorSettings &m_settings;
    Desktop &m_desktop;
    EventThrottle m_throttle;
};

} // namespace qproxysql
