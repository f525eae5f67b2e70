// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "control/lasthealthypeer.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QMap>

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

PeerWishes wishesOf(const QList<DrainEntry> &entries)
{
    QList<PeerWish> wishes;
    for (const DrainEntry &entry : entries)
        wishes.append(entry.wish());
    return {wishes, 1};
}

/// Names of the healthy peers of a pool that are in service.
QStringList serving(const QString &pool, const QList<PeerStanding> &peers, const PeerWishes &wishes)
{
    QList<PeerWishes::PeerNames> names;
    for (const PeerStanding &peer : peers)
        names.append({peer.address, peer.identities});
    const std::vector<const PeerWish *> newest = wishes.of(pool, names);
    QStringList result;
    for (qsizetype i = 0; i < peers.size(); ++i) {
        const PeerWish *wish = newest[size_t(i)];
        if (peers.at(i).isHealthy && (!wish || wish->service == Service::InService))
            result.append(peers.at(i).address.name());
    }
    return result;
}

} // namespace

std::optional<DrainRefusal> lastHealthyPeerRefusal(const DrainChange &change,
                                                   const QList<PeerStanding> &peers)
{
    const PeerWishes before = wishesOf(change.before);
    const PeerWishes after = wishesOf(change.after);
    QMap<QString, QList<PeerStanding>> pools;
    for (const PeerStanding &peer : peers)
        pools[peer.pool].append(peer);
    for (auto it = pools.cbegin(); it != pools.cend(); ++it) {
        const QStringList last = serving(it.key(), it.value(), before);
        if (last.isEmpty() || !serving(it.key(), it.value(), after).isEmpty())
            continue;
        return DrainRefusal{DrainRefusal::LastHealthyPeer,
                            QCoreApplication::translate("QProxySql",
                                                        "%1 is the last healthy peer of pool %2: "
                                                        "draining it would leave nobody to serve")
                                    .arg(last.join(u", "_s), it.key())};
    }
    return {};
}

} // namespace qproxysql
