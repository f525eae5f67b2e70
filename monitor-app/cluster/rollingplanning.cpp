// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "cluster/rollingplanning.h"

#include "cluster/controller.h"
#include "cluster/ctltexts.h"
#include "cluster/peersearch.h"
#include "connect/errorclassification.h"

#include <algorithm>
#include <cerrno>

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

using Proof = PeerJudgement::Proof;

bool takesNoWrites(const PeerView &peer)
{
    return peer.probe && peer.probe->facts.isReadOnly();
}

QStringList peersOfPool(const ClusterView &view, const QString &pool)
{
    QList<PeerView> peers;
    for (const PoolView &one : view.pools) {
        if (!one.name.isEmpty() && (pool.isEmpty() || one.name == pool))
            peers += one.peers;
    }
    std::ranges::stable_sort(peers, [](const PeerView &one, const PeerView &other) {
        return takesNoWrites(one) && !takesNoWrites(other);
    });
    QStringList names;
    for (const PeerView &peer : std::as_const(peers))
        names.append(peer.address.name());
    return names;
}

QString problemOf(const PeerView &peer)
{
    if (!peer.serverRequest.isEmpty())
        return peer.serverRequest;
    if (peer.probe && !peer.probe->isUp())
        return peer.probe->message();
    if (!peer.error.isEmpty() && !peer.isUp())
        return peer.error;
    return EvidenceTexts::word(peer.health);
}

/// The probe that is given must have been made.
RollingObservation::Reach reachOf(const PeerProbe &probe)
{
    using Reach = RollingObservation::Reach;
    if (probe.isUp() || probe.isLoggedIn || probe.isLoginRefused()
        || isServersOwn(probe.failure->code))
        return Reach::Answers;
    const bool isConnect = probe.failure->code == 2002 || probe.failure->code == 2003;
    const auto names = [&probe](int error) {
        return probe.failure->text.contains(u"(%1"_s.arg(error)); // "(111)", "(111 "Connection ..."
    };
    // The socket of a server that was stopped is removed.
    const bool isRefused = names(ECONNREFUSED) || (probe.peer.isSocket() && names(ENOENT));
    return isConnect && isRefused ? Reach::Gone : Reach::Silent;
}

/// The peers of the pools that contain \a peer, each once.
QList<PeerView> neighboursOf(const ClusterView &view, const PeerSearch &peer)
{
    QList<PeerView> all;
    for (const PoolView &pool : view.pools) {
        if (!peer.pools().contains(pool.name))
            continue;
        for (const PeerView &one : pool.peers) {
            if (std::ranges::find(all, one.address, &PeerView::address) == all.cend())
                all.append(one);
        }
    }
    return all;
}

/// The applications that drain the peer or cannot use it.
QStringList applicationsAway(const ClusterView &view, const QStringList &names)
{
    QStringList away;
    for (const KnownProcess &process : view.processes) {
        if (!process.report || process.presence != KnownProcess::Presence::Answering)
            continue;
        const bool isAway = std::ranges::any_of(process.report->pools, [&](const PoolReport &pool) {
            return std::ranges::any_of(pool.peers, [&](const PeerReport &one) {
                return one.isNamed(names)
                       && (one.service == Service::Draining || one.health.isDown());
            });
        });
        if (isAway)
            away.append(u"%1 (pid %2)"_s.arg(process.process.application,
                                             QString::number(process.process.pid)));
    }
    return away;
}

/// The pools that contain any of \a peers.
QStringList poolsOf(const ClusterView &view, const QList<RollingPeer> &peers)
{
    QStringList pools;
    for (const RollingPeer &peer : peers)
        pools += PeerSearch(view, peer.peer).pools();
    pools.removeDuplicates();
    return pools;
}

} // namespace

Expected<QList<RollingPeer>, DrainRefusal> rollingPeersOf(const ClusterView &view,
                                                          const QStringList &names,
                                                          const QString &pool)
{
    const auto refuse = [](const QString &text) {
        return Unexpected(DrainRefusal{DrainRefusal::BadRequest, text});
    };
    QList<RollingPeer> peers;
    QStringList known;
    const QStringList wanted = names.isEmpty() ? peersOfPool(view, pool) : names;
    for (const QString &name : wanted) {
        const PeerSearch search(view, name);
        if (!search.isFound())
            return refuse(search.error());
        const QString address = search.address().name();
        if (known.contains(address)) {
            if (names.isEmpty())
                continue; // the same server in another pool
            return refuse(CtlTexts::tr("%1 is given twice").arg(name));
        }
        known += search.names();
        if (!search.peer().probe)
            return refuse(CtlTexts::tr("%1 cannot be probed from here: a rolling restart needs a "
                                       "login")
                                  .arg(address));
        RollingPeer peer;
        peer.peer = address;
        peers.append(peer);
    }
    if (peers.isEmpty())
        return refuse(CtlTexts::tr("no pool \"%1\" is known here; known are %2")
                              .arg(pool, view.poolNames().join(", "_L1)));
    return peers;
}

Expected<RollingPlan, DrainRefusal> planFor(const ClusterView &view, const RollingWish &wish,
                                            const std::optional<RollingPlan> &kept)
{
    if (kept && kept->isUnfinished())
        return Unexpected(
                DrainRefusal{DrainRefusal::RollingRestart,
                             CtlTexts::tr("a rolling restart by %1 was interrupted").arg(kept->by)});
    const auto peers = rollingPeersOf(view, wish.peers, wish.pool);
    if (!peers)
        return Unexpected(peers.error());
    RollingPlan plan;
    plan.by = Controller::operatorName();
    plan.at = QDateTime::currentDateTimeUtc();
    plan.reason = wish.reason;
    if (plan.reason.isEmpty())
        plan.reason = u"rolling restart"_s; // for others, so not translated
    plan.pools = poolsOf(view, *peers);
    plan.controlSchema = wish.controlSchema;
    plan.command = wish.command;
    plan.peers = *peers;
    return plan;
}

Expected<RollingPlan, DrainRefusal> planToContinue(const std::optional<RollingPlan> &kept,
                                                   const QString &command,
                                                   const QString &controlSchema)
{
    const auto refuse = [](const QString &text) {
        return Unexpected(DrainRefusal{DrainRefusal::BadRequest, text});
    };
    if (!kept || !kept->isUnfinished())
        return Unexpected(noneToContinue());
    if (!kept->command.isEmpty() && command.isEmpty())
        return refuse(
                CtlTexts::tr("it was begun with a command; give it again: %1").arg(kept->command));
    if (kept->controlSchema != controlSchema)
        return refuse(kept->controlSchema.isEmpty()
                              ? CtlTexts::tr("it was begun without --control-schema")
                              : CtlTexts::tr("it was begun with --control-schema %1: give it again")
                                        .arg(kept->controlSchema));
    RollingPlan plan = *kept;
    plan.command = command;
    return plan;
}

DrainRefusal noneToContinue()
{
    return {DrainRefusal::RollingRestart, CtlTexts::tr("no rolling restart was interrupted here")};
}

RollingObservation rollingObservationOf(const ClusterView &view, const QString &peer,
                                        Clock::time_point lastProbe)
{
    RollingObservation seen;
    const PeerSearch search(view, peer);
    seen.isKnown = search.isFound() && !view.directory.refusal;
    if (!search.isFound()) {
        seen.problem = search.error();
        return seen;
    }
    for (const PeerView &one : search.everywhere()) {
        if (one.entry && (!seen.entry || one.entry->generation > seen.entry->generation))
            seen.entry = one.entry;
        if (one.service == Service::Draining) {
            seen.isSafeToStop = one.drain.isSafe();
            seen.drain = one.drain.obstacles.value(0);
            for (const DrainCheck &check : one.drain.checks) {
                if (seen.drain.isEmpty() && check.state == DrainCheck::State::Fail)
                    seen.drain = check.text;
            }
        }
    }
    const PeerView &self = search.peer();
    if (self.probe && self.probe->when > lastProbe) {
        seen.reach = reachOf(*self.probe);
        if (!self.isFrontEnd && self.probe->uptime) {
            seen.startedAt = self.probe->startedAt;
            const auto since = Clock::steady().now() - self.probe->uptimeAt;
            seen.uptime = *self.probe->uptime + std::chrono::duration<double>(since).count();
        }
        seen.isHealthy = self.probe->isUp() && self.standing() == Proof::Up;
    }
    seen.problem = problemOf(self);
    for (const PeerView &one : neighboursOf(view, search)) {
        const QString name = one.address.name();
        if (one.standing() != Proof::Up)
            seen.unproven.append(u"%1 (%2)"_s.arg(name, problemOf(one)));
        if (one.service == Service::Draining && !search.names().contains(name))
            seen.draining.append(
                    one.entry ? CtlTexts::tr("%1 by %2").arg(name, one.entry->requestedBy) : name);
    }
    seen.away = applicationsAway(view, search.names());
    return seen;
}

} // namespace qproxysql
