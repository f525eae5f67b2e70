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

    /// Adds \a view and writes the history into each of its peers (PeerView::past).
    void note(ClusterView *view);

private:
    using Key = std::pair<QString, PeerAddress>; ///< pool and peer
    /// As an application reported it. Only compared with earlier reports of the same application,
    /// whose clock may differ from ours.
    struct ReportedError
    {
        int code = 0;
        QString text;
        QDateTime at;
        friend bool operator==(const ReportedError &, const ReportedError &) = default;
    };
    QHash<Key, int> takeErrors(const QList<KnownProcess> &processes);

    const Clock &m_clock;
    QHash<Key, PeerHistory> m_histories;
    QHash<QString, QHash<Key, ReportedError>> m_reported; ///< by process
};

} // namespace qproxysql
