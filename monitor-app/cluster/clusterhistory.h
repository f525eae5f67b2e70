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
    QHash<Key, int> takeErrors(const QList<KnownProcess> &processes);

    const Clock &m_clock;
    QHash<Key, PeerHistory> m_histories;
    /// By process. Only compared with earlier reports of the same process, whose clock may differ.
    QHash<QString, QHash<Key, PeerError>> m_reported;
};

} // namespace qproxysql
