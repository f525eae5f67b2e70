// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "health/poolhealth.h"
#include "moves/connectionrecord.h"
#include "moves/pathsuspicion.h"

#include <functional>
#include <map>
#include <memory>
#include <unordered_map>
#include <vector>

namespace qproxysql {

/// Ends statements of one pool's connections that wait for a dead peer, by the rules of
/// docs/silence.md. One thread; never blocks.
class PoolStatementWatch
{
public:
    static constexpr auto Interval = std::chrono::seconds(1); ///< between polls without a problem
    using PathOf = std::function<std::optional<PathState>(const SessionLine &)>;
    /// Ends a session; false if it could not be ended.
    using Cut = std::function<bool(const SessionSnapshot &, CutReason)>;

    /// \a pathOf is called for calls that have been in flight for Interval or longer.
    explicit PoolStatementWatch(PathOf pathOf = &SessionLine::path, Cut cut = &cutLine)
        : m_pathOf(std::move(pathOf))
        , m_cut(std::move(cut))
    {
    }

    /// Checks \a sessions, all sessions of the pool; starts probes and cuts sessions. Returns when to call it
    /// again at the latest.
    Clock::time_point poll(Clock::time_point now, PoolHealth &health,
                           const std::vector<SessionSnapshot> &sessions);

private:
    /// A call that was in flight at an earlier poll and still is.
    struct Call
    {
        quint64 claim = 0;
        Clock::time_point seenFirst;
        Clock::time_point nextProbe; ///< when to probe its peer because of this call
        Clock::time_point::duration pause = Interval;
        PathSuspicion path = {};
    };
    struct LongCall
    {
        Call *call = nullptr;
        const SessionSnapshot *session = nullptr;
    };

    /// The snapshots of one peer, and what follows from them.
    struct Peer
    {
        Clock::time_point lastAnswer;
        PeerSilence silence;
        std::vector<const SessionSnapshot *> inFlight;
        std::vector<const SessionSnapshot *> idle; ///< movable ones
        std::vector<LongCall> calls;               ///< in flight for Interval or longer
    };
    using Peers = std::map<PeerId, Peer>;

    enum class Others { Alive, Asked, Silent };

    Peers sort(Clock::time_point now, PeerPool &pool, const std::vector<SessionSnapshot> &sessions);
    void tend(Clock::time_point now, PoolHealth &health, PeerId id, const Peer &peer);
    static bool isDue(Clock::time_point now, const Peer &peer);
    void ask(Clock::time_point now, PoolHealth &health, PeerId id, const Peer &peer);
    bool isConfirmedDown(Clock::time_point now, PoolHealth &health, PeerId id, const Peer &peer);
    Others others(Clock::time_point now, PoolHealth &health, PeerId silent, Clock::time_point since);
    void leaveDeadPaths(Clock::time_point now, PoolHealth &health, PeerId id, const Peer &peer);
    static QString textOf(CutReason reason, Clock::time_point now, const Peer &peer);
    static bool cutLine(const SessionSnapshot &session, CutReason reason);
    void cut(Clock::time_point now, PeerPool &pool, PeerId id, const Peer &peer, CutReason reason);

    /// Since when others have answered while a peer is silent.
    struct Contrast
    {
        Clock::time_point silence;
        Clock::time_point heard;
    };

    PathOf m_pathOf;
    Cut m_cut;
    std::unordered_map<quint64, Call> m_calls;     ///< by session
    std::map<PeerId, Clock::time_point> m_askedAt; ///< when we last requested a probe
    std::map<PeerId, Contrast> m_contrasts;
    bool m_isUrgent = false;     ///< a decision is pending: poll again soon
    bool m_isWithheld = false;   ///< statements wait for a silent peer and are not cut
    bool m_isNobodyLeft = false; ///< the reason: no other peer answers, either
    bool m_hasLogged = false;
};

} // namespace qproxysql
