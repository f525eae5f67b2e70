// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "moves/connectionsnapshots.h"

namespace qproxysql {

std::vector<ConnectionSnapshot> ConnectionSnapshots::take(
        const std::vector<std::shared_ptr<ConnectionRecord>> &records, Clock::time_point now)
{
    std::map<quint64, Seen> seen;
    std::vector<ConnectionSnapshot> snapshots;
    snapshots.reserve(records.size());
    for (const auto &record : records) {
        ConnectionSnapshot snapshot{record->view(), record};
        snapshot.isCut = snapshot.line && snapshot.line->isGone();
        snapshot.isOfferGone = snapshot.offer.line
                               && snapshot.offer.line->noteIfDead(snapshot.offer.claim);

        const auto before = m_seen.find(snapshot.connection);
        Seen current{snapshot.session, snapshot.claim, now, {}};
        if (before != m_seen.end()) {
            const Seen &then = before->second;
            current.lastActivity = then.lastActivity;
            snapshot.isActive = then.claimCount != snapshot.claim || then.session != current.session
                                || (snapshot.claim & 1) != 0;
            if (snapshot.isActive)
                current.lastActivity = now;
            else
                current.idleSince = then.idleSince;
        }
        snapshot.idleFor = now - current.idleSince;
        snapshot.lastActivity = current.lastActivity;
        seen.emplace(snapshot.connection, current);
        snapshots.push_back(std::move(snapshot));
    }
    m_seen = std::move(seen);
    return snapshots;
}

} // namespace qproxysql
