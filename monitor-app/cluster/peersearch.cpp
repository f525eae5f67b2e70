// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "cluster/peersearch.h"

#include "cluster/ctltexts.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace qproxysql {

PeerSearch::PeerSearch(const ClusterView &view, const QString &text)
{
    const QString asked = canonicalPeerName(text);
    findBy(view, [&](const PeerView &peer) { return foldedPeerName(peer.address.name()) == asked; });
    if (m_peers.isEmpty()) {
        findBy(view, [&](const PeerView &peer) {
            return containsPeerName(peer.identities, text.trimmed());
        });
    }
    if (m_peers.isEmpty()) {
        const QStringList known = view.peerNames();
        m_error = CtlTexts::tr("no peer \"%1\" is known here; %2")
                          .arg(text,
                               known.isEmpty()
                                       ? CtlTexts::tr(
                                               "no application of this machine reports a pool, and "
                                               "no pool file was given (--pool-file FILE)")
                                       : CtlTexts::tr("known are %1").arg(known.join(", "_L1)));
        return;
    }
    // The same server under other addresses.
    const QStringList found = names();
    findBy(view, [&](const PeerView &peer) {
        return found.contains(peer.address.name())
               && std::ranges::none_of(m_peers, [&peer](const PeerView &one) {
                      return one.address == peer.address;
                  });
    });
}

void PeerSearch::findBy(const ClusterView &view,
                        const std::function<bool(const PeerView &)> &isMeant)
{
    QList<PeerView> more;
    for (const PoolView &pool : view.pools) {
        for (const PeerView &peer : pool.peers) {
            if (!isMeant(peer))
                continue;
            more.append(peer);
            if (!pool.name.isEmpty() && !m_pools.contains(pool.name))
                m_pools.append(pool.name);
        }
    }
    m_peers += more;
}

bool PeerSearch::isDraining() const
{
    return std::ranges::any_of(m_peers, [](const PeerView &peer) {
        return peer.service == Service::Draining;
    });
}

QStringList PeerSearch::identities() const
{
    QStringList all;
    for (const PeerView &peer : m_peers)
        all += peer.names();
    all.removeDuplicates();
    if (!m_peers.isEmpty())
        all.removeAll(address().name());
    return all;
}

QStringList PeerSearch::names() const
{
    return m_peers.isEmpty() ? QStringList() : QStringList{address().name()} + identities();
}

} // namespace qproxysql
