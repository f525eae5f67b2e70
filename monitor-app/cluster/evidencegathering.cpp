// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "cluster/evidencegathering.h"

#include "cluster/controller.h"

#include <algorithm>

using namespace std::chrono_literals;

namespace qproxysql {

namespace {

using Proof = PeerJudgement::Proof;

constexpr auto Pause = 100ms;
/// The first poll asks unknown processes, the second those that are known to use the pool.
constexpr int FewestPolls = 2;

bool isOpenQuestion(const PeerView &peer)
{
    return peer.service == Service::InService && peer.proof == Proof::Unknown;
}

bool isAnyChecking(const ClusterView &view)
{
    return std::ranges::any_of(view.peers(), [](const PeerView *peer) {
        return isOpenQuestion(*peer) && peer->isChecking;
    });
}

} // namespace

EvidenceGathering::EvidenceGathering(Controller &controller, ClusterSource::Depth depth,
                                     Enough isEnough, std::function<void()> done)
    : QObject(&controller)
    , m_controller(controller)
    , m_depth(depth)
    , m_isEnough(std::move(isEnough))
    , m_done(std::move(done))
{
    connect(&controller, &Controller::refreshed, this, &EvidenceGathering::consider);
    connect(&m_deadline, &QTimer::timeout, this, &EvidenceGathering::hurry);
    m_deadline.setSingleShot(true);
    m_deadline.start(Longest);
    QMetaObject::invokeMethod(this, &EvidenceGathering::poll, Qt::QueuedConnection);
}

bool EvidenceGathering::isAllProven(const ClusterView &view)
{
    return std::ranges::none_of(view.peers(),
                                [](const PeerView *peer) { return isOpenQuestion(*peer); });
}

bool EvidenceGathering::isDecided(const ClusterView &view, const QStringList &drained)
{
    const auto isDrained = [&drained](const PeerView &peer) {
        return drained.contains(peer.address.name());
    };
    return std::ranges::all_of(view.pools, [&isDrained](const PoolView &pool) {
        if (std::ranges::none_of(pool.peers, isDrained))
            return true;
        const auto isServing = [&isDrained](const PeerView &peer) {
            return !isDrained(peer) && peer.service == Service::InService && peer.isHealthy();
        };
        return std::ranges::any_of(pool.peers, isServing)
               || std::ranges::none_of(pool.peers, &isOpenQuestion);
    });
}

void EvidenceGathering::poll()
{
    m_isOwnPoll = !m_controller.isRefreshing();
    m_controller.refresh(m_depth);
    if (!m_deadline.isActive())
        m_controller.hurry();
}

void EvidenceGathering::hurry()
{
    if (m_controller.isRefreshing())
        m_controller.hurry();
}

void EvidenceGathering::consider()
{
    if (!std::exchange(m_isOwnPoll, false)) {
        QMetaObject::invokeMethod(this, &EvidenceGathering::poll, Qt::QueuedConnection);
        return;
    }
    ++m_polls;
    const ClusterView &view = m_controller.view();
    const bool isVain = m_polls >= FewestPolls && !isAnyChecking(view);
    if (!m_isEnough(view) && !isVain && m_deadline.isActive()) {
        QTimer::singleShot(Pause, this, &EvidenceGathering::poll);
        return;
    }
    m_controller.disconnect(this);
    deleteLater();
    m_done();
}

} // namespace qproxysql
