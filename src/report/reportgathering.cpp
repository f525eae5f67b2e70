// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "report/reportgathering.h"

#include "connect/initfailuretext.h"
#include "drain/fleetobserver.h"
#include "health/poolmonitor.h"
#include "health/supervisor.h"
#include "moves/connectionroster.h"
#include "pool/poolregistry.h"
#include "session/sessionpool.h"

#include <algorithm>
#include <map>
#include <set>

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

using Key = std::pair<const PeerPool *, PeerId>;

/// The part of a peer's report that comes from connections and idle sessions.
struct Holdings
{
    PeerReport report;
    std::set<QString> problems;
    Clock::time_point answered; ///< the last answer to any of its sessions
};

double secondsBetween(Clock::time_point from, Clock::time_point to)
{
    return std::max(0.0, std::chrono::duration<double>(to - from).count());
}

void lengthen(std::optional<double> *longest, double seconds)
{
    *longest = std::max(longest->value_or(0), seconds);
}

void noteId(Holdings *holdings, quint64 id)
{
    if (id != 0)
        holdings->report.connectionIds.append(id);
}

bool isPin(const QString &reason)
{
    return reason != "transaction"_L1 && reason != "pending_results"_L1;
}

void note(const ConnectionRecord::View &view, Clock::time_point now, Holdings *holdings)
{
    PeerReport &report = holdings->report;
    ++report.inUse;
    noteId(holdings, view.serverThreadId);
    lengthen(&report.oldestSession, secondsBetween(view.since, now));
    const Clock::time_point answered = view.line->lastAnswer();
    holdings->answered = std::max(holdings->answered, answered);
    if (SessionLine::isInFlight(view.claim)) {
        ++report.busy;
    } else {
        lengthen(&report.idleHolder, secondsBetween(std::max(answered, view.since), now));
    }
    if (view.inTransaction) {
        ++report.inTransaction;
        lengthen(&report.longestTransaction,
                 secondsBetween(std::max(view.transactionSince, view.since), now));
    }
    for (const QString &reason : view.reasons)
        ++report.reasons[reason];
    if (std::ranges::any_of(view.reasons, &isPin))
        ++report.pinned;
    if (!view.problem.isEmpty())
        holdings->problems.insert(InitFailureText::withoutStatement(view.problem));
}

std::map<Key, Holdings> holdingsAt(Clock::time_point now)
{
    std::map<Key, Holdings> all;
    for (const auto &record : ConnectionRoster::instance().records()) {
        const ConnectionRecord::View view = record->view();
        const PeerPool *const pool = record->pool().get();
        if (view.line && !view.line->isGone())
            note(view, now, &all[{pool, view.peer}]);
        if (view.offer.peer != NoPeer && !view.offer.line->isGone())
            noteId(&all[{pool, view.offer.peer}], view.offer.serverThreadId);
    }
    // So that a monitor does not count these sessions as those of unknown processes.
    for (const FleetReader::Kept &kept : FleetObserver::instance().sessions())
        noteId(&all[{kept.pool, kept.peer}], kept.connectionId);
    for (const SessionPool::Parked &parked : SessionPool::instance().parked())
        noteId(&all[{parked.pool, parked.peer}], parked.serverThreadId);
    return all;
}

std::optional<double> ageOf(Clock::time_point when, Clock::time_point now)
{
    return when == Clock::time_point() ? std::nullopt : std::optional(secondsBetween(when, now));
}

PeerReport reportOf(const PeerSnapshot &peer, const Holdings &held, const PeerContact &contact,
                    const PeerCounters &counters, Clock::time_point now)
{
    PeerReport report = held.report;
    report.address = peer.address;
    report.identities = peer.identities;
    report.health = peer.health;
    report.service = peer.service;
    report.serverRequest = peer.serverRequest;
    report.parked = peer.idle;
    // The two numbers were read one after the other; sessions in use are certainly open.
    report.sessions = std::max(peer.sessions, report.inUse);
    report.problems = QStringList(held.problems.begin(), held.problems.end());
    report.lastError = peer.lastError;
    report.lastError.text = InitFailureText::withoutStatement(peer.lastError.text);
    if (peer.nextCheck != Clock::time_point())
        report.nextCheck = secondsBetween(now, peer.nextCheck);
    report.connectAge = ageOf(contact.connected, now);
    report.answerAge = ageOf(std::max({contact.connected, contact.answered, held.answered}), now);
    report.failureAge = ageOf(contact.failed, now);
    report.isChecking = contact.isProbing;
    report.transactions = peer.transactions;
    report.counters = counters;
    std::ranges::sort(report.connectionIds);
    return report;
}

/// The pool's peers, and removed peers that still have open sessions.
QList<PeerSnapshot> peersOf(const PeerPool &pool, const std::map<Key, Holdings> &held)
{
    QList<PeerSnapshot> peers = pool.peers();
    for (const auto &[key, holdings] : held) {
        if (key.first != &pool)
            continue;
        const PeerSnapshot peer = pool.peer(key.second);
        if (peer.isRetired)
            peers.append(peer);
    }
    return peers;
}

} // namespace

ProcessReport gatherReport(const ProcessIdentity &process, quint64 generation)
{
    PoolRegistry &registry = PoolRegistry::instance();
    const Clock::time_point now = Clock::steady().now();
    const std::map<Key, Holdings> held = holdingsAt(now);
    const QList<std::shared_ptr<PeerPool>> used = registry.poolsInUse();
    ProcessReport report;
    report.process = process;
    report.generation = generation;
    const QList<std::shared_ptr<PeerPool>> pools = registry.pools();
    for (const auto &pool : pools) {
        const QList<PeerSnapshot> peers = peersOf(*pool, held);
        const auto isSamePool = [&pool](const auto &one) { return one.get() == pool.get(); };
        const auto isEmpty = [](const PeerSnapshot &peer) { return peer.sessions == 0; };
        if (std::ranges::none_of(used, isSamePool) && std::ranges::all_of(peers, isEmpty))
            continue;
        PoolReport part{pool->name(), pool->policy().control, {}};
        const std::shared_ptr<PoolMonitor> monitor = Supervisor::instance().monitorOf(*pool);
        for (const PeerSnapshot &peer : peers) {
            const auto found = held.find({pool.get(), peer.id});
            part.peers.append(reportOf(peer, found == held.end() ? Holdings() : found->second,
                                       monitor ? monitor->contact(peer.id) : PeerContact(),
                                       pool->counters(peer.id), now));
        }
        report.pools.append(part);
    }
    return report;
}

} // namespace qproxysql
