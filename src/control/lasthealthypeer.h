// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "control/drainchange.h"

namespace qproxysql {

/// A peer of one of the pools that the caller knows, as it stands now.
struct PeerStanding
{
    QString pool;
    PeerAddress address;
    QStringList identities;
    bool isHealthy = false; ///< it would be chosen if it were in service
};

/// Refuses \a change when it takes the last healthy peer of a pool out of service. A pool that has none
/// anyway is no reason. Pure: meant as guard of DrainFile::write(), where \a change is of entries that
/// nobody else can change meanwhile.
std::optional<DrainRefusal> lastHealthyPeerRefusal(const DrainChange &change,
                                                   const QList<PeerStanding> &peers);

} // namespace qproxysql
