// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "cluster/eventthrottle.h"

#include <algorithm>
#include <set>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

using Kind = ClusterEvent::Kind;

constexpr auto RememberFor = 1h; ///< how many were suppressed

std::optional<PeerView> peerNamed(const ClusterView &view, const QString &canonicalName)
{
    for (const PeerView *peer : view.peers()) {
        const QStringList names = peer->names();
        if (std::ranges::any_of(names, [&canonicalName](const QString &name) {
                return canonicalPeerName(name) == canonicalName;
            }))
            return *peer;
    }
    return {};
}

bool holds(Kind kind, const PeerView &peer)
{
    switch (kind) {
    case Kind::Down:
        return peer.isDown();
    case Kind::UpAgain:
        return peer.isUp();
    case Kind::Drain:
        return peer.service == Service::Draining;
    case Kind::Resume:
        return peer.service == Service::InService;
    case Kind::Stalled:
        return peer.drain.state == DrainState::Stalled;
    case Kind::SafeToStop:
        return peer.drain.isSafe();
    case Kind::Forgotten:
        return peer.isForgotten;
    default:
        return false;
    }
}

} // namespace

QJsonObject EventThrottle::Notice::toJson() const
{
    QJsonObject object = event.toJson();
    object.insert(u"suppressed"_s, suppressed);
    return object;
}

bool EventThrottle::isWorthTelling(Kind kind)
{
    switch (kind) {
    case Kind::Down:
    case Kind::UpAgain:
    case Kind::Drain:
    case Kind::Resume:
    case Kind::Stalled:
    case Kind::SafeToStop:
    case Kind::Forgotten:
        return true;
    case Kind::Vanished:
    case Kind::Health:
    case Kind::Slow:
    case Kind::Application:
    case Kind::ApplicationGone:
    case Kind::Trouble:
        break;
    }
    return false;
}

EventThrottle::Topic EventThrottle::topicOf(Kind kind)
{
    switch (kind) {
    case Kind::Drain:
    case Kind::Resume:
        return Topic::Request;
    case Kind::Stalled:
    case Kind::SafeToStop:
        return Topic::Progress;
    case Kind::Forgotten:
        return Topic::Age;
    default:
        return Topic::Health;
    }
}

EventThrottle::Notice EventThrottle::tell(const Key &key, const ClusterEvent &event)
{
    Told &told = m_told[key];
    const Notice notice{event, told.suppressed};
    told = {m_clock.now(), 0, {}};
    const Topic topic = topicOf(key.second);
    m_lastWords[{key.first, topic}] = key.second;
    if (topic == Topic::Request) { // another drain: its progress is news
        m_lastWords.erase({key.first, Topic::Progress});
        m_lastWords.erase({key.first, Topic::Age});
    }
    return notice;
}

void EventThrottle::suppress(const Key &key, const ClusterEvent &event)
{
    Told &told = m_told[key];
    if (told.held)
        ++told.suppressed;
    told.held = event;
}

QList<EventThrottle::Notice> EventThrottle::release(const ClusterView &view)
{
    QList<Notice> due;
    const Clock::time_point now = m_clock.now();
    for (auto &[key, told] : m_told) {
        if (!told.held || now - told.when < Interval)
            continue;
        const std::optional<PeerView> peer = peerNamed(view, key.first);
        const auto lastWord = m_lastWords.find({key.first, topicOf(key.second)});
        const bool isNews = lastWord == m_lastWords.end() || lastWord->second != key.second;
        if (isNews && peer && holds(key.second, *peer)) {
            due.append(tell(key, ClusterEvent(*told.held)));
        } else if (!isNews || peer) { // else another source may have it
            ++told.suppressed;
            told.held.reset();
        }
    }
    std::erase_if(m_told, [now](const auto &one) { return now - one.second.when > RememberFor; });
    return due;
}

QList<EventThrottle::Notice> EventThrottle::take(const QList<ClusterEvent> &events,
                                                 const ClusterView &view)
{
    QList<Notice> due;
    const Clock::time_point now = m_clock.now();
    std::set<std::pair<Key, QString>> seen; // a peer may be in several pools
    for (const ClusterEvent &event : events) {
        const Key key(canonicalPeerName(event.peer), event.kind);
        if (!isWorthTelling(event.kind) || seen.contains({key, event.text}))
            continue;
        seen.insert({key, event.text});
        const auto told = m_told.find(key);
        const bool isFirst = told == m_told.end();
        if (!isFirst)
            suppress(key, event);
        if (isFirst || now - told->second.when >= Interval)
            due.append(tell(key, event));
    }
    return due + release(view);
}

} // namespace qproxysql
