// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "pool/logging.h"
#include "pool/peerpool_p.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace qproxysql {

PeerPool::ServiceChanges PeerPool::recordIdentities(PeerId peer, const QStringList &identities)
{
    const std::lock_guard lock(m_mutex);
    if (!isKnown(peer) || m_peers[size_t(peer)].shown.identities == identities)
        return {};
    m_peers[size_t(peer)].shown.identities = identities;
    return applyRequests();
}

void PeerPool::setRequests(const std::shared_ptr<const DrainRequests> &requests)
{
    ServiceChanges changes;
    {
        const std::lock_guard lock(m_mutex);
        if (!requests || (m_requests && m_requests->version() >= requests->version()))
            return;
        m_requests = requests;
        changes = applyRequests();
    }
    announce(changes);
}

// Each request is applied once, so that a later setService() holds until a newer request.
PeerPool::ServiceChanges PeerPool::applyRequests()
{
    if (!m_requests)
        return {};
    std::vector<Peer *> drainable;
    for (Peer &peer : m_peers) {
        if (peer.canBeDrained())
            drainable.push_back(&peer);
    }
    const auto retired = std::ranges::stable_partition(drainable, [](const Peer *peer) {
        return !peer->shown.isRetired;
    });
    QList<DrainRequests::PeerNames> names;
    for (const Peer *peer : drainable)
        names.append({peer->shown.address, peer->shown.identities});
    std::vector<const DrainRequest *> newest(drainable.size(), nullptr);
    if (m_definition.policy.control != Control::Off) {
        newest = m_requests->of(m_definition.name, names);
        // An address of a retired peer may also be the identity of another peer.
        names.resize(names.size() - qsizetype(retired.size()));
        if (!retired.empty())
            std::ranges::copy(m_requests->of(m_definition.name, names), newest.begin());
    }

    ServiceChanges changes;
    for (size_t i = 0; i < drainable.size(); ++i) {
        PeerSnapshot &shown = drainable[i]->shown;
        const DrainRequest *request = newest[i];
        const quint64 generation = request ? request->generation : 0;
        const quint64 before = std::exchange(drainable[i]->appliedGeneration, generation);
        // The request ends if another server answers at the address now, or CONTROL became off.
        const bool isOver = !request && shown.request.generation == before;
        if (before == generation || (!request && !isOver))
            continue;
        shown.request = request ? *request : DrainRequest();
        const Service service = shown.request.service;
        if (std::exchange(shown.service, service) != service)
            changes.push_back(shown);
    }
    return changes;
}

void PeerPool::setService(PeerId peer, Service service, const DrainRequest &request)
{
    ServiceChanges changes;
    change(peer, [&](Peer &p) {
        p.shown.request = request;
        p.shown.request.service = service;
        if (std::exchange(p.shown.service, service) != service)
            changes.push_back(p.shown);
    });
    announce(changes);
}

void PeerPool::announce(const ServiceChanges &changes)
{
    if (changes.empty())
        return;
    const QString pool = name();
    for (const PeerSnapshot &changed : changes) {
        const QString peer = changed.address.name();
        QString line = u"pool %1: peer %2: %3"_s.arg(pool, peer,
                                                     changed.service == Service::Draining
                                                             ? u"is being drained"_s
                                                             : u"is in service"_s);
        if (!changed.request.requestedBy.isEmpty())
            line += u", requested by %1"_s.arg(changed.request.requestedBy);
        if (!changed.request.reason.isEmpty())
            line += u": "_s + changed.request.reason;
        qCInfo(lcPool, "%s", qUtf8Printable(line));
        Q_EMIT peerServiceChanged(pool, peer, changed.service);
    }
}

QList<PeerId> PeerPool::named(const QString &name) const
{
    const auto address = PeerAddress::parse(name); // fails for most identities
    QList<PeerId> found;
    const std::lock_guard lock(m_mutex);
    for (const Peer &peer : m_peers) {
        const PeerSnapshot &shown = peer.shown;
        if (peer.canBeDrained()
            && ((address && *address == shown.address) || containsPeerName(shown.identities, name)))
            found.append(shown.id);
    }
    return found;
}

bool PeerPool::hasDraining() const
{
    const std::lock_guard lock(m_mutex);
    return std::ranges::any_of(m_peers, [](const Peer &peer) {
        return peer.canBeDrained() && peer.shown.service == Service::Draining;
    });
}

void PeerPool::setServerRequest(PeerId peer, const QString &request)
{
    change(peer, [&request](Peer &p) { p.shown.serverRequest = request; });
}

} // namespace qproxysql
