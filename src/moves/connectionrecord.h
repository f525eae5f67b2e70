// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "config/connectionconfig.h"
#include "health/supervisor.h"
#include "moves/movereason.h"
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

/// A connection as threads other than its owner's see it, and what they leave for it. Shared by the
/// connection's guard and the ConnectionRoster; lives from open() to close().
///
/// The supervisor never touches a session that a connection uses: it reads this, cuts the session's
/// line, or leaves a replacement, an open session that the owner takes at its next safe point.
/// Thread-safe: one mutex, no I/O under it; hasOffer() and publish() of what is published already
/// take no lock, since they stand on the way of every statement.
class ConnectionRecord
{
public:
    ConnectionRecord(std::shared_ptr<PeerPool> pool, PoolWatch watch, ConnectionConfig config);
    ~ConnectionRecord();
    Q_DISABLE_COPY_MOVE(ConnectionRecord)

    /// As it was at one moment. A copy.
    struct View
    {
        quint64 connection = 0; ///< unique in the process
        quint64 session = 0;    ///< PeerSession::generation(); 0: none at the moment
        PeerId peer = NoPeer;
        ulong serverThreadId = 0;          ///< CONNECTION_ID() on that peer, 0: unknown
        std::shared_ptr<SessionLine> line; ///< nullptr without a session
        /// Its claimCount(), read first: SessionLine::cutIfIdle() with it ends no session that has become
        /// less movable since.
        quint64 claim = 0;
        bool inTransaction = false;
        std::chrono::steady_clock::time_point transactionSince; ///< while inTransaction
        QStringList reasons; ///< names of what keeps it where it is (docs/pins.md)
        std::chrono::steady_clock::time_point since; ///< when it got its session
        PeerId offered = NoPeer;    ///< where the replacement is that it has not taken yet
        ulong offeredThreadId = 0;  ///< CONNECTION_ID() there
        quint64 offeredSession = 0; ///< PeerSession::generation()
        std::shared_ptr<SessionLine> offeredLine; ///< nullptr without an offer
        quint64 offeredClaim = 0; ///< its claimCount() while it was an offer: nobody had used it
        MoveReason offeredFor = MoveReason::Drain;
        std::chrono::steady_clock::time_point offeredAt;
        QString trouble;        ///< why no replacement could be opened; empty: none
        bool isInDoubt = false; ///< a statement has failed: what it has left is not published yet
        bool isMovable() const { return reasons.isEmpty() && !isInDoubt; }
        /// What keeps it ends by itself, after a statement or some: a transaction, pending results.
        bool isMovableSoon() const;
    };

    // Owner.
    void settled(const PeerSession &session);
    void dropped();
    /// Under the session's claim, so that View::claim tells what it belongs to. Cheap while nothing
    /// has changed.
    void publish(const SessionState &state)
    {
        if (state.stamp() != m_published)
            publishChange(state);
    }
    /// Until the next publish() nobody knows what the session holds. Under the session's claim, too.
    void doubt();
    bool hasOffer() const noexcept { return m_hasOffer.load(std::memory_order_acquire); }
    struct Offer
    {
        std::shared_ptr<PeerSession> session; ///< not adopted yet; nullptr: none
        MoveReason reason = MoveReason::Drain;
    };
    Offer takeOffer();
    void close(); ///< no offer is accepted any more; one that is there is closed

    // Any thread.
    const std::shared_ptr<PeerPool> &pool() const { return m_pool; } ///< not a use of it
    const PoolWatch &watch() const { return m_watch; }
    const ConnectionConfig &config() const { return m_config; }
    SessionOpener opener() const; ///< with the connection's own login and options
    View view() const;
    /// What a replacement must be given before the connection's session is cut.
    ArrivalNeeds arrival() const;

    /// Leaves \a replacement for a connection that still has session \a instead. False, and the
    /// replacement is the caller's as before: it has moved or closed meanwhile, or has an offer.
    bool offer(std::shared_ptr<PeerSession> &replacement, MoveReason reason, quint64 instead);
    /// Takes back an offer that the owner has not taken, e.g. because its peer is drained, too.
    std::shared_ptr<PeerSession> withdrawOffer();
    void setTrouble(const QString &trouble);

private:
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
