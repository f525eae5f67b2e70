// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "connect/errorclassification.h"
#include "report/processreport.h"

namespace qproxysql {

/// What one source knows of a peer: one of our own probes, or the last result of an application.
/// Value type.
struct PeerEvidence
{
    Q_GADGET

public:
    enum class Source { OwnProbe, Application };
    enum class Kind {
        Connect, ///< a login with the readiness check succeeded, or an attempt failed
        Answer,  ///< a session got an answer: the server is alive, but may refuse new sessions
        Belief   ///< the last observation is older than FreshFor, or there is none
    };
    Q_ENUM(Kind)
    static constexpr double FreshFor = 5; ///< seconds

    Source source = Source::Application;
    QString process; ///< id, if the source is an application
    QString who;     ///< the application's name
    Kind kind = Kind::Belief;
    ReportedHealth health;
    /// False: the failure is caused by the observer (its account, TLS setup or resolver) and says
    /// nothing about the peer.
    bool isOfPeer = true;
    std::optional<double> age; ///< seconds since the observation; nothing: not known
    QString text;              ///< the failure's message

    bool isFresh() const { return kind != Kind::Belief; }
    bool isUp() const { return health.isUp(); }

    friend bool operator==(const PeerEvidence &, const PeerEvidence &) = default;
};

/// True for a failed connect that is caused by the observer (account, setup, resolver, machine)
/// rather than by the peer.
bool isFaultOfObserver(ErrorClass errorClass);

/// What an application's report, received \a since seconds ago, says about a peer. The newer of its
/// last answer and its last failure counts. While the application probes the peer, an earlier login
/// proves nothing, since the server did not answer at once.
PeerEvidence evidenceOf(const PeerReport &report, const ProcessIdentity &process, double since);

/// The conclusion from all evidence about a peer. Value type.
///
/// The newest evidence of each source counts, and only while it is fresh. One failure outweighs all
/// successes: a peer that only some can reach is not usable by all.
struct PeerJudgement
{
    enum class Proof {
        Unknown, ///< no source has proven within FreshFor that it serves or that it does not
        Up,      ///< a source logged in and found it ready, and none failed
        NotUp
    };

    explicit PeerJudgement(const QList<PeerEvidence> &evidence);
    PeerJudgement() = default;

    Proof proof = Proof::Unknown;
    /// Up only with fresh evidence. A failure is kept as a belief until it is disproven.
    ReportedHealth health;
    std::optional<PeerEvidence> basis; ///< the newest evidence that \c health rests on
    QList<PeerEvidence> witnesses; ///< all evidence that agrees with it and is as fresh or as old
    /// Evidence that disagrees, or from sources that have not noticed yet.
    QList<PeerEvidence> others;
};

/// Texts about a judgement. All static; no state.
struct EvidenceTexts
{
    /// The displayed word for a health, the same in every program: "Up", "Not ready".
    static QString word(const ReportedHealth &health);
    /// "from here and by orders-web, 2 s ago", "believed by billing, 80 s ago"; empty: no source.
    static QString seenBy(const PeerJudgement &judgement);
    /// "not noticed by 2 applications", "others reach it: orders-web"; empty: no source disagrees.
    static QString disagreement(const PeerJudgement &judgement);
};

} // namespace qproxysql
