// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "pool/peerwishes.h"

#include <algorithm>

namespace qproxysql {

namespace {

// Two writers never give the same generation; a file written by hand may. Draining is the safe side.
bool isNewer(const PeerWish &wish, const PeerWish *than)
{
    if (!than || wish.note.generation != than->note.generation)
        return !than || wish.note.generation > than->note.generation;
    return wish.service == Service::Draining;
}

bool isCalled(const QStringList &identities, const QStringList &names)
{
    return std::ranges::any_of(identities, [&names](const QString &identity) {
        return names.contains(foldedPeerName(identity));
    });
}

} // namespace

PeerWishes::PeerWishes(QList<PeerWish> wishes, quint64 version)
    : m_wishes(std::move(wishes))
    , m_version(version)
{
}

std::vector<const PeerWish *> PeerWishes::of(const QString &pool,
                                             const QList<PeerNames> &peers) const
{
    std::vector<const PeerWish *> newest(size_t(peers.size()), nullptr);
    if (m_wishes.isEmpty())
        return newest;
    QStringList addresses;
    for (const PeerNames &peer : peers)
        addresses.append(foldedPeerName(peer.address.name()));
    const auto mean = [&newest](qsizetype peer, const PeerWish &wish) {
        if (isNewer(wish, newest[size_t(peer)]))
            newest[size_t(peer)] = &wish;
    };
    for (const PeerWish &wish : m_wishes) {
        if (!wish.pool.isEmpty() && wish.pool != pool)
            continue;
        bool isAnAddress = false;
        for (qsizetype peer = 0; peer < peers.size(); ++peer) {
            if (wish.names.contains(addresses.at(peer))) {
                isAnAddress = true;
                mean(peer, wish);
            }
        }
        for (qsizetype peer = 0; peer < peers.size() && !isAnAddress; ++peer) {
            if (isCalled(peers.at(peer).identities, wish.names))
                mean(peer, wish);
        }
    }
    return newest;
}

} // namespace qproxysql
