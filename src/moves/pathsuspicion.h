// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "pool/clock.h"
#include "session/pathstate.h"

#include <optional>

namespace qproxysql {

/// Finds out for one call in flight whether its TCP connection is forgotten, e.g. by a firewall: its
/// packets reach nobody although the peer answers others. Pure but for what judge() is told.
class PathSuspicion
{
public:
    static constexpr auto Patience = std::chrono::seconds(5);

    enum class Verdict {
        Fine,
        Suspected,
        AskPeer, ///< suspected, and whether the peer answers others is not known at present
        Dead
    };

    /// \a peerHeard: when the peer last said anything, on any connection.
    Verdict judge(Clock::time_point now, const PathState &path, Clock::time_point peerHeard);

    Clock::time_point::duration silence(Clock::time_point now) const { return now - m_since; }

private:
    Clock::time_point m_since;              ///< default constructed: not suspected
    quint64 m_acknowledged = 0;             ///< by then
    std::optional<int> m_attemptsWhenHeard; ///< when the peer was first heard since
    Clock::time_point m_repeatedAt;         ///< when another attempt was seen after that
};

} // namespace qproxysql
