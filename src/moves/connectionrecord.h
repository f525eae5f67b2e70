// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "config/connectionconfig.h"
#include "health/supervisor.h"
#include "session/arrival.h"
#include "session/peersession.h"
#include "session/sessionstate.h"

#include <QtCore/QStringList>

#include <atomic>
#include <chrono>
#include <memory>
#include <mutex>

namespace qproxysql {

class SessionOpener;

/// Why the supervisor wants a connection to take another session.
enum class MoveReason { Drain, Rebalance };

/// One session of a connection at one moment.
struct SessionSnapshot
{
    quint64 session = 0; ///< PeerSession::generation(); 0: none at the moment
    PeerId peer = NoPeer;
    ulong serverThreadId = 0;          ///< CONNECTION_ID() on that peer, 0: unknown
    std::shared_ptr<SessionLine> line; ///< nullptr without a session
    bool isMovable = true; ///< false also after a failed statement, until the next publish()
    /// The line's claimCount(), read first: SessionLine::cutIfIdle() with it does not end a session that has
    /// become less movable since.
    quint64 claim = 0;

    /// After its end: subtracts it from the number of its peer's sessions, once.
    void countOff(PeerPool &pool) const
    {
        if (line->countOff())
            pool.sessionClosed(peer);
    }
    /// After this process has cut it: countOff(), and PeerCounters::cuts.
    void countCut(PeerPool &pool) const;
};

/// What other threads know of a connection, and the replacement that they offer it. Shared by the
/// connection and the ConnectionRoster; exists from open() to close().
///
/// The supervisor never uses a session that a connection has: it reads this record, cuts the session's
/// line, or offers a replacement, an open session that the owner takes at its next safe point.
/// Thread-safe: one mutex, no I/O under it. hasOffer(), and publish() of an unchanged state, take no
/// lock, since every statement calls them.
class ConnectionRecord
{
public:
    ConnectionRecord(std::shared_ptr<PeerPool> pool, PoolWatch watch, ConnectionConfig config);
    Q_DISABLE_COPY_MOVE(ConnectionRecord)

    /// A consistent copy of the connection's state and its session at one moment.
    struct View : SessionSnapshot
    {
        quint64 connection = 0; ///< unique in the process
        bool inTransaction = false;
        std::chrono::steady_clock::time_point transactionSince; ///< while inTransaction
        QStringList reasons; ///< names of what prevents a move (docs/pins.md)
        std::chrono::steady_clock::time_point since; ///< when it got its session
        SessionSnapshot offer;                       ///< the replacement that it has not taken yet
        MoveReason offeredFor = MoveReason::Drain;
        std::chrono::steady_clock::time_point offeredAt;
        QString problem; ///< why no replacement could be opened; empty: none
        /// Only a transaction or pending results prevent the move; they end by themselves.
        bool isMovableSoon() const;
    };

    // Owner.
    void settled(const PeerSession &session);
    void dropped();
    /// Under the session's claim, so that View::claim belongs to the published state. Cheap while nothing
    /// has changed.
    void publish(const SessionState &state)
    {
        if (state.stamp() != m_published)
            publishChange(state);
    }
    /// Until the next publish() the session's state is unknown to others. Under the session's claim.
    void doubt();
    bool hasOffer() const noexcept { return m_hasOffer.load(std::memory_order_acquire); }
    struct Offer
    {
        std::shared_ptr<PeerSession> session; ///< not adopted yet; nullptr: none
        MoveReason reason = MoveReason::Drain;
    };
    /// Also any thread, to withdraw an offer, e.g. because its peer is now drained, too.
    Offer takeOffer();
    void close(); ///< closes an offer that is there, and refuses later ones

    // Any thread.
    const std::shared_ptr<PeerPool> &pool() const { return m_pool; } ///< not counted as a use
    const PoolWatch &watch() const { return m_watch; }
    const ConnectionConfig &config() const { return m_config; }
    SessionOpener opener() const; ///< with the connection's own login and options
    View view() const;
    /// How a replacement must be prepared before the connection's session is cut.
    ArrivalNeeds arrival() const;

    /// Offers \a replacement to a connection that still has session \a instead. False, and the caller keeps
    /// the replacement, when the connection has moved or closed meanwhile, or has an offer.
    bool offer(std::shared_ptr<PeerSession> &replacement, MoveReason reason, quint64 instead);
    void setProblem(const QString &problem);

private:
    void setSession(const SessionSnapshot &session);
    void publishChange(const SessionState &state);

    const std::shared_ptr<PeerPool> m_pool;
    const PoolWatch m_watch;
    const ConnectionConfig m_config;
    quint64 m_published = 0; // owner: SessionState::stamp() as published
    std::atomic<bool> m_hasOffer{false};

    quint64 m_publishedSettings = 0; // owner: SessionState::settingsStamp() as published

    mutable std::mutex m_mutex;
    ArrivalNeeds m_arrival;
    View m_view;
    Offer m_offer;
    bool m_isClosed = false;
};

} // namespace qproxysql
