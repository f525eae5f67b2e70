// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "health/errorclassification.h"
#include "report/processreport.h"

namespace qproxysql {

/// What one source says of a peer: one of its own probes, or what an application has found out last. Value type.
struct PeerEvidence
{
    Q_GADGET

public:
    enum class Source { OwnProbe, Application };
    enum class Kind {
        Connect, ///< a login with the readiness check succeeded, or something failed
        Answer,  ///< a session had an answer: the server lives, but may take no new sessions
        Belief   ///< nothing has been seen of the peer for longer than FreshFor, or ever
    };
    Q_ENUM(Kind)
    static constexpr double FreshFor = 5; ///< seconds

    Source source = Source::Application;
    QString process; ///< id, of an application
    QString who;     ///< the application's name
    Kind kind = Kind::Belief;
    ReportedHealth health;
    /// False: what was seen is a fault of whoever looked (its account, its TLS setup, its resolver) and says
    /// nothing of the peer.
    bool isOfPeer = true;
    std::optional<double> age; ///< seconds since it was seen; nothing: not known
    QString text;              ///< of a failure

    bool isFresh() const { return kind != Kind::Belief; }
    bool isUp() const { return health.isUp(); }

    friend bool operator==(const PeerEvidence &, const PeerEvidence &) = default;
};

/// A failed connect that says more of whoever tried (the account, the setup, the resolver, the
/// machine) than of the peer.
bool isFaultOfLooker(ErrorClass errorClass);

/// What an application's report, received \a since seconds ago, says of a peer. The newer of its last answer
/// and its last failure counts. While it probes the peer, an earlier login proves nothing: the server has not
/// answered at once.
PeerEvidence evidenceOf(const PeerReport &report, const ProcessIdentity &process, double since);

/// What follows for a peer from what all sources say. Value type.
///
/// Each source counts with its newest statement, and only while that is fresh. One that has failed outweighs
/// all that have not: a peer that some reach and some do not is of no use to all.
struct PeerJudgement
{
    enum class Proof {
        Unknown, ///< nobody has shown within FreshFor that it serves, nor that it does not
        Up,      ///< somebody logged in and found it ready, nobody failed
        NotUp
    };

    explicit PeerJudgement(const QList<PeerEvidence> &evidence);
    PeerJudgement() = default;

    Proof proof = Proof::Unknown;
    /// Up only when it is fresh. That a peer is of no use is kept as a belief, too, until somebody proves the
    /// contrary.
    ReportedHealth health;
    std::optional<PeerEvidence> basis; ///< the newest statement that \c health rests on
    QList<PeerEvidence> witnesses;     ///< all that say the same as it, and are as fresh or not
    QList<PeerEvidence> others;        ///< that say something else: have not noticed, or disagree
};

/// What is said of a judgement to people. All static; no state.
struct EvidenceTexts
{
    /// "from here and by orders-web, 2 s ago", "believed by billing, 80 s ago"; empty: nobody.
    static QString seenBy(const PeerJudgement &judgement);
    /// "not noticed by 2 applications", "others reach it: orders-web"; empty: nobody says anything
    /// else.
    static QString disagreement(const PeerJudgement &judgement);
};

} // namespace qproxysql
