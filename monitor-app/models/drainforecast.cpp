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

int weightOf(const PeerView &peer)
{
    return std::max(1, peer.weight.value_or(1));
}

/// The \a leaving sessions by the weights of \a candidates, rounded up, since the choice is random.
QList<DrainForecast::Landing> landingsOn(const QList<PeerView> &candidates, Balance balance,
                                         int leaving)
{
    int weights = 0;
    for (const PeerView &peer : candidates)
        weights += weightOf(peer);
    QList<DrainForecast::Landing> landings;
    for (const PeerView &peer : candidates) {
        const double share = balance == Balance::First ? (landings.isEmpty() ? 1.0 : 0.0)
                                                       : double(weightOf(peer)) / weights;
        const auto &probe = peer.probe;
        const bool isListed = probe && probe->serverList.isChecked;
        landings.append({peer.address.name(),
                         isListed ? std::max(peer.sessions, int(probe->serverList.rows.size()))
                                  : peer.sessions,
                         int(std::ceil(share * leaving)),
                         probe ? probe->sessionLimit : std::nullopt});
    }
    return landings;
}

} // namespace

DrainForecast drainForecastOf(const ClusterView &view, const QStringList &peerNames)
{
    DrainForecast forecast;
    QStringList names;
    QStringList pools;
    forecast.isKnown = !peerNames.isEmpty();
    forecast.isDraining = true;
    forecast.sessions = 0;
    for (const QString &peerName : peerNames) {
        const PeerSearch search(view, peerName);
        if (!search.isFound()) {
            forecast.isKnown = false;
            continue;
        }
        forecast.isDraining &= search.isDraining();
        const DrainEvidence evidence = drainEvidence(view, search);
        const DrainSides sides(evidence);
        if (!sides.canSee())
            forecast.sessions.reset();
        else if (forecast.sessions)
            *forecast.sessions += sides.sessions;
        names += search.names();
        pools += search.pools();
    }
    if (!forecast.isKnown)
        return forecast;
    std::optional<int> fewest;
    for (const PoolView &pool : view.pools) {
        if (!pools.contains(pool.name))
            continue;
        QList<PeerView> candidates;
        int leaving = 0;
        bool isServing = false;
        for (const PeerView &peer : pool.peers) {
            const QString name = peer.address.name();
            const bool isInService = peer.service == Service::InService;
            if (names.contains(name)) {
                leaving += peer.sessions;
                isServing |= isInService && peer.standing() != PeerJudgement::Proof::NotUp;
            } else if (isInService) {
                if (peer.isHealthy())
                    candidates.append(peer);
                forecast.isAnyUnproven |= peer.proof == PeerJudgement::Proof::Unknown;
            } else if (!forecast.alsoDraining.contains(name)) {
                forecast.alsoDraining.append(name);
            }
        }
        forecast.landings += landingsOn(candidates, pool.policy.balance, leaving);
        fewest = std::min(int(candidates.size()), fewest.value_or(INT_MAX));
        if (isServing && candidates.isEmpty())
            forecast.lastHealthyOf = pool.name;
    }
    forecast.othersUp = fewest.value_or(0);
    return forecast;
}

QString DrainForecast::sessionsText() const
{
    return sessions ? MonitorTexts::tr("%n session(s) now", nullptr, *sessions)
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
        warnings.append(MonitorTexts::tr("No healthy peer of pool %1 would be left to serve.")
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
