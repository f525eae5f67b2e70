// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "cluster/clusterview.h"
#include "verdict/drainverdict.h"

#include <map>
#include <memory>

namespace qproxysql {

/// The verdicts over all draining peers, from one view to the next. One thread.
class DrainVerdicts
{
public:
    explicit DrainVerdicts(const Clock &clock)
        : m_clock(clock)
    {
    }

    /// Sets PeerView::drain; a peer in several pools is assessed once. \a acceptSilent: see
    /// drainEvidence().
    void assess(ClusterView *view, bool acceptSilent);

private:
    const Clock &m_clock;
    std::map<QString, std::unique_ptr<DrainVerdict>> m_verdicts; ///< by address
};

} // namespace qproxysql
