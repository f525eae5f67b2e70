// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "config/pooldefinition.h"
#include "pool/drainrequests.h"
#include "pool/peercounters.h"
#include "pool/peerstate.h"
#include "pool/randomsource.h"
#include "pool/selection.h"

#include <QtCore/QObject>

#include <memory>
#include <mutex>
#include <optional>
#include <vector>

namespace qproxysql {

/// The peers of a pool with their health and service, shared by all connections of the process that
/// use the pool. Knows neither credentials nor networks.
///
/// Thread-safe; no I/O happens under m_mutex. Signals are emitted outside the mutex in the thread
/// that reported the change, so connect queued. Create it with std::make_shared.
class PeerPool : public QObject, public std::enable_shared_from_this<PeerPool>
{
    Q_OBJECT

public:
    PeerPool(PoolDefinition definition, const Clock &clock, RandomSource &random);
    ~PeerPool() override;

    QString name() const;
    PoolDefinition definition() const;
    PoolPolicy policy() const;

    /// Applies an edited pool file: keeps the state of remaining peers, adds new ones as Unknown,
    /// and retires removed ones. Retired peers get no new session but keep open ones.
    void redefine(const PoolDefinition &definition);

    /// Peers whose service has changed. See HealthChange for announce().
    using ServiceChanges = std::vector<PeerSnapshot>;
    [[nodiscard]] ServiceChanges recordDefinition(const PoolDefinition &definition);
    void announce(const ServiceChanges &changes);

    enum class Among {
        All,
        Prompt ///< without peers on which an attempt hangs, see attemptBegun()
    };
    /// A selectable peer by the pool's BALANCE except \a except, or NoPeer. A peer is selectable if
    /// it is in service and Up, Unknown, or Overloaded with its pause over. If there is none, a
    /// peer that is Suspect because of a lost session is selectable, too. The best Preference wins.
    PeerId choose(const std::vector<PeerId> &except = {}, Among among = Among::All);

    /// Call these around each connect attempt. A peer on which no pending attempt has finished for
    /// 250 ms is chosen only if there is no better one: otherwise, when a server freezes, every
    /// open would wait for it until the first of them times out.
    void attemptBegun(PeerId peer);
    void attemptEnded(PeerId peer);

    void sessionOpened(PeerId peer);
    void sessionClosed(PeerId peer);

    // A transaction that was open on a session of \a peer.
    void transactionReplayed(PeerId peer);
    void transactionLost(PeerId peer, const QString &why);

    // Counters of docs/reports.md, for events that are rare enough for a lock.
    void count(PeerId peer, quint64 PeerCounters::*event);
    void countCut(PeerId peer, const QString &why);
    /// Between these calls \a statements is part of counters(); afterwards its last value is.
    void statementsBegin(PeerId peer, const OwnedCount &statements);
    void statementsEnd(PeerId peer, const OwnedCount &statements);
    PeerCounters counters(PeerId peer) const; ///< also of retired peers

    /// Counts parked sessions, which are not part of the peer's load.
    void sessionParked(PeerId peer);
    void sessionUnparked(PeerId peer);

    bool hasSessions() const; ///< parked ones, too

    /// True if choose() may return this peer.
    bool isSelectable(PeerId peer) const;

    /// A recorded change of health. Pass it to announce(), which logs it and emits
    /// peerStateChanged(), when no lock is held.
    struct HealthChange
    {
        PeerSnapshot peer; ///< as recorded; its id is NoPeer if the health did not change
        Health before = Health::Unknown;
    };
    /// \a nextCheck is the time of the next recheck, default constructed for never.
    [[nodiscard]] HealthChange recordHealth(PeerId peer, Health health, const PeerError &error = {},
                                            Clock::time_point nextCheck = {});
    void announce(const HealthChange &change);

    /// Records the identities that the peer's server reports. Drain requests may name them.
    [[nodiscard]] ServiceChanges recordIdentities(PeerId peer, const QStringList &identities);

    /// Sets the service that the application requests. A Draining peer gets no new session, and
    /// PeerDeparture moves its sessions away. Emits peerServiceChanged() on a change. Holds until
    /// the next call or the next newer drain request.
    void setService(PeerId peer, Service service, const DrainRequest &request = {});

    /// Applies the drain requests of all pools now, and to peers that are added or identified
    /// later, unless CONTROL=off. Ignores a version older than the current one.
    void setRequests(const std::shared_ptr<const DrainRequests> &requests);
    /// The peers that an operator may mean by \a name: "host:port", "host" on the default port, or
    /// an identity. There are several if two addresses lead to one server.
    QList<PeerId> named(const QString &name) const;
    bool hasDraining() const;

    void setServerRequest(PeerId peer, const QString &request); ///< see PeerSnapshot::serverRequest

    /// A selectable peer that all processes agree on, for transactions that lost conflicts against
    /// each other: the selectable peers in the order of their names, one for each \a turn; or
    /// NoPeer.
    PeerId meetingPoint(int turn) const;

    /// True if choose() would find a peer other than \a except.
    bool hasSelectable(PeerId except = NoPeer) const;
    /// The same without Suspect peers.
    bool hasServing(PeerId except = NoPeer) const;

    PeerSnapshot peer(PeerId peer) const;
    QList<PeerSnapshot> peers() const;             ///< without retired peers
    PeerId find(const PeerAddress &address) const; ///< NoPeer if it is not in the pool

Q_SIGNALS:
    void peerStateChanged(const QString &pool, const QString &peer, qproxysql::Health health);
    void peerServiceChanged(const QString &pool, const QString &peer, qproxysql::Service service);

private:
    struct Peer;
    bool isKnown(PeerId peer) const;
    template<typename Change>
    void change(PeerId peer, Change change); ///< calls \a change with the mutex held
    void apply(const PoolDefinition &definition);
    ServiceChanges applyRequests();
    bool hasOneAt(Preference worst, PeerId except) const;

    mutable std::mutex m_mutex;
    PoolDefinition m_definition;
    const Clock &m_clock;
    RandomSource &m_random;
    std::vector<Peer> m_peers; ///< by PeerId
    std::shared_ptr<const DrainRequests> m_requests;
    std::vector<Candidate> m_candidates; ///< kept so that choose() does not allocate
};

} // namespace qproxysql
