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

/// Probes the peers of this process's pools on request of an operator's tool, with the login that last
/// succeeded, each at most once in Interval. Drained peers are left out, since a probe is a session on the
/// server and would delay the verdict. So are peers that block this host, where a probe counts as another
/// failed connect. Does not block. No other thread may use the monitors during a call.
class ProbeRound
{
public:
    static constexpr std::chrono::seconds Interval{5};
    /// A working server answers within this time. A report is delayed for probes by at most this time, since
    /// its readers wait only a little longer than half a second.
    static constexpr std::chrono::milliseconds WorthWaiting{250};
    /// Limit for all pools, in Interval; the peers with the oldest contact come first.
    static constexpr size_t MostPeers = 32;

    explicit ProbeRound(const Clock &clock)
        : m_clock(clock)
    {
    }

    void start(); ///< probes the peers that were not probed within Interval
    /// True while a probe is running that began less than WorthWaiting ago.
    bool isUnderWay() const;

private:
    using Target = std::pair<std::shared_ptr<PoolMonitor>, PeerId>;
    /// In service, with the last contact; the oldest contact first.
    static std::vector<std::pair<Clock::time_point, Target>> targets();

    struct Asked
    {
        Target target;
        Clock::time_point at;
    };

    const Clock &m_clock;
    std::vector<Asked> m_asked; ///< within Interval
};

} // namespace qproxysql
