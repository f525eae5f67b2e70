// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "cluster/clusterjson.h"

#include <QtCore/QJsonArray>

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

constexpr int Schema = 1;

template<typename Number>
QJsonValue numberOrNull(const std::optional<Number> &number)
{
    return number ? QJsonValue(*number) : QJsonValue();
}

QJsonValue timeOrNull(const QDateTime &time)
{
    return time.isValid() ? QJsonValue(time.toUTC().toString(Qt::ISODateWithMs)) : QJsonValue();
}

QJsonObject drainJson(const PeerView &peer)
{
    QJsonArray checks;
    for (const DrainCheck &check : peer.drain.checks) {
        checks.append(QJsonObject{{u"name"_s, check.name},
                                  {u"state"_s, wordOf(check.state)},
                                  {u"text"_s, check.text}});
    }
    return {{u"by"_s, peer.entry->requestedBy},
            {u"at"_s, timeOrNull(peer.entry->at)},
            {u"reason"_s, peer.entry->reason},
            {u"generation"_s, qint64(peer.entry->generation)},
            {u"age"_s, numberOrNull(peer.drainAge)},
            {u"forgotten"_s, peer.isForgotten},
            {u"state"_s, wordOf(peer.drain.state)},
            {u"peak"_s, peer.drain.peak < peer.drain.left ? QJsonValue() : peer.drain.peak},
            {u"left"_s, peer.drain.left},
            {u"safeToStop"_s, peer.drain.isSafe()},
            {u"checks"_s, checks},
            {u"obstacles"_s, QJsonArray::fromStringList(peer.drain.obstacles)}};
}

QJsonValue ifReported(const PeerView &peer, int number)
{
    return peer.isReported ? QJsonValue(number) : QJsonValue();
}

QJsonValue lostJson(const PeerView &peer)
{
    if (!peer.isReported)
        return {};
    QJsonObject lost;
    for (auto it = peer.transactions.lost.cbegin(); it != peer.transactions.lost.cend(); ++it)
        lost.insert(it.key(), it.value());
    return lost;
}

/// By our own clock only: the view's time minus the age.
QJsonValue sinceJson(const PeerPast &past, const QDateTime &time)
{
    if (!past.isChangeSeen || !past.stateAge)
        return {};
    return timeOrNull(time.addMSecs(-qint64(*past.stateAge * 1000)));
}

QJsonValue textOrNull(const QString &text)
{
    return text.isEmpty() ? QJsonValue() : QJsonValue(text);
}

QJsonArray evidenceJson(const PeerView &peer)
{
    QJsonArray all;
    for (const PeerEvidence &one : peer.evidence) {
        const bool isOwn = one.source == PeerEvidence::Source::OwnProbe;
        all.append(QJsonObject{{u"from"_s, isOwn ? u"probe"_s : u"application"_s},
                               {u"application"_s, textOrNull(one.who)},
                               {u"process"_s, textOrNull(one.process)},
                               {u"kind"_s, wordOf(one.kind)},
                               {u"health"_s, one.health.name()},
                               {u"age"_s, numberOrNull(one.age)},
                               {u"text"_s, textOrNull(one.text)}});
    }
    return all;
}

QJsonObject peerJson(const PeerView &peer, const QDateTime &time)
{
    const PeerAddress &address = peer.address;
    const PeerEvidence basis = peer.judgement.basis.value_or(PeerEvidence());
    const PeerProbe probe = peer.probe.value_or(PeerProbe());
    const ServerList &list = probe.serverList;
    return {{u"peer"_s, address.name()},
            {u"host"_s, address.host},
            {u"port"_s, address.isSocket() ? QJsonValue() : QJsonValue(address.port)},
            {u"socket"_s, address.isSocket() ? QJsonValue(address.socket) : QJsonValue()},
            {u"identity"_s, QJsonArray::fromStringList(peer.identities)},
            {u"health"_s, peer.health.name()},
            {u"healthFrom"_s, peer.source == PeerView::Source::OwnProbe       ? u"probe"_s
                              : peer.source == PeerView::Source::Applications ? u"applications"_s
                                                                              : u"nobody"_s},
            {u"healthBy"_s, textOrNull(basis.who)},
            {u"healthAge"_s, numberOrNull(basis.age)},
            {u"isProvenUp"_s, peer.proof == PeerJudgement::Proof::Up},
            {u"disagreement"_s, textOrNull(EvidenceTexts::disagreement(peer.judgement))},
            {u"evidence"_s, evidenceJson(peer)},
            {u"service"_s, enumName(peer.service)},
            {u"serverWish"_s, peer.serverRequest},
            {u"sessions"_s, ifReported(peer, peer.sessions)},
            {u"inUse"_s, ifReported(peer, peer.inUse)},
            {u"inTransaction"_s, ifReported(peer, peer.inTransaction)},
            {u"pinned"_s, ifReported(peer, peer.pinned)},
            {u"replays"_s, ifReported(peer, peer.transactions.replayed)},
            {u"transactionsLost"_s, lostJson(peer)},
            {u"proxy"_s, textOrNull(probe.between.proxy)},
            {u"serverSessions"_s,
             list.isChecked ? QJsonValue(qint64(list.rows.size())) : QJsonValue()},
            {u"noServerSessions"_s, textOrNull(list.whyNot)},
            {u"connectP95Ms"_s, numberOrNull(peer.connectP95Ms)},
            {u"isSlow"_s, peer.isSlow},
            {u"errors5m"_s, numberOrNull(peer.past.errors5m)},
            {u"lastError"_s, textOrNull(peer.error)},
            {u"since"_s, sinceJson(peer.past, time)},
            {u"nextCheck"_s, numberOrNull(peer.nextCheck)},
            {u"drain"_s, peer.service == Service::Draining && peer.entry
                                 ? QJsonValue(drainJson(peer))
                                 : QJsonValue()}};
}

QJsonObject applicationJson(const KnownProcess &known, const QString &pool)
{
    const bool isAnswering = known.presence == KnownProcess::Presence::Answering;
    return {{u"process"_s, known.process.id},
            {u"application"_s, known.process.application},
            {u"host"_s, known.process.host},
            {u"pid"_s, known.process.pid},
            {u"user"_s, known.process.user},
            {u"answers"_s, isAnswering},
            {u"sessions"_s, known.sessions(pool)},
            {u"generation"_s, qint64(known.report->generation)}};
}

bool uses(const KnownProcess &known, const QString &pool)
{
    return known.report && std::ranges::any_of(known.report->pools, [&pool](const PoolReport &one) {
               return one.name == pool;
           });
}

} // namespace

QJsonObject clusterJson(const ClusterView &view)
{
    QJsonArray pools;
    for (const PoolView &pool : view.pools) {
        QJsonArray peers;
        for (const PeerView &peer : pool.peers)
            peers.append(peerJson(peer, view.time));
        QJsonArray applications;
        for (const KnownProcess &known : view.processes) {
            if (uses(known, pool.name))
                applications.append(applicationJson(known, pool.name));
        }
        pools.append(QJsonObject{{u"pool"_s, pool.name},
                                 {u"peers"_s, peers},
                                 {u"applications"_s, applications}});
    }
    QJsonArray silent; // not even their pool is known
    for (const KnownProcess &known : view.processes) {
        if (!known.report)
            silent.append(QJsonObject{{u"process"_s, known.process.id},
                                      {u"application"_s, known.process.application},
                                      {u"pid"_s, known.process.pid},
                                      {u"why"_s, known.why}});
    }
    return {{u"schema"_s, Schema},
            {u"time"_s, view.time.toString(Qt::ISODateWithMs)},
            {u"pools"_s, pools},
            {u"silent"_s, silent},
            {u"troubles"_s, QJsonArray::fromStringList(view.problems)}};
}

} // namespace qproxysql
