// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "cluster/clusterview.h"

#include <QtCore/QHash>

namespace qproxysql {

/// The histories of all peers, by pool and address. One thread at a time.
class ClusterHistory
{
public:
    explicit ClusterHistory(const Clock &clock)
        : m_clock(clock)
    {
    }

    /// Reports that are further apart make no rate.
    static constexpr std::chrono::seconds LongestPause{15};

    /// Adds \a view and writes the history into each of its peers (PeerView::past).
    void note(ClusterView *view);

private:
    using Key = std::pair<QString, PeerAddress>; ///< pool and peer
    /// What a process has reported of a peer.
    struct Reported
    {
        PeerError error;
        PeerCounters counters;
        std::optional<double> rate; ///< of statements, a second
    };
    struct ReportedPeers
    {
        Clock::time_point answered;
        QHash<Key, Reported> peers;
    };
    QHash<Key, PeerActivity> takeActivity(const QList<KnownProcess> &processes);
    static void add(const ReportedPeers &before, const Key &key, const PeerReport &peer,
                    ReportedPeers *now, PeerActivity *activity);

    const Clock &m_clock;
    QHash<Key, PeerHistory> m_histories;
    /// By process. Only compared with earlier reports of the same process, whose clock may differ.
    QHash<QString, ReportedPeers> m_reported;
};

} // namespace qproxysql
