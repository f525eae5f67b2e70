// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "pool/clock.h"
#include "pool/peerstate.h"

#include <memory>
#include <utility>
#include <vector>

namespace qproxysql {

class PoolMonitor;

/// Probes the peers of this process's pools because an operator's tool asked: with the login that last
/// succeeded, at most once in Interval, however many ask. Drained peers are left out, since a probe is a
/// session in the server's list and would delay the verdict; so are peers that block this host, which a
/// probe could only make worse. Needs a thread that calls nothing of the monitors meanwhile; does not block.
class ProbeRound
{
public:
    static constexpr std::chrono::seconds Interval{5};
    /// A server that works has answered by then. Readers of reports wait for a line little longer than half a second.
    static constexpr std::chrono::milliseconds WorthWaiting{250};
    static constexpr size_t MostPeers =
            32; ///< of all pools; those come first that were heard of longest ago

    explicit ProbeRound(const Clock &clock)
        : m_clock(clock)
    {
    }

    void start(); ///< nothing within Interval of the last start
    /// A probe of the last round, which began less than WorthWaiting ago, has not ended.
    bool isUnderWay() const;

private:
    using Target = std::pair<std::shared_ptr<PoolMonitor>, PeerId>;
    static std::vector<Target> targets();

    const Clock &m_clock;
    Clock::time_point m_started;
    std::vector<Target> m_targets;
};

} // namespace qproxysql
