// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "moves/movebackoff.h"

#include <algorithm>

namespace qproxysql {

using namespace std::chrono_literals;

MoveBackoff::MoveBackoff(const Clock &clock)
    : m_clock(clock)
{
}

std::list<MoveBackoff::Entry>::iterator MoveBackoff::find(const PeerPool *pool,
                                                          const Logins &logins) const
{
    return std::ranges::find_if(m_entries, [&](const Entry &entry) {
        return entry.pool == pool && entry.logins == logins;
    });
}

Expected<void> MoveBackoff::mayTry(const PeerPool *pool, const Logins &logins) const
{
    const std::lock_guard lock(m_mutex);
    const auto entry = find(pool, logins);
    if (entry != m_entries.end() && entry->isWaiting(m_clock.now()))
        return Unexpected(entry->why);
    return {};
}

bool MoveBackoff::begin(const PeerPool *pool, const Logins &logins)
{
    const std::lock_guard lock(m_mutex);
    const auto entry = find(pool, logins);
    if (entry == m_entries.end())
        return true;
    return !entry->isWaiting(m_clock.now()) && (entry->isTrying = true);
}

void MoveBackoff::failed(const PeerPool *pool, const Logins &logins, const QString &why)
{
    const Clock::time_point now = m_clock.now();
    const std::lock_guard lock(m_mutex);
    auto entry = find(pool, logins);
    if (entry == m_entries.end())
        entry = m_entries.insert(entry, {pool, logins});
    entry->why = why;
    entry->isTrying = false;
    if (now < entry->retryAt)
        return; // it was running when another failed: this counts as one failure
    entry->retryAt = now + std::min(30s, 1s * (1 << std::min(entry->failures, 5)));
    ++entry->failures;
}

void MoveBackoff::succeeded(const PeerPool *pool, const Logins &logins)
{
    const std::lock_guard lock(m_mutex);
    const auto entry = find(pool, logins);
    if (entry != m_entries.end())
        m_entries.erase(entry);
}

} // namespace qproxysql
