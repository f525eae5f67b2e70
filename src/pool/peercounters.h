// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QMap>
#include <QtCore/QString>

#include <atomic>

namespace qproxysql {

/// A number that only its owner's thread increases and that any thread may read. add() is an ordinary
/// addition without a locked instruction.
class OwnedCount
{
public:
    void add(quint64 more) noexcept
    {
        m_count.store(m_count.load(std::memory_order_relaxed) + more, std::memory_order_relaxed);
    }
    quint64 value() const noexcept { return m_count.load(std::memory_order_relaxed); }

private:
    std::atomic<quint64> m_count{0};
};

/// What happened between this process and a peer since the process began. No number ever decreases.
struct PeerCounters
{
    quint64 statements = 0;    ///< answered by the peer, each attempt; without successful prepares
    quint64 errors = 0;        ///< calls that failed with an error for the application
    quint64 reruns = 0;        ///< statements that were run again after an attempt on this peer
    quint64 movesAway = 0;     ///< connections that got another session instead of one on this peer
    quint64 movesHere = 0;     ///< connections that moved to a session on this peer
    quint64 connects = 0;      ///< sessions that were opened; without probes
    quint64 connectErrors = 0; ///< attempts to open one that failed; without probes
    quint64 fatesUnknown = 0;  ///< commits that were reported as of unknown fate
    quint64 fatesCommitted = 0;    ///< lost commits that were found to be done
    quint64 fatesNotCommitted = 0; ///< lost commits that were found not to be done
    QMap<QString, int> cuts{};     ///< why sessions were ended by this process -> how many

    friend bool operator==(const PeerCounters &, const PeerCounters &) = default;
};

} // namespace qproxysql
