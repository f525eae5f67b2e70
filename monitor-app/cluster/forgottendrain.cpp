// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "cluster/forgottendrain.h"

#include "cluster/ctltexts.h"
#include "verdict/draintexts.h"

#include <algorithm>

namespace qproxysql {

std::optional<double> ForgottenDrain::age(const PeerView &peer, const QDateTime &now)
{
    if (peer.service != Service::Draining || !peer.entry || !peer.entry->at.isValid())
        return {};
    return std::max(0.0, double(peer.entry->at.msecsTo(now)) / 1000);
}

void ForgottenDrain::mark(ClusterView *view, std::chrono::seconds after)
{
    for (PoolView &pool : view->pools) {
        for (PeerView &peer : pool.peers) {
            peer.drainAge = age(peer, view->time);
            peer.isForgotten = peer.drainAge && *peer.drainAge > double(after.count());
        }
    }
}

QString ForgottenDrain::text(const PeerView &peer)
{
    if (!peer.isForgotten || !peer.drainAge)
        return {};
    return CtlTexts::tr("forgotten? drained for %1").arg(DrainTexts::age(*peer.drainAge));
}

} // namespace qproxysql
