// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "control/proberound.h"

#include "health/poolmonitor.h"
#include "health/supervisor.h"
#include "pool/poolregistry.h"

#include <algorithm>

namespace qproxysql {

std::vector<ProbeRound::Target> ProbeRound::targets()
{
    std::vector<std::pair<Clock::time_point, Target>> all;
    const QList<std::shared_ptr<PeerPool>> pools = PoolRegistry::instance().poolsInUse();
    for (const auto &pool : pools) {
        const std::shared_ptr<PoolMonitor> monitor = Supervisor::instance().monitorOf(*pool);
        if (!monitor)
            continue;
        const QList<PeerSnapshot> peers = pool->peers();
        for (const PeerSnapshot &peer : peers) {
            if (peer.service != Service::InService || peer.health == Health::Blocked)
                continue;
            const PeerContact contact = monitor->contact(peer.id);
            all.push_back({std::max(contact.connected, contact.failed), {monitor, peer.id}});
        }
    }
    std::ranges::stable_sort(all, {}, [](const auto &one) { return one.first; });
    std::vector<Target> chosen;
    for (size_t i = 0; i < std::min(all.size(), MostPeers); ++i)
        chosen.push_back(all[i].second);
    return chosen;
}

void ProbeRound::start()
{
    const Clock::time_point now = m_clock.now();
    if (m_started != Clock::time_point() && now < m_started + Interval)
        return;
    m_started = now;
    m_targets = targets();
    for (const auto &[monitor, peer] : m_targets)
        monitor->checkNow(peer);
}

bool ProbeRound::isUnderWay() const
{
    return m_clock.now() < m_started + WorthWaiting
           && std::ranges::any_of(m_targets, [](const Target &target) {
                  return target.first->contact(target.second).isProbing;
              });
}

} // namespace qproxysql
