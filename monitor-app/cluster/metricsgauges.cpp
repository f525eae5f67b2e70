// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "cluster/metricsgauges.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

using Labels = MetricsPage::Labels;

constexpr QLatin1StringView HealthWords[] = {"unknown"_L1, "up"_L1,           "suspect"_L1,
                                             "down"_L1,    "not_ready"_L1,    "overloaded"_L1,
                                             "blocked"_L1, "misconfigured"_L1}; // by enum value

/// What a gauge says of a peer; nothing: it is not known.
void add(const char *family, const Labels &labels, std::optional<double> value, MetricsPage *page)
{
    if (value)
        page->add(MetricsPage::series(family, labels), *value);
}

void addHealth(const PeerView &peer, const Labels &labels, MetricsPage *page)
{
    for (size_t i = 0; i < std::size(HealthWords); ++i)
        add("qproxysql_peer_health", labels + Labels{{"state", HealthWords[i]}},
            peer.health.value() == Health(i) ? 1 : 0, page);
    const auto &basis = peer.judgement.basis;
    add("qproxysql_peer_proven_up", labels, peer.proof == PeerJudgement::Proof::Up, page);
    add("qproxysql_peer_evidence_age_seconds", labels, basis ? basis->age : std::nullopt, page);
    add("qproxysql_peer_dissenting_sources", labels, double(peer.judgement.others.size()), page);
}

void addDrain(const PeerView &peer, const QDateTime &time, const Labels &labels, MetricsPage *page)
{
    const bool isDraining = peer.service == Service::Draining;
    add("qproxysql_peer_draining", labels, isDraining, page);
    if (!isDraining)
        return;
    if (peer.entry && peer.entry->at.isValid()) // the writer's clock may be ahead
        add("qproxysql_drain_age_seconds", labels,
            std::max(0.0, double(peer.entry->at.msecsTo(time)) / 1000), page);
    if (!peer.drain.isBlind())
        add("qproxysql_drain_sessions_left", labels, peer.drain.left, page);
}

void addPeer(const PeerView &peer, const QDateTime &time, const Labels &labels, MetricsPage *page)
{
    addHealth(peer, labels, page);
    addDrain(peer, time, labels, page);
    add("qproxysql_peer_avoided", labels, !peer.serverRequest.isEmpty(), page);
    if (peer.connectMedianMs)
        add("qproxysql_peer_slow", labels, peer.isSlow, page);
    if (!peer.probe)
        return;
    if (peer.probe->connectMs)
        add("qproxysql_peer_connect_duration_seconds", labels, *peer.probe->connectMs / 1000, page);
    if (peer.probe->serverList.isChecked)
        add("qproxysql_peer_server_sessions", labels, double(peer.probe->serverList.rows.size()),
            page);
}

void addSessions(const PeerReport &peer, const Labels &labels, MetricsPage *page)
{
    const auto addState = [&](QLatin1StringView state, int sessions) {
        add("qproxysql_sessions", labels + Labels{{"state", state}}, std::max(0, sessions), page);
    };
    addState("busy"_L1, peer.busy);
    addState("idle"_L1, peer.inUse - peer.busy);
    addState("parked"_L1, peer.parked);
    addState("offered"_L1, peer.sessions - peer.inUse - peer.parked);
    add("qproxysql_sessions_in_transaction", labels, peer.inTransaction, page);
    add("qproxysql_sessions_pinned", labels, peer.pinned, page);
    page->raise(MetricsPage::series("qproxysql_longest_transaction_seconds", labels),
                peer.longestTransaction.value_or(0));
}

void addProcess(const KnownProcess &known, const QString &pool, MetricsPage *page)
{
    const bool isAnswering = known.presence == KnownProcess::Presence::Answering && known.report;
    const QString &application = known.process.application;
    const Labels labels{{"application", application}};
    for (const bool answers : {true, false})
        add("qproxysql_application_processes",
            labels + Labels{{"state", answers ? u"answering"_s : u"silent"_s}},
            answers == isAnswering, page);
    if (!isAnswering)
        return;
    for (const PoolReport &one : known.report->pools) {
        for (const PeerReport &peer : one.peers) {
            if (pool.isEmpty() || one.name == pool)
                addSessions(peer,
                            {{"pool", one.name},
                             {"peer", peer.address.name()},
                             {"application", application}},
                            page);
        }
    }
}

} // namespace

void addGauges(const ClusterView &view, const QString &pool, MetricsPage *page)
{
    for (const PoolView &one : view.pools) {
        for (const PeerView &peer : one.peers)
            addPeer(peer, view.time, {{"pool", one.name}, {"peer", peer.address.name()}}, page);
    }
    for (const KnownProcess &known : view.processes)
        addProcess(known, pool, page);
    add("qproxysql_unread_sources", {}, double(view.problems.size()), page);
    add("qproxysql_collected_timestamp_seconds", {}, double(view.time.toMSecsSinceEpoch()) / 1000,
        page);
}

} // namespace qproxysql
