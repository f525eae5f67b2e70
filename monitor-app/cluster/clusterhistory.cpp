// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "cluster/clusterhistory.h"

#include <algorithm>

namespace qproxysql {

/// Adds the difference between two reports of one process. A counter that is lower than before
/// began anew, with the peer or the process.
void ClusterHistory::add(const ReportedPeers &before, const Key &key, const PeerReport &peer,
                         ReportedPeers *now, PeerActivity *activity)
{
    const Reported known = before.peers.value(key);
    Reported &reported = now->peers[key];
    reported = {peer.lastError, peer.counters, {}};
    const auto since = now->answered - before.answered;
    int errors = 0;
    if (since == since.zero()) {
        reported.rate = known.rate; // it was silent
    } else if (since <= LongestPause && before.peers.contains(key)) {
        const auto grown = [&](quint64 PeerCounters::*counter) {
            const quint64 old = known.counters.*counter;
            return peer.counters.*counter > old ? peer.counters.*counter - old : 0;
        };
        reported.rate = double(grown(&PeerCounters::statements))
                        / std::chrono::duration<double>(since).count();
        const quint64 moves = grown(&PeerCounters::movesAway) + grown(&PeerCounters::movesHere);
        activity->moves = activity->moves.value_or(0) + int(moves);
        errors = int(grown(&PeerCounters::errors) + grown(&PeerCounters::connectErrors));
    }
    if (reported.rate)
        activity->statements = activity->statements.value_or(0) + *reported.rate;
    // A probe's failure is not counted.
    const bool isNew = !peer.lastError.isEmpty() && peer.lastError != known.error;
    activity->errors += std::max(errors, isNew ? 1 : 0);
}

QHash<ClusterHistory::Key, PeerActivity> ClusterHistory::takeActivity(
        const QList<KnownProcess> &processes)
{
    QHash<Key, PeerActivity> activities;
    QHash<QString, ReportedPeers> reported;
    for (const KnownProcess &known : processes) {
        if (!known.report || known.presence == KnownProcess::Presence::Unknown)
            continue;
        const auto before = m_reported.constFind(known.process.id);
        ReportedPeers &now = reported[known.process.id];
        now.answered = known.answered;
        for (const PoolReport &pool : known.report->pools) {
            for (const PeerReport &peer : pool.peers) {
                const Key key(pool.name, peer.address);
                // What a process's first report counts may be days old.
                if (before == m_reported.cend())
                    now.peers.insert(key, {peer.lastError, peer.counters, {}});
                else
                    add(*before, key, peer, &now, &activities[key]);
            }
        }
    }
    m_reported = std::move(reported);
    return activities;
}

void ClusterHistory::note(ClusterView *view)
{
    const Clock::time_point now = m_clock.now();
    const QHash<Key, PeerActivity> activities = takeActivity(view->processes);
    for (PoolView &pool : view->pools) {
        for (PeerView &peer : pool.peers) {
            const Key key(pool.name, peer.address);
            PeerHistory &history = m_histories[key];
            history.note(peer, activities.value(key), now);
            peer.past = history.past(now);
        }
    }
    m_histories.removeIf([now](const auto &one) {
        return now - one->noted() > PeerHistory::Step * PeerHistory::Steps;
    });
}

} // namespace qproxysql
