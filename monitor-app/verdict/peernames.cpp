// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "verdict/peernames.h"

#include <algorithm>

namespace qproxysql {

bool isPeerNamed(const PeerReport &peer, const QStringList &names)
{
    return std::ranges::any_of(names, [&peer](const QString &name) {
        return foldedPeerName(name) == foldedPeerName(peer.address.name())
               || containsPeerName(peer.identities, name);
    });
}

} // namespace qproxysql
