// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

// Shared by peerpool.cpp (health, choice of peers) and peerpoolservice.cpp (drain requests).

#include "pool/peerpool.h"

#include <unordered_set>

namespace qproxysql {

struct PeerPool::Peer
{
    PeerSnapshot shown;
    int order = 0;
    int attempts = 0;
    Clock::time_point waitingSince; ///< since when no attempt has finished
    quint64 appliedGeneration = 0;  ///< of the last drain request that was applied
    PeerCounters counters;          ///< its statements are those of sessions that have ended
    std::unordered_set<const OwnedCount *> statements; ///< of open sessions

    Attempts pending() const { return attempts > 0 ? Attempts::Pending : Attempts::None; }
    /// True for peers of the pool, and for retired peers that still have sessions to move away.
    bool canBeDrained() const { return !shown.isRetired || shown.sessions > 0 || attempts > 0; }
};

inline bool PeerPool::isKnown(PeerId peer) const
{
    return peer >= 0 && size_t(peer) < m_peers.size();
}

template<typename Change>
void PeerPool::change(PeerId peer, Change change)
{
    const std::lock_guard lock(m_mutex);
    if (isKnown(peer))
        change(m_peers[size_t(peer)]);
}

} // namespace qproxysql
