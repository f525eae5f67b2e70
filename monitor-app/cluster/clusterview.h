// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "cluster/peerhistory.h"
#include "cluster/peerprobe.h"
#include "drain/drainfile.h"
#include "verdict/drainassessment.h"
#include "verdict/knownprocesses.h"
#include "verdict/lasthealthypeer.h"
#include "verdict/peerevidence.h"

#include <vector>

namespace qproxysql {

/// A peer of one pool, as far as all sources together tell.
struct PeerView
{
    enum class Source { Nobody, Applications, OwnProbe };

    PeerAddress address;
    QStringList identities; ///< what the server calls itself; empty for a front end
    /// It has been seen under several identities, or shares one with another peer of the pool, or is known
    /// as a proxy: a name of the server behind it does not mean it.
    bool isFrontEnd = false;
    /// A pool file names it, or an application that runs as the operator or as root. Of any other nobody
    /// knows whether it is a server of ours: no account of the operator's is shown to it.
    bool isVouched = false;
    QStringList otherAddresses; ///< of the same server, in other pools

    ReportedHealth health;
    Source source = Source::Nobody;                             ///< of \c health
    PeerJudgement::Proof proof = PeerJudgement::Proof::Unknown; ///< what decisions rest on
    QList<PeerEvidence> evidence; ///< what each source says, the two above are drawn from it
    PeerJudgement judgement;      ///< the same, with who says so and who does not
    bool isChecking = false;      ///< an application probes it at this moment
    QString error;      ///< what speaks against it, or the last failure that an application saw
    QString serverWish; ///< what the server itself asks for; empty: nothing
    std::optional<double> nextCheck; ///< s, the earliest of all applications

    Service service = Service::InService;
    std::optional<DrainRequest> entry; ///< that holds

    bool isReported = false; ///< by an application: else what follows is not known
    int sessions = 0;
    int parked = 0;
    int inUse = 0;
    int inTransaction = 0;
    int pinned = 0;

    std::optional<PeerProbe> probe; ///< our own
    std::optional<double> connectP95Ms;
    std::optional<double> connectMedianMs; ///< of the last few; see ConnectTimes
    bool isSlow = false;                   ///< its connections take far longer than its pool's
    std::optional<int> weight;             ///< in the pool file; nothing: it does not name the peer
    PeerPast past;                         ///< as far as this process has watched it
    DrainAssessment drain;                 ///< of one that drains

    /// The peer's address, its other addresses and its identities.
    QStringList names() const;
    bool isUp() const { return health.isUp(); }
    bool isDown() const { return health.isDown(); } ///< somebody has seen that it cannot be used
    bool isHealthy() const;                ///< proven to be up, and does not ask to be left alone
    PeerJudgement::Proof standing() const; ///< what counts when another peer is drained
};

struct PoolView
{
    QString name; ///< empty: of peers that only the drain directory knows
    PoolPolicy policy;
    QList<PeerView> peers;
};

/// The cluster as it was at one moment. Value type.
struct ClusterView
{
    QDateTime time; ///< UTC
    QString folder; ///< of the drain directory
    DrainFile::Reading directory;
    QList<DrainRequest> entries; ///< of it and of the fleet's tables, the newest of each peer and pool
    QList<PoolView> pools;
    QList<KnownProcess> processes;
    QList<KnownProcess> killed; ///< of which a server may not know yet; for verdicts alone
    bool isFleetRead = false;   ///< the drain tables, from some server at some time
    QStringList troubles;       ///< what could not be looked at, a sentence each
    bool hasLogin = false;

    QStringList poolNames() const;
    std::vector<const PeerView *> peers() const; ///< of all pools
    QStringList peerNames() const;               ///< each once
    QList<PeerStanding> standings() const;
    /// A peer that refused the account, where every probe that was answered says so; nullptr: none.
    const PeerView *refusingLogin() const;
};

} // namespace qproxysql
