// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "health/poolhealth.h"

#include <vector>

namespace qproxysql {

/// Decides the order of the attempts of one open: which peer is tried next, beside which others, and when
/// all peers are asked again. Blocks never; SessionOpener carries it out. Used by one thread at a time.
class OpenPlan
{
public:
    /// An attempt that has not ended after this time gets another one beside it.
    static constexpr auto StaggerDelay = std::chrono::milliseconds(250);

    struct Request
    {
        Clock::time_point deadline;
        /// Sweep again until no peer has been usable for this long.
        std::chrono::milliseconds patience{0};
        PeerId avoid = NoPeer;  ///< tried only when no other peer is left
        PeerId prefer = NoPeer; ///< tried first
        /// The peer of an open session that is tried before anything else.
        PeerId offeredBy = NoPeer;
        bool isOfferOnly = false; ///< try only the offered session
        /// Not tried. If there are any, the peers are not asked again when none is left.
        std::vector<PeerId> excluded{};
    };

    OpenPlan(PeerPool &pool, const Clock &clock, const Request &request);

    enum class Do {
        TryOffered, ///< start with the offered session, then wait
        Try,        ///< start an attempt on Step::peer, then wait
        Wait,       ///< until an attempt ends, at most until turnEnds()
        Pause,      ///< the same, but no attempt is running
        Sweep,      ///< wait for PoolHealth::sweep(), then call swept()
        Refuse,     ///< fail with the refusal of the last peer
        GiveUp      ///< fail: no peer is left
    };
    struct Step
    {
        Do what = Do::Wait;
        PeerId peer = NoPeer;
    };
    /// \a late: peers with a session that was opened but not ready in time. \a underWay: attempts.
    Step next(int underWay, const std::vector<PeerId> &late = {});

    /// After Do::Sweep. False: give up.
    bool swept(bool isAnyUsable);
    /// After a wait in which no attempt has ended: whether the deadline is over.
    bool isOver() const { return m_clock.now() >= m_request.deadline; }
    /// After a failed attempt: whether its error is the result of the open.
    bool failed(AfterConnectFailure after);

    Clock::time_point turnEnds() const;
    /// After a turn without an answer: whether jobs of other opens may run beside the attempts of this one.
    /// Not while all peers are slow: further connects would only wait beside these, and time out.
    bool letsOthersRun() const;
    SweepRequest sweepRequest() const { return {m_request.deadline, m_request.patience, m_tried}; }
    const std::vector<PeerId> &tried() const { return m_tried; }

private:
    PeerId choose(PeerPool::Among among) const;
    bool retryLate(const std::vector<PeerId> &late);
    bool hasTriedAll() const;

    PeerPool &m_pool;
    const Clock &m_clock;
    Request m_request;
    std::vector<PeerId> m_tried;
    int m_sweeps = 0;
    bool m_isRefused = false;       ///< a login or the set-up was refused
    bool m_isSecondAwaited = false; ///< the one peer more may be under way, and has its turn
    bool m_mustPause = false;
};

} // namespace qproxysql
