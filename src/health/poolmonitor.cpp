// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "health/poolmonitor_p.h"

#include <set>

using namespace Qt::StringLiterals;

namespace qproxysql {
namespace {

constexpr int VisitsOfMembers = 4; ///< after so many failures Recheck::Soon is at its longest, 5 s

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
    Aftermath after(*this);
    const std::lock_guard lock(m_mutex);
    noteFacts(peer, facts, &after);
    settle(peer, {}, {}, Seen::ByCaller, &after);
}

AfterConnectFailure PoolMonitor::connectFailed(PeerId peer, const ConnectFailure &failure)
{
    if (peer < 0)
        return judge(Health::Unknown, {.errorClass = classOf(failure), .timedOut = failure.timedOut})
                .action;
    Aftermath after(*this);
    const std::lock_guard lock(m_mutex);
    const auto began = m_environment.clock.now() - m_pool->policy().connectTimeout;
    return settleFailure(peer, failure, began, Seen::ByCaller, &after).action;
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
    if (peer < 0 || errorClass == ErrorClass::None || errorClass == ErrorClass::StatementsOwn
        || errorClass == ErrorClass::Conflict || errorClass == ErrorClass::IdleTimeout
        || errorClass == ErrorClass::SessionTied)
        return errorClass;

    Aftermath after(*this);
    const std::lock_guard lock(m_mutex);
    Record &record = recordOf(peer);
    Observation seen{.stage = Stage::Statement, .errorClass = errorClass};
    seen.isSecondStrike = record.hasLostBackend;
    seen.othersServe = m_pool->hasServing(peer);
    if (errorClass == ErrorClass::BackendLost)
        record.hasLostBackend = true;
    if (errorClass == ErrorClass::ReadOnly)
        record.hasRefusedWrite = true;
    if (errorClass == ErrorClass::DiskFull) {
        after.warnings.append(
                u"pool %1: peer %2 has a full disk: %3 %4"_s.arg(m_pool->name(),
                                                                 m_pool->peer(peer).address.name(),
                                                                 QString::number(code), text));
    }
    const Judgement judgement = settle(peer, seen,
                                       peerError(code, text, PeerError::Source::Statement),
                                       Seen::ByCaller, &after);
    if (judgement.recheck == Recheck::Now) {
        // A probe that began before the loss knows nothing of it.
        record.isProbeWantedAgain = record.probe && record.probe->hasStarted;
        start(peer);
    }
    return errorClass;
}

void PoolMonitor::answered(PeerId peer, Clock::time_point when)
{
    if (peer < 0)
        return;
    Aftermath after(*this);
    const std::lock_guard lock(m_mutex);
    Record &record = recordOf(peer);
    record.lastAnswer = std::max(record.lastAnswer, when);
    // The answer may be told later than the time-out that it outweighs.
    if (record.hasTimedOut && when > record.timedOutFrom) {
        const PeerSnapshot shown = m_pool->peer(peer);
        if (shown.health == Health::Down)
            after.changes.push_back(
                    m_pool->recordHealth(peer, Health::Suspect, {}, shown.nextCheck));
    }
}

// Sessions that die one by one on a peer that is known to be down must not put off its recheck.
bool PoolMonitor::isOldNews(const Observation &seen, const Judgement &judgement,
                            const Record &record)
{
    return seen.stage == Stage::Statement && judgement.recheck != Recheck::Now
           && (record.due != Never || record.probe);
}

Judgement PoolMonitor::settleFailure(PeerId peer, const ConnectFailure &failure,
                                     Clock::time_point began, Seen by, Aftermath *after)
{
    Record &record = recordOf(peer);
    Observation seen{.errorClass = classOf(failure), .timedOut = failure.timedOut};
    seen.answeredMeanwhile = record.lastSeen() > began;
    if (failure.timedOut)
        record.timedOutFrom = began;
    record.standing = failure.standing;
    return settle(peer, seen, peerError(failure.code, failure.text), by, after);
}

Judgement PoolMonitor::settle(PeerId peer, const Observation &observed, const PeerError &error,
                              Seen by, Aftermath *after)
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
            record.failures = 0;
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
        || !(record.isAwaited(judgement, now) || isOldNews(seen, judgement, record)))
        reschedule(peer, judgement);

    const Clock::time_point due = judgement.recheck == Recheck::Pause ? record.pausedUntil
                                                                      : record.due;
    after->changes.push_back(m_pool->recordHealth(peer, judgement.health, error,
                                                  due == Never ? Clock::time_point() : due));
    after->wakes = after->wakes || record.due < m_advanceBy;
    if (judgement.health == Health::Up) {
        record.hasLostBackend = record.hasLostBackend && seen.stage == Stage::Statement;
        m_outageSince = Never;
        if (seen.stage == Stage::Connect) {
            ++m_goodConnects;
            m_sweepChanged.notify_all();
        }
    }
    if (judgement.health != before || seen.errorClass == ErrorClass::NameResolution)
        warn(peer, judgement.health, error, after);
    return judgement;
}

void PoolMonitor::warn(PeerId peer, Health health, const PeerError &error, Aftermath *after)
{
    const QString who = u"pool %1: peer %2"_s.arg(m_pool->name(), m_pool->peer(peer).address.name());
    if (health == Health::Blocked) {
        after->warnings.append(
                who
                + u" has blocked this host (1129) after too many interrupted connects. It stays"
                  " blocked until somebody runs FLUSH HOSTS on it"_s);
    } else if (health == Health::Misconfigured) {
        after->warnings.append(who
                               + u" refuses TLS or shows a certificate that is not trusted. It is"
                                 " not used until somebody mends that: "_s
                               + error.text);
    }
    if (!isResolverSuspected()) {
        m_hasSaidResolver = false;
    } else if (!m_hasSaidResolver) {
        m_hasSaidResolver = true;
        after->warnings.append(
                u"pool %1: no peer's name can be resolved (2005). The name resolver"
                " of this machine is the likely cause, not the peers"_s.arg(m_pool->name()));
    }
}

// One that asks to be left alone, to notice when that ends; a member of a group, to notice that it has
// left: it goes on answering reads, with what it had then.
Clock::time_point PoolMonitor::nextVisit(const Record &record, Clock::time_point now) const
{
    if (!record.isVisited())
        return Never;
    const RecheckSchedule schedule(m_pool->policy().checkInterval, m_environment.random);
    const bool isMember = record.standing == GroupStanding::Online;
    return now + schedule.delay(isMember ? Recheck::Soon : Recheck::Steady, VisitsOfMembers);
}

void PoolMonitor::reschedule(PeerId peer, const Judgement &judgement)
{
    Record &record = recordOf(peer);
    const Clock::time_point now = m_environment.clock.now();
    const RecheckSchedule schedule(m_pool->policy().checkInterval, m_environment.random);
    record.recheck = judgement.recheck;
    switch (judgement.recheck) {
    case Recheck::Never:
        record.due = nextVisit(record, now);
        return;
    case Recheck::Now:
        record.due = now;
        return;
    case Recheck::Pause:
        record.pausedUntil = now + schedule.delay(Recheck::Pause, 1);
        // Selectable again before; this probe only ends the state where nobody opens anything.
        record.due = now + schedule.delay(Recheck::Steady, 1);
        return;
    default:
        break;
    }
    // No back-off while the resolver is at fault: it is not the peers that need time.
    record.failures = isResolverSuspected() ? 1 : record.failures + 1;
    record.due = now + schedule.delay(judgement.recheck, record.failures);
}

bool PoolMonitor::isResolverSuspected() const
{
    return m_records.size() > 1 && std::ranges::all_of(m_records, [](const Record &record) {
               return record.lastFailure == ErrorClass::NameResolution;
           });
}

void PoolMonitor::noteFacts(PeerId peer, const ServerFacts &facts, Aftermath *after)
{
    Record &record = recordOf(peer);
    for (const PeerSnapshot &change : m_pool->recordIdentities(peer, facts.identities))
        after->services.push_back(change);
    const ServerFacts former = record.facts.value_or(ServerFacts());
    const bool isNews = !record.facts || former.readOnlyBy != facts.readOnlyBy
                        || former.isDesynced != facts.isDesynced;
    record.standing = facts.standing;
    m_hasTakenWrites = m_hasTakenWrites || facts.readOnlyBy.isEmpty();
    // What a proxy says of itself is not what the server behind it does with a write.
    if (facts.readOnlyBy.isEmpty() && (!former.readOnlyBy.isEmpty() || !record.hasRefusedWrite))
        m_readOnlySince = Never;
    record.facts = facts;
    if (isNews)
        refreshWishes();

    if (former.clusterId == facts.clusterId)
        return;
    std::set<QString> ids;
    for (const Record &other : m_records) {
        if (other.facts && !other.facts->clusterId.isEmpty())
            ids.insert(other.facts->clusterId);
    }
    if (ids.size() > 1) {
        after->warnings.append(
                u"pool %1: its peers belong to different Galera clusters, most lately %2 to %3."
                " They do not hold the same data"_s.arg(m_pool->name(),
                                                        m_pool->peer(peer).address.name(),
                                                        facts.clusterId));
    }
}

void PoolMonitor::refreshWishes()
{
    const bool isAnyWritable = std::ranges::any_of(m_records, [](const Record &record) {
        return record.facts && !record.facts->isReadOnly();
    });
    const RecheckSchedule schedule(m_pool->policy().checkInterval, m_environment.random);
    for (PeerId peer = 0; peer < PeerId(m_records.size()); ++peer) {
        Record &record = m_records[size_t(peer)];
        if (!record.facts)
            continue;
        // Being read-only alone is no reason: a pool of replicas serves reads. Among equivalent peers
        // of which others take writes it is one that is being failed over or mended.
        QString wish;
        if (record.facts->isDesynced)
            wish = u"desynced"_s;
        else if (isAnyWritable)
            wish = record.facts->readOnlyBy;
        m_pool->setServerWish(peer, wish);
        record.asksToBeLeftAlone = !wish.isEmpty();
        if (record.asksToBeLeftAlone && record.due == Never && !record.probe)
            record.due = m_environment.clock.now() + schedule.delay(Recheck::Steady, 1);
    }
}

} // namespace qproxysql
