// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "cluster/clusterview.h"

#include <QtCore/QRandomGenerator>

/// Views of simulated clusters.
namespace madeup {

inline qproxysql::PeerAddress at(const QString &host)
{
    return {host, qproxysql::PeerAddress::DefaultPort};
}

inline qproxysql::PeerView peer(const QString &host, const QString &health = QStringLiteral("Up"))
{
    qproxysql::PeerView peer;
    peer.address = at(host);
    peer.health = qproxysql::ReportedHealth::named(health);
    using Proof = qproxysql::PeerJudgement::Proof;
    peer.proof = health == QStringLiteral("Up")        ? Proof::Up
                 : health == QStringLiteral("Unknown") ? Proof::Unknown
                                                       : Proof::NotUp;
    peer.source = health == QStringLiteral("Unknown") ? qproxysql::PeerView::Source::Nobody
                                                      : qproxysql::PeerView::Source::OwnProbe;
    return peer;
}

inline qproxysql::PeerView reported(const QString &host, int sessions)
{
    qproxysql::PeerView result = peer(host);
    result.isReported = true;
    result.sessions = sessions;
    return result;
}

inline qproxysql::PeerProbe probe(const QString &host, std::optional<double> connectMs)
{
    qproxysql::PeerProbe probe;
    probe.peer = at(host);
    probe.connectMs = connectMs;
    probe.isLoggedIn = connectMs.has_value();
    if (!connectMs) {
        qproxysql::ConnectFailure failure;
        failure.code = 2003;
        failure.text = QStringLiteral("Can't connect");
        failure.errorClass = qproxysql::ErrorClass::Down;
        probe.failure = failure;
    }
    return probe;
}

inline qproxysql::PeerView draining(const QString &host, qproxysql::DrainState state, int left = 0,
                                    int peak = 0)
{
    qproxysql::PeerView result = reported(host, left);
    result.service = qproxysql::Service::Draining;
    qproxysql::DrainRequest entry;
    entry.peer = result.address.name();
    entry.service = qproxysql::Service::Draining;
    entry.generation = 7;
    entry.requestedBy = QStringLiteral("alice@admin1");
    entry.reason = QStringLiteral("kernel update");
    result.entry = entry;
    result.drain.state = state;
    result.drain.left = left;
    result.drain.peak = peak;
    return result;
}

inline qproxysql::ClusterView view(const QList<qproxysql::PeerView> &peers,
                                   const QString &pool = QStringLiteral("orders"))
{
    qproxysql::ClusterView view;
    view.time = QDateTime(QDate(2026, 11, 26), QTime(14, 3, 7), Qt::UTC);
    view.pools = {{pool, {}, peers}};
    return view;
}

inline qproxysql::KnownProcess process(const QString &id, const QString &application,
                                       const QList<qproxysql::PeerReport> &peers,
                                       const QString &pool = QStringLiteral("orders"))
{
    qproxysql::KnownProcess known;
    known.process = {id, application, QStringLiteral("app3"), 8112, QStringLiteral("www")};
    known.report = qproxysql::ProcessReport{known.process,
                                            0,
                                            {{pool, qproxysql::Control::Local, peers}}};
    return known;
}

inline qproxysql::PeerReport report(const QString &host, int sessions)
{
    qproxysql::PeerReport report;
    report.address = at(host);
    report.health = qproxysql::Health::Up;
    report.sessions = sessions;
    for (int i = 0; i < sessions; ++i)
        report.connectionIds.append(quint64(i) + 1);
    return report;
}

/// A random state of a peer, including unlikely ones.
inline qproxysql::PeerView anyPeer(const QString &host, QRandomGenerator *random)
{
    using namespace qproxysql;
    const bool isDraining = random->bounded(4) == 0;
    PeerView result = isDraining ? draining(host, DrainState(random->bounded(7)),
                                            int(random->bounded(40)), 40)
                                 : reported(host, int(random->bounded(50)));
    const int health = int(random->bounded(int(Health::Misconfigured) + 4));
    result.health = health > int(Health::Misconfigured) ? Health::Up : Health(health);
    result.source = PeerView::Source(random->bounded(3));
    result.isReported = random->bounded(5) != 0;
    result.inUse = int(random->bounded(result.sessions + 1));
    if (random->bounded(2) == 0)
        result.probe = probe(host, random->bounded(3) ? std::optional(random->bounded(90.0))
                                                      : std::nullopt);
    if (random->bounded(2) == 0)
        result.nextCheck = random->bounded(30.0);
    result.past.errors5m = int(random->bounded(9));
    result.past.stateAge = random->bounded(4000.0);
    result.past.isChangeSeen = random->bounded(2) == 0;
    for (int i = int(random->bounded(61)); i > 0; --i)
        result.past.trend.append(
                {TrendSample::Reach(random->bounded(3)), int(random->bounded(50)) - 1});
    return result;
}

} // namespace madeup
