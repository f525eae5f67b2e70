// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "moves/connectionroster.h"

#include <algorithm>

namespace qproxysql {

ConnectionRoster &ConnectionRoster::instance()
{
    static auto *const instance = new ConnectionRoster;
    return *instance;
}

void ConnectionRoster::enroll(std::shared_ptr<ConnectionRecord> record)
{
    {
        const std::lock_guard lock(m_mutex);
        m_records.push_back(std::move(record));
    }
    Supervisor::instance().wakeWithinASecond();
}

void ConnectionRoster::strike(const ConnectionRecord &record)
{
    std::shared_ptr<ConnectionRecord> struck; // destroyed outside of the mutex
    const std::lock_guard lock(m_mutex);
    const auto found = std::ranges::find(m_records, &record,
                                         &std::shared_ptr<ConnectionRecord>::get);
    if (found == m_records.end())
        return;
    struck = std::move(*found);
    *found = std::move(m_records.back());
    m_records.pop_back();
}

std::vector<std::shared_ptr<ConnectionRecord>> ConnectionRoster::records() const
{
    const std::lock_guard lock(m_mutex);
    return m_records;
}

} // namespace qproxysql
