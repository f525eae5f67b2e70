// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "cluster/drainverdicts.h"

#include "cluster/drainlook.h"
#include "cluster/peersearch.h"

#include <QtCore/QHash>

namespace qproxysql {

void DrainVerdicts::assess(ClusterView *view, bool acceptSilent)
{
    QHash<QString, DrainAssessment> assessed;
    for (PoolView &pool : view->pools) {
        for (PeerView &peer : pool.peers) {
            if (peer.service == Service::InService)
                continue;
            const QString name = peer.address.name();
            if (!assessed.contains(name)) {
                auto &verdict = m_verdicts[name];
                if (!verdict)
                    verdict = std::make_unique<DrainVerdict>(m_clock);
                assessed[name] = verdict->assess(
                        drainEvidence(*view, PeerSearch(*view, name), acceptSilent));
            }
            peer.drain = assessed[name];
        }
    }
    std::erase_if(m_verdicts, [&](const auto &one) { return !assessed.contains(one.first); });
}

} // namespace qproxysql
