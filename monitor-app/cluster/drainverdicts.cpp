// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "cluster/drainverdicts.h"

#include "cluster/ctltexts.h"

#include <QtCore/QHash>

#include <algorithm>
#include <cstdlib>

using namespace std::chrono_literals;

namespace qproxysql {

namespace {

constexpr std::chrono::milliseconds NewFor = 10s;

DrainEvidence::Reach reachOf(const QList<PeerView> &peers)
{
    auto reach = DrainEvidence::Reach::Unknown;
    for (const PeerView &peer : peers) {
        if (!peer.probe)
            continue;
        if (peer.probe->isUp() || peer.probe->isLoggedIn || peer.probe->isLoginRefused())
            return DrainEvidence::Reach::Reached;
        const ErrorClass why = peer.probe->failure->errorClass;
        if (why == ErrorClass::Down || why == ErrorClass::NameResolution)
            reach = DrainEvidence::Reach::NotReached;
    }
    return reach;
}

ServerList serverListOf(const QList<PeerView> &peers, bool hasLogin)
{
    ServerList list;
    if (!hasLogin) {
        list.whyNot = CtlTexts::tr("no login was given (--user)");
    } else if (std::ranges::none_of(peers, &PeerView::isTrusted)) {
        list.whyNot = CtlTexts::tr(
                "only applications of other users name this peer (--pool-file, --trust-reports)");
    }
    for (const PeerView &peer : peers) {
        if (peer.isFrontEnd || (peer.probe && !peer.probe->between.objection.isEmpty())) {
            list = {};
            list.whyNot = peer.probe && !peer.probe->serverList.whyNot.isEmpty()
                                  ? peer.probe->serverList.whyNot
                                  : CtlTexts::tr("the peer is itself a proxy");
            return list;
        }
        if (peer.probe && !list.isChecked)
            list = peer.probe->serverList;
    }
    return list;
}

/// Recorded by the requester, else the first observation, if it was just after the request.
std::optional<int> sessionsBefore(const DrainRequest &entry, const QDateTime &now)
{
    if (entry.sessions)
        return entry.sessions;
    const bool isNew = std::abs(entry.at.msecsTo(now)) <= NewFor.count();
    return isNew ? std::optional(0) : std::nullopt;
}

/// The number proven up in the pool that has fewest; nothing when it is 0 and other peers are
/// unproven.
std::optional<int> otherPeersUp(const ClusterView &view, const PeerSearch &drained)
{
    const QStringList names = drained.names();
    std::optional<int> fewest;
    bool isAnyUnknown = false;
    for (const PoolView &pool : view.pools) {
        if (!drained.pools().contains(pool.name))
            continue;
        int up = 0;
        for (const PeerView &peer : pool.peers) {
            if (names.contains(peer.address.name()) || peer.service == Service::Draining)
                continue;
            up += peer.isHealthy() ? 1 : 0;
            isAnyUnknown = isAnyUnknown || peer.proof == PeerJudgement::Proof::Unknown;
        }
        fewest = std::min(fewest.value_or(up), up);
    }
    return fewest == 0 && isAnyUnknown ? std::nullopt : fewest;
}

} // namespace

DrainEvidence drainEvidence(const ClusterView &view, const PeerSearch &peer)
{
    DrainEvidence evidence;
    for (const PeerView &one : peer.everywhere()) {
        if (one.service == Service::Draining && one.entry) {
            evidence.isDraining = true;
            if (one.entry->generation > evidence.generation)
                evidence.sessionsBefore = sessionsBefore(*one.entry, view.time);
            evidence.generation = std::max(evidence.generation, one.entry->generation);
        }
        if (one.probe && one.probe->connectionId != 0)
            evidence.ownIds.insert(one.probe->connectionId);
    }
    evidence.applications = applicationsOn(peer.names(), view.processes + view.killed);
    evidence.serverList = serverListOf(peer.everywhere(), view.hasLogin);
    evidence.reach = reachOf(peer.everywhere());
    evidence.otherPeersUp = otherPeersUp(view, peer);
    return evidence;
}

void DrainVerdicts::assess(ClusterView *view)
{
    QHash<QString, DrainAssessment> assessed;
    for (PoolView &pool : view->pools) {
        for (PeerView &peer : pool.peers) {
            if (peer.service == Service::InService)
                continue;
            const QString name = peer.address.name();
            if (!assessed.contains(name)) {
                auto &verdict = m_verdicts[name];
                if (!verdict)
                    verdict = std::make_unique<DrainVerdict>(m_clock);
                DrainEvidence evidence = drainEvidence(*view, PeerSearch(*view, name));
                evidence.acceptSilent = m_acceptSilent;
                assessed[name] = verdict->assess(evidence);
            }
            peer.drain = assessed[name];
        }
    }
    std::erase_if(m_verdicts, [&](const auto &one) { return !assessed.contains(one.first); });
}

} // namespace qproxysql
