// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "config/pooldefinition.h"
#include "pool/drainrequests.h"
#include "pool/peerstate.h"
#include "pool/randomsource.h"
#include "pool/selection.h"

#include <QtCore/QObject>

#include <memory>
#include <mutex>
#include <optional>
#include <vector>

namespace qproxysql {

/// The state of a pool's peers, shared by every connection of the process that names the pool:
/// who may be chosen, how each peer was last seen. Knows nothing of credentials or networks.
///
/// Thread-safe; every member takes m_mutex for a moment and no I/O happens under it. Signals are
/// emitted outside the mutex, in the thread that reported the change: connect queued. Make it with
/// std::make_shared.
class PeerPool : public QObject, public std::enable_shared_from_this<PeerPool>
{
    Q_OBJECT

public:
    PeerPool(PoolDefinition definition, const Clock &clock, RandomSource &random);
    ~PeerPool() override;

    QString name() const;
    PoolDefinition definition() const;
    PoolPolicy policy() const;

    /// An edited pool file: keeps the state of peers that stay, adds new ones as Unknown, retires the
    /// ones that left. Retired peers get no new session; open sessions stay until they end.
    void redefine(const PoolDefinition &definition);

    /// Peers whose service has changed, as they were recorded. What has to be announced when no lock
    /// is held: see HealthChange.
    using ServiceChanges = std::vector<PeerSnapshot>;
    [[nodiscard]] ServiceChanges recordDefinition(const PoolDefinition &definition);
    void announce(const ServiceChanges &changes);

    /// A selectable peer after the pool's BALANCE, or NoPeer. Selectable: in service and Up or
    /// Unknown, or Overloaded with its pause over, and, when none of these is left, Suspect because of
    /// a lost session. Up is preferred over Unknown only when an Unknown peer already has a first
    /// attempt under way, so that nobody queues behind a hanging peer. \a except: peers the caller has
    /// tried already.
    PeerId choose(const std::vector<PeerId> &except = {});

    /// Brackets one connect attempt: a peer that is not known to be Up and on which somebody's
    /// attempt is pending is chosen only when nothing better is left, and so is one that is known to be
    /// Up but has not brought any attempt to its end for 250 ms (else every open would pay for a
    /// server that has just frozen, until the first of them times out).
    void attemptBegun(PeerId peer);
    void attemptEnded(PeerId peer);

    void sessionOpened(PeerId peer);
    void sessionClosed(PeerId peer);

    /// An open session became one that nobody uses, or ceased to be. It makes the peer no load.
    void sessionParked(PeerId peer);
    void sessionUnparked(PeerId peer);

    bool hasSessions() const; ///< parked ones, too

    /// True when choose() might name this peer.
    bool isSelectable(PeerId peer) const;

    /// What was observed of a peer. Recorded at once; announce(), which logs it and emits
    /// peerStateChanged(), is for the moment when the caller holds no lock of its own.
    struct HealthChange
    {
        PeerSnapshot peer; ///< as recorded; id is NoPeer when health did not change
        Health before = Health::Unknown;
    };
    /// \a nextCheck: when the peer is due for a recheck, default constructed for never.
    [[nodiscard]] HealthChange recordHealth(PeerId peer, Health health, const PeerError &error = {},
                                            Clock::time_point nextCheck = {});
    void announce(const HealthChange &change);

    /// What the peer's server calls itself; drain requests may name it so.
    [[nodiscard]] ServiceChanges recordIdentities(PeerId peer, const QStringList &identities);

    /// What the application itself wants. A Draining peer gets no new session; what it has is moved
    /// away by PeerDeparture. Emits peerServiceChanged() when it was otherwise before; holds until the
    /// next call, or until a request newer than those known comes.
    void setService(PeerId peer, Service service, const DrainRequest &request = {});

    /// What operators want, of this pool and of others; obeyed at once, by peers that are defined later,
    /// and by those whose identity is learnt later, unless CONTROL=off. A version older than the one
    /// known changes nothing.
    void setRequests(const std::shared_ptr<const DrainRequests> &requests);
    /// Whom an operator means by \a name: "host:port", "host" on the default port, or an identity
    /// that a server gave itself. Several where two addresses lead to one server.
    QList<PeerId> named(const QString &name) const;
    bool hasDraining() const;

    void setServerWish(PeerId peer, const QString &wish); ///< see PeerSnapshot::serverWish

    /// Where those meet who lost conflicts against each other, also from other processes: the
    /// selectable peers in the order of their names, one a \a turn. NoPeer when none is selectable.
    PeerId meetingPoint(int turn) const;

    /// True when choose() would find a peer other than \a except.
    bool hasSelectable(PeerId except = NoPeer) const;
    /// The same without those that are Suspect.
    bool hasServing(PeerId except = NoPeer) const;

    PeerSnapshot peer(PeerId peer) const;
    QList<PeerSnapshot> peers() const;             ///< without the retired ones
    PeerId find(const PeerAddress &address) const; ///< NoPeer when it is not in the pool

Q_SIGNALS:
    void peerStateChanged(const QString &pool, const QString &peer, qproxysql::Health health);
    void peerServiceChanged(const QString &pool, const QString &peer, qproxysql::Service service);

private:
    struct Peer;
    bool isKnown(PeerId peer) const;
    template<typename Change>
    void change(PeerId peer, Change change); ///< with the mutex held
    void apply(const PoolDefinition &definition);
    ServiceChanges obey();
    bool hasOneAt(Preference worst, PeerId except) const;

    mutable std::mutex m_mutex;
    PoolDefinition m_definition;
    const Clock &m_clock;
    RandomSource &m_random;
    std::vector<Peer> m_peers; ///< by PeerId
    std::shared_ptr<const DrainRequests> m_requests;
    std::vector<Candidate> m_candidates; ///< room for choose(), so that it allocates nothing
};

} // namespace qproxysql
