// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "window/eventmemory.h"

#include <QtCore/QCoreApplication>

#include <algorithm>
#include <map>
#include <tuple>

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

using Kind = ClusterEvent::Kind;

struct MemoryTexts
{
    Q_DECLARE_TR_FUNCTIONS(EventMemory)
};

} // namespace

EventMemory::EventMemory(const Clock &clock)
    : m_recent(clock)
{
}

EventMemory::Request EventMemory::requestOf(const ClusterEvent &event)
{
    return {{event.pool, canonicalPeerName(event.peer)}, event.generation};
}

/// False: it is there already.
bool EventMemory::add(const ClusterEvent &event)
{
    const Peer peer(event.pool, event.peer);
    if (event.generation > 0 && !m_requests.insert(requestOf(event)).second)
        return false;
    if (event.kind == Kind::Down && !m_down.insert(peer).second)
        return false;
    if (event.kind == Kind::UpAgain)
        m_down.erase(peer);
    m_events.push_back(event);
    if (m_events.size() > Most)
        m_events.pop_front();
    return true;
}

void EventMemory::open(const QString &folder)
{
    m_file = JsonLines(folder, u"events.jsonl"_s, JsonLines::MostBytes, SharedFolder::Sync::Later);
    const JsonLines::Reading kept = m_file->read();
    QList<ClusterEvent> events;
    for (const QJsonObject &object : kept.objects)
        events.append(ClusterEvent::fromJson(object));
    std::ranges::stable_sort(events, {}, &ClusterEvent::time);
    std::map<std::tuple<Kind, QString, QString, QString>, QDateTime> last;
    for (const ClusterEvent &event : std::as_const(events)) {
        // Windows that ran at the same time have each written it.
        QDateTime &before = last[{event.kind, event.pool, event.peer, event.text}];
        if (!before.isValid() || before.secsTo(event.time) > RecentEvents::SameWithin.count())
            add(event);
        before = event.time;
    }
    if (kept.refusal)
        m_problem = kept.refusal->text;
    else if (kept.damaged > 0)
        add({QDateTime::currentDateTimeUtc(),
             Kind::Trouble,
             {},
             {},
             {},
             MemoryTexts::tr("%n line(s) of %1 could not be read and were left out", nullptr,
                             kept.damaged)
                     .arg(m_file->path())});
}

void EventMemory::note(const void *source, const QList<ClusterEvent> &events,
                       const ClusterView &view)
{
    QList<ClusterEvent> fresh = m_recent.take(source, events);
    fresh.removeIf([this](const ClusterEvent &event) { return !add(event); });
    for (const PoolView &pool : view.pools) {
        for (const PeerView &peer : pool.peers) {
            if (!peer.isUp() || !m_down.contains({pool.name, peer.address.name()}))
                continue;
            fresh.append({view.time,
                          Kind::UpAgain,
                          pool.name,
                          peer.address.name(),
                          {},
                          MemoryTexts::tr("up, was down when it was last seen")});
            add(fresh.constLast());
        }
    }
    if (!m_file || fresh.isEmpty())
        return;
    QList<QJsonObject> lines;
    for (const ClusterEvent &event : std::as_const(fresh))
        lines.append(event.toJson());
    const auto refusal = m_file->append(lines);
    m_problem = refusal ? MemoryTexts::tr("events are not kept for the next start: %1")
                                  .arg(refusal->text)
                        : QString();
}

QList<ClusterEvent> EventMemory::merged(const QList<ClusterEvent> &recorded) const
{
    QList<ClusterEvent> all(m_events.cbegin(), m_events.cend());
    for (const ClusterEvent &event : recorded) {
        if (!m_requests.contains(requestOf(event)))
            all.append(event);
    }
    std::ranges::stable_sort(all, {}, &ClusterEvent::time);
    return all;
}

} // namespace qproxysql
