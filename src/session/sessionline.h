// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "pool/clock.h"
#include "session/socketidentity.h"

#include <QtCore/QtGlobal>

#include <atomic>

namespace qproxysql {

/// Why this process ended a session.
enum class CutReason : quint8 {
    Own,      ///< nobody wanted it any more, or it is replaced
    Silent,   ///< the peer answers nobody
    Refuses,  ///< the peer takes no connections
    Apart,    ///< the peer is no member of its group
    Minority, ///< the peer sees no majority of its group
    DeadPath  ///< what is sent on this connection reaches nobody; nothing speaks against the peer
};

/// The part of a session that a thread other than its owner may touch: the claim word, the socket and
/// when the peer last answered. Shared between the session and the supervisor, so that a supervisor
/// that is about to cut never holds, and never destroys, an inner driver.
///
/// The claim word is even while the owner is outside of all inner objects and odd while it is inside
/// one; every claim makes it a new number, so that an observer who sees the same odd number for a
/// second knows of a call that has been in flight for a second. That it changes tells of no answer:
/// destroying a query claims, too, and asks the peer nothing. One compare-exchange and two stores a
/// call, all on a cache line that nobody else writes.
class SessionLine
{
public:
    SessionLine(SocketIdentity socket, bool usesTls);
    Q_DISABLE_COPY_MOVE(SessionLine)

    // Owner.
    /// Nests; waits out a cut that is under way (a send and a shutdown).
    [[gnu::hot]] void claim() noexcept;
    [[gnu::hot]] void unclaim() noexcept;

    /// True when the server has closed the socket or somebody has cut the session.
    bool isClosed() const noexcept;

    /// The owner closes the session himself: no later cut() touches the descriptor.
    void end() noexcept;

    /// The peer has answered a request of this session.
    void answered(Clock::time_point when) noexcept
    {
        m_lastAnswer.store(when, std::memory_order_relaxed);
    }

    // Any thread.

    /// Ends the session: idle, COM_QUIT (plain connections) and shutdown(); in flight, shutdown()
    /// only. Calls no function of QSqlDriver or the client library. False when the socket is not
    /// known, the session has ended, or the system has no descriptor left. A socket that is dead
    /// already, or that the client library has closed, counts as cut.
    bool cut(CutReason reason = CutReason::Own) noexcept;
    /// cut() of the call in flight since claimCount() was \a seen, for CutReason::DeadPath.
    bool cutDeadPath(quint64 seen) noexcept;
    /// cut(), but only while the owner is outside and has not been inside since claimCount() was
    /// \a seen: never a statement in flight, nor a session that has become another since it was looked
    /// at. An owner who claims later finds isCut().
    bool cutIfIdle(quint64 seen, CutReason reason = CutReason::Own) noexcept;
    /// Asks the owner to take another session at its next safe point: one that is in use all the time is
    /// never met idle.
    void leaveSoon() noexcept { m_isToBeLeft.store(true, std::memory_order_relaxed); }
    bool isToBeLeft() const noexcept { return m_isToBeLeft.load(std::memory_order_relaxed); }
    bool isCut() const noexcept { return m_isCut.load(std::memory_order_acquire); }
    /// Of a session that isCut(), the first one.
    CutReason cutReason() const noexcept { return m_cutReason.load(std::memory_order_acquire); }
    /// Looks at the socket of a session that is idle and whose claimCount() was \a seen. True when it
    /// is dead, now or at an earlier look, or cut: isGone().
    bool noteIfDead(quint64 seen) noexcept;
    /// The session exists no more, whether we cut it or its socket was seen to be dead, and its owner
    /// may not have noticed yet.
    bool isGone() const noexcept { return isCut() || m_isDead.load(std::memory_order_acquire); }
    /// SocketIdentity::path() of the socket.
    std::optional<PathState> path() const noexcept { return m_socket.path(); }
    quint64 claimCount() const noexcept { return m_word.load(std::memory_order_acquire); }
    /// True when \a claimCount is that of a call in flight.
    static constexpr bool isInFlight(quint64 claimCount) noexcept
    {
        return (claimCount & 1) != 0 && claimCount < Ended;
    }
    /// Clock::time_point() before the first.
    Clock::time_point lastAnswer() const noexcept
    {
        return m_lastAnswer.load(std::memory_order_relaxed);
    }

    /// True for the first who asks: whoever ends the session, owner or cutter, takes it off the number
    /// of its peer's sessions.
    bool countOff() noexcept { return !m_isCountedOff.exchange(true, std::memory_order_acq_rel); }

private:
    static constexpr quint64 Cutting = ~quint64(0); // odd
    static constexpr quint64 Ended = Cutting - 2;   // odd

    bool endIdle(quint64 seen, CutReason reason) noexcept;
    bool shutDown(const QByteArray &farewell, CutReason reason) noexcept;

    const SocketIdentity m_socket;
    const bool m_usesTls;
    std::atomic<quint64> m_word{0};
    std::atomic<bool> m_isCut{false};
    std::atomic<bool> m_isDead{false};
    std::atomic<CutReason> m_cutReason{CutReason::Own};
    std::atomic<bool> m_isToBeLeft{false};
    std::atomic<bool> m_isCountedOff{false};
    std::atomic<Clock::time_point> m_lastAnswer{Clock::time_point()};
    quint64 m_next = 0;      // owner: the word's value while unclaimed
    int m_depth = 0;         // owner
    bool m_hasEnded = false; // owner
};

} // namespace qproxysql
