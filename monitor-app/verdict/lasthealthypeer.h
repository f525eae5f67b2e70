// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "drain/drainchange.h"
#include "verdict/peerevidence.h"

namespace qproxysql {

/// The current state of a peer of a known pool.
struct PeerStanding
{
    QString pool;
    PeerAddress address;
    QStringList identities;
    PeerJudgement::Proof proof =
            PeerJudgement::Proof::Unknown; ///< that it would serve if it were in service
};

/// Refuses \a change when it takes a peer out of service and leaves a pool without any peer that is
/// proven to be up. A peer that is proven not to serve may always be drained. Pure; used as
/// DrainChange::Guard, which holds the lock on the entries.
std::optional<DrainRefusal> lastHealthyPeerRefusal(const DrainChange &change,
                                                   const QList<PeerStanding> &peers);

} // namespace qproxysql
