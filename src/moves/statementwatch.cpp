// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "moves/statementwatch.h"

#include "moves/connectionroster.h"

namespace qproxysql {

void StatementWatch::begin()
{
    [[maybe_unused]] static auto *const rounds = new Chore([watch = new StatementWatch] {
        return watch->round(Clock::steady().now(), ConnectionRoster::instance().records());
    });
}

Clock::time_point StatementWatch::round(Clock::time_point now, const Records &records)
{
    struct Group
    {
        PoolHealth *health = nullptr;
        std::vector<PoolStatementWatch::Sight> sights;
    };
    std::map<const PeerPool *, Group> groups;
    for (const auto &record : records) {
        const ConnectionRecord::View view = record->view();
        Group &group = groups[record->pool().get()];
        group.health = &*record->watch();
        if (view.line)
            group.sights.push_back(
                    {view.session, view.peer, view.line, view.claim, view.isMovable()});
        if (view.offeredLine) // an unused session counts as an idle one
            group.sights.push_back(
                    {view.offeredSession, view.offered, view.offeredLine, view.offeredClaim, true});
    }
    std::erase_if(m_pools, [&groups](const auto &pool) { return !groups.contains(pool.first); });
    Clock::time_point next = Clock::time_point::max();
    for (const auto &[pool, group] : groups)
        next = std::min(next, m_pools[pool].look(now, *group.health, group.sights));
    return next;
}

} // namespace qproxysql
