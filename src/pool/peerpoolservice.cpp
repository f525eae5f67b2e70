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
    return obey();
}

void PeerPool::setWishes(const std::shared_ptr<const PeerWishes> &wishes)
{
    ServiceChanges changes;
    {
        const std::lock_guard lock(m_mutex);
        if (!wishes || (m_wishes && m_wishes->version() >= wishes->version()))
            return;
        m_wishes = wishes;
        changes = obey();
    }
    announce(changes);
}

// A wish is obeyed once, so that what the application asks for afterwards holds until a newer one.
PeerPool::ServiceChanges PeerPool::obey()
{
    if (!m_wishes)
        return {};
    QList<PeerWishes::PeerNames> names;
    std::vector<Peer *> concerned;
    for (Peer &peer : m_peers) {
        if (!peer.shown.isRetired) {
            concerned.push_back(&peer);
            names.append({peer.shown.address, peer.shown.identities});
        }
    }
    const size_t present = concerned.size();
    QList<PeerWishes::PeerNames> allNames = names;
    for (Peer &peer : m_peers) {
        if (peer.shown.isRetired && peer.isConcerned()) {
            concerned.push_back(&peer);
            allNames.append({peer.shown.address, peer.shown.identities});
        }
    }
    std::vector<const PeerWish *> newest(concerned.size(), nullptr);
    if (m_definition.policy.control != Control::Off) {
        newest = m_wishes->of(m_definition.name, allNames);
        // The address of a peer that has left must not hide one that goes by another name now.
        if (concerned.size() > present)
            std::ranges::copy(m_wishes->of(m_definition.name, names), newest.begin());
    }

    ServiceChanges changes;
    for (size_t i = 0; i < concerned.size(); ++i) {
        PeerSnapshot &shown = concerned[i]->shown;
        const PeerWish *wish = newest[i];
        const quint64 generation = wish ? wish->note.generation : 0;
        const quint64 before = std::exchange(concerned[i]->obeyed, generation);
        // A server of another identity answers there now, or CONTROL has become off.
        const bool isOver = !wish && shown.note.generation == before;
        if (before == generation || (!wish && !isOver))
            continue;
        const Service service = wish ? wish->service : Service::InService;
        shown.note = wish ? wish->note : DrainNote();
        if (std::exchange(shown.service, service) != service)
            changes.push_back(shown);
    }
    return changes;
}

void PeerPool::setService(PeerId peer, Service service, const DrainNote &note)
{
    ServiceChanges changes;
    change(peer, [&](Peer &p) {
        p.shown.note = note;
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
        const DrainNote &note = changed.note;
        const QString peer = changed.address.name();
        QString line = u"pool %1: peer %2: %3"_s.arg(pool, peer,
                                                     changed.service == Service::Draining
                                                             ? u"is being drained"_s
                                                             : u"is in service"_s);
        if (!note.requestedBy.isEmpty())
            line += u", as %1 wants it"_s.arg(note.requestedBy);
        if (!note.reason.isEmpty())
            line += u": "_s + note.reason;
        qCInfo(lcPool, "%s", qUtf8Printable(line));
        Q_EMIT peerServiceChanged(pool, peer, changed.service);
    }
}

QList<PeerId> PeerPool::named(const QString &name) const
{
    const auto address = PeerAddress::parse(name); // it may be an identity
    QList<PeerId> found;
    const std::lock_guard lock(m_mutex);
    for (const Peer &peer : m_peers) {
        const PeerSnapshot &shown = peer.shown;
        if (peer.isConcerned()
            && ((address && *address == shown.address) || containsPeerName(shown.identities, name)))
            found.append(shown.id);
    }
    return found;
}

bool PeerPool::hasDraining() const
{
    const std::lock_guard lock(m_mutex);
    return std::ranges::any_of(m_peers, [](const Peer &peer) {
        return peer.isConcerned() && peer.shown.service == Service::Draining;
    });
}

void PeerPool::setServerWish(PeerId peer, const QString &wish)
{
    change(peer, [&wish](Peer &p) { p.shown.serverWish = wish; });
}

} // namespace qproxysql
