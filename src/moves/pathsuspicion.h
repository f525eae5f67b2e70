// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "pool/clock.h"
#include "session/socketidentity.h"

#include <optional>

namespace qproxysql {

/// Detects for one call in flight that its TCP connection is dead although the peer answers on others, e.g.
/// because a firewall has dropped the connection's state. Depends only on the arguments of judge().
class PathSuspicion
{
public:
    static constexpr auto Patience = std::chrono::seconds(5);

    enum class Verdict {
        Fine,
        Suspected,
        AskPeer, ///< suspected, and a probe must show whether the peer answers on others
        Dead
    };

    /// \a peerHeard: when the peer last answered on any connection.
    Verdict judge(Clock::time_point now, const PathState &path, Clock::time_point peerHeard);

    Clock::time_point::duration silence(Clock::time_point now) const { return now - m_since; }

private:
    Clock::time_point m_since;              ///< default constructed: not suspected
    quint64 m_acknowledged = 0;             ///< at that time
    std::optional<int> m_attemptsWhenHeard; ///< attempts when the peer first answered elsewhere since
    Clock::time_point m_repeatedAt;         ///< when a later attempt was seen
};

} // namespace qproxysql
