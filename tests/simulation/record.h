// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "pool/peerstate.h"
#include "timeline.h"

#include <array>
#include <vector>

namespace qproxysql::simulation {

/// Why a process connects to a peer.
enum class Purpose {
    Open,      ///< open() of the application
    Statement, ///< a statement waits: its session was lost
    Meeting,   ///< a statement waits: it lost conflicts
    Balance,   ///< nobody waits: to spread the sessions
    Drain,     ///< nobody waits: to leave a drained peer
    Asked,     ///< a probe that statements or opens wait for: after a loss, or because none is left
    Probe,     ///< a probe by the recheck schedule
    Fleet,     ///< to read the fleet's drain table
    Count
};
constexpr auto Purposes = size_t(Purpose::Count);

/// What one peer saw in one second.
struct Second
{
    std::array<int, Purposes> connects{}; ///< that arrived at the server, as its status "Connections"
    int refused = 0;                      ///< at a closed port
    int full = 0;                         ///< error 1040
    int late = 0;                         ///< connects whose time-out elapsed
    int held = 0;                         ///< sessions at the end of the second
    int readings = 0;                     ///< of the fleet's drain table

    int all() const;
    int urgent() const; ///< somebody waits for them
    int calm() const { return all() - urgent(); }
};

/// What happened, second by second.
class Record
{
public:
    Record(int peers, Time begin)
        : m_begin(begin)
        , m_seconds(size_t(peers))
    {
    }

    Second &of(PeerId peer, Time when);
    int indexOf(Time when) const { return int((when - m_begin) / 1s); }
    Time begin() const { return m_begin; }
    int peers() const { return int(m_seconds.size()); }
    const std::vector<Second> &peer(PeerId peer) const { return m_seconds[size_t(peer)]; }
    void resize(Time end); ///< every peer has the same number of seconds

    int failures = 0; ///< opens and statements that failed

private:
    Time m_begin;
    std::vector<std::vector<Second>> m_seconds; ///< by peer
};

} // namespace qproxysql::simulation
