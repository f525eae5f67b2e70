// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "pool/clock.h"
#include "pool/peercounters.h"
#include "session/socketidentity.h"

#include <QtCore/QtGlobal>

#include <atomic>

namespace qproxysql {

/// Why this process ended a session.
enum class CutReason : quint8 {
    Own,      ///< it is not needed any more, or it was replaced
    Silent,   ///< the peer does not answer on any connection
    Refuses,  ///< the peer refuses connections
    Apart,    ///< the peer is no member of its group
    Minority, ///< the peer sees no majority of its group
    DeadPath  ///< packets of this connection are lost although the peer answers on others
};

/// The part of a session that other threads than its owner may use: the claim word, the socket and the
/// time of the last answer. Shared between the session and the supervisor, so that a supervisor that
/// cuts a session never holds, and never destroys, an inner driver.
///
/// The claim word is odd while the owner is in a call of the inner driver or the client library. Every claim gives it a
/// new number: one that stays odd shows a call in flight. A changed number does not prove an answer,
/// since destroying a query claims without asking the peer. A call costs one compare-exchange and two
/// stores on a cache line that nobody else writes.
class SessionLine
{
public:
    SessionLine(SocketIdentity socket, bool usesTls);
    Q_DISABLE_COPY_MOVE(SessionLine)

    // Owner.
    /// Nests; waits for the end of a cut in progress (a send and a shutdown).
    [[gnu::hot]] void claim() noexcept;
    [[gnu::hot]] void unclaim() noexcept;

    /// True when the server has closed the socket or somebody has cut the session.
    bool isClosed() const noexcept;

    /// The owner closes the session itself; no later cut() uses the descriptor.
    void end() noexcept;

    /// The peer has answered \a statements of this session.
    void answered(Clock::time_point when, quint64 statements = 1) noexcept
    {
        m_lastAnswer.store(when, std::memory_order_relaxed);
        m_statements.add(statements);
    }

    // Any thread.

    /// Ends the session: with COM_QUIT (plain connections) and shutdown() when it is idle, with
    /// shutdown() only when a call is in flight. Calls no function of QSqlDriver or the client library.
    /// False when the socket is not known, the session has ended, or no descriptor is left. A socket
    /// that is dead already, or that the client library has closed, counts as cut.
    bool cut(CutReason reason = CutReason::Own) noexcept;
    /// cut() for CutReason::DeadPath, if the call in flight is still the one of claimCount() \a seen.
    bool cutDeadPath(quint64 seen) noexcept;
    /// cut(), but only while the owner is outside and has not claimed since claimCount() was \a seen:
    /// it never ends a statement in flight, nor a session whose state has changed since the snapshot. An
    /// owner that claims later finds isCut().
    bool cutIfIdle(quint64 seen, CutReason reason = CutReason::Own) noexcept;
    /// Asks the owner to take another session at its next safe point. For sessions that are always in use
    /// and are never seen idle.
    void leaveSoon() noexcept { m_isToBeLeft.store(true, std::memory_order_relaxed); }
    bool isToBeLeft() const noexcept { return m_isToBeLeft.load(std::memory_order_relaxed); }
    bool isCut() const noexcept { return m_isCut.load(std::memory_order_acquire); }
    /// The first reason, if isCut().
    CutReason cutReason() const noexcept { return m_cutReason.load(std::memory_order_acquire); }
    /// Checks the socket of a session that is idle and whose claimCount() is still \a seen. Returns
    /// isGone().
    bool noteIfDead(quint64 seen) noexcept;
    /// The session has been cut or its socket was found dead. The owner may not have noticed yet.
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

    const OwnedCount &statements() const noexcept { return m_statements; } ///< that were answered

    /// True for the first caller: whoever ends the session, owner or cutter, subtracts it from the
    /// number of its peer's sessions.
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
    OwnedCount m_statements; // on the cache line that the claim and the answer write anyway
    quint64 m_next = 0;      // owner: the word's value while unclaimed
    int m_depth = 0;         // owner
    bool m_hasEnded = false; // owner
};

} // namespace qproxysql
