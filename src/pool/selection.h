// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "config/pooldefinition.h"
#include "pool/peerstate.h"
#include "pool/randomsource.h"

#include <span>

namespace qproxysql {

/// A peer that may be chosen.
struct Candidate
{
    PeerId id = NoPeer;
    int order = 0;  ///< place in the pool's definition; lower comes first
    int weight = 1; ///< > 0
    int load = 0;   ///< open sessions and pending attempts of this process
};

/// Picks one of \a candidates after \a balance, NoPeer when there is none. Pure apart from \a random;
/// allocates nothing.
PeerId selectPeer(std::span<const Candidate> candidates, Balance balance, RandomSource &random);

/// How gladly a peer is given to a caller; choose() takes the best kind there is.
enum class Preference {
    Good,      ///< Up, or nobody knows otherwise
    Uncertain, ///< somebody waits for it already, and it hangs or was overloaded a moment ago
    Unwelcome, ///< serves, but the server itself asks to be left alone (desync, read_only, ...)
    Doubtful,  ///< a session was lost on it and no connect has failed since: better than nobody
    Unselectable
};

/// False for a peer that nobody can use before a person has acted.
bool mayComeBack(const PeerSnapshot &peer);

/// \a attempts: connects under way on that peer; \a hangs: none of them has come to an end for long.
Preference preferenceOf(const PeerSnapshot &peer, int attempts, Clock::time_point now,
                        bool hangs = false);

} // namespace qproxysql
