// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "report/proberound.h"

#include "health/poolmonitor.h"
#include "health/supervisor.h"
#include "pool/poolregistry.h"

#include <algorithm>

namespace qproxysql {

std::vector<std::pair<Clock::time_point, ProbeRound::Target>> ProbeRound::targets()
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
    return all;
}

void ProbeRound::start()
{
    const Clock::time_point now = m_clock.now();
    std::erase_if(m_asked, [now](const Asked &asked) { return now - asked.at >= Interval; });
    for (const auto &[contact, target] : targets()) {
        if (m_asked.size() >= MostPeers)
            break;
        if (std::ranges::find(m_asked, target, &Asked::target) != m_asked.end())
            continue;
        m_asked.push_back({target, now});
        target.first->checkNow(target.second);
    }
}

bool ProbeRound::isUnderWay() const
{
    const Clock::time_point now = m_clock.now();
    return std::ranges::any_of(m_asked, [now](const Asked &asked) {
        const auto &[monitor, peer] = asked.target;
        return now - asked.at < WorthWaiting && monitor->contact(peer).isProbing;
    });
}

} // namespace qproxysql
