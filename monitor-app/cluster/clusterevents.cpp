// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "cluster/clusterevents.h"

#include "cluster/ctltexts.h"
#include "cluster/forgottendrain.h"
#include "config/enumname.h"
#include "verdict/draintexts.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

using Kind = ClusterEvent::Kind;

ClusterEvent eventOf(const DrainRequest &entry)
{
    const bool isDrain = entry.service == Service::Draining;
    QString text = isDrain ? CtlTexts::tr("drained by %1").arg(entry.requestedBy)
                           : CtlTexts::tr("resumed by %1").arg(entry.requestedBy);
    if (!entry.reason.isEmpty())
        text += u": "_s + entry.reason;
    return {entry.at,          isDrain ? Kind::Drain : Kind::Resume,
            entry.pool,        entry.peer,
            entry.requestedBy, text};
}

const DrainRequest *findEntry(const ClusterView &view, const DrainRequest &wanted)
{
    const auto &entries = view.entries;
    const auto it = std::ranges::find(entries, wanted.key(), &DrainRequest::key);
    return it == entries.cend() ? nullptr : &*it;
}

void addRequests(const ClusterView &before, const ClusterView &after, QList<ClusterEvent> *events)
{
    if (after.directory.refusal)
        return;
    for (const DrainRequest &entry : after.entries) {
        const DrainRequest *const known = findEntry(before, entry);
        if (!known || known->generation != entry.generation)
            events->append(eventOf(entry));
    }
    for (const DrainRequest &entry : before.entries) {
        if (!findEntry(after, entry)) {
            const QString text = CtlTexts::tr("its entry in the drain directory has gone; "
                                              "processes that run still obey it");
            events->append({after.time, Kind::Vanished, entry.pool, entry.peer, {}, text});
        }
    }
}

const PeerView *findPeer(const ClusterView &view, const QString &pool, const PeerAddress &address)
{
    for (const PoolView &one : view.pools) {
        const auto peer = std::ranges::find(one.peers, address, &PeerView::address);
        if (one.name == pool && peer != one.peers.end())
            return &*peer;
    }
    return nullptr;
}

bool isSlownessNew(const PeerView &before, const PeerView &after)
{
    return before.isSlow != after.isSlow && before.isUp() && after.isUp();
}

QString slownessText(const PeerView &peer, const PoolView &pool)
{
    const auto rounded = [](double ms) { return QString::number(ms, 'f', ms < 1 ? 1 : 0); };
    const QString own = rounded(peer.connectMedianMs.value_or(0));
    if (!peer.isSlow)
        return CtlTexts::tr("no longer slow: connecting takes %1 ms").arg(own);
    double others = 0;
    for (const PeerView &other : pool.peers) {
        if (!other.isSlow)
            others = std::max(others, other.connectMedianMs.value_or(0));
    }
    return CtlTexts::tr("slow: connecting takes %1 ms, on the pool's others %2 ms")
            .arg(own, rounded(others));
}

bool isFailing(const PeerView &peer)
{
    return peer.isDown() && peer.service == Service::InService;
}

/// Nothing: there is no news of its health. A drained peer may be stopped: that is no failure.
std::optional<Kind> newsOfHealth(const PeerView &before, const PeerView &after)
{
    const bool hasFailed = isFailing(before) || before.past.hasFailed;
    if (isFailing(after) && !hasFailed)
        return Kind::Down;
    if (after.isUp() && hasFailed)
        return Kind::UpAgain;
    return before.health != after.health ? std::optional(Kind::Health) : std::nullopt;
}

QString healthText(const PeerView &before, const PeerView &after)
{
    QString text = after.health.name();
    if (before.health != after.health)
        text = CtlTexts::tr("%1, was %2").arg(text, before.health.name());
    return after.isUp() || after.error.isEmpty() ? text : text + u": "_s + after.error;
}

QString stallText(const DrainAssessment &drain)
{
    return drain.obstacles.isEmpty()
                   ? CtlTexts::tr("the drain stalls: %1").arg(DrainTexts::sessions(drain.left))
                   : CtlTexts::tr("the drain stalls: %1").arg(drain.obstacles.join("; "_L1));
}

void addPeers(const ClusterView &before, const ClusterView &after, QList<ClusterEvent> *events)
{
    for (const PoolView &pool : after.pools) {
        for (const PeerView &peer : pool.peers) {
            const PeerView *const known = findPeer(before, pool.name, peer.address);
            const auto add = [&](Kind kind, const QString &text) {
                events->append({after.time, kind, pool.name, peer.address.name(), {}, text});
            };
            if (!known)
                continue;
            if (const auto kind = newsOfHealth(*known, peer))
                add(*kind, healthText(*known, peer));
            if (isSlownessNew(*known, peer))
                add(Kind::Slow, slownessText(peer, pool));
            if (peer.drain.state == DrainState::Stalled && known->drain.state != peer.drain.state)
                add(Kind::Stalled, stallText(peer.drain));
            if (peer.drain.isSafe() && !known->drain.isSafe())
                add(Kind::SafeToStop, CtlTexts::tr("safe to stop"));
            if (peer.isForgotten && !known->isForgotten)
                add(Kind::Forgotten, ForgottenDrain::text(peer));
        }
    }
}

const KnownProcess *findProcess(const ClusterView &view, const QString &id)
{
    const auto it = std::ranges::find(view.processes, id,
                                      [](const KnownProcess &known) { return known.process.id; });
    return it == view.processes.cend() ? nullptr : &*it;
}

void addApplications(const ClusterView &before, const ClusterView &after,
                     QList<ClusterEvent> *events)
{
    const auto add = [&](Kind kind, const KnownProcess &known, const QString &text) {
        events->append({after.time, kind, {}, {}, {}, DrainTexts::who(known.process) + u' ' + text});
    };
    for (const KnownProcess &known : after.processes) {
        const KnownProcess *const old = findProcess(before, known.process.id);
        const bool isAnswering = known.presence == KnownProcess::Presence::Answering;
        const bool wasAnswering = old && old->presence == KnownProcess::Presence::Answering;
        if (!old && isAnswering)
            add(Kind::Application, known, CtlTexts::tr("reports"));
        else if (old && wasAnswering != isAnswering)
            add(Kind::Application, known,
                isAnswering ? CtlTexts::tr("answers again")
                            : CtlTexts::tr("is silent: %1").arg(known.why));
    }
    for (const KnownProcess &known : before.processes) {
        if (!findProcess(after, known.process.id))
            add(Kind::ApplicationGone, known, CtlTexts::tr("has gone"));
    }
}

} // namespace

QJsonObject ClusterEvent::toJson() const
{
    return {{u"time"_s,
             time.isValid() ? QJsonValue(time.toUTC().toString(Qt::ISODateWithMs)) : QJsonValue()},
            {u"kind"_s, wordOf(kind)},
            {u"pool"_s, pool},
            {u"peer"_s, peer},
            {u"by"_s, by},
            {u"text"_s, text}};
}

QString ClusterEvent::toLine() const
{
    QString line = time.isValid() ? time.toUTC().toString(Qt::ISODate) : u"-"_s;
    if (!peer.isEmpty())
        line += u"  "_s + peer;
    if (!pool.isEmpty())
        line += u" ("_s + pool + u')';
    return line + u"  "_s + text;
}

QList<ClusterEvent> ClusterEvents::ofDirectory(const ClusterView &view)
{
    QList<DrainRequest> entries = view.entries;
    std::ranges::sort(entries, {}, &DrainRequest::generation);
    QList<ClusterEvent> events;
    for (const DrainRequest &entry : std::as_const(entries))
        events.append(eventOf(entry));
    return events;
}

QList<ClusterEvent> ClusterEvents::between(const ClusterView &before, const ClusterView &after)
{
    QList<ClusterEvent> events;
    addRequests(before, after, &events);
    addPeers(before, after, &events);
    addApplications(before, after, &events);
    for (const QString &problem : after.problems) {
        if (!before.problems.contains(problem))
            events.append({after.time, Kind::Trouble, {}, {}, {}, problem});
    }
    return events;
}

} // namespace qproxysql
