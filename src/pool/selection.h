// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "config/pooldefinition.h"
#include "pool/peerstate.h"
#include "pool/randomsource.h"

#include <span>

namespace qproxysql {

/// A peer that selectPeer() may choose.
struct Candidate
{
    PeerId id = NoPeer;
    int order = 0;  ///< position in the pool's definition
    int weight = 1; ///< > 0
    int load = 0;   ///< open sessions and pending attempts of this process
};

/// Picks one of \a candidates by \a balance, NoPeer if there is none. Does not allocate.
PeerId selectPeer(std::span<const Candidate> candidates, Balance balance, RandomSource &random);

/// The preference for a peer. choose() takes a peer of the best kind that exists.
enum class Preference {
    Good,      ///< Up or Unknown
    Uncertain, ///< an attempt is pending, and the peer hangs or was overloaded a moment ago
    Unwelcome, ///< serves, but has a PeerSnapshot::serverRequest
    Doubtful,  ///< a session was lost on it and no connect has failed since
    Unselectable
};

/// False if the peer cannot serve before an operator has acted.
bool mayComeBack(const PeerSnapshot &peer);

/// The connects to a peer that are under way.
enum class Attempts {
    None,
    Pending,
    Hanging ///< none has finished for long
};

Preference preferenceOf(const PeerSnapshot &peer, Attempts attempts, Clock::time_point now);

} // namespace qproxysql
