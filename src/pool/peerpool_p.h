// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

// What the files of PeerPool share: peerpool.cpp holds health and chooses, peerpoolservice.cpp holds
// what operators want.

#include "pool/peerpool.h"

namespace qproxysql {

struct PeerPool::Peer
{
    PeerSnapshot shown;
    int order = 0;
    int attempts = 0;
    Clock::time_point waitingSince; ///< of the attempts: for any of them to come to its end
    quint64 obeyed = 0;             ///< generation of the drain request that was obeyed last

    /// In the pool, or left it while sessions were open, which can still be wanted away.
    bool isConcerned() const { return !shown.isRetired || shown.sessions > 0 || attempts > 0; }
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
