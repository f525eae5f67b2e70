// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "moves/connectionrecord.h"
#include "pool/clock.h"

#include <map>
#include <memory>
#include <vector>

namespace qproxysql {

/// A snapshot of one connection, for one round.
struct ConnectionSnapshot : ConnectionRecord::View
{
    std::shared_ptr<ConnectionRecord> record;
    bool isCut = false;       ///< its session is gone, and the owner has not noticed yet
    bool isOfferGone = false; ///< the offered session is cut or its socket is dead
    Clock::time_point::duration idleFor{}; ///< time since the last call that was seen; 0 in a call
    bool isActive = false;                 ///< a call was seen since the previous round
    Clock::time_point lastActivity{};      ///< default constructed: none was seen
};

/// Watches claim counts from round to round. One thread at a time.
class ConnectionSnapshots
{
public:
    /// Snapshots of \a records. Forgets connections that are not among them.
    std::vector<ConnectionSnapshot> take(
            const std::vector<std::shared_ptr<ConnectionRecord>> &records, Clock::time_point now);

private:
    struct Seen
    {
        quint64 session = 0;
        quint64 claimCount = 0;
        Clock::time_point idleSince;
        Clock::time_point lastActivity;
    };
    std::map<quint64, Seen> m_seen; ///< by connection
};

} // namespace qproxysql
