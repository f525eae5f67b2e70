// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "moves/statementwatch.h"

#include "moves/connectionroster.h"

namespace qproxysql {

void StatementWatch::begin()
{
    [[maybe_unused]] static auto *const watch = [] {
        auto *const made = new StatementWatch;
        Supervisor::instance().addChore([made] { return made->advance(); });
        return made;
    }();
}

// The supervisor wakes up for other reasons, too, e.g. every open(), so the due time is checked.
Clock::time_point StatementWatch::advance()
{
    const Clock::time_point now = Clock::steady().now();
    if (m_due == Clock::time_point::max())
        m_due = m_lastRound + PoolStatementWatch::Interval;
    if (now >= m_due) {
        m_lastRound = now;
        m_due = round(now, ConnectionRoster::instance().records());
    }
    return m_due;
}

Clock::time_point StatementWatch::round(Clock::time_point now, const Records &records)
{
    struct Group
    {
        PoolHealth *health = nullptr;
        std::vector<SessionSnapshot> sessions;
    };
    std::map<const PeerPool *, Group> groups;
    for (const auto &record : records) {
        const ConnectionRecord::View view = record->view();
        Group &group = groups[record->pool().get()];
        group.health = &*record->watch();
        if (view.line)
            group.sessions.push_back(view);
        if (view.offer.line)
            group.sessions.push_back(view.offer);
    }
    std::erase_if(m_pools, [&groups](const auto &pool) { return !groups.contains(pool.first); });
    Clock::time_point next = Clock::time_point::max();
    for (const auto &[pool, group] : groups)
        next = std::min(next, m_pools[pool].poll(now, *group.health, group.sessions));
    return next;
}

} // namespace qproxysql
