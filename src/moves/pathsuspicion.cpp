// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "moves/pathsuspicion.h"

namespace qproxysql {

using namespace std::chrono_literals;

namespace {

constexpr auto AnswerArrivesWithin = 1s; ///< more than a round trip
constexpr auto HeardLately = 2s;

} // namespace

// After a network outage of some seconds a new connection succeeds before an old one retransmits. So the
// peer must have answered first, and a retransmission after that must have been lost, too.
PathSuspicion::Verdict PathSuspicion::judge(Clock::time_point now, const PathState &path,
                                            Clock::time_point peerHeard)
{
    if (!path.isUnanswered()) {
        *this = {};
        return Verdict::Fine;
    }
    if (m_since == Clock::time_point() || path.acknowledged != m_acknowledged) {
        *this = {};
        m_since = now;
        m_acknowledged = path.acknowledged;
    }
    if (peerHeard <= m_since)
        return Verdict::AskPeer;
    if (!m_attemptsWhenHeard)
        m_attemptsWhenHeard = path.attempts;
    if (m_repeatedAt == Clock::time_point() && path.attempts > *m_attemptsWhenHeard)
        m_repeatedAt = now;
    if (silence(now) < Patience || m_repeatedAt == Clock::time_point()
        || now - m_repeatedAt < AnswerArrivesWithin)
        return Verdict::Suspected;
    return now - peerHeard <= HeardLately ? Verdict::Dead : Verdict::AskPeer;
}

} // namespace qproxysql
