// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "cluster/peerhistory.h"

#include "cluster/clusterview.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

double secondsBetween(Clock::time_point from, Clock::time_point to)
{
    return std::chrono::duration<double>(to - from).count();
}

TrendSample::Reach reachOf(const PeerView &peer)
{
    if (peer.isDown())
        return TrendSample::Reach::NotReached;
    return peer.isUp() ? TrendSample::Reach::Reached : TrendSample::Reach::NotSeen;
}

} // namespace

qint64 PeerHistory::stepOf(Clock::time_point when)
{
    return std::chrono::floor<std::chrono::seconds>(when.time_since_epoch()) / Step;
}

PeerHistory::Slot &PeerHistory::slotOf(qint64 step)
{
    Slot &slot = m_slots[size_t(step % Steps)];
    if (slot.step != step)
        slot = {step, {}, 0};
    return slot;
}

void PeerHistory::note(const PeerView &peer, int newErrors, Clock::time_point now)
{
    const bool isFirst = m_polls == 0;
    const bool isOther = m_health != peer.health || m_service != peer.service;
    if (isFirst)
        m_firstStep = stepOf(now);
    if (isFirst || isOther) {
        m_changed = now;
        m_isChangeSeen = !isFirst;
        m_health = peer.health;
        m_service = peer.service;
    }
    if (peer.isDown() && peer.service == Service::InService)
        m_hasFailed = true;
    else if (peer.isUp())
        m_hasFailed = false;
    m_polls = std::min(m_polls + 1, 2);
    m_noted = now;
    if (peer.source != PeerView::Source::Nobody)
        m_healthSeen = now;

    Slot &slot = slotOf(stepOf(now));
    slot.sample.reach = std::max(slot.sample.reach, reachOf(peer));
    if (peer.isReported)
        slot.sample.sessions = peer.sessions;
    slot.errors += newErrors;
    // The view keeps a probe until the next one. A refused account says nothing about the peer.
    if (peer.probe && peer.probe->when != m_probed) {
        m_probed = peer.probe->when;
        slot.errors += peer.probe->failure && !peer.probe->isLoginRefused() ? 1 : 0;
    }
}

PeerPast PeerHistory::past(Clock::time_point now) const
{
    PeerPast past;
    if (m_polls == 0)
        return past;
    const qint64 last = stepOf(now);
    const qint64 first = std::max(m_firstStep, last - Steps + 1);
    int errors = 0;
    past.trend.reserve(last - first + 1);
    for (qint64 step = first; step <= last; ++step) {
        const Slot &slot = m_slots[size_t(step % Steps)];
        past.trend.append(slot.step == step ? slot.sample : TrendSample());
        errors += slot.step == step ? slot.errors : 0;
    }
    if (m_polls > 1)
        past.errors5m = errors;
    past.stateAge = secondsBetween(m_changed, now);
    past.isChangeSeen = m_isChangeSeen;
    past.hasFailed = m_hasFailed;
    if (m_healthSeen)
        past.dataAge = secondsBetween(*m_healthSeen, now);
    return past;
}

} // namespace qproxysql
