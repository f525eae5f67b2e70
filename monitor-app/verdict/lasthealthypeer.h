// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "drain/drainchange.h"
#include "verdict/peerevidence.h"

namespace qproxysql {

/// A peer of one of the pools that the caller knows, as it stands now.
struct PeerStanding
{
    QString pool;
    PeerAddress address;
    QStringList identities;
    PeerJudgement::Proof proof =
            PeerJudgement::Proof::Unknown; ///< that it would serve if it were in service
};

/// Refuses \a change when it takes a peer out of service and leaves a pool without any that is proven to be up
/// now. A peer that is proven not to serve may always be drained. Pure: meant as DrainChange::Guard,
/// where \a change is of entries that nobody else can change meanwhile.
std::optional<DrainRefusal> lastHealthyPeerRefusal(const DrainChange &change,
                                                   const QList<PeerStanding> &peers);

} // namespace qproxysql
