// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "pool/drainrequest.h"

#include <algorithm>
#include <map>

using namespace Qt::StringLiterals;

namespace qproxysql {

QString canonicalPeerName(const QString &peer)
{
    const auto address = PeerAddress::parse(peer); // fails for most identities
    return foldedPeerName(address ? address->name() : peer.trimmed());
}

bool dropSocketNames(QString *peer, QStringList *identities)
{
    identities->removeIf([](const QString &name) { return PeerAddress::isSocketName(name); });
    if (!PeerAddress::isSocketName(*peer))
        return true;
    const auto isLoopback = [](const QString &name) {
        return name.startsWith("localhost:"_L1, Qt::CaseInsensitive) || name.startsWith("127."_L1)
               || name.startsWith("[::1]"_L1);
    };
    const auto found = std::find_if_not(identities->crbegin(), identities->crend(), isLoopback);
    if (found == identities->crend())
        return false;
    *peer = *found;
    identities->removeAll(*peer);
    return true;
}

QStringList DrainRequest::names() const
{
    QStringList all{foldedPeerName(peer), canonicalPeerName(peer)};
    for (const QString &identity : identities)
        all.append(foldedPeerName(identity));
    all.removeDuplicates();
    return all;
}

bool DrainRequest::isOf(const QString &peerName, const QStringList &otherNames) const
{
    const QString asked = canonicalPeerName(peerName);
    return names().contains(asked) || names().contains(foldedPeerName(peerName))
           || containsPeerName(otherNames, canonicalPeerName(peer))
           || containsPeerName(otherNames, peer);
}

DrainKey DrainRequest::key() const
{
    return {canonicalPeerName(peer), pool};
}

bool DrainRequest::outranks(const DrainRequest &other) const
{
    return generation > other.generation
           || (generation == other.generation && service == Service::Draining);
}

QList<DrainRequest> newestRequests(const QList<DrainRequest> &some,
                                   const QList<DrainRequest> &others)
{
    std::map<DrainKey, DrainRequest> newest;
    for (const QList<DrainRequest> *list : {&some, &others}) {
        for (const DrainRequest &request : *list) {
            const auto [known, isFirst] = newest.try_emplace(request.key(), request);
            if (!isFirst && request.outranks(known->second))
                known->second = request;
        }
    }
    QList<DrainRequest> requests;
    for (const auto &[key, request] : newest)
        requests.append(request);
    return requests;
}

quint64 newestGeneration(const QList<DrainRequest> &requests)
{
    quint64 newest = 0;
    for (const DrainRequest &request : requests)
        newest = std::max(newest, request.generation);
    return newest;
}

} // namespace qproxysql
