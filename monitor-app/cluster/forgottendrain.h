// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "cluster/clusterview.h"

namespace qproxysql {

/// Drains that somebody may have forgotten to end. All static; pure.
struct ForgottenDrain
{
    /// What the tools use unless an operator gives another time.
    static constexpr std::chrono::seconds DefaultAfter = std::chrono::hours(4);

    /// S from the drain request that \a peer follows until \a now, by the requester's clock, at least
    /// 0. Nothing: it is in service, or the request has no time.
    static std::optional<double> age(const PeerView &peer, const QDateTime &now);
    /// Writes drainAge and isForgotten of each peer. \a after: a drain that is older counts as
    /// forgotten.
    static void mark(ClusterView *view, std::chrono::seconds after);

    /// "forgotten? drained for 5 h 2 min"; empty unless \a peer is marked.
    static QString text(const PeerView &peer);
};

} // namespace qproxysql
