// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "moves/connectionrecord.h"

#include <mutex>
#include <vector>

namespace qproxysql {

/// Every open connection of the process, for the supervisor's rounds. Thread-safe, process-wide,
/// never destroyed.
class ConnectionRoster
{
public:
    static ConnectionRoster &instance();

    void enroll(std::shared_ptr<ConnectionRecord> record); ///< called at open(); wakes the supervisor
    void strike(const ConnectionRecord &record);           ///< called at close()

    std::vector<std::shared_ptr<ConnectionRecord>> records() const; ///< a copy

private:
    ConnectionRoster() = default;

    mutable std::mutex m_mutex;
    std::vector<std::shared_ptr<ConnectionRecord>> m_records;
};

} // namespace qproxysql
