// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "verdict/lasthealthypeer.h"

#include "config/coretexts.h"
#include "pool/drainrequests.h"

#include <QtCore/QMap>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

/// The peers of a pool that are in service.
QList<PeerStanding> inService(const QString &pool, const QList<PeerStanding> &peers,
                              const DrainRequests &requests)
{
    QList<DrainRequests::PeerNames> names;
    for (const PeerStanding &peer : peers)
        names.append({peer.address, peer.identities});
    const std::vector<const DrainRequest *> newest = requests.of(pool, names);
    QList<PeerStanding> result;
    for (qsizetype i = 0; i < peers.size(); ++i) {
        const DrainRequest *request = newest[size_t(i)];
        if (!request || request->service == Service::InService)
            result.append(peers.at(i));
    }
    return result;
}

QString namesOf(const QList<PeerStanding> &peers)
{
    QStringList names;
    for (const PeerStanding &peer : peers)
        names.append(peer.address.name());
    return names.join(", "_L1);
}

QString refusalText(const QString &pool, const QList<PeerStanding> &leaving,
                    const QList<PeerStanding> &unproven)
{
    if (unproven.isEmpty())
        return CoreTexts::tr("%1 is the last healthy peer of pool %2: draining it would leave no "
                             "peer to serve")
                .arg(namesOf(leaving), pool);
    return CoreTexts::tr("%1 may be the last healthy peer of pool %2: there is no proof from the "
                         "last 5 s that %3 can serve")
            .arg(namesOf(leaving), pool, namesOf(unproven));
}

} // namespace

std::optional<DrainRefusal> lastHealthyPeerRefusal(const DrainChange &change,
                                                   const QList<PeerStanding> &peers)
{
    using Proof = PeerJudgement::Proof;
    const DrainRequests before(change.before);
    const DrainRequests after(change.after);
    QMap<QString, QList<PeerStanding>> pools;
    for (const PeerStanding &peer : peers)
        pools[peer.pool].append(peer);
    for (auto it = pools.cbegin(); it != pools.cend(); ++it) {
        const QList<PeerStanding> left = inService(it.key(), it.value(), after);
        const auto isLeft = [&left](const PeerStanding &peer) {
            return std::ranges::find(left, peer.address, &PeerStanding::address) != left.end();
        };
        QList<PeerStanding> leaving = inService(it.key(), it.value(), before);
        leaving.removeIf([&](const PeerStanding &peer) {
            return isLeft(peer) || peer.proof == Proof::NotUp;
        });
        if (leaving.isEmpty()
            || std::ranges::find(left, Proof::Up, &PeerStanding::proof) != left.end())
            continue;
        QList<PeerStanding> unproven = left;
        unproven.removeIf([](const PeerStanding &peer) { return peer.proof == Proof::NotUp; });
        return DrainRefusal{DrainRefusal::LastHealthyPeer, refusalText(it.key(), leaving, unproven)};
    }
    return {};
}

} // namespace qproxysql
