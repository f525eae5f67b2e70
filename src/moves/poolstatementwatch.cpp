// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "moves/poolstatementwatch.h"

#include "session/logging.h"

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace qproxysql {
namespace {

constexpr auto UrgentInterval = 100ms;
constexpr int ProbesThatConvince = 2;
constexpr auto AskOthersEvery = 5s;
constexpr int OthersAskedAtOnce = 3;

bool mayBeAsked(const PeerSnapshot &peer)
{
    // Peers that are known to be down are rechecked anyway.
    return peer.service == Service::InService
           && (peer.health == Health::Up || peer.health == Health::Unknown
               || peer.health == Health::Suspect || peer.health == Health::Overloaded);
}

} // namespace

Clock::time_point PoolStatementWatch::poll(Clock::time_point now, PoolHealth &health,
                                           const std::vector<SessionSnapshot> &sessions)
{
    Peers peers = sort(now, health.pool(), sessions);
    for (const auto &[id, peer] : peers) {
        if (peer.lastAnswer != Clock::time_point())
            health.answered(id, peer.lastAnswer);
    }
    m_isUrgent = m_isWithheld = m_isNobodyLeft = false;
    for (auto &[id, peer] : peers) {
        peer.silence = health.silence(id);
        tend(now, health, id, peer);
    }
    if (m_isNobodyLeft && !std::exchange(m_hasLogged, true)) {
        qCWarning(lcSession).noquote()
                << u"pool %1: no peer answers any more, neither statements nor probes. Most likely"
                   " it is the network of this machine. Nothing is ended: statements in flight wait"
                   " until a peer answers again"_s.arg(health.pool().name());
    }
    m_hasLogged = m_hasLogged && m_isWithheld;

    Clock::time_point next = now + (m_isUrgent ? UrgentInterval : Interval);
    for (const auto &[session, call] : m_calls) {
        if (call.nextProbe > now)
            next = std::min(next, call.nextProbe);
    }
    return next;
}

// A session with a dead socket no longer counts for the peer, even if its owner has not noticed.
PoolStatementWatch::Peers PoolStatementWatch::sort(Clock::time_point now, PeerPool &pool,
                                                   const std::vector<SessionSnapshot> &sessions)
{
    Peers peers;
    std::unordered_map<quint64, Call> calls;
    for (const SessionSnapshot &session : sessions) {
        Peer &peer = peers[session.peer];
        peer.lastAnswer = std::max(peer.lastAnswer, session.line->lastAnswer());
        if (session.line->noteIfDead(session.claim)) {
            session.countOff(pool);
            continue;
        }
        if (!SessionLine::isInFlight(session.claim)) {
            if (session.isMovable && (session.claim & 1) == 0)
                peer.idle.push_back(&session);
            continue;
        }
        peer.inFlight.push_back(&session);
        const auto known = m_calls.find(session.session);
        const bool isSame = known != m_calls.end() && known->second.claim == session.claim;
        Call &call = calls.emplace(session.session,
                                   isSame ? known->second : Call{session.claim, now, now + Interval})
                             .first->second;
        if (now - call.seenFirst >= Interval)
            peer.calls.push_back({&call, &session});
    }
    m_calls.swap(calls); // pointers to the elements stay valid
    return peers;
}

void PoolStatementWatch::tend(Clock::time_point now, PoolHealth &health, PeerId id, const Peer &peer)
{
    if (peer.inFlight.empty() && peer.idle.empty())
        return;
    const GroupStanding standing = peer.silence.standing;
    if ((standing == GroupStanding::Minority || standing == GroupStanding::Apart)
        && health.pool().hasServing(id)) {
        cut(now, health.pool(), id, peer,
            standing == GroupStanding::Minority ? CutReason::Minority : CutReason::Apart);
        return;
    }
    if (peer.silence.failedProbes > 0) {
        if (isConfirmedDown(now, health, id, peer)) {
            cut(now, health.pool(), id, peer, CutReason::Silent);
            return;
        }
    } else {
        m_isUrgent = m_isUrgent || (peer.silence.isProbing && !peer.calls.empty());
        if (isDue(now, peer))
            ask(now, health, id, peer);
        leaveDeadPaths(now, health, id, peer);
    }
    if (peer.silence.hasHungUp && health.pool().hasServing(id))
        cut(now, health.pool(), id, peer, CutReason::Refuses);
}

// A peer that answers on other sessions is not probed.
bool PoolStatementWatch::isDue(Clock::time_point now, const Peer &peer)
{
    return now - peer.silence.lastHeard >= Interval
           && std::ranges::any_of(peer.calls, [now](const LongCall &one) {
                  return one.call->nextProbe <= now;
              });
}

// The longer a call is in flight on a peer that answers, the rarer are the probes.
void PoolStatementWatch::ask(Clock::time_point now, PoolHealth &health, PeerId id, const Peer &peer)
{
    if (peer.silence.isProbing || now - m_askedAt[id] < Interval)
        return;
    m_askedAt[id] = now;
    m_isUrgent = true;
    const Clock::time_point::duration longest = health.pool().policy().checkInterval;
    for (const auto &[call, session] : peer.calls) {
        if (call->nextProbe > now)
            continue;
        call->pause = std::max<Clock::time_point::duration>(Interval,
                                                            std::min(2 * call->pause, longest));
        call->nextProbe = now + call->pause;
    }
    health.checkNow(id);
}

// A silent peer proves nothing unless another one answers: our network may be down. The last probe must
// have failed while others answered, since after a network outage peers do not come back at the same
// instant.
bool PoolStatementWatch::isConfirmedDown(Clock::time_point now, PoolHealth &health, PeerId id,
                                         const Peer &peer)
{
    const PeerSilence &silence = peer.silence;
    const bool isSilent = silence.failedProbes >= ProbesThatConvince;
    const Others rest = others(now, health, id, silence.since);
    Contrast &contrast = m_contrasts[id];
    if (rest != Others::Alive)
        contrast = {};
    else if (contrast.silence != silence.since)
        contrast = {silence.since, now};
    if (isSilent && rest == Others::Alive && silence.lastBegan >= contrast.heard)
        return true;

    const bool isMoreToAsk = rest == Others::Alive || (rest == Others::Silent && !isSilent);
    if (isMoreToAsk && !peer.calls.empty())
        ask(now, health, id, peer);
    m_isUrgent = m_isUrgent || !isSilent || rest == Others::Asked
                 || (isMoreToAsk && !peer.calls.empty());
    if (isSilent && rest != Others::Alive && !peer.inFlight.empty()) {
        m_isWithheld = true;
        m_isNobodyLeft = m_isNobodyLeft || rest == Others::Silent;
    }
    return false;
}

PoolStatementWatch::Others PoolStatementWatch::others(Clock::time_point now, PoolHealth &health,
                                                      PeerId silent, Clock::time_point since)
{
    int asked = 0;
    std::vector<PeerId> candidates;
    const QList<PeerSnapshot> all = health.pool().peers();
    for (const PeerSnapshot &other : all) {
        if (other.id == silent)
            continue;
        const PeerSilence known = health.silence(other.id);
        if (known.failedProbes == 0 && known.lastHeard > since)
            return Others::Alive;
        const auto last = m_askedAt.find(other.id);
        if (known.isProbing)
            ++asked;
        else if (known.failedProbes == 0 && mayBeAsked(other)
                 && (last == m_askedAt.end() || now - last->second >= AskOthersEvery))
            candidates.push_back(other.id);
    }
    for (const PeerId candidate : candidates) {
        if (asked >= OthersAskedAtOnce)
            break;
        ++asked;
        m_askedAt[candidate] = now;
        health.checkNow(candidate);
    }
    return asked > 0 ? Others::Asked : Others::Silent;
}

// The peer answers on other connections, so the statement can continue there, even in a pool of one peer.
// If it refuses connections, another peer must serve.
void PoolStatementWatch::leaveDeadPaths(Clock::time_point now, PoolHealth &health, PeerId id,
                                        const Peer &peer)
{
    const Clock::time_point heard = health.pool().hasServing(id)
                                            ? std::max(peer.silence.lastHeard,
                                                       peer.silence.lastRefused)
                                            : peer.silence.lastHeard;
    int ended = 0;
    qint64 bytes = 0;
    Clock::time_point::duration longest{};
    for (const auto &[call, session] : peer.calls) {
        const std::optional<PathState> path = m_pathOf(*session->line);
        const auto verdict = path ? call->path.judge(now, *path, heard)
                                  : PathSuspicion::Verdict::Fine;
        if (verdict == PathSuspicion::Verdict::AskPeer)
            ask(now, health, id, peer);
        if (verdict != PathSuspicion::Verdict::Dead || !session->line->cutDeadPath(session->claim))
            continue;
        session->countCut(health.pool());
        ++ended;
        bytes += path->unacknowledged;
        longest = std::max(longest, call->path.silence(now));
    }
    if (ended == 0)
        return;
    qCWarning(lcSession).noquote()
            << u"pool %1: the path to %2 is dead: %3 bytes unacknowledged for %4 s while the peer"
               " answers others; ended %5 statements in flight there"_s
                       .arg(health.pool().name(), health.pool().peer(id).address.name())
                       .arg(bytes)
                       .arg(std::chrono::duration<double>(longest).count(), 0, 'f', 1)
                       .arg(ended);
}

QString PoolStatementWatch::textOf(CutReason reason, Clock::time_point now, const Peer &peer)
{
    const std::chrono::duration<double> silence = now - peer.silence.since;
    if (reason == CutReason::Silent)
        return u"%1 probes failed and no session had an answer for %2 s"_s
                .arg(peer.silence.failedProbes)
                .arg(silence.count(), 0, 'f', 1);
    return reason == CutReason::Refuses ? u"it refuses connections"_s
           : reason == CutReason::Apart ? u"it is no member of its group"_s
                                        : u"it sees no majority of its group, and writes wait for "
                                          "one"_s;
}

bool PoolStatementWatch::cutLine(const SessionSnapshot &session, CutReason reason)
{
    return SessionLine::isInFlight(session.claim) ? session.line->cut(reason)
                                                  : session.line->cutIfIdle(session.claim, reason);
}

void PoolStatementWatch::cut(Clock::time_point now, PeerPool &pool, PeerId id, const Peer &peer,
                             CutReason reason)
{
    const auto isCut = [&](const SessionSnapshot *session) {
        const bool hasCut = m_cut(*session, reason);
        if (hasCut)
            session->countCut(pool);
        return hasCut;
    };
    qsizetype idle = 0;
    qsizetype statements = 0;
    if (pool.hasServing(id)) { // else an idle session may as well wait for its peer
        idle = std::ranges::count_if(peer.idle, isCut);
    }
    if (reason == CutReason::Apart) { // a call in flight may be a write, so it is not cut
        for (const SessionSnapshot *session : peer.inFlight)
            session->line->leaveSoon();
    }
    if (reason == CutReason::Silent || reason == CutReason::Minority) {
        statements = std::ranges::count_if(peer.inFlight, isCut);
    }
    if (idle + statements == 0)
        return;
    qCWarning(lcSession).noquote()
            << u"pool %1: peer %2: %3; ended %4 statements in flight and %5 idle sessions there"_s
                       .arg(pool.name(), pool.peer(id).address.name(), textOf(reason, now, peer))
                       .arg(statements)
                       .arg(idle);
}

} // namespace qproxysql
