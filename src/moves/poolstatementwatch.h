// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "health/poolhealth.h"
#include "moves/pathsuspicion.h"
#include "session/sessionline.h"

#include <functional>
#include <map>
#include <memory>
#include <unordered_map>
#include <vector>

namespace qproxysql {

/// Keeps the statements of one pool's connections from waiting for a peer that is dead, by the rules
/// of docs/silence.md.
///
/// One thread. Blocks nowhere.
class PoolStatementWatch
{
public:
    static constexpr auto Interval = std::chrono::seconds(1); ///< of looks while all is well

    /// A connection's session at the time of the look.
    struct Sight
    {
        quint64 session = 0; ///< PeerSession::generation()
        PeerId peer = NoPeer;
        std::shared_ptr<SessionLine> line;
        quint64 claim = 0; ///< of the line, read before isMovable
        bool isMovable = false;
    };

    using PathOf = std::function<std::optional<PathState>(const SessionLine &)>;

    /// \a pathOf is asked for calls that have been in flight for Interval or longer.
    explicit PoolStatementWatch(PathOf pathOf = &SessionLine::path)
        : m_pathOf(std::move(pathOf))
    {
    }

    /// Looks at all \a sights of the pool, asks peers and cuts sessions. Returns when to look again at
    /// the latest.
    Clock::time_point look(Clock::time_point now, PoolHealth &health,
                           const std::vector<Sight> &sights);

private:
    /// A call that was in flight at an earlier look and still is.
    struct Call
    {
        quint64 claim = 0;
        Clock::time_point seenFirst;
        Clock::time_point nextProbe; ///< of its peer, on its behalf
        Clock::time_point::duration pause = Interval;
        PathSuspicion path = {};
    };
    struct LongCall
    {
        Call *call = nullptr;
        const Sight *sight = nullptr;
    };

    /// What the sights tell of one peer.
    struct Peer
    {
        Clock::time_point lastAnswer;
        PeerSilence silence;
        std::vector<const Sight *> inFlight;
        std::vector<const Sight *> idle; ///< movable ones
        std::vector<LongCall> calls;     ///< in flight for Interval or longer
    };
    using Peers = std::map<PeerId, Peer>;

    enum class Others { Alive, Asked, Silent };

    Peers sort(Clock::time_point now, PeerPool &pool, const std::vector<Sight> &sights);
    void tend(Clock::time_point now, PoolHealth &health, PeerId id, const Peer &peer);
    static bool isDue(Clock::time_point now, const Peer &peer);
    void ask(Clock::time_point now, PoolHealth &health, PeerId id, const Peer &peer);
    bool isConvicted(Clock::time_point now, PoolHealth &health, PeerId id, const Peer &peer);
    Others others(Clock::time_point now, PoolHealth &health, PeerId silent, Clock::time_point since);
    void leaveDeadPaths(Clock::time_point now, PoolHealth &health, PeerId id, const Peer &peer);
    static QString textOf(CutReason reason, Clock::time_point now, const Peer &peer);
    static void cut(Clock::time_point now, PeerPool &pool, PeerId id, const Peer &peer,
                    CutReason reason);

    /// Since when, in a peer's silence, others are known to answer.
    struct Contrast
    {
        Clock::time_point silence;
        Clock::time_point heard;
    };

    PathOf m_pathOf;
    std::unordered_map<quint64, Call> m_calls;     ///< by session
    std::map<PeerId, Clock::time_point> m_askedAt; ///< when we last had a peer probed
    std::map<PeerId, Contrast> m_contrasts;
    bool m_isUrgent = false;     ///< something is being found out: look again soon
    bool m_isWithheld = false;   ///< statements wait for a silent peer and are not cut
    bool m_isNobodyLeft = false; ///< since nobody else answers, either
    bool m_hasSaidSo = false;
};

} // namespace qproxysql
