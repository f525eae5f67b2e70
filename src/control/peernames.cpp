// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "control/peernames.h"

#include <algorithm>

namespace qproxysql {

bool isPeerNamed(const PeerReport &peer, const QStringList &names)
{
    return std::ranges::any_of(names, [&peer](const QString &name) {
        return name.compare(peer.address.name(), Qt::CaseInsensitive) == 0
               || peer.identities.contains(name, Qt::CaseInsensitive);
    });
}

} // namespace qproxysql
