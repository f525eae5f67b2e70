// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "moves/connectionsights.h"

namespace qproxysql {

std::vector<Sight> ConnectionSights::look(
        const std::vector<std::shared_ptr<ConnectionRecord>> &records, Clock::time_point now)
{
    std::map<quint64, Seen> seen;
    std::vector<Sight> sights;
    sights.reserve(records.size());
    for (const auto &record : records) {
        Sight sight;
        sight.record = record;
        sight.view = record->view();
        sight.isCut = sight.view.line && sight.view.line->isGone();
        sight.isOfferGone = sight.view.offeredLine
                            && sight.view.offeredLine->noteIfDead(sight.view.offeredClaim);

        const auto before = m_seen.find(sight.view.connection);
        Seen current;
        current.session = sight.view.session;
        current.claimCount = sight.view.claim;
        current.idleSince = now;
        if (before != m_seen.end()) {
            const Seen &then = before->second;
            current.lastActivity = then.lastActivity;
            sight.isActive = then.claimCount != sight.view.claim || then.session != current.session
                             || (sight.view.claim & 1) != 0;
            if (sight.isActive)
                current.lastActivity = now;
            else
                current.idleSince = then.idleSince;
        }
        sight.idleFor = now - current.idleSince;
        sight.lastActivity = current.lastActivity;
        seen.emplace(sight.view.connection, current);
        sights.push_back(std::move(sight));
    }
    m_seen = std::move(seen);
    return sights;
}

} // namespace qproxysql
