// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "cluster/clusterevents.h"

#include "cluster/ctltexts.h"
#include "cluster/forgottendrain.h"
#include "config/enumname.h"
#include "drain/plaintext.h"
#include "verdict/draintexts.h"

#include <algorithm>
#include <set>

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

using Kind = ClusterEvent::Kind;

constexpr qsizetype LongestText = 4000;

QString textOf(const DrainRequest &entry)
{
    const bool isDrain = entry.service == Service::Draining;
    QString text = !isDrain         ? CtlTexts::tr("resumed by %1")
                   : entry.isForced ? CtlTexts::tr("drained by %1, forced")
                                    : CtlTexts::tr("drained by %1");
    text = text.arg(entry.requestedBy);
    if (entry.via.endsWith("rolling"_L1))
        text += CtlTexts::tr(" (rolling restart)");
    return entry.reason.isEmpty() ? text : text + u": "_s + entry.reason;
}

ClusterEvent eventOf(const DrainRequest &entry)
{
    return {entry.at,          entry.service == Service::Draining ? Kind::Drain : Kind::Resume,
            entry.pool,        entry.peer,
            entry.requestedBy, textOf(entry),
            entry.generation,  entry.isForced,
            entry.via,         DrainLog::originOf(entry)};
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
    QString text = EvidenceTexts::word(after.health);
    if (before.health != after.health)
        text = CtlTexts::tr("%1, was %2").arg(text, EvidenceTexts::word(before.health));
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
    QJsonObject object{{u"time"_s, time.isValid()
                                           ? QJsonValue(time.toUTC().toString(Qt::ISODateWithMs))
                                           : QJsonValue()},
                       {u"kind"_s, wordOf(kind)},
                       {u"pool"_s, pool},
                       {u"peer"_s, peer},
                       {u"by"_s, by},
                       {u"text"_s, text}};
    if (generation == 0)
        return object;
    object.insert(u"generation"_s, qint64(generation));
    object.insert(u"forced"_s, isForced);
    object.insert(u"via"_s, via);
    object.insert(u"from"_s, from);
    return object;
}

ClusterEvent ClusterEvent::fromJson(const QJsonObject &object)
{
    const auto text = [&object](QLatin1StringView key) {
        return plainText(object.value(key).toString(), LongestText);
    };
    QString kind = text("kind"_L1);
    if (!kind.isEmpty())
        kind[0] = kind.at(0).toUpper();
    return {QDateTime::fromString(text("time"_L1), Qt::ISODateWithMs).toUTC(),
            enumNamed<Kind>(kind).value_or(Kind::Trouble),
            text("pool"_L1),
            text("peer"_L1),
            text("by"_L1),
            text("text"_L1),
            quint64(std::max<qint64>(0, object.value("generation"_L1).toInteger(0))),
            object.value("forced"_L1).toBool(),
            text("via"_L1),
            text("from"_L1)};
}

QString ClusterEvent::toLine() const
{
    QString line = time.isValid() ? time.toUTC().toString(Qt::ISODate) : u"-"_s;
    if (!peer.isEmpty())
        line += u"  "_s + peer;
    if (!pool.isEmpty())
        line += u" ("_s + pool + u')';
    line += u"  "_s + text;
    QStringList origin{via, from};
    origin.removeAll(QString());
    return origin.isEmpty() ? line : line + u"  ["_s + origin.join(", "_L1) + u']';
}

QList<ClusterEvent> ClusterEvents::recorded(const DrainLog::Reading &log, const ClusterView &view)
{
    QList<ClusterEvent> events;
    const auto addProblem = [&events](const QString &text) {
        events.append({{}, Kind::Trouble, {}, {}, {}, text});
    };
    if (log.refusal)
        addProblem(log.refusal->text);
    if (log.damaged > 0)
        addProblem(CtlTexts::tr("%n line(s) of the drain log could not be read and were left out",
                                nullptr, log.damaged));
    QList<DrainRequest> entries = log.entries;
    std::set<std::pair<DrainKey, quint64>> known;
    for (const DrainRequest &entry : log.entries)
        known.insert({entry.key(), entry.generation});
    for (const DrainRequest &entry : view.entries) {
        if (!known.contains({entry.key(), entry.generation}))
            entries.append(entry);
    }
    std::ranges::stable_sort(entries, {}, &DrainRequest::generation);
    for (const DrainRequest &entry : std::as_const(entries))
        events.append(eventOf(entry));
    return events;
}

QList<ClusterEvent> ClusterEvents::atStart(const ClusterView &view)
{
    QList<ClusterEvent> events = recorded({}, view);
    for (const PoolView &pool : view.pools) {
        for (const PeerView &peer : pool.peers) {
            const auto add = [&](Kind kind, const QString &text) {
                events.append({view.time, kind, pool.name, peer.address.name(), {}, text});
            };
            if (isFailing(peer))
                add(Kind::Down, healthText(peer, peer));
            if (peer.isForgotten)
                add(Kind::Forgotten, ForgottenDrain::text(peer));
        }
    }
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
