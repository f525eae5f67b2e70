// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "cluster/clustersource.h"

/// A source with views and results of drain requests from the test.
class ScriptedSource : public qproxysql::ClusterSource
{
public:
    using View = qproxysql::ClusterView;
    using Peer = qproxysql::PeerView;

    ScriptedSource()
        : ClusterSource(nullptr)
    {
    }

    static Peer peer(const QString &name, const QString &health = QStringLiteral("Up"),
                     int sessions = 10)
    {
        Peer peer;
        peer.address = *qproxysql::PeerAddress::parse(name);
        peer.health = qproxysql::ReportedHealth::named(health);
        peer.source = Peer::Source::Applications;
        using Proof = qproxysql::PeerJudgement::Proof;
        peer.proof = health == QStringLiteral("Up") ? Proof::Up : Proof::NotUp;
        peer.isReported = true;
        peer.sessions = sessions;
        peer.inUse = sessions / 2;
        peer.past.stateAge = 4 * 86400.0 + 2 * 3600;
        peer.past.isChangeSeen = true;
        peer.past.errors5m = health == QStringLiteral("Up") ? 0 : 14;
        peer.past.dataAge = 0;
        peer.connectP95Ms = 3.4;
        if (health != QStringLiteral("Up")) {
            peer.error = QStringLiteral("2003 Can't connect");
            peer.nextCheck = 12;
        }
        return peer;
    }
    static void setDraining(Peer *peer,
                            qproxysql::DrainState state = qproxysql::DrainState::Draining)
    {
        peer->service = qproxysql::Service::Draining;
        peer->entry = qproxysql::DrainRequest();
        peer->entry->peer = peer->address.name();
        peer->entry->service = peer->service;
        peer->entry->generation = 7;
        peer->entry->requestedBy = QStringLiteral("alice@admin1");
        peer->entry->at = QDateTime::currentDateTimeUtc();
        peer->drain.state = state;
        peer->drain.left = 7;
        peer->drain.peak = 41;
        for (const char *name : {"applications", "sessions", "server", "quiet", "silent", "others"})
            peer->drain.checks.append({QString::fromLatin1(name), qproxysql::DrainCheck::State::Pass,
                                       QString::fromLatin1(name) + QStringLiteral(" looked at")});
    }
    /// Five peers of pool orders: three up, one draining, one down.
    static View usualView()
    {
        View view;
        view.time = QDateTime::currentDateTimeUtc();
        qproxysql::PoolView pool;
        pool.name = QStringLiteral("orders");
        for (const char *name : {"db1:3306", "db2:3306", "db3:3306", "db4:3306", "db10:3306"})
            pool.peers.append(peer(QString::fromLatin1(name)));
        setDraining(&pool.peers[1]);
        pool.peers[3] = peer(QStringLiteral("db4:3306"), QStringLiteral("Down"), 0);
        view.pools.append(pool);
        return view;
    }

    View next = usualView(); ///< the view of the next refresh
    QList<qproxysql::DrainRequest> requests;
    QList<Depth> depths;
    QStringList attended;
    std::optional<qproxysql::DrainRefusal> refusal;
    qproxysql::DrainRequest outcomeEntry; ///< of the answers to requests
    bool isReadOnlySource = false;

    void refresh(Depth depth) override
    {
        depths.append(depth);
        QMetaObject::invokeMethod(
                this,
                [this] {
                    next.time = QDateTime::currentDateTimeUtc();
                    m_view = next;
                    Q_EMIT refreshed();
                },
                Qt::QueuedConnection);
    }
    void attendTo(const QStringList &names) override { attended = names; }
    const View &view() const override { return m_view; }
    void request(const qproxysql::DrainRequest &request) override
    {
        requests.append(request);
        qproxysql::DrainFile::Outcome outcome;
        outcome.refusal = refusal;
        outcome.change.entry = outcomeEntry;
        if (isReadOnlySource)
            outcome.refusal = qproxysql::DrainRefusal{qproxysql::DrainRefusal::ReadOnly,
                                                      QStringLiteral("read-only: left as it is")};
        outcome.change.isNew = !outcome.refusal;
        QMetaObject::invokeMethod(
                this, [this, request, outcome] { Q_EMIT requested(request, outcome); },
                Qt::QueuedConnection);
    }
    bool isReadOnly() const override { return isReadOnlySource; }

private:
    View m_view;
};
