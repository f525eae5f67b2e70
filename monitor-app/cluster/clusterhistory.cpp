// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "cluster/clusterhistory.h"

namespace qproxysql {

QHash<ClusterHistory::Key, int> ClusterHistory::takeErrors(const QList<KnownProcess> &processes)
{
    QHash<Key, int> errors;
    QHash<QString, QHash<Key, PeerError>> reported;
    for (const KnownProcess &known : processes) {
        if (!known.report)
            continue;
        const auto before = m_reported.constFind(known.process.id);
        QHash<Key, PeerError> &now = reported[known.process.id];
        for (const PoolReport &pool : known.report->pools) {
            for (const PeerReport &peer : pool.peers) {
                const Key key(pool.name, peer.address);
                const PeerError &error = peer.lastError;
                // Errors in a process's first report may be days old.
                const bool isNew = before != m_reported.cend() && error != before->value(key);
                if (isNew && !error.isEmpty())
                    ++errors[key];
                now.insert(key, error);
            }
        }
    }
    m_reported = std::move(reported);
    return errors;
}

void ClusterHistory::note(ClusterView *view)
{
    const Clock::time_point now = m_clock.now();
    const QHash<Key, int> errors = takeErrors(view->processes);
    for (PoolView &pool : view->pools) {
        for (PeerView &peer : pool.peers) {
            const Key key(pool.name, peer.address);
            PeerHistory &history = m_histories[key];
            history.note(peer, errors.value(key), now);
            peer.past = history.past(now);
        }
    }
    m_histories.removeIf([now](const auto &one) {
        return now - one->noted() > PeerHistory::Step * PeerHistory::Steps;
    });
}

} // namespace qproxysql
