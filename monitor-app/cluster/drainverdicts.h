// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "cluster/clusterview.h"
#include "verdict/drainverdict.h"

#include <map>
#include <memory>

namespace qproxysql {

/// The verdicts over all peers of a view that drain, from one look to the next. One thread.
class DrainVerdicts
{
public:
    explicit DrainVerdicts(const Clock &clock)
        : m_clock(clock)
    {
    }

    /// Fills in PeerView::drain; a peer that stands in several pools is assessed once.
    /// \a acceptSilent: see drainEvidence().
    void assess(ClusterView *view, bool acceptSilent);

private:
    const Clock &m_clock;
    std::map<QString, std::unique_ptr<DrainVerdict>> m_verdicts; ///< by address
};

} // namespace qproxysql
