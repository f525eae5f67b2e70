// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "cluster/clusterevents.h"

#include "cluster/ctltexts.h"
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
    const auto it = std::ranges::find_if(entries, [&wanted](const DrainRequest &entry) {
        return entry.pool == wanted.pool
               && canonicalPeerName(entry.peer) == canonicalPeerName(wanted.peer);
    });
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
            events->append({after.time,
                            Kind::Vanished,
                            entry.pool,
                            entry.peer,
                            {},
                            CtlTexts::tr("its entry in the drain directory has gone; processes "
                                         "that run still obey it")});
        }
    }
}

const PeerView *findPeer(const ClusterView &view, const QString &pool, const PeerAddress &address)
{
    for (const PoolView &one : view.pools) {
        for (const PeerView &peer : one.peers) {
            if (one.name == pool && peer.address == address)
                return &peer;
        }
    }
    return nullptr;
}

void addSlowness(const PeerView &before, const PeerView &after, const PoolView &pool,
                 const QDateTime &time, QList<ClusterEvent> *events)
{
    if (before.isSlow == after.isSlow || !before.isUp() || !after.isUp())
        return;
    const auto rounded = [](double ms) { return QString::number(ms, 'f', ms < 1 ? 1 : 0); };
    QString text = CtlTexts::tr("no longer slow: connecting takes %1 ms")
                           .arg(rounded(after.connectMedianMs.value_or(0)));
    if (after.isSlow) {
        double others = 0;
        for (const PeerView &peer : pool.peers) {
            if (!peer.isSlow)
                others = std::max(others, peer.connectMedianMs.value_or(0));
        }
        text = CtlTexts::tr("slow: connecting takes %1 ms, on the pool's others %2 ms")
                       .arg(rounded(*after.connectMedianMs), rounded(others));
    }
    events->append({time, Kind::Slow, pool.name, after.address.name(), {}, text});
}

void addPeers(const ClusterView &before, const ClusterView &after, QList<ClusterEvent> *events)
{
    for (const PoolView &pool : after.pools) {
        for (const PeerView &peer : pool.peers) {
            const PeerView *const known = findPeer(before, pool.name, peer.address);
            const QString name = peer.address.name();
            if (known && known->health != peer.health) {
                QString text = CtlTexts::tr("%1, was %2")
                                       .arg(peer.health.name(), known->health.name());
                if (!peer.isUp() && !peer.error.isEmpty())
                    text += u": "_s + peer.error;
                events->append({after.time, Kind::Health, pool.name, name, {}, text});
            }
            if (known)
                addSlowness(*known, peer, pool, after.time, events);
            if (known && peer.drain.isSafe() && !known->drain.isSafe())
                events->append({after.time,
                                Kind::SafeToStop,
                                pool.name,
                                name,
                                {},
                                CtlTexts::tr("safe to stop")});
        }
    }
}

const KnownProcess *findProcess(const ClusterView &view, const QString &id)
{
    const auto it = std::ranges::find_if(view.processes, [&id](const KnownProcess &known) {
        return known.process.id == id;
    });
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
    for (const QString &trouble : after.problems) {
        if (!before.problems.contains(trouble))
            events.append({after.time, Kind::Trouble, {}, {}, {}, trouble});
    }
    return events;
}

} // namespace qproxysql
