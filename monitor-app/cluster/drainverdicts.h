// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "cluster/peersearch.h"
#include "verdict/drainverdict.h"

#include <map>
#include <memory>

namespace qproxysql {

/// The evidence in a view for the verdict over one peer. Pure.
DrainEvidence drainEvidence(const ClusterView &view, const PeerSearch &peer);

/// The verdicts over all draining peers, from one view to the next. One thread.
class DrainVerdicts
{
public:
    enum class Silent { HoldBack, Accepted };
    /// \a silent: applications that do not answer.
    explicit DrainVerdicts(const Clock &clock, Silent silent = Silent::HoldBack)
        : m_clock(clock)
        , m_acceptSilent(silent == Silent::Accepted)
    {
    }

    /// Sets PeerView::drain; a peer in several pools is assessed once.
    void assess(ClusterView *view);

private:
    const Clock &m_clock;
    const bool m_acceptSilent;
    std::map<QString, std::unique_ptr<DrainVerdict>> m_verdicts; ///< by address
};

} // namespace qproxysql
