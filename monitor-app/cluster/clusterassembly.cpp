// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "cluster/clusterassembly.h"

#include "cluster/ctltexts.h"
#include "health/judge.h"
#include "pool/drainrequests.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

/// Computed as if it were the first observation of the peer.
Health healthOf(const PeerProbe &probe)
{
    if (probe.isUp())
        return Health::Up;
    const Health health = judge(Health::Unknown, {.stage = Stage::Connect,
                                                  .errorClass = probe.failure->errorClass,
                                                  .timedOut = probe.failure->timedOut})
                                  .health;
    return health == Health::Up ? Health::Unknown : health;
}

void merge(const QStringList &identities, PeerView *peer)
{
    for (const QString &identity : identities) {
        if (!containsPeerName(peer->identities, identity))
            peer->identities.append(identity);
    }
    // A server has only one host name and port.
    if (peer->identities.filter(u":"_s).size() > 1)
        peer->isFrontEnd = true;
}

bool haveCommonName(const QStringList &one, const QStringList &other)
{
    return std::ranges::any_of(one, [&other](const QString &name) {
        return containsPeerName(other, name);
    });
}

/// True when a later request for the same server, for that pool or all pools, has another service.
bool isOutranked(const DrainRequest &entry, const QList<DrainRequest> &entries)
{
    return std::ranges::any_of(entries, [&entry](const DrainRequest &other) {
        return other.generation > entry.generation && other.service != entry.service
               && (other.pool.isEmpty() || other.pool == entry.pool)
               && other.isOf(entry.peer, entry.identities);
    });
}

} // namespace

ClusterAssembly::ClusterAssembly(const QList<PoolDefinition> &pools, const QString &wanted,
                                 Clock::time_point now)
    : m_wanted(wanted)
    , m_now(now)
{
    for (const PoolDefinition &definition : pools) {
        if (!isWanted(definition.name))
            continue;
        PoolView &pool = poolNamed(definition.name);
        pool.policy = definition.policy;
        for (const PeerDefinition &peer : definition.peers) {
            PeerView &view = peerOf(pool, peer.address);
            view.weight = peer.weight;
            view.isTrusted = true;
        }
    }
}

bool ClusterAssembly::isWanted(const QString &pool) const
{
    return m_wanted.isEmpty() || pool.compare(m_wanted, Qt::CaseInsensitive) == 0;
}

PoolView &ClusterAssembly::poolNamed(const QString &name)
{
    for (PoolView &pool : m_pools) {
        if (pool.name == name)
            return pool;
    }
    m_pools.append(PoolView{name, {}, {}});
    return m_pools.last();
}

PeerView &ClusterAssembly::peerOf(PoolView &pool, const PeerAddress &address)
{
    for (PeerView &peer : pool.peers) {
        if (peer.address == address)
            return peer;
    }
    PeerView peer;
    peer.address = address;
    pool.peers.append(peer);
    return pool.peers.last();
}

void ClusterAssembly::addReports(const QList<KnownProcess> &processes)
{
    for (const KnownProcess &process : processes) {
        if (!process.report)
            continue;
        for (const PoolReport &report : process.report->pools) {
            if (!isWanted(report.name))
                continue;
            PoolView &pool = poolNamed(report.name);
            for (const PeerReport &peer : report.peers)
                add(peer, process, &peerOf(pool, peer.address));
        }
    }
    dropSharedIdentities();
    judgePeers();
}

double ClusterAssembly::age(Clock::time_point when) const
{
    return std::max(0.0, std::chrono::duration<double>(m_now - when).count());
}

void ClusterAssembly::add(const PeerReport &report, const KnownProcess &process,
                          PeerView *peer) const
{
    peer->isTrusted |= process.isTrusted;
    merge(report.identities, peer);
    peer->isReported = true;
    *peer += report;
    peer->transactions += report.transactions;
    if (process.presence != KnownProcess::Presence::Answering)
        return; // what it knew of the peer may be outdated
    peer->evidence.append(evidenceOf(report, process.process, age(process.answered)));
    peer->isChecking = peer->isChecking || report.isChecking;
    if (!report.serverRequest.isEmpty())
        peer->serverRequest = report.serverRequest;
    // Its last failure says nothing about a peer that works again.
    if (!report.health.isUp() && !report.lastError.isEmpty())
        peer->error = report.lastError.message();
    if (report.nextCheck && (!peer->nextCheck || *report.nextCheck < *peer->nextCheck))
        peer->nextCheck = report.nextCheck;
}

void ClusterAssembly::addProbes(const QHash<PeerAddress, PeerProbe> &probes)
{
    for (PoolView &pool : m_pools) {
        for (PeerView &peer : pool.peers) {
            const auto probe = probes.constFind(peer.address);
            if (probe != probes.cend())
                add(*probe, &peer);
        }
    }
    dropSharedIdentities();
    judgePeers();
}

void ClusterAssembly::add(const PeerProbe &probe, PeerView *peer) const
{
    peer->probe = probe;
    merge(probe.facts.identities, peer);
    peer->isFrontEnd = peer->isFrontEnd || !probe.between.proxy.isEmpty();
    if (probe.facts.isDesynced)
        peer->serverRequest = u"desynced"_s;
    peer->error = probe.message();
    PeerEvidence evidence;
    evidence.source = PeerEvidence::Source::OwnProbe;
    evidence.kind = PeerEvidence::Kind::Connect;
    evidence.health = healthOf(probe);
    evidence.isOfPeer = probe.isUp() || !isFaultOfObserver(probe.failure->errorClass);
    evidence.age = age(std::max(probe.when, probe.ended));
    evidence.text = probe.message();
    if (*evidence.age <= PeerEvidence::FreshFor)
        peer->evidence.append(evidence); // older evidence is not needed: we can probe again
}

void ClusterAssembly::judgePeers()
{
    for (PoolView &pool : m_pools) {
        for (PeerView &peer : pool.peers) {
            peer.judgement = PeerJudgement(peer.evidence);
            peer.proof = peer.judgement.proof;
            peer.health = peer.judgement.health;
            const auto &basis = peer.judgement.basis;
            const bool isAnyBelief = !peer.judgement.others.isEmpty() || peer.evidence.isEmpty();
            peer.source = basis         ? (basis->source == PeerEvidence::Source::OwnProbe
                                                   ? PeerView::Source::OwnProbe
                                                   : PeerView::Source::Applications)
                          : isAnyBelief ? PeerView::Source::Nobody
                                        : PeerView::Source::Applications;
            if (basis && !peer.isUp() && !basis->text.isEmpty())
                peer.error = basis->text;
        }
    }
}

// Front ends of one cluster report the identity of the server behind them. It identifies none of
// them, and the server's list does not show their sessions.
void ClusterAssembly::dropSharedIdentities()
{
    for (PoolView &pool : m_pools) {
        for (PeerView &peer : pool.peers) {
            peer.isFrontEnd = peer.isFrontEnd
                              || std::ranges::any_of(pool.peers, [&peer](const PeerView &other) {
                                     return &other != &peer
                                            && haveCommonName(other.identities, peer.identities);
                                 });
            if (peer.isFrontEnd && peer.probe && peer.probe->serverList.isChecked) {
                peer.probe->serverList = {};
                peer.probe->serverList.whyNot = CtlTexts::tr(
                        "the peer is itself a proxy: it answers as several servers, "
                        "or as another peer does");
            }
        }
    }
}

void ClusterAssembly::findOtherAddresses()
{
    for (PoolView &pool : m_pools) {
        for (PeerView &peer : pool.peers) {
            if (peer.isFrontEnd)
                peer.identities.clear();
        }
    }
    for (PoolView &pool : m_pools) {
        for (PeerView &peer : pool.peers) {
            for (const PoolView &others : std::as_const(m_pools)) {
                for (const PeerView &other : others.peers) {
                    const QString name = other.address.name();
                    if (other.address != peer.address && !peer.otherAddresses.contains(name)
                        && haveCommonName(other.identities, peer.identities))
                        peer.otherAddresses.append(name);
                }
            }
        }
    }
}

void ClusterAssembly::addEntries(const QList<DrainRequest> &entries)
{
    findOtherAddresses();
    const DrainRequests all(entries);
    for (PoolView &pool : m_pools) {
        QList<DrainRequests::PeerNames> names;
        for (const PeerView &peer : std::as_const(pool.peers))
            names.append({peer.address, peer.identities});
        const std::vector<const DrainRequest *> newest = all.of(pool.name, names);
        for (qsizetype i = 0; i < pool.peers.size(); ++i) {
            if (const DrainRequest *const request = newest[size_t(i)]) {
                pool.peers[i].service = request->service;
                pool.peers[i].entry = *request;
            }
        }
    }
    addUnknownPeers(entries);
}

/// Drained peers of no known pool: they must be shown and can be resumed.
void ClusterAssembly::addUnknownPeers(const QList<DrainRequest> &entries)
{
    QList<PeerView> unknown;
    for (const DrainRequest &entry : entries) {
        const bool isKnown = std::ranges::any_of(m_pools, [&entry](const PoolView &pool) {
            return std::ranges::any_of(pool.peers, [&entry](const PeerView &peer) {
                return entry.isOf(peer.address.name(), peer.names());
            });
        });
        const auto address = PeerAddress::parse(entry.peer);
        if (entry.service != Service::Draining || isKnown || !address || isOutranked(entry, entries)
            || !(entry.pool.isEmpty() || isWanted(entry.pool)))
            continue;
        const auto same = std::ranges::find_if(unknown, [&entry](const PeerView &peer) {
            return entry.isOf(peer.address.name(), peer.identities);
        });
        if (same != unknown.end()) {
            if (same->entry->generation < entry.generation)
                same->entry = entry;
            continue;
        }
        PeerView peer;
        peer.address = *address;
        peer.identities = entry.identities;
        peer.service = entry.service;
        peer.entry = entry;
        unknown.append(peer);
    }
    if (!unknown.isEmpty())
        m_pools.append(PoolView{{}, {}, unknown});
}

} // namespace qproxysql
