// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "window/recentevents.h"

#include <set>

namespace qproxysql {

/// The events of the window, kept in a file for the next start. Windows that run at the same time
/// share it. One thread; local file I/O.
class EventMemory
{
public:
    static constexpr size_t Most = 10'000; ///< in memory; the file is bounded, too

    explicit EventMemory(const Clock &clock = Clock::steady());

    /// Reads what was kept in \a folder, and keeps further events there. Called once at most.
    void open(const QString &folder);
    /// Adds what is new of \a events, and peers of \a view that have come back while no window ran.
    /// \a source: an address, for comparison only.
    void note(const void *source, const QList<ClusterEvent> &events, const ClusterView &view);

    /// All of them and the requests \a recorded elsewhere, the oldest first, each request once.
    QList<ClusterEvent> merged(const QList<ClusterEvent> &recorded) const;
    /// Why events are not kept; empty: they are.
    QString problem() const { return m_problem; }

private:
    using Peer = std::pair<QString, QString>; ///< pool and peer
    using Request = std::pair<Peer, quint64>; ///< and generation
    static Request requestOf(const ClusterEvent &event);
    bool add(const ClusterEvent &event);

    RecentEvents m_recent;
    std::optional<JsonLines> m_file;
    std::deque<ClusterEvent> m_events; ///< the oldest first
    std::set<Request> m_requests;
    std::set<Peer> m_down;
    QString m_problem;
};

} // namespace qproxysql
