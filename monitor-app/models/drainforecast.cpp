// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "models/drainforecast.h"

#include "cluster/drainverdicts.h"
#include "models/monitortexts.h"
#include "verdict/drainsides.h"

#include <algorithm>
#include <climits>
#include <cmath>

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

bool isIn(const PeerView &peer, const QStringList &names)
{
    return names.contains(peer.address.name());
}

/// The peers of a pool that would be chosen after the drain.
QList<PeerView> candidatesOf(const PoolView &pool, const QStringList &drained)
{
    QList<PeerView> candidates = pool.peers;
    candidates.removeIf([&drained](const PeerView &peer) {
        return isIn(peer, drained) || peer.service == Service::Draining || !peer.isHealthy();
    });
    return candidates;
}

int weightOf(const PeerView &peer)
{
    return std::max(1, peer.weight.value_or(1));
}

/// Shares by weight, rounded up, since the choice is random.
QList<DrainForecast::Landing> landingsIn(const PoolView &pool, const QStringList &drained)
{
    int leaving = 0;
    for (const PeerView &peer : pool.peers)
        leaving += isIn(peer, drained) ? peer.sessions : 0;
    const QList<PeerView> candidates = candidatesOf(pool, drained);
    int weights = 0;
    for (const PeerView &peer : candidates)
        weights += weightOf(peer);
    QList<DrainForecast::Landing> landings;
    for (const PeerView &peer : candidates) {
        const bool isFirst = pool.policy.balance == Balance::First;
        const double share = isFirst ? (landings.isEmpty() ? 1.0 : 0.0)
                                     : double(weightOf(peer)) / weights;
        const auto &probe = peer.probe;
        const bool isListed = probe && probe->serverList.isChecked;
        landings.append({peer.address.name(), pool.name,
                         isListed ? std::max(peer.sessions, int(probe->serverList.rows.size()))
                                  : peer.sessions,
                         int(std::ceil(share * leaving)),
                         probe ? probe->sessionLimit : std::nullopt});
    }
    return landings;
}

int othersUpIn(const PoolView &pool, const QStringList &drained)
{
    return int(std::ranges::count_if(pool.peers, [&drained](const PeerView &peer) {
        return !isIn(peer, drained) && peer.service == Service::InService && peer.isHealthy();
    }));
}

bool isAnyUnprovenIn(const PoolView &pool, const QStringList &drained)
{
    return std::ranges::any_of(pool.peers, [&drained](const PeerView &peer) {
        return !isIn(peer, drained) && peer.service == Service::InService
               && peer.proof == PeerJudgement::Proof::Unknown;
    });
}

bool wouldServe(const PoolView &pool, const QStringList &drained)
{
    return std::ranges::any_of(pool.peers, [&drained](const PeerView &peer) {
        return isIn(peer, drained) && peer.service == Service::InService
               && peer.standing() != PeerJudgement::Proof::NotUp;
    });
}

} // namespace

DrainForecast drainForecastOf(const ClusterView &view, const QString &peerName)
{
    DrainForecast forecast;
    const PeerSearch search(view, peerName);
    forecast.peer = peerName;
    if (!search.isFound())
        return forecast;
    forecast.isKnown = true;
    forecast.isDraining = search.isDraining();
    const DrainEvidence evidence = drainEvidence(view, search);
    const DrainSides sides(evidence);
    if (sides.canSee())
        forecast.sessions = sides.sessions;
    const QStringList names = search.names();
    std::optional<int> fewest;
    for (const PoolView &pool : view.pools) {
        if (!search.pools().contains(pool.name))
            continue;
        forecast.landings += landingsIn(pool, names);
        fewest = std::min(othersUpIn(pool, names), fewest.value_or(INT_MAX));
        if (wouldServe(pool, names) && candidatesOf(pool, names).isEmpty())
            forecast.lastHealthyOf = pool.name;
        forecast.isAnyUnproven = forecast.isAnyUnproven || isAnyUnprovenIn(pool, names);
        for (const PeerView &peer : pool.peers) {
            if (!isIn(peer, names) && peer.service == Service::Draining
                && !forecast.alsoDraining.contains(peer.address.name()))
                forecast.alsoDraining.append(peer.address.name());
        }
    }
    forecast.othersUp = fewest.value_or(0);
    return forecast;
}

QString DrainForecast::sessionsText() const
{
    return sessions ? MonitorTexts::tr("%n session(s) on it now", nullptr, *sessions)
                    : MonitorTexts::tr("its sessions cannot be seen from here");
}

QString DrainForecast::othersText() const
{
    if (othersUp > 0)
        return MonitorTexts::tr("%n other peer(s) up", nullptr, othersUp);
    return isAnyUnproven ? MonitorTexts::tr("no other peer is proven to be up")
                         : MonitorTexts::tr("no other peer is up");
}

QString DrainForecast::warning() const
{
    QStringList warnings;
    if (!lastHealthyOf.isEmpty() && isAnyUnproven)
        warnings.append(
                MonitorTexts::tr("No other peer of pool %1 is proven to be up: no peer may be left "
                                 "to serve. After Tools > Log In this window probes "
                                 "them itself.")
                        .arg(lastHealthyOf));
    else if (!lastHealthyOf.isEmpty())
        warnings.append(
                MonitorTexts::tr(
                        "It is the last healthy peer of pool %1: no peer would be left to serve.")
                        .arg(lastHealthyOf));
    if (!alsoDraining.isEmpty())
        warnings.append(MonitorTexts::tr("A drain is under way already: %1.")
                                .arg(alsoDraining.join(", "_L1)));
    for (const Landing &landing : landings) {
        if (landing.isOverLimit())
            warnings.append(MonitorTexts::tr("%1 allows %2 sessions and would need about %3.")
                                    .arg(landing.peer)
                                    .arg(*landing.limit)
                                    .arg(landing.now + landing.more));
    }
    return warnings.join(u' ');
}

} // namespace qproxysql
