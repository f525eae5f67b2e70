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
/// succeeded, each at most once in Interval, however many ask. Drained peers are left out, since a probe is a
/// session in the server's list and would delay the verdict; so are peers that block this host, which a
/// probe could only make worse. Needs a thread that calls nothing of the monitors meanwhile; does not block.
class ProbeRound
{
public:
    static constexpr std::chrono::seconds Interval{5};
    /// A server that works has answered by then; a report is held back for probes so long at most.
    /// Its readers wait for a line little longer than half a second.
    static constexpr std::chrono::milliseconds WorthWaiting{250};
    /// Of all pools, in Interval; those come first that were heard of longest ago.
    static constexpr size_t MostPeers = 32;

    explicit ProbeRound(const Clock &clock)
        : m_clock(clock)
    {
    }

    void start(); ///< probes whoever was not asked for within Interval
    /// A probe that began less than WorthWaiting ago has not ended.
    bool isUnderWay() const;

private:
    using Target = std::pair<std::shared_ptr<PoolMonitor>, PeerId>;
    static std::vector<Target> targets();

    struct Asked
    {
        Target target;
        Clock::time_point at;
    };

    const Clock &m_clock;
    std::vector<Asked> m_asked; ///< within Interval
};

} // namespace qproxysql
