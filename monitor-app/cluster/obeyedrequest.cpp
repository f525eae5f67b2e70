// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "cluster/obeyedrequest.h"

#include "drain/fleetmemory.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

bool follows(const PoolReport &pool, ObeyedRequest::Followers followers)
{
    return pool.control == Control::Fleet
           || (followers == ObeyedRequest::Followers::Local && pool.control != Control::Off);
}

} // namespace

ObeyedRequest ObeyedRequest::of(const ClusterView &view, const PeerSearch &peer, Service requested,
                                quint64 known, Followers followers)
{
    const Service otherwise = requested == Service::Draining ? Service::InService
                                                             : Service::Draining;
    const QStringList names = peer.names();
    ObeyedRequest obeyed;
    for (const KnownProcess &process : view.processes) {
        if (!process.report)
            continue;
        const quint64 generation = process.report->generation;
        // A forged report must not raise the generation so far that no request can exceed it.
        if (generation <= FleetMemory::MostBelieved)
            obeyed.newest = std::max(obeyed.newest, generation);
        if (process.presence != KnownProcess::Presence::Answering || generation < known)
            continue;
        const bool isOther = std::ranges::any_of(process.report->pools, [&](const PoolReport &pool) {
            return follows(pool, followers) && peer.pools().contains(pool.name)
                   && std::ranges::any_of(pool.peers, [&](const PeerReport &one) {
                          return one.service == otherwise && one.isNamed(names);
                      });
        });
        if (isOther)
            obeyed.others.append(u"%1 (pid %2)"_s.arg(process.process.application,
                                                      QString::number(process.process.pid)));
    }
    return obeyed;
}

} // namespace qproxysql
