// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "cluster/clusterview.h"

#include <QtCore/QHash>

namespace qproxysql {

/// The histories of all peers, by pool and address: what no single look tells. One thread at a time.
class ClusterHistory
{
public:
    explicit ClusterHistory(const Clock &clock)
        : m_clock(clock)
    {
    }

    /// Takes \a view in and writes into each of its peers what was seen until now (PeerView::past).
    void note(ClusterView *view);

private:
    using Key = std::pair<QString, PeerAddress>; ///< pool and peer
    /// As an application reported it. Only compared with what it reported before: its clock is its own.
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
