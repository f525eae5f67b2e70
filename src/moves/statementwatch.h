// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "moves/poolstatementwatch.h"

namespace qproxysql {

class ConnectionRecord;

/// The supervisor's rounds over all connections of the process. They ensure that no statement waits for
/// ever and no idle session on a dead peer is used. Once a second while there is a connection, ten times
/// a second while a decision is pending. Supervisor thread only, except begin().
class StatementWatch
{
public:
    /// Starts the rounds. Any thread; later calls do nothing.
    static void begin();

    using Records = std::vector<std::shared_ptr<ConnectionRecord>>;

    /// Returns when the next round is due; Clock::time_point::max() while there are no \a records.
    Clock::time_point round(Clock::time_point now, const Records &records);

private:
    std::map<const PeerPool *, PoolStatementWatch> m_pools; ///< pools live as long as the process
};

} // namespace qproxysql
