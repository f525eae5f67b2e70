// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "moves/connectionrecord.h"
#include "pool/clock.h"

#include <map>
#include <memory>
#include <vector>

namespace qproxysql {

/// One connection as a round sees it.
struct Sight
{
    std::shared_ptr<ConnectionRecord> record;
    ConnectionRecord::View view;
    bool isCut = false;                    ///< its session is gone and it has not noticed yet
    bool isOfferGone = false;              ///< nobody will be able to use what it was offered
    Clock::time_point::duration idleFor{}; ///< since when no call was seen; 0 in a call
    bool isActive = false;                 ///< a call was seen since the round before
    Clock::time_point lastActivity{};      ///< default constructed: none was seen
};

/// Watches claim counts from round to round. One thread at a time.
class ConnectionSights
{
public:
    /// What there is to see now of \a records; remembers nothing of connections that are not among
    /// them.
    std::vector<Sight> look(const std::vector<std::shared_ptr<ConnectionRecord>> &records,
                            Clock::time_point now);
    void forget() { m_seen.clear(); }

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
