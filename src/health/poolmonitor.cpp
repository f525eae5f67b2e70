// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "health/poolmonitor_p.h"

#include <set>

using namespace Qt::StringLiterals;

namespace qproxysql {
namespace {

/// After so many failures Recheck::Soon has its longest delay of 5 s.
constexpr int FailuresForLongestSoon = 4;

} // namespace

PoolMonitor::PoolMonitor(const std::shared_ptr<PeerPool> &pool, MonitorEnvironment environment)
    : m_pool(pool->shared_from_this())
    , m_environment(std::move(environment))
{
}

PoolMonitor::~PoolMonitor() = default;

PoolMonitor::Record &PoolMonitor::recordOf(PeerId peer)
{
    if (size_t(peer) >= m_records.size())
        m_records.resize(size_t(peer) + 1);
    return m_records[size_t(peer)];
}

void PoolMonitor::connectSucceeded(PeerId peer, const ServerFacts &facts)
{
    if (peer < 0)
        return;
    PendingNotifications notifications(*this);
    const std::lock_guard lock(m_mutex);
    noteFacts(peer, facts, &notifications);
    settle(peer, {}, {}, Seen::ByCaller, &notifications);
}

AfterConnectFailure PoolMonitor::connectFailed(PeerId peer, const ConnectFailure &failure)
{
    if (peer < 0)
        return judge(Health::Unknown, {.errorClass = classOf(failure), .timedOut = failure.timedOut})
                .action;
    PendingNotifications notifications(*this);
    const std::lock_guard lock(m_mutex);
    const auto began = m_environment.clock.now() - m_pool->policy().connectTimeout;
    return settleFailure(peer, failure, began, Seen::ByCaller, &notifications).action;
}

ErrorClass PoolMonitor::statementFailed(PeerId peer, int code, const QString &text,
                                        ServerFlavour flavour)
{
    ErrorClass errorClass = classifyError(Stage::Statement, code, text, flavour);
    if (errorClass == ErrorClass::StatementsOwn && peer >= 0
        && isRefusedByReadOnlyServer(code, text, {true, true})) {
        const std::lock_guard lock(m_mutex);
        const auto &facts = recordOf(peer).facts;
        if (facts && isRefusedByReadOnlyServer(code, text, facts->readOnlyParts))
            errorClass = ErrorClass::ReadOnly;
    }
    using enum ErrorClass;
    constexpr ErrorClass Harmless[] = {None, StatementsOwn, Conflict, IdleTimeout, SessionTied};
    if (peer < 0 || std::ranges::find(Harmless, errorClass) != std::end(Harmless))
        return errorClass;

    PendingNotifications notifications(*this);
    const std::lock_guard lock(m_mutex);
    Record &record = recordOf(peer);
    Observation seen{.stage = Stage::Statement, .errorClass = errorClass};
    seen.isRepeated = record.hasLostBackend;
    seen.othersServe = m_pool->hasServing(peer);
    if (errorClass == ErrorClass::BackendLost)
        record.hasLostBackend = true;
    if (errorClass == ErrorClass::ReadOnly)
        record.hasRefusedWrite = true;
    if (errorClass == ErrorClass::DiskFull) {
        notifications.warnings.append(
                u"pool %1: peer %2 has a full disk: %3 %4"_s.arg(m_pool->name(),
                                                                 m_pool->peer(peer).address.name(),
                                                                 QString::number(code), text));
    }
    const Judgement judgement = settle(peer, seen,
                                       peerError(code, text, PeerError::Source::Statement),
                                       Seen::ByCaller, &notifications);
    if (judgement.recheck == Recheck::Now) {
        // A probe that began before the loss does not prove that the peer works now.
        record.isProbeWantedAgain = record.probe && record.probe->hasStarted;
        start(peer);
    }
    return errorClass;
}

void PoolMonitor::answered(PeerId peer, Clock::time_point when)
{
    if (peer < 0)
        return;
    PendingNotifications notifications(*this);
    const std::lock_guard lock(m_mutex);
    Record &record = recordOf(peer);
    record.lastAnswer = std::max(record.lastAnswer, when);
    // An answer may be reported after the time-out that it disproves.
    if (record.hasTimedOut && when > record.timedOutFrom) {
        const PeerSnapshot shown = m_pool->peer(peer);
        if (shown.health == Health::Down)
            notifications.changes.push_back(
                    m_pool->recordHealth(peer, Health::Suspect, {}, shown.nextCheck));
    }
}

// Further lost sessions must not delay the recheck of a peer that is already scheduled.
bool PoolMonitor::keepsRecheck(const Observation &seen, const Judgement &judgement,
                               const Record &record)
{
    return seen.stage == Stage::Statement && judgement.recheck != Recheck::Now
           && (record.due != Never || record.probe);
}

Judgement PoolMonitor::settleFailure(PeerId peer, const ConnectFailure &failure,
                                     Clock::time_point began, Seen by,
                                     PendingNotifications *notifications)
{
    Record &record = recordOf(peer);
    Observation seen{.errorClass = classOf(failure), .timedOut = failure.timedOut};
    seen.answeredMeanwhile = record.lastSeen() > began;
    if (failure.timedOut)
        record.timedOutFrom = began;
    record.standing = failure.standing;
    return settle(peer, seen, peerError(failure.code, failure.text), by, notifications);
}

Judgement PoolMonitor::settle(PeerId peer, const Observation &observed, const PeerError &error,
                              Seen by, PendingNotifications *notifications)
{
    const Clock::time_point now = m_environment.clock.now();
    const Health before = m_pool->peer(peer).health;
    Record &record = recordOf(peer);
    Observation seen = observed;
    if (seen.stage == Stage::Connect) {
        record.lastFailure = seen.errorClass;
        record.lastFailureCode = error.code;
        record.hasTimedOut = seen.timedOut;
        if (seen.errorClass != ErrorClass::None) {
            record.lastFailed = now;
        } else {
            record.lastConnect = now;
            record.failures = record.overloads = 0;
            record.hasRefusedWrite = record.hasRefusedWrite && record.facts
                                     && record.facts->isReadOnly();
            seen.refusesWrites = record.hasRefusedWrite;
            seen.othersServe = !seen.refusesWrites || m_pool->hasServing(peer);
        }
    }
    const Judgement judgement = judge(before, seen);
    if (seen.errorClass != ErrorClass::None
        && (seen.stage == Stage::Connect || judgement.health != Health::Up))
        record.lastProblem = now;
    if (by == Seen::ByProbe || judgement.health != before
        || !(record.isScheduled(judgement, now) || keepsRecheck(seen, judgement, record)))
        reschedule(peer, judgement);

    const Clock::time_point due = judgement.recheck == Recheck::Pause ? record.pausedUntil
                                                                      : record.due;
    notifications->changes.push_back(m_pool->recordHealth(peer, judgement.health, error,
                                                          due == Never ? Clock::time_point() : due));
    notifications->wakes = notifications->wakes || record.due < m_advanceBy;
    if (judgement.health == Health::Up) {
        record.hasLostBackend = record.hasLostBackend && seen.stage == Stage::Statement;
        m_outageSince = Never;
        if (seen.stage == Stage::Connect) {
            ++m_goodConnects;
            m_sweepChanged.notify_all();
        }
    }
    if (judgement.health != before || seen.errorClass == ErrorClass::NameResolution)
        warn(peer, judgement.health, error, notifications);
    return judgement;
}

void PoolMonitor::warn(PeerId peer, Health health, const PeerError &error,
                       PendingNotifications *notifications)
{
    const QString who = u"pool %1: peer %2"_s.arg(m_pool->name(), m_pool->peer(peer).address.name());
    if (health == Health::Blocked) {
        notifications->warnings.append(
                who
                + u" has blocked this host (1129) after too many interrupted connects. It stays"
                  " blocked until somebody runs FLUSH HOSTS on it"_s);
    } else if (health == Health::Misconfigured) {
        notifications->warnings.append(
                who
                + u" refuses TLS or shows a certificate that is not trusted. It is"
                  " not used until that is fixed: "_s
                + error.text);
    }
    if (!isResolverSuspected()) {
        m_hasWarnedOfResolver = false;
    } else if (!m_hasWarnedOfResolver) {
        m_hasWarnedOfResolver = true;
        notifications->warnings.append(
                u"pool %1: no peer's name can be resolved (2005). The name resolver"
                " of this machine is the likely cause, not the peers"_s.arg(m_pool->name()));
    }
}

RecheckSchedule PoolMonitor::schedule() const
{
    return {m_pool->policy().checkInterval, m_environment.random};
}

// Routine probes notice that a server's request has ended, and that a member has left its group: such a
// member goes on answering reads with old data.
Clock::time_point PoolMonitor::nextRoutineProbe(const Record &record, Clock::time_point now) const
{
    if (!record.needsRoutineProbes())
        return Never;
    const bool isMember = record.standing == GroupStanding::Online;
    return now
           + schedule().delay(isMember ? Recheck::Soon : Recheck::Steady, FailuresForLongestSoon);
}

void PoolMonitor::reschedule(PeerId peer, const Judgement &judgement)
{
    Record &record = recordOf(peer);
    const Clock::time_point now = m_environment.clock.now();
    record.recheck = judgement.recheck;
    switch (judgement.recheck) {
    case Recheck::Never:
        record.due = nextRoutineProbe(record, now);
        return;
    case Recheck::Now:
        record.due = now;
        return;
    case Recheck::Pause:
        record.pausedUntil = now + schedule().delay(Recheck::Pause, ++record.overloads);
        // The peer becomes selectable before this probe, which only resets the health if no open
        // does.
        record.due = now + schedule().delay(Recheck::Steady, 1);
        return;
    default:
        break;
    }
    // No back-off while the resolver is at fault, since the peers do not need time to recover.
    record.failures = isResolverSuspected() ? 1 : record.failures + 1;
    record.due = now + schedule().delay(judgement.recheck, record.failures);
}

bool PoolMonitor::isResolverSuspected() const
{
    return m_records.size() > 1 && std::ranges::all_of(m_records, [](const Record &record) {
               return record.lastFailure == ErrorClass::NameResolution;
           });
}

void PoolMonitor::noteFacts(PeerId peer, const ServerFacts &facts,
                            PendingNotifications *notifications)
{
    Record &record = recordOf(peer);
    const auto changes = m_pool->recordIdentities(peer, facts.identities);
    notifications->services.insert(notifications->services.end(), changes.begin(), changes.end());
    const ServerFacts former = record.facts.value_or(ServerFacts());
    const bool isChanged = !record.facts || former.readOnlyBy != facts.readOnlyBy
                           || former.isDesynced != facts.isDesynced;
    record.standing = facts.standing;
    m_hasTakenWrites = m_hasTakenWrites || facts.readOnlyBy.isEmpty();
    // The variables that a proxy reports may not be those of the server that refused the write.
    if (facts.readOnlyBy.isEmpty() && (!former.readOnlyBy.isEmpty() || !record.hasRefusedWrite))
        m_readOnlySince = Never;
    record.facts = facts;
    if (isChanged)
        updateServerRequests();

    if (former.clusterId == facts.clusterId)
        return;
    std::set<QString> ids;
    for (const Record &other : m_records) {
        if (other.facts && !other.facts->clusterId.isEmpty())
            ids.insert(other.facts->clusterId);
    }
    if (ids.size() > 1) {
        notifications->warnings.append(
                u"pool %1: its peers belong to different Galera clusters, most lately %2 to %3."
                " They do not hold the same data"_s.arg(m_pool->name(),
                                                        m_pool->peer(peer).address.name(),
                                                        facts.clusterId));
    }
}

void PoolMonitor::updateServerRequests()
{
    const bool isAnyWritable = std::ranges::any_of(m_records, [](const Record &record) {
        return record.facts && !record.facts->isReadOnly();
    });
    for (PeerId peer = 0; peer < PeerId(m_records.size()); ++peer) {
        Record &record = m_records[size_t(peer)];
        if (!record.facts)
            continue;
        // Read-only peers are avoided only if others take writes: a pool of replicas serves reads.
        QString request;
        if (record.facts->isDesynced)
            request = u"desynced"_s;
        else if (isAnyWritable)
            request = record.facts->readOnlyBy;
        m_pool->setServerRequest(peer, request);
        record.hasServerRequest = !request.isEmpty();
        if (record.hasServerRequest && record.due == Never && !record.probe)
            record.due = m_environment.clock.now() + schedule().delay(Recheck::Steady, 1);
    }
}

} // namespace qproxysql
