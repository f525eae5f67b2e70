// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "pool/drainrequests.h"

#include <algorithm>

namespace qproxysql {

namespace {

bool isCalled(const QStringList &identities, const QStringList &names)
{
    return std::ranges::any_of(identities, [&names](const QString &identity) {
        return names.contains(foldedPeerName(identity));
    });
}

} // namespace

DrainRequests::DrainRequests(QList<DrainRequest> requests, quint64 version)
    : m_requests(std::move(requests))
    , m_version(version)
{
    for (const DrainRequest &request : m_requests)
        m_names.push_back(request.names());
}

std::vector<const DrainRequest *> DrainRequests::of(const QString &pool,
                                                    const QList<PeerNames> &peers) const
{
    std::vector<const DrainRequest *> newest(size_t(peers.size()), nullptr);
    if (m_requests.isEmpty())
        return newest;
    QStringList addresses;
    for (const PeerNames &peer : peers)
        addresses.append(foldedPeerName(peer.address.name()));
    const auto assign = [&newest](qsizetype peer, const DrainRequest &request) {
        const DrainRequest *&known = newest[size_t(peer)];
        if (!known || request.outranks(*known))
            known = &request;
    };
    for (qsizetype i = 0; i < m_requests.size(); ++i) {
        const DrainRequest &request = m_requests.at(i);
        const QStringList &names = m_names[size_t(i)];
        if (!request.pool.isEmpty() && request.pool != pool)
            continue;
        bool isAnAddress = false;
        for (qsizetype peer = 0; peer < peers.size(); ++peer) {
            if (names.contains(addresses.at(peer))) {
                isAnAddress = true;
                assign(peer, request);
            }
        }
        for (qsizetype peer = 0; peer < peers.size() && !isAnAddress; ++peer) {
            if (isCalled(peers.at(peer).identities, names))
                assign(peer, request);
        }
    }
    return newest;
}

} // namespace qproxysql
