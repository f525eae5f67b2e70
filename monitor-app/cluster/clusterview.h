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

/// A peer of one pool, according to all sources. The counts are sums of what applications report.
struct PeerView : SessionCounts
{
    enum class Source { Nobody, Applications, OwnProbe };

    PeerAddress address;
    QStringList identities; ///< what the server calls itself; empty for a front end
    /// True when several identities were seen, when another peer of the pool has the same one, or
    /// when it is a known proxy: the name of the server behind it does not identify it.
    bool isFrontEnd = false;
    /// True when a pool file, or an application that runs as the operator or root, names it. Any
    /// other peer may be a foreign server: the operator's account is not sent to it.
    bool isTrusted = false;
    QStringList otherAddresses; ///< of the same server in other pools

    ReportedHealth health;
    Source source = Source::Nobody;                             ///< of \c health
    PeerJudgement::Proof proof = PeerJudgement::Proof::Unknown; ///< the basis of decisions
    QList<PeerEvidence> evidence; ///< from each source; \c health and \c proof are drawn from it
    PeerJudgement judgement;      ///< the same, with the sources that agree and disagree
    bool isChecking = false;      ///< an application is probing it now
    QString error; ///< the reason against it, or the last failure that an application reported
    QString serverRequest;           ///< what the server itself requests; empty: nothing
    std::optional<double> nextCheck; ///< s, the earliest of all applications

    Service service = Service::InService;
    std::optional<DrainRequest> entry; ///< the request in effect

    bool isReported = false;       ///< by an application; if false, the counts are unknown
    TransactionFates transactions; ///< of all applications that report now

    std::optional<PeerProbe> probe; ///< our own
    std::optional<double> connectP95Ms;
    std::optional<double> connectMedianMs; ///< median of the last few; see ConnectTimes
    bool isSlow = false;            ///< connecting takes far longer than to its pool's other peers
    std::optional<int> weight;      ///< in the pool file; nothing: the file does not name the peer
    PeerPast past;                  ///< as observed by this process
    DrainAssessment drain;          ///< set while it drains
    std::optional<double> drainAge; ///< s since the drain was requested; nothing: not known, or none
    bool isForgotten = false; ///< the drain is so old that nobody may remember it; see ForgottenDrain

    /// The peer's address, its other addresses and its identities.
    QStringList names() const;
    bool isUp() const { return health.isUp(); }
    /// True when nobody tells of it: no application reports it, and it is not probed.
    bool isUnseen() const { return !isReported && !probe; }
    bool isDown() const { return health.isDown(); } ///< a source has seen that it cannot be used
    bool isHealthy() const;                ///< proven to be up, and does not itself request a drain
    PeerJudgement::Proof standing() const; ///< the proof that counts when another peer is drained
};

struct PoolView
{
    QString name; ///< empty: peers that only the drain directory names
    PoolPolicy policy;
    QList<PeerView> peers;
};

/// The cluster at one moment. Value type.
struct ClusterView
{
    QDateTime time; ///< UTC
    QString folder; ///< of the drain directory
    DrainFile::Reading directory;
    /// The newest request of each peer and pool, from the directory and the fleet's tables.
    QList<DrainRequest> entries;
    QList<PoolView> pools;
    QList<KnownProcess> processes;
    /// Servers may still execute their last statement; for verdicts only.
    QList<KnownProcess> killed;
    bool isFleetRead = false; ///< some server's drain table has been read
    QStringList problems;     ///< what could not be read, a sentence each
    bool hasLogin = false;

    QStringList poolNames() const;
    std::vector<const PeerView *> peers() const; ///< of all pools
    QStringList peerNames() const;               ///< each once
    QList<PeerStanding> standings() const;
    /// A peer that refused the account, if every probe that got an answer was refused; else
    /// nullptr.
    const PeerView *refusingLogin() const;
};

} // namespace qproxysql
