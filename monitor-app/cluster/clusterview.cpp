// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "cluster/clusterview.h"

using namespace Qt::StringLiterals;

namespace qproxysql {

QStringList PeerView::names() const
{
    QStringList all{address.name()};
    all += otherAddresses;
    all += identities;
    all.removeDuplicates();
    return all;
}

bool PeerView::isHealthy() const
{
    return standing() == PeerJudgement::Proof::Up;
}

PeerJudgement::Proof PeerView::standing() const
{
    using Proof = PeerJudgement::Proof;
    return proof == Proof::Up && !serverRequest.isEmpty() ? Proof::NotUp : proof;
}

QStringList ClusterView::poolNames() const
{
    QStringList names;
    for (const PoolView &pool : pools) {
        if (!pool.name.isEmpty())
            names.append(pool.name);
    }
    return names;
}

std::vector<const PeerView *> ClusterView::peers() const
{
    std::vector<const PeerView *> all;
    for (const PoolView &pool : pools) {
        for (const PeerView &peer : pool.peers)
            all.push_back(&peer);
    }
    return all;
}

QStringList ClusterView::peerNames() const
{
    QStringList names;
    for (const PeerView *peer : peers())
        names.append(peer->address.name());
    names.removeDuplicates();
    return names;
}

QList<PeerStanding> ClusterView::standings() const
{
    QList<PeerStanding> all;
    for (const PoolView &pool : pools) {
        for (const PeerView &peer : pool.peers) {
            if (!pool.name.isEmpty())
                all.append({pool.name, peer.address, peer.identities, peer.standing()});
        }
    }
    return all;
}

const PeerView *ClusterView::refusingLogin() const
{
    const PeerView *refusing = nullptr;
    for (const PeerView *peer : peers()) {
        if (peer->probe && peer->probe->isUp())
            return nullptr;
        if (!refusing && peer->probe && peer->probe->isLoginRefused())
            refusing = peer;
    }
    return refusing;
}

} // namespace qproxysql
